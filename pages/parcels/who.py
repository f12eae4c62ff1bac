"""Who picks up: each known buyer who left a parcel unclaimed, with how many were sent."""

from __future__ import annotations

import streamlit as st

from analytics.parcels import Buyers, Outcomes
from analytics.store import Store
from pages.shared import menu, text, widgets
from pages.shared.people import names
from pages.shared.text import _, number, plain, plural
from pages.shared.widgets import Column


def show(store: Store, found: Outcomes, people: Buyers) -> None:
    """What can be said of people, and the list."""
    if not found.whole.sent:
        st.info(
            _("Shopee's export of all orders (Order.all) gives a reason for each cancelled order; with it this page tells who did not pick up."),
            icon=":material/package_2:",
        )  # fmt: skip
        menu.link("data", _("How to export orders"))
        return
    if people.table.empty:
        st.success(_("Every known buyer picked up what was sent."), icon=":material/check:")
        return
    said = _(
        "If it were chance alone, with the shop's rate for everybody, about {n} would have left two or more.",
        n=number(people.by_chance, 1),
    )
    hint = (
        _("Clearly more did, so for some it is a habit: ask them to pay first.")
        if people.habit
        else _("Not clearly more did, so two unclaimed parcels say little about a person here.")
    )
    st.markdown(plain(text.sentences(said, hint)))
    waiting = int(people.table.to_ship.gt(0).sum())
    if waiting:
        st.markdown(
            plain(
                plural(
                    "{n} of those listed has an order that waits to be sent.",
                    "{n} of those listed have an order that waits to be sent.",
                    waiting,
                )
            )
        )
        menu.link("shipping")
    st.caption(
        _("One unclaimed parcel out of one says nothing of a person: look at how many were sent, and at the range.")
    )
    table = people.table.assign(who=names.who(people.table))
    columns = {
        "who": Column(_("Customer")), "sent": Column(_("Parcels sent"), "number"), "unclaimed": Column(_("Unclaimed"), "number"),
        "rate": Column(_("Picked up"), "percent"), "low": Column(_("Range from"), "percent"), "high": Column(_("Range to"), "percent"),
        "worth": Column(_("Goods ({currency})", currency=store.shop.currency), "money"), "last_day": Column(_("Last unclaimed order"), "day"),
        "to_ship": Column(_("Waiting to be sent"), "number"),
    }  # fmt: skip
    widgets.table(table, columns, name="parcels-buyers", xlsx=True)
