"""The product page in words: the answer, the four numbers, and what stands out."""

from __future__ import annotations

import pandas as pd

from analytics.products import STOPPED, Products
from analytics.store import ShopFacts
from pages.shared import text
from pages.shared.products import named
from pages.shared.text import N_, _, money, number, percent, plural
from pages.shared.widgets import Card, Said, about

VIEWS = {
    "figures": N_("All products"), "one": N_("One product"), "still": N_("Standing still"), "sheet": N_("Name, merge, say more"),
}  # fmt: skip
SAID = 4
"""Silences told in sentences; the others stand in the table of one product."""


def half(found: Products) -> int:
    """How many products, the best first, bring half of the revenue of all."""
    return int((found.table.share.cumsum() < 0.5).sum()) + 1


def answer(found: Products, shop: ShopFacts) -> str:
    """Which product leads, and how many bring half."""
    first, n = found.table.iloc[0], len(found.table)
    if text.missing(first.share):
        return _("{n} products are named, and none of them brought money in this period.", n=number(n))
    if n == 1:
        return _("One product is named in these orders: {product}.", product=named(first["product"]))
    return _(
        "{product} brings {share} of the revenue ({orders} orders); {half} of {n} products bring half of it.",
        product=named(first["product"]),
        share=percent(first.share, 0 if first.share >= 0.01 else 2),
        orders=number(first.orders),
        half=number(half(found)),
        n=number(n),
    )


def cards(found: Products, silent: pd.DataFrame, shop: ShopFacts) -> list[Card]:
    """How many products, how much has moved, what stands still, and where nothing was sold."""
    table = found.table
    fell, rose = (int((table.moved & side).sum()) for side in (table.change < 0, table.change > 0))
    codes = int(table.titles.sum())
    return [
        Card(
            _("Products"),
            number(len(table)),
            note=plural("from {n} title", "from {n} titles", codes),
            about=about(
                _("Lines are one product by the platform's id, else by stock number, else by title; variants and titles that say the same are one product. Gifts and lines that are no product (postage) stay out."),
                numerator=_("{n} products", n=number(len(table))),
                denominator=_("{n} titles", n=number(codes)),
                as_of=shop.as_of,
                notes=plural("{n} line says nothing of what was bought.", "{n} lines say nothing of what was bought.", found.nameless) if found.nameless else "",
            ),
        ),
        Card(
            _("Selling less"),
            number(fell),
            note=_("{n} sell more", n=number(rose)),
            about=_("Orders of the last {days} against the {days} before. Only changes larger than chance count (thirty orders or more in the two together).", days=text.days(found.days)),
        ),
        Card(
            _("Standing still"),
            number(len(found.standing_still)),
            note=_("no sale for {days}", days=text.days(STOPPED)),
            about=_("Products that were bought in this period, and by nobody in the last {days}: to bring back, or to clear out.", days=text.days(STOPPED)),
        ),
        Card(
            _("Sales gaps"),
            number(len(silent)),
            note=_("of steady sellers"),
            about=_("Stretches of a week or more in which a product sold nothing although, at its usual share of the shop's orders, it would have had fifteen or more. Longer than 120 days is a season, not a gap."),
        ),
    ]  # fmt: skip


def findings(silent: pd.DataFrame) -> list[Said]:
    """The silences, the most missed first."""
    return [
        Said(silence(row), "products", {"products_view": "one", "products_product": row.product_id})
        for row in silent.head(SAID).itertuples()
    ]


def silence(row: object) -> str:
    """One silence: from when to when, and what the product would usually have sold."""
    values = {
        "product": named(row.product),
        "span": text.span(row.first_day, row.last_day),
        "day": text.day(row.first_day),
        "days": text.days(row.days),
        "n": number(row.expected),
    }
    if row.ongoing:
        return _(
            "{product} has sold nothing since {day} ({days}); at its usual share of the shop's orders it would have been in about {n}. Is it in stock?",
            **values,
        )
    return _(
        "{product} sold nothing from {span} ({days}); at its usual share of the shop's orders it would have been in about {n}. Out of stock?",
        **values,
    )


def trend(row: object, days: int) -> str:
    """A product's orders lately against before, for a hover."""
    said = _("{now} orders in the last {days} days, {before} in the {days} before", now=number(row.lately), before=number(row.before), days=number(days))  # fmt: skip
    return said if row.moved else f"{said} · {_('may be chance')}"


def margin(value: float, currency: str) -> str:
    """What a product leaves, where its cost is known."""
    return _("cost not known") if text.missing(value) else money(value, currency)
