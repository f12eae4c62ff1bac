"""The three filters at the side, which shops, which customers are left out, the period, and what counts; and their sentence."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import streamlit as st

from analytics.contacts.customer import largest, named
from analytics.health import shops, unlisted_statuses
from analytics.store import Filters, Store
from analytics.workspace import customers
from pages.shared import known_customers, session, text
from pages.shared.links import folded, linked, reset
from pages.shared.made import made
from pages.shared.session import result
from pages.shared.text import N_, _

LEFT_OUT = {"leave_out_chosen": [], "leave_out_listed": "", "leave_out_revenue": None, "leave_out_days": None}
COUNTS = {"include": [], "leave_out_statuses": [], "same_day": False}
USUAL = {"period": "all", "from": None, "until": None, "stores": [], **LEFT_OUT, **COUNTS}
"""Each filter's widget, and its value while it filters nothing."""
PERIODS = {"all": N_("All"), "12m": N_("Last 12 months"), "6m": N_("Last 6 months"), "own": N_("Choose days")}


def forget_customers() -> None:
    """Another shop has other customers and other stores."""
    for key, nothing in (("stores", []), ("leave_out_listed", ""), ("leave_out_chosen", [])):
        if key in st.session_state:
            st.session_state[key] = nothing
    known_customers.forget()


def choose(whole: Store) -> Filters:
    """Draw the filters and give what was chosen; a value from the URL that makes no sense here is left aside."""
    start, end = _period(whole)
    stores = result(shops, whole)
    chosen = []
    if len(stores) > 1:
        chosen = st.multiselect(_("Stores"), stores, key="stores", bind="query-params", placeholder=_("All"))
    with st.expander(_("Leave customers out"), icon=":material/person_off:"):
        leave_out, revenue, days = _left_out(whole)
    folded(LEFT_OUT, key="left_out")
    with st.expander(_("What counts as an order"), icon=":material/rule:"):
        include, statuses, same_day = _counts(whole)
    folded(COUNTS, key="counts")
    return Filters(
        shops=tuple(name for name in chosen if name in stores),
        leave_out=leave_out,
        leave_out_revenue=revenue,
        leave_out_days=days,
        start=start,
        end=end,
        include=include,
        leave_out_statuses=statuses,
        same_day=same_day,
        known=tuple(sorted({*known_customers.chosen(whole), *_in_notebook(whole, "known_customers")})),
    )


def _period(whole: Store) -> tuple[date | None, date | None]:
    """First and last day of the period; None: where the data begin and end."""
    first, last = whole.shop.first_ordered, whole.shop.as_of
    period = linked(st.selectbox, _("Period"), {name: _(words) for name, words in PERIODS.items()}, key="period")
    if period in {"12m", "6m"}:
        start = _months_before(last, int(period[:-1])) + timedelta(days=1)
        return (start if start > first else None), None
    if period != "own":
        return None, None
    limits = {"min_value": date(1990, 1, 1), "max_value": date(2099, 12, 31), "value": None, "bind": "query-params"}
    with st.container(horizontal=True):
        start = st.date_input(_("From"), key="from", **limits)
        end = st.date_input(_("Until"), key="until", **limits)
    if (start or first) > (end or last) or (end and end < first) or (start and start > last):
        st.caption(
            f":red[{_('No orders there: the data run from {start} to {end}.', start=text.day(first), end=text.day(last))}]"
        )
        return None, None
    return (start if start and start > first else None), (end if end and end < last else None)


def _months_before(day: date, months: int) -> date:
    """The same day of the month so many months before; the month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    after = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + timedelta(days=day.day - 1), after - timedelta(days=1))


def _left_out(whole: Store) -> tuple[tuple[str, ...], float | None, int | None]:
    """Customers left out: by list (never in the URL: it names people) and by rule."""
    labels = made(_labels, result(largest, whole, 50), "name" if st.session_state.get("names") else "label", whole.shop.currency)  # fmt: skip
    chosen = st.multiselect(
        _("By name"),
        list(labels),
        format_func=lambda customer: labels.get(customer, " · –"),
        key="leave_out_chosen",
        placeholder=_("The 50 with the most revenue"),
        persist_state="session",
    )
    listed = st.text_area(
        _("By list"),
        key="leave_out_listed",
        placeholder=_("One account, e-mail or phone number per line"),
        height=90,
        persist_state="session",
    )
    found = result(named, whole, listed.splitlines()) if listed.strip() else []
    if listed.strip():
        st.caption(text.plural("{n} customer found", "{n} customers found", len(found)))
    revenue = st.number_input(
        _("Revenue above"),
        min_value=0.0,
        value=None,
        step=1000.0,
        format="%.0f",
        key="leave_out_revenue",
        bind="query-params",
    )
    days = st.number_input(
        _("Buying days above"), min_value=1, value=None, step=1, key="leave_out_days", bind="query-params"
    )
    return tuple(sorted({*chosen, *found, *_in_notebook(whole, "left_out")})), revenue, days


def _labels(most: pd.DataFrame, called: str, currency: str) -> dict[str, str]:
    """Customer -> what they are called, and their revenue."""
    rows = zip(most.customer_id, most[called], most.revenue, strict=True)
    return {customer: f"{name} · {text.money(revenue, currency)}" for customer, name, revenue in rows}


def _in_notebook(whole: Store, table: str) -> list[str]:
    """Customers whom a list of the notebook names: those left out of every count (left_out), or older than the files (known_customers)."""
    notebook = session.notebook()
    rows = notebook.rows(table)
    if rows.empty:
        return []
    people = result(customers, whole, notebook)
    return people.customer_id[people.person.isin(rows.person)].tolist()


def _counts(whole: Store) -> tuple[tuple[str, ...], tuple[str, ...], bool]:
    """What counts as an order, where the owner wants it otherwise than the house does."""
    reasons = {reason: _(reason) for reason in session.SWITCHABLE}
    include = linked(st.multiselect, _("Count these too"), reasons, key="include", default=[], placeholder=_("None"))
    unlisted = result(unlisted_statuses, whole)
    statuses = []
    if unlisted:
        statuses = st.multiselect(
            _("Do not count the status"), unlisted, key="leave_out_statuses", bind="query-params", placeholder=_("None")
        )
    same_day = st.toggle(
        _("A second order on the same day is a repurchase"),
        key="same_day",
        bind="query-params",
        help=_("Usually it is one purchase in two parcels, so the house counts one."),
    )
    return tuple(include), tuple(s for s in statuses if s in unlisted), same_day


def any_set() -> bool:
    """Whether a filter lets less through than the whole shop, or counts otherwise than the house."""
    return any(st.session_state.get(key, usual) != usual for key, usual in USUAL.items())


def clear() -> None:
    """Take all filters back, from wherever a page says them."""
    reset({key: value for key, value in USUAL.items() if key in st.session_state})


def sentence(name: str, store: Store | None, filters: Filters) -> str:
    """The filter in words: which shop (its name), from when to when, which stores, without whom, and what counts otherwise."""
    if store is None:
        return ""
    parts = [name, text.span(store.shop.start, store.shop.as_of)]
    parts.append(text.listed(list(filters.shops)) if filters.shops else _("all stores"))
    if filters.leave_out:
        parts.append(text.plural("without {n} customer", "without {n} customers", len(filters.leave_out)))
    if filters.leave_out_revenue is not None:
        parts.append(
            _("without customers above {revenue}", revenue=text.money(filters.leave_out_revenue, store.shop.currency))
        )
    if filters.leave_out_days is not None:
        parts.append(
            _(
                "without customers of more than {days}",
                days=text.plural("{n} buying day", "{n} buying days", filters.leave_out_days),
            )
        )
    if filters.include:
        parts.append(_("counting {reasons} too", reasons=text.listed([_(reason) for reason in filters.include])))
    if filters.leave_out_statuses:
        parts.append(_("not counting {statuses}", statuses=text.listed(list(filters.leave_out_statuses))))
    if filters.known:
        parts.append(
            text.plural(
                "{n} old customer not counted as new", "{n} old customers not counted as new", len(filters.known)
            )
        )
    if filters.same_day:
        parts.append(_("each order a purchase of its own"))
    if filters.sheet.rows:
        parts.append(_("with your product sheet"))
    return ("，" if text.language() == "zh_TW" else ", ").join(parts)
