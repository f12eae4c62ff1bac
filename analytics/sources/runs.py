"""From rows of canonical columns to the raw tables of a file: its lines, and apart from them the fields of its orders, where these stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import TypeVar

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analytics.sources.platforms import CONTEXT_COLUMNS, LINE_COLUMNS, PARCEL_COLUMNS, PRODUCT_COLUMNS, REPEATING, Match

OF_LINE = LINE_COLUMNS + PRODUCT_COLUMNS
NO_ROWS = pa.record_batch({"order_id": pa.array([], pa.string())})
NUMBERS = {"line": "lines", "first_line": "lines", "run": "runs", "product_key": "products", "context_key": "contexts"}
"""Columns of the raw tables that are numbers -> the table whose rows they count."""
NEGATIVE = r"^[^0-9]{0,8}[-−－(（][^1-9]*[1-9]|[1-9][0-9.,]*\s*-\s*$"
"""An amount below 0."""
MOST_PLACES = 2**62
"""Combinations that can be told apart by one number of 64 bits."""

T = TypeVar("T", pa.Table, pa.RecordBatch)


@dataclass
class Raw:
    """The text of files, blank cells null, in file order. What stands on many rows is kept once, in a table of its own.

    lines: one row per line: its place `line`, its `run`, its `product_key`, and the columns that only lines have; for reviews every column.
    products: the columns that describe a product, one row per description. runs: one row per run of lines of one order, with the
    order-level columns as its first line has them: `run`, `first_line` (its place among all lines), `rows` (its lines), `context_key`,
    `anchored`: whether the order's own fields stand there (see Region.anchor), and, where a row can be a refund, `negative`. A line that bears
    an order's fields begins a run, so none is lost, and so does one of another status, where each line has its own. Places count header
    rows that stand among the lines, so that what stands above and below one is not taken for one stretch.
    contexts: the columns that tell how an order came about, one row per combination. parcels: what is told of parcels, one row per run of which
    anything is. All numbers begin with 0.
    """

    lines: pa.Table | None
    products: pa.Table | None = None
    runs: pa.Table | None = None
    contexts: pa.Table | None = None
    parcels: pa.Table | None = None

    def take(self, name: str) -> pa.Table:
        """Hand over one of the tables: its memory is freed with the last use that the taker makes of it."""
        table = getattr(self, name)
        setattr(self, name, None)
        return table


@dataclass
class Batch:
    """Rows of canonical columns. starts: which of them begin a row of the file (None: all do). after_title: which follow a header row."""

    rows: pa.RecordBatch
    starts: np.ndarray | None = None
    after_title: np.ndarray | None = None


class Runs:
    """Takes batches of rows apart into lines, products, runs and contexts."""

    def __init__(self, match: Match) -> None:
        region = match.region
        self.anchor = region.anchor if region.layout == "first" else ""
        by_line = ("status", "return_status", "cancel_reason") if region.status_of == "line" else ("return_status",)
        self.of_line = by_line if region.layout in ("repeated", "unit") else ()
        self.refund_rows = region.refund_rows
        self.last: str | None = None
        self.last_told: list[str | None] = []
        self.next_line = self.rows = self.runs = 0
        self.negative_before = False

    def of(self, batches: Iterable[Batch]) -> Raw:
        """The raw tables of all batches together."""
        apart = [self._apart(batch) for batch in batches] or [self._apart(Batch(NO_ROWS))]
        lines, runs = (pa.Table.from_batches(part) for part in zip(*apart, strict=True))
        rows = np.diff(runs["at"].to_numpy(), append=np.int32(self.rows))
        lines, products = _told_once(lines, PRODUCT_COLUMNS, "product_key")
        runs, parcels = _parcels(with_columns(runs.drop_columns("at"), rows=rows))
        runs, contexts = _told_once(runs, CONTEXT_COLUMNS, "context_key")
        return Raw(lines, products, runs, contexts, parcels)

    def _apart(self, batch: Batch) -> tuple[pa.RecordBatch, pa.RecordBatch]:
        """The lines of a batch, and the runs that begin in it."""
        rows = _compact(batch.rows)
        negative = self._negative(rows)
        begins = self._begins(rows, batch.starts, batch.after_title, negative)
        run = np.cumsum(begins, dtype=np.int32) + np.int32(self.runs - 1)
        line = np.arange(self.next_line, self.next_line + len(begins), dtype=np.int32)
        if batch.after_title is not None:
            line += np.cumsum(batch.after_title, dtype=np.int32)
        of_line = [name for name in rows.schema.names if name in OF_LINE]
        of_order = [name for name in rows.schema.names if name not in OF_LINE]
        runs = rows.select(of_order)
        if not begins.all():
            runs = runs.take(pa.array(np.flatnonzero(begins)))
        fields = runs.column(self.anchor if self.anchor in of_order else "order_id")
        at = np.flatnonzero(begins).astype(np.int32) + np.int32(self.rows)
        self.next_line = int(line[-1]) + 1 if len(line) else self.next_line
        self.rows += len(line)
        self.runs += runs.num_rows
        told = {"run": run[begins], "first_line": line[begins], "at": at, "anchored": fields.is_valid()}
        if negative is not None:
            told["negative"] = negative[begins]
        return with_columns(rows.select(of_line), line=line, run=run), with_columns(runs, **told)

    def _begins(
        self,
        batch: pa.RecordBatch,
        starts: np.ndarray | None,
        after_title: np.ndarray | None,
        negative: np.ndarray | None,
    ) -> np.ndarray:
        """Which rows begin a run.

        Those of another order than the row before, those that bear an order's own fields, those below a header row, and those whose status
        is not that of the line before.
        """
        ids = batch.column("order_id")
        before = pa.concat_arrays([pa.array([self.last], pa.string()), ids]).slice(0, len(ids))
        same = pc.coalesce(pc.equal(ids, before), pc.and_(ids.is_null(), before.is_null()))
        self.last = ids[-1].as_py() if len(ids) else None
        begins = pc.invert(same)
        if self.anchor in batch.schema.names:
            begins = pc.or_(begins, batch.column(self.anchor).is_valid())
        begins = begins.to_numpy(zero_copy_only=False)
        for more in (starts, after_title, self._told_otherwise(batch)):
            if more is not None:
                begins = begins | more
        if negative is not None and len(ids):
            follows = np.concatenate([[self.negative_before], negative[:-1]])
            self.negative_before = bool(negative[-1])
            begins = begins | ((negative | follows) if starts is None else starts)
        if not self.rows:
            begins = begins | (np.arange(len(ids)) == 0)
        return begins

    def _told_otherwise(self, batch: pa.RecordBatch) -> np.ndarray | None:
        """Which rows have another status than the row before, where the status is each line's."""
        columns = [batch.column(name) for name in self.of_line if name in batch.schema.names]
        if not columns or not batch.num_rows:
            return None
        other = np.zeros(batch.num_rows, bool)
        for column in columns:
            codes = pc.fill_null(column.indices, -1).to_numpy(zero_copy_only=False)
            other[1:] |= codes[1:] != codes[:-1]
        other[0] = self.last_told != [column[0].as_py() for column in columns]
        self.last_told = [column[-1].as_py() for column in columns]
        return other

    def _negative(self, batch: pa.RecordBatch) -> np.ndarray | None:
        """Which rows give an amount back, where such a row is a refund of its order."""
        names = [name for name in ("subtotal", "gross") if name in batch.schema.names]
        if not self.refund_rows or not names:
            return None
        found = np.zeros(batch.num_rows, bool)
        for name in names:
            below = pc.match_substring_regex(batch.column(name).cast(pa.string()), NEGATIVE)
            found |= pc.fill_null(below, False).to_numpy(zero_copy_only=False)
        return found


def _compact(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Texts that repeat as Arrow's dictionaries, where the reader has not made them so."""
    for at, name in enumerate(batch.schema.names):
        if name in REPEATING and not pa.types.is_dictionary(batch.schema.types[at]):
            batch = batch.set_column(at, name, pc.dictionary_encode(batch.column(at)))
    return batch


def with_columns(table: T, **columns: np.ndarray | pa.Array) -> T:
    """A table or a batch with more columns."""
    for name, values in columns.items():
        table = table.append_column(name, pa.array(values))
    return table


def _extent(table: pa.Table, name: str) -> int:
    """How many numbers a table takes: its rows, and the places between its lines where header rows stood."""
    return (pc.max(table["line"]).as_py() or 0) + 1 if name == "lines" and table.num_rows else table.num_rows


def _told_once(table: pa.Table, columns: Sequence[str], key: str) -> tuple[pa.Table, pa.Table]:
    """The table with a number instead of `columns`, and their distinct combinations in the order of these numbers."""
    names = [name for name in table.column_names if name in columns]
    places, span = np.zeros(table.num_rows, np.int64), 1
    for name in names:
        codes, distinct = _codes(table[name])
        if span * (distinct + 1) > MOST_PLACES:
            places, told = pd.factorize(places)
            span = len(told)
        places, span = places * (distinct + 1) + codes + 1, span * (distinct + 1)
    places, _ = pd.factorize(places)
    first = np.flatnonzero(np.diff(np.maximum.accumulate(places), prepend=-1))
    combinations = pa.table(
        {name: table[name].take(pa.array(first)) for name in names} | {key: np.arange(len(first), dtype=np.int32)}
    )
    return with_columns(table.drop_columns(names), **{key: places.astype(np.int32)}), combinations


def _parcels(runs: pa.Table) -> tuple[pa.Table, pa.Table]:
    """The runs without what they tell of parcels, and that."""
    names = [name for name in runs.column_names if name in PARCEL_COLUMNS]
    parcels = runs.select(["run", *names])
    if not names:
        return runs, parcels.slice(0, 0)
    told = reduce(pc.or_, (parcels[name].is_valid() for name in names))
    return runs.drop_columns(names), parcels if pc.all(told).as_py() else parcels.filter(told)


def _codes(texts: pa.ChunkedArray) -> tuple[np.ndarray, int]:
    """A number for each text, the same for the same text, -1 where there is none; and how many there are."""
    chunks = texts.unify_dictionaries().chunks
    codes = [pc.fill_null(chunk.indices, -1).to_numpy(zero_copy_only=False) for chunk in chunks]
    return np.concatenate([*codes, np.empty(0, np.int64)]).astype(np.int64), len(chunks[0].dictionary) if chunks else 0


def stacked(parts: Sequence[Raw], counted: Counter[str]) -> Raw:
    """The rows of orders of several files, one after the other, their numbers counted on from `counted`, which is counted on itself."""
    tables: dict[str, list[pa.Table]] = {"lines": [], "products": [], "runs": [], "contexts": [], "parcels": []}
    for raw in parts:
        shifts = {number: counted[name] for number, name in NUMBERS.items()}
        for name, stack in tables.items():
            table = raw.take(name)
            counted[name] += _extent(table, name)
            for number in shifts.keys() & set(table.column_names):
                at = table.column_names.index(number)
                table = table.set_column(at, number, pc.add(table[number], pa.scalar(shifts[number], pa.int32())))
            stack.append(table)
    return Raw(**{name: pa.concat_tables(stack, promote_options="default") for name, stack in tables.items()})
