"""總覽 Overview: how much of the shop its returning customers carry, and what moved."""

import streamlit as st

from analytics import overview as analysis
from analytics.cohorts.strongest import strongest
from pages.overview import cards as headline
from pages.overview import sections, words
from pages.shared import first_months, not_customers, session, widgets
from pages.shared.made import made
from pages.shared.rates import choose_days
from pages.shared.session import result
from pages.shared.text import _

store = session.current_store()
currency = store.shop.currency
top = widgets.header(_("How much of the shop do returning customers carry?"))
answer = st.container()
with st.container(horizontal=True, vertical_alignment="bottom"):
    window = choose_days("overview_days")
    with st.popover(_("Targets"), icon=":material/flag:"):
        target, share_target = sections.targets()

found = result(analysis.overview, store)
head = made(analysis.Overview.headline, found, window, leave_out=first_months.left_out())
stands = result(analysis.against, store, window)
with answer:
    top.answer(made(words.answer, found, head))
    first_months.note(head, store.filters.known)
    widgets.cards(made(headline.main, found, head, store.shop, stands, target, share_target))
    not_customers.line(store, page="overview", days=window, since=head.since)

sections.months(found, currency)
groups = result(strongest, store, window)
findings = made(analysis.findings, found, head, target, strongest=groups, most=6)
widgets.findings([words.finding(one, currency) for one in findings])
widgets.cards(made(headline.second, found, head, store.shop, stands))
st.subheader(_("Which stage is the shop in?"), anchor=False)
sections.stage(found, currency)
st.subheader(_("What moved revenue?"), anchor=False)
sections.change(store, found)
st.subheader(_("What does the revenue hang on?"), anchor=False)
sections.dependence(found)
sections.rules(store, found)
sections.table(found)
widgets.guide("overview")
