"""One strip per order, to be printed and packed by."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.parcels import Shipping
from pages.shared import text
from pages.shared.links import linked
from pages.shared.made import made
from pages.shared.people import names
from pages.shared.text import _, literal, missing, number, plain
from pages.shipping import orders, words

A_PAGE = 60
"""Strips shown at once."""


def show(found: Shipping) -> None:
    """The strips, and what to print."""
    rows = found.table
    if rows.empty:
        orders.show(found)
        return
    with st.container(horizontal=True, vertical_alignment="bottom", key="on_screen_strips"):
        inner = st.toggle(_("With segment and last complaint"), value=True, key="shipping_inner", bind="query-params")
        parts = {
            str(start): _("{first} to {last}", first=number(start + 1), last=number(min(start + A_PAGE, len(rows))))
            for start in range(0, len(rows), A_PAGE)
        }
        start = int(linked(st.selectbox, _("Strips"), parts, key="shipping_part", width=200)) if len(parts) > 1 else 0
    st.caption(
        _("Print with Ctrl + P (on a Mac ⌘ + P): only the strips come out. With segment and complaint they are for whoever packs, and stay out of the parcel."),
        width="stretch",
    )  # fmt: skip
    with st.container(key="shipping_strips", gap="small"):
        for at, strip in enumerate(made(_strips, rows, start, words.texts(), inner, names.shown())):
            with st.container(border=True, key=f"shipping_strip_{at}", gap="xsmall"):
                st.markdown(strip)
    with st.container(key="on_screen_given"):
        orders.given(rows)


def _strips(rows: pd.DataFrame, start: int, texts: dict, inner: bool, _named: bool) -> list[str]:
    """The strips of one page, in Markdown."""
    shown = rows.iloc[start : start + A_PAGE]
    people = names.who(shown)
    return [
        plain(_strip(row, person, texts, inner=inner)) for row, person in zip(shown.itertuples(), people, strict=True)
    ]


def _strip(row: object, person: object, texts: dict[str, tuple[str, str]], *, inner: bool) -> str:
    """One strip in Markdown."""
    head = [f"**{literal(row.order_id)}**", literal(person) if isinstance(person, str) else "", words.nth(row)]
    if inner and isinstance(row.segment, str):
        head.append(_(row.segment))
    sent = [
        literal(row.delivery) if isinstance(row.delivery, str) else "",
        literal(row.payment) if isinstance(row.payment, str) else "",
    ]
    if not missing(row.ship_by):
        sent.append(_("send by {day}", day=text.day(row.ship_by)))
    lines = [" · ".join(part for part in head if part), " · ".join(part for part in sent if part)]
    held = row.items if isinstance(row.items, str) else ""
    lines += [f"☐ {literal(item)}" for item in held.split("\n") if item]
    if isinstance(row.note, str):
        lines.append(f"**{_('Note of the buyer')}** {literal(row.note)}")
    if isinstance(row.card, str):
        code = texts[row.card][1]
        lines.append(f"**{_('Card')}** {_(words.CARDS[row.card])}" + (f" · {literal(code)}" if code else ""))
    if inner and (last := words.complaint(row)):
        lines.append(f"**{_('Last complaint')}** {literal(last)}")
    return "  \n".join(line for line in lines if line)
