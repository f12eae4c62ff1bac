"""Customers in groups (first product, coupon, channel, campaign, or any mapping), compared at the same age.

A group is a set of rows (customer_id, name); a customer may be in several (two products in the first basket). Differences have an
interval (Newcombe), curves a log-rank test; nothing here says "because".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from analytics.errors import N_, RegularsError, TooLittleData
from analytics.repurchase import bought_again_at
from analytics.segments.cuts import Cuts
from analytics.segments.rfm import rfm
from analytics.statistics import SMALL, Survival, fisher, kaplan_meier, newcombe, wilson
from analytics.store import Store

CUTS = ("product", "category", "coupon", "code", "depth", "channel", "city", "shop", "payment", "campaign")
"""By the first buying day: product, category; coupon (any discount or none), code, depth (share of the price let off); channel, city,
shop, payment; campaign (won inside its days or not)."""
OVERLAPPING = ("product", "category", "code")
DEPTHS = ("0 %", "1-10 %", "11-20 %", "21-30 %", "31 %+")
AGES = tuple(range(30, 361, 30))
FESTIVALS = {"11.11": (11, 11), "12.12": (12, 12), "6.18": (6, 18), "9.9": (9, 9)}
"""Month and day. A campaign runs from two days before through that day."""


@dataclass(frozen=True)
class Comparison:
    """Groups side by side.

    names: the groups, largest first (the depths of a discount: lowest first); None: the order does not tell. rates: one row per group and window: name, days, customers, eligible
    (watched for so long), repurchased, rate, low, high (0 to 1; NaN: nobody eligible). survival: name -> time to the second buying day.
    overlapping: a customer is in more than one group.
    """

    names: tuple[str | None, ...]
    rates: pd.DataFrame
    survival: dict[str | None, Survival]
    overlapping: bool

    def at(self, days: int) -> pd.DataFrame:
        """The rates at one window, one row per group, largest first."""
        return self.rates[self.rates.days == days].reset_index(drop=True)

    def difference(self, first: str | None, second: str | None, days: int) -> Difference:
        """The first group's rate minus the second's at one window."""
        rows = self.at(days).set_index(pd.Index(self.names, dtype=object))
        (x1, n1), (x2, n2) = (
            rows.loc[[name], ["repurchased", "eligible"]].to_numpy(dtype=float)[0] for name in (first, second)
        )
        return Difference(*newcombe(x1, n1, x2, n2), n_first=int(n1), n_second=int(n2))

    def standing_out(self, days: int) -> tuple[str | None, str | None, Difference] | None:
        """The highest and the lowest of the groups with SMALL customers old enough, and their difference; None: they cannot be told apart.

        Fisher's exact test, times the number of pairs of groups there are (Bonferroni): the two were not chosen beforehand.
        """
        told = [place for place, n in enumerate(self.at(days).eligible) if n >= SMALL]
        if len(told) < 2:
            return None
        rows = self.at(days).iloc[told]
        high, low = (rows.index.get_loc(place) for place in (rows.rate.idxmax(), rows.rate.idxmin()))
        counts = rows[["repurchased", "eligible"]].astype(int).to_numpy()
        pairs = len(told) * (len(told) - 1) / 2
        if high == low or fisher(*counts[high], *counts[low]) * pairs > 0.05:
            return None
        names = (self.names[told[high]], self.names[told[low]])
        return *names, self.difference(*names, days)

    def again(self, days: Sequence[int] = AGES) -> pd.DataFrame:
        """Each group's Kaplan–Meier share that has bought again by certain days, which never falls: place (in names), day,
        at_risk (still awaited just before), share, low, high."""
        parts = [
            bought_again_at(self.survival[name], days).assign(place=place) for place, name in enumerate(self.names)
        ]
        return pd.concat(parts, ignore_index=True)

    @property
    def p_value(self) -> float:
        """Log-rank p of all groups having one curve; NaN: one group, no repurchase, or customers in several groups."""
        return np.nan if self.overlapping else logrank(list(self.survival.values()))


@dataclass(frozen=True)
class Difference:
    """A difference of two rates, −1 to 1, with its 95 % interval (NaN: a group has nobody old enough), and both groups' n."""

    difference: float
    low: float
    high: float
    n_first: int
    n_second: int

    @property
    def told_apart(self) -> bool:
        """Whether the interval leaves 0 out."""
        return bool(self.low > 0 or self.high < 0)


def groups(
    store: Store,
    cut: str,
    *,
    least: int = 30,
    most: int = 8,
    campaign: Sequence[tuple[date, date]] = (),
) -> pd.DataFrame:
    """The customers won, by one of CUTS: customer_id, name (None: not told).

    least: groups of fewer customers are left out; most: so many of the largest are kept. campaign: first and last days.
    """
    if cut not in CUTS:
        raise RegularsError(N_("The groups are {got}; they can be {wanted}."), got=repr(cut), wanted=", ".join(CUTS))
    return store.query(
        "cohorts/groups",
        cut=cut,
        least=int(least),
        most=int(most),
        starts=[first for first, _ in campaign],
        ends=[last for _, last in campaign],
    )


def largest(customers: pd.DataFrame, *, least: int = 30, most: int = 8) -> pd.DataFrame:
    """The same rule for a mapping made elsewhere, such as a segmentation: rows customer_id, name."""
    sizes = customers.name.value_counts(dropna=False, sort=True)
    kept = sizes[sizes >= least].head(most).index
    return customers[customers.name.isin(kept)]


def campaign_days(name: str, first: date, last: date) -> list[tuple[date, date]]:
    """Every occurrence of one of FESTIVALS that touches the days from first to last, as (first day, last day)."""
    month, day = FESTIVALS[name]
    peaks = [date(year, month, day) for year in range(first.year, last.year + 1)]
    spans = [(peak - timedelta(days=2), peak) for peak in peaks]
    return [(start, end) for start, end in spans if end >= first and start <= last]


def member_days(day_of_month: int, first: date, last: date) -> list[tuple[date, date]]:
    """The same day of every month from first to last; months without that day have none."""
    days = pd.date_range(first, last, freq="D")
    return [(day.date(), day.date()) for day in days[days.day == day_of_month]]


def compare(store: Store, customers: pd.DataFrame, windows: Sequence[int] = AGES) -> Comparison:
    """The groups side by side, each customer from their own first buying day. customers: rows customer_id, name."""
    if customers.empty:
        raise TooLittleData(
            N_("No group is large enough to compare; ask for fewer customers per group, or add more orders.")
        )
    sizes = customers.name.value_counts(dropna=False)
    if set(sizes.index) <= set(DEPTHS):
        sizes = sizes.reindex([depth for depth in DEPTHS if depth in sizes.index])
    names = tuple(None if pd.isna(name) else name for name in sizes.index)
    places = sizes.index.get_indexer(customers.name)
    members = {"customers": customers.customer_id.tolist(), "places": places.tolist()}
    rates = store.query("cohorts/group_rates", days=[int(days) for days in windows], **members)
    rates["rate"] = rates.repurchased / rates.eligible.where(rates.eligible > 0)
    rates["low"], rates["high"] = wilson(rates.repurchased, rates.eligible)
    rates.insert(0, "name", pd.Series([names[place] for place in rates.place], dtype=object))
    days = store.query("cohorts/group_survival", **members)
    survival = {names[place]: kaplan_meier(part) for place, part in days.groupby("place", sort=True)}
    held = set(rates.place)
    return Comparison(
        names=tuple(name for place, name in enumerate(names) if place in held),
        rates=rates.drop(columns="place"),
        survival=survival,
        overlapping=bool(customers.customer_id.duplicated().any()),
    )


def comparison(
    store: Store,
    cut: str,
    *,
    least: int = 30,
    campaign: Sequence[tuple[date, date]] = (),
    windows: Sequence[int] = (),
    cuts: Cuts | None = None,
) -> Comparison:
    """The groups of one cut side by side: one of CUTS, or "segment" as the customers stand today.

    windows: the rates wanted; none: AGES. cuts: of the segments. The rest: as in `groups`.
    """
    chosen = _grouped(store, cut, least=least, campaign=campaign, cuts=cuts)
    return compare(store, chosen, windows or AGES)


def in_group(
    store: Store,
    cut: str,
    name: str | None,
    *,
    least: int = 30,
    campaign: Sequence[tuple[date, date]] = (),
    cuts: Cuts | None = None,
) -> pd.DataFrame:
    """The customers of one group of `comparison`, one row each: customer_id. name: of the group, as there."""
    chosen = _grouped(store, cut, least=least, campaign=campaign, cuts=cuts)
    return chosen.loc[chosen.name.isna() if name is None else chosen.name == name, ["customer_id"]].drop_duplicates()


def _grouped(
    store: Store, cut: str, *, least: int, campaign: Sequence[tuple[date, date]], cuts: Cuts | None
) -> pd.DataFrame:
    if cut != "segment":
        return groups(store, cut, least=least, campaign=campaign)
    today = rfm(store, cuts).customers.rename(columns={"segment": "name"})
    return largest(today[["customer_id", "name"]], least=least, most=10)


def logrank(curves: Sequence[Survival]) -> float:
    """p of the log-rank test that all curves are one, 0 to 1; NaN: fewer than two curves, or no event.

    Mantel, N. (1966), Cancer Chemotherapy Reports 50, 163–170; Peto & Peto (1972), JRSS A 135, 185–207.
    """
    from scipy.special import chdtrc

    tables = [curve.table for curve in curves if len(curve.table)]
    days = (
        np.unique(np.concatenate([table.day[table.events > 0].to_numpy() for table in tables]))
        if tables
        else np.array([])
    )
    if len(tables) < 2 or not len(days):
        return np.nan
    events, at_risk = np.zeros((len(tables), len(days))), np.zeros((len(tables), len(days)))
    for row, table in enumerate(tables):
        at = np.searchsorted(table.day.to_numpy(), days)
        inside = at < len(table)
        at_risk[row, inside] = table.at_risk.to_numpy()[at[inside]]
        same = inside & (table.day.to_numpy()[np.minimum(at, len(table) - 1)] == days)
        events[row, same] = table.events.to_numpy()[at[same]]
    d, n = events.sum(axis=0), at_risk.sum(axis=0)
    excess = (events - at_risk * d / n).sum(axis=1)
    weight = np.where(n > 1, d * (n - d) / (n**2 * np.maximum(n - 1, 1)), 0)
    covariance = np.diag((at_risk * n * weight).sum(axis=1)) - (at_risk * weight) @ at_risk.T
    statistic = excess @ np.linalg.pinv(covariance, rcond=1e-9, hermitian=True) @ excess
    return float(chdtrc(len(tables) - 1, statistic))
