"""The parts of the import & health page: checks, reconciliation, a switch per reason and per status, files, export steps."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
import streamlit as st

from analytics.health import Health, examples
from analytics.sources import platform_files
from analytics.store import Store
from pages.shared import session, text, widgets
from pages.shared.text import N_, _, literal, plain, plural
from pages.shared.widgets import Column

WHY = {
    "cancelled": N_(
        "Cancelled orders, and those that never came about. A parcel lost on the way was paid for, so it counts."
    ),
    "refunded": N_(
        "The whole amount went back, or every unit was returned. A refund of a part only lowers the revenue."
    ),
    "unpaid": N_("Placed but not paid. Cash on delivery counts from the day it is placed."),
    "free": N_("Nothing was charged for the goods: gifts, samples, tests."),
    "superseded": N_(
        "An older picture of an order that a newer file holds too. Counting it would count the order twice."
    ),
    "unlisted": N_("Their status is not one we know, and you chose not to count it."),
    "currency": N_("In another currency than the shop's. Open their files on their own to see them."),
    "future": N_(
        "Of a day yet to come, or years after all others: most likely a slip of the pen. They never move the last day of the data."
    ),
    "look_alike": N_("Rows without a status: carts that were left behind, not orders."),
    "unreadable": N_("No order number, no readable date or no readable amount."),
}


def checks(found: Health) -> None:
    """What is fine and what to keep in mind, one sentence each."""
    with st.container(border=True):
        for fine, sentence in _checks(found):
            icon = ":green[:material/check_circle:]" if fine else ":orange[:material/warning:]"
            st.markdown(f"{icon} {plain(sentence)}")


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
            _(
                "{n} orders carry a status we do not know; they count unless you say otherwise below.",
                n=number(found.statuses["orders"].sum()),
            ),
        )
    if money["partly_refunded"]:
        yield (
            True,
            _(
                "{n} orders were refunded in part: {amount} came off the revenue.",
                n=number(money["partly_refunded"]),
                amount=text.money(money["refunded"], money["currency"]),
            ),
        )
    yield True, _("One currency: {currency}.", currency=money["currency"])
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


def reconciliation(found: Health, store: Store) -> None:
    """Rows and orders in = kept + left out by reason, as a table with its total."""
    rows = found.outcomes.assign(words=[_("Count") if one == "counts" else _(one) for one in found.outcomes["outcome"]])
    total = pd.DataFrame([{"words": _("All read"), **rows[["orders", "rows", "revenue"]].sum()}])
    widgets.table(
        pd.concat([rows, total], ignore_index=True),
        {
            "words": Column(_("What became of them")),
            "orders": Column(_("Orders"), "number"),
            "rows": Column(_("Rows"), "number"),
            "revenue": Column(_("Amount"), "money"),
        },
        name="reconciliation",
    )


def reasons(found: Health, store: Store, include: tuple[str, ...]) -> None:
    """One fold per reason: what it means, a switch to count these orders after all, and the orders."""
    left_out = found.left_out.set_index("outcome")["orders"]
    for reason in [*left_out.index, *(name for name in include if name not in left_out.index)]:
        count = plural("{n} order", "{n} orders", int(left_out.get(reason, 0)))
        fold = st.expander(
            f"{_(reason)} · {count}", icon=":material/block:", on_change="rerun", key=f"data_reason_{reason}"
        )
        with fold:
            if not fold.open:
                continue
            st.markdown(_(WHY[reason]))
            if reason in session.SWITCHABLE:
                st.session_state[f"data_include_{reason}"] = reason in include
                st.toggle(_("Count these orders too"), key=f"data_include_{reason}", on_change=_switch, args=(reason,))
            if reason in left_out.index:
                _examples(examples(store, reason), reason)


def _switch(reason: str) -> None:
    chosen = [name for name in st.session_state["include"] if name != reason]
    st.session_state["include"] = [*chosen, reason] if st.session_state[f"data_include_{reason}"] else chosen


def _examples(orders: pd.DataFrame, reason: str) -> None:
    widgets.table(
        orders,
        {
            "order_id": Column(_("Order")),
            "ordered_at": Column(_("Placed"), "day"),
            "status": Column(_("Status")),
            "revenue": Column(_("Amount"), "money"),
            "file": Column(_("File")),
        },
        name=f"orders-{reason}",
        height=260,
    )


def statuses(found: Health, leave_out: tuple[str, ...]) -> None:
    """Statuses that no platform file lists: how many orders carry each, and a switch not to count them."""
    if found.statuses.empty:
        return
    st.markdown(f"**{_('Statuses we do not know')}**")
    for row in found.statuses.itertuples():
        key = f"data_status_{row.status}"
        st.session_state[key] = row.status not in leave_out
        count = plural("{n} order", "{n} orders", row.orders)
        label = f"{literal(row.status) or _('(blank)')} · {count}"
        st.toggle(label, key=key, on_change=_switch_status, args=(row.status,), help=_("On: these orders count."))


def _switch_status(status: str) -> None:
    chosen = [name for name in st.session_state["leave_out_statuses"] if name != status]
    st.session_state["leave_out_statuses"] = chosen if st.session_state[f"data_status_{status}"] else [*chosen, status]


def files(found: Health, *, editable: bool) -> None:
    """One row per file. editable: the owner may say which shop a file belongs to."""
    labels = {platform.name: platform.label for platform in platform_files.load()}
    shown = found.files.assign(
        platform=found.files["platform"].map(lambda name: labels.get(name, name)),
        notes=[text.listed([text.noted(note) for note in notes]) for notes in found.files["notes"]],
    )
    widgets.table(
        shown,
        {
            "name": Column(_("File")),
            "platform": Column(_("Platform")),
            "region": Column(_("Layout")),
            "shop": Column(_("Store")),
            "encoding": Column(_("Encoding")),
            "rows": Column(_("Rows"), "number"),
            "orders": Column(_("Orders"), "number"),
            "first": Column(_("First order"), "day"),
            "last": Column(_("Last order"), "day"),
            "notes": Column(_("Notes")),
        },
        name="files",
    )
    if editable:
        with st.expander(_("Name the store of each file"), icon=":material/storefront:"):
            st.caption(_("Files of two stores are kept apart when each has its store's name."))
            st.session_state["data_files"] = found.files["name"].tolist()
            st.data_editor(
                found.files[["name", "shop"]],
                column_config={
                    "name": st.column_config.TextColumn(_("File"), disabled=True),
                    "shop": st.column_config.TextColumn(_("Store"), required=True),
                },
                hide_index=True,
                key="data_shops",
                on_change=_name_stores,
                alt=_("Name the store of each file"),
            )


def _name_stores() -> None:
    names = st.session_state["data_files"]
    for position, edited in st.session_state["data_shops"]["edited_rows"].items():
        if edited.get("shop"):
            session.told("shops")[names[int(position)]] = edited["shop"].strip()


def how_to_export(*, expanded: bool) -> None:
    """Where to click in Shopee and Shopify for the right file."""
    path = text.ROOT / "pages" / "data" / f"export.{text.language()}.md"
    with st.expander(_("How to export orders"), icon=":material/download:", expanded=expanded):
        st.markdown(path.read_text(encoding="utf-8"))
