"""What the page says: names, the first line, and each list's result as a sentence."""

from __future__ import annotations

from analytics.results import ALONE, FEWER, MORE, NOT_SHOWN, WAITING, Results
from pages.shared import sent_lists, session, text
from pages.shared.text import N_, _, literal, missing, money, number, percent, plain, plural, points

VIEWS = {
    "lists": N_("Each list"),
    "kinds": N_("Rounds together"),
    "campaigns": N_("Campaigns"),
    "size": N_("How many people it takes"),
    "mailings": N_("Mailings"),
}
VERDICTS = {
    WAITING: N_("Too early"), ALONE: N_("Nobody was held out"), MORE: N_("More bought"), FEWER: N_("Fewer bought"),
    NOT_SHOWN: N_("No effect shown"),
}  # fmt: skip
FEW_OPENED = 100
"""Mails opened below which a rate of clicks says nothing."""


def answer(found: Results) -> str:
    """The first line."""
    if found.table.empty:
        return _("No list has been sent yet. Once one is in the contact log, this page reads it back.")
    shown = int(found.table.verdict.isin([MORE, FEWER]).sum())
    told = int(found.table.verdict.isin([MORE, FEWER, NOT_SHOWN]).sum())
    said = plural("{n} list is in the contact log.", "{n} lists are in the contact log.", len(found.table))
    if not told:
        return text.sentences(said, _("None can be judged yet: its days are not over, or nobody was held out."))
    return text.sentences(
        said,
        _("{told} can be judged, and {shown} of them show a difference that is hardly chance.", told=number(told), shown=number(shown)),
    )  # fmt: skip


def sentence(row: object, days: int) -> str:
    """What came of one list. row: of `Results.table`."""
    currency = session.current().currency
    if row.verdict == WAITING:
        return _("Its {days} days are over on {day}; look again then.", days=number(days), day=text.day(row.over_on))
    sent = _("{bought} of {sent} bought within {days} days ({share})", bought=number(row.bought), sent=number(row.sent), days=number(days), share=percent(row.rate))  # fmt: skip
    if row.verdict == ALONE:
        return text.sentences(
            _("{sent}.", sent=sent), _("Nobody was held out, so nobody can say how many would have bought anyway.")
        )
    against = _(
        "{sent}, of those held out {bought} of {held} ({share}).", sent=sent, bought=number(row.held_bought), held=number(row.held), share=percent(row.held_rate)
    )  # fmt: skip
    span = {"low": points(row.low), "high": points(row.high)}
    if row.verdict == NOT_SHOWN:
        too_few = _("That is no difference that can be told from chance: it lies between {low} and {high}.", **span)
        needed = (
            _(
                "To see a difference as large as this one, {n} people in each group would be needed.",
                n=number(row.needed),
            )
            if not missing(row.needed) and row.difference
            else ""
        )
        return text.sentences(against, too_few, needed)
    worth = "" if missing(row.money_low) else _(
        "That is {low} to {high} buyers more among those written to, or {money_low} to {money_high}.",
        low=number(row.extra_low), high=number(row.extra_high), money_low=money(row.money_low, currency), money_high=money(row.money_high, currency),
    )  # fmt: skip
    word = N_("More of those written to bought: {difference} (between {low} and {high}).")
    if row.verdict == FEWER:
        word, worth = N_("Fewer of those written to bought: {difference} (between {low} and {high})."), ""
    return text.sentences(against, _(word, difference=points(row.difference), **span), worth)


def title(row: object) -> str:
    """A list's heading."""
    return plain(f"{literal(sent_lists.called(row.list))} · {_(VERDICTS[row.verdict])}")
