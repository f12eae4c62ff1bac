"""The remembered shops of this reader: which there are, opening one, putting files on top of it, and what is said of that.

Files dropped while a remembered shop is open go on top of it, in the run that they arrive in; those that cannot be read stay in the box
until a password or a mapping is given. Errors of the disk become sentences above the page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from analytics.errors import NotKept, RegularsError
from analytics.health import shops as stores_of
from analytics.sources import Upload
from analytics.store import Damaged, Opened, Store
from analytics.workspace import Added, Came, Notebook, Shop
from pages.shared import place, session, text
from pages.shared.session import KEPT, OWN, result
from pages.shared.text import _, literal, plain, plural

_TURN, _DONE, _TRIED, _SAID, _WANTED, _DECLINED, _NEXT = (
    f"remembered_{name}" for name in ("turn", "done", "tried", "said", "wanted", "declined", "next")
)
"""Session state: how often the box was emptied; uploads dealt with; what was tried last and its problems; what is said above the page; the name
to remember the shop by; that it is not to be remembered; the shop to open next."""


@dataclass(frozen=True)
class _Said:
    """What is said above the page. shop: the id of the shop that it is about; "": of none any more."""

    shop: str
    sentence: str
    added: Added | None = None
    problem: bool = False


def names() -> dict[str, str]:
    """The remembered shops as the frame lists them: name in the address -> name."""
    workspace = place.workspace()
    if workspace is None:
        return {}
    _tidied(str(workspace.folder))
    found = {}
    for shop in workspace.shops():
        try:
            found[KEPT + shop.id] = shop.name
        except NotKept:
            found[KEPT + shop.id] = shop.id
    return found


@st.cache_resource(show_spinner=False)
def _tidied(folder: str) -> None:
    """Once per server: clear away what a program left that was ended."""
    place.workspace().tidy()


def first() -> str | None:
    """The shop to open where the address names none: the one that was open last."""
    workspace = place.workspace()
    last = workspace.last() if workspace else None
    return KEPT + last.id if last else None


def find(name: str) -> Shop | None:
    """The remembered shop of this name in the address; None: a demo, or files of this session."""
    workspace = place.workspace()
    if workspace is None or not name.startswith(KEPT):
        return None
    return workspace.shop(name.removeprefix(KEPT))


def go_to(name: str) -> None:
    """Open this shop (its name in the address) in the next run."""
    st.session_state[_NEXT] = name


def gone_to() -> str | None:
    """The shop that was to be opened in this run."""
    return st.session_state.pop(_NEXT, None)


def box() -> str:
    """The key of the box for files: a new one empties it."""
    turn = st.session_state.get(_TURN, 0)
    return f"files_{turn}" if turn else "files"


def opened(shop: Shop) -> Opened:
    """The shop, from its database; made again from its files, with progress, where it has to be."""
    place.workspace().opened(shop)
    if shop.files and not shop.made:
        with _progress(_("Reading the files of {shop} again…", shop=literal(shop.name))) as told, _suppressed():
            shop.make(told)
    latest = _latest(str(shop.folder))
    key = shop.key
    if latest.get("key", key) != key:
        _opened.clear(str(shop.folder), latest["key"])
    latest["key"] = key
    return _opened(str(shop.folder), key, shop)


@st.cache_resource(max_entries=8, show_spinner=False)
def _opened(folder: str, key: str, _shop: Shop) -> Opened:
    """Open for every window of whoever it is remembered for; freed when the data change and no window looks at the old ones any more."""
    return _shop.open()


@st.cache_resource(show_spinner=False)
def _latest(folder: str) -> dict[str, str]:
    """The key that the shop in this folder was opened with last."""
    return {}


def release(shop: Shop) -> None:
    """Let go of everything that is kept of the shop in memory."""
    latest = _latest(str(shop.folder))
    if "key" in latest:
        _opened.clear(str(shop.folder), latest.pop("key"))
    session.let_go()


def mended(shop: Shop) -> bool:
    """After a damaged database was met: drop it, so that the next run makes it again. False where that was just tried."""
    if st.session_state.get("remembered_mended") == shop.key:
        return False
    st.session_state["remembered_mended"] = shop.key
    release(shop)
    with _suppressed():
        shop.mend()
    return True


def take(shop: Shop, files: list[UploadedFile]) -> list[RegularsError]:
    """Put the files of the box on top of the shop; the problems of those that cannot be read yet. Each is tried again when more is told."""
    done: set[str] = st.session_state.setdefault(_DONE, set())
    waiting = [file for file in files if file.file_id not in done]
    if not waiting:
        return []
    passwords = dict(session.told("passwords"))
    told = [sorted(shop.notebook.told(about).items()) for about in ("mapping", "store")]
    tried = repr((shop.id, [file.file_id for file in waiting], sorted(passwords.items()), told))
    before = st.session_state.get(_TRIED)
    if before and before[0] == tried:
        return before[1]
    try:
        with _progress(
            _("Adding {n} files to {shop}…", n=text.number(len(waiting)), shop=literal(shop.name))
        ) as progress:
            added = shop.add(
                [Upload(file.name, file.getbuffer()) for file in waiting], passwords=passwords, progress=progress
            )
    except NotKept as error:
        st.session_state[_TRIED] = (tried, [error])
        return [error]
    unread = {(getattr(problem, "file", None) or "").split("/")[0] for problem in added.problems}
    done.update(file.file_id for file in waiting if file.name not in unread)
    st.session_state[_TRIED] = (tried, list(added.problems))
    if added.files or added.there:
        st.session_state[_SAID] = _Said(shop.id, _added(added), added)
    if not added.problems:
        _empty_box()
    return list(added.problems)


def _empty_box() -> None:
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1
    for key in (_DONE, _TRIED):
        st.session_state.pop(key, None)


def offer(store: Store) -> None:
    """Ask once whether to remember the shop of these files. To be drawn above the page, where there is a workspace."""
    if place.workspace() is None or st.session_state.get(_DECLINED):
        return
    locked = len(session.told("passwords"))
    with st.form("remember", border=True):
        st.markdown(f"**:material/bookmark_add: {_('Remember this shop, and open it at once the next time?')}**")
        st.caption(plain(text.sentences(_where(), _decrypted(locked) if locked else "")))
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.text_input(_("Name of the shop"), value=_guessed(store), key="remember_name", max_chars=60, width=280)
            st.form_submit_button(
                _("Remember this shop"), type="primary", icon=":material/bookmark_add:", on_click=_want
            )
            st.form_submit_button(_("Not this time"), on_click=_decline)


def _where() -> str:
    if place.sign_in_offered():
        return _(
            "The files and your notes stay on the computer “{name}”, for you alone.", name=literal(place.computer())
        )
    return _(
        "The files and your notes stay in a folder on this computer; nothing is sent anywhere. You can delete them any time."
    )


def _decrypted(n: int) -> str:
    """Said before the first file is kept without its password."""
    return plural(
        "{n} file has a password: it is kept without it, so that the shop opens the next time. Passwords are not kept.",
        "{n} files have a password: they are kept without it, so that the shop opens the next time. Passwords are not kept.",
        n,
    )


def said_before_unlocking() -> str:
    """For the password box while a remembered shop is open; "" otherwise."""
    shop = session.current().remembered
    return _("It is then kept in this shop's folder without its password. Passwords are not kept.") if shop else ""


def _guessed(store: Store) -> str:
    named = result(stores_of, store)
    return named[0] if len(named) == 1 else _("My shop")


def _want() -> None:
    st.session_state[_WANTED] = st.session_state["remember_name"]


def _decline() -> None:
    st.session_state[_DECLINED] = True


def keep_wanted(files: list[UploadedFile]) -> str | None:
    """Remember the shop of the files in the box, where that was asked for: its name in the address, or None."""
    name, workspace = st.session_state.pop(_WANTED, None), place.workspace()
    if name is None or workspace is None or not files:
        return None
    notebook: Notebook = st.session_state.get(f"notebook_{OWN}") or Notebook()
    for about, told in (("store", session.told("shops")), ("mapping", session.told("mappings"))):
        for file, words in told.items():
            notebook.tell(about, file, words)
    try:
        with _progress(_("Remembering {n} files…", n=text.number(len(files)))) as progress:
            shop, added = workspace.keep(
                name,
                [Upload(file.name, file.getbuffer()) for file in files],
                passwords=dict(session.told("passwords")),
                notebook=notebook,
                progress=progress,
            )
    except NotKept as error:
        say("", text.say(error), problem=True)
        return None
    if shop is None:
        return None
    st.session_state.pop(f"notebook_{OWN}", None)
    sentence = _("“{name}” is remembered and opens at once from now on.", name=literal(shop.name))
    st.session_state[_SAID] = _Said(shop.id, text.sentences(sentence, _added(added)))
    _empty_box()
    return KEPT + shop.id


def say(shop: str, sentence: str, *, problem: bool = False) -> None:
    """Say something above the page in the next run. shop: the id of the shop that it is about; "": of none."""
    st.session_state[_SAID] = _Said(shop, sentence, problem=problem)


def write(change: Callable[[Notebook], object]) -> bool:
    """Change the notebook of this run's shop; where that cannot be, it is said above the page, and False comes back."""
    try:
        change(session.notebook())
    except NotKept as error:
        say(here(), text.say(error), problem=True)
        return False
    return True


def here() -> str:
    """The id of the remembered shop that is open; "": none is."""
    shop = session.current().remembered
    return shop.id if shop else ""


def show_said(shop: Shop | None) -> None:
    """What was said last, until it is closed or another shop is opened; after files came, with the way back."""
    said: _Said | None = st.session_state.get(_SAID)
    if said is None or said.shop not in ("", shop.id if shop else ""):
        st.session_state.pop(_SAID, None)
        return
    mark = ":red[:material/error:]" if said.problem else ":green[:material/check_circle:]"
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(f"{mark} {plain(said.sentence)}", width="stretch")
        if said.added and said.added.files:
            st.button(_("Take these files out again"), key="remembered_undo", on_click=_undo, args=(shop, said.added))
        st.button(
            _("Close"), key="remembered_close", type="tertiary", icon=":material/close:",
            on_click=lambda: st.session_state.pop(_SAID, None),
        )  # fmt: skip


def take_in_by_hand(shop: Shop) -> None:
    """Add the files that somebody put into the shop's folder."""
    try:
        added = shop.take_in_by_hand(passwords=dict(session.told("passwords")))
    except NotKept as error:
        say(shop.id, text.say(error), problem=True)
        return
    if added.problems:
        say(
            shop.id, text.sentences(_added(added), *(text.say(problem) for problem in added.problems[:3])), problem=True
        )
    else:
        st.session_state[_SAID] = _Said(shop.id, _added(added), added)


def _undo(shop: Shop, added: Added) -> None:
    try:
        came = shop.take_out(added.files)
    except NotKept as error:
        say(shop.id, text.say(error), problem=True)
    else:
        say(shop.id, taken_out(len(added.files), came))


def taken_out(files: int, came: Came) -> str:
    """What taking files out did."""
    return text.sentences(
        plural("{n} file was taken out and deleted.", "{n} files were taken out and deleted.", files),
        _came(came) or _("No order changed by it."),
    )


def _added(added: Added) -> str:
    """What adding files did, in words."""
    there = [literal(name) for name in added.there[:5]]
    parts = [_came(added.came)] if added.files else []
    if added.files and not parts[0]:
        parts = [_("Nothing in them was new: every order was there already, and unchanged.")]
    if there:
        more = len(added.there) - len(there)
        parts.append(_("Already there: {files}.", files=text.listed(there) + (f" +{more}" if more else "")))
    if added.decrypted:
        parts.append(
            plural(
                "{n} file is kept without its password.", "{n} files are kept without their password.", added.decrypted
            )
        )
    return text.sentences(*parts)


def _came(came: Came) -> str:
    """Orders and reviews that came, changed and went; "": none did."""
    parts = []
    if came.added:
        parts.append(plural("{n} new order", "{n} new orders", came.added))
    if came.changed:
        changed = plural("{n} order updated", "{n} orders updated", came.changed)
        into = (
            [plural("{n} of them cancelled now", "{n} of them cancelled now", came.cancelled)] if came.cancelled else []
        )
        if came.refunded:
            into.append(plural("{n} of them refunded now", "{n} of them refunded now", came.refunded))
        parts.append(_("{changed} ({into})", changed=changed, into=text.listed(into)) if into else changed)
    if came.gone:
        parts.append(plural("{n} order gone", "{n} orders gone", came.gone))
    if came.reviews_added:
        parts.append(plural("{n} new review", "{n} new reviews", came.reviews_added))
    if came.reviews_gone:
        parts.append(plural("{n} review gone", "{n} reviews gone", came.reviews_gone))
    return _("{parts}.", parts=text.listed(parts)) if parts else ""


def line() -> str:
    """Where a remembered shop is, in a line of the frame."""
    if place.sign_in_offered():
        return _("Remembered for you on the computer “{name}”; nobody else sees it.", name=literal(place.computer()))
    return _("Remembered on this computer. Files that you drop in go on top of it.")


@contextmanager
def _progress(label: str) -> Iterator:
    """A bar that a reading of files moves."""
    bar = st.progress(0.0, plain(label))

    def moved(done: int, total: int, name: str) -> None:
        more = f" {literal(name)}" if name else ""
        bar.progress(done / max(1, total), plain(f"{label} {done} / {total}{more}"))

    try:
        yield moved
    finally:
        bar.empty()


@contextmanager
def _suppressed() -> Iterator[None]:
    """Where a folder cannot be written to the shop opens all the same, in memory."""
    try:
        yield
    except (NotKept, Damaged):
        return
