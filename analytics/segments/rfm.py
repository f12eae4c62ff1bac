"""Recency, frequency and money of every customer, their scores, and the ten segments that the two scores make.

R = whole days from the last buying day to the as-of day; F = buying days; M = revenue. Equal values get equal scores, whatever the row order:
a score counts the edges that lie strictly below a value. M is not in a segment's name; it is a flag, high value.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import pandas as pd

from analytics.errors import N_, TooLittleData
from analytics.segments.cuts import BY_CYCLE, CYCLES, DAYS, LEAST_GAPS, PERCENTILES, Cuts
from analytics.store import Store

SEGMENTS = (
    "Champions", "Loyal", "PotentialLoyalist", "New", "Promising",
    "NeedAttention", "AboutToSleep", "CantLose", "AtRisk", "Hibernating",
)  # fmt: skip
"""The ten names, from those to look after to those to let rest."""

GRID = {
    5: ("New", "PotentialLoyalist", "PotentialLoyalist", "Champions", "Champions"),
    4: ("Promising", "PotentialLoyalist", "PotentialLoyalist", "Loyal", "Loyal"),
    3: ("AboutToSleep", "AboutToSleep", "NeedAttention", "Loyal", "Loyal"),
    2: ("Hibernating", "Hibernating", "AtRisk", "AtRisk", "CantLose"),
    1: ("Hibernating", "Hibernating", "AtRisk", "AtRisk", "CantLose"),
}
"""R score -> the segment at F = 1, 2, 3, 4, 5. All 25 cells are covered once."""

STATES = {
    "awake": ("Champions", "Loyal", "PotentialLoyalist", "New", "Promising"),
    "cooling": ("NeedAttention", "AboutToSleep"),
    "asleep": ("CantLose", "AtRisk", "Hibernating"),
}
"""State -> its segments, warmest first. A customer who moves to a colder state has slipped."""

STATE_OF = {segment: state for state, segments in STATES.items() for segment in segments}
NOT_YET = "NotYet"
"""Segment, at an earlier day, of somebody who had not bought by then."""

_EXACT = 6  # decimals of an edge: enough for days and money, and a percentile that falls on a value stays that value


@dataclass(frozen=True)
class Edges:
    """Cut points as values. An infinite edge: no customer can lie above it.

    recency: four, in days, ascending. frequency: four, in buying days: F is 1 plus the edges strictly below. high_value: money.
    cycle: the shop's median interval between buying days, in days; NaN: nobody has come back yet. gaps: on how many intervals it rests.
    """

    recency: tuple[float, float, float, float]
    frequency: tuple[float, float, float, float]
    high_value: float
    cycle: float
    gaps: int = 0

    @property
    def rhythmic(self) -> bool:
        """Whether enough intervals tell the shop's cycle."""
        return self.gaps >= LEAST_GAPS and self.cycle > 0


@dataclass(frozen=True)
class Rule:
    """What puts a customer into a segment. Both ends belong to a range; an upper end of infinity is open.

    r, f: from the lowest score to the highest. recency: days since the last buying day. days: buying days. A range whose lower end lies above
    the upper one is empty: with these cut points nobody can be there.
    """

    r: tuple[int, int]
    f: tuple[int, int]
    recency: tuple[float, float]
    days: tuple[float, float]


@dataclass(frozen=True)
class Rfm:
    """Every customer's measures, scores and segment at the as-of day.

    customers: one row per customer, ordered by customer_id: customer_id, recency (days, 0 and up), days, orders, revenue, revenue_365 (of
    the 365 days up to the as-of day), r and f (1 to 5), segment (of SEGMENTS), high_value. key: names the data and the cut points; "": made
    of no shop, so that nothing can be kept by it.
    """

    as_of: date
    cuts: Cuts
    edges: Edges
    customers: pd.DataFrame
    key: str = ""

    @cached_property
    def segments(self) -> pd.DataFrame:
        """One row for each of SEGMENTS, empty ones too: customers, share (0 to 1), revenue, revenue_share, repeat_rate (with 2 buying days
        or more, 0 to 1), aov (money an order), recency (median days), high_value (customers), revenue_365. NaN: the segment is empty.
        """
        return (
            _summary(self.customers, ["segment"]).reindex(list(SEGMENTS)).pipe(_complete).reset_index(names="segment")
        )

    @cached_property
    def cells(self) -> pd.DataFrame:
        """The same for each of the 25 cells, from r = 5, f = 1 on: r, f, segment and the columns of `segments`."""
        index = pd.MultiIndex.from_tuples([(r, f) for r in GRID for f in range(1, 6)], names=["r", "f"])
        cells = _summary(self.customers, ["r", "f"]).reindex(index).pipe(_complete).reset_index()
        cells.insert(2, "segment", [GRID[r][f - 1] for r, f in index])
        return cells


def rule(edges: Edges, segment: str) -> Rule:
    """The rule of one of SEGMENTS at these edges."""
    cells = [(r, f + 1) for r, names in GRID.items() for f, name in enumerate(names) if name == segment]
    r = min(r for r, _ in cells), max(r for r, _ in cells)
    f = min(f for _, f in cells), max(f for _, f in cells)
    above = [0, *(math.floor(edge) + 1 if math.isfinite(edge) else edge for edge in edges.recency)]
    up_to = [*(math.floor(edge) if math.isfinite(edge) else edge for edge in edges.recency), math.inf]
    least = [1, *(math.floor(edge) + 1 if math.isfinite(edge) else edge for edge in edges.frequency)]
    most = [*(math.floor(edge) if math.isfinite(edge) else edge for edge in edges.frequency), math.inf]
    return Rule(r, f, (above[5 - r[1]], up_to[5 - r[0]]), (least[f[0] - 1], most[f[1] - 1]))


def usual_cuts(store: Store) -> Cuts:
    """The cut points that suit the shop: recency by its own cycle where LEAST_GAPS intervals tell it, else by percentiles."""
    shop = store.query("segments/cycle").iloc[0]
    return BY_CYCLE if shop.gaps >= LEAST_GAPS and shop.cycle > 0 else Cuts()


def rfm(store: Store, cuts: Cuts | None = None) -> Rfm:
    """Every customer of the shop, of all its history whatever the start of the period, scored at its as-of day.

    cuts: None: by percentiles. Raises TooLittleData where no customer is known by name or account.
    """
    cuts = cuts or Cuts()
    edges = edges_of(store, cuts)
    customers = scored(store, edges, [store.shop.as_of]).drop(columns="as_of")
    return Rfm(store.shop.as_of, cuts, edges, customers, f"{store.key}:{cuts}")


def history(store: Store, found: Rfm, customer_id: str, months: int = 12) -> pd.DataFrame:
    """One customer's segment at the as-of day and each 30 days before, at the same cut values; one row per day: as_of, r, f, segment.

    Days before the first order are left out.
    """
    days = [found.as_of - timedelta(days=30 * back) for back in range(months, -1, -1)]
    return scored(store, found.edges, days, only=[customer_id])[["as_of", "r", "f", "segment", "recency", "days"]]


def edges_of(store: Store, cuts: Cuts) -> Edges:
    """The cut points of this shop as values."""
    found = store.query(
        "segments/edges",
        recency=[p / 100 for p in _percentiles(cuts.recency.by, cuts.recency.values)],
        frequency=[p / 100 for p in _percentiles(cuts.frequency.by, cuts.frequency.values)],
        high_value=cuts.high_value.values[0] / 100 if cuts.high_value.by == PERCENTILES else 0.5,
    ).iloc[0]
    rhythm = store.query("segments/cycle").iloc[0]
    if not found.customers:
        raise TooLittleData(
            N_(
                "None of these orders says who bought: guests and masked buyers cannot be told apart. Export with buyer accounts."
            )
        )
    if cuts.recency.by == CYCLES and pd.isna(rhythm.cycle):
        raise TooLittleData(
            N_(
                "Nobody has bought on a second day yet, so the shop has no cycle of its own; cut recency by percentiles instead."
            )
        )
    recency = {
        PERCENTILES: found.recency,
        DAYS: cuts.recency.values,
        CYCLES: [multiple * rhythm.cycle for multiple in cuts.recency.values],
    }[cuts.recency.by]
    if cuts.frequency.by == DAYS:
        frequency = [start - 1 for start in cuts.frequency.values]
    else:
        regulars = found.frequency if pd.api.types.is_list_like(found.frequency) else [math.inf] * 2
        frequency = [1, 2, *regulars]
    return Edges(
        recency=tuple(round(float(edge), _EXACT) for edge in recency),
        frequency=tuple(round(float(edge), _EXACT) for edge in frequency),
        high_value=round(
            float(found.high_value if cuts.high_value.by == PERCENTILES else cuts.high_value.values[0]), _EXACT
        ),
        cycle=float(rhythm.cycle),
        gaps=int(rhythm.gaps),
    )


def _percentiles(by: str, values: tuple[float, ...]) -> tuple[float, ...]:
    return values if by == PERCENTILES else (50.0,)


def scored(store: Store, edges: Edges, as_of: list[date], only: list[str] | None = None) -> pd.DataFrame:
    """Measures and scores at each of these days, for the customers who had bought by then."""
    return store.query(
        "segments/rfm",
        as_of=as_of,
        only=only or [],
        recency=list(edges.recency),
        frequency=list(edges.frequency),
        high_value=edges.high_value,
        segments=[segment for r in range(1, 6) for segment in GRID[r]],
    )


def _summary(customers: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    summed = (
        customers.assign(repeated=customers.days >= 2)
        .groupby(by)
        .agg(
            customers=("customer_id", "size"),
            revenue=("revenue", "sum"),
            revenue_365=("revenue_365", "sum"),
            repeat_rate=("repeated", "mean"),
            orders=("orders", "sum"),
            recency=("recency", "median"),
            high_value=("high_value", "sum"),
        )
    )
    add_shares(summed)
    summed["aov"] = summed.revenue / summed.orders
    return summed


def add_shares(groups: pd.DataFrame) -> None:
    """Put `share` (of all customers) after `customers` and `revenue_share` (of all revenue; NaN where there is none) after `revenue`, from 0 to 1."""
    total = groups.revenue.sum()
    groups.insert(groups.columns.get_loc("customers") + 1, "share", groups.customers / groups.customers.sum())
    groups.insert(
        groups.columns.get_loc("revenue") + 1, "revenue_share", groups.revenue / total if total else float("nan")
    )


def _complete(summed: pd.DataFrame) -> pd.DataFrame:
    """Counts and sums of an empty group are 0; its rates and medians stay unknown."""
    counted = {
        "customers": 0,
        "share": 0.0,
        "revenue": 0.0,
        "revenue_share": 0.0,
        "revenue_365": 0.0,
        "orders": 0,
        "high_value": 0,
    }
    return summed.fillna(counted).astype({"customers": int, "orders": int, "high_value": int})
