"""From batches of cells to rows of canonical columns: what programs left in them mended, blank and repeated rows dropped, items taken apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analytics.errors import N_, Note
from analytics.sources import numbers
from analytics.sources.cells import AS_IT_SHOULD_BE, Quirks, order_ids
from analytics.sources.platforms import Match, Region
from analytics.sources.runs import Batch, Raw, Runs, with_columns

SAMPLE = 5_000

UNSPLIT = Note(N_("The items of some orders could not be taken apart; each of those orders is kept as one line."))


@dataclass
class Seen:
    """What was seen while a table was read. titles: header rows among the rows. sample: the distinct values of some columns among the first SAMPLE rows."""

    rows: int = 0
    titles: int = 0
    notes: set[Note] = field(default_factory=set)
    sample: dict[str, list[str | None]] = field(default_factory=dict)


def collect(batches: Iterable[pa.RecordBatch], match: Match, seen: Seen, quirks: Quirks = AS_IT_SHOULD_BE) -> Raw:
    """The raw tables of batches whose columns are named by their position."""
    counted = _counted(_canonical(batches, match, seen, quirks), seen)
    if match.region.kind != "orders":
        schema = pa.schema([(name, pa.string()) for name in match.columns])
        lines = pa.Table.from_batches([batch.rows for batch in counted], schema)
        return Raw(with_columns(lines, line=np.arange(lines.num_rows, dtype=np.int32)))
    return Runs(match).of(counted)


def _canonical(batches: Iterable[pa.RecordBatch], match: Match, seen: Seen, quirks: Quirks) -> Iterator[Batch]:
    """Batches of positions as batches of canonical columns: blank rows and repeated headers dropped, blank order ids filled down, items taken apart."""
    names = list(match.columns)
    last_order: str | None = None
    dropped_last = False
    for batch in batches:
        left = quirks.here(batch.column(str(match.columns["order_id"]))) if "order_id" in names else quirks
        batch = pa.RecordBatch.from_arrays([_cells(batch, name, match, left) for name in names], names=names)
        if "order_id" not in names or batch.column("order_id").null_count:
            batch = _without_blank_rows(batch)
        titled = quirks.titled(batch)
        after_title = None
        if titled is not None or dropped_last:
            batch, after_title, dropped_last = _without_titles(batch, titled, dropped_last, seen)
        if match.region.layout == "first" and batch.num_rows:
            batch = _filled_down(batch, last_order, match.region.anchor)
        if batch.num_rows:
            last_order = batch.column("order_id")[-1].as_py() if match.region.layout == "first" else None
            yield (
                _split(batch, match.region, seen, after_title)
                if _splits(match)
                else Batch(batch, after_title=after_title)
            )


def _cells(batch: pa.RecordBatch, name: str, match: Match, quirks: Quirks) -> pa.Array:
    """One canonical column."""
    cells = quirks.plain(batch.column(str(match.columns[name])), name)
    return order_ids(cells) if name == "order_id" else cells


def _without_blank_rows(batch: pa.RecordBatch) -> pa.RecordBatch:
    filled = batch.column(0).is_valid()
    for column in batch.columns[1:]:
        filled = pc.or_(filled, column.is_valid())
    return batch if pc.all(filled).as_py() else batch.filter(filled)


def _without_titles(
    batch: pa.RecordBatch, titled: pa.Array | None, dropped_last: bool, seen: Seen
) -> tuple[pa.RecordBatch, np.ndarray, bool]:
    """The batch without its header rows, which of its rows follow one, and whether the next batch's first row does."""
    dropped = np.zeros(batch.num_rows, bool) if titled is None else titled.to_numpy(zero_copy_only=False)
    before = np.concatenate([[dropped_last], dropped])
    kept = ~dropped
    seen.titles += int(dropped.sum())
    last = bool(before[-1]) if len(dropped) else dropped_last
    return batch.filter(pa.array(kept)), before[:-1][kept], last


def _filled_down(batch: pa.RecordBatch, last_order: str | None, anchor: str) -> pa.RecordBatch:
    """Give the rows that follow an order's first one its id; the layout writes it there only.

    A row with an order's own fields and no id is another order: it gets "", and its lines with it.
    """
    ids = batch.column("order_id")
    if not ids.null_count:
        return batch
    if anchor in batch.schema.names:
        ids = pc.if_else(pc.and_(ids.is_null(), batch.column(anchor).is_valid()), "", ids)
    ids = pa.concat_arrays([pa.array([last_order], pa.string()), ids])
    at = batch.schema.get_field_index("order_id")
    return batch.set_column(at, "order_id", pc.fill_null_forward(ids).slice(1))


def _splits(match: Match) -> bool:
    region = match.region
    return region.layout == "order" and bool(region.item_pattern) and "items" in match.columns


def _split(batch: pa.RecordBatch, region: Region, seen: Seen, after_title: np.ndarray | None) -> Batch:
    """One row per match of the region's item pattern instead of one per order; a text without a match is one line's product."""
    pattern = re.compile(region.item_pattern)
    places: list[int] = []
    lines: dict[str, list[str | None]] = {group: [] for group in pattern.groupindex}
    for place, text in enumerate(batch.column("items").to_pylist()):
        items = [match.groupdict() for match in pattern.finditer(text or "")]
        if not items:
            seen.notes.add(UNSPLIT)
            items = [{"product": text}]
        for item in items:
            places.append(place)
            for group, values in lines.items():
                values.append((item.get(group) or "").strip() or None)
    at = np.array(places, np.int64)
    starts = np.diff(at, prepend=-1) > 0
    repeated = batch.take(pa.array(at))
    kept = [name for name in repeated.schema.names if name != "items" and name not in lines]
    rows = pa.RecordBatch.from_arrays(
        [*(repeated.column(name) for name in kept), *(pa.array(values, pa.string()) for values in lines.values())],
        names=[*kept, *lines],
    )
    return Batch(rows, starts, None if after_title is None else after_title[at] & starts)


def _counted(batches: Iterable[Batch], seen: Seen) -> Iterator[Batch]:
    """Count the rows, and keep the values of the first SAMPLE for telling how numbers and dates are written."""
    for batch in batches:
        if seen.rows < SAMPLE:
            for column in (*numbers.AMOUNTS, "account", "ordered_at", "reviewed_at", "replied_at"):
                if column in batch.rows.schema.names:
                    first = pc.unique(batch.rows.column(column).slice(0, SAMPLE))
                    seen.sample.setdefault(column, []).extend(first.to_pylist())
        seen.rows += batch.rows.num_rows
        yield batch
