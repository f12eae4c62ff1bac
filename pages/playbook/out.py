"""The table taken along: canned replies for a chat tool, and the draft of an FAQ per product."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.export import csv_bytes
from analytics.playbook import canned, faq
from pages.playbook import book
from pages.shared import session
from pages.shared.text import _, number

UNFILLED = "…"


def show(rows: pd.DataFrame) -> None:
    """Replies one a line, the same as CSV, and the FAQ."""
    replies = canned(rows)
    if not replies:
        st.info(_("The table has no answer yet: write some, or take suggestions in."), icon=":material/edit_note:")
        return
    if open_ones := sum(UNFILLED in reply for reply in replies):
        st.caption(_("{n} of them still hold “…”: fill that in before you use them.", n=number(open_ones)))
    name = f"regulars-{session.current().shop}"
    st.markdown(f"**{_('Canned replies, one a line')}**")
    st.code("\n".join(replies), language=None, wrap_lines=True, height=min(80 + 26 * len(replies), 360))
    with st.container(horizontal=True):
        st.download_button(_("Replies as text"), "\n".join(replies), f"{name}-replies.txt", "text/plain", key="playbook_txt", on_click="ignore", icon=":material/download:")  # fmt: skip
        st.download_button(_("Replies as CSV"), _for_tools(rows), f"{name}-replies.csv", "text/csv", key="playbook_csv", on_click="ignore", icon=":material/download:")  # fmt: skip
    st.markdown(f"**{_('Draft of an FAQ, product by product')}**")
    draft = _faq(rows)
    st.code(draft, language=None, wrap_lines=True, height=320)
    st.download_button(_("FAQ as text"), draft, f"{name}-faq.txt", "text/plain", key="playbook_faq", on_click="ignore", icon=":material/download:")  # fmt: skip


def _for_tools(rows: pd.DataFrame) -> bytes:
    """Number, keyword and reply: the columns that chat tools ask for."""
    answered = rows[(rows.answer != "") | (rows.recommend != "")]
    names = book.products()
    return csv_bytes(
        pd.DataFrame(
            {
                _("Shortcut"): [f"/{at}" for at in range(1, len(answered) + 1)],
                _("Keyword"): answered.question.tolist(),
                _("Product"): [names.get(product, product) if product else "" for product in answered.product_id],
                _("Reply"): [" ".join(f"{row.answer} {row.recommend}".split()) for row in answered.itertuples()],
            }
        )
    )


def _faq(rows: pd.DataFrame) -> str:
    parts = []
    for product, pairs in faq(rows, book.products()):
        parts.append("\n".join([f"■ {product}", *(f"Q：{question}\nA：{answer}\n" for question, answer in pairs)]))
    return "\n".join(parts).strip()
