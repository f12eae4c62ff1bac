"""總覽 Overview: how much of the shop its returning customers carry, and what moved."""

import streamlit as st

from analytics import overview as analysis
from analytics.overview import charts
from pages.overview import cards as headline
from pages.overview import sections, words
from pages.shared import session, text, widgets
from pages.shared.links import linked
from pages.shared.rates import choose_days
from pages.shared.text import _
from pages.shared.widgets import Column

store = session.current_store()
currency = store.shop.currency
top = widgets.header(_("How much of the shop do returning customers carry?"))
answer = st.container()
with st.container(horizontal=True, vertical_alignment="bottom"):
    window = choose_days("overview_days")
    with st.popover(_("Targets"), icon=":material/flag:"):
        rate = st.number_input(_("Repurchase rate, %"), 0, 100, 20, key="target_rate", bind="query-params")
        revenue = st.number_input(_("Repurchase revenue share, %"), 0, 100, 40, key="target_share", bind="query-params")
        st.caption(_("20 % is a goal for a young shop, 40 % a well-run one; both are said of goods of about NT$1,000."))

found = analysis.overview(store)
within = found.repurchase.within.set_index("days").loc[window]
with answer:
    top.answer(words.answer(found, within))
    widgets.cards(headline.main(found, store.shop, within, rate / 100, revenue / 100))

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
    charts.by_month(found.months, sections.labels(), measure=measure, prefix=sign),
    name=f"{measure}-by-month",
    unit=sections.unit_of_months(measure, currency),
    title=_("Each month, by kind of buyer"),
    alt=_("Stacked bars: each month's revenue or buyers, split into new, existing, reactivated and guests."),
)
widgets.findings([words.finding(one, currency) for one in analysis.findings(found, window=window, target=rate / 100)])
widgets.cards(headline.second(found, store.shop))
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
