"""回購節奏 Repurchase: how long customers take to buy again, where they stop, and whom to write to now."""

import streamlit as st

from analytics.errors import TooLittleData
from analytics.repurchase import due, gaps, ladder, survival, within
from pages.repurchase import cards as repurchase_cards
from pages.repurchase import people as repurchase_people
from pages.repurchase import views as repurchase_views
from pages.repurchase import words
from pages.shared import session, widgets
from pages.shared.links import choice
from pages.shared.rates import choose_days
from pages.shared.session import result
from pages.shared.text import _

store = session.current_store()
top = widgets.header(_("How long until customers buy a second time?"))
numbers = st.container()
with st.container(horizontal=True, vertical_alignment="bottom"):
    view = choice(_("Look at"), words.VIEWS, "repurchase_view")
    days = choose_days("repurchase_days")

rate = result(within, store, (days,)).iloc[0]
curve, rhythm, waiting = result(survival, store), result(gaps, store), result(due, store)
steps = result(ladder, store, days, rhythm.patience)
if steps.table.empty:
    raise TooLittleData(words.NOBODY)
with numbers:
    top.answer(words.answer(rate, rhythm, store.shop.start, store.shop.as_of))
    widgets.cards(repurchase_cards.cards(rate, curve, steps, rhythm, waiting, store.shop))

match view:
    case "ladder":
        repurchase_views.ladder(steps)
    case "gaps":
        repurchase_views.gaps(store, rhythm, waiting)
    case "mix":
        repurchase_people.mix(store)
    case "people":
        repurchase_people.people(store, rhythm)
    case _:
        repurchase_views.time(store, curve, rhythm)
widgets.guide("repurchase")
