"""Present mode, for a projector: no side bar, the answer large, charts with large words; the arrow keys turn the page. It is in the address."""

from __future__ import annotations

import plotly.graph_objects as go
import streamlit as st

from pages.shared import browser, links, menu
from pages.shared.text import _

_KEY = "present"
WORDS = 18
"""Pixels of the smallest words of a chart."""
TALL = 378
"""Pixels of a chart: with the answer above it, it is whole on 1280 × 720."""
ROWS = 8
"""Rows of a triangle that can be read in TALL."""
_ORDER = tuple(name for name in menu.PAGES if name not in ("data", "notebook", "storage", "glossary"))


def on() -> bool:
    """Whether the reader presents."""
    return bool(st.session_state.get(_KEY))


def switch() -> None:
    """The one switch, at the side."""
    st.toggle(
        _("Present"),
        key=_KEY,
        bind="query-params",
        help=_(
            "For a projector: without this side bar, with larger words. The keys ← and → turn the page, Esc ends it."
        ),
    )


def bar(page: str) -> None:
    """Above the page while one presents: the way on, back and out."""
    if not on():
        return
    place = _ORDER.index(page) if page in _ORDER else 0
    with st.container(horizontal=True, horizontal_alignment="right", gap="small", key="present_bar"):
        for step, where, icon in ((-1, "before", "arrow_back"), (1, "after", "arrow_forward")):
            name = _ORDER[(place + step) % len(_ORDER)]
            with st.container(key=f"present_{where}", width="content"):
                st.page_link(menu.file(name), label=menu.title(name), icon=f":material/{icon}:")
        browser.arrow_keys()
        st.button(
            _("End"), key="present_end", type="tertiary", icon=":material/close_fullscreen:", shortcut="Esc",
            on_click=links.reset, args=({_KEY: False},),
        )  # fmt: skip


def enlarged(figure: go.Figure) -> go.Figure:
    """The figure as a projector needs it: every word at least WORDS pixels, TALL at most."""
    words = {"size": WORDS}
    axes = {"tickfont": words, "title": {"font": words}}
    figure.update_layout(
        font=words, legend={"font": words}, hoverlabel={"font": words}, height=min(figure.layout.height or TALL, TALL),
        uniformtext={"minsize": 12},
    )  # fmt: skip
    figure.update_xaxes(axes)
    figure.update_yaxes(axes)
    figure.update_annotations(font_size=WORDS, width=None, height=None)
    if figure.layout.coloraxis.colorbar.ticktext:
        figure.update_layout(coloraxis={"colorbar": {"tickfont": words}})
    for trace in figure.data:
        if "text" in trace and "textfont" in trace:
            trace.textfont.size = WORDS
        if trace.type == "bar":
            trace.textangle = 0
    return figure
