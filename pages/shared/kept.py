"""What the owner told this session about the shop, as text and in one place: cut points, and the customers older than the data.

It is no widget's state, so it outlives page switches; a page writes it by `keep` and reads it by `text`.
"""

from __future__ import annotations

import streamlit as st

CUTS, KNOWN = "cuts", "known"
"""Cut points as `str(Cuts)` ("": the shop's usual ones); accounts, e-mails or phone numbers, one a line."""


def text(what: str) -> str:
    """What was told of CUTS or KNOWN; "": nothing."""
    return st.session_state.get(f"kept_{what}", "")


def keep(what: str, words: str) -> None:
    """From now on this was told of CUTS or KNOWN."""
    st.session_state[f"kept_{what}"] = words
