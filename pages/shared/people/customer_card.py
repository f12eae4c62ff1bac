"""One customer: what they bought and when, how their segment changed, what to do next."""

from __future__ import annotations

import streamlit as st

from analytics.contacts import charts
from analytics.contacts.customer import customer, largest, named
from analytics.segments.advice import ADVICE
from analytics.segments.rfm import Rfm
from analytics.store import Store
from pages.shared import drawing, segments, text, widgets
from pages.shared.made import made
from pages.shared.people import customer_notes, names
from pages.shared.text import _, days, literal, money, plain, plural
from pages.shared.widgets import Column


def find(store: Store, found: Rfm) -> None:
    """Choose a customer, or look one up by account, e-mail or phone."""
    most = largest(store, 200)
    shown = most["name"] if names.shown() else most["label"]
    options = {
        one: f"{name} · {money(revenue, store.shop.currency)}"
        for one, name, revenue in zip(most.customer_id, shown, most.revenue, strict=True)
    }
    with st.container(horizontal=True):
        who = st.selectbox(
            _("Customer"),
            list(options),
            format_func=lambda one: options.get(one, one),
            key="segments_customer",
            persist_state="session",
            help=_("The 200 with the most revenue."),
        )
        asked = st.text_input(
            _("Or look up"), key="segments_lookup", placeholder=_("Account, e-mail or phone"), persist_state="session"
        )
    if asked.strip():
        matches = named(store, [asked])
        if not matches:
            st.caption(_("Nobody by that name under these filters."))
            return
        who = matches[0]
    show(store, found, who)


def show(store: Store, found: Rfm, who: str, *, name: str = "") -> None:
    """The card of one customer. name: of the list it belongs to, where a page may show several cards."""
    name = f"{name}-customer" if name else "customer"
    found_card = made(customer, store, found, who)
    facts = found_card.facts
    product = facts.usual_product if isinstance(facts.usual_product, str) else ""
    told = plural(
        "**{segment}** · {n} buying day, {revenue}, last bought {ago} ago",
        "**{segment}** · {n} buying days, {revenue}, last bought {ago} ago",
        int(facts.days),
        segment=_(facts.segment),
        revenue=money(facts.revenue, store.shop.currency),
        ago=days(facts.recency),
    )
    told += f" · {_('usually buys {product}', product=literal(product))}" if product else ""
    told += f" · {_(segments.PACE_NAMES[facts.pace])}" if isinstance(facts.pace, str) else ""
    st.markdown(plain(told))
    widgets.chart(
        drawing.drawn(charts.timeline, found_card, segments.names(), prefix=text.symbol(store.shop.currency)),
        name=name,
        unit=_("Height of a stem: revenue of an order in {currency}.", currency=store.shop.currency),
        finding=told,
        n=plural("{n} order", "{n} orders", len(found_card.orders)),
        alt=_(
            "One customer's orders by day and revenue; the squares below show the segment every 30 days of the last year."
        ),
    )
    with st.expander(_("Tags and notes"), icon=":material/edit_note:"):
        customer_notes.show(store, facts)
    advice = ADVICE[facts.segment]
    with st.container(border=True):
        st.markdown(f"**{_('Next step')}** {segments.step(advice.steps[0])}")
        st.code(segments.message(facts.segment, product), language=None, wrap_lines=True)
    widgets.table(
        found_card.orders,
        {
            "ordered_at": Column(_("Day"), "day"),
            "gap": Column(_("Gap"), "days", _("Days since the one before")),
            "revenue": Column(_("Revenue"), "money"),
            "products": Column(_("Products")),
            "coupon": Column(_("Coupon")),
            "shop": Column(_("Store")),
        },
        name=f"{name}-orders",
    )
    widgets.table(
        found_card.products,
        {
            "product": Column(_("Product")),
            "times": Column(_("Times bought"), "number"),
            "gap_days": Column(_("Every"), "days"),
            "last_day": Column(_("Last bought"), "day"),
            "due_day": Column(_("Next due"), "day"),
            "revenue": Column(_("Revenue"), "money"),
        },
        name=f"{name}-products",
    )
    if len(found_card.reviews):
        widgets.table(
            found_card.reviews,
            {
                "reviewed_at": Column(_("Day"), "day"),
                "rating": Column(_("Stars"), "number"),
                "product": Column(_("Product")),
                "text": Column(_("Review")),
                "reply": Column(_("Reply")),
            },
            name=f"{name}-reviews",
        )
