"""Intervals and survival: the few formulas that every page shares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

Z95 = 1.959963984540054
SMALL = 30
"""Fewer than this many of anything are not relied on: faded, said with their count, and no finding rests on them."""


def wilson(successes: object, n: object) -> tuple[np.ndarray, np.ndarray]:
    """Wilson's 95 % interval of a share, from 0 to 1; NaN where n is 0.

    successes, n: counts, scalars or arrays of one shape. Returns (low, high) of that shape. Wilson, E. B. (1927), JASA 22, 209–212.
    """
    x, n = np.asarray(successes, dtype=float), np.asarray(n, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        p, z2 = x / n, Z95**2
        centre = (p + z2 / (2 * n)) / (1 + z2 / n)
        half = Z95 / (1 + z2 / n) * np.sqrt(p * (1 - p) / n + z2 / (4 * n**2))
        low, high = np.where(x == 0, 0.0, centre - half), np.where(x == n, 1.0, centre + half)
    return np.where(n > 0, low, np.nan), np.where(n > 0, high, np.nan)


def newcombe(x1: float, n1: float, x2: float, n2: float) -> tuple[float, float, float]:
    """Difference of two shares, p1 − p2, with its 95 % interval (low, high), from −1 to 1; NaN where a group is empty.

    Newcombe, R. G. (1998), Statistics in Medicine 17, 873–890, method 10 (from two Wilson intervals).
    """
    if not n1 or not n2:
        return (np.nan,) * 3
    p1, p2 = x1 / n1, x2 / n2
    (l1, u1), (l2, u2) = wilson(x1, n1), wilson(x2, n2)
    difference = p1 - p2
    low = difference - np.sqrt((p1 - l1) ** 2 + (u2 - p2) ** 2)
    high = difference + np.sqrt((u1 - p1) ** 2 + (p2 - l2) ** 2)
    return float(difference), float(low), float(high)


@dataclass(frozen=True)
class Survival:
    """A Kaplan–Meier curve of the time to the second buying day.

    table: one row per day at which something happened (an event or a censoring), from day 0 on: day; at_risk (customers still without
    a second day just before); events; censored; survival, low, high (1 to 0: share not yet back, with the log-log 95 % interval; NaN
    interval before the first event).
    """

    table: pd.DataFrame

    def repurchased_by(self, day: int) -> float:
        """Share that has bought again by this day, 0 to 1; NaN where nobody has been watched that long."""
        watched = self.table[self.table.day <= day]
        if self.table.empty or self.table.day.max() < day:
            return np.nan
        return float(1 - watched.survival.iloc[-1]) if len(watched) else 0.0

    @property
    def median_days(self) -> float:
        """The day by which half have bought again; NaN: not reached."""
        reached = self.table[self.table.survival <= 0.5 + 1e-12]
        return float(reached.day.iloc[0]) if len(reached) else np.nan


def kaplan_meier(days: pd.DataFrame) -> Survival:
    """The product-limit estimate.

    days: day (whole days, ascending, one row each), events, censored. S(t) = Π(1 − d/n); Greenwood's variance; the interval on the
    log(−log) scale. Kaplan, E. L. & Meier, P. (1958), JASA 53, 457–481; Kalbfleisch & Prentice (1980).
    """
    events = days.events.to_numpy(dtype=float)
    leaving = events + days.censored.to_numpy(dtype=float)
    at_risk = leaving[::-1].cumsum()[::-1]
    hazard = np.divide(events, at_risk, out=np.zeros_like(events), where=at_risk > 0)
    survival = np.cumprod(1 - hazard)
    with np.errstate(divide="ignore", invalid="ignore"):
        greenwood = np.cumsum(events / (at_risk * (at_risk - events)))
        width = Z95 * np.sqrt(greenwood) / np.abs(np.log(survival))
        low, high = survival ** np.exp(width), survival ** np.exp(-width)
    inside = (survival > 0) & (survival < 1)
    return Survival(
        pd.DataFrame(
            {
                "day": days.day.to_numpy(dtype=int),
                "at_risk": at_risk.astype(int),
                "events": events.astype(int),
                "censored": days.censored.to_numpy(dtype=int),
                "survival": survival,
                "low": np.where(inside, low, np.nan),
                "high": np.where(inside, high, np.nan),
            }
        )
    )


def fisher(x1: int, n1: int, x2: int, n2: int) -> float:
    """Two-sided p of Fisher's exact test that two shares x1/n1 and x2/n2 are one, 0 to 1.

    Fisher, R. A. (1922), J. R. Stat. Soc. 85, 87–94; tables no more likely than the one seen are summed.
    """
    total, hits = n1 + n2, x1 + x2
    logs = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, total + 1)))])

    def choose(n: int, k: np.ndarray) -> np.ndarray:
        return logs[n] - logs[k] - logs[n - k]

    first = np.arange(max(0, hits - n2), min(hits, n1) + 1)
    likely = choose(n1, first) + choose(n2, hits - first) - choose(total, np.array(hits))
    return float(min(1.0, np.exp(likely[likely <= likely[x1 - first[0]] + 1e-7]).sum()))


LEAST_MONTHS = 6
"""Changes from month to month that are needed to say what is usual."""


@dataclass(frozen=True)
class Standing:
    """How a figure stands against earlier ones of the same length.

    now, before, year_ago: its values (NaN: the history does not reach back so far). usual: the change between two such spans that the
    shop's own months make by themselves, two standard deviations (NaN: too few months). relative: changes are shares of the earlier
    value, not differences. spans: first and last day of now, before and year_ago. chosen: the reader chose these days. months: how many
    changes from month to month tell what is usual.
    """

    now: float
    before: float
    year_ago: float
    usual: float
    relative: bool = False
    spans: tuple[tuple[date, date] | None, ...] = (None, None, None)
    months: int = 0
    chosen: bool = False

    def change(self, earlier: float) -> float:
        """From an earlier value to now: a difference, or a share of the earlier value; NaN: one of them is unknown."""
        if self.relative:
            return self.now / earlier - 1 if earlier > 0 else np.nan
        return self.now - earlier

    def is_usual(self, earlier: float) -> bool | None:
        """Whether the change is within what the shop's months do by themselves; None: not to be said."""
        change = self.change(earlier)
        if np.isnan(change) or np.isnan(self.usual):
            return None
        return bool(abs(np.log1p(change) if self.relative and change > -1 else change) <= self.usual)


def usual_change(
    months: Sequence[float], length: float = 1, *, lag: int = 1, relative: bool = False
) -> tuple[float, int]:
    """The change between two neighbouring spans of `length` months that is usual in a shop with these months, and how many changes tell it.

    Two standard deviations, their size from the mean moving range of the months (Shewhart's control chart for individual values;
    Wheeler, D. J. & Chambers, D. S. (1992), Understanding Statistical Process Control): a trend hardly widens it. months: oldest first,
    NaN where unknown. lag: of figures of one day each, so many months apart. relative: of the logarithms, for amounts and counts. NaN: fewer than LEAST_MONTHS changes.
    """
    values = np.asarray(months, dtype=float)
    if relative:
        values = np.log(np.where(values > 0, values, np.nan))
    ranges = np.abs(values[lag:] - values[:-lag])
    ranges = ranges[~np.isnan(ranges)]
    if len(ranges) < LEAST_MONTHS:
        return np.nan, len(ranges)
    deviation = ranges.mean() / 1.128
    return float(2 * deviation * np.sqrt(2 / max(length, 1e-9))), len(ranges)


def beta_prior(successes: object, n: object) -> tuple[float, float]:
    """The Beta distribution (alpha, beta) of the rates behind several shares, by moments; (NaN, NaN) where nobody is in any of them.

    successes, n: counts, arrays of one shape. alpha + beta is how many cases the prior is worth, at least 1 and at most the cases there
    are; the latter where the shares differ no more than chance would have them, and where there are fewer than three of them: SMALL.
    Kleinman, J. C. (1973), JASA 68, 46–54 (weights n); Casella, G. (1985), The American Statistician 39, 83–87.
    """
    x, n = np.asarray(successes, dtype=float), np.asarray(n, dtype=float)
    x, n = x[n > 0], n[n > 0]
    if not len(n):
        return np.nan, np.nan
    total, mean = n.sum(), x.sum() / n.sum()
    worth = min(float(SMALL), total)
    if len(n) >= 3 and 0 < mean < 1:
        spread = (n * (x / n - mean) ** 2).sum()
        chance, groups = mean * (1 - mean), len(n) - 1
        rho = (spread - chance * groups) / (chance * (total - (n**2).sum() / total - groups))
        worth = float(np.clip(1 / rho - 1, 1, total)) if np.isfinite(rho) and rho > 0 else total
    return mean * worth, (1 - mean) * worth


def shrunken(successes: object, n: object, prior: tuple[float, float]) -> np.ndarray:
    """Shares pulled to the prior's mean, the more the fewer cases they stand on: (x + alpha) / (n + alpha + beta)."""
    x, n = np.asarray(successes, dtype=float), np.asarray(n, dtype=float)
    return (x + prior[0]) / (n + prior[0] + prior[1])


def by_chance(both: object, a: object, b: object, n: object) -> np.ndarray:
    """Fisher's exact p, one-sided: how often two things that do not know of each other meet `both` times or more; 0 to 1.

    both, a, b: how many of the n cases hold both, the one, the other; arrays of one shape. Fisher, R. A. (1935), JRSS 98, 39–82; for
    pairs of products Hahsler, M. & Hornik, K. (2007), Intelligent Data Analysis 11, 437–455.
    """
    from scipy.special import gammaln

    both, a, b, n = np.broadcast_arrays(*(np.asarray(value, dtype=float) for value in (both, a, b, n)))

    def choose(of: np.ndarray, k: np.ndarray) -> np.ndarray:
        return gammaln(of + 1) - gammaln(k + 1) - gammaln(of - k + 1)

    most, least = np.minimum(a, b), np.maximum(0, a + b - n)
    upward = both * n >= a * b  # sum the shorter tail: from `both` up, or all that lies below it
    k = np.where(upward, np.clip(both, least, most), np.clip(both - 1, least, most))
    term = np.exp(choose(a, k) + choose(n - a, b - k) - choose(n, b))
    total = term.copy()
    step = np.where(upward, 1.0, -1.0)
    for _ in range(int(n.max(initial=0)) + 1):
        with np.errstate(divide="ignore", invalid="ignore"):
            up = (a - k) * (b - k) / ((k + 1) * (n - a - b + k + 1))
            down = k * (n - a - b + k) / ((a - k + 1) * (b - k + 1))
        inside = np.where(upward, k < most, k > least)
        term = np.where(inside, term * np.where(upward, up, down), 0.0)
        total += term
        k = k + step
        if not (term > 1e-17 * total).any():
            break
    p = np.where(upward, total, 1 - total)
    return np.clip(np.where(both <= least, 1.0, np.where(both > most, 0.0, p)), 0.0, 1.0)


def benjamini_hochberg(p: object, tests: int | None = None) -> np.ndarray:
    """p-values adjusted so that, among those called real below a line, at most that share is by chance; in their order, 0 to 1.

    tests: how many were looked at in all, where only the smallest are given. Benjamini, Y. & Hochberg, Y. (1995), JRSS B 57, 289–300.
    """
    p = np.asarray(p, dtype=float)
    order = np.argsort(p, kind="stable")
    ranked = p[order] * (tests or len(p)) / np.arange(1, len(p) + 1)
    adjusted = np.empty(len(p))
    adjusted[order] = np.minimum(1, np.minimum.accumulate(ranked[::-1])[::-1])
    return adjusted
