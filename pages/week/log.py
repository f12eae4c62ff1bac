"""Writing into the contact log: one person at a time, or a whole list that was sent at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import pandas as pd
import streamlit as st

from analytics.week import Task
from pages.shared import session
from pages.shared.remembered import said
from pages.shared.text import _, plain, plural
from pages.week import words

NAMES = ("account", "email", "phone")


def today() -> date:
    """The day on which a message goes out: today, and never a day that the data hold, since a purchase counts from that day on."""
    return max(date.today(), session.current().whole.shop.as_of + timedelta(days=1))


def entry(
    task: Task, row: Mapping[str, object], day: object, channel: str, *, held_out: bool = False
) -> dict[str, object]:
    """A row of the contact log. row: of a contact list, with message."""
    of = {"customer": row["customer_id"]} | {name: row.get(name) for name in NAMES}
    message = None if held_out else row.get("message")
    return of | {
        "day": day,
        "channel": channel,
        "list": task.name(session.current().whole.shop.as_of),
        "message": message,
        "held_out": held_out,
    }


def write(task: Task, rows: pd.DataFrame, day: object, channel: str) -> bool:
    """Write a list into the log, those held out too: without them nothing can be read back later. rows: of a contact list, with held_out."""
    entries = [entry(task, row, day, channel, held_out=bool(row["held_out"])) for row in rows.to_dict("records")]
    return said.write(lambda notebook: notebook.put("contact_log", entries))


def all_sent(task: Task, rows: pd.DataFrame) -> None:
    """The whole list was sent: on which day, by which channel."""
    key = f"week_sent_{task.kind}"
    with st.popover(_("The whole list was sent"), icon=":material/outgoing_mail:"):
        st.date_input(_("Day"), value=today(), key=f"{key}_day")
        st.selectbox(
            _("Channel"), list(words.CHANNELS), format_func=lambda one: _(words.CHANNELS[one]), key=f"{key}_channel"
        )
        st.button(
            plural("Write {n} person into the log", "Write {n} people into the log", len(rows)),
            key=f"{key}_write", type="primary", on_click=_all, args=(task, rows, key),
        )  # fmt: skip
        st.caption(_("Those held out are written down as held out, so that the list can be read back later."))


def _all(task: Task, rows: pd.DataFrame, key: str) -> None:
    channel = st.session_state[f"{key}_channel"]
    if write(task, rows, st.session_state[f"{key}_day"], channel):
        done = plural("{n} person is in the contact log.", "{n} people are in the contact log.", len(rows))
        said.say(said.here(), plain(done))
