"""What the overview can say in plain sentences: each finding a key with its numbers, none of them causal, none resting on few people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analytics.overview.overview import Overview
from analytics.statistics import SMALL, newcombe

ALIKE = 0.05
"""Mean order values that differ by less than this share of the first are not told apart."""


@dataclass(frozen=True)
class Finding:
    """One sentence's worth: a stable key, the numbers in it, and whether it is good, neutral or bad news."""

    key: str
    values: dict[str, object]
    tone: str = "neutral"


def findings(found: Overview, *, window: int = 90, target: float = 0.2, most: int = 5) -> Sequence[Finding]:
    """Up to `most` sentences that the data can carry, the most useful first. None is causal; none rests on fewer than SMALL."""
    once = _mostly_once(found)
    of_repurchase = [_against_target(found, window, target), _share_trend(found), _silent(found), _rhythm(found)]
    candidates = [*([once] if once else of_repurchase), _order_values(found), _dependence(found)]
    return [finding for finding in candidates if finding][:most]


def _mostly_once(found: Overview) -> Finding | None:
    totals = found.repurchase.totals
    if not found.mostly_once:
        return None
    return Finding(
        "mostly_once",
        {"repurchased": int(totals.repurchased), "n": int(totals.customers), "rate": found.repurchase.lifetime},
    )


def _against_target(found: Overview, window: int, target: float) -> Finding | None:
    row = found.repurchase.within.set_index("days").loc[window]
    if row.eligible < SMALL:
        return None
    key, tone = ("rate_reaches_target", "good") if row.low > target else ("rate_near_target", "neutral")
    if row.high < target:
        key, tone = "rate_below_target", "bad"
    return Finding(
        key,
        {"days": window, "rate": row.rate, "low": row.low, "high": row.high, "n": int(row.eligible), "target": target},
        tone,
    )


def _share_trend(found: Overview) -> Finding | None:
    months = found.finished_months
    if len(months) < 6:
        return None
    after, before = months.tail(3), months.iloc[-6:-3]
    n1, n0 = (int(part.first_orders.sum() + part.repeat_orders.sum()) for part in (after, before))
    if min(n1, n0) < SMALL:
        return None
    x1, x0 = int(after.repeat_orders.sum()), int(before.repeat_orders.sum())
    difference, low, high = newcombe(x1, n1, x0, n0)
    key, tone = "order_share_steady", "neutral"
    if low > 0:
        key, tone = "order_share_up", "good"
    elif high < 0:
        key, tone = "order_share_down", "bad"
    values = {
        "after": x1 / n1,
        "before": x0 / n0,
        "difference": difference,
        "low": low,
        "high": high,
        "n_after": n1,
        "n_before": n0,
    }
    return Finding(key, {**values, "since": after.period.iloc[0].date()}, tone)


def _silent(found: Overview) -> Finding | None:
    rhythm = found.rhythm
    if rhythm is None or rhythm.gaps < SMALL or rhythm.repeat_customers < SMALL or rhythm.silent_customers == 0:
        return None
    values = {
        "silent": int(rhythm.silent_customers),
        "n": int(rhythm.repeat_customers),
        "revenue": float(rhythm.silent_revenue),
        "days": 3 * float(rhythm.median_days),
    }
    return Finding("silent_regulars", values, "bad" if values["silent"] / values["n"] > 0.5 else "neutral")


def _rhythm(found: Overview) -> Finding | None:
    rhythm = found.rhythm
    if rhythm is None or rhythm.gaps < SMALL:
        return None
    return Finding(
        "rhythm",
        {
            "median": float(rhythm.median_days),
            "low": float(rhythm.p25_days),
            "high": float(rhythm.p75_days),
            "n": int(rhythm.gaps),
        },
    )


def _order_values(found: Overview) -> Finding | None:
    totals = found.repurchase.totals
    first_orders = totals.known_orders - totals.repeat_orders
    if min(first_orders, totals.repeat_orders) < SMALL:
        return None
    if abs(totals.aov_repeat - totals.aov_first) < ALIKE * totals.aov_first:
        return None
    values = {
        "first": totals.aov_first,
        "repeat": totals.aov_repeat,
        "n_first": int(first_orders),
        "n_repeat": int(totals.repeat_orders),
    }
    return Finding("repeat_aov_higher" if totals.aov_repeat >= totals.aov_first else "repeat_aov_lower", values)


def _dependence(found: Overview) -> Finding | None:
    if found.concentration.empty or found.concentration.customers.iloc[0] < SMALL:
        return None
    best = found.concentration.iloc[0]
    share = float(best.top_revenue / best.revenue) if best.revenue else np.nan
    values = {"share": share, "customers": int(best.top_customers), "n": int(best.customers)}
    return Finding("top_customers", values, "bad" if share > 0.6 else "neutral")
