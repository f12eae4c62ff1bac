"""Tables in workbooks: every cell as text, from the sheet that holds the orders.

calamine ignores `<dimension>`, which Shopee writes as `A1` however long the sheet is, and so reads every row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

HEAD = 40
PREFERRED = ("orders", "OrderSKUList")


@dataclass(frozen=True)
class SheetTable:
    """One sheet. head: its first rows that are not blank (at most HEAD), blank cells empty. rows: their places in the sheet."""

    cells: pa.RecordBatch
    label: str
    head: list[list[str]]
    rows: list[int]

    def batches(self, positions: Sequence[int], after: int, width: int, notes: set[str]) -> Iterator[pa.RecordBatch]:
        """The columns at `positions` of all rows after the `after`-th of the head (-1: of all), as text; blank: null. Named by their position."""
        below = self.cells.slice(self.rows[after] + 1 if after >= 0 else 0)
        columns = [below.column(at).cast(pa.string()) for at in positions]
        blank_is_null = [pc.if_else(pc.equal(column, ""), None, column) for column in columns]
        yield pa.RecordBatch.from_arrays(blank_is_null, names=[str(at) for at in positions])


class Unopenable(Exception):
    """The reader could not open the workbook, or a sheet of it."""


def open_workbook(data: memoryview, kind: str, known: Callable[[Sequence[Sequence[str]]], bool]) -> SheetTable | None:
    """The sheet named like an order export's, else the first with a known header row, else the first that is not empty.

    None: no sheet has a cell. kind: xlsx or xls. Raises Unopenable.
    """
    import fastexcel

    try:
        workbook = fastexcel.read_excel(bytes(data))
        names = workbook.sheet_names
        fallback = None
        for name in sorted(names, key=lambda name: (name not in PREFERRED, names.index(name))):
            cells = workbook.load_sheet_eager(name, header_row=None, dtypes="string")
            table = _table(cells, "Excel" if kind == "xlsx" else "Excel 97–2003")
            if table and known(table.head):
                return table
            fallback = fallback or table
        return fallback
    except fastexcel.FastExcelError as error:
        raise Unopenable(str(error)) from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":
            raise Unopenable(str(error)) from error
        raise


def _table(cells: pa.RecordBatch, label: str) -> SheetTable | None:
    head, rows = [], []
    for place, row in enumerate(zip(*(column.to_pylist() for column in cells.slice(0, 4 * HEAD).columns), strict=True)):
        if any(cell and cell.strip() for cell in row):
            head.append([cell or "" for cell in row])
            rows.append(place)
        if len(head) == HEAD:
            break
    return SheetTable(cells, label, head, rows) if head else None
