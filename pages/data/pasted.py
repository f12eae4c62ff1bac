"""A box for reviews copied from a page: pasted, shown as rows to correct, taken as a file of reviews."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import streamlit as st

from analytics.sources import pasted
from pages.shared import filters, session
from pages.shared.remembered import arriving
from pages.shared.session import OWN
from pages.shared.text import N_, _, literal, plain, plural

COLUMNS = {
    "reviewed_at": N_("Day of the review"),
    "account": N_("Buyer"),
    "order_id": N_("Order number"),
    "rating": N_("Stars (1 to 5)"),
    "text": N_("What the buyer wrote"),
    "product": N_("Product"),
    "variant": N_("Variant"),
    "reply": N_("The shop's reply"),
}


def box() -> None:
    """The box, folded; below it what was pasted before, to be taken back."""
    with st.expander(_("Paste reviews copied from a page"), icon=":material/content_paste:"):
        st.markdown(
            _(
                "Shopee Taiwan has no export of reviews. Open the page of shop ratings in its Seller Centre, mark the reviews, copy and paste them here, one after another as they come."
            )
        )
        st.text_area(_("Copied reviews"), key="data_pasted_text", height=180)
        found = pasted.rows(st.session_state["data_pasted_text"] or "")
        if found.empty:
            if st.session_state["data_pasted_text"]:
                st.markdown(_("No review could be told in this text. Each needs words or stars."))
        else:
            _rows(found)
    for name in session.told("pasted"):
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.markdown(f":material/content_paste: {plain(literal(name))}")
            st.button(
                _("Remove"),
                key=f"data_pasted_{name}",
                on_click=session.told("pasted").pop,
                args=(name, None),
                icon=":material/delete:",
            )


def _rows(found: pd.DataFrame) -> None:
    st.markdown(
        plural(
            "{n} review, as it will be read. Correct what is wrong in the table.",
            "{n} reviews, as they will be read. Correct what is wrong in the table.",
            len(found),
        )
    )
    corrected = st.data_editor(
        found,
        column_config={name: st.column_config.TextColumn(_(words)) for name, words in COLUMNS.items()},
        hide_index=True,
        num_rows="dynamic",
        key="data_pasted_rows",
        alt=_("The reviews as rows"),
    )
    st.button(
        _("Take these reviews"),
        type="primary",
        key="data_pasted_take",
        icon=":material/arrow_forward:",
        on_click=_take,
        args=(pasted.table(corrected),),
    )


def _take(table: str) -> None:
    shop, told = session.current().remembered, session.told("pasted")
    there = {Path(file.name).stem for file in shop.files} if shop else set(told)
    number = 1
    while _("Pasted reviews {n}", n=number) in there:
        number += 1
    name = _("Pasted reviews {n}", n=number)
    st.session_state["data_pasted_text"] = ""
    if shop:
        arriving.take_pasted(shop, name, table)
        return
    told[name] = table
    st.session_state["shop"] = OWN
    filters.forget_customers()
