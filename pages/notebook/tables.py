"""Every table of the notebook as a file, out and in again."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from analytics.errors import RegularsError
from analytics.sources import Upload
from analytics.workspace import TABLES, Notebook, as_csv, as_workbook, take_in
from pages.notebook import words
from pages.shared import session, text
from pages.shared.remembered import said
from pages.shared.text import _, number, plural

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show(notebook: Notebook) -> None:
    """One row per table: how much is in it, its file; a workbook of all; and the way back in."""
    filled = {name: len(notebook.rows(name)) for name in TABLES}
    day = f"{datetime.now():%Y-%m-%d}"
    st.download_button(
        _("All tables as one workbook"),
        lambda: as_workbook(notebook, {name: words.label(name) for name, rows in filled.items() if rows}, {n: words.called(n) for n in TABLES}),
        f"regulars-notebook-{day}.xlsx", XLSX, key="notebook_workbook", on_click="ignore", icon=":material/download:",
        disabled=not any(filled.values()),
    )  # fmt: skip
    for name, rows in filled.items():
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"{words.label(name)} · {plural('{n} row', '{n} rows', rows)}", width="stretch")
            st.download_button(
                "CSV", lambda name=name: as_csv(notebook, name, words.called(name)), f"regulars-{name}-{day}.csv", "text/csv",
                key=f"notebook_csv_{name}", on_click="ignore", type="tertiary", icon=":material/download:", disabled=not rows,
            )  # fmt: skip
    with st.container(border=True):
        st.markdown(f"**{_('Bring a table back, or in from elsewhere')}**")
        name = st.selectbox(_("Table"), list(TABLES), format_func=words.label, key="notebook_table")
        st.caption(_("Its columns: {columns}", columns=text.listed(list(words.called(name).values()))))
        st.file_uploader(
            _("A CSV file or a workbook"), type=["csv", "tsv", "txt", "xlsx", "xls"], key="notebook_in", on_change=_take, args=(name,)
        )  # fmt: skip


def _take(name: str) -> None:
    file = st.session_state["notebook_in"]
    if file is None:
        return
    here = said.here()
    try:
        taken = take_in(session.notebook(), name, Upload(file.name, file.getvalue()), words.called(name))
    except RegularsError as error:
        said.say(here, text.say(error), problem=True)
    else:
        said.say(here, _("{table}: {n} rows taken.", table=words.label(name), n=number(taken.rows)))
