"""Values as a file writes them: yes and no in the reader's words, no number with an idle decimal, shares that Excel takes for shares."""

from __future__ import annotations

from io import BytesIO

import numpy as np
import pandas as pd
import pytest
from openpyxl import load_workbook

from analytics.export import SHARE, as_it_was, csv_bytes, neutralised, written, xlsx_bytes


@pytest.mark.parametrize(
    ("values", "kind", "as_written"),
    [
        ([True, False, None], "yes", ["是", "否", None]),
        ([7170.0, 12.5, 0.126, np.nan], "money", [7170, 12.5, 0.13, None]),
        ([3.0, -2.0], "days", [3, -2]),
        ([0.2334, 1.0, None], "percent", ["23.3%", "100.0%", None]),
        (pd.to_datetime(["2025-01-05", None]), "day", ["2025-01-05", None]),
        (pd.to_datetime(["2025-01-05"]), "month", ["2025-01"]),
        (["as it is"], "text", ["as it is"]),
    ],
)
def test_values_are_written_as_people_write_them(values: list, kind: str, as_written: list) -> None:
    column = written(pd.Series(values), kind, yes="是", no="否")
    assert [None if pd.isna(cell) else cell for cell in column] == as_written
    assert "7170.0" not in csv_bytes(column.to_frame("x")).decode("utf-8-sig")


def test_days_keep_their_form_and_whole_numbers_theirs() -> None:
    table = pd.DataFrame(
        {"day": pd.to_datetime(["2025-01-05", None]), "n": pd.Series([1, None], dtype=object), "x": [1.5, 2]}
    )
    assert csv_bytes(table).decode("utf-8-sig").splitlines() == ["day,n,x", "2025-01-05,1,1.5", ",,2.0"]


def test_a_share_in_a_workbook_is_a_number_shown_as_one() -> None:
    table = written(pd.Series([0.2334]), "share", percents=False).to_frame("share")
    [[name], [cell]] = load_workbook(BytesIO(xlsx_bytes({"a": table}, formats={"share": SHARE})))["a"].iter_rows()
    assert (name.value, cell.value, cell.number_format) == ("share", 0.2334, "0.0%")


def test_a_cell_that_starts_a_formula_is_only_a_text() -> None:
    assert [neutralised(cell) for cell in ("=1+1", "＝1", "@x", "-5", "-5,000.5", "-x", 3)] == [
        "'=1+1", "'＝1", "'@x", "-5", "-5,000.5", "'-x", 3,
    ]  # fmt: skip


def test_a_text_comes_back_as_it_was() -> None:
    texts = ["=1+1", "'=1+1", "''=1", "'quoted'", "-5", "'-5", "'", "{name} {}", "＝cmd", ""]
    assert [as_it_was(neutralised(text)) for text in texts] == texts
    assert as_it_was("'0912345678") == "0912345678"
