"""One first product: who began with it, when they came back, what they took next, and the list of them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from analytics import repurchase
from analytics.charts.bars import bars
from analytics.gateway import (
    BEGAN,
    REST,
    Gateway,
    against_the_rest,
    first_buyers,
    next_products,
    other_products,
)
from analytics.repurchase import charts as repurchase_charts
from analytics.segments.rfm import rfm
from analytics.store import Store
from pages.gateway import words
from pages.shared import drawing, products, rates, text, widgets
from pages.shared.links import choice
from pages.shared.made import made
from pages.shared.people import contact_list
from pages.shared.session import result
from pages.shared.text import N_, _, number, percent, plain
from pages.shared.widgets import Column

PARTS = {"back": N_("When they came back"), "next": N_("What they bought second"), "other": N_("What else its buyers bought"), "list": N_("The list")}  # fmt: skip
BARS = 10


def product(store: Store, found: Gateway, clicked: str) -> None:
    """The product that was clicked on the map, or chosen below it."""
    if clicked and clicked != st.session_state.get("gateway_clicked"):
        st.query_params["gateway_product"] = clicked
    st.session_state["gateway_clicked"] = clicked
    st.subheader(_("One first product"), anchor=False)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        by_size = made(_by_size, found.table)
        chosen = products.choose(by_size, "gateway_product")
        part = choice(_("Show"), PARTS, "gateway_part")
    row = by_size.iloc[by_size.product_id.tolist().index(chosen)]
    match part:
        case "next":
            _next(store, chosen, row)
        case "other":
            _other(store, chosen)
        case "list":
            _list(store, chosen)
        case _:
            _back(store, found, chosen, row)


def _by_size(table: pd.DataFrame) -> pd.DataFrame:
    return table.sort_values(["customers", "product_id"], ascending=[False, True])


def _back(store: Store, found: Gateway, chosen: str, row: object) -> None:
    """The curve of those who began with it beside all others."""
    both = result(against_the_rest, store, chosen, found.days)
    name = products.label(row["product"], 24)
    labels = {BEGAN: name, REST: _("All other customers")}
    if len(both.names) > 1:
        said = rates.difference(both.difference(BEGAN, REST, found.days), products.named(row["product"]), _("all other customers"), found.days)  # fmt: skip
        st.markdown(f"**{plain(said)}**")
    curves = {labels[name]: both.survival[name] for name in (BEGAN, REST) if name in both.survival}
    widgets.chart(
        drawing.drawn(
            repurchase_charts.second_purchase,
            {label: made(repurchase.bought_again, curve) for label, curve in curves.items()},
            hover=_("{name}, day {day}: {share} have bought again"),
            until=max(made(repurchase.worth_drawing, curve) for curve in curves.values()),
            axis=_("Days since the first order"),
            marks={},
        ),
        name="gateway-curve",
        unit=_("Upwards: share of the group that has come back; band: 95 % range."),
        title=_("Share who have bought a second time, anything"),
        alt=_("Two rising lines with bands: those who began with this product, and all other customers."),
    )
    st.markdown(plain(words.other(row, found.days)))


def _next(store: Store, chosen: str, row: object) -> None:
    """What the second basket of those who began with it held."""
    rows = result(next_products, store, chosen)
    if rows.empty:
        st.info(_("Nobody who began with it has bought a second time yet."), icon=":material/hourglass_empty:")
        return
    back = int(rows.came_back.iloc[0])
    same = rows[rows.next_product_id == chosen]
    share = float(same.share.iloc[0]) if len(same) else 0.0
    st.markdown(
        plain(
            _(
                "Of the {n} who began with {product} and came back, {share} took it again on their second purchase.",
                n=number(back), product=products.named(row["product"]), share=percent(share),
            )
        )
    )  # fmt: skip
    shown = rows.head(BARS)
    widgets.chart(
        drawing.drawn(bars,
            shown.assign(
                label=products.labels(shown.next_product.tolist()),
                usual=np.nan,
                text=[number(n) for n in shown.customers],
                hover=[f"{products.full(row.next_product)}<br>{percent(row.share)} ({percent(row.low)} – {percent(row.high)})" for row in shown.itertuples()],
            )
        ),
        name="gateway-next",
        unit=_("Bar: share of the second baskets that held the product."),
        title=_("In how many second baskets each product was"),
        alt=_("Bars: the products of the second purchase of those who began with this one."),
    )  # fmt: skip
    widgets.table(
        rows,
        {
            "next_product": Column(_("Second product")),
            "customers": Column(_("Customers"), "number"),
            "share": Column(_("Share"), "share", _("A basket may hold several, so shares add up to more than 100 %.")),
            "low": Column(_("Range from"), "percent"),
            "high": Column(_("Range to"), "percent"),
        },
        name="gateway-next",
        height=360 if len(rows) > 9 else "auto",
    )


def _other(store: Store, chosen: str) -> None:
    """What else people who bought it have bought: what to suggest where the thing itself is bought once."""
    rows = result(other_products, store, chosen)
    if rows.empty:
        st.info(_("Its buyers have bought nothing else yet."), icon=":material/hourglass_empty:")
        return
    surely = rows[rows.low > 0]
    st.caption(
        _(
            "Everything its {n} buyers bought at any time, beside what other customers buy.",
            n=number(rows.buyers.iloc[0]),
        )
        + " "
        + text.plural(
            "For {n} product its buyers surely differ.", "For {n} products its buyers surely differ.", len(surely)
        )
    )
    widgets.table(
        rows,
        {
            "product": Column(_("Product")),
            "customers": Column(_("Of its buyers"), "number"),
            "share": Column(_("Share"), "share"),
            "usual": Column(_("Of other customers"), "percent"),
            "difference": Column(_("Difference"), "percent"),
            "low": Column(_("Range from"), "percent"),
            "high": Column(_("Range to"), "percent"),
        },
        name="gateway-other",
        height=360 if len(rows) > 9 else "auto",
    )


def _list(store: Store, chosen: str) -> None:
    """Those who began with it, as a contact list."""
    everybody = result(rfm, store)
    mine = made(_customers, everybody.customers, result(first_buyers, store, chosen))
    contact_list.show(
        store, everybody, mine, name="gateway", extra={"recency": Column(_("Days since"), "number")},
    )  # fmt: skip


def _customers(everybody: pd.DataFrame, mine: list[str]) -> pd.DataFrame:
    return everybody[everybody.customer_id.isin(set(mine))]
