"""Which layout a table is: its headers, or the shape of its cells, held against the platforms' files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from analytics.sources.platform_files import load
from analytics.sources.platforms import REST, Match, NotOrders, Platform


def recognise(headers: Sequence[str], platforms: Sequence[Platform] | None = None) -> Match | None:
    """The layout that these normalised headers are, or None.

    Of several that fit, the one that maps the most headers; of equals, the one that stands first. A file known not to hold orders
    (see not_orders) is never recognised.
    """
    known = load() if platforms is None else platforms
    present = frozenset(headers)
    if (
        platforms is None
        and present.isdisjoint(_first()[0])
        and not any(name.startswith(_first()[1]) for name in present)
    ):
        return None
    if not_orders(present, known):
        return None
    fitting = [(platform, region) for platform in known for region in platform.regions if region.fits(present)]
    if not fitting:
        return None
    platform, region = max(fitting, key=lambda pair: len(set(pair[1].positions(headers).values())))
    return Match(platform, region, region.positions(headers))


@cache
def _first() -> tuple[frozenset[str], tuple[str, ...]]:
    """Headers of which every known layout needs one, and what such headers begin with: most rows of most files have none of them."""
    needs = [one.needs[0] for platform in load() for one in (*platform.regions, *platform.not_orders)]
    begun = tuple(need.removesuffix(REST) for need in needs if need.endswith(REST))
    return frozenset(need for need in needs if not need.endswith(REST)), begun


def recognise_cells(rows: Sequence[Sequence[str]]) -> Match | None:
    """The layout without a header row that most of these rows have the shape of, or None."""
    for platform in load():
        for region in platform.regions:
            shaped = [row for row in rows if _shaped(row, region.cells)] if region.cells else []
            if shaped and 2 * len(shaped) > len(rows):
                return Match(
                    platform, region, region.positions([f"#{place}" for place in range(1, len(region.cells) + 1)])
                )
    return None


def _shaped(row: Sequence[str], cells: Sequence[str]) -> bool:
    return len(row) == len(cells) and all(
        re.fullmatch(pattern, cell.strip()) for cell, pattern in zip(row, cells, strict=True)
    )


def not_orders(headers: Iterable[str], platforms: Sequence[Platform] | None = None) -> NotOrders | None:
    """The known file without orders that these normalised headers are, or None. Look-alikes told by their cells are left aside."""
    known = load() if platforms is None else platforms
    present = frozenset(headers)
    told = (other for platform in known for other in platform.not_orders if not other.blank)
    return next((other for other in told if other.fits(present)), None)


def nearest(headers: Sequence[str]) -> tuple[Match, str] | None:
    """The layout that these normalised headers nearly are, and the headers that it needs and they lack; None where none is near."""
    present, near = frozenset(headers), []
    for platform in load():
        for region in platform.regions:
            missing = [header for header in region.needs if header not in present]
            if missing and len(region.needs) >= 4 and len(missing) <= 2 and 2 * len(missing) < len(region.needs):
                found = Match(platform, region, region.positions(headers))
                near.append(
                    (len(missing) / len(region.needs), -len(found.columns), platform.label, found, ", ".join(missing))
                )
    return min(near, key=lambda one: one[:3])[3:] if near else None
