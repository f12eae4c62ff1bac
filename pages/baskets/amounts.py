"""What an order amounts to: a free-shipping line with what closes the gap to it, and where a gift with purchase could begin."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analytics.baskets import (
    LINES,
    Short,
    Values,
    charts,
    gift_lines,
    histogram,
    line,
    nice,
    prices,
    short_of,
    step,
    values,
    worth,
)
from analytics.store import Store
from pages.baskets import words
from pages.shared import drawing, products, text, widgets
from pages.shared.links import linked
from pages.shared.made import made
from pages.shared.session import result
from pages.shared.text import _, money, number, percent, plain
from pages.shared.widgets import Card, Column, Header

STRIPS = ("1", "2", "4")
MARGIN, TAKE, SHIPPING, GIFT = 40, (5, 20), 60, 30
"""What the sliders begin with: margin in %, takers in %, shipping and a gift in money. Assumptions, and said to be."""


def free_shipping(store: Store, top: Header, numbers: DeltaGenerator) -> None:
    """A line, the orders just short of it, and what closes the gap."""
    found, currency = result(values, store), store.shop.currency
    with st.container(horizontal=True, vertical_alignment="bottom"):
        at = _line(found, currency)
        width = step(at)
        reach = width * int(
            linked(
                st.segmented_control, _("Just short by up to"), {name: money(width * int(name), currency) for name in STRIPS}, key="baskets_reach", required=True,
            )
        )  # fmt: skip
    strips, short = made(line, found, at), made(short_of, found, result(prices, store), at, reach)
    with numbers:
        top.answer(words.pile(strips, len(found.array), currency))
        widgets.cards(_cards(found, short, currency))
    rows = made(histogram, found, at)
    said = _("{low} to {high}: {n} orders, {several} of them of several products")
    widgets.chart(
        drawing.drawn(charts.by_value,
            rows.assign(
                text=[number(row.orders) if row.side else "" for row in rows.itertuples()],
                hover=[said.format(low=money(row.low, currency), high=money(row.high, currency), n=number(row.orders), several=number(row.several)) for row in rows.itertuples()],
            ),
            at,
            {"one": _("One product"), "several": _("Several products")},
            axis=_("Goods of an order, before vouchers ({currency})", currency=text.symbol(currency)),
        ),
        name="baskets-values",
        unit=_("Bar: orders of this value."),
        title=_("Orders by value; dashed: the line"),
        alt=_("Bars: orders by what their goods cost; the line is dashed, and the numbers just below and above it are written."),
    )  # fmt: skip
    st.caption(_("Only orders of several products can be piled up by a line: a product that costs just that much makes a pile of its own. Orders worth more than nearly all others are not drawn."))  # fmt: skip
    _add_ons(found, short, currency)


def _line(found: Values, currency: str) -> float:
    """The line that the reader chose: one in use in Taiwan, or their own. It begins with the one at which orders pile up."""
    names = {str(at): money(at, currency) for at in LINES} if currency == "TWD" else {}
    piled = [str(at) for at in LINES if made(line, found, at).piles_up] if names else []
    default = piled[-1] if piled else "490" if names and found.between(0, 490) * 10 >= len(found.array) else "own"
    chosen = linked(st.segmented_control, _("The line"), {**names, "own": _("Own")}, key="baskets_line", default=default, required=True)  # fmt: skip
    if chosen != "own":
        return float(chosen)
    usual = nice(float(found.table.value.median()))
    return float(st.number_input(_("Own line"), 1.0, 1e9, usual, key="baskets_own", bind="query-params", width=160, format="%.0f"))  # fmt: skip


def _cards(found: Values, short: Short, currency: str) -> list[Card]:
    several = int(found.table.several.sum())
    low, usual, high = found.table.value.quantile([0.25, 0.5, 0.75])
    return [
        Card(_("Just short"), number(short.orders), note=_("{n} in thirty days", n=number(short.a_month, 1)), about=_("Orders of the period whose goods cost at most so much less than the line.")),
        Card(_("Usual gap"), money(short.gaps[len(short.gaps) // 2], currency) if short.orders else "–", note=_("half lack less"), about=_("The median of what orders just short lack.")),
        Card(_("Usual order"), money(usual, currency), note=_("{low} to {high}", low=money(low, currency), high=money(high, currency)), about=_("The median of what the goods of an order cost before vouchers, and the middle half.")),
        Card(_("Several products"), percent(several / len(found.array), 0), note=f"n={number(len(found.array))}", about=_("Orders that hold two different products or more; gifts and postage do not count.")),
    ]  # fmt: skip


def _add_ons(found: Values, short: Short, currency: str) -> None:
    """The cheap products that close the gap, and what one of them could bring."""
    st.subheader(_("What closes the gap"), anchor=False)
    rows = short.add_ons
    if not short.orders:
        st.info(_("No order lies just short of this line."), icon=":material/hourglass_empty:")
        return
    if rows.empty:
        st.info(_("No product costs at most two fifths of the line and was bought beside others five times or more."), icon=":material/hourglass_empty:")  # fmt: skip
        return
    st.markdown(f"**{plain(words.add_on(rows.iloc[0], short, currency))}**")
    widgets.table(
        rows,
        {
            "product": Column(_("Product")),
            "price": Column(_("Price"), "money", _("The median of what one costs.")),
            "beside_rate": Column(_("Beside others"), "share", _("Of all orders of several products, those that hold it.")),
            "beside": Column(_("Orders"), "number", _("Orders that hold it beside another product.")),
            "closes": Column(_("Would reach the line"), "number", _("Of the orders just short, those that one of it lifts to the line.")),
            "closes_share": Column(_("Share of them"), "percent"),
            **({"margin": Column(_("Margin"), "money", _("Price less the cost in your sheet."))} if rows.margin.notna().any() else {}),
        },
        name="baskets-add-ons",
        height=360 if len(rows) > 9 else "auto",
    )  # fmt: skip
    st.markdown(f"**{_('What it could bring')}**")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        row = rows.set_index("product_id").loc[products.choose(rows, "baskets_add_on")]
        known = row.margin == row.margin
        margin = row.margin / row.price if known else st.slider(_("Margin, %"), 0, 100, MARGIN, 5, key="baskets_margin", bind="query-params", width=200) / 100  # fmt: skip
        take = st.slider(_("Of those short, so many take it, %"), 0, 100, TAKE, 5, key="baskets_take", bind="query-params", width=240)  # fmt: skip
        shipping = st.number_input(_("Shipping you then pay"), 0, 10_000, SHIPPING if currency == "TWD" else 0, key="baskets_shipping", bind="query-params", width=180)  # fmt: skip
    low, high = worth(short, row.price, margin, (take[0] / 100, take[1] / 100), shipping)
    st.markdown(plain(words.worth(low, high, short, row, margin, take, shipping, currency)))
    st.caption(_("Margin, takers and shipping are your assumptions: at most so much, and only where the add-on changes nothing else."))  # fmt: skip


def gift(store: Store, top: Header, numbers: DeltaGenerator) -> None:
    """Candidates for a gift with purchase, weighed against those who get it anyway."""
    found, currency = result(values, store), store.shop.currency
    with st.container(horizontal=True, vertical_alignment="bottom"):
        cost = st.number_input(_("What a gift costs you"), 0, 100_000, GIFT if currency == "TWD" else 1, key="baskets_gift", bind="query-params", width=180)  # fmt: skip
        margin = st.slider(_("Margin, %"), 0, 100, MARGIN, 5, key="baskets_margin", bind="query-params", width=200)
        take = st.slider(_("Lifted at most, % of those within reach"), 0, 100, TAKE[1], 5, key="baskets_lifted", bind="query-params", width=260)  # fmt: skip
        reach = st.slider(_("Within reach: short by up to, %"), 5, 50, 25, 5, key="baskets_within", bind="query-params", width=240)  # fmt: skip
    rows = gift_lines(found, gift=float(cost), margin=margin / 100, reach=reach / 100, take=take / 100)
    counts = ["within_reach", "already", "added", "up_to", "cost", "gain", "result"]
    rows[counts] = rows[counts].map(found.a_month)
    with numbers:
        top.answer(words.gift(rows, take, currency))
    said = _("From {line}: {result} in thirty days; up to {n} orders lifted, {already} get the gift anyway")
    widgets.chart(
        drawing.drawn(charts.gifts,
            rows.assign(
                label=[money(at, currency) for at in rows.line],
                hover=[said.format(line=money(row.line, currency), result=money(row.result, currency), n=number(row.up_to, 1), already=number(row.already, 1)) for row in rows.itertuples()],
            ),
            axis=_("A gift from this order value on"),
        ),
        name="baskets-gifts",
        unit=_("Bar: money in thirty days, at most."),
        title=_("What is left in thirty days, at most: margin of what is added, less all gifts"),
        alt=_("Bars up or down: what a gift from each order value on leaves at most."),
    )  # fmt: skip
    widgets.table(
        rows,
        {
            "line": Column(_("From"), "money"),
            "quantile": Column(_("Orders below"), "percent"),
            "within_reach": Column(_("Within reach"), "number", _("Orders in thirty days that are short by no more than that.")),
            "up_to": Column(_("Lifted, up to"), "number"),
            "already": Column(_("Get it anyway"), "number", _("Orders in thirty days that are worth that much without a gift.")),
            "gain": Column(_("Margin, up to"), "money", _("On what lifted orders add to reach the line.")),
            "cost": Column(_("Gifts cost"), "money"),
            "result": Column(_("Left, at most"), "money"),
            "break_even": Column(_("Even at"), "percent", _("So many of those within reach have to be lifted for the gifts to be paid; over 100 % they cannot be.")),
        },
        name="baskets-gifts",
    )  # fmt: skip
    st.caption(_("From the orders of this period as they were. Gift, margin and reach are your assumptions; people who order less often afterwards, or just once for the gift, are not in it."))  # fmt: skip
