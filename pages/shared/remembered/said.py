"""What is said above the page about a remembered shop: what came, what went wrong, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from analytics.errors import NotKept
from analytics.workspace import Added, Came, Notebook, Shop
from pages.shared import session, text
from pages.shared.text import _, literal, plain, plural

KEY = "remembered_said"
"""Session state: what is said."""


@dataclass(frozen=True)
class Said:
    """What is said above the page. shop: the id of the shop that it is about; "": of none any more."""

    shop: str
    sentence: str
    added: Added | None = None
    problem: bool = False


def put(shop: str, sentence: str, added: Added | None = None) -> None:
    """Say what came of files, in the next run; added: those that can be taken out again."""
    st.session_state[KEY] = Said(shop, sentence, added)


def say(shop: str, sentence: str, *, problem: bool = False) -> None:
    """Say something above the page in the next run. shop: the id of the shop that it is about; "": of none."""
    st.session_state[KEY] = Said(shop, sentence, problem=problem)


def here() -> str:
    """The id of the remembered shop that is open; "": none is."""
    shop = session.current().remembered
    return shop.id if shop else ""


def write(change: Callable[[Notebook], object]) -> bool:
    """Change the notebook of this run's shop; where that cannot be, it is said above the page, and False comes back."""
    try:
        change(session.notebook())
    except NotKept as error:
        say(here(), text.say(error), problem=True)
        return False
    return True


def show_said(shop: Shop | None) -> None:
    """What was said last, until it is closed or another shop is opened; after files came, with the way back."""
    said: Said | None = st.session_state.get(KEY)
    if said is None or said.shop not in ("", shop.id if shop else ""):
        st.session_state.pop(KEY, None)
        return
    mark = ":red[:material/error:]" if said.problem else ":green[:material/check_circle:]"
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(f"{mark} {plain(said.sentence)}", width="stretch")
        if said.added and said.added.files:
            st.button(_("Take these files out again"), key="remembered_undo", on_click=_undo, args=(shop, said.added))
        st.button(
            _("Close"), key="remembered_close", type="tertiary", icon=":material/close:",
            on_click=lambda: st.session_state.pop(KEY, None),
        )  # fmt: skip


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
        came_words(came) or _("No order changed by it."),
    )


def added_words(added: Added) -> str:
    """What adding files did, in words."""
    there = [literal(name) for name in added.there[:5]]
    parts = [came_words(added.came)] if added.files else []
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


def came_words(came: Came) -> str:
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
