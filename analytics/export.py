"""Tables as files that open as they should in Excel: Chinese intact, and no cell that starts a formula."""

from __future__ import annotations

import re
from io import BytesIO

import pandas as pd

_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NEGATIVE_NUMBER = re.compile(r"-\d[\d,]*(\.\d+)?")


def neutralised(cell: object) -> object:
    """A text cell that a spreadsheet would run gets a leading apostrophe; a negative number stays a number."""
    if not isinstance(cell, str) or not cell.startswith(_STARTS_FORMULA) or _NEGATIVE_NUMBER.fullmatch(cell):
        return cell
    return f"'{cell}"


def safe(table: pd.DataFrame) -> pd.DataFrame:
    """The table with its text cells and headers neutralised; numbers and dates untouched."""
    texts = {name: table[name].map(neutralised) for name in table if not pd.api.types.is_numeric_dtype(table[name])}
    return table.assign(**texts).rename(columns=neutralised)


def csv_bytes(table: pd.DataFrame) -> bytes:
    """UTF-8 with a byte order mark, so that Excel shows Chinese; lines end as Excel ends them. Missing: an empty cell."""
    return safe(table).to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


def xlsx_bytes(tables: dict[str, pd.DataFrame]) -> bytes:
    """One workbook, one sheet per table (a name of at most 31 characters), first row frozen. Missing: an empty cell."""
    out = BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with pd.ExcelWriter(out, engine="xlsxwriter", engine_kwargs={"options": options}) as writer:
        for name, table in tables.items():
            sheet = re.sub(r"[\[\]:*?/\\]", " ", name)[:31]
            safe(table).to_excel(writer, sheet_name=sheet, index=False)
            writer.sheets[sheet].freeze_panes(1, 0)
            writer.sheets[sheet].autofit()
    return out.getvalue()
