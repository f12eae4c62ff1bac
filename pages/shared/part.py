"""The page as a part of its own: a control in it runs the page again and not the frame around it (menu, side bar, filters).

The frame runs again with the page when something that it stands on is another than when it ran last: a filter that a button of the page
takes back, the owner's notebook, files, cut points. What that is need not be said: everything in the session that is not the page's own.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import is_dataclass
from datetime import date, datetime
from functools import wraps
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from analytics.errors import RegularsError
from analytics.store import Damaged
from pages.shared import product_sheet, session, settings, states, text
from pages.shared.remembered import shops

_STOOD = "frame_stood_on"
"""Session state: what the frame stood on when it ran last."""
_NOTED = "frame_noted"
"""Session state: what the frame reads in the notebook, with the key of the notebook then."""
_TABLES = ("left_out", "known_customers", product_sheet.TABLE)
"""Tables of the notebook that filters stand on."""
_PAGE_ONLY = (_STOOD, _NOTED, "current", "answer", "cuts_", "settings_", "FormSubmitter:")
"""How keys begin that the frame does not look at in the session, besides those that begin with the page's name."""
_PLAIN = (str, int, float, bool, date, datetime, type(None))


_page_runs: ContextVar[bool] = ContextVar("page_runs", default=False)


def section(draw: Callable[..., None]) -> Callable[..., None]:
    """A part of a page, which alone runs again when one of its own controls is changed. It writes nothing outside of itself."""

    @st.fragment
    @wraps(draw)
    def alone(*given: Any) -> None:
        if not _page_runs.get() and _frame_is_old(session.current().page):
            st.rerun()
        try:
            with text.speaking(text.language()):
                draw(*given)
        except RegularsError as error:
            states.too_little(error)

    return alone


@st.fragment
def run(page: st.Page, name: str) -> None:
    """The page (name: in the menu), or what is to be said in its place."""
    if _frame_is_old(name):
        st.rerun()
    try:
        page._can_be_called = True  # Streamlit lets a page run once per run of the whole
        before = _page_runs.set(True)
        try:
            with text.speaking(text.language()):
                page.run()
        finally:
            _page_runs.reset(before)
    except session.NothingRead:
        states.nothing_read()
    except RegularsError as error:
        states.too_little(error)
    except Damaged:
        now = session.current()
        if not (now.remembered and shops.mended(now.remembered)):
            raise
        st.rerun()
    settings.end(session.current())


def _frame_is_old(page: str) -> bool:
    """Whether the page runs by itself, and the frame would come out otherwise now."""
    stands = _stands_on(page)
    if get_script_run_ctx().fragment_ids_this_run:
        return st.session_state.get(_STOOD) != stands
    st.session_state[_STOOD] = stands
    return False


def _stands_on(page: str) -> dict[str, object]:
    """What the frame stands on, so that two of them can be compared."""
    now = session.current()
    own = (f"{page}_", *_PAGE_ONLY)
    widgets = _widgets_of_page()
    found = {
        key: _mark(value)
        for key, value in st.session_state.to_dict().items()
        if not key.startswith(own) and key.removesuffix("_linked").removesuffix("_clicked") not in widgets
    }
    found["current"] = "current" in st.session_state
    found["notebook"] = _noted()
    if now.remembered:
        found["remembered"] = now.remembered.key
    return found


def _noted() -> object:
    """What the frame reads in the notebook; looked at only after something was written there."""
    notebook = session.notebook()
    key, known = notebook.key, st.session_state.get(_NOTED)
    if known is None or known[0] != key:
        rows = [repr(notebook.rows(table).to_dict("records")) for table in _TABLES]
        st.session_state[_NOTED] = known = (key, (key.rpartition(":")[0], repr(notebook.settings()), *rows))
    return known[1]


def _widgets_of_page() -> set[str]:
    """Keys of the controls that the page drew; those of the frame are in no part."""
    state = get_script_run_ctx().session_state._state
    known = state._new_widget_state.widget_metadata
    return {key for one, key in state._key_id_mapper.id_key_mapping.items() if one in known and known[one].fragment_id}


def _mark(value: Any) -> object:
    """What tells a value from another: plain ones and those that are made of them by what they are, others by which object they are."""
    if isinstance(value, _PLAIN):
        return value
    if isinstance(value, dict):
        return {str(key): _mark(one) for key, one in value.items()}
    if isinstance(value, list | tuple | set):
        return tuple(map(_mark, value))
    return repr(value) if is_dataclass(value) else getattr(value, "file_id", id(value))
