"""Which first product brings people back, what they buy next, and what wakes those who sleep.

A customer whose first buying day holds two products counts for both. Every rate is of those who could be watched for the whole window.
Nothing here says that the product is why they came back: those who choose it may be other people.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from analytics.cohorts.groups import Comparison, compare
from analytics.errors import N_, TooLittleData
from analytics.repurchase import within
from analytics.statistics import SMALL, benjamini_hochberg, beta_prior, by_chance, newcombe, shrunken, wilson
from analytics.store import Store

PUSH, FIX, NICHE, LET_GO = "push", "fix", "niche", "let_go"
QUARTERS = (PUSH, FIX, NICHE, LET_GO)
"""Many first buyers and a good rate; many and a poor one; few and a good one; few and a poor one."""
BEGAN, REST = "began", "rest"
FALSE_ALARMS = 0.05
"""Of what is called told apart, the share that may be so by chance."""
LEAST = 5
"""Baskets that have to hold a product before it is said to wake sleepers."""
SLEEP = 3
"""Usual intervals of silence after which somebody is asleep."""


@dataclass(frozen=True)
class Gateway:
    """The products of first baskets.

    table: one row per product, best first by `shrunk`: product_id, product, customers (first buyers), eligible (of them, watched for
    `days`), repurchased (bought anything again in time), rate, low, high (0 to 1, Wilson; NaN: nobody eligible), shrunk (the rate pulled
    to the shop's products', see `prior`), same_product_rate, other_rate (bought a product not bought before, in time), other_days
    (median days until then, of `others_ever` who did, whenever; NaN: nobody), quarter (of QUARTERS; "" where nobody is eligible and where
    products are `alike`), p_value (Fisher's, two-sided, of the same rate as all others won), sure (SMALL or more eligible, and told apart from
    the others with one false alarm in twenty: Benjamini–Hochberg over the products with as many).
    shop_rate, shop_eligible, shop_repurchased: of all customers won. days: the window. prior: alpha and beta fitted to these products.
    alike: the products differ no more than chance would have them.
    """

    table: pd.DataFrame
    shop_rate: float
    shop_eligible: int
    shop_repurchased: int
    days: int
    prior: tuple[float, float]
    alike: bool

    @cached_property
    def told(self) -> pd.DataFrame:
        """The products that SMALL or more old enough customers began with."""
        return self.table[self.table.eligible >= SMALL].reset_index(drop=True)

    @property
    def best(self) -> pd.Series | None:
        """The first product whose rate is surely above the shop's; None: none is."""
        above = self.told[self.told.sure & (self.told.rate > self.shop_rate)]
        return above.iloc[0] if len(above) else None

    @property
    def worst(self) -> pd.Series | None:
        """The first product, of those with many first buyers, whose rate is surely below the shop's; None: none is."""
        below = self.told[self.told.sure & (self.told.quarter == FIX)]
        return below.iloc[-1] if len(below) else None


def gateway(store: Store, days: int = 90) -> Gateway:
    """First products and who came back within `days`. Raises TooLittleData where no order of a known customer names a product."""
    table = store.with_purchases().query("gateway/first_products", days=int(days))
    if table.empty:
        raise TooLittleData(
            N_(
                "No first order of a known customer names a product, so nothing can be said of first products. Add exports with product names, or widen the filter."
            )
        )
    shop = within(store, (days,)).iloc[0]
    old = table.eligible.where(table.eligible > 0)
    table["rate"] = table.repurchased / old
    table["low"], table["high"] = wilson(table.repurchased, table.eligible)
    prior = beta_prior(table.repurchased, table.eligible)
    table["shrunk"] = shrunken(table.repurchased, table.eligible, prior) if table.eligible.any() else np.nan
    table["same_product_rate"] = table.same_repurchased / old
    table["other_rate"] = table.other_bought / old
    table["p_value"] = _told_apart(table, shop)
    tested = table.eligible >= SMALL
    table["sure"] = False
    table.loc[tested, "sure"] = benjamini_hochberg(table.p_value[tested]) < FALSE_ALARMS
    alike = sum(prior) >= table.eligible.sum() or not shop.repurchased
    table["quarter"] = "" if alike else _quarters(table, shop.rate)
    table = table.sort_values(["shrunk", "customers", "product_id"], ascending=[False, False, True], ignore_index=True)
    return Gateway(table, float(shop.rate), int(shop.eligible), int(shop.repurchased), int(days), prior, bool(alike))


def _told_apart(table: pd.DataFrame, shop: pd.Series) -> np.ndarray:
    """Fisher's two-sided p of each product's first buyers against all others won, by doubling the smaller tail."""
    eligible, repurchased = table.eligible.to_numpy(), table.repurchased.to_numpy()
    above = by_chance(repurchased, eligible, shop.repurchased, shop.eligible)
    below = by_chance(eligible - repurchased, eligible, shop.eligible - shop.repurchased, shop.eligible)
    return np.minimum(1, 2 * np.minimum(above, below))


def _quarters(table: pd.DataFrame, shop_rate: float) -> np.ndarray:
    """Which quarter each product is in: many are the products that together make half of all first purchases, and at least SMALL each."""
    ordered = table.eligible.sort_values(ascending=False, kind="stable")
    before = ordered.cumsum() - ordered
    many = (before < ordered.sum() / 2).reindex(table.index) & (table.eligible >= SMALL)
    good = table.shrunk >= shop_rate
    names = np.select([many & good, many & ~good, ~many & good], [PUSH, FIX, NICHE], default=LET_GO)
    return np.where(table.eligible > 0, names, "")


def later_products(store: Store) -> pd.DataFrame:
    """Products of second and later buying days, most customers first: product_id, product, customers, later_customers, later_orders, revenue, later_revenue.

    later_share: of the product's revenue, from 0 to 1; NaN: it has none.
    """
    table = store.with_purchases().query("gateway/later_products")
    return table.assign(later_share=table.later_revenue / table.revenue.where(table.revenue > 0))


def next_products(store: Store, product_id: str | None = None) -> pd.DataFrame:
    """What those who began with a product (None: each product) bought on their second buying day, most often first.

    product_id, product, next_product_id, next_product, customers, came_back (how many who began with it have a second day), share (0 to
    1; baskets hold several products, so shares add up to more than 1), low, high (Wilson).
    """
    table = store.with_purchases().query("gateway/next_products", product_id=product_id)
    table["low"], table["high"] = wilson(table.customers, table.came_back)
    return table


def other_products(store: Store, product_id: str) -> pd.DataFrame:
    """What else the buyers of a product have bought at any time, what they buy more than other customers first.

    product_id, product, customers (of its buyers), buyers, share, usual (share of all other customers), difference, low, high (Newcombe).
    """
    table = store.with_purchases().query("gateway/other_products", product_id=product_id)
    rest, holders = table.everybody - table.buyers, table.all_customers - table.customers
    table["share"] = table.customers / table.buyers
    table["usual"] = holders / rest.where(rest > 0)
    differences = [newcombe(*row) for row in zip(table.customers, table.buyers, holders, rest, strict=True)]
    table[["difference", "low", "high"]] = differences or np.empty((0, 3))
    return table.sort_values(["customers", "product_id"], ascending=[False, True], ignore_index=True)


@dataclass(frozen=True)
class Sleepers:
    """What people came back with after a long silence.

    table: one row per product, most wakes first: product_id, product, woke (baskets that ended a sleep and held it), wakes (such baskets in
    all), share, usual (its share of all other repeat baskets), difference, low, high (Newcombe; −1 to 1), p_adjusted (Fisher's one-sided p, adjusted
    for all products looked at). silent: days of a sleep. wakes: baskets that ended one.
    """

    table: pd.DataFrame
    silent: int
    wakes: int

    @property
    def best(self) -> pd.Series | None:
        """The product that ends sleeps more often than it is bought otherwise, surely; None: none does."""
        above = self.table[(self.table.p_adjusted < FALSE_ALARMS) & (self.table.woke >= LEAST)]
        return above.sort_values("p_adjusted", kind="stable").iloc[0] if len(above) else None


def sleepers(store: Store, cycle: float) -> Sleepers:
    """Which products end a silence of SLEEP usual intervals or more. cycle: the shop's median interval, in days."""
    silent = int(np.ceil(SLEEP * cycle))
    table = store.with_purchases().query("gateway/sleepers", silent=silent)
    table["share"] = table.woke / table.wakes.where(table.wakes > 0)
    table["usual"] = table.held / table.others.where(table.others > 0)
    differences = [newcombe(*row) for row in zip(table.woke, table.wakes, table.held, table.others, strict=True)]
    table[["difference", "low", "high"]] = differences or np.empty((0, 3))
    wakes = int(table.wakes.iloc[0]) if len(table) else 0
    p = by_chance(table.woke, table.wakes, table.woke + table.held, table.wakes + table.others)
    table["p_adjusted"] = benjamini_hochberg(p)
    return Sleepers(table[table.woke > 0].reset_index(drop=True), silent, wakes)


def against_the_rest(store: Store, product_id: str, days: int) -> Comparison:
    """Those who began with a product and all other customers won, at the same ages; named BEGAN and REST."""
    customers = store.with_purchases().query("gateway/first_buyers", product_id=product_id)
    named = pd.DataFrame(
        {"customer_id": customers.customer_id, "name": np.where(customers.began_with_it, BEGAN, REST).astype(object)}
    )
    return compare(store, named, sorted({30, 60, 90, 180, 365, int(days)}))


def first_buyers(store: Store, product_id: str) -> list[str]:
    """customer_id of those who began with a product, won in the period."""
    customers = store.with_purchases().query("gateway/first_buyers", product_id=product_id)
    return customers.customer_id[customers.began_with_it].tolist()
