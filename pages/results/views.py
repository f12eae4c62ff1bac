"""The lists one by one, rounds of one kind together, and what the tools say that sent them."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.results import DAYS, WAITING, Results, already_buyers
from analytics.store import Store
from pages.results import words
from pages.shared import menu, sent_lists, session, text, widgets
from pages.shared.links import linked
from pages.shared.remembered import said
from pages.shared.session import result
from pages.shared.text import _, literal, number, percent, plain, plural
from pages.shared.widgets import Column

WINDOWS = (14, DAYS, 60, 90)
SHOWN = 12
"""Lists that are told in sentences; the table holds all."""


def days() -> int:
    """In how many days after a message a purchase counts."""
    named = {str(window): str(window) for window in WINDOWS}
    return int(
        linked(
            st.segmented_control,
            _("Days in which a purchase counts"),
            named,
            key="results_days",
            default=str(DAYS),
            required=True,
        )
    )


def lists(noted: Store, found: Results) -> None:
    """What came of each list."""
    if found.table.empty:
        st.info(
            _("Send a list from “What to do”, and write down there that it was sent."), icon=":material/outgoing_mail:"
        )
        menu.link("week")
        return
    before = result(already_buyers, noted).set_index("list")
    for row in found.table.head(SHOWN).itertuples():
        with st.container(border=True):
            st.markdown(f"**{words.title(row)}**")
            st.markdown(plain(words.sentence(row, found.days)))
            old = before.bought_before.get(row.list, 0)
            if old:
                st.caption(
                    plural(
                        "{n} of its people had bought in the 30 days before: they may have needed no message.",
                        "{n} of its people had bought in the 30 days before: they may have needed no message.",
                        int(old),
                    )
                )
    waits = found.table.verdict == WAITING  # what came of it is not known yet, and no 0
    unknown = ("bought", "rate", "held_bought", "held_rate", "difference", "low", "high")
    table = found.table.assign(
        sent=found.table.sent.mask(waits, found.table.people), held=found.table.held.mask(waits, found.table.people_held),
        **{column: found.table[column].mask(waits).astype(float) for column in unknown},
        name=[sent_lists.called(name) for name in found.table.list],
        verdict=[_(words.VERDICTS[one]) for one in found.table.verdict],
    )  # fmt: skip
    widgets.table(
        table,
        {
            "name": Column(_("List")), "first_day": Column(_("First sent"), "day"), "verdict": Column(_("Result")),
            "sent": Column(_("Written to"), "number"), "bought": Column(_("Bought"), "number"), "rate": Column(_("Share"), "percent"),
            "held": Column(_("Held out"), "number"), "held_bought": Column(_("Bought, held out"), "number"), "held_rate": Column(_("Share, held out"), "percent"),
            "difference": Column(_("Difference"), "percent"), "low": Column(_("Range from"), "percent"), "high": Column(_("Range to"), "percent"),
        },
        name="results", xlsx=True,
    )  # fmt: skip


def kinds(found: Results) -> None:
    """Several rounds of one kind, each compared within itself and taken together: so a small shop learns over months."""
    if found.kinds.empty:
        st.info(_("No list with people held out is over yet."), icon=":material/hourglass_empty:")
        return
    for row in found.kinds.itertuples():
        st.markdown(
            plain(
                _(
                    "{kind}: {rounds}, {n} people; {shown} ({low} to {high}).",
                    kind=literal(sent_lists.kind(row.kind)), rounds=plural("{n} round", "{n} rounds", int(row.rounds)), n=number(row.sent + row.held),
                    shown=_(words.VERDICTS[row.verdict]), low=text.points(row.low), high=text.points(row.high),
                )
            )
        )  # fmt: skip
    st.caption(
        _(
            "Mantel–Haenszel: each round is compared within itself, so that a good month does not pass for a good message."
        )
    )
    table = found.kinds.assign(
        name=[sent_lists.kind(kind) for kind in found.kinds.kind],
        said=[_(words.VERDICTS[one]) for one in found.kinds.verdict],
    )
    columns = {
        "name": Column(_("Kind of list")), "rounds": Column(_("Rounds"), "number"), "sent": Column(_("Written to"), "number"),
        "held": Column(_("Held out"), "number"), "difference": Column(_("Difference"), "percent"), "low": Column(_("Range from"), "percent"),
        "high": Column(_("Range to"), "percent"), "said": Column(_("Result")),
    }  # fmt: skip
    widgets.table(table, columns, name="results-kinds")


def mailings() -> None:
    """Sent, opened, clicked and blocked, as the tool that sent a list says; kept in the notebook's table of mailings."""
    rows = session.notebook().rows("broadcasts")
    with st.form("results_mailing", border=True, clear_on_submit=True):
        with st.grid(3, min_column_width=180):
            st.text_input(_("List"), key="mailing_list", max_chars=80)
            st.date_input(_("Day"), value=session.current().store.shop.as_of, key="mailing_day")
            for name, label in (
                ("sent", _("Sent")),
                ("opened", _("Opened")),
                ("clicked", _("Clicked")),
                ("blocked", _("Blocked")),
            ):
                st.number_input(label, 0, 10_000_000, value=None, key=f"mailing_{name}")
        st.form_submit_button(_("Write it down"), type="primary", icon=":material/edit_note:", on_click=_add)
    if rows.empty:
        st.caption(_("Nothing is written down yet. A table of many comes in on the notebook page."))
        return
    table = rows.astype(dict.fromkeys(("sent", "opened", "clicked", "blocked"), "Float64"))
    table["open_rate"] = table.opened / table.sent
    table["click_rate"] = table.clicked / table.opened
    few = int((table.opened < words.FEW_OPENED).sum())
    if few:
        st.caption(
            plural(
                "{n} mailing was opened by fewer than {least} people: its clicks say nothing yet.",
                "{n} mailings were opened by fewer than {least} people: their clicks say nothing yet.",
                few,
                least=number(words.FEW_OPENED),
            )
        )
    whole = table.sent[table.blocked.notna()].sum()
    blocked = table.blocked.sum()
    if whole:
        st.markdown(
            plain(
                _(
                    "{blocked} of {sent} recipients blocked the shop or unsubscribed ({share}).",
                    blocked=number(blocked),
                    sent=number(whole),
                    share=percent(blocked / whole),
                )
            )
        )
    columns = {
        "list": Column(_("List")), "day": Column(_("Day")), "sent": Column(_("Sent"), "number"), "opened": Column(_("Opened"), "number"),
        "open_rate": Column(_("Share opened"), "percent"), "clicked": Column(_("Clicked"), "number"), "click_rate": Column(_("Share clicked"), "percent"),
        "blocked": Column(_("Blocked"), "number"),
    }  # fmt: skip
    widgets.table(pd.DataFrame(table), columns, name="mailings", xlsx=True)


def _add() -> None:
    row = {
        name: st.session_state[f"mailing_{name}"] for name in ("list", "day", "sent", "opened", "clicked", "blocked")
    }
    if not (row["list"] or "").strip() or not row["sent"]:
        said.say(said.here(), _("A mailing needs the name of its list and how many it was sent to."), problem=True)
    else:
        said.write(lambda notebook: notebook.put("broadcasts", [row]))
