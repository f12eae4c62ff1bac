"""How the shop's repurchase stands: months, stage, what moved revenue, what it depends on, and what can be said in plain sentences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from analytics.cohorts import by_month
from analytics.overview.beginning import Beginning, Headline, beginning, chosen
from analytics.repurchase import Repurchase, repurchase
from analytics.statistics import SMALL
from analytics.store import Store

STAGES = (300_000, 1_000_000)
"""Monthly revenue in NT$ at which a shop's work changes; they assume goods of about NT$1,000."""
FORESEEN = 24
"""Months ahead beyond which the way to the next stage is not said."""
OLD_ENOUGH = 180
"""Days after the first purchase from which on a customer counts among those who could have come back."""


@dataclass(frozen=True)
class Stage:
    """Where a shop stands by its monthly revenue.

    monthly: mean revenue of the last finished months (up to three). months: how many those are. place: 0 below the first limit, 1
    between, 2 above. growth: monthly growth factor over the last six finished months (NaN: fewer than four, or a month of zero).
    months_to_next: months to the next limit at that growth (NaN: already above, shrinking, further than FORESEEN or unknown).
    """

    monthly: float
    months: int
    place: int
    growth: float
    months_to_next: float
    limits: tuple[float, float] = STAGES


@dataclass(frozen=True)
class RevenueChange:
    """Why revenue differs between two spans of equal kind, split exactly.

    spans: (first day, last day) before and after. table: one row per kind of buyer (new, existing, guest): revenue_before,
    revenue_after, change, and its parts customers, frequency, order_value (money; they add up to change).
    """

    before: tuple[date, date]
    after: tuple[date, date]
    table: pd.DataFrame

    @property
    def change(self) -> float:
        """Revenue after minus before."""
        return float(self.table.change.sum())


@dataclass(frozen=True)
class Overview:
    """Everything the overview shows.

    repurchase: the figures of the period; sure: the same without the first months of the data (see `figures`). beginning: where the data
    begin. months: one row per month (see months.sql). won: one row per month of the first buying day
    and window (see cohorts.by_month). stage. concentration: rows of the best 10 % and
    20 % of customers. products, channels: revenue by each, best first. rhythm: one row: gaps between buying days (P25, median, P75,
    P80 in days), and the customers silent for one to three median gaps and for more. old_enough: one row: customers of all history won
    OLD_ENOUGH days ago or earlier, and those of them who ever came back.
    """

    repurchase: Repurchase
    sure: Repurchase
    beginning: Beginning
    months: pd.DataFrame
    won: pd.DataFrame
    stage: Stage | None
    concentration: pd.DataFrame
    products: pd.DataFrame
    channels: pd.DataFrame
    rhythm: pd.Series | None
    old_enough: pd.Series

    @property
    def mostly_once(self) -> bool:
        """Whether fewer than 5 % of at least SMALL customers who could have come back ever did, as with goods that last for years."""
        return bool(
            self.old_enough.customers >= SMALL and self.old_enough.repurchased < 0.05 * self.old_enough.customers
        )

    def headline(self, window: int, *, leave_out: bool = True) -> Headline:
        """The rate on top. leave_out: the first months of the data, where enough customers remain."""
        return chosen(self.beginning, self.repurchase.within, self.sure.within, window, leave_out)

    def figures(self, head: Headline) -> Repurchase:
        """The totals and shares that go with that rate."""
        return self.sure if head.left_out else self.repurchase

    @property
    def finished_months(self) -> pd.DataFrame:
        """The months that the data covers to their last day."""
        return self.months[self.months.finished]

    @property
    def trend(self) -> pd.DataFrame:
        """The headline figures of each finished month: period, buyers, order_share, revenue_share (0 to 1), aov_first, aov_repeat.

        NaN: no such order in that month.
        """
        m = self.finished_months
        known = m.first_orders + m.repeat_orders
        known_revenue = m.first_revenue + m.repeat_revenue
        return pd.DataFrame(
            {
                "period": m.period,
                "buyers": m.buyers,
                "order_share": m.repeat_orders / known.where(known > 0),
                "revenue_share": m.repeat_revenue / known_revenue.where(known_revenue > 0),
                "aov_first": m.first_revenue / m.first_orders.where(m.first_orders > 0),
                "aov_repeat": m.repeat_revenue / m.repeat_orders.where(m.repeat_orders > 0),
            }
        )

    def rates(self, days: int) -> pd.Series:
        """The N-day repurchase rate of each month's new customers, where all of them are old enough; index: month, values 0 to 1."""
        seen = self.won[(self.won.days == days) & self.won.finished]
        return seen.set_index("month").rate.dropna()

    @property
    def dependence(self) -> pd.DataFrame:
        """What the revenue leans on: one row each for the best 10 % of customers, the first product and the first channel.

        what (customers, product, channel), name, share (0 to 1), n (customers, products or channels in all).
        """
        rows = []
        if len(self.concentration) and self.concentration.revenue.iloc[0]:
            best = self.concentration.set_index("top").loc[0.1]
            rows.append(("customers", int(best.top_customers), best.top_revenue / best.revenue, int(best.customers)))
        for what, table in (("product", self.products), ("channel", self.channels)):
            if len(table) and table.revenue.sum() > 0:
                first = table.iloc[0]
                name = first["product"] if what == "product" else " · ".join(filter(None, (first.shop, first.channel)))
                rows.append((what, name, first.revenue / table.revenue.sum(), len(table)))
        return pd.DataFrame(rows, columns=["what", "name", "share", "n"])


def monthly(store: Store) -> pd.DataFrame:
    """One row per calendar month of the period, empty ones too: its orders, buyers and revenue by kind of buyer (see months.sql)."""
    return store.query("overview/months", grain="month")


def overview(store: Store) -> Overview:
    """The overview of a shop as it is filtered."""
    months, start = monthly(store), beginning(store)
    rhythm = store.query("overview/silent_customers")
    return Overview(
        repurchase=repurchase(store),
        sure=repurchase(store, since=start.until),
        beginning=start,
        months=months,
        won=by_month(store),
        stage=stage(months),
        concentration=store.query("overview/concentration"),
        products=store.query("overview/revenue_by_product"),
        channels=store.query("overview/revenue_by_channel"),
        rhythm=rhythm.iloc[0] if len(rhythm) else None,
        old_enough=store.query("overview/old_enough", days=OLD_ENOUGH).iloc[0],
    )


def stage(months: pd.DataFrame, limits: tuple[float, float] = STAGES) -> Stage | None:
    """The stage by the last finished months; None while no month is finished."""
    revenue = months[months.finished].revenue
    if revenue.empty:
        return None
    monthly = float(revenue.tail(3).mean())
    recent = revenue.tail(6).to_numpy(dtype=float)
    growth = np.nan
    if len(recent) >= 4 and (recent > 0).all():
        growth = float(np.exp(np.polyfit(np.arange(len(recent)), np.log(recent), 1)[0]))
    place = sum(monthly >= limit for limit in limits)
    to_next = np.log(limits[place] / monthly) / np.log(growth) if place < 2 and growth > 1 and monthly > 0 else np.nan
    return Stage(
        monthly, min(3, len(revenue)), place, growth, float(to_next) if to_next <= FORESEEN else np.nan, limits
    )


def spans(
    months: pd.DataFrame, length: int, *, year_before: bool = False
) -> tuple[tuple[date, date], tuple[date, date]] | None:
    """Two spans of `length` finished months each: the latest, and the one before it (or the same months a year earlier).

    Returns (before, after) as (first day, last day); None where the data does not reach back far enough.
    """
    starts = [stamp.date() for stamp in months[months.finished].period]
    shift = 12 if year_before else length
    if length < 1 or len(starts) < length + shift:
        return None
    ends = [*starts[1:], (pd.Timestamp(starts[-1]) + pd.offsets.MonthBegin(1)).date()]
    days = [(start, end - timedelta(days=1)) for start, end in zip(starts, ends, strict=True)]
    after, before = days[-length:], days[-length - shift : len(days) - shift]
    return (before[0][0], before[-1][1]), (after[0][0], after[-1][1])


def revenue_change(store: Store, before: tuple[date, date], after: tuple[date, date]) -> RevenueChange:
    """Revenue = customers × orders per customer × revenue per order, for new, existing and unknown buyers.

    The parts are logarithmic-mean shares (LMDI-I, exact and symmetric: Ang, B. W. (2005), Energy Policy 33, 867–871). A kind of buyer
    that is in one span only counts wholly as customers.
    """
    was, now = (
        store.query("overview/buyer_groups", first_day=first, last_day=last).set_index("kind")
        for first, last in (before, after)
    )
    rows = []
    for kind in ("new", "existing", "guest"):
        if kind in was.index or kind in now.index:
            rows.append(
                {
                    "kind": kind,
                    **_parts(
                        was.loc[kind] if kind in was.index else None, now.loc[kind] if kind in now.index else None
                    ),
                }
            )
    columns = ["kind", "revenue_before", "revenue_after", "change", "customers", "frequency", "order_value"]
    return RevenueChange(before, after, pd.DataFrame(rows, columns=columns))


def _parts(was: pd.Series | None, now: pd.Series | None) -> dict[str, float]:
    revenue_before = float(was.revenue) if was is not None else 0.0
    revenue_after = float(now.revenue) if now is not None else 0.0
    change = revenue_after - revenue_before
    parts = {"customers": change, "frequency": 0.0, "order_value": 0.0}
    if revenue_before > 0 and revenue_after > 0:
        ratio = revenue_after / revenue_before
        weight = revenue_after if ratio == 1 else change / np.log(ratio)
        factors = {
            "customers": now.buyers / was.buyers,
            "frequency": (now.orders / now.buyers) / (was.orders / was.buyers),
            "order_value": (revenue_after / now.orders) / (revenue_before / was.orders),
        }
        parts = {name: float(weight * np.log(factor)) for name, factor in factors.items()}
    return {"revenue_before": revenue_before, "revenue_after": revenue_after, "change": change, **parts}


def returning_rules(store: Store, first_day: date, last_day: date) -> pd.DataFrame:
    """The same window by each rule in use: one row per rule: rule, returning, buyers, share (0 to 1; NaN: nobody bought).

    rule: regulars (a buying day before, in or out of the window), shopee_existing (an order in the 12 months before), shopee_repeat
    (more than one order inside), shopify (an order before the window), metorik (more than one order ever).
    """
    counts = store.query("overview/returning_rules", first_day=first_day, last_day=last_day).iloc[0]
    rules = {
        "regulars": counts.on_two_days,
        "shopee_existing": counts.in_year_before,
        "shopee_repeat": counts.twice_inside,
        "shopify": counts.before_window,
        "metorik": counts.twice_ever,
    }
    table = pd.DataFrame({"rule": rules.keys(), "returning": rules.values(), "buyers": counts.buyers})
    return table.assign(share=table.returning / table.buyers.where(table.buyers > 0))
