"""這週做什麼 This week: at most seven tasks, each with its people, and how last week went."""

import streamlit as st

from analytics.week import last_week
from analytics.week import week as planned
from pages.shared import session, widgets
from pages.shared.links import choice
from pages.shared.made import made
from pages.shared.session import result
from pages.shared.text import _
from pages.week import around, tasks, words, worksheet

noted = session.noted_store()
top = widgets.header(_("What do you do this week, and for whom?"))
numbers = st.container()
view = choice(_("Look at"), words.VIEWS, "week_view")

limits = tasks.limits()
opinions = tasks.opinions()
week = result(planned, noted, opinions, limits)
before = result(last_week, session.current_store())
with numbers:
    top.answer(made(words.answer, week, before))
    if before:
        widgets.cards(made(words.cards, before))

match view:
    case "worksheet":
        worksheet.show(noted, week)
    case "limits":
        around.show(week)
    case _:
        tasks.show(noted, week)
        around.take_away(week)
widgets.guide("week")
