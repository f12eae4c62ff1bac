"""Downloads open in Excel as they should: Chinese intact, no cell runs as a formula, negative numbers stay numbers."""

from __future__ import annotations

import io

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.export import SHARE, csv_bytes, neutralised, written, xlsx_bytes


@pytest.mark.parametrize(
    "cell", ["=1+1", "+886912345678", "-x", "@sum", "\tx", "\rx", "=cmd|' /C calc'!A0", "＝1+1", "＋1", "－x", "＠sum"]
)
def test_a_cell_that_starts_a_formula_is_neutralised(cell: str) -> None:
    assert neutralised(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["-5", "-12.50", "-1,234", "茶", "a=b", "", "0912345678"])
def test_what_is_harmless_stays(cell: str) -> None:
    assert neutralised(cell) == cell


def test_csv_has_a_byte_order_mark_and_excels_line_ends() -> None:
    table = pd.DataFrame({"買家": ["=1+1", None], "營收": [-5.5, 1.0], "日": pd.to_datetime(["2026-10-31", None])})
    data = csv_bytes(table)
    assert data.startswith("\ufeff買家,營收,日\r\n".encode())
    assert data.decode("utf-8-sig").splitlines()[1:] == ["'=1+1,-5.5,2026-10-31", ",1.0,"]


def test_a_header_out_of_the_data_is_neutralised() -> None:
    assert csv_bytes(pd.DataFrame({"=evil": [1]})).decode("utf-8-sig").startswith("'=evil")


def test_a_workbook_holds_texts_as_texts() -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes({"a/b": pd.DataFrame({"n": ["=1+1", "0012"], "v": [-1, 2]})})))
    cells = [[cell.value for cell in row] for row in book["a b"].iter_rows()]
    assert cells == [["n", "v"], ["'=1+1", -1], ["0012", 2]]


@given(st.text(max_size=12))
def test_no_text_comes_out_as_a_formula(cell: str) -> None:
    out = str(neutralised(cell))
    assert not out.startswith(("=", "+", "@", "＝", "＋", "－", "＠", "\t", "\r"))
    assert not out.startswith("-") or float(out.replace(",", "")) < 0 or set(out) <= set("-0.,")


def test_values_are_written_as_people_write_them() -> None:
    told = {
        "yes": (pd.Series([True, False, None], dtype="boolean"), ["是", "否", None]),
        "money": (pd.Series([7170.0, 12.504, None]), [7170, 12.5, None]),
        "days": (pd.Series([37.0, None]), [37, None]),
        "percent": (pd.Series([0.23333, 0, None]), ["23.3%", "0.0%", None]),
        "day": (pd.to_datetime(pd.Series(["2026-10-31 12:00", None])), ["2026-10-31", None]),
        "month": (pd.to_datetime(pd.Series(["2026-10-01"])), ["2026-10"]),
        "text": (pd.Series(["7170.0"]), ["7170.0"]),
    }
    for kind, (column, wanted) in told.items():
        found = [None if pd.isna(value) else value for value in written(column, kind, yes="是", no="否")]
        assert found == wanted
        assert [type(value) for value in found] == [type(value) for value in wanted]


def test_a_workbook_shows_a_share_as_a_percentage_and_keeps_the_number() -> None:
    rate = written(pd.Series([0.23333, None]), "share", percents=False)
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes({"t": pd.DataFrame({"rate": rate})}, formats={"rate": SHARE})))
    assert book["t"]["A2"].value == 0.23333
    assert book["t"]["A2"].number_format == SHARE


def test_a_telephone_number_keeps_its_plus_where_another_program_reads_it() -> None:
    table = pd.DataFrame({"Phone Number": ["+886912345678", "+1+1", None], "other": ["+886912345678", "a", "b"]})
    lines = csv_bytes(table, telephones=["Phone Number"]).decode("utf-8-sig").splitlines()
    assert lines[1:] == ["+886912345678,'+886912345678", "'+1+1,a", ",b"]
