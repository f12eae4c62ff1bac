"""Customers in groups by how they were won: how to choose, and the names of cuts and groups."""

from __future__ import annotations

from datetime import date

import streamlit as st

from analytics.cohorts import groups as cuts
from analytics.statistics import SMALL
from analytics.store import Store
from pages.shared.links import linked
from pages.shared.text import N_, _

CUTS = {
    "product": (N_("First product"), ""),
    "category": (N_("First category"), N_("Category not given")),
    "coupon": (N_("First order: discount or full price"), ""),
    "code": (N_("First coupon code"), N_("No code")),
    "depth": (N_("Depth of the first discount"), ""),
    "channel": (N_("Sales channel"), N_("Channel not given")),
    "city": (N_("City"), N_("City not given")),
    "shop": (N_("Store"), ""),
    "payment": (N_("Payment"), N_("Payment not given")),
    "segment": (N_("Segment today"), ""),
    "campaign": (N_("Won in a campaign, or not"), ""),
}
CAMPAIGNS = {
    "all": N_("All shopping festivals"), "11.11": "11.11", "12.12": "12.12", "6.18": "6.18", "9.9": "9.9",
    "member": N_("Member day"), "own": N_("Own days"),
}  # fmt: skip
WORDED = ("coupon", "segment", "campaign")
"""Cuts whose groups are keys to be put into words; all others are names out of the data."""


def by_group(store: Store, page: str, *, together: bool = False) -> tuple[str, int, tuple[tuple[date, date], ...]]:
    """How to group, as chosen on this page: the cut, the customers a group needs, and a campaign's days.

    together: not to cut at all comes first; the cut is then "".
    """
    names = {name: _(label) for name, (label, _missing) in CUTS.items()}
    names = {"none": _("All together"), **names} if together else names
    cut = linked(st.selectbox, _("Group by"), names, key=f"{page}_cut", width=280)
    if cut == "none":
        return "", 1, ()
    spans = campaign_days(store, page) if cut == "campaign" else []
    least = st.number_input(
        _("Customers per group, at least"), 1, 10_000, SMALL, key=f"{page}_least", bind="query-params", width=200
    )
    return cut, max(1, least), tuple(spans)


def campaign_days(store: Store, page: str) -> list[tuple[date, date]]:
    """The days of the chosen campaign, as (first, last)."""
    first, last = store.shop.first_ordered, store.shop.as_of
    names = {name: _(label) for name, label in CAMPAIGNS.items()}
    name = linked(st.selectbox, _("Campaign"), names, key=f"{page}_campaign", width=200)
    if name == "member":
        day = st.number_input(_("Day of the month"), 1, 31, 8, key=f"{page}_member_day", bind="query-params", width=140)
        return cuts.member_days(day, first, last)
    if name == "own":
        limits = {"min_value": date(1990, 1, 1), "max_value": date(2099, 12, 31), "bind": "query-params", "width": 160}
        start = st.date_input(_("First day"), value=first, key=f"{page}_campaign_from", **limits)
        end = st.date_input(_("Last day"), value=last, key=f"{page}_campaign_until", **limits)
        return [(start, end)]
    festivals = cuts.FESTIVALS if name == "all" else [name]
    return [span for festival in festivals for span in cuts.campaign_days(festival, first, last)]


def group_name(cut: str, name: str | None) -> str:
    """A group in words; a name out of the data stays as it is."""
    if name is None:
        return _(CUTS[cut][1])
    return _(name) if cut in WORDED else name


def distinct(names: list[str], longest: int = 16) -> list[str]:
    """Names short enough for an axis, still told apart."""
    cut = [name if len(name) <= longest else f"{name[: longest - 1]}…" for name in names]
    return [name if cut.index(name) == place else f"{name} {place + 1}" for place, name in enumerate(cut)]
