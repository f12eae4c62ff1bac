"""Lists of customers, as a table with its download: masked unless the reader asked for names."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.contacts import reach
from analytics.store import Store
from pages.shared import text, widgets
from pages.shared.session import result
from pages.shared.text import N_, _
from pages.shared.widgets import Column


def customers(store: Store, rows: pd.DataFrame, *, name: str, extra: dict[str, Column] | None = None) -> None:
    """Customers with when and what they bought. rows: the columns of `customer_facts`. extra: further columns of `rows`, shown second."""
    facts = result(reach, store, tuple(rows.customer_id), text.listed(["", ""]))
    rows = rows.join(facts, on="customer_id")
    open_names = bool(st.session_state.get("names"))
    who = rows.account.fillna(rows.email).fillna(rows.phone).fillna(rows.customer_id) if open_names else rows.label
    shown = rows.assign(who=who)
    columns = {
        "who": Column(_("Customer")),
        **(extra or {}),
        "days": Column(_("Times"), "number", _("Days on which they bought; several orders of one day count once.")),
        "first_ordered_at": Column(_("First order"), "day"),
        "last_ordered_at": Column(_("Last order"), "day"),
        "revenue": Column(_("Revenue"), "money"),
        "first_products": Column(_("First bought")),
    }
    if open_names:
        columns |= {
            column: Column(_(label))
            for column, label in (
                ("email", N_("E-mail")),
                ("phone", N_("Phone")),
                ("marketing", N_("Accepts marketing")),
            )
            if rows[column].notna().any()
        }
    widgets.table(shown, columns, name=name, xlsx=True, height=320 if len(shown) > 8 else "auto")
