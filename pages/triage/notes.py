"""The owner's notes on reviews and the reply templates in use: kept for this session, saved as files, loaded again."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.errors import RegularsError
from analytics.reviews import replies, triage
from pages.shared import text
from pages.shared.text import _, plain

KEY, TEMPLATES = "told_reviews", "told_reply_templates"


def current() -> pd.DataFrame:
    """The notes of this session, as `triage.read_notes` gives them."""
    return st.session_state.setdefault(KEY, triage.no_notes())


def change(review_id: str, name: str, key: str) -> None:
    """Keep what the widget `key` says of a review."""
    st.session_state[KEY] = triage.with_note(current(), review_id, **{name: st.session_state[key] or ""})


def templates() -> dict:
    """The owner's reply templates, else the built-in ones."""
    return st.session_state.get(TEMPLATES) or replies.templates()


def files() -> None:
    """Save and load: notes and reply templates."""
    noted = current()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            _("Save my notes ({n})", n=text.number(len(noted))), lambda: triage.notes_file(noted), "review-notes.csv", "text/csv",
            key="triage_notes_save", on_click="ignore", icon=":material/download:", disabled=noted.empty,
        )  # fmt: skip
        st.download_button(
            _("Reply templates"), replies.TEMPLATES.read_bytes(), "reply_templates.toml", "application/toml",
            key="triage_templates_save", on_click="ignore", icon=":material/download:",
        )  # fmt: skip
    st.caption(_("Notes live in this session only: save them before you close the page, and load them the next time."))
    left, right = st.columns(2)
    left.file_uploader(
        _("Load notes"),
        type="csv",
        key="triage_notes_file",
        on_change=_load,
        args=("triage_notes_file", KEY, _read_notes),
    )
    right.file_uploader(
        _("Load my own templates"), type="toml", key="triage_templates_file", on_change=_load,
        args=("triage_templates_file", TEMPLATES, _read_templates),
    )  # fmt: skip
    problem = st.session_state.get("triage_problem")
    if problem:
        st.markdown(f":red[:material/error: {plain(text.say(problem))}]")


def _read_notes(file: object) -> pd.DataFrame:
    loaded = triage.read_notes(file.getvalue(), file.name)
    older = current()
    return pd.concat([older[~older.review_id.isin(loaded.review_id)], loaded], ignore_index=True)


def _read_templates(file: object) -> dict:
    return replies.parse(file.getvalue().decode("utf-8", errors="replace"), file.name)


def _load(key: str, where: str, read: object) -> None:
    file = st.session_state[key]
    st.session_state["triage_problem"] = None
    if file is not None:
        try:
            st.session_state[where] = read(file)
        except RegularsError as error:
            st.session_state["triage_problem"] = error
