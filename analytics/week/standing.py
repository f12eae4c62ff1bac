"""Last week against the one before and the same one a year ago, with what a week does by itself in this shop."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from analytics.reviews.opinions import BAD, Opinions
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
    figures = {name: _standing(weeks.set_index("week")[name], relative=True) for name in FIGURES}
    return LastWeek(weeks, figures, first, first + timedelta(days=6))


def unhappy_reviews(opinions: Opinions, earliest: date, first: date) -> Standing:
    """How the unhappy reviews of the week that begins on `first` stand: counts, as differences. earliest: the Monday from which on weeks are looked at.

    Weeks before the first and after the last review are unknown, not 0: no file covers them.
    """
    days = opinions.reviews.reviewed_at.dropna()
    written = days.dt.to_period("W-SUN").dt.start_time
    counted = written[opinions.reviews.state[days.index] == BAD].value_counts()
    counts = counted.reindex(pd.date_range(earliest, first, freq="7D"), fill_value=0).astype(float)
    known = (counts.index >= written.min()) & (counts.index <= written.max()) if len(written) else False
    return _standing(counts.where(known), relative=False)


def _standing(values: pd.Series, *, relative: bool) -> Standing:
    """values: by week, its Monday as the index; the last one is last week."""
    first = values.index[-1].date()
    spans = tuple((first - timedelta(days=back), first - timedelta(days=back - 6)) for back in (0, 7, 364))
    by_week = dict(zip(values.index.date, values.to_numpy(dtype=float), strict=True))
    usual, changes = usual_change(values.to_numpy(dtype=float)[-_USUAL - 1 : -1], 1, relative=relative)
    return Standing(
        *(by_week.get(span[0], np.nan) for span in spans),
        usual=usual,
        relative=relative,
        spans=tuple(span if span[0] in by_week else None for span in spans),
        months=changes,
    )
