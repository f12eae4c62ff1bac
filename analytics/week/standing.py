"""Last week against the one before and the same one a year ago, with what a week does by itself in this shop."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from analytics.statistics import Standing, usual_change
from analytics.store import Store

FIGURES = ("orders", "returning_buyers", "new_buyers", "revenue")
_USUAL = 26
"""Weeks from which is told what is usual."""


@dataclass(frozen=True)
class LastWeek:
    """weeks: one row per whole week, oldest first: week (its Monday), orders, returning_buyers, new_buyers, revenue. figures: of FIGURES -> how
    the last one stands. first, last: its days.
    """

    weeks: pd.DataFrame
    figures: dict[str, Standing]
    first: date
    last: date


def last_week(store: Store) -> LastWeek | None:
    """The last week, Monday to Sunday, that lies wholly in the data; None: there is none."""
    weeks = store.query("week/by_week", first=store.shop.first_ordered, last=store.shop.as_of)
    if weeks.empty:
        return None
    weeks["week"] = pd.to_datetime(weeks.week)
    first = weeks.week.iloc[-1].date()
    spans = tuple((first - timedelta(days=back), first - timedelta(days=back - 6)) for back in (0, 7, 364))
    earliest = weeks.week.iloc[0].date()
    figures = {}
    for name in FIGURES:
        values = weeks[name].to_numpy(dtype=float)
        by_week = dict(zip(weeks.week.dt.date, values, strict=True))
        usual, changes = usual_change(values[-_USUAL - 1 : -1], 1, relative=True)
        figures[name] = Standing(
            *(by_week.get(span[0], np.nan) for span in spans),
            usual=usual,
            relative=True,
            spans=tuple(span if span[0] >= earliest else None for span in spans),
            months=changes,
        )
    return LastWeek(weeks, figures, first, first + timedelta(days=6))
