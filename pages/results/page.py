"""有沒有效 Did it work: each list that was sent, read back from what its people bought, against those held out."""

import streamlit as st

from analytics.results import results
from pages.results import campaigns, size, views, words
from pages.shared import session, widgets
from pages.shared.links import choice
from pages.shared.session import result
from pages.shared.text import _

noted = session.noted_store()
top = widgets.header(_("Did what you sent make a difference?"))
numbers = st.container()
with st.container(horizontal=True, vertical_alignment="bottom"):
    view = choice(_("Look at"), words.VIEWS, "results_view")
    days = views.days()
found = result(results, noted, days)
with numbers:
    top.answer(campaigns.answer(noted) if view == "campaigns" else words.answer(found))

match view:
    case "kinds":
        views.kinds(found)
    case "campaigns":
        campaigns.show(noted)
    case "size":
        size.calculator()
    case "mailings":
        views.mailings()
    case _:
        views.lists(noted, found)
widgets.guide("results")
