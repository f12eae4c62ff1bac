"""The frame around every page: language, shop, files, passwords, filters; settles `session.Current` for the page to come."""

from __future__ import annotations

from datetime import date, timedelta

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from analytics.errors import PasswordNeeded, WrongPassword
from analytics.store import Filters, Opened, Store
from pages.shared import session, text
from pages.shared.session import OWN, Current
from pages.shared.text import N_, _
from pages.shared.widgets import literal, plain

SHOPS = {
    "tea": (N_("Demo: tea and supplements"), N_("Shopee, 24 months, customers who keep coming back")),
    "fashion": (N_("Demo: fashion"), N_("Shopify, lives on discounts, few return at full price")),
    "durable": (N_("Demo: durable goods"), N_("Sells what lasts for years: what not to read into a low rate")),
    "uci": (N_("Demo: UCI Online Retail"), N_("A real gift wholesaler in Britain, 2010 to 2011, public data")),
    OWN: (N_("My files"), N_("They stay on this computer and are gone when you close the page")),
}
PERIODS = {"all": N_("All"), "12m": N_("Last 12 months"), "6m": N_("Last 6 months"), "own": N_("Choose days")}


def language() -> None:
    """The language switch. Comes first: everything below is written in the language chosen here."""
    st.segmented_control(
        "語言 Language",
        list(text.LANGUAGES),
        default=text.preferred(st.context.locale),
        format_func=text.LANGUAGES.get,
        required=True,
        label_visibility="collapsed",
        key="lang",
        bind="query-params",
    )


def settle() -> Current:
    """Draw the side of the frame and settle which shop, under which filters, the page is about."""
    with st.sidebar:
        shop, files = _choose()
        opened = _open(shop, files)
        filters = _filters(opened.store) if opened.store else Filters()
        st.toggle(
            _("Show buyers' names"),
            key="names",
            persist_state="session",
            help=_("Hidden by default, in tables and downloads."),
        )
    store = session.view(opened.store, filters) if opened.store else None
    now = Current(shop, opened.store, store, filters, tuple(opened.problems), _sentence(shop, store, filters))
    st.session_state["current"] = now
    return now


def _choose() -> tuple[str, list[UploadedFile]]:
    options = [*session.demos(), OWN]
    shop = st.selectbox(
        _("Which shop"),
        options,
        format_func=lambda name: _(SHOPS[name][0]),
        key="shop",
        bind="query-params",
        on_change=_forget_customers,
    )
    shop = shop if shop in options else options[0]
    st.caption(_(SHOPS[shop][1]))
    files = st.file_uploader(
        _("Your order exports"),
        accept_multiple_files=True,
        key="files",
        on_change=_arrived,
        help=_(
            "Several at once, as they came: Excel, CSV or zip from Shopee, Shopify and others. Overlaps are sorted out."
        ),
    )
    return shop, files or []


def _arrived() -> None:
    if st.session_state["files"]:
        st.session_state["shop"] = OWN
        _forget_customers()


def _forget_customers() -> None:
    """Another shop has other customers and other stores."""
    for key, nothing in (("stores", []), ("leave_out_listed", ""), ("leave_out_chosen", [])):
        if key in st.session_state:
            st.session_state[key] = nothing


def _open(shop: str, files: list[UploadedFile]) -> Opened:
    if shop != OWN:
        with st.spinner(_("Opening the shop…")):
            return session.demo(shop)
    if not files:
        return Opened(None)
    told = [
        {file.name: session.told(about)[file.name] for file in files if file.name in session.told(about)}
        for about in ("passwords", "mappings", "shops")
    ]
    with st.spinner(_("Reading {n} files…", n=len(files)), show_time=True):
        return session.own(files, *told)


def problems(now: Current) -> None:
    """What could not be read, above the page: one sentence each, and for a locked workbook its password box."""
    locked = [problem for problem in now.problems if isinstance(problem, PasswordNeeded | WrongPassword)]
    if locked:
        _unlock(locked)
    others = [problem for problem in now.problems if problem not in locked]
    if others:
        with st.container(border=True):
            for problem in others[:3]:
                st.markdown(f":red[:material/error:] {plain(text.say(problem))}")
            if len(others) > 3:
                st.caption(_("And {n} more.", n=len(others) - 3))
            st.page_link(
                "pages/shop/data.py", label=_("See what was read and what to do"), icon=":material/arrow_forward:"
            )


def _unlock(locked: list[PasswordNeeded | WrongPassword]) -> None:
    """Ask once for all locked files; after a wrong password, for each by itself."""
    wrong = {problem.file for problem in locked if isinstance(problem, WrongPassword)}
    groups = [[problem.file] for problem in locked] if wrong else [[problem.file for problem in locked]]
    with st.form("unlock", border=True):
        st.markdown(f"**:material/lock: {_('These files have a password')}**")
        for number, names in enumerate(groups):
            st.text_input(
                plain(literal(text.listed(names))),
                type="password",
                key=f"password_{number}",
                placeholder=_("By default the last six digits of the shop's mobile number"),
            )
            if wrong.intersection(names):
                st.markdown(f":red[:material/error: {_('That password does not open this file; try another.')}]")
        st.form_submit_button(
            _("Open"), type="primary", icon=":material/lock_open:", on_click=_keep_passwords, args=(groups,)
        )


def _keep_passwords(groups: list[list[str]]) -> None:
    for number, names in enumerate(groups):
        given = st.session_state[f"password_{number}"].strip()
        if given:
            session.told("passwords").update(dict.fromkeys(names, given))


def _filters(whole: Store) -> Filters:
    start, end = _period(whole)
    stores = sorted(whole.table("files")["shop"].dropna().unique())
    chosen = []
    if len(stores) > 1:
        chosen = st.multiselect(_("Stores"), stores, key="stores", bind="query-params", placeholder=_("All"))
    with st.expander(_("Leave customers out"), icon=":material/person_off:"):
        leave_out, revenue, days = _left_out(whole)
    with st.expander(_("What counts as an order"), icon=":material/rule:"):
        include, statuses, same_day = _counts(whole)
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
    )


def _period(whole: Store) -> tuple[date | None, date | None]:
    """First and last day of the period; None: where the data begin and end."""
    first, last = whole.shop.first_ordered, whole.shop.as_of
    period = st.selectbox(
        _("Period"), list(PERIODS), format_func=lambda name: _(PERIODS[name]), key="period", bind="query-params"
    )
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
    largest = whole.query("customers_largest", n=50).set_index("customer_id")
    names = largest["name"] if st.session_state.get("names") else largest["label"]
    chosen = st.multiselect(
        _("By name"),
        list(largest.index),
        format_func=lambda customer: (
            f"{names.get(customer, '')} · {text.money(largest['revenue'].get(customer), whole.shop.currency)}"
        ),
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
    found = whole.query("customers_named", names=listed.splitlines())["customer_id"].tolist() if listed.strip() else []
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
    return tuple(sorted({*chosen, *found})), revenue, days


def _counts(whole: Store) -> tuple[tuple[str, ...], tuple[str, ...], bool]:
    """What counts as an order, where the owner wants it otherwise than the house does."""
    include = st.multiselect(
        _("Count these too"),
        session.SWITCHABLE,
        format_func=_,
        key="include",
        bind="query-params",
        placeholder=_("None"),
    )
    unlisted = whole.query("health_statuses")["status"].unique().tolist()
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
    return tuple(r for r in include if r in session.SWITCHABLE), tuple(s for s in statuses if s in unlisted), same_day


def _sentence(shop: str, store: Store | None, filters: Filters) -> str:
    """The filter in words: which shop, from when to when, which stores, without whom, and what counts otherwise."""
    if store is None:
        return ""
    parts = [_(SHOPS[shop][0]), text.span(store.shop.start, store.shop.as_of)]
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
    if filters.same_day:
        parts.append(_("each order a purchase of its own"))
    return ("，" if text.language() == "zh_TW" else ", ").join(parts)
