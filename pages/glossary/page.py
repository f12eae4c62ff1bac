"""用詞說明 Glossary: every word of the dashboard in plain words, and what the frame says in English."""

import streamlit as st

from pages.shared import glossary, widgets
from pages.shared.made import made
from pages.shared.text import _, plain
from pages.shared.widgets import Column

top = widgets.header(_("What do these words mean?"), scope=_("The same words on every page, in plain language."))
asked = st.text_input(_("Find a word"), key="glossary_word", bind="query-params")
rows = made(glossary.table)
wanted = (
    rows if not asked.strip() else rows[(rows.word + rows.meaning).str.contains(asked.strip(), case=False, regex=False)]
)
top.answer(_("{n} words; hold the pointer over “Words of this page” to see those of a page.", n=len(rows)))
for words in zip(wanted.word, wanted.meaning, wanted.pages, strict=True):
    word, meaning, pages = map(plain, words)
    st.markdown(f"**{word}** :small[:gray[{pages}]]  \n{meaning}")
if wanted.empty:
    st.caption(_("No word here fits “{word}”.", word=asked.strip()))
st.subheader(_("What is written in English"), anchor=False)
st.markdown("\n\n".join(f"**{english}**  \n{_(meaning)}" for english, meaning in glossary.STREAMLIT))
with st.expander(_("As a table, to keep"), icon=":material/table:"):
    columns = {"word": Column(_("Word")), "meaning": Column(_("Meaning")), "pages": Column(_("Where"))}
    widgets.table(rows, columns, name="glossary", xlsx=True)
widgets.guide("glossary")
