"""The owner's tags and notes on customers: on one card, or on a whole list at once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import datetime

import pandas as pd
import streamlit as st

from analytics.store import Store
from analytics.workspace import Notebook, customers
from pages.shared import session
from pages.shared.remembered import said
from pages.shared.session import result
from pages.shared.text import _, literal, plain, plural

NAMES = ("account", "email", "phone")
"""Columns of a contact list by which a customer is known, besides the key."""


def show(store: Store, facts: pd.Series) -> None:
    """The tags and notes on one customer, to be read and changed. facts: a row of a contact list."""
    who, key = str(facts.customer_id), _key(facts)
    notebook = session.notebook()
    people = result(customers, store, notebook)
    persons = people.person[people.customer_id == who]
    tags, notes = notebook.rows("tags"), notebook.rows("notes")
    mine = sorted(tags.tag[tags.person.isin(persons)].unique())
    st.session_state[f"{key}_tags"] = mine
    st.multiselect(
        _("Tags"),
        sorted({*tags.tag}),
        key=f"{key}_tags",
        accept_new_options=True,
        placeholder=_("Choose a tag, or write a new one"),
        on_change=_tag,
        args=(facts, persons, mine),
    )
    for note in notes[notes.person.isin(persons)].itertuples():
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(plain(f"{literal(note.note)} · {note.written_at[:10]}"), width="stretch")
            st.button(
                _("Delete"), key=f"{key}_drop_{note.Index}", type="tertiary", icon=":material/delete:", on_click=_drop, args=(note,)
            )  # fmt: skip
    st.text_area(_("Note"), key=f"{key}_note", height=70, placeholder=_("What to remember about this customer"))
    st.button(_("Keep the note"), key=f"{key}_keep", icon=":material/edit_note:", on_click=_note, args=(facts,))


def of_list(listed: Callable[[], pd.DataFrame], n: int, name: str) -> None:
    """Tag a whole list, or write one note on everybody in it. listed: gives the rows of the contact list once they are asked for; n: its customers."""
    with st.popover(_("Tag these customers"), icon=":material/sell:"):
        st.text_input(_("Tag"), key=f"{name}_tag_all", max_chars=40)
        st.text_area(_("Note"), key=f"{name}_note_all", height=70)
        st.button(
            plural("Write it on {n} customer", "Write it on {n} customers", n),
            key=f"{name}_write_all", icon=":material/edit_note:", on_click=_all, args=(listed, name),
        )  # fmt: skip


def _key(facts: pd.Series) -> str:
    """Where this customer's widgets keep their values; a name would stand in the page for all to see."""
    return f"customer_{hashlib.sha256(str(facts.customer_id).encode()).hexdigest()[:12]}"


def _named(facts: Mapping[str, object]) -> dict[str, object]:
    return {"customer": facts["customer_id"]} | {name: facts.get(name) for name in NAMES}


def _tag(facts: pd.Series, persons: pd.Series, before: list[str]) -> None:
    chosen = [tag.strip() for tag in st.session_state[f"{_key(facts)}_tags"] if tag.strip()]
    gone = [{"person": int(person), "tag": tag} for tag in before if tag not in chosen for person in persons]

    def change(notebook: Notebook) -> None:
        notebook.put("tags", [{**_named(facts), "tag": tag} for tag in chosen])
        notebook.drop("tags", gone)

    said.write(change)


def _note(facts: pd.Series) -> None:
    key = f"{_key(facts)}_note"
    words = st.session_state[key].strip()
    row = {**_named(facts), "note": words, "written_at": datetime.now()}
    if words and said.write(lambda notebook: notebook.put("notes", [row])):
        st.session_state[key] = ""


def _drop(note: object) -> None:
    row = {"person": note.person, "note": note.note, "written_at": note.written_at}
    said.write(lambda notebook: notebook.drop("notes", [row]))


def _all(listed: Callable[[], pd.DataFrame], name: str) -> None:
    tag, words = (st.session_state[f"{name}_{what}_all"].strip() for what in ("tag", "note"))
    people = [_named(row) for row in listed().drop_duplicates("customer_id").to_dict("records")]

    def change(notebook: Notebook) -> None:
        if tag:
            notebook.put("tags", [{**person, "tag": tag} for person in people])
        if words:
            notebook.put("notes", [{**person, "note": words, "written_at": datetime.now()} for person in people])

    if (tag or words) and said.write(change):
        done = plural("Written on {n} customer.", "Written on {n} customers.", len(people))
        said.say(said.here(), done)
        for what in ("tag", "note"):
            st.session_state[f"{name}_{what}_all"] = ""
