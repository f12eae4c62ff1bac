"""The frame around every page: language, shop, files, passwords, filters; settles `session.Current` for the page to come."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from analytics.errors import NotRecognised, PasswordNeeded, RegularsError, WrongPassword
from analytics.store import Filters, Opened
from pages.shared import filters, menu, place, product_sheet, session, states, text
from pages.shared.links import linked
from pages.shared.reviews import loading
from pages.shared.session import OWN, Current
from pages.shared.text import N_, _, literal, plain

LOGO, ICON = Path(__file__).with_name("logo.svg"), Path(__file__).with_name("icon.svg")
SHOPS = {
    "tea": (
        N_("Demo: Shanlan tea and supplements"),
        N_("Shopee, 24 months: customers with a rhythm, who keep coming back"),
    ),
    "fashion": (N_("Demo: Mori Wear clothes"), N_("Shopify: won by discounts, lost after them")),
    "durable": (N_("Demo: AirLeaf air purifiers"), N_("Goods that last for years: what not to read into a low rate")),
    "uci": (
        N_("Demo: UCI gift shop (real data)"),
        N_("A real British shop, 2010 to 2011, whose buyers are mostly wholesalers"),
    ),
    OWN: (N_("My files"), N_("They stay on this computer and are gone when you close the page.")),
}


def run() -> None:
    """One run of the app: the frame, then the page."""
    st.set_page_config(page_icon=ICON, layout="wide")
    st.logo(LOGO, size="large", icon_image=ICON)
    with st.sidebar:
        language()
    page, name = menu.open_page()
    problems(settle(name), at_data=name == "data")
    try:
        page.run()
    except session.NothingRead:
        states.nothing_read()
    except RegularsError as error:
        states.too_little(error)


def language() -> None:
    """The language switch. Comes first: everything below is written in the language chosen here."""
    linked(
        st.segmented_control,
        "語言 Language",
        text.LANGUAGES,
        key="lang",
        default=text.preferred(st.context.locale),
        required=True,
        label_visibility="collapsed",
    )


def settle(page: str) -> Current:
    """Draw the side of the frame and settle which shop, under which filters, the page (its name) is about."""
    with st.sidebar:
        shop, files = _choose()
        opened = _open(shop, files)
        chosen = filters.choose(opened.store) if opened.store else Filters()
        chosen = replace(chosen, sheet=product_sheet.current(shop))
        st.toggle(
            _("Show buyers' names"),
            key="names",
            persist_state="session",
            help=_("Hidden by default, in tables and their downloads; only a contact list holds them."),
        )
    store = session.view(opened.store, chosen) if opened.store else None
    now = Current(
        shop,
        opened.store,
        store,
        chosen,
        tuple(opened.problems),
        filters.sentence(_(SHOPS[shop][0]), store, chosen),
        page,
    )
    st.session_state["current"] = now
    if now.whole is not None and now.whole.shop.reviews:
        loading.begun(now.whole)
    return now


def _choose() -> tuple[str, list[UploadedFile]]:
    names = {name: _(SHOPS[name][0]) for name in [*session.demos(), OWN]}
    shop = linked(st.selectbox, _("Which shop"), names, key="shop", on_change=filters.forget_customers)
    st.caption(_(SHOPS[shop][1]) if shop != OWN or not place.shared() else _where_files_go())
    files = st.file_uploader(
        _("Your orders and reviews"),
        accept_multiple_files=True,
        key="files",
        on_change=_arrived,
        help=_(
            "Several at once, as they came: Excel, CSV or zip from Shopee, Shopify and others, and files of reviews. Overlaps are sorted out."
        ),
    )
    return shop, files or []


def _where_files_go() -> str:
    return _(
        "This page runs on the computer “{name}”: files that you drop in go there, serve you alone, and are gone when you close the page.",
        name=place.computer(),
    )


def _arrived() -> None:
    if st.session_state["files"]:
        st.session_state["shop"] = OWN
        filters.forget_customers()


def _open(shop: str, files: list[UploadedFile]) -> Opened:
    if shop != OWN:
        with st.spinner(_("Opening the shop…")):
            return session.demo(shop)
    if not files:
        return Opened(None)
    told = [dict(session.told(about)) for about in ("passwords", "mappings", "shops")]
    with st.spinner(_("Reading {n} files…", n=len(files)), show_time=True):
        return session.own(files, *told)


def problems(now: Current, *, at_data: bool) -> None:
    """What could not be read, above the page: one sentence each, and for a locked workbook its password box.

    at_data: the page is the data page, where a file of unknown layout has its own form.
    """
    locked = [problem for problem in now.problems if isinstance(problem, PasswordNeeded | WrongPassword)]
    if locked:
        _unlock(locked)
    others = [problem for problem in now.problems if not isinstance(problem, PasswordNeeded | WrongPassword)]
    if at_data:
        others = [problem for problem in others if not isinstance(problem, NotRecognised)]
    if others:
        with st.container(border=True):
            shown = others if at_data else others[:3]
            for problem in shown:
                st.markdown(f":red[:material/error:] {plain(text.say(problem))}")
            if len(others) > len(shown):
                st.caption(_("And {n} more.", n=len(others) - len(shown)))
            if not at_data:
                states.next_step(_("See what was read and what to do"))


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
