"""The parts of the import & health page: reconciliation, a switch per reason and per status, files, export steps."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.health import Health, examples
from analytics.health import unread as unread_cells
from analytics.sources import platform_files
from analytics.store import Store
from pages.shared import session, text, widgets
from pages.shared.made import made
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


def reconciliation(found: Health, store: Store) -> None:
    """Rows and orders in = kept + left out by reason, as a table with its total."""
    widgets.table(
        made(_with_total, found.outcomes),
        {
            "words": Column(_("What became of them")),
            "orders": Column(_("Orders"), "number"),
            "rows": Column(_("Rows"), "number"),
            "revenue": Column(_("Amount"), "money"),
        },
        name="reconciliation",
    )


def _with_total(outcomes: pd.DataFrame) -> pd.DataFrame:
    rows = outcomes.assign(words=[_("Count") if one == "counts" else _(one) for one in outcomes["outcome"]])
    total = pd.DataFrame([{"words": _("All read"), **rows[["orders", "rows", "revenue"]].sum()}])
    return pd.concat([rows, total], ignore_index=True)


def reasons(found: Health, store: Store, include: tuple[str, ...]) -> None:
    """One fold per reason: what it means, a switch to count these orders after all, and the orders."""
    left_out = dict(zip(found.left_out["outcome"], found.left_out["orders"], strict=True))
    for reason in [*left_out, *(name for name in include if name not in left_out)]:
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
            if reason in left_out:
                _examples(made(examples, store, reason), reason)


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


UNREAD = {"quantity": N_("Quantity"), "returned": N_("Units sent back"), "refunded": N_("Refund")}


def unread(found: Health, store: Store) -> None:
    """The cells that should hold a quantity or a refund and hold something else, in a fold; nothing where there are none."""
    if found.unread.empty:
        return
    count = text.number(found.unread["cells"].sum())
    fold = st.expander(
        _("Numbers that could not be read · {n}", n=count), icon=":material/help:", on_change="rerun", key="data_unread"
    )
    with fold:
        if not fold.open:
            return
        cells = made(unread_cells, store)
        widgets.table(
            cells.assign(what=[_(UNREAD[what]) for what in cells["what"]]),
            {
                "order_id": Column(_("Order")),
                "ordered_at": Column(_("Placed"), "day"),
                "what": Column(_("What it should be")),
                "written": Column(_("What stands there")),
                "file": Column(_("File")),
            },
            name="unread",
            height=260,
        )


def statuses(found: Health, leave_out: tuple[str, ...]) -> None:
    """Statuses, of orders and of returns, that no platform file lists: how many orders carry each, and a switch not to count them."""
    _statuses(_("Statuses we do not know"), found.statuses, leave_out)
    _statuses(_("Return and refund statuses we do not know"), found.returns, leave_out)


def _statuses(title: str, unknown: pd.DataFrame, leave_out: tuple[str, ...]) -> None:
    if unknown.empty:
        return
    st.markdown(f"**{title}**")
    for row in unknown.itertuples():
        key = f"data_status_{row.status}"
        st.session_state[key] = row.status not in leave_out
        count = plural("{n} order", "{n} orders", row.orders)
        label = f"{literal(row.status) or _('(blank)')} · {count}"
        st.toggle(label, key=key, on_change=_switch_status, args=(row.status,), help=_("On: these orders count."))


def _switch_status(status: str) -> None:
    chosen = [name for name in st.session_state["leave_out_statuses"] if name != status]
    st.session_state["leave_out_statuses"] = chosen if st.session_state[f"data_status_{status}"] else [*chosen, status]


def files(found: Health) -> None:
    """One row per file, or per sheet of one: what it was taken for, and what was odd about it."""
    widgets.table(
        made(_described, found.files),
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
    if lines := made(_notes, found.files):
        st.markdown(lines)


def _described(files: pd.DataFrame) -> pd.DataFrame:
    labels = {platform.name: platform.label for platform in platform_files.load()}
    return files.assign(
        platform=files["platform"].map(lambda name: labels.get(name, name)),
        notes=[text.listed([text.noted(note) for note in notes]) for notes in files["notes"]],
    )


def _notes(files: pd.DataFrame) -> str:
    """What was odd, in whole sentences below the table, where nothing cuts them: each once, with the files that it is about."""
    noted: dict[str, list[str]] = {}
    for file in files.itertuples():
        for note in file.notes:
            noted.setdefault(text.noted(note), []).append(file.name)
    lines = []
    for sentence, names in noted.items():
        more = f" +{text.number(len(names) - 3)}" if len(names) > 3 else ""
        lines.append(f"- **{plain(literal(text.listed(names[:3])))}**{more} · {plain(sentence)}")
    return "\n".join(lines)


def how_to_export(*, expanded: bool) -> None:
    """Where to click in Shopee and Shopify for the right file."""
    path = text.ROOT / "pages" / "data" / f"export.{text.language()}.md"
    with st.expander(_("How to export orders"), icon=":material/download:", expanded=expanded):
        st.markdown(path.read_text(encoding="utf-8"))
