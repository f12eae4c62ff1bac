"""Around the tasks: limits and who is left out, and the week as a text, a calendar and a print."""

from __future__ import annotations

from datetime import UTC, datetime

import pandas as pd
import streamlit as st

from analytics.contacts import Limits
from analytics.export import ics
from analytics.week import Week
from pages.shared import sent_lists, session, widgets
from pages.shared.text import _, bare, number, plain
from pages.shared.widgets import Column
from pages.week import words


def show(week: Week) -> None:
    """How often somebody may be written to, who is left out and why, and how the lists overlap."""
    with st.container(horizontal=True):
        st.number_input(
            _("Days since the last message, at least"),
            0,
            60,
            Limits.within,
            key="week_within",
            persist_state="session",
            width=260,
        )
        st.number_input(
            _("Messages in 30 days, at most"),
            1,
            30,
            Limits.a_month,
            key="week_a_month",
            persist_state="session",
            width=260,
        )
    st.caption(_("In Shopee’s chat, write between 08:00 and 22:00; messages at night are what people block shops for."))
    st.markdown(f"**{_('Who fits a list and is on none, and why')}**")
    left = pd.DataFrame([{"reason": _(words.REASONS[reason]), "people": n} for reason, n in week.excluded.items()])
    widgets.table(
        left,
        {"reason": Column(_("Reason")), "people": Column(_("People"), "number")},
        name="week-excluded",
        download=False,
    )
    if len(week.overlap) > 1:
        st.markdown(f"**{_('How many people fit two lists')}**")
        st.caption(_("They are written to on the list that says most to them, and on no other."))
        table = week.overlap.rename(index=lambda kind: _(sent_lists.LISTS[kind])).reset_index(names="list")
        columns = {"list": Column(_("List"))} | {
            kind: Column(_(sent_lists.LISTS[kind]), "number") for kind in week.overlap
        }
        widgets.table(table, columns, name="week-overlap", download=False)


def take_away(week: Week) -> None:
    """The week as a text to copy, and as a calendar."""
    if not week.tasks:
        return
    with st.expander(_("Take the week along"), icon=":material/content_copy:"):
        st.code(words.of_the_week(week), language=None, wrap_lines=True)
        st.download_button(
            _("Week as a calendar (.ics)"),
            ics([(task.until, task.kind, bare(words.title(task)), "") for task in week.tasks], name=_("This week"), made=datetime.now(UTC)),
            f"regulars-{session.current().shop}-week-{week.as_of:%Y-%m-%d}.ics", "text/calendar", key="week_ics", on_click="ignore", icon=":material/calendar_month:",
        )  # fmt: skip
        st.caption(
            plain(
                _(
                    "No customer is named in either. {n} people are on lists this week.",
                    n=number(sum(len(task.people) for task in week.tasks)),
                )
            )
        )
