"""Where the data begin, and what that does to "new": who bought before the first file looks new in its first months."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from analytics.repurchase import patience, within
from analytics.statistics import SMALL
from analytics.store import Store


@dataclass(frozen=True)
class Beginning:
    """The start of the data against the period.

    first: the day of the first order. days: how long a customer may be silent and still be on the way (the burn-in). until: first + days;
    who appears from that day on is believed to be new. won: customers won in the period. doubtful: those of them who appear before `until`.
    """

    first: date
    days: int
    until: date
    won: int
    doubtful: int


@dataclass(frozen=True)
class Headline:
    """The N-day rate that a page puts on top.

    rate: a row of `analytics.repurchase.within`; everyone: the same with the first months of the data. since: the first day of those
    who count. left_out: the first months are not in it. certain: False where they could not be left out, as too few would remain: then
    nothing is said for or against a target.
    """

    beginning: Beginning
    rate: pd.Series
    everyone: pd.Series
    since: date
    left_out: bool
    certain: bool

    @property
    def judged(self) -> bool:
        """Whether the rate may be held against a target: on SMALL customers or more, none of them doubtful unasked."""
        return self.certain and self.rate.eligible >= SMALL


def beginning(store: Store) -> Beginning:
    """The start of a shop's data."""
    days, first = patience(store), store.shop.first_ordered
    until = first + timedelta(days=days)
    counts = store.query("overview/beginning", until=until).iloc[0]
    return Beginning(first, days, until, int(counts.won), int(counts.doubtful))


def headline(store: Store, window: int, *, leave_out: bool = True) -> Headline:
    """The rate of one window. leave_out: the first months of the data, where SMALL customers remain."""
    start = beginning(store)
    return chosen(start, within(store, (window,)), within(store, (window,), since=start.until), window, leave_out)


def chosen(start: Beginning, everyone: pd.DataFrame, sure: pd.DataFrame, window: int, leave_out: bool) -> Headline:
    """The same out of both tables of rates. sure: since `start.until`."""
    with_all, without = (table.set_index("days", drop=False).loc[window] for table in (everyone, sure))
    if not start.doubtful or not leave_out:
        return Headline(start, with_all, with_all, date.min, left_out=False, certain=True)
    if without.eligible >= SMALL:
        return Headline(start, without, with_all, start.until, left_out=True, certain=True)
    return Headline(start, with_all, with_all, date.min, left_out=False, certain=False)
