"""What stands above the overview's verdicts: where the data begin, and whether that makes its "new" customers doubtful."""

from __future__ import annotations

import streamlit as st

from analytics.overview import Headline, Overview
from pages.shared import known_customers, menu, text
from pages.shared.text import _, days, number, percent, plain

_SWITCH = "overview_first_months"


def first_months_left_out() -> bool:
    """Whether the owner wants the first months of the data left out of the headline; read before the switch is drawn."""
    return bool(st.session_state.get(_SWITCH, st.query_params.get(_SWITCH) != "false"))


def beginning(found: Overview, head: Headline, known: tuple[str, ...]) -> None:
    """The note, with the switch, a way to add older files, and the box for old customers behind it."""
    note, more = st.columns([6, 1], vertical_alignment="center")
    note.caption(f":material/history: {plain(said(found, head))}")
    if not head.certain:
        with note:
            menu.link("data", _("Add older files"))
    with more, st.popover(_("Who counts as new"), width="stretch"):
        st.toggle(
            _("Leave the first {days} of the data out", days=days(found.beginning.days)),
            value=True,
            key=_SWITCH,
            bind="query-params",
        )
        menu.link("data", _("Add older files"))
        known_customers.box(known)


def said(found: Overview, head: Headline) -> str:
    """The note in words."""
    start = found.beginning
    begin = {"first": text.day(start.first), "days": days(start.days), "n": number(start.doubtful)}
    if not start.doubtful:
        return _("New: first seen since the files begin ({first}). Whoever bought before that cannot be told.", **begin)
    if not head.certain:
        return _(
            "The files begin on {first}, too late for a verdict: {n} of {won} new customers appear in the first {days} and may be old ones. Older files would tell.",
            won=number(start.won),
            **begin,
        )
    if not head.left_out:
        return _(
            "As you chose, the first {days} of the data (from {first}) count too: of their {n} new customers some are old ones, so these rates may change when older files are added.",
            **begin,
        )
    everyone = found.repurchase.within.set_index("days").loc[head.rate.name]
    return _(
        "The files begin on {first}: of the {n} new customers of the first {days} some are old ones, so the rates and shares below begin on {until}. With them the rate would be {rate}.",
        until=text.day(start.until),
        rate=percent(everyone.rate),
        **begin,
    )
