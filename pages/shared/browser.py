"""What only the reader's browser can do: bring a click's result into view."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

_HERE = Path(__file__).parent
_into_view = st.components.v2.component("regulars_into_view", js=(_HERE / "into_view.js").read_text(encoding="utf-8"))


def into_view(place: str, what: str) -> None:
    """Scroll to here once for each new `what`; "" leaves the page where it is. place: tells several such places of one page apart."""
    _into_view(data={"place": place, "what": what}, key=f"into_view_{place}", height="content")
