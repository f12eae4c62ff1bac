"""The reminder list against three plain rules, on the shop's own past: as if one stood there, knowing nothing of what came after.

Orders that were cancelled or sent back later are known to be so already then; everything else is as it was on that day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np
import pandas as pd

from analytics.cycles.cycles import cycles, holders
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
    usual = usual_gaps(store, stood)
    parts = [_found(store, day, gap, int(days)) for day, gap in zip(stood, usual, strict=True)]
    each = pd.concat(parts, ignore_index=True)
    columns = ["written", "bought", "customers", "buyers"]
    total = each.groupby("rule", sort=False)[columns].sum().reset_index()
    return Backtest(_rated(total), _rated(each), stood, int(days))


def _found(store: Store, day: date, usual: float, days: int) -> pd.DataFrame:
    """One row per rule: what it found from one day on. usual: the shop's median interval then."""
    customers = customers_then(store, day, days)
    named = customers.buyer.isin(listed(store, day, days)).to_numpy()
    size = int(named.sum())
    lists = {LIST: named, **{rule: plain_list(customers, rule, size, usual, days) for rule in PLAIN}}
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


def usual_gaps(store: Store, stood: tuple[date, ...]) -> list[float]:
    """The shop's median interval in days, as known on each of these days; NaN: nobody had come back by then."""
    return store.with_placed().query("cycles/usual", stood=list(stood)).gap.astype(float).tolist()


def customers_then(store: Store, day: date, days: int) -> pd.DataFrame:
    """Every customer who had bought by a day: buyer (their number), recency (days), days (buying days), revenue, bought (in the `days` days after)."""
    return store.with_placed().query("cycles/stood", until=day, days=int(days)).astype({"bought": bool})


def listed(store: Store, day: date, days: int) -> np.ndarray:
    """The buyers on the list of a day: a refill product of theirs runs out in the `days` days after, and they bought no other of its family since."""
    try:
        known = cycles(store, day)
    except TooLittleData:
        return np.empty(0, dtype=int)
    found = holders(store, known, day, day + timedelta(days=1), day + timedelta(days=days))
    return found.buyer[~found.substitute].unique()


def plain_list(customers: pd.DataFrame, rule: str, size: int, usual: float, days: int = DAYS) -> np.ndarray:
    """The `size` customers that a plain rule chooses, as True in the rows of `customers_then`; ties go to the customer with the earlier first order. usual: the shop's median interval; NaN: nobody had come back."""
    if not 0 < size < len(customers):
        return np.full(len(customers), size > 0)
    if rule == RECENT:
        place = (customers.recency - 45).abs()
    elif rule == BEST:
        shares = [_ranked(-customers.recency), _ranked(customers.days), customers.revenue.rank(pct=True)]
        place = -(sum(_fifth(share) for share in shares) + shares[-1] / 2)
    else:
        place = (customers.recency + days / 2 - (45 if np.isnan(usual) else usual)).abs()
    return _lowest(place.to_numpy(dtype=float), size)


def _ranked(numbers: pd.Series) -> pd.Series:
    """As `numbers.rank(pct=True)`, of whole numbers that lie close together: counted, not sorted."""
    place = (numbers - numbers.min()).to_numpy(dtype=np.int64)
    counts = np.bincount(place)
    return pd.Series((np.cumsum(counts) - (counts - 1) / 2)[place] / len(place), numbers.index)


def _lowest(place: np.ndarray, size: int) -> np.ndarray:
    """The `size` lowest as True; of equals the first. Without sorting all."""
    last = np.partition(place, size - 1)[size - 1]
    chosen = place < last
    chosen[np.flatnonzero(place == last)[: size - chosen.sum()]] = True
    return chosen


def _fifth(share: pd.Series) -> pd.Series:
    """1 to 5 by the shop's own fifths, from the share of customers at or below; equal values in the same one."""
    return np.ceil(share * 5).clip(1, 5)


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
