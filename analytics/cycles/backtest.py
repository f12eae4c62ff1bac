"""The reminder list against three plain rules, on the shop's own past: as if one stood there, knowing nothing of what came after.

Orders that were cancelled or sent back later are known to be so already then; everything else is as it was on that day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np
import pandas as pd

from analytics.cycles.cycles import Cycles, cycles
from analytics.errors import TooLittleData
from analytics.statistics import SMALL, newcombe, wilson
from analytics.store import Store

LIST, RECENT, BEST, GAP = "list", "recent", "best", "gap"
PLAIN = (RECENT, BEST, GAP)
"""The plain rules, of as many people each as the list has: silent for 30 to 60 days (nearest to 45 first); the best by recency, frequency and money;
those whom the shop's usual interval (45 days where nobody had come back) makes due in the middle of the days looked at."""
BACK = (90, 180)
DAYS = 30
"""How many days after the day on which the list is made are looked at."""


@dataclass(frozen=True)
class Backtest:
    """What the list and the plain rules would have found.

    table: one row per rule (LIST first), all days stood on together: rule, written (people on the list), bought (of them, who bought anything
    in the `days` days after), precision, low, high (bought / written, Wilson), recall (bought / all who bought), lift (precision / share of all customers who
    bought), lift_low, lift_high. each: the same per day stood on (stood). difference, low, high: the list's precision less the best plain rule's
    (Newcombe; the lists share people, so the interval is rather too wide). NaN: nobody on the list.
    """

    table: pd.DataFrame
    each: pd.DataFrame
    stood: tuple[date, ...]
    days: int

    @cached_property
    def best_plain(self) -> str:
        """The plain rule that found most; of equals the first of PLAIN."""
        rows = self.table.set_index("rule").loc[list(PLAIN)]
        return str(rows.precision.fillna(-1).idxmax())

    @cached_property
    def difference(self) -> tuple[float, float, float]:
        """The list's precision less that of the best plain rule, with its interval; NaN where the list was empty."""
        rows = self.table.set_index("rule")
        ours, theirs = rows.loc[LIST], rows.loc[self.best_plain]
        return newcombe(ours.bought, ours.written, theirs.bought, theirs.written)

    @property
    def enough(self) -> bool:
        """Whether SMALL people or more were on the list."""
        return bool(self.table.written.iloc[0] >= SMALL)

    @property
    def better(self) -> bool:
        """Whether the list found more than each plain rule did. If it did not, a plain rule is the better list."""
        return bool(self.enough and self.difference[0] > 0)

    @property
    def surely(self) -> bool:
        """Whether chance is ruled out: the interval of the difference lies above 0."""
        return bool(self.better and self.difference[1] > 0)


def backtest(store: Store, days: int = DAYS, back: tuple[int, ...] = BACK) -> Backtest:
    """Stand so many days before the as-of day, make the list of those due in the `days` days after, and count who bought.

    A day before the shop had a product that is bought again stands for an empty list.
    """
    stood = tuple(store.shop.as_of - timedelta(days=before) for before in back)
    parts = [_stood_on(store, day, int(days)) for day in stood]
    each = pd.concat(parts, ignore_index=True)
    columns = ["written", "bought", "customers", "buyers"]
    total = each.groupby("rule", sort=False)[columns].sum().reset_index()
    return Backtest(_rated(total), _rated(each), stood, int(days))


def _stood_on(store: Store, day: date, days: int) -> pd.DataFrame:
    """One row per rule: what it found from one day on."""
    customers = stood_on(store, day, days)
    size = int(customers.list_due.sum())
    lists = {LIST: customers.list_due.to_numpy(), **{rule: plain_list(customers, rule, size, days) for rule in PLAIN}}
    bought = customers.bought.to_numpy()
    return pd.DataFrame(
        {
            "rule": list(lists),
            "stood": day,
            "written": [int(chosen.sum()) for chosen in lists.values()],
            "bought": [int((chosen & bought).sum()) for chosen in lists.values()],
            "customers": len(customers),
            "buyers": int(bought.sum()),
        }
    )


def stood_on(store: Store, day: date, days: int, known: Cycles | None = None) -> pd.DataFrame:
    """Every customer who had bought by a day: buyer, customer_id, recency (days), days (buying days), revenue, bought (in the `days` days after), list_due.

    known: the cycles as known on that day; None: they are worked out.
    """
    try:
        told = (known or cycles(store, day)).arguments()
    except TooLittleData:
        told = {"goods": [], "cycles": []}
    table = store.with_followed().query("cycles/stood", until=day, days=int(days), **told)
    return table.astype({"bought": bool, "list_due": bool})


def plain_list(customers: pd.DataFrame, rule: str, size: int, days: int = DAYS) -> np.ndarray:
    """The `size` customers that a plain rule chooses, as True in the rows of `stood_on`; ties go to the customer with the earlier first order."""
    if rule == RECENT:
        place = (customers.recency - 45).abs()
    elif rule == BEST:
        scores = [_fifth(-customers.recency), _fifth(customers.days), _fifth(customers.revenue)]
        place = -(sum(scores) + customers.revenue.rank(pct=True) / 2)
    else:
        place = (customers.recency + days / 2 - customers.usual_gap.astype(float).fillna(45)).abs()
    chosen = np.zeros(len(customers), dtype=bool)
    chosen[np.argsort(place.to_numpy(dtype=float), kind="stable")[:size]] = True
    return chosen


def _fifth(values: pd.Series) -> pd.Series:
    """1 to 5 by the shop's own fifths; equal values in the same one."""
    return np.ceil(values.rank(pct=True, method="average") * 5).clip(1, 5)


def _rated(table: pd.DataFrame) -> pd.DataFrame:
    written, usual = table.written.where(table.written > 0), table.buyers / table.customers.where(table.customers > 0)
    low, high = wilson(table.bought, table.written)
    usual = usual.where(usual > 0)
    precision = table.bought / written
    return table.assign(
        precision=precision,
        low=low,
        high=high,
        recall=table.bought / table.buyers.where(table.buyers > 0),
        lift=precision / usual,
        lift_low=low / usual,
        lift_high=high / usual,
    )
