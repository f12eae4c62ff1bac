"""Where the owner's product sheet is kept: in this session, one for each shop; as a CSV file for the next time.

Everybody else asks `current(shop)` and tells `keep(shop, sheet)`.
"""

from __future__ import annotations

import streamlit as st

from analytics.store import Sheet


def current(shop: str) -> Sheet:
    """The sheet of a shop (its name in the frame); one that says nothing where there is none."""
    return st.session_state.get("product_sheets", {}).get(shop, Sheet())


def keep(shop: str, sheet: Sheet) -> None:
    """From the next run on, this is the shop's sheet."""
    st.session_state["product_sheets"] = {**st.session_state.get("product_sheets", {}), shop: sheet}
