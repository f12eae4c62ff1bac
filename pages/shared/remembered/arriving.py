"""Files that arrive: on top of the remembered shop that is open, or first ones, whose shop may be remembered.

Those that cannot be read stay in the box until a password or a mapping is given. Errors of the disk become sentences above the page.
"""

from __future__ import annotations

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from analytics.errors import NotKept, RegularsError
from analytics.health import shops as stores_of
from analytics.sources import Upload
from analytics.store import Store
from analytics.workspace import NOTED, Added, Notebook, Shop
from pages.shared import place, session, text, uploads
from pages.shared.remembered import said, shops
from pages.shared.session import KEPT, OWN, result
from pages.shared.text import _, literal, plain, plural

_TURN, _DONE, _TRIED, _WANTED, _DECLINED = (
    f"remembered_{name}" for name in ("turn", "done", "tried", "wanted", "declined")
)
"""Session state: how often the box was emptied; uploads dealt with; what was tried last and its problems; the name to remember the shop by;
that it is not to be remembered."""


def box() -> str:
    """The key of the box for files: a new one empties it."""
    turn = st.session_state.get(_TURN, 0)
    return f"files_{turn}" if turn else "files"


def take(shop: Shop, files: list[UploadedFile]) -> list[RegularsError]:
    """Put the files of the box on top of the shop; the problems of those that cannot be read yet. Each is tried again when more is told."""
    done: set[str] = st.session_state.setdefault(_DONE, set())
    waiting = [file for file in files if file.file_id not in done]
    if not waiting:
        return []
    passwords = dict(session.told("passwords"))
    told = [sorted(shop.notebook.told(about).items()) for about in NOTED.values()]
    tried = repr((shop.id, [file.file_id for file in waiting], sorted(passwords.items()), told))
    before = st.session_state.get(_TRIED)
    if before and before[0] == tried:
        return before[1]
    try:
        with shops.progress(
            _("Adding {n} files to {shop}…", n=text.number(len(waiting)), shop=literal(shop.name))
        ) as progress:
            added = shop.add(
                [Upload(file.name, uploads.path_of(file)) for file in waiting], passwords=passwords, progress=progress
            )
    except NotKept as error:
        st.session_state[_TRIED] = (tried, [error])
        return [error]
    done.update(_dealt_with(waiting, added))
    st.session_state[_TRIED] = (tried, list(added.problems))
    if added.files or added.there:
        said.put(shop.id, said.added_words(added), added)
    if not added.problems:
        _empty_box()
        st.rerun()
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
        others = {"": _("A new shop"), **shops.names()}
        with st.container(horizontal=True, vertical_alignment="bottom"):
            if len(others) > 1:
                st.selectbox(
                    _("These files are of"), list(others), format_func=others.get, key="remember_as", width=200
                )
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
    """Remember a new shop in this run; or open the one that these files belong to, where they go on top."""
    if other := st.session_state.get("remember_as"):
        shops.go_to(other)
    else:
        st.session_state[_WANTED] = st.session_state["remember_name"]


def _decline() -> None:
    st.session_state[_DECLINED] = True


def keep_wanted(files: list[UploadedFile]) -> str | None:
    """Remember the shop of the files in the box, where that was asked for: its name in the address, or None."""
    name, workspace = st.session_state.pop(_WANTED, None), place.workspace()
    if name is None or workspace is None or not (files or session.told("pasted")):
        return None
    notebook: Notebook = st.session_state.get(f"notebook_{OWN}") or Notebook()
    for about, noted in NOTED.items():
        for file, words in session.told(about).items():
            notebook.tell(noted, file, words)
    given = [Upload(file.name, uploads.path_of(file)) for file in files]
    given += [pasted_file(name, table) for name, table in session.told("pasted").items()]
    try:
        with shops.progress(_("Remembering {n} files…", n=text.number(len(given)))) as progress:
            shop, added = workspace.keep(
                name,
                given,
                passwords=dict(session.told("passwords")),
                notebook=notebook,
                progress=progress,
            )
    except NotKept as error:
        said.say("", text.say(error), problem=True)
        return None
    if shop is None:
        return None
    st.session_state.pop(f"notebook_{OWN}", None)
    session.told("pasted").clear()
    session.told("dates").clear()
    sentence = _("“{name}” is remembered and opens at once from now on.", name=literal(shop.name))
    said.put(shop.id, text.sentences(sentence, said.added_words(added)))
    if added.problems:
        st.session_state[_DONE] = _dealt_with(files, added)
    else:
        _empty_box()
    return KEPT + shop.id


def pasted_file(name: str, table: str) -> Upload:
    """Reviews that were pasted, as a file to be kept."""
    return Upload(f"{name}.csv", table.encode())


def take_pasted(shop: Shop, name: str, table: str) -> None:
    """Put pasted reviews on top of the shop, as a file of its own; what came of it is said above the page."""
    try:
        added = shop.add([pasted_file(name, table)])
    except NotKept as error:
        said.say(shop.id, text.say(error), problem=True)
        return
    if added.problems:
        said.say(shop.id, text.say(added.problems[0]), problem=True)
    else:
        said.put(shop.id, said.added_words(added), added)


def _dealt_with(files: list[UploadedFile], added: Added) -> set[str]:
    """The uploads that are kept or were there already; the others wait in the box."""
    unread = {(getattr(problem, "file", None) or "").split("/")[0] for problem in added.problems}
    return {file.file_id for file in files if file.name not in unread}


def take_in_by_hand(shop: Shop) -> None:
    """Add the files that somebody put into the shop's folder."""
    try:
        added = shop.take_in_by_hand(passwords=dict(session.told("passwords")))
    except NotKept as error:
        said.say(shop.id, text.say(error), problem=True)
        return
    if added.problems:
        said.say(
            shop.id,
            text.sentences(said.added_words(added), *(text.say(problem) for problem in added.problems[:3])),
            problem=True,
        )
    else:
        said.put(shop.id, said.added_words(added), added)
