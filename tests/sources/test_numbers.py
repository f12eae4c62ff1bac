"""Amounts as exports write them: the decimal sign told from a column, and the value that SQL reads."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.sources.numbers import decimal_style, decimal_styles
from analytics.store.statements import statement


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute(statement("store/macros"))
        yield connection


def amount(con: duckdb.DuckDBPyConnection, text: str | None, style: str) -> Decimal | None:
    return con.execute("select amount($text::varchar, $style)", {"text": text, "style": style}).fetchall()[0][0]


@pytest.mark.parametrize(
    ("values", "style"),
    [
        (["17000.00", "0.00"], "."),
        (["37.200", "9.000", "0"], ","),
        (["1.250.000", "37.200"], ","),
        (["1,234.56", "1,234"], "."),
        (["69,80", "120"], ","),
        (["R$1,00"], ","),
        (["NT$1,390", "NT$ 90"], "."),
        (["37.200", "69.80"], "."),
        (["-", "", None, "1390"], "."),
        (["１，２３４．５０"], "."),
        ([], "."),
    ],
)
def test_the_decimal_sign_is_told_from_the_values(values, style):
    assert decimal_style(values) == style


def test_a_column_without_marks_follows_the_file_and_one_that_differs_does_not():
    columns = {
        "price": ["37.200"],
        "shipping": ["9,50"],
        "buyer_paid": ["46,70"],
        "gross": ["0"],
        "refunded": ["12.50"],
    }
    assert decimal_styles(columns) == {"price": ",", "shipping": ",", "buyer_paid": ",", "gross": ",", "refunded": "."}


@pytest.mark.parametrize(
    ("text", "style", "value"),
    [
        ("17000.00", ".", "17000"),
        ("37.200", ",", "37200"),
        ("37.200", ".", "37.2"),
        ("1,390", ".", "1390"),
        ("1,390", ",", "1.39"),
        ("1.250.000", ",", "1250000"),
        ("1,234.56", ",", "1234.56"),
        ("69,80", ".", "69.8"),
        ("R$1,00", ",", "1"),
        ("NT$1,390", ".", "1390"),
        ("Rp37.200", ",", "37200"),
        ("1,23,456.00", ".", "123456"),
        ("1 234,50", ",", "1234.5"),
        ("１，２３４", ".", "1234"),
        ("(1,234.50)", ".", "-1234.5"),
        ("-NT$100", ".", "-100"),
        ("12-", ".", "-12"),
        ("1.390,-", ",", "1390"),
        ("1390元", ".", "1390"),
        ("'60601", ".", "60601"),
        ("1390.0", ",", "1390"),
    ],
)
def test_an_amount_is_read(con, text, style, value):
    assert amount(con, text, style) == Decimal(value)


@pytest.mark.parametrize(
    "text", [None, "", "-", "N/A", "free", "2025-01-02", "2 x 100", "1.2.3", "100%", "2.5 %", "１００％"]
)
def test_what_is_no_amount_is_null(con, text):
    assert amount(con, text, ".") is None


@given(
    st.decimals(-99_999_999, 99_999_999, places=2),
    st.sampled_from(".,"),
    st.booleans(),
    st.sampled_from(["", "NT$", "R$ "]),
)
def test_written_in_either_style_it_is_the_same_amount(con, value, style, grouped, sign):
    text = f"{value:,.2f}" if grouped else f"{value:.2f}"
    if style == ",":
        text = text.translate(str.maketrans(",.", ".,"))
    assert amount(con, sign + text, style) == value
