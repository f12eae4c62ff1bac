"""One person at a time: their story in two lines, what to copy, and a tick that writes the contact log."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.contacts import short_name
from analytics.store import Store
from analytics.week import ANSWER, Task, Week
from pages.shared import not_customers, sent_lists, session, text
from pages.shared.links import linked
from pages.shared.made import made
from pages.shared.people import names
from pages.shared.remembered import said
from pages.shared.text import _, literal, money, number, plain, plural
from pages.week import log, words
from pages.week.tasks import with_messages

PLACE = "week_place"
"""Session state: which person of the list is shown."""


def show(noted: Store, week: Week) -> None:
    """The list is chosen, and then one person after the other."""
    lists = {task.kind: task for task in week.tasks if len(task.people) and task.kind != ANSWER}
    if not lists:
        st.info(_("There is no list to work through this week."), icon=":material/spa:")
        return
    labels = {kind: f"{_(sent_lists.LISTS[kind])} {number(len(task.people))}" for kind, task in lists.items()}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        kind = linked(st.selectbox, _("List"), labels, key="week_list", width=280, on_change=_begin)
        channel = linked(
            st.selectbox,
            _("Channel"),
            {one: _(label) for one, label in words.CHANNELS.items()},
            key="week_channel",
            width=200,
        )
    task = lists[kind]
    store = session.current_store()
    held, rows, left_alone = made(_split, task, with_messages(store, task))
    if among := not_customers.among(set(rows.customer_id)):
        st.caption(plain(among))
    at = min(st.session_state.get(PLACE, 0), len(rows) - 1)
    st.progress((at + 1) / len(rows), text=_("{at} of {n}", at=number(at + 1), n=number(len(rows))))
    _person(task, rows.iloc[at], channel, week)
    with st.container(horizontal=True):
        st.button(
            _("The one before"),
            key="week_before",
            icon=":material/arrow_back:",
            shortcut="ArrowLeft",
            disabled=at == 0,
            on_click=_go,
            args=(at - 1,),
        )
        st.button(
            _("Sent, next"), key="week_tick", icon=":material/check:", type="primary", shortcut="Ctrl+Enter", on_click=_sent, args=(task, rows.iloc[at].to_dict(), left_alone, channel, at, len(rows)),
        )  # fmt: skip
        st.button(
            _("Skip"),
            key="week_skip",
            icon=":material/arrow_forward:",
            shortcut="ArrowRight",
            disabled=at == len(rows) - 1,
            on_click=_go,
            args=(at + 1,),
        )
    if held:
        st.caption(
            plural(
                "{n} person of this list is held out and is not shown here.",
                "{n} people of this list are held out and are not shown here.",
                len(held),
            )
        )


def _split(task: Task, rows: pd.DataFrame) -> tuple[set[str], pd.DataFrame, list[dict]]:
    """Who is held out, the rows of the others, and theirs."""
    held = set(task.people.customer_id[task.people.held_out.astype(bool)])
    out = rows.customer_id.isin(held)
    return held, rows[~out].reset_index(drop=True), rows[out].to_dict("records")


def _person(task: Task, row: pd.Series, channel: str, week: Week) -> None:
    """Who it is, in two lines, and what to copy."""
    currency = session.current().currency
    with st.container(border=True):
        st.markdown(f"**{plain(literal(names.who(pd.DataFrame([row])).iloc[0]))}**")
        st.markdown(
            plain(
                _(
                    "Bought on {days}, {money} in all, the last time on {day} ({ago}).",
                    days=plural("{n} day", "{n} days", int(row.days)), money=money(row.revenue, currency), day=text.day(row.last_day), ago=plural("{n} day ago", "{n} days ago", int(row.recency)),
                )
            )
        )  # fmt: skip
        product = row.get("product") if isinstance(row.get("product"), str) else row.usual_product
        if isinstance(product, str):
            st.markdown(plain(_("It is about {product}.", product=literal(short_name(product)))))
        st.caption(_("Account, to copy"))
        st.code(str(row.account or row.email or row.phone or _("unknown")), language=None)
        st.caption(_("Message, to copy"))
        st.code(row.message, language=None, wrap_lines=True)


def _begin() -> None:
    st.session_state[PLACE] = 0


def _go(at: int) -> None:
    st.session_state[PLACE] = at


def _sent(task: Task, row: dict, held: list[dict], channel: str, at: int, n: int) -> None:
    """Write down that it was sent, and with the first one who is held out, so that they stay so and the list can be read back."""
    day = log.today()
    entries = [log.entry(task, one, day, channel, held_out=True) for one in held]
    if said.write(lambda notebook: notebook.put("contact_log", [*entries, log.entry(task, row, day, channel)])):
        st.session_state[PLACE] = min(at, n - 2) if n > 1 else 0
