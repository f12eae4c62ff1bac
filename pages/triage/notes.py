"""The owner's notes on reviews and the reply templates in use: kept in the notebook, saved as files, loaded again."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from analytics.errors import RegularsError
from analytics.reviews import replies, triage
from analytics.workspace import Notebook
from pages.shared import session, text
from pages.shared.made import made
from pages.shared.remembered import said
from pages.shared.text import _, plain

TABLE, TEMPLATES = "triage", "reply_templates"
"""The table of the notebook that holds the notes; the setting that holds the templates."""


def current() -> pd.DataFrame:
    """The notes, as `triage.read_notes` gives them."""
    return made(_notes, session.notebook())


def _notes(notebook: Notebook) -> pd.DataFrame:
    return notebook.rows(TABLE)[list(triage.NOTE_COLUMNS)].fillna("").astype("str")


def change(review_id: str, name: str, key: str) -> None:
    """Keep what the widget `key` says of a review; one about which nothing is said any more is dropped."""
    notes = current()
    [before] = notes[notes.review_id == review_id].to_dict("records") or [{}]
    row = {"review_id": review_id, **{one: before.get(one, "") for one in triage.NOTE_COLUMNS[1:]}}
    row[name] = st.session_state[key] or ""
    if any(row[one] for one in triage.NOTE_COLUMNS[1:]):
        said.write(lambda notebook: notebook.put(TABLE, [row]))
    else:
        said.write(lambda notebook: notebook.drop(TABLE, [{"review_id": review_id}]))


def templates() -> dict:
    """The owner's reply templates, else the built-in ones."""
    return session.notebook().setting(TEMPLATES) or replies.templates()


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
    if session.current().remembered is None:
        st.caption(
            _("Notes live in this session only: save them before you close the page, and load them the next time.")
        )
    left, right = st.columns(2)
    left.file_uploader(
        _("Load notes"),
        type="csv",
        key="triage_notes_file",
        on_change=_load,
        args=("triage_notes_file", _take_notes),
    )
    right.file_uploader(
        _("Load my own templates"), type="toml", key="triage_templates_file", on_change=_load,
        args=("triage_templates_file", _take_templates),
    )  # fmt: skip
    problem = st.session_state.get("triage_problem")
    if problem:
        st.markdown(f":red[:material/error: {plain(text.say(problem))}]")


def _take_notes(notebook: Notebook, file: object) -> None:
    notebook.put(TABLE, triage.read_notes(file.getvalue(), file.name).to_dict("records"))


def _take_templates(notebook: Notebook, file: object) -> None:
    notebook.keep(**{TEMPLATES: replies.parse(file.getvalue().decode("utf-8", errors="replace"), file.name)})


def _load(key: str, take: Callable[[Notebook, object], None]) -> None:
    file = st.session_state[key]
    st.session_state["triage_problem"] = None
    if file is not None:
        try:
            take(session.notebook(), file)
        except RegularsError as error:
            st.session_state["triage_problem"] = error
