"""A contact list as a file: all columns, or those that a tool for messages asks for."""

from __future__ import annotations

import pandas as pd

from analytics.contacts import META_LEAST, for_channel
from analytics.export import written
from pages.shared import text
from pages.shared.segments import PACE_NAMES, message
from pages.shared.text import N_, _, number, plural
from pages.shared.widgets import Column

ALL = "all"
CHANNEL_NAMES = {
    ALL: N_("All columns"), "line": "LINE", "edm": N_("E-mail (EDM)"), "sms": N_("Text message (SMS)"), "klaviyo": "Klaviyo",
    "meta": N_("Meta custom audience"),
}  # fmt: skip
THEIRS = ("klaviyo", "meta")
"""Channels whose files have headers of their own and are read by a program."""
TELEPHONES = ("Phone Number",)
WHY_CHANNELS = N_(
    "A file for one tool holds only the columns it reads, and only those it can reach; whoever is held out is not in it."
)
_NOTES = {
    "line": N_(
        "LINE’s own audiences take LINE user ids, which no order export holds: this file is for one-to-one messages, and for tools that find LINE friends by telephone."
    ),
    "edm": "",
    "sms": N_("The characters stand beside each message: with more than 70, a text message in Chinese costs twice."),
    "klaviyo": N_("Klaviyo asks at the import whether these people agreed: only tick what is true."),
    "meta": N_("E-mails and telephones are hashed (SHA-256) as Meta compares them: nobody can read them in the file."),
}


def said_of(channel: str, there: int, listed: int, held: int) -> str:
    """How many rows this channel's file will hold, why not all, and what to know of it."""
    said = [
        plural(
            "{n} row for {channel}: {held} of {all} are held out, {rest} cannot be reached this way.",
            "{n} rows for {channel}: {held} of {all} are held out, {rest} cannot be reached this way.",
            there, channel=_(CHANNEL_NAMES[channel]), held=number(held), all=number(listed), rest=number(listed - held - there),
        )
    ]  # fmt: skip
    if channel == "meta" and there < META_LEAST:
        said.append(_("Meta needs at least {n} people.", n=META_LEAST))
    return text.sentences(*said, _(_NOTES[channel]))


def with_messages(listed: pd.DataFrame) -> pd.DataFrame:
    """The list with `message`: what it has, or the message for the segment; none for those held out."""
    given = listed.message if "message" in listed else pd.Series(None, listed.index, dtype=object)
    said = [
        _("(held out: do not write)")
        if row.held_out
        else own if isinstance(own, str) and own else message(row.segment, row.usual_product)
        for row, own in zip(listed.itertuples(), given, strict=True)
    ]  # fmt: skip
    return listed.assign(message=pd.Series(said, listed.index, dtype=object))


def table(listed: pd.DataFrame, channel: str, extra: dict[str, Column], currency: str) -> pd.DataFrame:
    """The rows of the file. listed: as `contact_list` gives it, with messages."""
    if channel == ALL:
        return _all(listed, extra)
    labels = {
        "email": _("E-mail"), "phone": _("Phone"), "international": _("Phone with country code"), "product": _("Usual product"),
        "message": _("Suggested message"), "length": _("Characters"),
    }  # fmt: skip
    return for_channel(channel, listed, labels, currency)


def _all(listed: pd.DataFrame, extra: dict[str, Column]) -> pd.DataFrame:
    """Contacts the export has, consent, what they buy, and the message."""
    words = {"yes": _("yes"), "no": _("no")}
    contacts = {"account": _("Account"), "email": _("E-mail"), "phone": _("Phone")}
    file = pd.DataFrame({label: listed[column] for column, label in contacts.items() if listed[column].notna().any()})
    if not len(file.columns):
        file[_("Customer")] = listed.customer_id
    file[_("Accepts marketing")] = written(listed.marketing, "yes", **words).fillna(_("unknown"))
    file[_("Segment")] = listed.segment.map(_)
    for column, how in extra.items():
        file[how.label] = written(listed[column], how.kind, **words)
    file[_("Last bought")] = listed.last_day.dt.date
    file[_("Days since")] = listed.recency
    file[_("Buying days")] = listed.days
    file[_("Revenue")] = written(listed.revenue, "money")
    file[_("Usual product")] = listed.usual_product
    file[_("Against the usual cycle")] = [_(PACE_NAMES[pace]) if isinstance(pace, str) else "" for pace in listed.pace]
    file[_("High value")] = written(listed.high_value, "yes", **words)
    file[_("Held out")] = written(listed.held_out, "yes", **words)
    file[_("Suggested message")] = listed.message
    return file
