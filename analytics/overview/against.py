"""How the headline figures stand: against the time before of the same length, the same time a year ago, and what is usual in the shop.

Where the reader chose a start, the period is held against the one before it; else the latest three finished months against the three
before (one against one, where there are too few). Nothing that lies in the first months of the data is compared: their new customers
may be old ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta

import numpy as np
import pandas as pd

from analytics.repurchase import patience
from analytics.statistics import SMALL, Standing, usual_change
from analytics.store import Store

Span = tuple[date, date]
LENGTH = 3
"""Months that are compared where no start is chosen."""
_A_MONTH = 365.25 / 12


def against(store: Store, days: int = 90) -> dict[str, Standing]:
    """Measure -> how it stands; `days`: of the N-day rate.

    rate (of the customers won in a span, once all are N days old), third_rate (a third time within N days, of the second times), revenue_share, order_share: differences. buyers, new_customers, first_aov, repeat_aov: relative. A value on fewer than SMALL
    customers or orders is NaN.
    """
    sure_from = store.shop.first_ordered + timedelta(days=patience(store))
    spans = {0: _spans(store, sure_from, 0), days: _spans(store, sure_from, days)}
    wanted = sorted({span for now, months in spans.values() for span in (*now, *months) if span})
    if not wanted:
        return {}
    table = store.query(
        "overview/spans", firsts=[first for first, _ in wanted], lasts=[last for _, last in wanted], days=int(days)
    )
    found = dict(zip(wanted, table.to_dict("records"), strict=True))
    measures: dict[str, tuple[Callable[[dict], float], bool, int]] = {
        "rate": (lambda row: _share(row["repurchased"], row["eligible"]), False, days),
        "third_rate": (lambda row: _share(row["thirds"], row["seconds"]), False, days),
        "revenue_share": (
            lambda row: _share(row["repeat_revenue"], row["known_revenue"], row["known_orders"]), False, 0,
        ),
        "order_share": (lambda row: _share(row["repeat_orders"], row["known_orders"]), False, 0),
        "buyers": (lambda row: float(row["buyers"]), True, 0),
        "new_customers": (lambda row: float(row["won"]), True, 0),
        "first_aov": (
            lambda row: _share(
                row["known_revenue"] - row["repeat_revenue"], row["known_orders"] - row["repeat_orders"]
            ), True, 0,
        ),
        "repeat_aov": (lambda row: _share(row["repeat_revenue"], row["repeat_orders"]), True, 0),
    }  # fmt: skip
    standings = {}
    for name, (value, relative, window) in measures.items():
        (now, before, year_ago), months = spans[window]
        if now is None:
            continue
        usual, told = usual_change(
            [value(found[month]) for month in months], ((now[1] - now[0]).days + 1) / _A_MONTH, relative=relative
        )
        standings[name] = Standing(
            *(value(found[span]) if span else np.nan for span in (now, before, year_ago)),
            usual=usual,
            relative=relative,
            spans=(now, before, year_ago),
            months=told,
            chosen=store.filters.start is not None,
        )
    return standings


def _share(some: float, whole: float, n: float | None = None) -> float:
    return float(some / whole) if whole and (whole if n is None else n) >= SMALL else np.nan


def _spans(store: Store, sure_from: date, age: int) -> tuple[tuple[Span | None, ...], list[Span]]:
    """Now, before and a year ago, where the data reach back so far; and the whole months. age: days that must have passed since."""
    until = store.shop.as_of - timedelta(days=age)
    months = whole_months(sure_from, until)
    if store.filters.start is not None:
        now = (store.shop.start, until)
        length = (until - store.shop.start).days + 1
        before = (now[0] - timedelta(days=length), now[0] - timedelta(days=1))
        if length < 1:
            return (None, None, None), months
    else:
        length = LENGTH if len(months) >= 2 * LENGTH else 1
        if len(months) < 2:
            return (None, None, None), months
        now, before = (_joined(months[at - length : at or None]) for at in (0, -length))
    spans = (now, before, (_year_before(now[0]), _year_before(now[1] + timedelta(days=1)) - timedelta(days=1)))
    return tuple(span if span[0] >= sure_from else None for span in spans), months


def whole_months(first: date, last: date) -> list[Span]:
    """The calendar months that lie wholly between two days, both included."""
    starts = pd.date_range(first, last + timedelta(days=1), freq="MS")
    return [(start.date(), (end - timedelta(days=1)).date()) for start, end in zip(starts, starts[1:], strict=False)]


def _joined(months: Iterable[Span]) -> Span:
    spans = list(months)
    return spans[0][0], spans[-1][1]


def _year_before(day: date) -> date:
    return (pd.Timestamp(day) - pd.DateOffset(years=1)).date()
