"""筆記本 Notebook: what the owner wrote down about the shop, table by table, out as files and in again."""

import streamlit as st

from pages.notebook import campaigns, people, tables, views, words
from pages.shared import session, widgets
from pages.shared.links import choice

notebook = session.notebook()
top = widgets.header(words.title(), scope=words.scope())
top.answer(words.answer(notebook))
section = choice(words.section_label(), words.SECTIONS, key="notebook_section")
match section:
    case "campaigns":
        campaigns.show(notebook)
    case "people":
        people.show(notebook)
    case "views":
        views.show(notebook)
    case _:
        tables.show(notebook)
st.caption(words.kept())
widgets.guide("notebook")
