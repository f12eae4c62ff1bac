"""世代回購 Cohorts: whether the customers a shop wins come back, by when and how they were won."""

import streamlit as st

from analytics.cohorts import by_month, cohorts
from analytics.repurchase import gaps, within
from pages.cohorts import cards as cohort_cards
from pages.cohorts import groups as cohort_groups
from pages.cohorts import views as cohort_views
from pages.cohorts import words
from pages.shared import known_customers, session, widgets
from pages.shared.links import choice
from pages.shared.rates import choose_days
from pages.shared.session import result
from pages.shared.text import _

store = session.current_store()
top = widgets.header(_("Do the customers you win come back?"))
numbers = st.container()
with st.container(horizontal=True, vertical_alignment="bottom"):
    view = choice(_("Look at"), words.VIEWS, "cohorts_view")
    days = choose_days("cohorts_days")
    known_customers.popover(store.filters.known)

chosen = cohort_views.Choice()
if view in ("triangle", "curves"):
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = cohort_views.controls(view)

found = result(cohorts, store, chosen.grain, step=chosen.step)
trend = result(by_month, store, (days,), burn_in=found.burn_in)
rate = result(within, store, (days,)).iloc[0]
with numbers:
    top.answer(words.answer(rate, trend, result(gaps, store).of(1), store.shop.start, store.shop.as_of))
    widgets.cards(cohort_cards.cards(found, rate, store.shop))

match view:
    case "curves":
        cohort_views.curves(store, found, chosen)
    case "groups":
        cohort_groups.groups(store, rate)
    case "trend":
        cohort_views.trend(trend, rate)
    case _:
        cohort_views.triangle(store, found, chosen)
widgets.guide("cohorts")
