"""The gateway page's views: the map of first products, what is bought again, and what wakes sleepers."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from analytics.charts.bars import bars
from analytics.gateway import QUARTERS, Gateway, charts, later_products, sleepers
from analytics.repurchase import gaps
from analytics.statistics import SMALL
from analytics.store import Store
from pages.gateway import words
from pages.shared import drawing, products, text, widgets
from pages.shared.made import made
from pages.shared.session import result
from pages.shared.text import _, number, percent, plain
from pages.shared.widgets import Column

DRAWN = 120
"""Products on the map: those with the most first buyers."""
NAMED = 7
"""Of them, so many bear their names."""
BARS = 12


def first(store: Store, found: Gateway) -> str:
    """The map and the table of first products; the product_id that was clicked, "" for none."""
    clicked = ""
    if found.shop_repurchased and (found.table.eligible > 0).any():
        clicked = _map(store, found)
    st.caption(_("A customer whose first day holds two products counts for both. Those who choose a product may be other people: the map says who comes back, not why."))  # fmt: skip
    table = made(_with_quarters, found.table)
    widgets.table(
        table,
        {
            "product": Column(_("First product")),
            "quarter": Column(_("On the map")),
            "customers": Column(_("Began with it"), "number"),
            "eligible": Column(_("Old enough"), "number"),
            "repurchased": Column(_("Came back"), "number", _("Bought anything again in time.")),
            "rate": Column(_("Back within {days}", days=text.days(found.days)), "percent"),
            "low": Column(_("Range from"), "percent"),
            "high": Column(_("Range to"), "percent"),
            "shrunk": Column(_("Steadied"), "percent", _("The rate pulled to the average of all first products, the more the fewer people it stands on. The table is sorted by it.")),
            "same_product_rate": Column(_("Same product again"), "percent"),
            "other_rate": Column(_("Another product"), "percent", _("Bought a product that was new to them, in time.")),
            "sure": Column(_("Told apart"), "yes", _("Surely more or fewer than all other customers.")),
        },
        name=f"gateway-{found.days}",
        xlsx=True,
        height=420 if len(table) > 11 else "auto",
    )  # fmt: skip
    if found.prior[0] == found.prior[0] and not found.alike:
        st.caption(_("Steadied as if each product came with {n} more first buyers at the average rate; the number is fitted to this shop's products.", n=number(sum(found.prior))))  # fmt: skip
    return clicked


def _with_quarters(table: pd.DataFrame) -> pd.DataFrame:
    return table.assign(quarter=[_(words.SHORT[quarter]) for quarter in table.quarter])


def _map(store: Store, found: Gateway) -> str:
    """The map; the product that was clicked."""
    dots, many = made(_dots, store, found)
    event = widgets.chart(
        drawing.drawn(
            charts.quadrant,
            dots,
            shop=found.shop_rate,
            many=many,
            names=text.words_of(words.SIDES),
            axes=(_("First buyers old enough"), _("Back in time, steadied")),
            quarters=[_(words.SHORT[quarter]) for quarter in QUARTERS],
        ),
        name=f"gateway-map-{found.days}",
        unit=_("Dot: a first product; upwards: share that came back, steadied; to the right: how many began with it."),
        title=_("First products: how many begin with each, and how many come back; click one"),
        alt=_("A map: to the right products that many begin with, upwards those after which more come back."),
        key="gateway_map",
        select=True,
    )
    st.caption(_("Dashed: all customers ({share}). Dotted: to its right the products that half of all first purchases fall on. Lines: the range of each rate. Pale: fewer than 30 people.", share=percent(found.shop_rate)))  # fmt: skip
    points = event["selection"]["points"]
    return str(dots.product_id.iloc[int(points[0]["customdata"])]) if points else ""


def _dots(_store: Store, found: Gateway) -> tuple[pd.DataFrame, float]:
    """The first products that the map shows, as it is drawn, and from how many first buyers on one is to its right."""
    rows = found.table[found.table.eligible > 0].nlargest(DRAWN, "eligible")
    rank = rows.sure.astype(int) * 10**9 + rows.eligible
    many = rows.eligible[rows.quarter.isin(QUARTERS[:2])].min()
    dots = rows.assign(
        place=range(len(rows)),
        label=products.labels(rows["product"].tolist(), 14),
        named=rank >= rank.nlargest(NAMED).min(),
        x=rows.eligible,
        rate=rows.shrunk,
        low=np.minimum(rows.low, rows.shrunk),
        high=np.maximum(rows.high, rows.shrunk),
        side=np.where(rows.sure, np.where(rows.rate > found.shop_rate, "above", "below"), ""),
        faded=rows.eligible < SMALL,
        hover=[words.hover(row, found.days) for row in rows.itertuples()],
    )
    return dots, float(many) if many == many else float(rows.eligible.max()) * 2


def later(store: Store) -> None:
    """Hot repurchase products: what is in second and later baskets."""
    rows = result(later_products, store)
    again = rows[rows.later_customers > 0]
    if again.empty:
        st.info(_("Nobody has bought a second time in this period."), icon=":material/hourglass_empty:")
        return
    shown = again.head(BARS)
    whole = rows.later_revenue.sum()
    st.markdown(
        plain(
            _(
                "In second and later purchases {product} is bought by the most customers: {n}, for {money}.",
                product=products.named(again["product"].iloc[0]),
                n=number(again.later_customers.iloc[0]),
                money=text.money(again.later_revenue.iloc[0], store.shop.currency),
            )
        )
    )
    share = shown.later_revenue / (whole or 1)
    widgets.chart(
        drawing.drawn(bars,
            pd.DataFrame(
                {
                    "label": products.labels(shown["product"].tolist()),
                    "share": share,
                    "usual": np.nan,
                    "text": [text.number(n) for n in shown.later_customers],
                    "hover": [f"{products.full(row.product)}<br>{text.money(row.later_revenue, store.shop.currency)}" for row in shown.itertuples()],
                }
            )
        ),
        name="gateway-later",
        unit=_("Bar: share of the revenue of second and later purchases."),
        title=_("Share of the revenue of second and later purchases; beside each bar its customers"),
        alt=_("Bars: the products of second and later purchases by their share of that revenue."),
    )  # fmt: skip
    widgets.table(
        again,
        {
            "product": Column(_("Product")),
            "later_customers": Column(_("Customers, 2nd purchase on"), "number"),
            "later_revenue": Column(_("Revenue, 2nd purchase on"), "money"),
            "later_orders": Column(_("Orders, 2nd purchase on"), "number"),
            "later_share": Column(
                _("Share of its revenue"), "percent", _("Of the product's own revenue in the period.")
            ),
            "customers": Column(_("Customers"), "number"),
            "revenue": Column(_("Revenue"), "money"),
        },
        name="gateway-later",
        xlsx=True,
        height=420 if len(again) > 11 else "auto",
    )


def wakers(store: Store) -> None:
    """Which product ends a long silence."""
    usual = result(gaps, store).of(0)
    if usual is None:
        st.info(
            _("Nobody has bought a second time yet, so there is no usual interval."), icon=":material/hourglass_empty:"
        )
        return
    found = result(sleepers, store, float(usual["median"]))
    if found.table.empty:
        st.info(
            _("Nobody has come back after {days} of silence (three usual intervals).", days=text.days(found.silent)),
            icon=":material/hourglass_empty:",
        )
        return
    best = found.best
    if best is not None:
        said = _(
            "{product} wakes sleepers: it was in {share} of the {n} baskets that ended a silence of {days} or more, and in {usual} of other repeat baskets.",
            product=products.named(best["product"]), share=percent(best.share), n=number(found.wakes), days=text.days(found.silent), usual=percent(best.usual),
        )  # fmt: skip
    else:
        said = _(
            "No product surely wakes sleepers: {n} baskets ended a silence of {days} or more (three usual intervals), and what was in them differs from other repeat baskets no more than chance.",
            n=number(found.wakes), days=text.days(found.silent),
        )  # fmt: skip
    st.markdown(f"**{plain(said)}**")
    shown = found.table.head(BARS)
    widgets.chart(
        drawing.drawn(
            bars,
            shown.assign(
                label=products.labels(shown["product"].tolist()),
                text=[_("{n} baskets", n=number(n)) for n in shown.woke],
                hover=[
                    f"{products.full(row.product)}<br>{percent(row.share)} · {_('otherwise {share}', share=percent(row.usual))}"
                    for row in shown.itertuples()
                ],
            ),
            usual=_("In other repeat baskets"),
        ),
        name="gateway-sleepers",
        unit=_("Bar: share of baskets after a long silence; mark: of other repeat baskets."),
        title=_("Share of the baskets that ended a long silence"),
        alt=_("Bars: how often each product was in a basket after a long silence; a mark shows other repeat baskets."),
    )
    if found.wakes < SMALL:
        st.caption(_("Fewer than 30 such baskets: read it with care."))
    widgets.table(
        found.table,
        {
            "product": Column(_("Product")),
            "woke": Column(_("Baskets after a silence"), "number"),
            "share": Column(_("Share"), "share"),
            "usual": Column(_("In other repeat baskets"), "percent"),
            "difference": Column(_("Difference"), "percent"),
            "low": Column(_("Range from"), "percent"),
            "high": Column(_("Range to"), "percent"),
        },
        name="gateway-sleepers",
    )
