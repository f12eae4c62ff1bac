"""Who buys again, and after how many days: rates with their denominators, the Kaplan–Meier curve, the ladder of purchases, the gaps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from weakref import WeakKeyDictionary

import numpy as np
import pandas as pd

from analytics.statistics import SMALL, Survival, kaplan_meier, newcombe, wilson
from analytics.store import Store

WINDOWS = (30, 60, 90, 180, 365)
STEPS = 5
"""Steps told apart: from the 1st to the 2nd buying day up to from the 5th on."""
LEAST = 10
"""Fewer gaps than this name no day from which somebody is late."""


@dataclass(frozen=True)
class Repurchase:
    """The shop's repurchase in one place.

    totals: one row: customers, repurchased, average_repurchases, buyers, orders, known_orders, repeat_orders, revenue,
    known_revenue, repeat_revenue, aov_first, aov_repeat (money; NaN: no such order).
    within: one row per window: days, eligible, repurchased, rate, low, high (0 to 1; NaN: nobody is old enough).
    survival: time to the second buying day.
    """

    totals: pd.Series
    within: pd.DataFrame
    survival: Survival

    @property
    def lifetime(self) -> float:
        """Customers with a second buying day / customers; NaN: no customer."""
        return self.totals.repurchased / self.totals.customers if self.totals.customers else float("nan")

    @property
    def order_share(self) -> float:
        """Orders on a second or later buying day / orders of known customers."""
        return self.totals.repeat_orders / self.totals.known_orders if self.totals.known_orders else float("nan")

    @property
    def revenue_share(self) -> float:
        """The same by revenue."""
        return self.totals.repeat_revenue / self.totals.known_revenue if self.totals.known_revenue else float("nan")


@dataclass(frozen=True)
class Gaps:
    """The days between successive buying days, of those who came back.

    table: one row per step, 1 (from the 1st to the 2nd) to STEPS (all further ones together), and step 0 for all: step, gaps (how
    many), p25, median, p75, p80 (days). Empty: nobody has come back.
    """

    table: pd.DataFrame

    def of(self, step: int) -> pd.Series | None:
        """The gaps of one step, or of all where the step has fewer than SMALL; None: nobody has come back."""
        table = self.table.set_index("step")
        if table.empty:
            return None
        step = min(step, STEPS)
        return table.loc[step] if step in table.index and table.loc[step, "gaps"] >= SMALL else table.loc[0]

    def late(self, step: int) -> int | None:
        """The day from which a silent customer is late: whole days after the last buying day, by which 80 % of `of(step)` were over.

        It is no day to write on: that lies earlier, about the usual day. None: fewer than LEAST.
        """
        usual = self.of(step)
        return None if usual is None or usual.gaps < LEAST else int(np.ceil(usual.p80))

    @cached_property
    def patience(self) -> int:
        """Days after which a silent customer is no longer "on the way": the P80 of all gaps, but at least 90."""
        return _patience(np.nan if self.table.empty else self.table.set_index("step").p80[0])


@dataclass(frozen=True)
class Ladder:
    """How many climb from one buying day to the next.

    table: one row per step n from 1 to STEPS: step, customers (with an n-th buying day), eligible (of them, watched for `days` since),
    continued (of those, bought again within `days`), rate, low, high (0 to 1; NaN: nobody eligible), median_days (of all who went on,
    whenever; NaN: nobody), went_on, still_in_time (not back, silent for `patience` days at most), stopped (silent for longer).
    """

    table: pd.DataFrame
    days: int
    patience: int

    @property
    def hardest(self) -> int | None:
        """The step with the lowest rate, if its interval to every other step's rate (SMALL eligible or more) lies below 0; else None."""
        told = self.table[self.table.eligible >= SMALL].set_index("step")
        if len(told) < 2:
            return None
        lowest = int(told.rate.idxmin())
        x, n = told.loc[lowest, ["continued", "eligible"]]
        others = (newcombe(x, n, row.continued, row.eligible) for row in told.drop(lowest).itertuples())
        return lowest if all(high < 0 for _, _, high in others) else None


@dataclass(frozen=True)
class Waiting:
    """Where every customer stands against the usual gap of their step.

    table: one row per customer, the latest buyers first: the columns of `customers`, and step, last_day, silent (days since),
    expected_from and expected_until (P25 and P75 after the last day), late_on (`Gaps.late`); the three are missing where so few came back
    that nothing is usual. Empty: nobody has come back.
    """

    table: pd.DataFrame
    as_of: date

    def turning_late(self, days: int = 30) -> pd.DataFrame:
        """Those who turn late within so many days after the as-of day."""
        start, end = pd.Timestamp(self.as_of), pd.Timestamp(self.as_of + timedelta(days=days))
        return self.table[(self.table.late_on > start) & (self.table.late_on <= end)]

    @property
    def near_second(self) -> pd.DataFrame:
        """One-time buyers for whom the usual time of the second purchase is now (P25 to P75)."""
        today = pd.Timestamp(self.as_of)
        now = (self.table.expected_from <= today) & (today <= self.table.expected_until)
        return self.table[(self.table.days == 1) & now]

    @property
    def to_be_made_loyal(self) -> pd.DataFrame:
        """Customers with two or more buying days."""
        return self.table[self.table.days >= 2]


def repurchase(store: Store, windows: tuple[int, ...] = WINDOWS, *, since: date = date.min) -> Repurchase:
    """The shop's repurchase. Rates are of the customers whose first day lies in the period; shares are of the period's orders.

    since: what lies before is left out of totals and rates too, as the first months of the data; the survival curve keeps it.
    """
    return Repurchase(
        totals=store.query("repurchase/totals", since=since).iloc[0],
        within=within(store, windows, since=since),
        survival=survival(store),
    )


def within(store: Store, windows: Sequence[int] = WINDOWS, *, since: date = date.min) -> pd.DataFrame:
    """N-day repurchase: one row per window: days, eligible, repurchased, rate, low, high (0 to 1; NaN: nobody is old enough).

    since: only of customers won from this day on.
    """
    table = store.query("repurchase/within", days=[int(days) for days in windows], since=since)
    table["rate"] = table.repurchased / table.eligible.where(table.eligible > 0)
    table["low"], table["high"] = wilson(table.repurchased, table.eligible)
    return table


def survival(store: Store) -> Survival:
    """Time from the first to the second buying day."""
    return kaplan_meier(store.query("repurchase/second_days"))


def bought_again(curve: Survival) -> pd.DataFrame:
    """The curve upside down: day, at_risk, share, low, high (0 to 1: has bought again by that day; NaN interval: nobody has yet)."""
    table = curve.table
    return pd.DataFrame(
        {
            "day": table.day,
            "at_risk": table.at_risk,
            "share": 1 - table.survival,
            "low": 1 - table.high,
            "high": 1 - table.low,
        }
    )


def bought_again_at(curve: Survival, days: Sequence[int] = WINDOWS) -> pd.DataFrame:
    """`bought_again` on certain days: one row per day on which somebody is still watched; at_risk: customers just before it."""
    table = bought_again(curve)
    told = [day for day in days if len(table) and day <= table.day.iloc[-1]]
    before = np.searchsorted(table.day, told, side="right") - 1
    rows = table.iloc[np.maximum(before, 0)].reset_index(drop=True)
    rows.loc[before < 0, ["share", "low", "high"]] = [0.0, np.nan, np.nan]
    rows["at_risk"] = [int(table.at_risk.iloc[np.searchsorted(table.day, day)]) for day in told]
    return rows.assign(day=told)


def worth_drawing(curve: Survival, step: int = 30) -> int:
    """The end of a time axis, a multiple of `step`: 98 % of the second purchases lie before it, and a twentieth of all customers is
    still watched there; at least two steps."""
    table = curve.table
    if table.empty or not table.events.sum():
        return 2 * step
    watched = table.day[table.at_risk >= 0.05 * table.at_risk.iloc[0]].iloc[-1]
    happened = table.day[table.events.cumsum() >= 0.98 * table.events.sum()].iloc[0]
    return max(2 * step, int(np.ceil(min(watched, happened) / step) + 1) * step)


def gaps(store: Store) -> Gaps:
    """The gaps by step, from all of history."""
    return Gaps(store.query("repurchase/gaps", steps=STEPS))


def patience(store: Store) -> int:
    """`Gaps.patience` alone, for those who need no more; asked once of a shop, whose data never change."""
    if store not in _PATIENCE:
        _PATIENCE[store] = _patience(store.query("repurchase/patience").p80.iloc[0])
    return _PATIENCE[store]


_PATIENCE: WeakKeyDictionary[Store, int] = WeakKeyDictionary()


def _patience(p80: float) -> int:
    return 90 if pd.isna(p80) else max(90, int(np.ceil(p80)))


def gap_counts(store: Store, width: int = 7, step: int = 0) -> pd.DataFrame:
    """The gaps of one step (0: all) as a histogram: one row per span that holds one: from_day (0, width, 2·width …), gaps."""
    counts = store.query("repurchase/gap_counts", steps=STEPS, width=int(width))
    kept = counts[counts.step == step] if step else counts
    return kept.groupby("from_day", as_index=False).gaps.sum()


def ladder(store: Store, days: int = 90, silent: int | None = None) -> Ladder:
    """The ladder of the customers won in the period. days: time allowed for each step. silent: the patience, by default the shop's."""
    silent = patience(store) if silent is None else silent
    table = store.query("repurchase/ladder", steps=STEPS, days=int(days), patience=silent)
    table["rate"] = table.continued / table.eligible.where(table.eligible > 0)
    table["low"], table["high"] = wilson(table.continued, table.eligible)
    return Ladder(table, int(days), silent)


def due(store: Store, days: int = 30) -> pd.DataFrame:
    """Who turns late (passes the P80 gap of their step) within so many days after the as-of day.

    One row per step: step, late_day (days after the last buying day), customers. Empty: too few have come back to name one.
    """
    found = gaps(store)
    late = {step: day for step in range(1, STEPS + 1) if (day := found.late(step)) is not None}
    return store.query(
        "repurchase/due", steps=list(late), late_days=list(late.values()), last_step=STEPS, days=int(days)
    )


def waiting(store: Store) -> Waiting:
    """Every customer of the period against the usual gap of their step, rounded up to whole days."""
    found = gaps(store)
    steps = [] if found.table.empty else list(range(1, STEPS + 1))
    told = {step: found.of(step) if found.late(step) is not None else None for step in steps}
    days = {
        name: [None if gap is None else int(np.ceil(gap[name])) for gap in told.values()]
        for name in ("p25", "p75", "p80")
    }
    table = store.query(
        "repurchase/waiting",
        steps=steps,
        from_days=days["p25"],
        until_days=days["p75"],
        late_days=days["p80"],
        last_step=STEPS,
    )
    return Waiting(table, store.shop.as_of)
