"""The frame around every page: language, shop, files, passwords, filters; settles `session.Current` for the page to come."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import segno
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from analytics.errors import NotKept, NotRecognised, PasswordNeeded, WrongPassword, told_once
from analytics.store import Filters, Opened
from analytics.workspace import Shop
from pages.shared import (
    browser,
    filters,
    menu,
    part,
    place,
    present,
    product_sheet,
    saved_views,
    session,
    settings,
    states,
    text,
)
from pages.shared.links import linked, sober
from pages.shared.remembered import arriving, said, shops
from pages.shared.reviews import loading
from pages.shared.session import OWN, Current
from pages.shared.text import N_, _, literal, plain

LOGO, ICON, STYLE = (Path(__file__).with_name(name) for name in ("logo.svg", "icon.svg", "style.css"))
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
    st.html(STYLE)
    st.logo(LOGO, size="large", icon_image=ICON)
    sober()
    with st.sidebar:
        language()
    with text.speaking(text.language()):
        _in_language()


def _in_language() -> None:
    page, name = menu.open_page()
    above = st.container()
    with above:
        now = settle(name)
        banner(now)
        said.show_said(now.remembered)
        problems(now, at_data=name == "data")
        if now.shop == OWN and now.whole:
            arriving.offer(now.whole)
        present.bar(name)
    browser.line("kept" if now.remembered else "files" if now.shop == OWN and now.whole else "")
    if name:
        part.run(page, name)
    else:
        page.run()


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
        names, shop, files = _choose()
    kept = _remembered(shop)
    st.session_state["current"] = Current(shop, name=names[shop], remembered=kept, page=page)
    wanted = arriving.keep_wanted(files) if shop == OWN else None
    if wanted:
        shops.go_to(wanted)
        st.rerun()
    waiting = arriving.take(kept, files) if kept else []
    settings.begin(shop)
    opened = _open(shop, kept, files)
    with st.sidebar:
        chosen = filters.choose(opened.store) if opened.store else Filters()
        chosen = replace(chosen, sheet=product_sheet.current())
        st.toggle(
            _("Show buyers' names"),
            key="names",
            persist_state="session",
            help=_("Hidden by default, in tables and their downloads; only a contact list holds them."),
        )
        present.switch()
        if page:
            saved_views.save(page)
    store = session.view(opened.store, chosen) if opened.store else None
    now = Current(
        shop,
        opened.store,
        store,
        chosen,
        (*waiting, *opened.problems),
        filters.sentence(literal(names[shop]) if kept else names[shop], store, chosen),
        page,
        names[shop],
        kept,
    )
    st.session_state["current"] = now
    if now.whole is not None and now.whole.shop.reviews:
        loading.begun(now.whole)
    return now


def _remembered(shop: str) -> Shop | None:
    """The remembered shop that is chosen; None where it was forgotten meanwhile, too."""
    try:
        return shops.find(shop)
    except NotKept:
        return None


def _choose() -> tuple[dict[str, str], str, list[UploadedFile]]:
    """Names of all shops, the chosen one, and the files in the box."""
    names = shops.names() | {name: _(SHOPS[name][0]) for name in [*session.demos(), OWN]}
    default = st.session_state.setdefault("shop_first", shops.first())
    if (wanted := shops.gone_to()) in names:
        st.session_state["shop"] = wanted
    shop = linked(
        st.selectbox,
        _("Which shop"),
        names,
        key="shop",
        default=default if default in names else next(name for name in names if name in SHOPS),
        on_change=filters.forget_customers,
    )
    with st.container(key=f"speaks_{text.language()}"):
        st.caption(_where(shop))
    if place.shared():
        _on_a_phone()
    files = st.file_uploader(
        _("Your orders and reviews"),
        accept_multiple_files=True,
        key=arriving.box(),
        on_change=_arrived,
        args=(arriving.box(),),
        help=_(
            "Several at once, as they came: Excel, CSV or zip from Shopee, Shopify and others, and files of reviews. Overlaps are sorted out."
        ),
    )
    browser.close_side(",".join(file.file_id for file in files or []))
    _signing_in()
    return names, shop, files or []


def _where(shop: str) -> str:
    """Where this shop is, and where files that are dropped in go."""
    kept = _remembered(shop)
    if kept:
        return shops.line()
    if shop == OWN and (place.shared() or place.sign_in_offered()):
        return _where_files_go()
    return _(SHOPS[shop][1])


def _signing_in() -> None:
    """Where the server has a sign-in: the way in, or who is in and the way out."""
    if not place.sign_in_offered():
        return
    if place.signed_in():
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(_("Signed in as {name}", name=literal(place.person_name())))
            st.button(_("Sign out"), key="sign_out", type="tertiary", on_click=st.logout)
    else:
        st.button(_("Sign in to have your shop remembered"), key="sign_in", icon=":material/login:", on_click=st.login)


def banner(now: Current) -> None:
    """Above the page of a demo: that it is one, and the way to the owner's own files."""
    if now.shop not in SHOPS or now.shop == OWN:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="on_screen_demo_banner"):
        st.markdown(f":material/storefront: {plain(_('This is a demo shop, not yours.'))}", width="stretch")
        browser.to_own_files(_("Use my files"))


def _on_a_phone() -> None:
    """Where the page is served to others: its address and a picture of it for a phone's camera."""
    address = place.for_others(st.context.url or "")
    with st.popover(_("Open on a phone"), icon=":material/qr_code_2:", width="stretch"):
        st.markdown(_("On a phone in the same network, point the camera here, or type the address:"))
        st.image(segno.make(address, micro=False).svg_inline(scale=6, light="white", border=2), width=220)
        st.code(address, language=None)


def _where_files_go() -> str:
    return _(
        "This page runs on the computer “{name}”: files that you drop in go there, serve you alone, and are gone when you close the page.",
        name=place.computer(),
    )


def _arrived(box: str) -> None:
    """Files came: they go on top of the remembered shop that is open, else they are looked at by themselves."""
    if st.session_state[box] and not session.current().remembered:
        st.session_state["shop"] = OWN
        filters.forget_customers()


def _open(shop: str, kept: Shop | None, files: list[UploadedFile]) -> Opened:
    if kept:
        try:
            return shops.opened(kept)
        except NotKept as error:
            return Opened(None, [error])
    if shop != OWN:
        with st.spinner(_("Opening the shop…")):
            return session.demo(shop)
    if not files and not session.told("pasted"):
        return Opened(None)
    return session.own(files)


def problems(now: Current, *, at_data: bool) -> None:
    """What could not be read, above the page: one sentence each, and for a locked workbook its password box.

    at_data: the page is the data page, where a file of unknown layout has its own form.
    """
    locked = [problem for problem in now.problems if isinstance(problem, PasswordNeeded | WrongPassword)]
    if locked:
        _unlock(locked)
    others = [problem for problem in told_once(now.problems) if not isinstance(problem, PasswordNeeded | WrongPassword)]
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
    wrong = {problem.key for problem in locked if isinstance(problem, WrongPassword)}
    groups = [[problem] for problem in locked] if wrong else [locked]
    with st.form("unlock", border=True):
        st.markdown(f"**:material/lock: {_('These files have a password')}**")
        for number, problems in enumerate(groups):
            st.text_input(
                plain(literal(text.listed([problem.file for problem in problems]))),
                type="password",
                key=f"password_{number}",
                placeholder=_("By default the last six digits of the shop's mobile number"),
            )
            if any(problem.key in wrong for problem in problems):
                st.markdown(f":red[:material/error: {_('That password does not open this file; try another.')}]")
        if before := arriving.said_before_unlocking():
            st.caption(before)
        st.form_submit_button(
            _("Open"),
            type="primary",
            icon=":material/lock_open:",
            on_click=_keep_passwords,
            args=([[problem.key for problem in problems] for problems in groups],),
        )


def _keep_passwords(groups: list[list[str]]) -> None:
    for number, keys in enumerate(groups):
        given = st.session_state[f"password_{number}"].strip()
        if given:
            session.told("passwords").update(dict.fromkeys(keys, given))
