"""The baskets page in words: pairs, one product, the line at which orders pile up, add-ons and gifts."""

from __future__ import annotations

import pandas as pd

from analytics.baskets import LEAST, LINES, Line, Pairs, Short, line, values
from analytics.errors import TooLittleData
from analytics.store import ShopFacts, Store
from pages.shared import text
from pages.shared.made import made
from pages.shared.products import label, named
from pages.shared.session import result
from pages.shared.text import N_, _, money, number, percent, plural
from pages.shared.widgets import Card, about

VIEWS = {
    "pairs": N_("What goes together"), "one": N_("One product"), "line": N_("Free-shipping line"), "gift": N_("Gift with purchase"),
}  # fmt: skip
NOTHING_SOLD = N_("None of these orders names a product, so nothing can be said of what goes together.")


def answer(found: Pairs) -> str:
    """The strongest pair, or that none goes together more than chance."""
    sure = found.sure
    if found.of == 1:
        return _("Only one product stands in {least} orders or more, so there is nothing for it to go with ({n} orders).", least=LEAST, n=number(found.orders))  # fmt: skip
    if sure.empty:
        return _("No two products surely go together more than chance would have it ({n} orders, {products} products with five orders or more).", n=number(found.orders), products=number(found.of))  # fmt: skip
    row = sure.iloc[0]
    turned = row.confidence_ba > row.confidence_ab
    a, b = (row.product_b, row.product_a) if turned else (row.product_a, row.product_b)
    return _(
        "Of the {n} orders with {a}, {share} hold {b} too: {lift} times as often as chance would have it.",
        n=number(row.orders_b if turned else row.orders_a), a=named(a), b=named(b),
        share=percent(max(row.confidence_ab, row.confidence_ba), 0), lift=number(row.lift, 1),
    )  # fmt: skip


def cards(found: Pairs, shop: ShopFacts) -> list[Card]:
    """How many pairs surely go together, the strongest, the most frequent, and what was looked at."""
    sure = found.sure
    often = sure.loc[sure.orders_ab.idxmax()] if len(sure) else None
    return [
        Card(
            _("Go together"),
            number(len(sure)),
            note=_("of {n} pairs", n=number(len(found.table))),
            about=about(
                _("Pairs in five orders or more together, that stand together more often than chance would have it (Fisher's exact test; one in twenty of those named is so by chance, Benjamini–Hochberg)."),
                numerator=len(sure), denominator=len(found.table), as_of=shop.as_of,
            ),
        ),
        Card(
            _("Strongest"),
            _("{n} times", n=number(sure.lift.iloc[0], 1)) if len(sure) else _("none yet"),
            note=label(sure.product_b.iloc[0], 10) if len(sure) else _("may be chance"),
            about=_("Lift: how many times as often both stand in one order as two products that have nothing to do with each other."),
        ),
        Card(
            _("Most orders"),
            number(often.orders_ab) if often is not None else "–",
            note=percent(often.support) if often is not None else "",
            about=_("The pair that surely goes together and stands in the most orders; beside it, of all orders."),
        ),
        Card(
            _("Looked at"),
            number(found.looked_at),
            note=_("of {n}", n=number(found.of)),
            about=_("Products in {least} orders or more. Gifts, postage, bundles and lines that cost nothing stay out.", least=LEAST),
        ),
    ]  # fmt: skip


def one(row: pd.Series, beside: pd.DataFrame, around: pd.DataFrame, days: int) -> str:
    """What stands beside one product most, and what its customers buy around it."""
    told, later = beside[beside.orders_ab >= LEAST], around[around.customers_ab >= LEAST]
    said = [
        _("{product} stands in {n} orders, most often beside {other} ({share} of them).", product=named(row["product"]), n=number(row.orders), other=named(told["product"].iloc[0]), share=percent(told.confidence_ab.iloc[0]))
        if len(told)
        else plural("{product} stands in {n} order, and beside no other product five times or more.", "{product} stands in {n} orders, and beside no other product five times or more.", int(row.orders), product=named(row["product"]))
    ]  # fmt: skip
    if len(later):
        said.append(_("Of its {n} customers, {share} bought {other} on another day within {days}.", n=number(later.customers_a.iloc[0]), share=percent(later.share.iloc[0]), other=named(later["product"].iloc[0]), days=text.days(days)))  # fmt: skip
    return text.sentences(*said)


def piled(store: Store) -> list[Line]:
    """The free-shipping lines in use in Taiwan at which orders pile up."""
    if store.shop.currency != "TWD":
        return []
    try:
        found = result(values, store)
    except TooLittleData:
        return []
    return [strips for strips in (made(line, found, at) for at in LINES) if strips.piles_up]


def pile(strips: Line, orders: int, currency: str) -> str:
    """Whether orders pile up just above a line."""
    values = {
        "line": money(strips.line, currency), "width": money(strips.width, currency), "n": number(orders),
        "short": number(strips.several_short), "reached": number(strips.several_reached), "all_short": number(strips.short),
        "all": number(strips.reached),
    }  # fmt: skip
    if strips.piles_up:
        return _("Orders pile up at {line}: of those of several products, {reached} lie up to {width} above it, and {short} as close below.", **values)  # fmt: skip
    if not strips.short + strips.reached:
        return _("None of the {n} orders lies near {line}: the line says nothing to this shop.", **values)
    return _("Orders do not surely pile up at {line}: up to {width} above it lie {all} ({reached} of several products), as close below {all_short} ({short}).", **values)  # fmt: skip


def add_on(row: pd.Series, short: Short, currency: str) -> str:
    """The likeliest add-on."""
    return _(
        "{n} orders lie up to {reach} short of {line}. One {product} ({price}) lifts {closes} of them, {share}, to the line; it stands in {beside} orders beside others.",
        n=number(short.orders), reach=money(short.reach, currency), line=money(short.line, currency), product=named(row["product"]),
        price=money(row.price, currency), closes=number(row.closes), share=percent(row.closes_share, 0), beside=number(row.beside),
    )  # fmt: skip


def worth(low: float, high: float, short: Short, row: pd.Series, margin: float, take: tuple[int, int], shipping: float, currency: str) -> str:  # fmt: skip
    """What an add-on could bring in thirty days, as a range."""
    values = {
        "low": money(low, currency), "high": money(high, currency), "n": number(short.closed_by(row.price), 1), "from_share": percent(take[0] / 100, 0), "to_share": percent(take[1] / 100, 0),
        "each": money(row.price * margin - shipping, currency), "price": money(row.price, currency), "margin": percent(margin, 0), "shipping": money(shipping, currency),
    }  # fmt: skip
    if high > 0:
        return _("From {low} up to {high} in thirty days: {n} orders that it lifts to the line, {from_share} to {to_share} of them with one more, {each} each ({price} × {margin} less {shipping} of shipping).", **values)  # fmt: skip
    return _("It brings nothing: each earns {price} × {margin}, and costs {shipping} of shipping. Over thirty days {low} to {high}.", **values)  # fmt: skip


def gift(rows: pd.DataFrame, take: int, currency: str) -> str:
    """Which line leaves most, or that none pays."""
    best = rows.loc[rows.result.idxmax()]
    values = {
        "line": money(best.line, currency), "n": number(best.up_to, 1), "take": percent(take / 100, 0), "result": money(best.result, currency),
        "already": number(best.already, 1), "even": percent(best.break_even, 0), "cost": money(best.cost, currency), "gain": money(best.gain, currency),
    }  # fmt: skip
    if best.result > 0:
        return _("A gift from {line} on leaves the most, up to {result} in thirty days: up to {n} orders lifted ({take} of those within reach), {already} get it anyway; it is paid from {even} on.", **values)  # fmt: skip
    return text.sentences(
        _("With these assumptions no gift pays. From {line} on it costs least: gifts {cost}, margin up to {gain} in thirty days.", **values),
        _("{even} of those within reach would have to be lifted.", **values) if best.break_even <= 1 else _("Not even lifting all within reach would pay for it."),
    )  # fmt: skip
