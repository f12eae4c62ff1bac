"""What goes together: all pairs, and one product with its partners in an order and in the days around it."""

from __future__ import annotations

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analytics.baskets import LEAST, Pairs, near, pairs, partners, sellers
from analytics.charts.bars import bars
from analytics.errors import TooLittleData
from analytics.statistics import SMALL
from analytics.store import Store
from pages.baskets import words
from pages.shared import drawing, menu, products, widgets
from pages.shared.links import linked
from pages.shared.session import result
from pages.shared.text import _, number, percent, plain, plural
from pages.shared.widgets import Column, Header

BARS = 12
ZERO_WIDTH = "\u200b"
"""Keeps two bars apart whose names read the same."""
NEAR = (30, 60, 90, 180)
"""Days around a purchase in which the same customer's other purchases are looked for."""


def pairs_of(store: Store, top: Header, numbers: DeltaGenerator) -> None:
    """All pairs, the strongest first."""
    found = result(pairs, store)
    with numbers:
        top.answer(words.answer(found))
        widgets.cards(words.cards(found, store.shop))
    sure = found.sure
    if len(sure):
        _drawn(found)
    piled = words.piled(store)
    widgets.findings([words.pile(strips, found.orders, store.shop.currency) for strips in piled])
    for strips in piled:
        menu.link("baskets", _(words.VIEWS["line"]), baskets_view="line", baskets_line=f"{strips.line:.0f}")
    if found.table.empty:
        st.info(_("No two products stand in {n} orders or more together.", n=LEAST), icon=":material/hourglass_empty:")
        return
    table = found.table
    widgets.table(
        table.head(products.MOST),
        {
            "product_a": Column(_("Product A")),
            "product_b": Column(_("Product B")),
            "orders_ab": Column(_("Orders with both"), "number"),
            "orders_a": Column(_("Orders with A"), "number"),
            "orders_b": Column(_("Orders with B"), "number"),
            "support": Column(_("Of all orders"), "percent", _("Support: orders with both / all orders.")),
            "confidence_ab": Column(_("Of those with A"), "percent", _("Confidence: orders with both / orders with A.")),
            "confidence_ba": Column(_("Of those with B"), "percent", _("Confidence: orders with both / orders with B.")),
            "lift": Column(_("Times as often"), "decimal", _("Lift: against two products that have nothing to do with each other.")),
            "leverage": Column(_("More than chance"), "percent", _("Leverage: the share of all orders by which both stand together more often than chance would have it.")),
            "surely": Column(_("Surely"), "yes", _("More than chance, with allowance for the many pairs looked at (Fisher, Benjamini–Hochberg).")),
        },
        name="baskets-pairs",
        xlsx=True,
        height=460 if len(table) > 12 else "auto",
    )  # fmt: skip
    if len(table) > products.MOST:
        st.caption(_("The first {n} of {total} pairs.", n=number(products.MOST), total=number(len(table))))
    if found.looked_at < found.of:
        st.caption(
            _(
                "Looked for among the {n} best-selling of {total} products; “One product” looks at all.",
                n=number(found.looked_at),
                total=number(found.of),
            )
        )


def _drawn(found: Pairs) -> None:
    """The strongest pairs from the side of the product that the other follows more often."""
    rows = found.sure.head(BARS)
    turned = rows.confidence_ba > rows.confidence_ab
    first, second = rows.product_a.where(~turned, rows.product_b), rows.product_b.where(~turned, rows.product_a)
    share = rows.confidence_ab.where(~turned, rows.confidence_ba)
    said = _("Of {n} orders with {a}, {share} hold {b} too; of all orders {usual}")
    usual = (rows.orders_b.where(~turned, rows.orders_a)) / found.orders
    base = rows.orders_a.where(~turned, rows.orders_b)
    labels = [f"{products.label(a, 18)}<br>→ {products.label(b, 16)}" for a, b in zip(first, second, strict=True)]
    widgets.chart(
        drawing.drawn(bars,
            rows.assign(
                label=[f"{label}{ZERO_WIDTH * place}" for place, label in enumerate(labels)],
                share=share,
                usual=usual,
                text=[percent(value, 0) for value in share],
                hover=[
                    said.format(n=number(n), a=products.full(a), b=products.full(b), share=percent(value), usual=percent(every))
                    for n, a, b, value, every in zip(base, first, second, share, usual, strict=True)
                ],
            ),
            usual=_("Of all orders"),
            row=44,
        ),
        name="baskets-pairs",
        unit=_("Bar: share of the orders with the first product that hold the second; mark: of all orders."),
        title=_("Who has the first in the order, has the second too"),
        alt=_("Bars: the share of orders with the first product that hold the second; marks: of all orders."),
    )  # fmt: skip


def one(store: Store, top: Header, numbers: DeltaGenerator) -> None:
    """One product: with what it stands in one order, and what its customers buy around it."""
    rows = result(sellers, store)
    if rows.empty:
        raise TooLittleData(words.NOTHING_SOLD)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = products.choose(rows, "baskets_product")
        days = int(
            linked(
                st.segmented_control, _("The same customer, within (days)"), {str(n): number(n) for n in NEAR}, key="baskets_days", default="90", required=True,
            )
        )  # fmt: skip
    row = rows.set_index("product_id").loc[chosen]
    beside, around = result(partners, store, chosen), result(near, store, chosen, days)
    with numbers:
        top.answer(words.one(row, beside, around, days))
    st.markdown(f"**{_('Together in one order')}**")
    _few(beside, "orders_ab", {
        "product": Column(_("Product")),
        "orders_ab": Column(_("Orders with both"), "number"),
        "confidence_ab": Column(_("Of its orders"), "share"),
        "confidence_ba": Column(_("Of the other's"), "percent"),
        "lift": Column(_("Times as often"), "decimal", _("Lift: against two products that have nothing to do with each other.")),
        "surely": Column(_("Surely"), "yes", _("More than chance, with allowance for the many pairs looked at (Fisher, Benjamini–Hochberg).")),
    }, "baskets-one")  # fmt: skip
    st.markdown(f"**{_('By the same customer on another day')}**")
    _few(around, "customers_ab", {
        "product": Column(_("Product")),
        "customers_ab": Column(_("Customers of both"), "number", _("Within so many days before or after; guests are not counted.")),
        "share": Column(_("Of its customers"), "share"),
        "lift": Column(_("Times as often"), "decimal", _("Against how many of all customers buy the other at any time, so rather too low.")),
    }, "baskets-near")  # fmt: skip
    if row.orders < SMALL:
        st.caption(_("Fewer than 30 orders: read it with care."))
    with st.container(horizontal=True):
        menu.link("products", products_view="one", products_product=chosen)
        menu.link("gateway", gateway_product=chosen)


def _few(rows: pd.DataFrame, count: str, columns: dict[str, Column], name: str) -> None:
    """The rows that stand on LEAST or more; the others are counted."""
    told = rows[rows[count] >= LEAST]
    widgets.table(told, columns, name=name, height=460 if len(told) > 12 else "auto")
    if len(told) < len(rows):
        st.caption(plain(plural("{n} more product was seen fewer than five times.", "{n} more products were seen fewer than five times.", len(rows) - len(told))))  # fmt: skip
