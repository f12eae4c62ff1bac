"""The lists of a week and of the contact log, in words, and how often somebody may be written to."""

from __future__ import annotations

import streamlit as st

from analytics.contacts import Limits
from analytics.week import (
    ANSWER,
    CARE_7,
    CARE_14,
    CARE_30,
    FESTIVAL,
    LATE,
    REFILL,
    SECOND,
    THANK,
    TITLES,
    UNREVIEWED,
)
from pages.shared.text import N_, _

LISTS = {
    ANSWER: N_("Unhappy reviews"), REFILL: N_("Running out"), SECOND: N_("Second purchase"), LATE: N_("Late regulars"), CARE_7: N_("Care, day 7"),
    CARE_14: N_("Care, day 14"), CARE_30: N_("Care, day 30"), UNREVIEWED: N_("Not reviewed yet"), FESTIVAL: N_("Festival"), THANK: N_("Best customers"),
}  # fmt: skip


def limits() -> Limits:
    """How often somebody may be written to, as the owner set it on the page of the week."""
    return Limits(
        int(st.session_state.get("week_within", Limits.within)), int(st.session_state.get("week_a_month", Limits.a_month))
    )  # fmt: skip


def kind(name: str) -> str:
    """A kind of list in words; a name of the owner's own as it is."""
    return _(LISTS[name]) if name in LISTS else name


def task(mark: str) -> str:
    """A task that was put away in words, by its mark: a list's kind, or a chore's with what it is about."""
    first, _space, about = mark.partition(" ")
    if first in LISTS:
        return _(LISTS[first])
    return _(TITLES[first], n="…", about=about) if first in TITLES else mark


def called(name: str) -> str:
    """A list of the contact log as it is shown: its kind in words, and its day; one of the owner's own as it is."""
    first, _space, day = name.rpartition(" ")
    return f"{kind(first)} {day}" if first in LISTS else name
