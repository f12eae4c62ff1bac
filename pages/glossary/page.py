"""用詞說明 Glossary: every word of the dashboard in plain words, and what the frame says in English."""

import pandas as pd
import streamlit as st

from pages.shared import glossary, menu, widgets
from pages.shared.text import _, listed, plain
from pages.shared.widgets import Column

top = widgets.header(_("What do these words mean?"), scope=_("The same words on every page, in plain language."))
asked = st.text_input(_("Find a word"), key="glossary_word", bind="query-params")
rows = pd.DataFrame(
    {
        "word": glossary.named(term),
        "meaning": _(term.meaning),
        "pages": listed([menu.title(name) for name in term.pages]) or _("All pages"),
    }
    for term in glossary.TERMS
)
wanted = (rows.word + rows.meaning).str.contains(asked.strip(), case=False, regex=False)
top.answer(_("{n} words; hold the pointer over “Words of this page” to see those of a page.", n=len(rows)))
for row in rows[wanted].itertuples():
    with st.container(gap=None):
        st.markdown(f"**{plain(row.word)}** :small[:gray[{plain(row.pages)}]]")
        st.markdown(plain(row.meaning))
if not wanted.any():
    st.caption(_("No word here fits “{word}”.", word=asked.strip()))
st.subheader(_("What is written in English"), anchor=False)
for english, meaning in glossary.STREAMLIT:
    st.markdown(f"**{english}**  \n{_(meaning)}")
with st.expander(_("As a table, to keep"), icon=":material/table:"):
    columns = {"word": Column(_("Word")), "meaning": Column(_("Meaning")), "pages": Column(_("Where"))}
    widgets.table(rows[list(columns)], columns, name="glossary", xlsx=True)
widgets.guide("glossary")
