"""Cells as other programs leave them: guarded by ="…", blank as nan, days counted from 1904, the header row once more among the rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from functools import reduce

import pyarrow as pa
import pyarrow.compute as pc

from analytics.sources import numbers
from analytics.sources.platforms import OPINIONS, PARCEL_TIMES, Match

BLANK_WORDS = frozenset(("nan", "nat", "none", "null", "n/a", "#n/a", "<na>", "nil"))
"""What programs write, in whatever case, where there is no number and no time. Elsewhere these can be somebody's name."""
FROM_1904 = 1462
"""Days between the first day of Excel's calendar and that of the one that Macs began with."""
TIMES = ("ordered_at", "cancelled_at", "reviewed_at", "replied_at")
SPACES = " \t\r\n\u00a0\u3000'"
"""What stands around order numbers: blanks, and the apostrophe that keeps a spreadsheet from counting with them."""

_GUARDED = re.compile(r'\s*="')
_GUARD = r'^\s*="?(.*?)"?\s*$'
_DAY_NUMBER = re.compile(r"\s*[0-9]{4,5}(?:\.[0-9]+)?\s*")
_PLAIN = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#-_"
_EXPONENT = r"^[0-9](?:[.,][0-9]+)?[eE]\+?[0-9]+$"


@dataclass(frozen=True)
class Quirks:
    """What the first rows of a table show of how its cells were left; by default, as they should be.

    guarded: texts stand in ="…". blanks: the words that stand for blank cells. titles: canonical column -> what the header row, and the
    descriptions below it, have there. from_1904: day numbers count from 1904.
    """

    guarded: bool = False
    blanks: AbstractSet[str] = frozenset()
    titles: Mapping[str, AbstractSet[str]] = field(default_factory=dict)
    from_1904: bool = False

    def here(self, order_ids: pa.Array) -> Quirks:
        """The same, for rows with these order numbers: rows pasted far down may be guarded where the first ones are not."""
        if self.guarded or _plain(order_ids) or not pc.any(pc.match_substring(order_ids, '="')).as_py():
            return self
        return replace(self, guarded=True)

    def plain(self, cells: pa.Array, column: str) -> pa.Array:
        """The cells of a canonical column as they were meant."""
        if self.guarded or self.blanks:
            cells = cells.cast(pa.string())
        if self.guarded:
            marked = pc.starts_with(pc.utf8_ltrim_whitespace(cells), "=")
            cells = pc.if_else(marked, pc.replace_substring_regex(cells, _GUARD, r"\1"), cells)
            cells = pc.if_else(pc.equal(cells, ""), None, cells)
        if self.blanks:
            cells = pc.if_else(pc.is_in(cells, pa.array(sorted(self.blanks))), None, cells)
        if self.from_1904 and column in (*TIMES, *PARCEL_TIMES):
            cells = pa.array(map(_since_1904, cells.cast(pa.string()).to_pylist()), pa.string())
        return cells

    def titled(self, batch: pa.RecordBatch) -> pa.Array | None:
        """Which rows of a batch of canonical columns are the header row once more; None where none is."""
        found = None
        for name in [name for name in ("order_id", "ordered_at", *OPINIONS) if self.titles.get(name)][:2]:
            cells = batch.column(name).cast(pa.string())
            here = reduce(pc.or_, (pc.fill_null(pc.equal(cells, title), False) for title in self.titles[name]))
            found = here if found is None else pc.and_(found, here)
            if not pc.any(found).as_py():
                return None
        return found


AS_IT_SHOULD_BE = Quirks()


def quirks(
    head: Sequence[Sequence[str]], titles: Iterable[int], after: int, match: Match, *, from_1904: bool = False
) -> Quirks:
    """What the head of a table shows. titles: places in it of the header row and of descriptions; after: the last row above the data."""
    counted = [at for name, at in match.columns.items() if name in numbers.AMOUNTS or name in TIMES]
    below = [row[at].strip() for row in head[after + 1 :] for at in counted if at < len(row)]
    named: dict[str, set[str]] = {}
    for name, at in match.columns.items():
        rows = [head[place] for place in titles if at < len(head[place])]
        named[name] = {text for row in rows for text in (row[at], row[at].strip(SPACES)) if text.strip()}
    return Quirks(
        guarded=any('="' in cell and _GUARDED.match(cell) for row in head for cell in row),
        blanks=frozenset(text for text in below if text.lower() in BLANK_WORDS),
        titles=named,
        from_1904=from_1904,
    )


def order_ids(cells: pa.Array) -> pa.Array:
    """Order numbers so that they compare as they are: without what stands around them, `1001.0` as 1001; "" where a spreadsheet shows 5.8E+17."""
    cells = cells.cast(pa.string())
    if _plain(cells):
        return cells
    cells = pc.utf8_trim(cells, SPACES)
    if pc.any(pc.ends_with(cells, ".0")).as_py():
        cells = pc.replace_substring_regex(cells, r"^([0-9]+)\.0$", r"\1")
    if pc.any(pc.match_substring(cells, "E+", ignore_case=False)).as_py():
        cells = pc.if_else(pc.match_substring_regex(cells, _EXPONENT), "", cells)
    return cells


def _plain(cells: pa.Array) -> bool:
    """Whether the texts hold but letters, digits and marks that nobody need look at."""
    text = cells.buffers()[2] if cells.type == pa.string() else None
    return text is not None and not text.to_pybytes().translate(None, _PLAIN)


def _since_1904(text: str | None) -> str | None:
    """A day number counted from 1904 as Excel usually counts; any other text as it is."""
    return str(float(text) + FROM_1904) if text and _DAY_NUMBER.fullmatch(text) else text
