"""From a table as it was found to a DuckDB table of canonical columns, all text, one row per line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analytics.errors import N_
from analytics.sources import dates, numbers
from analytics.sources.csvtext import TextTable, UnreadableAsGiven
from analytics.sources.headers import normalise
from analytics.sources.platforms import Match, NotOrders, Platform, Region, not_orders, recognise, recognise_cells
from analytics.sources.workbooks import SheetTable

COLUMNS = 2_000
"""Columns that a table may have."""
HEADER_WITHIN = 10
PREVIEW = 20
SAMPLE = 5_000

UNSPLIT = N_("The items of some orders could not be taken apart; each of those orders is kept as one line.")


@dataclass(frozen=True)
class Header:
    """Where the header row stands in a table's head (-1: there is none), its normalised texts, and what they are known to be, if anything."""

    row: int
    names: list[str]
    match: Match | None = None
    other: NotOrders | None = None

    @property
    def known(self) -> bool:
        """Whether this is a layout, or a look-alike, that some platform describes."""
        return bool(self.match or self.other)


@dataclass
class Loaded:
    """What was seen while a table was read. encoding: what it turned out to be in. offset: minutes from UTC that most of its times carry; None: they carry none."""

    encoding: str
    rows: int = 0
    notes: set[str] = field(default_factory=set)
    sample: dict[str, list[str | None]] = field(default_factory=dict)
    styles: dict[str, str] = field(default_factory=dict)
    dates: tuple[str, ...] = ()
    offset: int | None = None


def find_header(head: Sequence[Sequence[str]], own: Platform | None, mappings: Sequence[Platform]) -> Header | None:
    """The header row: one that `own`, a built-in platform or one of `mappings` knows, else the likeliest. None: no row of two cells.

    own: the mapping that the owner gave for this very file. mappings: those given for other files.
    """
    rows = [(place, normalise(row)) for place, row in enumerate(head[:HEADER_WITHIN]) if 2 <= len(row) <= COLUMNS]
    for platforms in ([own] if own else [], None, mappings):
        for place, names in rows:
            match = recognise(names, platforms)
            if match:
                return Header(place, names, match=match)
    for place, names in rows:
        other = not_orders(names)
        if other:
            return Header(place, names, other=other)
    if not rows:
        return None
    shape = recognise_cells(head)
    if shape:
        return Header(-1, [f"#{place}" for place in range(1, len(shape.region.cells) + 1)], match=shape)
    place, names = max(rows, key=lambda row: (_header_like(head[row[0]]), -row[0]))
    return Header(place, names)


def _header_like(row: Sequence[str]) -> int:
    """Cells that could be the name of a column: not blank and not a number."""
    return sum(bool(cell.strip()) and not re.fullmatch(r"[-+0-9.,:/ ]+", cell.strip()) for cell in row)


def preview(table: TextTable | SheetTable, header: Header) -> pd.DataFrame:
    """The first PREVIEW rows below the header as text, one column per header; blank cells are empty."""
    width = len(header.names)
    rows = [[*row, *[""] * width][:width] for row in table.head[header.row + 1 : header.row + 1 + PREVIEW]]
    return pd.DataFrame(rows, columns=header.names, dtype=str)


def load(
    con: duckdb.DuckDBPyConnection, name: str, table: TextTable | SheetTable, header: Header, match: Match
) -> Loaded:
    """Make the DuckDB table `name` of the mapped columns of `table`, in file order, blank cells NULL; says what was seen."""
    try:
        return _load(con, name, table, header, match)
    except UnreadableAsGiven:
        con.execute("drop table if exists " + name)
    told_anew = table.in_legacy_encoding()
    if told_anew.encoding != table.encoding:
        return load(con, name, told_anew, header, match)
    return _load(con, name, table, header, match, lenient=True)


def _load(
    con: duckdb.DuckDBPyConnection,
    name: str,
    table: TextTable | SheetTable,
    header: Header,
    match: Match,
    *,
    lenient: bool = False,
) -> Loaded:
    loaded = Loaded(table.label)
    after = header.row + _descriptions(table.head, header.row, match)
    positions = sorted(set(match.columns.values()))
    read = table.lenient_batches if lenient and isinstance(table, TextTable) else table.batches
    failures: list[UnreadableAsGiven] = []
    found = _ahead(read(positions, after, _width(table, header), loaded.notes))
    batches = _seen(_canonical(found, match, loaded), loaded)
    schema = pa.schema([(column, pa.string()) for column in _columns(match)])
    reader = pa.RecordBatchReader.from_batches(schema, _caught(batches, failures))
    try:
        con.from_arrow(reader).to_table(name)
    except duckdb.Error:
        if failures:
            raise failures[0] from None
        raise
    if failures:
        raise failures[0]
    loaded.styles = numbers.decimal_styles({c: values for c, values in loaded.sample.items() if c in numbers.AMOUNTS})
    loaded.dates = match.region.dates or _date_patterns(con, name, loaded, match.region.times)
    loaded.offset = dates.offset(loaded.sample.get(match.region.times[0], []))
    return loaded


def _width(table: TextTable | SheetTable, header: Header) -> int:
    """Cells of a record: those of the header, or more where most records end with another delimiter."""
    widths = [len(row) for row in table.head[header.row + 1 :]]
    return max(len(header.names), max(widths, key=widths.count, default=0))


def _descriptions(head: Sequence[Sequence[str]], row: int, match: Match) -> int:
    """How many of the rows below the header tell what the columns are: those without a digit where the order's time should be."""
    if not match.region.skip_rows:
        return 0
    at = match.columns[match.region.times[0]]
    below = head[row + 1 : row + 1 + match.region.skip_rows]
    return sum(not any(character.isdigit() for character in (line[at] if at < len(line) else "")) for line in below)


def _columns(match: Match) -> list[str]:
    """The columns of the DuckDB table: the mapped ones, and for orders with their items in one text, what a line holds."""
    names = list(match.columns)
    if not _splits(match):
        return names
    inside = list(re.compile(match.region.item_pattern).groupindex)
    return [name for name in names if name != "items" and name not in inside] + inside


def _splits(match: Match) -> bool:
    region = match.region
    return region.layout == "order" and bool(region.item_pattern) and "items" in match.columns


def _ahead(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The same batches, the next one parsed by another thread while the last is taken in."""
    with ThreadPoolExecutor(1) as parsing:
        following = parsing.submit(next, batches, None)
        while (batch := following.result()) is not None:
            following = parsing.submit(next, batches, None)
            yield batch


def _canonical(batches: Iterable[pa.RecordBatch], match: Match, loaded: Loaded) -> Iterator[pa.RecordBatch]:
    """Batches of positions as batches of canonical columns: blank rows dropped, blank order ids filled down, items taken apart."""
    names = list(match.columns)
    last_order: str | None = None
    for batch in batches:
        batch = pa.RecordBatch.from_arrays([_cells(batch, name, match) for name in names], names=names)
        if "order_id" not in names or batch.column("order_id").null_count:
            batch = _without_blank_rows(batch)
            if match.region.layout == "first" and batch.num_rows:
                batch = _filled_down(batch, last_order)
        if batch.num_rows:
            last_order = batch.column("order_id")[-1].as_py() if match.region.layout == "first" else None
            yield _split(batch, match.region, loaded) if _splits(match) else batch


def _cells(batch: pa.RecordBatch, name: str, match: Match) -> pa.Array:
    """One canonical column; order ids without the blanks and tabs that some exports put around them, so that they compare as they are."""
    cells = batch.column(str(match.columns[name]))
    return pc.utf8_trim_whitespace(cells) if name == "order_id" else cells


def _without_blank_rows(batch: pa.RecordBatch) -> pa.RecordBatch:
    filled = batch.column(0).is_valid()
    for column in batch.columns[1:]:
        filled = pc.or_(filled, column.is_valid())
    return batch.filter(filled)


def _filled_down(batch: pa.RecordBatch, last_order: str | None) -> pa.RecordBatch:
    """Give the rows that follow an order's first one its id; the layout writes it there only."""
    ids = pa.concat_arrays([pa.array([last_order], pa.string()), batch.column("order_id")])
    at = batch.schema.get_field_index("order_id")
    return batch.set_column(at, "order_id", pc.fill_null_forward(ids).slice(1))


def _split(batch: pa.RecordBatch, region: Region, loaded: Loaded) -> pa.RecordBatch:
    """One row per match of the region's item pattern instead of one per order; a text without a match is one line's product."""
    pattern = re.compile(region.item_pattern)
    places: list[int] = []
    lines: dict[str, list[str | None]] = {group: [] for group in pattern.groupindex}
    for place, text in enumerate(batch.column("items").to_pylist()):
        items = [match.groupdict() for match in pattern.finditer(text or "")]
        if not items:
            loaded.notes.add(UNSPLIT)
            items = [{"product": text}]
        for item in items:
            places.append(place)
            for group, values in lines.items():
                values.append((item.get(group) or "").strip() or None)
    repeated = batch.take(pa.array(places, pa.int64()))
    kept = [name for name in repeated.schema.names if name != "items" and name not in lines]
    return pa.RecordBatch.from_arrays(
        [*(repeated.column(name) for name in kept), *(pa.array(values, pa.string()) for values in lines.values())],
        names=[*kept, *lines],
    )


def _seen(batches: Iterable[pa.RecordBatch], loaded: Loaded) -> Iterator[pa.RecordBatch]:
    """Count the rows, and keep the values of the first SAMPLE for telling how numbers and dates are written."""
    for batch in batches:
        if loaded.rows < SAMPLE:
            for column in (*numbers.AMOUNTS, "ordered_at", "reviewed_at", "replied_at"):
                if column in batch.schema.names:
                    first = pc.unique(batch.column(column).slice(0, SAMPLE))
                    loaded.sample.setdefault(column, []).extend(first.to_pylist())
        loaded.rows += batch.num_rows
        yield batch


def _caught(batches: Iterable[pa.RecordBatch], failures: list[UnreadableAsGiven]) -> Iterator[pa.RecordBatch]:
    """End the stream at a failure and keep it: DuckDB would make a text of it."""
    try:
        yield from batches
    except UnreadableAsGiven as error:
        failures.append(error)


def _date_patterns(con: duckdb.DuckDBPyConnection, name: str, loaded: Loaded, times: Sequence[str]) -> tuple[str, ...]:
    """The patterns of `times`, told from all of their values if the first ones are not year-first: a day above 12 may come late."""
    found = dates.patterns(value for column in times for value in loaded.sample.get(column, []))
    if not found:
        return ()
    mapped = [column for column in times if column in loaded.sample]
    values = [con.table(name).select(duckdb.ColumnExpression(column)).distinct().fetchall() for column in mapped]
    return dates.patterns(value for column in values for (value,) in column)
