"""Tables in workbooks: every cell as text, from the sheets that hold orders.

calamine ignores `<dimension>`, which Shopee writes as `A1` however long the sheet is, and so reads every row.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import unescape
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from analytics.errors import Note
from analytics.sources.csvtext import Wanted

if TYPE_CHECKING:
    import xlrd

HEAD = 80
PREFERRED = ("orders", "OrderSKUList")
DAMAGED = (
    struct.error,
    LookupError,
    ValueError,
    ArithmeticError,
    AssertionError,
    TypeError,
    AttributeError,
    MemoryError,
)


@dataclass(frozen=True)
class SheetTable:
    """One sheet. head: its first rows that are not blank (at most HEAD), blank cells empty. rows: their places in the sheet.

    from_1904: the workbook counts days from 1904.
    """

    name: str
    cells: pa.RecordBatch
    label: str
    head: list[list[str]]
    rows: list[int]
    from_1904: bool = False

    def batches(self, wanted: Wanted, notes: set[Note]) -> Iterator[pa.RecordBatch]:
        """The wanted cells as text, blank: null, columns named by their position. Nothing of a sheet is odd: no note is added."""
        below = self.cells.slice(self.rows[wanted.after] + 1 if wanted.after >= 0 else 0)
        columns = [below.column(at).cast(pa.string()) for at in wanted.positions]
        blank_is_null = [pc.if_else(pc.equal(column, ""), None, column) for column in columns]
        yield pa.RecordBatch.from_arrays(blank_is_null, names=[str(at) for at in wanted.positions])


class Unopenable(Exception):
    """The reader could not open the workbook, or a sheet of it."""


@dataclass(frozen=True)
class Workbook:
    """The sheets of a workbook that are read, and the names of those with something in them that are not."""

    sheets: list[SheetTable]
    left_aside: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Book:
    """A workbook opened: its sheets' names, which of them are hidden, what reads one, and whether its days count from 1904."""

    names: list[str]
    hidden: frozenset[str]
    read: Callable[[str], pa.RecordBatch]
    from_1904: bool


def open_workbook(data: memoryview, kind: str, known: Callable[[Sequence[Sequence[str]]], bool]) -> Workbook:
    """All sheets with a known header row, hidden ones only where no other is known; else the one named like an export's, or the first not empty.

    None at all: no sheet has a cell. kind: xlsx or xls. Raises Unopenable.
    """
    book = (_xlsx if kind == "xlsx" else _xls)(bytes(data))
    label = "Excel" if kind == "xlsx" else "Excel 97–2003"
    shown = [name for name in book.names if name not in book.hidden]
    others: list[SheetTable] = []
    for names in (shown, [name for name in book.names if name in book.hidden]):
        tables = [table for name in names if (table := _table(name, book.read(name), label, book.from_1904))]
        found = [table for table in tables if known(table.head)]
        if found:
            aside = [table.name for table in tables if names is shown and table not in found]
            return Workbook(found, tuple(aside))
        others += tables
    return Workbook(sorted(others, key=lambda table: table.name not in PREFERRED)[:1])


def _xlsx(data: bytes) -> _Book:
    import fastexcel

    try:
        workbook = fastexcel.read_excel(data)
    except fastexcel.FastExcelError as error:
        raise Unopenable(str(error)) from error

    def sheet(name: str) -> pa.RecordBatch:
        try:
            return workbook.load_sheet_eager(name, header_row=None, dtypes="string")
        except fastexcel.FastExcelError as error:
            raise Unopenable(str(error)) from error

    described = _described(data)
    hidden = frozenset(name for name, state in _SHEET.findall(described) if state)
    return _Book(workbook.sheet_names, frozenset(map(unescape, hidden)), sheet, bool(_FROM_1904.search(described)))


_SHEET = re.compile(r'<(?:[a-z]+:)?sheet\b(?=[^>]*\bname="([^"]*)")(?=[^>]*\bstate="((?:veryH|h)idden)")[^>]*>')
_FROM_1904 = re.compile(r'<(?:[a-z]+:)?workbookPr\b[^>]*\bdate1904="(?:1|true)"')
DESCRIPTION = 1 << 20
"""Bytes of a workbook's own part that are looked at: what its sheets are called, and whether they are hidden."""


def _described(data: bytes) -> str:
    """The part of an xlsx that lists its sheets, "" where there is none of that name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [name for name in archive.namelist() if name.replace("\\", "/").lower() == "xl/workbook.xml"]
        if not names:
            return ""
        with archive.open(names[0]) as part:
            return part.read(DESCRIPTION).decode("utf-8", "replace")


def _xls(data: bytes) -> _Book:
    """A true `.xls`. calamine would end the whole process at a damaged one, xlrd raises."""
    import xlrd

    try:
        workbook = xlrd.open_workbook(file_contents=data, logfile=io.StringIO())
    except (xlrd.XLRDError, xlrd.compdoc.CompDocError, *DAMAGED) as error:
        raise Unopenable(str(error)) from error

    def sheet(name: str) -> pa.RecordBatch:
        page = workbook.sheet_by_name(name)
        columns = [[_text(cell, workbook.datemode) for cell in page.col(at)] for at in range(page.ncols)]
        return pa.RecordBatch.from_arrays(
            [pa.array(cells, pa.string()) for cells in columns], names=list(map(str, range(page.ncols)))
        )

    hidden = frozenset(page.name for page in workbook.sheets() if page.visibility)
    return _Book(workbook.sheet_names(), hidden, sheet, workbook.datemode == 1)


def _text(cell: xlrd.sheet.Cell, datemode: int) -> str | None:
    """A cell as calamine writes it: whole numbers without a point, times as ISO text, errors blank."""
    import xlrd

    if cell.ctype == xlrd.XL_CELL_TEXT:
        return cell.value
    if cell.ctype == xlrd.XL_CELL_NUMBER:
        return format(Decimal(repr(cell.value)).normalize(), "f")
    if cell.ctype == xlrd.XL_CELL_DATE:
        return xlrd.xldate_as_datetime(cell.value, datemode).isoformat(" ", "seconds")
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return "true" if cell.value else "false"
    return None


def _table(name: str, cells: pa.RecordBatch, label: str, from_1904: bool) -> SheetTable | None:
    """The sheet with its first rows; None where it has no cell."""
    head, rows = [], []
    for start in range(0, min(4 * HEAD, cells.num_rows), HEAD):
        piece = zip(*(column.to_pylist() for column in cells.slice(start, HEAD).columns), strict=True)
        for place, row in enumerate(piece, start=start):
            if any(cell and cell.strip() for cell in row):
                head.append([cell or "" for cell in row])
                rows.append(place)
        if len(head) >= HEAD:
            break
    return SheetTable(name, cells, label, head, rows, from_1904) if head else None
