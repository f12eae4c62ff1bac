"""What was read of each file of reviews: rows kept and left out, and how the reviews were tied to orders."""

from __future__ import annotations

import streamlit as st

from analytics.store import Store
from pages.shared import text, widgets
from pages.shared.text import _, number, percent
from pages.shared.widgets import Column


def show(store: Store) -> None:
    """The sum in a sentence, and one row per file."""
    rows = store.query("review_files")
    joined = rows.by_order.sum() + rows.by_product.sum() + rows.by_date.sum()
    st.markdown(
        _(
            "{rows} rows: {kept} reviews kept, {twice} twice, {spam} spam, {nothing} with nothing to read. {joined} of those kept are tied to an order.",
            rows=number(rows["rows"].sum()),
            kept=number(rows.kept.sum()),
            twice=number(rows.duplicate.sum()),
            spam=number(rows.spam.sum()),
            nothing=number(rows.unreadable.sum()),
            joined=percent(joined / max(1, rows.kept.sum())),
        )
    )
    widgets.table(
        rows,
        {
            "name": Column(_("File")),
            "label": Column(_("Source")),
            "rows": Column(_("Rows"), "number"),
            "kept": Column(_("Kept"), "number"),
            "duplicate": Column(_("Twice"), "number"),
            "spam": Column(_("Spam"), "number"),
            "unreadable": Column(_("Nothing to read"), "number"),
            "by_order": Column(_("Tied by order number"), "number"),
            "by_product": Column(_("by customer and product"), "number"),
            "by_date": Column(_("by customer and date"), "number"),
            "by_customer": Column(_("Customer only"), "number"),
            "not_joined": Column(_("Not tied"), "number"),
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
    show(store)
