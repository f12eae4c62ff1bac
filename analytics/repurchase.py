"""Who buys a second time, and after how many days: rates with their denominators, and the Kaplan–Meier curve."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from .statistics import Survival, kaplan_meier, wilson
from .store import Store

WINDOWS = (30, 60, 90, 180, 365)


@dataclass(frozen=True)
class Repurchase:
    """The shop's repurchase in one place.

    totals: one row: customers, repurchased, average_repurchases, buyers, orders, known_orders, repeat_orders, revenue,
    known_revenue, repeat_revenue, aov_first, aov_repeat (money; NaN: no such order).
    within: one row per window: days, eligible, repurchased, rate, low, high (0 to 1; NaN: nobody is old enough).
    survival: time to the second buying day.
    """

    totals: pd.Series
    within: pd.DataFrame
    survival: Survival

    @property
    def lifetime(self) -> float:
        """Customers with a second buying day / customers; NaN: no customer."""
        return self.totals.repurchased / self.totals.customers if self.totals.customers else float("nan")

    @property
    def order_share(self) -> float:
        """Orders on a second or later buying day / orders of known customers."""
        return self.totals.repeat_orders / self.totals.known_orders if self.totals.known_orders else float("nan")

    @property
    def revenue_share(self) -> float:
        """The same by revenue."""
        return self.totals.repeat_revenue / self.totals.known_revenue if self.totals.known_revenue else float("nan")


def repurchase(store: Store, windows: tuple[int, ...] = WINDOWS) -> Repurchase:
    """The shop's repurchase. Rates are of the customers whose first day lies in the period; shares are of the period's orders."""
    within = store.query("within_days", days=list(windows))
    within["rate"] = within.repurchased / within.eligible.where(within.eligible > 0)
    within["low"], within["high"] = wilson(within.repurchased, within.eligible)
    return Repurchase(
        totals=store.query("repurchase_totals").iloc[0],
        within=within,
        survival=kaplan_meier(store.query("second_days")),
    )
