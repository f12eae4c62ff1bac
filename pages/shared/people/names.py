"""How a customer is named on the screen: masked, or as the export has them once the reader asked for names. One switch, one rule."""

from __future__ import annotations

import pandas as pd
import streamlit as st


def shown() -> bool:
    """Whether the reader asked for names."""
    return bool(st.session_state.get("names"))


def who(rows: pd.DataFrame, masked: str = "label") -> pd.Series:
    """What stands for each row's customer. rows: account, email, phone and customer_id, as far as they are there; masked: the column of the
    masked names.
    """
    if not shown():
        return rows[masked]
    named = pd.Series(None, index=rows.index, dtype=object)
    for column in ("account", "email", "phone", "customer_id"):
        if column in rows:
            named = named.where(named.notna(), rows[column])
    return named.where(named.notna(), rows[masked])
