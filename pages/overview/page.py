"""總覽 Overview: how much of the shop its returning customers carry, and what moved."""

import streamlit as st

from analytics import overview as analysis
from analytics.cohorts.strongest import strongest
from analytics.overview import charts
from pages.overview import cards as headline
from pages.overview import sections, words
from pages.shared import drawing, first_months, not_customers, session, text, widgets
from pages.shared.links import linked
from pages.shared.made import made
from pages.shared.rates import choose_days
from pages.shared.session import result
from pages.shared.text import _
from pages.shared.widgets import Column

store = session.current_store()
currency = store.shop.currency
top = widgets.header(_("How much of the shop do returning customers carry?"))
answer = st.container()
with st.container(horizontal=True, vertical_alignment="bottom"):
    window = choose_days("overview_days")
    with st.popover(_("Targets"), icon=":material/flag:"):
        target, share_target = sections.targets()

found = result(analysis.overview, store)
head = found.headline(window, leave_out=first_months.left_out())
stands = result(analysis.against, store, window)
with answer:
    top.answer(words.answer(found, head))
    first_months.note(head, store.filters.known)
    widgets.cards(headline.main(found, head, store.shop, stands, target, share_target))
    not_customers.line(store, page="overview", days=window, since=head.since)

measure = linked(
    st.segmented_control,
    _("Show"),
    {name: _(shown) for name, shown in words.MEASURES.items()},
    key="overview_measure",
    required=True,
    label_visibility="collapsed",
)
sign = text.symbol(currency) if measure != "buyers" else ""
widgets.chart(
    drawing.drawn(charts.by_month, found.months, sections.labels(), measure=measure, prefix=sign),
    name=f"{measure}-by-month",
    unit=sections.unit_of_months(measure, currency),
    title=_("Each month, by kind of buyer"),
    alt=_("Stacked bars: each month's revenue or buyers, split into new, existing, reactivated and guests."),
)
groups = result(strongest, store, window)
findings = made(analysis.findings, found, head, target, strongest=groups, most=6)
widgets.findings([words.finding(one, currency) for one in findings])
widgets.cards(headline.second(found, head, store.shop, stands))
st.subheader(_("Which stage is the shop in?"), anchor=False)
sections.stage(found, currency)
st.subheader(_("What moved revenue?"), anchor=False)
sections.change(store, found)
st.subheader(_("What does the revenue hang on?"), anchor=False)
sections.dependence(found)
with st.expander(_("Why does my back office show another number?"), icon=":material/compare_arrows:"):
    sections.rules(store, found)
with st.expander(_("The months as a table"), icon=":material/table:"):
    widgets.table(
        found.months,
        {
            "period": Column(_("Month"), "month"),
            "finished": Column(_("Finished"), "yes"),
            "revenue": Column(_("Revenue"), "money"),
            "orders": Column(_("Orders"), "number"),
            "buyers": Column(_("Buyers"), "number"),
            **{name: Column(_(label), kind) for name, (label, kind) in sections.MONTH_COLUMNS.items()},
        },
        name="months",
    )
widgets.guide("overview")
