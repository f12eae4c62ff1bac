"""世代回購 Cohorts: whether the customers a shop wins come back, by when and how they were won."""

import streamlit as st

from analytics.cohorts import by_month, cohorts
from analytics.overview import against, headline
from analytics.repurchase import gaps
from pages.cohorts import answers, words
from pages.cohorts import cards as cohort_cards
from pages.cohorts import groups as cohort_groups
from pages.cohorts import views as cohort_views
from pages.shared import first_months, session, widgets
from pages.shared.links import choice
from pages.shared.made import made
from pages.shared.rates import choose_days
from pages.shared.session import result
from pages.shared.text import _

store = session.current_store()
top = widgets.header(_("Do the customers you win come back?"))
numbers = st.container()
with st.container(horizontal=True, vertical_alignment="bottom"):
    view = choice(_("Look at"), words.VIEWS, "cohorts_view")
    days = choose_days("cohorts_days")

chosen = cohort_views.Choice()
if view in ("triangle", "curves"):
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = cohort_views.controls(view)

found = result(cohorts, store, chosen.grain, step=chosen.step)
trend = result(by_month, store, (days,), burn_in=found.burn_in)
head, stands = result(headline, store, days, leave_out=first_months.left_out()), result(against, store, days)
rate = head.rate
with numbers:
    first_months.note(head, store.filters.known)
    widgets.cards(made(cohort_cards.cards, found, rate, store.shop, stands))

second, since = result(gaps, store).of(1), max(head.since, store.shop.start)
top.answer(answers.of_page(rate, second, since, store.shop.as_of))
match view:
    case "curves":
        answer = cohort_views.curves(store, found, chosen, head)
    case "groups":
        answer = cohort_groups.groups(store, rate)
    case "trend":
        answer = cohort_views.trend(trend, rate, stands.get("rate"))
    case _:
        answer = cohort_views.triangle(store, found, chosen, head)
if answer:
    top.answer(answer)
widgets.guide("cohorts")
