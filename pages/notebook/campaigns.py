"""The campaign diary: what was done, when, for whom, with which offer."""

from __future__ import annotations

from datetime import date

import streamlit as st

from analytics.workspace import Notebook
from pages.shared import session, widgets
from pages.shared.remembered import said
from pages.shared.text import _, literal, plain
from pages.shared.widgets import Column

FIELDS = ("name", "first_day", "last_day", "audience", "offer", "cost", "note")


def show(notebook: Notebook) -> None:
    """A form for one campaign, and those there are."""
    now = session.current()
    today = now.store.shop.as_of if now.store else date.today()
    with st.form("notebook_campaign", border=True, clear_on_submit=True):
        with st.grid(3, min_column_width=200):
            st.text_input(_("Campaign"), key="campaign_name", max_chars=80, placeholder=_("for example: 11.11"))
            st.date_input(_("First day"), value=today, key="campaign_first_day")
            st.date_input(_("Last day"), value=None, key="campaign_last_day")
            st.text_input(_("For whom"), key="campaign_audience", max_chars=120)
            st.text_input(_("Offer"), key="campaign_offer", max_chars=120)
            st.number_input(_("Cost"), min_value=0.0, value=None, step=100.0, format="%.0f", key="campaign_cost")
        st.text_input(_("Note"), key="campaign_note", max_chars=200)
        st.form_submit_button(_("Write it down"), type="primary", icon=":material/edit_note:", on_click=_add)
    rows = notebook.rows("campaigns")
    widgets.table(
        rows.sort_values(["first_day", "name"], ascending=[False, True]),
        {
            "name": Column(_("Campaign")),
            "first_day": Column(_("First day")),
            "last_day": Column(_("Last day")),
            "audience": Column(_("For whom")),
            "offer": Column(_("Offer")),
            "cost": Column(_("Cost"), "money"),
            "note": Column(_("Note")),
        },
        name="campaigns",
        xlsx=True,
    )
    if len(rows):
        names = {
            f"{row.first_day} {row.name}": {"name": row.name, "first_day": row.first_day} for row in rows.itertuples()
        }
        with st.popover(_("Delete"), icon=":material/delete:"):
            chosen = st.multiselect(_("Campaigns to delete"), list(names), key="campaign_out", placeholder=_("None"))
            st.button(_("Delete them"), key="campaign_drop", on_click=_drop, args=([names[one] for one in chosen],))


def _add() -> None:
    row = {name: st.session_state[f"campaign_{name}"] for name in FIELDS}
    row = {name: (value.strip() or None) if isinstance(value, str) else value for name, value in row.items()}
    if not row["name"] or not row["first_day"]:
        said.say(said.here(), _("A campaign needs a name and a first day."), problem=True)
    elif row["last_day"] and row["last_day"] < row["first_day"]:
        said.say(said.here(), _("The last day of a campaign comes after its first."), problem=True)
    elif said.write(lambda notebook: notebook.put("campaigns", [row])):
        said.say(said.here(), _("“{name}” is in the diary.", name=plain(literal(row["name"]))))


def _drop(keys: list[dict]) -> None:
    said.write(lambda notebook: notebook.drop("campaigns", keys))
