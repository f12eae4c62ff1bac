"""The overview's cards: each headline figure with its formula, numerator, denominator and day behind the ⓘ."""

from __future__ import annotations

from collections.abc import Mapping

from analytics.overview import Headline, Overview, Target
from analytics.repurchase import bought_again_at
from analytics.statistics import SMALL, Standing
from analytics.store import ShopFacts
from pages.shared.made import made
from pages.shared.rates import n_of
from pages.shared.standing import stood
from pages.shared.text import _, days, missing, money, number, percent
from pages.shared.widgets import Card, about

NO_RED = 30
"""Days within which hardly anything can be bought again: a rate of so few is never bad news."""
CURVE = tuple(range(15, 366, 15))
"""Days at which the shop's own curve is drawn in a card."""


def against(value: float, target: float) -> dict[str, str]:
    """The change and note of a card with a target."""
    change = "" if missing(value) else f"{100 * (value - target):+.1f}"
    return {"change": change, "note": _("target {target}", target=percent(target, 0))}


def held(found: Overview, head: Headline, target: Target) -> dict[str, object]:
    """The rate's card against its target, in the target's own days; else the shop's own curve. No verdict on few people or too early."""
    row = head.rate
    if row.name != target.days:
        return {
            "note": _("target is for {days}", days=days(target.days)),
            "spark": made(bought_again_at, found.repurchase.survival, CURVE).share.tolist() or None,
        }
    spark = {"spark": found.rates(row.name).tolist() or None}
    if not head.judged or found.mostly_once:
        return {"note": _("too early to say") if not head.certain else n_of(row.eligible), **spark}
    good = target.verdict(head)
    return {"good": None if good is False and row.name <= NO_RED else good, **spark, **against(row.rate, target.rate)}


def main(
    found: Overview,
    head: Headline,
    shop: ShopFacts,
    stands: Mapping[str, Standing],
    target: Target,
    share_target: float,
) -> list[Card]:
    """The four cards on top. head: the figures of the chosen window; stands: how each stands; share_target: 0 to 1."""
    within, repurchase, trend = head.rate, found.figures(head), found.trend
    totals = repurchase.totals
    enough = totals.known_orders >= SMALL and not found.mostly_once and head.certain

    everyone = found.repurchase.totals
    cards = [
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
            **held(found, head, target),
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
            good=bool(repurchase.revenue_share >= share_target) if enough else None,
            spark=trend.revenue_share.dropna().tolist(),
            **(against(repurchase.revenue_share, share_target) if enough else {"note": n_of(totals.known_orders)}),
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
            number(everyone.buyers),
            about(
                _("Different customers with an order that counts; guests cannot be told apart and are left out."),
                numerator=everyone.buyers,
                denominator=_(
                    "{n} orders, {guests} of them by guests",
                    n=number(everyone.orders),
                    guests=number(everyone.guest_orders),
                ),
                as_of=shop.as_of,
            ),
            spark=trend.buyers.tolist(),
        ),
    ]
    measures = (("rate", percent), ("revenue_share", percent), ("order_share", percent), ("buyers", number))
    return [
        stood(card, stands.get(name), write, better=True) for card, (name, write) in zip(cards, measures, strict=True)
    ]


def second(found: Overview, head: Headline, shop: ShopFacts, stands: Mapping[str, Standing]) -> list[Card]:
    """Three more cards: how often, and what a first and a later order are worth."""
    totals = found.figures(head).totals
    first_orders = totals.known_orders - totals.repeat_orders
    cards = [
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
        ),
    ]

    def amount(value: float) -> str:
        return money(value, shop.currency)

    measures = (None, "first_aov", "repeat_aov")
    return [
        stood(card, stands.get(name), amount, better=True) if name else card
        for card, name in zip(cards, measures, strict=True)
    ]
