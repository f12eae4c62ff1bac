"""Saved views: a name, and the page with its choices."""

from __future__ import annotations

from urllib.parse import parse_qs

import streamlit as st

from analytics.workspace import Notebook
from pages.shared import menu
from pages.shared.remembered import said
from pages.shared.text import _, literal, plain


def show(notebook: Notebook) -> None:
    """Those there are, each a link; saving one is in the side bar of every page."""
    rows = notebook.rows("views")
    if rows.empty:
        st.caption(
            _("None yet. “Save this view”, at the side of every page, keeps the page with its choices under a name.")
        )
    for place, row in enumerate(rows.itertuples()):
        page, _mark, query = row.link.partition("?")
        if page not in menu.PAGES:
            continue
        choices = {name: values if len(values) > 1 else values[0] for name, values in parse_qs(query).items()}
        with st.container(horizontal=True, vertical_alignment="center"):
            menu.link(page, plain(f"{literal(row.name)} · {menu.title(page)}"), **choices)
            st.button(
                _("Delete"), key=f"notebook_view_{place}", type="tertiary", icon=":material/delete:",
                on_click=said.write, args=(lambda notebook, name=row.name: notebook.drop("views", [{"name": name}]),),
            )  # fmt: skip
