"""The product page's views: all products, one of them, and those that stand still."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.products import Products, by_week, charts, made_of, with_reviews
from analytics.statistics import SMALL
from analytics.store import Store
from pages.products import words
from pages.shared import drawing, menu, products, text, widgets
from pages.shared.rates import n_of
from pages.shared.session import current, result
from pages.shared.text import _, money, number, percent, plain
from pages.shared.widgets import Card, Column

DRAWN = 15
"""Products that fit into one chart."""


def figures(found: Products, silent: pd.DataFrame, reviewed: pd.DataFrame | None) -> None:
    """What moved, the silences, and the table of everything."""
    shown = found.table.head(DRAWN)
    widgets.chart(
        drawing.drawn(
            charts.lately,
            shown.assign(
                label=products.labels(shown["product"].tolist()),
                hover=[f"{products.full(row.product)}<br>{words.trend(row, found.days)}" for row in shown.itertuples()],
            ),
            {
                "lately": _("Last {days}", days=text.days(found.days)),
                "before": _("The {days} before", days=text.days(found.days)),
            },
        ),
        name="products-lately",
        unit=_("Bar: orders with the product."),
        title=_("Orders with each product, the {n} with the most revenue", n=number(len(shown))),
        alt=_("Bars: orders of each product lately; a mark shows how many it had in the time before."),
    )
    st.caption(_("Pale: the change may be chance."))
    widgets.findings(words.findings(silent))
    table = found.table if reviewed is None else with_reviews(found.table, reviewed)
    widgets.table(
        table.assign(kind=[products.kind_name(row.kind, row.kind_guessed) for row in table.itertuples()]),
        {
            "product": Column(_("Product")),
            "family": Column(_("Family")),
            "kind": Column(_("Kind")),
            "revenue": Column(_("Revenue"), "money"),
            "share": Column(_("Share"), "share", _("Of the revenue of all products in the period.")),
            "orders": Column(_("Orders"), "number"),
            "units": Column(_("Units"), "number", _("Bought and kept: what came back is taken off.")),
            "customers": Column(_("Customers"), "number", _("Guests cannot be counted as customers.")),
            "first_share": Column(_("First orders"), "percent", _("Of the known customers' orders with it, those that were somebody's first.")),
            "rate": Column(_("Back within {days}", days=text.days(found.days)), "percent", _("Of those who began with it, who bought anything again in time; only those old enough.")),
            "eligible": Column(_("n"), "number", _("Customers who began with it and are old enough; fewer than 30 say little.")),
            "cycle": Column(_("Days per unit"), "decimal", _("Median days to the next purchase of the same product, per unit bought.")),
            "cycle_n": Column(_("Gaps"), "number", _("How many such intervals there are.")),
            "change": Column(_("Change"), "percent", _("Orders of the last {days} against the {days} before.", days=text.days(found.days))),
            "return_rate": Column(_("Returned"), "percent", _("Refunded orders, and orders of which some came back, of those not cancelled.")),
            "cancel_rate": Column(_("Cancelled"), "percent", _("Cancelled orders, of all orders placed with it.")),
            **_of_reviews(reviewed),
            **({"margin": Column(_("Margin"), "money", _("Revenue less cost × units; from the cost in your sheet."))} if table.margin.notna().any() else {}),
            "silent": Column(_("Days since a sale"), "number"),
        },
        name="products",
        xlsx=True,
        height=460 if len(table) > 12 else "auto",
    )  # fmt: skip
    _left_out(found)


def _of_reviews(reviewed: pd.DataFrame | None) -> dict[str, Column]:
    if reviewed is None:
        return {}
    return {
        "mean_stars": Column(_("Stars"), "decimal"),
        "per_100": Column(
            _("Complaints per 100 orders"), "decimal", _("Unhappy reviews; as on the page about reviews.")
        ),
    }


def _left_out(found: Products) -> None:
    """What is no product, and what was put together."""
    united = len(found.united)
    if united:
        st.caption(
            text.plural(
                "{n} product is known under several titles or ids and was put together; you can split it under “Name, merge, say more”.",
                "{n} products are known under several titles or ids and were put together; you can split them under “Name, merge, say more”.",
                united,
            )
        )
    if len(found.left_out):
        names = [products.named(name) for name in found.left_out["product"].head(5)]
        more = "…" if len(found.left_out) > len(names) else ""
        st.caption(
            plain(
                _(
                    "Left out as gifts or no products: {names}. Guesses can be put right in the sheet.",
                    names=text.listed(names) + more,
                )
            )
        )


def one(store: Store, found: Products, silent: pd.DataFrame) -> None:
    """One product: its weeks, its figures, and what it is made of."""
    row = found.table.set_index("product_id").loc[products.choose(found.table, "products_product")]
    currency = store.shop.currency
    widgets.cards(
        [
            Card(_("Revenue"), money(row.revenue, currency), note=_("{n} orders", n=number(row.orders))),
            Card(_("Margin"), words.margin(row.margin, currency), note=_("by the cost in your sheet")),
            Card(_("Back within {days}", days=text.days(found.days)), percent(row.rate), note=n_of(row.eligible)),
            Card(_("Returned"), percent(row.return_rate), note=_("{n} cancelled", n=percent(row.cancel_rate))),
        ]
    )
    weeks = result(by_week, store, row.name)
    mine = silent[silent.product_id == row.name]
    said = _("week of {day}: {n} orders")
    widgets.chart(
        drawing.drawn(charts.weeks,
            weeks.assign(hover=[said.format(day=text.day(week.week), n=number(week.orders)) for week in weeks.itertuples()]),
            mine.assign(hover=[_("no sale from {span}", span=text.span(gap.first_day, gap.last_day)) for gap in mine.itertuples()]),
            {"orders": _("Orders"), "silent": _("Days without a sale")},
        ),
        name="product-weeks",
        unit=_("Bar: orders of one week."),
        title=_("Orders by week"),
        alt=_("Bars: orders of the product each week; days on which it should have sold and did not are hatched."),
    )  # fmt: skip
    widgets.findings([words.silence(gap) for gap in mine.itertuples()])
    if row.orders < SMALL:
        st.caption(_("Fewer than 30 orders: read it with care."))
    with st.container(horizontal=True):
        menu.link("gateway", gateway_product=row.name)
        menu.link("cycles", cycles_view="one", cycles_product=row.name)
        menu.link("baskets", baskets_view="one", baskets_product=row.name)
    st.markdown(f"**{_('Sold as')}**")
    parts = result(made_of, store, row.name)
    widgets.table(
        parts,
        {
            "title": Column(_("Title")),
            "variant": Column(_("Variant")),
            "source_product_id": Column(_("Id")),
            "sku": Column(_("Stock number")),
            "lines": Column(_("Lines"), "number", _("In all files, whether the order counts or not.")),
        },
        name="product-parts",
        height=320 if len(parts) > 8 else "auto",
    )


def still(found: Products) -> None:
    """Products nobody has bought lately."""
    rows = found.standing_still
    if rows.empty:
        st.success(_("Every product of this period was sold within the last 90 days."), icon=":material/check_circle:")
        return
    st.markdown(
        _(
            "Bought in this period, and by nobody in the last 90 days. Whether there is stock left, the orders do not say."
        )
    )
    widgets.table(
        rows,
        {
            "product": Column(_("Product")),
            "last_day": Column(_("Last sold"), "day"),
            "silent": Column(_("Days since a sale"), "number"),
            "revenue": Column(_("Revenue"), "money"),
            "orders": Column(_("Orders"), "number"),
            "return_rate": Column(_("Returned"), "percent"),
            "rate": Column(_("Back within {days}", days=text.days(found.days)), "percent"),
        },
        name="products-still",
        xlsx=True,
        height=460 if len(rows) > 12 else "auto",
    )
    st.caption(_("As of {day}", day=text.day(current().store.shop.as_of)))
