"""The remembered shops of this reader: which there are, and opening one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from analytics.errors import NotKept
from analytics.store import Damaged, Opened
from analytics.workspace import Shop
from pages.shared import made, place, session
from pages.shared.session import KEPT
from pages.shared.text import _, literal, plain

_NEXT = "remembered_next"
"""Session state: the shop to open next."""


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


def opened(shop: Shop) -> Opened:
    """The shop, from its database; made again from its files, with progress, where it has to be."""
    place.workspace().opened(shop)
    if shop.files and not shop.made:
        with progress(_("Reading the files of {shop} again…", shop=literal(shop.name))) as told, _suppressed():
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
    made.let_go()


def mended(shop: Shop) -> bool:
    """After a damaged database was met: drop it, so that the next run makes it again. False where that was just tried."""
    if st.session_state.get("remembered_mended") == shop.key:
        return False
    st.session_state["remembered_mended"] = shop.key
    release(shop)
    with _suppressed():
        shop.mend()
    return True


def line() -> str:
    """Where a remembered shop is, in a line of the frame."""
    if place.sign_in_offered():
        return _("Remembered for you on the computer “{name}”; nobody else sees it.", name=literal(place.computer()))
    return _("Remembered on this computer. Files that you drop in go on top of it.")


@contextmanager
def _suppressed() -> Iterator[None]:
    """Where a folder cannot be written to the shop opens all the same, in memory."""
    try:
        yield
    except (NotKept, Damaged):
        return


@contextmanager
def progress(label: str) -> Iterator:
    """A bar that a reading of files moves."""
    bar = st.progress(0.0, plain(label))

    def moved(done: int, total: int, name: str) -> None:
        more = f" {literal(name)}" if name else ""
        bar.progress(done / max(1, total), plain(f"{label} {done} / {total}{more}"))

    try:
        yield moved
    finally:
        bar.empty()
