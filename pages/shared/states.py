"""What a page shows in place of itself: too few orders for an answer, nothing read yet; always with the next step."""

from __future__ import annotations

import streamlit as st

from analytics.errors import RegularsError
from pages.shared import menu, session, text
from pages.shared.remembered import shops
from pages.shared.text import _, literal, plain


def too_little(error: RegularsError) -> None:
    """An analysis that cannot be made of these orders: why, and the way on."""
    with st.container(border=True):
        st.markdown(f":material/hourglass_empty: {plain(text.say(error))}")
        if isinstance(error, session.OnlyReviews):
            menu.link("sentiment")
        next_step(_("Add files"))


def nothing_read(*, at_data: bool = False) -> None:
    """No file could be read, or none was given yet: where to go, and which shops are remembered. at_data: this is the page it would lead to."""
    if session.current().problems:
        st.title(_("No orders could be read yet"), anchor=False)
        st.markdown(_("What is missing is said above; add other files at the side, or look at a demo shop first."))
    else:
        st.title(_("No orders yet"), anchor=False)
        st.markdown(_("Drop your order exports into the box at the side, or look at a demo shop first."))
        st.caption(
            _(
                "Did somebody send you this link? A shop's own files never leave the computer they were opened on, so a link cannot bring them along: drop in the same files here, or ask for the picture or the table instead."
            )
        )
    for name, shop in shops.names().items():
        st.button(
            _("Open {shop}", shop=literal(shop)),
            key=f"open_{name}",
            on_click=shops.go_to,
            args=(name,),
            icon=":material/storefront:",
        )
    if not at_data:
        next_step(_("How to export orders"))


def next_step(label: str) -> None:
    """A link to the import & health page, where files are added and mended."""
    menu.link("data", label)
