"""What is known of every product: who buys it, what it brings, whether it brings people back, and what goes wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.cycles import Cycles, cycles
from analytics.errors import N_, TooLittleData
from analytics.gateway import Gateway, gateway
from analytics.statistics import SMALL, wilson
from analytics.store import Store

STOPPED = 90
"""Days without a sale after which a product that used to sell is listed as one that stands still."""
RATES = {name: name for name in ("eligible", "repurchased", "rate", "low", "high")}
CYCLE = {"n": "cycle_n", "median": "cycle"}


@dataclass(frozen=True)
class Products:
    """The products of a view.

    table: one row per product bought, most revenue first: good, product_id, product, title, family, kind, kind_guessed, cost, codes, titles, variants (of
    how many ids, titles, variants it is made), customers, orders, units, revenue (in the period; a gift or postage is no product), share (of all
    products' revenue, 0 to 1), margin (revenue less cost × units; NaN: no cost known), first_share (of the known customers' orders with it,
    those that were somebody's first; 0 to 1), lately, before (orders in the last `days` days and the `days` before), change (lately / before − 1;
    NaN: none before), moved (the change is more than chance), eligible, repurchased, rate, low, high (first buyers back, see Gateway), cycle_n, cycle (median days per unit), cancelled,
    cancel_rate (of all orders placed with it), returned, return_rate (of those not cancelled), first_day, last_day, silent (days since the last sale).
    guessed: how many products have a kind that is a guess. left_out: products that are gifts or no products. nameless: lines without any product.
    days: the window of trend and rate.
    """

    table: pd.DataFrame
    days: int
    left_out: pd.DataFrame
    nameless: int

    @property
    def united(self) -> pd.DataFrame:
        """The products that are known under several ids or titles."""
        return self.table[(self.table.codes > 1) | (self.table.titles > 1)]

    @property
    def standing_still(self) -> pd.DataFrame:
        """Products that sold on before, and nothing for STOPPED days: to clear out, or to bring back; the most revenue first."""
        return self.table[(self.table.silent >= STOPPED) & (self.table.orders > 0)].reset_index(drop=True)


def products(store: Store, days: int = 90) -> Products:
    """The products of the view; `days`: of the trend, and of who came back after a first purchase. Raises TooLittleData where no order names one."""
    table = store.with_purchases().query("products/figures", days=int(days))
    if table.empty:
        raise TooLittleData(
            N_("None of these orders names a product. Add exports with product names, or widen the filter.")
        )
    back = store.query("products/taken_back").set_index("good")
    table = table.join(back, on="good").fillna({"cancelled": 0, "refunded": 0, "returned_units": 0})
    table = table.astype(dict.fromkeys(("cancelled", "refunded", "returned_units", "orders", "lately", "before"), int))
    table["returned"] = table.refunded + table.returned_units
    placed = table.orders + table.cancelled + table.refunded
    table["cancel_rate"] = table.cancelled / placed.where(placed > 0)
    sent = table.orders + table.refunded
    table["return_rate"] = table.returned / sent.where(sent > 0)
    table["share"] = table.revenue / (table.revenue.sum() or np.nan)
    table["margin"] = (table.revenue - table.cost.astype(float) * table.units).astype(float)
    table["first_share"] = table.first_orders / table.known_orders.where(table.known_orders > 0)
    table["change"] = table.lately / table.before.where(table.before > 0) - 1
    low, high = wilson(table.lately, table.lately + table.before)
    watched = (store.shop.as_of - store.shop.first_ordered).days + 1 >= 2 * days
    table["moved"] = watched & (table.lately + table.before >= SMALL) & ((low > 0.5) | (high < 0.5))
    for told, columns in ((_told(gateway, store, days), RATES), (_told(cycles, store), CYCLE)):
        told = pd.DataFrame(columns=list(columns), dtype=float) if told is None else told.set_index("product_id")
        table = table.join(told[list(columns)].rename(columns=columns), on="product_id")
    table = table.fillna({"eligible": 0, "cycle_n": 0}).astype({"eligible": int, "cycle_n": int})
    table["silent"] = (pd.Timestamp(store.shop.as_of) - pd.to_datetime(table.last_day)).dt.days
    everything = store.table("products")
    aside = everything[~everything.counts][["product_id", "product", "kind", "kind_guessed", "lines"]]
    [nameless] = store.query("products/nameless").lines
    return Products(table, int(days), aside.reset_index(drop=True), int(nameless))


def _told(analysis: Callable[..., Gateway | Cycles], *of: object) -> pd.DataFrame | None:
    """The table of an analysis of known customers; None where there are too few."""
    try:
        return analysis(*of).table
    except TooLittleData:
        return None


def with_reviews(found: pd.DataFrame, reviewed: pd.DataFrame) -> pd.DataFrame:
    """The product table with reviews, mean_stars, complaints and per_100 (complaints per 100 orders); NaN: not reviewed.

    reviewed: as `analytics.reviews.outcomes.products` gives it.
    """
    columns = ["reviews", "mean_stars", "complaints", "per_100"]
    return found.join(reviewed.set_index("product")[columns], on="product")


def by_week(store: Store, product_id: str) -> pd.DataFrame:
    """One product by week: week (its Monday), orders, revenue, finished (the week is over)."""
    return store.with_purchases().query("products/by_week", product_id=product_id)


def made_of(store: Store, product_id: str) -> pd.DataFrame:
    """Under which titles, ids, stock numbers and variants a product was sold: title, variant, source_product_id, sku, lines."""
    return store.query("products/made_of", product_id=product_id)
