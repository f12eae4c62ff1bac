"""Where the data begin, and what that does to "new": who bought before the first file looks new in its first months."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from analytics.repurchase import Repurchase, patience
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
    """The figures that a page puts on top, of one window.

    since: the first day that the totals count. rate: a row of `analytics.repurchase.within`. figures: whose totals and shares they are. left_out: the first months of the data are
    in neither. certain: False where they could not be left out, as too few would remain: then nothing is said for or against a target.
    """

    rate: pd.Series
    figures: Repurchase
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


def headline(everyone: Repurchase, sure: Repurchase, start: Beginning, window: int, *, leave_out: bool) -> Headline:
    """The figures of one window. everyone: of the whole period; sure: since `start.until`. leave_out: the first months, where it can be done."""
    rates = [figures.within.set_index("days").loc[window] for figures in (everyone, sure)]
    if not start.doubtful or not leave_out:
        return Headline(rates[0], everyone, date.min, left_out=False, certain=True)
    if rates[1].eligible >= SMALL:
        return Headline(rates[1], sure, start.until, left_out=True, certain=True)
    return Headline(rates[0], everyone, date.min, left_out=False, certain=False)
