"""The overview's cards: each headline figure with its formula, numerator, denominator and day behind the ⓘ."""

from __future__ import annotations

import pandas as pd

from analytics.overview import Overview
from analytics.statistics import SMALL
from analytics.store import ShopFacts
from pages.shared.text import _, days, missing, money, number, percent
from pages.shared.widgets import Card, about


def verdict(low: float, high: float, target: float) -> bool | None:
    """Above the target (True), below it (False), or not to be told with these numbers (None)."""
    return True if low > target else False if high < target else None


def against(value: float, target: float) -> dict[str, str]:
    """The change and note of a card with a target."""
    change = "" if missing(value) else f"{100 * (value - target):+.1f}"
    return {"change": change, "note": _("target {target}", target=percent(target, 0))}


def main(found: Overview, shop: ShopFacts, within: pd.Series, rate_target: float, share_target: float) -> list[Card]:
    """The four cards on top. within: the row of the chosen window; targets from 0 to 1."""
    repurchase, totals, trend = found.repurchase, found.repurchase.totals, found.trend
    enough = totals.known_orders >= SMALL
    return [
        Card(
            _("{n}-day rate", n=number(within.name)),
            percent(within.rate),
            about(
                _(
                    "Customers whose second buying day came within {days} of the first, of those whose first day is at least that "
                    "long ago.",
                    days=days(within.name),
                ),
                numerator=within.repurchased,
                denominator=within.eligible,
                as_of=shop.as_of,
                notes=_("95 % range: {low} to {high}.", low=percent(within.low), high=percent(within.high)),
            ),
            good=None if found.mostly_once else verdict(within.low, within.high, rate_target),
            spark=found.rates(within.name).tolist() or None,
            **against(within.rate, rate_target),
        ),
        Card(
            _("Repeat revenue"),
            percent(repurchase.revenue_share),
            about(
                _("Revenue of orders on a second or later buying day, of revenue from known customers."),
                numerator=money(totals.repeat_revenue, shop.currency),
                denominator=money(totals.known_revenue, shop.currency),
                as_of=shop.as_of,
            ),
            good=bool(repurchase.revenue_share >= share_target) if enough and not found.mostly_once else None,
            spark=trend.revenue_share.dropna().tolist(),
            **against(repurchase.revenue_share, share_target),
        ),
        Card(
            _("Repeat orders"),
            percent(repurchase.order_share),
            about(
                _("Orders on a second or later buying day, of orders from known customers."),
                numerator=totals.repeat_orders,
                denominator=totals.known_orders,
                as_of=shop.as_of,
            ),
            spark=trend.order_share.dropna().tolist(),
        ),
        Card(
            _("Buyers"),
            number(totals.buyers),
            about(
                _("Different customers with an order that counts; guests cannot be told apart and are left out."),
                numerator=totals.buyers,
                denominator=_(
                    "{n} orders, {guests} of them by guests",
                    n=number(totals.orders),
                    guests=number(totals.guest_orders),
                ),
                as_of=shop.as_of,
            ),
            spark=trend.buyers.tolist(),
        ),
    ]


def second(found: Overview, shop: ShopFacts) -> list[Card]:
    """Three more cards: how often, and what a first and a later order are worth."""
    totals, trend = found.repurchase.totals, found.trend
    first_orders = totals.known_orders - totals.repeat_orders
    return [
        Card(
            _("Avg. repurchases"),
            number(totals.average_repurchases, 2),
            about(
                _("Buying days after the first, summed over all customers, per customer."),
                numerator=totals.repurchases,
                denominator=totals.customers,
                as_of=shop.as_of,
            ),
        ),
        Card(
            _("First AOV"),
            money(totals.aov_first, shop.currency),
            about(
                _("Revenue of orders on the first buying day, per order."),
                numerator=money(totals.known_revenue - totals.repeat_revenue, shop.currency),
                denominator=first_orders,
                as_of=shop.as_of,
                notes=_("Half of them are below {median}.", median=money(totals.median_first, shop.currency)),
            ),
            spark=trend.aov_first.dropna().tolist(),
        ),
        Card(
            _("Repeat AOV"),
            money(totals.aov_repeat, shop.currency),
            about(
                _("Revenue of orders on a second or later buying day, per order."),
                numerator=money(totals.repeat_revenue, shop.currency),
                denominator=totals.repeat_orders,
                as_of=shop.as_of,
                notes=_("Half of them are below {median}.", median=money(totals.median_repeat, shop.currency)),
            ),
            spark=trend.aov_repeat.dropna().tolist(),
        ),
    ]
