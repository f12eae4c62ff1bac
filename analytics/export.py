"""Tables as files that open as they should in Excel: Chinese intact, no cell that starts a formula, values as people write them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from io import BytesIO

import pandas as pd

_STARTS_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
_NEGATIVE_NUMBER = re.compile(r"-\d[\d,]*(\.\d+)?")
_TELEPHONE = re.compile(r"\+\d{6,15}")
SHARE = "0.0%"
"""Excel's format of a share: 0.233 is shown, and typed, as 23.3%."""


def neutralised(cell: object) -> object:
    """A text cell that a spreadsheet would run gets a leading apostrophe, in full width too; a negative number stays a number.

    So does one that looks as if it had got one already, so that `as_it_was` gives every text back.
    """
    if (
        not isinstance(cell, str)
        or not cell.lstrip("'").startswith(_STARTS_FORMULA)
        or _NEGATIVE_NUMBER.fullmatch(cell)
    ):
        return cell
    return f"'{cell}"


def as_it_was(cell: str) -> str:
    """What `neutralised` made a cell of. An apostrophe that begins a text of the owner's stays; one before a number of digits alone is a spreadsheet's."""
    bare = cell.removeprefix("'")
    return bare if bare.lstrip("'").startswith(_STARTS_FORMULA) or bare.isdecimal() else cell


def safe(table: pd.DataFrame, telephones: Collection[str] = ()) -> pd.DataFrame:
    """The table with its text cells and headers neutralised; numbers and dates untouched.

    telephones: columns in which a number such as +886912345678 stays as it is, for a file that another program reads.
    """

    def cell_of(name: str) -> object:
        return lambda cell: cell if name in telephones and _TELEPHONE.fullmatch(str(cell)) else neutralised(cell)

    def cells(name: str) -> pd.Series:
        """Of no common type: whole numbers beside decimals or blanks stay whole."""
        return pd.Series([*map(cell_of(name), table[name])], table.index, object)

    kinds = pd.api.types
    plain = {
        name
        for name, kind in table.dtypes.items()
        if kinds.is_numeric_dtype(kind) or kinds.is_datetime64_any_dtype(kind)
    }
    texts = {name: cells(name) for name in table if name not in plain}
    return table.assign(**texts).rename(columns=neutralised)


def written(column: pd.Series, kind: str, *, yes: str = "yes", no: str = "no", percents: bool = True) -> pd.Series:
    """A column as people write it: yes and no in words, shares as 23.3%, whole numbers without ".0". Missing stays missing.

    kind: yes, day, month, percent or share (0 to 1), number, days, money, decimal, or text (as it is). percents: False leaves shares
    numbers, for a workbook that formats them.
    """
    if kind == "text":
        return column
    if kind in ("day", "month"):
        return pd.to_datetime(column).dt.strftime("%Y-%m-%d" if kind == "day" else "%Y-%m").astype(object)
    write = {"yes": lambda value: yes if value else no}.get(kind, _number)
    if kind in ("percent", "share"):
        write = (lambda value: f"{value:.1%}") if percents else (lambda value: round(float(value), 6))
    return pd.Series([None if pd.isna(value) else write(value) for value in column], column.index, object)


def _number(value: float) -> int | float:
    """With two decimals at most, and none where there are none."""
    rounded = round(float(value), 2)
    return int(rounded) if rounded % 1 == 0 else rounded


def csv_bytes(table: pd.DataFrame, *, telephones: Collection[str] = ()) -> bytes:
    """UTF-8 with a byte order mark, so that Excel shows Chinese; lines end as Excel ends them. Missing: an empty cell.

    telephones: as in `safe`.
    """
    return safe(table, telephones).to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


def xlsx_bytes(tables: dict[str, pd.DataFrame], *, formats: Mapping[str, str] | None = None) -> bytes:
    """One workbook, one sheet per table (a name of at most 31 characters), first row frozen. Missing: an empty cell.

    formats: column -> Excel's number format, such as SHARE.
    """
    out = BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with pd.ExcelWriter(out, engine="xlsxwriter", engine_kwargs={"options": options}) as writer:
        for name, table in tables.items():
            sheet = re.sub(r"[\[\]:*?/\\]", " ", name)[:31]
            safe(table).to_excel(writer, sheet_name=sheet, index=False)
            writer.sheets[sheet].freeze_panes(1, 0)
            for place, column in enumerate(table.columns):
                if column in (formats or {}):
                    looks = writer.book.add_format({"num_format": formats[column]})
                    writer.sheets[sheet].set_column(place, place, None, looks)
            writer.sheets[sheet].autofit()
    return out.getvalue()


def ics(events: Iterable[tuple[date, str, str, str]], *, name: str, made: datetime) -> bytes:
    """An iCalendar file (RFC 5545) of all-day events.

    events: day, what kind of event it is (in Latin letters; with the day it makes the event's id), summary, description. name: of the calendar. made: when, in UTC.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Regulars//Reminders//EN", "CALSCALE:GREGORIAN", f"X-WR-CALNAME:{_escaped(name)}"]  # fmt: skip
    for day, kind, summary, description in events:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{day:%Y%m%d}-{kind}@regulars",
            f"DTSTAMP:{made:%Y%m%dT%H%M%SZ}",
            f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_escaped(summary)}",
            f"DESCRIPTION:{_escaped(description)}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"]).encode()


def _escaped(text: str) -> str:
    """Text as an iCalendar value: no bare comma, semicolon, backslash or line break."""
    for mark, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n"), ("\n", "\\n"), ("\r", "\\n")):
        text = text.replace(mark, written)
    return text


def _folded(line: str) -> str:
    """A line in pieces of at most 75 bytes, none of them cut through a character."""
    pieces, piece, size = [], "", 0
    for letter in line:
        width = len(letter.encode())
        if size + width > (75 if not pieces else 74):
            pieces.append(piece)
            piece, size = "", 0
        piece, size = piece + letter, size + width
    return "\r\n ".join([*pieces, piece])
