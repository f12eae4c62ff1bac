"""Contact lists as the tools want them that send the messages: which columns, in which form, and who is in them.

Whoever is held out is in none of them, since a tool writes to all it is given. Sources of the forms: Meta, "Customer information
parameters" and "How to format a customer list" (SHA-256 of the trimmed, lower-cased e-mail and of the phone's digits with its country
code and without leading zeros); Klaviyo, "How to create and add subscribers to a new list" (first column Email or Phone Number, E.164);
LINE Developers, "Manage audience" (an audience takes LINE's own user ids, which no order export holds).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

import pandas as pd

from analytics.contacts.short_names import short_name

CHANNELS = ("line", "edm", "sms", "klaviyo", "meta")
META_LEAST = 100
"""People below whom Meta makes no audience of a list."""

_NUMBERS: dict[str, tuple[str, range]] = {
    "TWD": ("886", range(8, 10)), "HKD": ("852", range(8, 9)), "SGD": ("65", range(8, 9)), "MYR": ("60", range(8, 11)),
    "THB": ("66", range(8, 10)), "VND": ("84", range(9, 11)), "IDR": ("62", range(8, 13)), "PHP": ("63", range(8, 11)),
    "BRL": ("55", range(10, 12)), "JPY": ("81", range(9, 11)), "KRW": ("82", range(8, 11)), "CNY": ("86", range(11, 12)),
    "USD": ("1", range(10, 11)), "CAD": ("1", range(10, 11)), "GBP": ("44", range(9, 11)), "AUD": ("61", range(9, 10)),
}  # fmt: skip
"""Currency of a shop -> country code of its customers' telephones, and the digits of a number there without the 0 before it."""


def international(phone: object, currency: str) -> str | None:
    """A telephone's digits with its country code and no leading zeros: 886912345678; None where it cannot be told.

    phone: as a contact list has it. currency: of the shop, which says the country of a number that does not.
    """
    digits = re.sub(r"\D", "", phone) if isinstance(phone, str) else ""
    code, lengths = _NUMBERS.get(currency, ("", range(0)))
    bare = digits.lstrip("0")
    if not code or not bare:
        return None
    if bare.startswith(code) and len(bare) - len(code) in lengths:
        return bare
    return f"{code}{bare}" if len(bare) in lengths else None


def mobile(phone: object, currency: str) -> str | None:
    """A telephone that text messages reach, as written in its country; of Taiwan's those that begin with 09. None: not one."""
    if not isinstance(phone, str) or (currency == "TWD" and not re.fullmatch(r"09\d{8}", phone)):
        return None
    return phone


def hashed(value: str | None) -> str | None:
    """The SHA-256 of a contact as Meta compares it, in small hexadecimal digits."""
    return hashlib.sha256(value.encode()).hexdigest() if value else None


def email(value: object) -> str | None:
    """An e-mail address trimmed and in small letters; None: there is none."""
    return value.strip().lower() if isinstance(value, str) and value.strip() else None


def reached(ways: pd.DataFrame, channel: str, currency: str) -> pd.Series:
    """Which rows of `reachable` this channel reaches."""
    by_mail = ways.email.fillna(False).astype(bool)
    if channel == "edm":
        return by_mail
    if channel == "sms":
        return pd.Series([mobile(phone, currency) is not None for phone in ways.phone], ways.index, bool)
    called = pd.Series([international(phone, currency) is not None for phone in ways.phone], ways.index, bool)
    return by_mail | called


def for_channel(channel: str, listed: pd.DataFrame, labels: Mapping[str, str], currency: str) -> pd.DataFrame:
    """The list as this channel wants it. Rows that it does not reach, and those held out, are left out.

    listed: as `contact_list` gives it, with `message`. labels: email, phone, international, product, message, length: the headers where
    a channel has none of its own.
    """
    rows = listed[~listed.held_out]
    table = pd.DataFrame(
        {
            "email": [email(value) for value in rows.email],
            "phone": [mobile(phone, currency) for phone in rows.phone],
            "international": [international(phone, currency) for phone in rows.phone],
            "product": [short_name(name) if isinstance(name, str) else None for name in rows.usual_product],
            "message": rows.message.tolist(),
            "length": rows.message.str.len().tolist(),
            "customer_id": rows.customer_id.tolist(),
            "segment": rows.segment.tolist(),
            "last_day": pd.to_datetime(rows.last_day).dt.strftime("%Y-%m-%d").tolist(),
            "days": rows.days.tolist(),
        },
        dtype=object,
    )
    if channel == "edm":
        return _named(table[table.email.notna()], labels, ("email", "product", "message"))
    if channel == "sms":
        return _named(table[table.phone.notna()], labels, ("phone", "message", "length"))
    table = table[table.email.notna() | table.international.notna()]
    if channel == "line":
        return _named(table, labels, ("phone", "international", "email", "message"))
    table = table.drop_duplicates("customer_id")
    if channel == "meta":
        phones = table.international.map(hashed, na_action="ignore")
        return pd.DataFrame({"email": table.email.map(hashed, na_action="ignore"), "phone": phones}).reset_index(
            drop=True
        )
    theirs = {
        "email": "Email", "international": "Phone Number", "segment": "Segment", "last_day": "Last Order Date", "days": "Buying Days",
        "product": "Usual Product", "message": "Suggested Message",
    }  # fmt: skip
    table = table.assign(international="+" + table.international.astype("string"))
    return _named(table, theirs, tuple(theirs))


def _named(table: pd.DataFrame, labels: Mapping[str, str], columns: tuple[str, ...]) -> pd.DataFrame:
    return table[list(columns)].rename(columns=dict(labels)).reset_index(drop=True)
