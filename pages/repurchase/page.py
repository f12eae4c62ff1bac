"""回購節奏 Repurchase: how long customers take to buy again, where they stop, and whom to write to now."""

import streamlit as st

from analytics.errors import TooLittleData
from analytics.overview import against, headline
from analytics.repurchase import due, gaps, ladder, survival
from pages.repurchase import cards as repurchase_cards
from pages.repurchase import people as repurchase_people
from pages.repurchase import views as repurchase_views
from pages.repurchase import words
from pages.shared import first_months, session, widgets
from pages.shared.links import choice
from pages.shared.made import made
from pages.shared.rates import choose_days
from pages.shared.session import result
from pages.shared.text import _

store = session.current_store()
top = widgets.header(_("How long until customers buy a second time?"))
numbers = st.container()
with st.container(horizontal=True, vertical_alignment="bottom"):
    view = choice(_("Look at"), words.VIEWS, "repurchase_view")
    days = choose_days("repurchase_days")

head, stands = result(headline, store, days, leave_out=first_months.left_out()), result(against, store, days)
rate = head.rate
curve, rhythm, waiting = result(survival, store), result(gaps, store), result(due, store)
steps = result(ladder, store, days, rhythm.patience)
if steps.table.empty:
    raise TooLittleData(words.NOBODY)
with numbers:
    top.answer(made(words.answer, rate, rhythm, max(head.since, store.shop.start), store.shop.as_of))
    first_months.note(head, store.filters.known)
    widgets.cards(made(repurchase_cards.cards, rate, curve, steps, rhythm, waiting, store.shop, stands))

match view:
    case "ladder":
        answer = repurchase_views.ladder(steps)
    case "gaps":
        answer = repurchase_views.gaps(store, rhythm, waiting)
    case "mix":
        answer = repurchase_people.mix(store)
    case "people":
        answer = repurchase_people.people(store, rhythm)
    case _:
        answer = repurchase_views.time(store, curve, rhythm)
if answer:
    top.answer(answer)
widgets.guide("repurchase")
