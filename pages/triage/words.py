"""The words of the triage page: names of states and faults, and the answer."""

from __future__ import annotations

import pandas as pd

from analytics.reviews.opinions import BAD
from pages.shared.text import N_, _, days, plural, sentences

STATES = {"bad": N_("Unhappy"), "unsure": N_("Unsure"), "good": N_("Happy")}
STATUSES = {
    "open": N_("To do"),
    "contacted": N_("Answered"),
    "solved": N_("Put right"),
    "left": N_("Nothing to be done"),
}
FAULTS = {
    "process": N_("Process fault"),
    "product": N_("Product fault"),
    "price": N_("Price"),
    "unclear": N_("Not clear yet"),
}
TAGS = {"": N_("None"), "worry": N_("A worry"), "mood": N_("A mood"), "pain": N_("A pain point")}


def answer(waiting: pd.DataFrame, span: int | None) -> str:
    """Who waits: how many unhappy, how many to reach first, the oldest."""
    bad = waiting[waiting.state == BAD]
    when = _("of the last {span}", span=days(span)) if span else _("of all time")
    if bad.empty:
        return _("No unhappy review {when} waits for an answer.", when=when)
    first = plural(
        "{n} unhappy review {when} waits for an answer.",
        "{n} unhappy reviews {when} wait for an answer.",
        len(bad),
        when=when,
    )
    first_of_all = bad[bad.call_first]
    calls, phones = len(first_of_all), int(first_of_all.phone.notna().sum())
    second = plural(
        "{n} of them is by a customer to reach first: {phones} by telephone, {chats} by chat.",
        "{n} of them are by customers to reach first: {phones} by telephone, {chats} by chat.",
        calls,
        phones=phones,
        chats=calls - phones,
    )
    oldest = bad.age.max()
    return sentences(
        first,
        second if calls else "",
        _("The oldest has waited {days}.", days=days(oldest)) if oldest >= 1 else "",
    )
