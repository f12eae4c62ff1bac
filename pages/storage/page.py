"""資料放在哪裡 Where data is kept: every file of a remembered shop, what it takes, and how to take it out, back it up or delete it."""

import streamlit as st

from pages.shared import place, session, widgets
from pages.shared.text import _
from pages.storage import views, words

now, workspace = session.current(), place.workspace()
top = widgets.header(_("Where are my files and notes?"), scope=words.scope())
top.answer(words.answer(now))
if now.remembered:
    views.cards(now.remembered)
    views.folder(now.remembered)
    st.subheader(_("Everything that is kept of this shop"), anchor=False)
    views.kept(now.remembered)
    views.by_hand(now.remembered)
    st.subheader(_("Back up, rename, forget"), anchor=False)
    views.actions(now.remembered)
if workspace:
    st.subheader(_("All remembered shops"), anchor=False)
    views.all_shops(workspace, now.remembered)
    views.bring_back()
widgets.guide("storage")
