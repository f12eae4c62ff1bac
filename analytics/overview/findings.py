"""What the overview can say in plain sentences: each finding a key with its numbers, none of them causal, none resting on few people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.cohorts.strongest import Strongest
from analytics.overview.beginning import Headline
from analytics.overview.overview import OLD_ENOUGH, Overview
from analytics.segments.cuts import LEAST_GAPS
from analytics.statistics import SMALL, newcombe, usual_change

ALIKE = 0.05
"""Mean order values that differ by less than this share of the first are not told apart."""


@dataclass(frozen=True)
class Finding:
    """One sentence's worth: a stable key, the numbers in it, and whether it is good, neutral or bad news."""

    key: str
    values: dict[str, object]
    tone: str = "neutral"


@dataclass(frozen=True)
class Target:
    """A rate to reach (0 to 1), and the one window of N days for which it is meant."""

    rate: float = 0.2
    days: int = 90

    def verdict(self, head: Headline) -> bool | None:
        """Surely above it (True), surely below (False), or not to be told: another window, too few, too early, or too near."""
        if head.rate.name != self.days or not head.judged:
            return None
        return True if head.rate.low > self.rate else False if head.rate.high < self.rate else None


def findings(
    found: Overview,
    head: Headline | None = None,
    target: Target | None = None,
    *,
    strongest: Strongest | None = None,
    most: int = 5,
) -> Sequence[Finding]:
    """Up to `most` sentences that the data can carry, the most useful first. None is causal; none rests on fewer than SMALL.

    head: the figures on top (None: of 90 days). strongest: the group difference that stands out, if one was looked for.
    """
    head, target = head or found.headline(90), target or Target()
    once = _mostly_once(found)
    of_repurchase = [
        _against_target(head, target) or _own_curve(found, head, target),
        _group_difference(strongest),
        _share_trend(found),
        _late(found),
        _rhythm(found),
    ]
    candidates = [*([once] if once else of_repurchase), _order_values(found, head), _dependence(found)]
    return [finding for finding in candidates if finding][:most]


def _mostly_once(found: Overview) -> Finding | None:
    old = found.old_enough
    if not found.mostly_once:
        return None
    values = {"repurchased": int(old.repurchased), "n": int(old.customers), "rate": old.repurchased / old.customers}
    return Finding("mostly_once", {**values, "days": OLD_ENOUGH})


def _against_target(head: Headline, target: Target) -> Finding | None:
    row = head.rate
    if row.name != target.days or not head.judged:
        return None
    key, tone = {
        True: ("rate_reaches_target", "good"), None: ("rate_near_target", "neutral"), False: ("rate_below_target", "bad"),
    }[target.verdict(head)]  # fmt: skip
    values = {"days": int(row.name), "rate": row.rate, "low": row.low, "high": row.high, "n": int(row.eligible)}
    return Finding(key, {**values, "target": target.rate}, tone)


def _own_curve(found: Overview, head: Headline, target: Target) -> Finding | None:
    """The windows beside one another, where the one on top has no target."""
    rates = found.figures(head).within
    rates = rates[rates.eligible >= SMALL]
    if head.rate.name == target.days or len(rates) < 2 or not head.certain:
        return None
    return Finding(
        "own_curve", {"curve": list(zip(rates.days, rates.rate, strict=True)), "n": int(rates.eligible.max())}
    )


def _group_difference(strongest: Strongest | None) -> Finding | None:
    best = strongest.best if strongest else None
    if best is None:
        return None
    values = {
        "days": strongest.days, "looked": strongest.looked, "cut": best.cut, "group": best.group, "other": best.other,
        "rate": best.rate, "other_rate": best.other_rate, "n": int(best.n), "other_n": int(best.other_n),
        "difference": best.difference, "low": best.low, "high": best.high,
    }  # fmt: skip
    return Finding("group_difference", values)


def _share_trend(found: Overview) -> Finding | None:
    months = found.finished_months
    months = months[months.period >= pd.Timestamp(found.beginning.until)]
    if len(months) < 6:
        return None
    after, before = months.tail(3), months.iloc[-6:-3]
    n1, n0 = (int(part.first_orders.sum() + part.repeat_orders.sum()) for part in (after, before))
    if min(n1, n0) < SMALL:
        return None
    x1, x0 = int(after.repeat_orders.sum()), int(before.repeat_orders.sum())
    difference, low, high = newcombe(x1, n1, x0, n0)
    known = months.first_orders + months.repeat_orders
    usual, _months = usual_change(months.repeat_orders / known.where(known > 0), 3)
    key, tone = "order_share_steady", "neutral"
    if low > 0 and not difference <= usual:
        key, tone = "order_share_up", "good"
    elif high < 0 and not -difference <= usual:
        key, tone = "order_share_down", "bad"
    elif low > 0 or high < 0:
        key = "order_share_usual"
    values = {
        "after": x1 / n1,
        "before": x0 / n0,
        "difference": difference,
        "low": low,
        "high": high,
        "n_after": n1,
        "n_before": n0,
    }
    if key == "order_share_usual":
        values["usual"] = usual
    return Finding(key, {**values, "since": after.period.iloc[0].date()}, tone)


def _late(found: Overview) -> Finding | None:
    rhythm = found.rhythm
    if rhythm is None or rhythm.gaps < LEAST_GAPS or rhythm.repeat_customers < SMALL:
        return None
    if rhythm.late_customers + rhythm.silent_customers == 0:
        return None
    values = {
        "late": int(rhythm.late_customers),
        "n": int(rhythm.repeat_customers),
        "revenue": float(rhythm.late_revenue),
        "from_days": int(rhythm.median_days) + 1,
        "until_days": int(3 * rhythm.median_days),
        "silent": int(rhythm.silent_customers),
    }
    return Finding("late_regulars", values, "bad" if values["silent"] / values["n"] > 0.5 else "neutral")


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


def _order_values(found: Overview, head: Headline) -> Finding | None:
    totals = found.figures(head).totals
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
