"""What was read of each file of reviews: rows kept and left out, and how the reviews were tied to orders."""

from __future__ import annotations

import streamlit as st

from analytics.reviews.files import files_read
from analytics.store import Store
from pages.shared import menu, text, widgets
from pages.shared.session import result
from pages.shared.text import _, number, percent
from pages.shared.widgets import Column


def show(store: Store) -> None:
    """The sum in a sentence, and one row per file."""
    read = result(files_read, store)
    st.markdown(
        _(
            "{rows} rows: {kept} reviews kept, {twice} twice, {spam} spam, {nothing} with nothing to read. {joined} of those kept are tied to an order.",
            rows=number(read.total("rows")),
            kept=number(read.total("kept")),
            twice=number(read.total("duplicate")),
            spam=number(read.total("spam")),
            nothing=number(read.total("unreadable")),
            joined=percent(read.tied),
        )
    )
    widgets.table(
        read.table,
        {
            "name": Column(_("File")),
            "label": Column(_("Source")),
            "rows": Column(_("Rows"), "number"),
            "kept": Column(_("Kept"), "number"),
            "duplicate": Column(_("Twice"), "number"),
            "spam": Column(_("Spam"), "number"),
            "unreadable": Column(_("Empty"), "number", help=_("Nothing to read: no words, no stars, no score.")),
            "by_order": Column(_("By order"), "number", help=_("Tied to an order by its number.")),
            "by_product": Column(_("By goods"), "number", help=_("Tied to an order by customer and product.")),
            "by_date": Column(_("By date"), "number", help=_("Tied to an order by customer and date.")),
            "by_customer": Column(_("Buyer only"), "number", help=_("The customer is known, the order is not.")),
            "not_joined": Column(_("Not tied"), "number", help=_("Neither the order nor the customer is known.")),
            "first": Column(_("First"), "day"),
            "last": Column(_("Last"), "day"),
        },
        name="review-files",
    )


def only_reviews(store: Store) -> None:
    """For a shop of which no order was read: what there is, and what to add."""
    widgets.header(_("Can these data be trusted?"), scope=_("All files, whatever the filter at the side."))
    st.markdown(
        text.plural(
            "{n} review was read, and no orders. The review pages work; everything else needs the shop's order exports.",
            "{n} reviews were read, and no orders. The review pages work; everything else needs the shop's order exports.",
            store.shop.reviews,
        )
    )
    menu.link("sentiment")
    show(store)
