"""From a table as it was found to its header row, its mapped columns as text, and how its numbers and dates are written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analytics.errors import N_, note
from analytics.sources import dates, numbers
from analytics.sources.cells import quirks
from analytics.sources.csvtext import TextTable, UnreadableAsGiven, Wanted
from analytics.sources.headers import normalise
from analytics.sources.platforms import REPEATING, Match, NotOrders, Platform
from analytics.sources.recognition import not_orders, recognise, recognise_cells
from analytics.sources.rows import Seen, collect
from analytics.sources.runs import Raw
from analytics.sources.workbooks import SheetTable

COLUMNS = 2_000
"""Columns that a table may have."""
HEADER_WITHIN = 50
PREVIEW = 20


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


@dataclass(frozen=True)
class Loaded:
    """A table as it was read. encoding: what it turned out to be in. seen: its rows, notes, and samples of its amounts and times."""

    raw: Raw
    encoding: str
    seen: Seen

    @property
    def has_status(self) -> bool:
        """Whether some row has a status."""
        contexts = self.raw.contexts
        return (
            contexts is not None and "status" in contexts.column_names and contexts["status"].null_count < len(contexts)
        )


def find_header(head: Sequence[Sequence[str]], own: Platform | None, mappings: Sequence[Platform]) -> Header | None:
    """The header row: one that `own`, a built-in platform or one of `mappings` knows, else the likeliest. None: no row of two cells.

    own: the mapping that the owner gave for this very file. mappings: those given for other files.
    """
    rows = [place for place, row in enumerate(head[:HEADER_WITHIN]) if 2 <= len(row) <= COLUMNS]
    names = cache(lambda place: normalise(head[place]))
    for platforms in ([own] if own else [], None, mappings):
        for place in rows if platforms != [] else ():
            match = recognise(names(place), platforms)
            if match:
                return Header(place, names(place), match=match)
    for place in rows:
        other = not_orders(names(place))
        if other:
            return Header(place, names(place), other=other)
    if not rows:
        return None
    shape = recognise_cells(head)
    if shape:
        return Header(-1, [f"#{place}" for place in range(1, len(shape.region.cells) + 1)], match=shape)
    place = max(rows, key=lambda place: (_header_like(head[place]), -place))
    return Header(place, names(place))


def _header_like(row: Sequence[str]) -> int:
    """Cells that could be the name of a column: not blank and not a number."""
    return sum(bool(cell.strip()) and not re.fullmatch(r"[-+0-9.,:/ ]+", cell.strip()) for cell in row)


def preview(table: TextTable | SheetTable, header: Header) -> pd.DataFrame:
    """The first PREVIEW rows below the header as text, one column per header; blank cells are empty."""
    width = len(header.names)
    rows = [[*row, *[""] * width][:width] for row in table.head[header.row + 1 : header.row + 1 + PREVIEW]]
    return pd.DataFrame(rows, columns=header.names, dtype=str)


def whole(table: TextTable | SheetTable) -> pd.DataFrame:
    """Every cell below the first row as text, blank: "". The first row names the columns; more cells than it has are left aside."""
    names = [cell.strip() for cell in table.head[0]]
    if isinstance(table, TextTable):
        table = table.in_legacy_encoding()
    read = table.lenient_batches if isinstance(table, TextTable) else table.batches
    batches = list(read(Wanted(range(len(names)), 0, len(names)), set()))
    cells = [pa.chunked_array([batch.column(at) for batch in batches], pa.string()) for at in range(len(names))]
    return pd.DataFrame({at: column.fill_null("").to_pylist() for at, column in enumerate(cells)}, dtype=str).set_axis(
        names, axis=1
    )


def load(table: TextTable | SheetTable, header: Header, match: Match) -> Loaded:
    """The mapped columns of `table`, and what was seen in them."""
    try:
        return _load(table, header, match)
    except UnreadableAsGiven:
        told_anew = table.in_legacy_encoding()
    if told_anew.encoding != table.encoding:
        return load(told_anew, header, match)
    return _load(table, header, match, lenient=True)


def _load(table: TextTable | SheetTable, header: Header, match: Match, *, lenient: bool = False) -> Loaded:
    seen = Seen()
    after = header.row + _descriptions(table.head, header.row, match)
    titles = range(header.row, after + 1) if header.row >= 0 else ()
    left = quirks(table.head, titles, after, match, from_1904=getattr(table, "from_1904", False))
    positions = sorted(set(match.columns.values()))
    read = table.lenient_batches if lenient and isinstance(table, TextTable) else table.batches
    repeating = {at for name, at in match.columns.items() if name in REPEATING and match.region.kind == "orders"}
    repeating.discard(match.columns.get("order_id"))
    wanted = Wanted(positions, after, _width(table, header), repeating)
    raw = collect(read(wanted, seen.notes), match, seen, left)
    if seen.titles:
        seen.notes.add(note(N_("{n} rows inside the file repeat its header; they are no orders."), n=seen.titles))
    return Loaded(raw, table.label, seen)


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


def filled(table: TextTable | SheetTable, header: Header, match: Match, headers: Sequence[str]) -> bool:
    """Whether any row has something in one of the columns of these headers."""
    places = [header.names.index(text) for text in headers if text in header.names]
    if not places:
        return False
    after = header.row + _descriptions(table.head, header.row, match)
    read = table.lenient_batches if isinstance(table, TextTable) else table.batches
    batches = read(Wanted(places, after, _width(table, header)), set())
    return any(
        pc.any(pc.not_equal(pc.utf8_trim_whitespace(column), "")).as_py()
        for batch in batches
        for column in batch.columns
    )


def amount_styles(parts: Sequence[Loaded]) -> dict[str, str]:
    """Amount column -> decimal sign, told from all parts of one export together: one part may hold no value that tells."""
    seen = {column for part in parts for column in part.seen.sample}
    return numbers.decimal_styles({column: _sample(parts, column) for column in numbers.AMOUNTS if column in seen})


def date_clock(
    parts: Sequence[Loaded], times: Sequence[str], *, day_first: bool | None, window: tuple[date, date] | None
) -> dates.Clock:
    """How the columns `times` of all parts of one export write their dates.

    Told from all of their values if the first ones are not year-first: a day above 12 may come late.
    """
    if dates.clock(value for column in times for value in _sample(parts, column)) == dates.Clock():
        return dates.Clock()
    tables = [part.raw.lines if part.raw.runs is None else part.raw.runs for part in parts]
    columns = [table[column] for table in tables for column in times if column in table.column_names]
    values = [value for column in columns for value in pc.unique(column).to_pylist()]
    return dates.clock(values, day_first=day_first, window=window)


def time_offset(part: Loaded, column: str) -> int | None:
    """Minutes from UTC that most of a column's times carry; None where most carry none."""
    return dates.offset(part.seen.sample.get(column, []))


def _sample(parts: Sequence[Loaded], column: str) -> list[str | None]:
    return [value for part in parts for value in part.seen.sample.get(column, [])]
