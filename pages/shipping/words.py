"""What the page says: names, the first line, the cards of the top, and what is said of one order."""

from __future__ import annotations

from analytics.parcels import APOLOGY, FIRST, SECOND, VIP, Shipping
from pages.shared import session, text
from pages.shared.text import N_, _, missing, number, plural
from pages.shared.widgets import Card

VIEWS = {"orders": N_("Orders"), "strips": N_("Packing strips"), "cards": N_("Cards")}
CARDS = {
    APOLOGY: N_("Apology"),
    FIRST: N_("First order"),
    SECOND: N_("Second order"),
    VIP: N_("Regular, VIP"),
}
RULES = {
    APOLOGY: N_("The first parcel after an unhappy review, whatever number it has."),
    FIRST: N_("The buyer's first purchase, as far as the files reach back."),
    SECOND: N_("The buyer's second purchase."),
    VIP: N_("From the third purchase on: champions, loyal customers, and those of high value."),
}
TEXTS = {
    APOLOGY: N_(
        "We are sorry about last time, and we have looked into it. If anything is not right again, write to us first: we will put it right."
    ),
    FIRST: N_(
        "Thank you for your first order! If you have a question about how to use it, just write to us. With this code your next order is a little cheaper:"
    ),
    SECOND: N_(
        "Good to see you again! You know us by now: tell us what you would like more of. A small thank-you for the next time:"
    ),
    VIP: N_("You are one of those who keep this shop going. Thank you. This is for you alone:"),
}


def answer(found: Shipping) -> str:
    """The first line: how many wait, or why none is listed."""
    n, older = len(found.table), len(found.older)
    if n:
        said = plural("{n} order waits to be sent", "{n} orders wait to be sent", n)
        card = int(found.table.card.notna().sum())
        return _(
            "{orders} on data until {day}; {cards} of them get a card.",
            orders=said,
            day=text.day(found.as_of),
            cards=number(card),
        )
    if older:
        return plural(
            "No order of the newest export waits; {n} of an older one was still to be sent then.",
            "No order of the newest export waits; {n} of older ones were still to be sent then.",
            older,
        )
    if not found.tells:
        return _("These exports do not say which orders are still to be sent.")
    return _("Nothing waits to be sent on data until {day}.", day=text.day(found.as_of))


def hidden(n: int) -> str:
    """What is said where the filters at the side keep orders off the list: a parcel is to leave whoever's it is."""
    return plural(
        "{n} more order waits to be sent and is not listed: the filters at the side leave it out.",
        "{n} more orders wait to be sent and are not listed: the filters at the side leave them out.",
        n,
    )


def cards(found: Shipping, *, tells_complaints: bool) -> list[Card]:
    """How many wait, are overdue, follow a complaint (tells_complaints: there are reviews that could say so), and carry a note of the buyer."""
    rows = found.table
    dated = int(rows.ship_by.notna().sum())
    return [
        Card(_("To send"), number(len(rows))),
        Card(_("Should have left"), number(int(rows.overdue.sum())) if dated else "–", note=_("of {n} dated", n=number(dated))),
        Card(_("After a complaint"), number(int((rows.card == APOLOGY).sum())) if tells_complaints else "–"),
        Card(_("With a note"), number(int(rows.note.notna().sum()))),
    ]  # fmt: skip


def nth(row: object) -> str:
    """Which purchase of the buyer it is."""
    return _("buyer not known") if missing(row.nth) else _("purchase no. {n}", n=number(row.nth))


def complaint(row: object, *, long: bool = True) -> str:
    """The buyer's last complaint in short; "": there is none."""
    if missing(row.complained_on):
        return ""
    stars = "" if missing(row.stars) else f" {number(row.stars)}★"
    said = row.complaint if long and isinstance(row.complaint, str) else ""
    said = said if len(said) <= 80 else f"{said[:79]}…"
    return f"{text.day(row.complained_on)}{stars}" + (f" {said}" if said else "")


def texts() -> dict[str, tuple[str, str]]:
    """Card -> its words and its code, the owner's where they wrote some."""
    rows = session.notebook().rows("cards")
    said = {row.card: (row.words, row.code) for row in rows.itertuples()}
    return {
        card: (said.get(card, (None, None))[0] or _(TEXTS[card]), said.get(card, (None, None))[1] or "")
        for card in CARDS
    }
