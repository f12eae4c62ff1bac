"""How the segments stand against an earlier day of the same shop, by the cut values of now, and what change is usual in it."""

from __future__ import annotations

import math
from datetime import timedelta

import numpy as np
import pandas as pd

from analytics.segments.cuts import Cuts
from analytics.segments.late import GONE, LATE
from analytics.segments.rfm import edges_of
from analytics.statistics import SMALL, Standing, usual_change
from analytics.store import Store

MONTHS = 3
"""Months back that are compared where no start of the period is chosen."""
_A_MONTH, _CYCLES = 365.25 / 12, 3  # history that a day must have behind it, in cycles, and 90 days at least


def standings(store: Store, cuts: Cuts) -> dict[str, Standing]:
    """Measure -> how it stands: awake, waiting and late (customers; relative), regulars_share (of the revenue so far, 0 to 1).

    Held against the day before the period began (its length back from the as-of day), or MONTHS months back where none was chosen, and
    against a year ago. What is usual comes from the month-ends, the same number of months apart. late: only where a cycle is known.
    """
    edges, as_of = edges_of(store, cuts), pd.Timestamp(store.shop.as_of)
    chosen = store.filters.start is not None
    length = (store.shop.as_of - store.shop.start).days + 1 if chosen else round(MONTHS * _A_MONTH)
    lag = max(1, round(length / _A_MONTH))
    rhythm = edges.cycle if edges.rhythmic else 0
    sure_from = pd.Timestamp(store.shop.first_ordered) + timedelta(days=max(90, math.ceil(_CYCLES * rhythm)))
    before = as_of - timedelta(days=length) if chosen else as_of - pd.DateOffset(months=MONTHS)
    moments = [as_of, before, as_of - pd.DateOffset(years=1)]
    ends = list(pd.date_range(sure_from, as_of, freq="ME"))
    table = store.query(
        "segments/by_day",
        days=sorted({day.date() for day in (*moments, *ends)}),
        recency=list(edges.recency),
        frequency=list(edges.frequency),
        high_value=edges.high_value,
        late_from=LATE * rhythm,
        late_until=GONE * rhythm,
    ).set_index("day")
    table["regulars_share"] = table.regular_revenue / table.revenue.where(table.revenue > 0)
    standings = {}
    for name in ("awake", "waiting", "regulars_share", *(["late"] if rhythm else [])):
        stands_on = table.regulars if name == "regulars_share" else table.customers
        values = table[name].where(stands_on >= SMALL).astype(float)
        relative = name != "regulars_share"
        usual, changes = usual_change(values.reindex(ends), lag=lag, relative=relative)
        told = [day if day >= sure_from and day in values.index else None for day in moments]
        standings[name] = Standing(
            *(float(values[day]) if day is not None else np.nan for day in told),
            usual=usual,
            relative=relative,
            spans=tuple((day.date(), day.date()) if day is not None else None for day in told),
            months=changes,
            chosen=chosen,
        )
    return standings
