"""Accounts that do not buy as customers do: one line, who they are, and a button that leaves them out. Never left out unasked."""

from __future__ import annotations

from datetime import date

import streamlit as st

from analytics.accounts import Suspects, suspects, without
from analytics.store import Store
from pages.shared import session, text, widgets
from pages.shared.session import result
from pages.shared.text import N_, _, money, percent, plain, plural
from pages.shared.widgets import Column

SIGN_NAMES = {
    "share": N_("a large part of the revenue"), "units": N_("many units an order"), "pace": N_("buys very often"),
    "name": N_("the name or the coupon says so"),
}  # fmt: skip


def line(store: Store, *, page: str, days: int = 90, since: date = date.min) -> None:
    """The line, where a shop has such accounts. store: as filtered; page: begins the keys; days: of the rate that is said; since: the day
    from which on the page's figures count."""
    whole = session.current().whole
    found = result(suspects, whole)
    if found.table.empty:
        return
    out = set(found.ids) <= set(store.filters.leave_out)
    with st.container(border=True, gap="small", key="not_presented_accounts"):
        st.markdown(f":material/warehouse: {plain(_said(store, found, days, since, out))}")
        row, n = st.container(horizontal=True), len(found.table)
        who = row.popover(_("Who are they?"), key=f"{page}_who", on_change="rerun")
        if who.open:
            with who:
                _who(found, whole.shop.currency)
        row.button(
            plural("Count this {n} account again", "Count these {n} accounts again", n)
            if out
            else plural("Leave this {n} account out", "Leave these {n} accounts out", n),
            key=f"{page}_not_customers",
            on_click=_back if out else _leave_out,
            args=(found.ids,),
            icon=":material/person_add:" if out else ":material/person_off:",
        )


def among(ids: set[str]) -> str:
    """How many of these customers look like wholesale or staff; "": none."""
    n = len(ids.intersection(result(suspects, session.current().whole).ids))
    if not n:
        return ""
    return plural(
        "{n} of them looks like wholesale or staff; the overview says which, and can leave it out.",
        "{n} of them look like wholesale or staff; the overview says which, and can leave them out.",
        n,
    )


def _said(store: Store, found: Suspects, days: int, since: date, out: bool) -> str:
    n = len(found.table)
    if out:
        return plural(
            "{n} account that looks like wholesale or staff is left out, as you chose.",
            "{n} accounts that look like wholesale or staff are left out, as you chose.",
            n,
        )
    change = result(without, store, found.ids, days, since=since)
    return text.sentences(
        plural(
            "{n} account does not buy as customers do (wholesale? staff?) and brings {share} of the revenue.",
            "{n} accounts do not buy as customers do (wholesale? staff?) and bring {share} of the revenue.",
            n,
            share=percent(change.share),
        ),
        _(
            "Without them the repeat revenue share goes from {before} to {after}.",
            before=percent(change.repeat_before),
            after=percent(change.repeat_after),
        ),
        _(
            "The {days}-day rate goes from {before} to {after}.",
            days=days,
            before=percent(change.rate_before),
            after=percent(change.rate_after),
        )
        if percent(change.rate_before) != percent(change.rate_after)
        else _("The {days}-day rate stays the same.", days=days),
    )


def _who(found: Suspects, currency: str) -> None:
    st.caption(
        _(
            "Two signs or more: at least 1 % of the revenue and 20 times the middle customer; orders of 10 units or more and 5 times the usual; 10 buying days or more, three times as close together as usual; a name or coupon that says staff, purchase, wholesale and the like."
        )
    )
    rows = found.table.assign(
        who=found.table.customer_id if st.session_state.get("names") else found.table.label,
        said=[text.listed([_(SIGN_NAMES[sign]) for sign in signs]) for signs in found.table.signs],
        spent=[money(revenue, currency) for revenue in found.table.revenue],
    )
    widgets.table(
        rows,
        {
            "who": Column(_("Customer")),
            "spent": Column(_("Revenue")),
            "share": Column(_("Revenue share"), "percent"),
            "days": Column(_("Buying days"), "number"),
            "units": Column(_("Units a time"), "number"),
            "said": Column(_("Why")),
        },
        name="not-customers",
        download=False,
    )


def _leave_out(ids: tuple[str, ...]) -> None:
    listed = st.session_state.get("leave_out_listed", "").splitlines()
    st.session_state["leave_out_listed"] = "\n".join([*listed, *(one for one in ids if one not in listed)]).strip()


def _back(ids: tuple[str, ...]) -> None:
    listed = st.session_state.get("leave_out_listed", "").splitlines()
    st.session_state["leave_out_listed"] = "\n".join(one for one in listed if one not in ids)
    st.session_state["leave_out_chosen"] = [
        one for one in st.session_state.get("leave_out_chosen", []) if one not in ids
    ]
