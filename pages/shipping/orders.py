"""The orders that wait, as a table and a file, and the way to write down which card went where."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from analytics.parcels import LIST, Shipping
from pages.shared import menu, session, text, widgets
from pages.shared.made import made
from pages.shared.people import names
from pages.shared.remembered import said
from pages.shared.text import _, number, plain, plural
from pages.shared.widgets import Column
from pages.shipping import words


def show(found: Shipping) -> None:
    """The list; where it is empty, what would fill it."""
    rows = found.table
    if len(found.older):
        st.caption(
            plural(
                "{n} order of an older export was still to be sent when that was made; a newer export of all orders tells what became of it.",
                "{n} orders of older exports were still to be sent when these were made; a newer export of all orders tells what became of them.",
                len(found.older),
            )
        )
        if st.toggle(_("Show these too"), key="shipping_older", bind="query-params"):
            rows = pd.concat([rows, found.older], ignore_index=True)
    if rows.empty:
        if not len(found.older):
            st.info(
                _("In Shopee's Seller Centre export the orders to be shipped (Order.toship), on Shopify all orders, and drop the file in beside the others."),
                icon=":material/local_shipping:",
            )  # fmt: skip
            menu.link("data", _("How to export orders"))
        return
    st.caption(
        plain(_("First, second and so on count from {day}, where the files begin; who bought before looks new.", day=text.day(found.since)))
    )  # fmt: skip
    table = made(_described, rows, names.shown())
    columns = {
        "order_id": Column(_("Order")), "who": Column(_("Customer")), "nth": Column(_("Purchase no."), "number"), "card": Column(_("Card")),
        "segment": Column(_("Segment")), "items": Column(_("What goes in"), width="large"), "note": Column(_("Note of the buyer")),
        "complaint": Column(_("Last complaint")), "ship_by": Column(_("Send by"), "day"), "waits": Column(_("Waits"), "days"),
        "delivery": Column(_("Delivery")), "payment": Column(_("Payment")), "shop": Column(_("Store")),
    }  # fmt: skip
    columns = {
        name: column
        for name, column in columns.items()
        if name in ("order_id", "who", "items", "waits") or table[name].notna().any()
    }
    if rows.shop.nunique() == 1:
        columns.pop("shop", None)
    widgets.table(table, columns, name="shipping", xlsx=True)
    given(rows)


def _described(rows: pd.DataFrame, _named: bool) -> pd.DataFrame:
    return rows.assign(
        who=names.who(rows).fillna(_("not known")),
        segment=[_(segment) if isinstance(segment, str) else None for segment in rows.segment],
        card=[_(words.CARDS[card]) if isinstance(card, str) else None for card in rows.card],
        complaint=[words.complaint(row) or None for row in rows.itertuples()],
        items=rows["items"].str.replace("\n", "; "),
    )


def given(rows: pd.DataFrame) -> None:
    """Write into the contact log which card goes to whom, so that its return can be counted."""
    to_give = rows[rows.card.notna() & rows.customer_id.notna()]
    if to_give.empty:
        return
    st.button(
        plural("Write down that {n} card went in", "Write down that {n} cards went in", len(to_give)),
        key="shipping_given", icon=":material/edit_note:", on_click=_write, args=(to_give,),
    )  # fmt: skip
    st.caption(
        _(
            "Under “Cards” stands how many came back with the code. A card counts as no message, so it keeps nobody off a list."
        )
    )


def _write(rows: pd.DataFrame) -> None:
    day = max(date.today(), session.current().whole.shop.as_of)
    codes = {card: code for card, (_words, code) in words.texts().items()}
    entries = [
        {
            "customer": row.customer_id, "account": row.account, "email": row.email, "phone": row.phone, "day": day, "channel": "card",
            "list": f"{LIST}{row.card}", "message": codes[row.card] or None, "held_out": False,
        }
        for row in rows.itertuples()
    ]  # fmt: skip
    if said.write(lambda notebook: notebook.put("contact_log", entries)):
        done = _("{n} cards are written down as given on {day}.", n=number(len(entries)), day=text.day(day))
        said.say(said.here(), plain(done))
