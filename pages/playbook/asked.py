"""What is asked, and where one hears it: reviews, notes to orders, and a chat that is pasted or dropped in."""

from __future__ import annotations

import hashlib

import pandas as pd
import streamlit as st

from analytics.errors import RegularsError
from analytics.playbook import Heard, table, texts_in, texts_of_file
from analytics.sources import Upload
from pages.playbook import words
from pages.shared import session, text, widgets
from pages.shared.remembered import said
from pages.shared.text import _, number, plain
from pages.shared.widgets import Column

LONGEST = 200_000
"""Signs of a chat that are taken."""


class Chat(tuple):
    """The texts of a chat as a choice of an analysis: told apart by what they say."""

    @property
    def key(self) -> str:
        return "chat-" + hashlib.sha256("\n".join(self).encode()).hexdigest()[:16]


def chat() -> Chat:
    """What was pasted or dropped in, of this session and shop."""
    return Chat(st.session_state.get(_place(), ()))


def _place() -> str:
    return f"playbook_chat_of_{session.current().shop}"


def show(found: Heard, rows: pd.DataFrame) -> None:
    """The list, and the way for a chat to come in."""
    sources = {name: label for name, label in words.SOURCES.items() if found.read.get(name)}
    if len(found.table):
        shown = found.table.assign(
            kind=[_(words.KINDS[kind]) for kind in found.table.kind],
            product=found.table["product"].fillna(""),
            there=[bool(n) for n in _in_table(found, rows)],
        )
        columns = {
            "question": Column(_("Question or symptom")), "kind": Column(_("Kind")), "asked": Column(_("Asked"), "number"),
            **{name: Column(_(label), "number") for name, label in sources.items() if len(sources) > 1},
            "product": Column(_("Product")), "there": Column(_("In the table"), "yes"), "examples": Column(_("As they ask")),
        }  # fmt: skip
        widgets.table(shown, columns, name="playbook-asked", xlsx=True)
    if sources:
        st.caption(plain(_("Read: {texts}.", texts=text.listed([f"{_(label)} {number(found.read[name])}" for name, label in sources.items()]))))  # fmt: skip
    with st.container(border=True):
        st.markdown(f"**{_('Questions from a chat')}**")
        st.text_area(_("Paste questions, one a line, or LINE’s export of a chat"), key="playbook_pasted", height=140, max_chars=LONGEST)  # fmt: skip
        st.file_uploader(_("Or a file of it (text, CSV or workbook)"), type=["txt", "csv", "tsv", "xlsx"], key="playbook_file")  # fmt: skip
        with st.container(horizontal=True):
            st.button(_("Read it"), key="playbook_read", type="primary", icon=":material/hearing:", on_click=_read)
            st.button(_("Forget the chat"), key="playbook_forget", type="tertiary", on_click=_forget, disabled=not chat())  # fmt: skip
        st.caption(_("It is read for this session alone and kept nowhere: what customers write to you is theirs."))


def _in_table(found: Heard, rows: pd.DataFrame) -> list[bool]:
    """Of each thing that is asked, whether the table has a row for it."""
    there = {(row.question, row.product_id) for row in table(rows).itertuples()}
    return [(row.question, row.product_id) in there or (row.question, "") in there for row in found.table.itertuples()]


def _read() -> None:
    texts = texts_in(st.session_state["playbook_pasted"] or "")
    file = st.session_state["playbook_file"]
    try:
        texts += texts_of_file(Upload(file.name, file.getvalue())) if file else []
    except RegularsError as error:
        said.say(said.here(), text.say(error), problem=True)
    if texts:
        st.session_state[_place()] = tuple(texts)
        said.say(said.here(), text.plural("{n} message was read.", "{n} messages were read.", len(texts)))


def _forget() -> None:
    st.session_state.pop(_place(), None)
    st.session_state["playbook_pasted"] = ""
