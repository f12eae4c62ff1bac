"""Saving the page that is open, with its choices, under a name; the notebook page lists them."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from pages.shared import menu
from pages.shared.remembered import said
from pages.shared.text import _, literal

OF_THE_READER = ("lang", "shop")
"""Parts of an address that are no part of a view."""


def save(page: str) -> None:
    """Draw where this view is given a name."""
    with st.popover(_("Save this view"), icon=":material/bookmark:"):
        st.text_input(_("Name"), key="view_name", max_chars=60, placeholder=menu.title(page))
        st.button(_("Save"), key="view_save", on_click=_save, args=(page,))
        menu.link("notebook", _("Saved views"), notebook_section="views")


def _save(page: str) -> None:
    name = st.session_state["view_name"].strip() or menu.title(page)
    choices = {key: st.query_params.get_all(key) for key in st.query_params if key not in OF_THE_READER}
    link = f"{page}?{urlencode(choices, doseq=True)}"
    if said.write(lambda notebook: notebook.put("views", [{"name": name, "link": link}])):
        said.say(said.here(), _("“{name}” is saved.", name=literal(name)))
        st.session_state["view_name"] = ""
