"""The gateway page in words: the answer, the four numbers, the quarters."""

from __future__ import annotations

import pandas as pd

from analytics.gateway import Gateway
from analytics.store import ShopFacts
from pages.shared import rates, text
from pages.shared.products import full, label, named
from pages.shared.rates import n_of
from pages.shared.text import N_, _, number, percent, share
from pages.shared.widgets import Card, about

VIEWS = {"first": N_("First products"), "later": N_("Bought again"), "sleepers": N_("What wakes sleepers")}
QUARTERS = {
    "push": N_("Promote: many begin with it, and come back"),
    "fix": N_("Mend: many begin with it, few come back"),
    "niche": N_("Niche: few begin with it, many come back"),
    "let_go": N_("Let it run: few begin with it, few come back"),
    "": N_("Cannot be told yet"),
}
SHORT = {"push": N_("Promote"), "fix": N_("Mend"), "niche": N_("Niche"), "let_go": N_("Let it run"), "": "–"}
SIDES = {
    "above": N_("Surely more than the others"), "below": N_("Surely fewer than the others"), "": N_("May be chance"),
}  # fmt: skip


def answer(found: Gateway) -> str:
    """The product that surely stands out, or that none does."""
    days, shop = text.days(found.days), percent(found.shop_rate)
    if not found.shop_eligible:
        return _("No customer's first purchase is {days} old yet.", days=days)
    if not found.shop_repurchased:
        return _("Nobody came back within {days} after any first product (n={n}); look at more days.", days=days, n=number(found.shop_eligible))  # fmt: skip
    best = found.best
    if best is not None:
        return _(
            "Of those who began with {product}, {share} were back within {days}; of all customers {shop}.",
            product=named(best["product"]),
            share=share(best.rate, best.eligible),
            days=days,
            shop=shop,
        )
    if len(found.table) == 1:
        return _("Everybody began with {product}: {shop} were back within {days} (n={n}). There is no other first product to hold it against.", product=named(found.table["product"].iloc[0]), shop=shop, days=days, n=number(found.shop_eligible))  # fmt: skip
    if found.alike:
        return _("First products differ no more than chance here: {shop} of all customers were back within {days} (n={n}).", shop=shop, days=days, n=number(found.shop_eligible))  # fmt: skip
    return _("No first product surely brings more people back than the others; of all customers {shop} were back within {days} (n={n}).", shop=shop, days=days, n=number(found.shop_eligible))  # fmt: skip


def cards(found: Gateway, shop: ShopFacts) -> list[Card]:
    """The shop's rate, the best product, the one to mend, and how many can be told apart."""
    whole = pd.Series({"days": found.days, "rate": found.shop_rate, "eligible": found.shop_eligible, "repurchased": found.shop_repurchased, "low": float("nan"), "high": float("nan")})  # fmt: skip
    sure = int(found.told.sure.sum())
    return [
        rates.card(whole, shop),
        _product(_("Promote"), found.best, found, shop),
        _product(_("Mend"), found.worst, found, shop),
        Card(
            _("Told apart"),
            _("{n} of {total}", n=number(sure), total=number(len(found.told))),
            note="n ≥ 30",
            about=_("Products whose first buyers surely come back more or less often than all other customers. Many products are looked at, so the bar is set such that one in twenty of those named is so by chance."),
        ),
    ]  # fmt: skip


def _product(title: str, row: pd.Series | None, found: Gateway, shop: ShopFacts) -> Card:
    if row is None:
        return Card(title, _("none yet"), note=_("may be chance"), about=_("No product with many first buyers surely differs from the others here."))  # fmt: skip
    return Card(
        title,
        percent(row.rate),
        note=label(row["product"], 10),
        about=about(
            _("{product}: first buyers who bought anything again in time / first buyers old enough.", product=named(row["product"])),
            numerator=int(row.repurchased),
            denominator=int(row.eligible),
            as_of=shop.as_of,
            notes=_("range {low} to {high}", low=percent(row.low), high=percent(row.high)),
        ),
    )  # fmt: skip


def hover(row: object, days: int) -> str:
    """A product on the map."""
    lines = [
        f"<b>{full(row.product)}</b>",
        _("{count} of {n} first buyers were back within {days} days: {share}", count=number(row.repurchased), n=number(row.eligible), days=number(days), share=percent(row.rate)),
        _("range {low} to {high}", low=percent(row.low), high=percent(row.high)),
        _("steadied: {share}", share=percent(row.shrunk)),
        _(QUARTERS[row.quarter]),
    ]  # fmt: skip
    return "<br>".join(lines)


def other(row: pd.Series, days: int) -> str:
    """When the first other product comes."""
    if text.missing(row.other_days):
        return _("None of those who began with it has bought another product yet.")
    return _(
        "{share} of them bought a product that was new to them within {days} days; those who did so at any time ({n}) took {median} (median).",
        share=share(row.other_rate, int(row.eligible)),
        days=number(days),
        n=number(row.others_ever),
        median=text.days(row.other_days),
    )


def small(n: int) -> str:
    """What stands on few."""
    return n_of(n)
