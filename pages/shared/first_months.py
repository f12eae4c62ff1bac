"""What stands above a page's rates: where the data begin, and whether that makes its "new" customers doubtful; with the switch."""

from __future__ import annotations

import streamlit as st

from analytics.overview import Headline
from pages.shared import known_customers, menu, text
from pages.shared.text import _, days, number, percent, plain

_SWITCH = "first_months"


def left_out() -> bool:
    """Whether the owner wants the first months of the data left out of the rates on top; read before the switch is drawn."""
    return bool(st.session_state.get(_SWITCH, st.query_params.get(_SWITCH) != "false"))


def note(head: Headline, known: tuple[str, ...]) -> None:
    """The note, with the switch, a way to add older files, and the box for old customers behind it."""
    words, more = st.columns([6, 1], vertical_alignment="center")
    words.caption(f":material/history: {plain(said(head))}")
    if not head.certain:
        with words:
            menu.link("data", _("Add older files"))
    with more, st.popover(_("Who counts as new"), width="stretch"):
        st.toggle(
            _("Leave the first {days} of the data out", days=days(head.beginning.days)),
            value=True,
            key=_SWITCH,
            bind="query-params",
        )
        menu.link("data", _("Add older files"))
        known_customers.box(known)


def said(head: Headline) -> str:
    """The note in words."""
    start = head.beginning
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
    return _(
        "The files begin on {first}: of the {n} new customers of the first {days} some are old ones, so the rates and shares below begin on {until}. With them the rate would be {rate}.",
        until=text.day(start.until),
        rate=percent(head.everyone.rate),
        **begin,
    )
