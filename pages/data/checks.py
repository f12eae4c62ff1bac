"""The check-up of the import & health page: what is fine, and what to keep in mind with its count and what to do."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
import streamlit as st

from analytics.health import Health
from pages.shared import text
from pages.shared.made import made
from pages.shared.text import N_, _, plain, plural


def checks(found: Health) -> None:
    """What is fine and what to keep in mind, one sentence each."""
    with st.container(border=True):
        for line in made(_lines, found):
            st.markdown(line)


def _lines(found: Health) -> list[str]:
    icons = {True: ":green[:material/check_circle:]", False: ":orange[:material/warning:]"}
    return [f"{icons[bool(fine)]} {plain(sentence)}" for fine, sentence in _checks(found)]


def _checks(found: Health) -> Iterator[tuple[bool, str]]:
    number, money, people = text.number, found.money, found.people
    kept_rows = int(found.outcomes["rows"].sum())
    if found.adds_up:
        yield True, _("Every row is accounted for: {n} read, {n} kept or left out with a reason.", n=number(found.rows))
    else:
        yield (
            False,
            _("{read} rows were read but {told} are accounted for.", read=number(found.rows), told=number(kept_rows)),
        )
    silent = found.silent_months
    if silent:
        months = text.listed([text.month(month) for month in silent[:6]]) + ("…" if len(silent) > 6 else "")
        yield False, _("No orders at all in {months}: was a file left out?", months=months)
    else:
        yield True, _("No month without orders between the first and the last.")
    if len(found.overlaps):
        older = found.left_out.set_index("outcome")["orders"].get("superseded", 0)
        yield (
            True,
            _(
                "{files} pairs of files overlap; {n} older pictures of an order gave way to newer ones.",
                files=number(len(found.overlaps)),
                n=number(older),
            ),
        )
    unknown = int(people["masked"] + people["guests"])
    if unknown:
        yield (
            unknown <= 0.05 * people["orders"],
            _(
                "{share} of orders have no buyer that can be told apart ({masked} masked, {guests} guests): they count for revenue, not for repurchase.",
                share=text.percent(unknown / people["orders"]),
                masked=number(people["masked"]),
                guests=number(people["guests"]),
            ),
        )
    else:
        yield True, _("Every order has a buyer that can be told apart.")
    if len(found.statuses):
        yield (
            False,
            plural(
                "{n} order carries a status we do not know; it counts unless you say otherwise below.",
                "{n} orders carry a status we do not know; they count unless you say otherwise below.",
                int(found.statuses["orders"].sum()),
            ),
        )
    if len(found.returns):
        yield (
            False,
            _(
                "Orders with a return or refund status we do not know: {n}. They count unless you say otherwise below.",
                n=number(found.returns["orders"].sum()),
            ),
        )
    yield from _left_out(found)
    if money["partly_refunded"]:
        yield (
            True,
            _(
                "{n} orders were refunded in part: {amount} came off the revenue.",
                n=number(money["partly_refunded"]),
                amount=text.money(money["refunded"], money["currency"]),
            ),
        )
    if found.currencies.empty:
        yield True, _("One currency: {currency}.", currency=money["currency"])
    else:
        yield (
            False,
            _(
                "Amounts are in {currency}. Left out, as they are in another currency: {others}. Bring their files alone to see them.",
                currency=money["currency"],
                others=text.listed(_in_currency(found.currencies)),
            ),
        )
    doubtful = int(found.burn_in["doubtful"])
    if doubtful and found.burn_in["too_short"]:
        yield (
            False,
            _(
                "The files cover less than {days}, too little to tell new customers from old ones. Add older files if you have them.",
                days=text.days(found.burn_in["days"]),
            ),
        )
    elif doubtful:
        yield (
            False,
            _(
                "The files begin in the middle of the shop's life: of {all} new customers, the {n} who first appear before {day} may be old ones. Add older files if you have them.",
                all=number(found.burn_in["customers"]),
                n=number(doubtful),
                day=text.day(found.burn_in["until"]),
            ),
        )


def _in_currency(currencies: pd.DataFrame) -> list[str]:
    return [
        plural("{n} order in {currency}", "{n} orders in {currency}", int(row.orders), currency=row.currency)
        for row in currencies.itertuples()
    ]


MISSING = {
    "number": N_("Rows without an order number: {n}. Fill it in where they are orders, and bring the file again."),
    "day": N_("Rows with a blank or unreadable order date: {n}. Fill it in, and bring the file again."),
    "refund": N_(
        "Rows whose refund cannot be read: {n}. Their revenue is unknown, so they are left out; write a number, and bring the file again."
    ),
    "amount": N_("Rows without a readable amount: {n}. Fill it in, and bring the file again."),
}

UNREAD = {
    "quantity": N_(
        "Quantities that are no number: {n}, such as “{example}”. How many units these were is left unknown, not guessed; the orders count where their amount is known."
    ),
    "returned": N_(
        "Numbers of units sent back that cannot be read: {n}, such as “{example}”. Where no refund is written either, the revenue is unknown and the order is left out."
    ),
}


def _left_out(found: Health) -> Iterator[tuple[bool, str]]:
    """What was left out for the way the rows are, not for what became of the orders."""
    orders = found.left_out.set_index("outcome")["orders"]
    rows = found.left_out.set_index("outcome")["rows"]
    for row in found.unreadable.itertuples():
        yield False, _(MISSING[row.missing], n=text.number(row.rows))
    for row in found.unread[found.unread["what"].isin(UNREAD)].itertuples():
        yield False, _(UNREAD[row.what], n=text.number(row.cells), example=row.example)
    if "future" in orders.index:
        yield (
            False,
            _(
                "Orders of a day yet to come, or years after all others: {n}. Mend their dates in the file if the orders are real.",
                n=text.number(orders["future"]),
            ),
        )
    if "look_alike" in orders.index:
        yield (
            False,
            _(
                "Rows without any status, as carts left behind have none: {n}. Export orders, not abandoned checkouts.",
                n=text.number(rows["look_alike"]),
            ),
        )
