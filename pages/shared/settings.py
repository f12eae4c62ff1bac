"""Settings of a remembered shop: what its owner chose once, taken up in every session and said in the filter's sentence.

A choice lives in the session while it is looked at. For a remembered shop it begins with what the notebook keeps; what the owner changes goes
into the notebook at the end of that run. What a link brings is looked at, and kept only once the owner changes it.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

from analytics.errors import NotKept
from pages.shared import session, text
from pages.shared.remembered import said
from pages.shared.session import Current

KEPT: dict[str, Any] = {
    "include": [],
    "leave_out_statuses": [],
    "same_day": False,
    "leave_out_chosen": [],
    "leave_out_listed": "",
    "leave_out_revenue": None,
    "leave_out_days": None,
    "kept_cuts": "",
    "kept_known": "",
    "parcels_cost": None,
}
"""Key in the session, and in the notebook's settings -> what it is where nothing was chosen. A choice that is to be kept is one line here."""
_OF, _SEEN, _KNOWN = "settings_of", "settings_seen", "settings_known"
"""Session state: the shop whose settings are in the session; what they were when last looked at; what its notebook said then."""


def begin(shop: str) -> None:
    """Before the choices are drawn: another shop has settings of its own, and another window may have changed this one's."""
    now, before = session.current(), st.session_state.get(_OF)
    if before == shop:
        _write(now)
    kept = now.remembered.notebook.settings() if now.remembered else {}
    known = st.session_state.get(_KNOWN, {})
    for key, nothing in KEPT.items():
        value = kept.get(key, nothing)
        if before == shop:
            anew = value != known.get(key, nothing)
        elif before is None:
            anew = now.remembered is not None and key not in st.query_params
        else:
            anew = now.remembered is not None or bool(known)
        if anew:
            _put(key, value, nothing)
    st.session_state[_OF] = shop
    st.session_state[_KNOWN] = {key: kept.get(key, nothing) for key, nothing in KEPT.items()} if now.remembered else {}
    if before != shop:
        st.session_state[_SEEN] = None


def end(now: Current) -> None:
    """After the page: what was changed in this run goes into the notebook."""
    _write(now)


def _write(now: Current) -> None:
    chosen = {key: _plain(st.session_state[key]) for key in KEPT if key in st.session_state}
    seen = st.session_state.get(_SEEN)
    changed = {key: value for key, value in chosen.items() if seen is not None and value != seen.get(key, KEPT[key])}
    st.session_state[_SEEN] = {**(seen or {}), **chosen}
    if not now.remembered or not changed:
        return
    try:
        now.remembered.notebook.keep(**{key: None if value == KEPT[key] else value for key, value in changed.items()})
    except NotKept as error:
        said.say(now.remembered.id, text.say(error), problem=True)
    else:
        st.session_state[_KNOWN] = {**st.session_state[_KNOWN], **changed}


def _put(key: str, value: Any, nothing: Any) -> None:
    if key in st.session_state or value != nothing:
        st.session_state[key] = value
    if value == nothing and key in st.query_params:
        del st.query_params[key]


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
