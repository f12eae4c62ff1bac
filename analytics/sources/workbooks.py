"""Tables in workbooks: every cell as text, from the sheet that holds the orders.

calamine ignores `<dimension>`, which Shopee writes as `A1` however long the sheet is, and so reads every row.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from analytics.sources.csvtext import Wanted

if TYPE_CHECKING:
    import xlrd

HEAD = 40
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
    """One sheet. head: its first rows that are not blank (at most HEAD), blank cells empty. rows: their places in the sheet."""

    cells: pa.RecordBatch
    label: str
    head: list[list[str]]
    rows: list[int]

    def batches(self, wanted: Wanted, notes: set[str]) -> Iterator[pa.RecordBatch]:
        """The wanted cells as text, blank: null, columns named by their position. Nothing of a sheet is odd: no note is added."""
        below = self.cells.slice(self.rows[wanted.after] + 1 if wanted.after >= 0 else 0)
        columns = [below.column(at).cast(pa.string()) for at in wanted.positions]
        blank_is_null = [pc.if_else(pc.equal(column, ""), None, column) for column in columns]
        yield pa.RecordBatch.from_arrays(blank_is_null, names=[str(at) for at in wanted.positions])


class Unopenable(Exception):
    """The reader could not open the workbook, or a sheet of it."""


def open_workbook(data: memoryview, kind: str, known: Callable[[Sequence[Sequence[str]]], bool]) -> SheetTable | None:
    """The sheet named like an order export's, else the first with a known header row, else the first that is not empty.

    None: no sheet has a cell. kind: xlsx or xls. Raises Unopenable.
    """
    names, sheet = (_xlsx if kind == "xlsx" else _xls)(bytes(data))
    fallback = None
    for name in sorted(names, key=lambda name: (name not in PREFERRED, names.index(name))):
        table = _table(sheet(name), "Excel" if kind == "xlsx" else "Excel 97–2003")
        if table and known(table.head):
            return table
        fallback = fallback or table
    return fallback


def _xlsx(data: bytes) -> tuple[list[str], Callable[[str], pa.RecordBatch]]:
    """The names of the sheets, and what reads one."""
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

    return workbook.sheet_names, sheet


def _xls(data: bytes) -> tuple[list[str], Callable[[str], pa.RecordBatch]]:
    """The same for a true `.xls`. calamine would end the whole process at a damaged one, xlrd raises."""
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

    return workbook.sheet_names(), sheet


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


def _table(cells: pa.RecordBatch, label: str) -> SheetTable | None:
    head, rows = [], []
    for place, row in enumerate(zip(*(column.to_pylist() for column in cells.slice(0, 4 * HEAD).columns), strict=True)):
        if any(cell and cell.strip() for cell in row):
            head.append([cell or "" for cell in row])
            rows.append(place)
        if len(head) == HEAD:
            break
    return SheetTable(cells, label, head, rows) if head else None
