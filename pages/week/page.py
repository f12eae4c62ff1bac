"""這週做什麼 This week: how repurchase stands and how last week went; then at most seven tasks, each with its people."""

import streamlit as st

from analytics.overview import headline
from analytics.week import last_week
from analytics.week import week as planned
from pages.shared import first_months, menu, sent_lists, session, widgets
from pages.shared.links import choice
from pages.shared.reviews import loading
from pages.shared.session import result
from pages.shared.text import _
from pages.week import around, cards, tasks, words, worksheet

store = session.current_store(of_orders=False)
top = widgets.header(_("What do you do this week, and for whom?"))
head = result(headline, store, words.WINDOW, leave_out=first_months.left_out()) if store.shop.orders else None
before = result(last_week, store) if store.shop.orders else None
top.answer(words.answer(head, before))
unhappy = cards.show(before) if before else None
if store.shop.orders:
    menu.link("overview", _("How the shop stands in full"))
view = choice(_("Look at"), words.VIEWS, "week_view")

opinions = loading.if_any()
if unhappy and opinions:
    cards.unhappy(unhappy, before, opinions)
noted = session.noted_store(of_orders=False)
week = result(planned, noted, opinions, sent_lists.limits())
st.markdown(f"**{words.planned(week)}**")

match view:
    case "worksheet":
        worksheet.show(noted, week)
    case "limits":
        around.show(week)
    case _:
        tasks.show(noted, week)
        around.take_away(week)
widgets.guide("week")
