"""自動分群 Clusters: how customers fall into groups when the numbers speak by themselves, beside the ten segments."""

import streamlit as st

from analytics.clusters import KS, curve, grouped
from analytics.errors import TooLittleData
from analytics.segments.rfm import rfm
from pages.clusters import views, words
from pages.shared import cut_points, session, widgets
from pages.shared.links import linked
from pages.shared.made import made
from pages.shared.segments import of_all_history
from pages.shared.session import result
from pages.shared.text import _

store = session.current_store()
top = widgets.header(_("Into which groups do customers fall by themselves?"))
numbers = st.container()
number = linked(
    st.segmented_control, _("How many groups"), {"auto": _("Automatic"), **{str(k): str(k) for k in KS}},
    key="clusters_k", required=True,
)  # fmt: skip
found = result(rfm, store, cut_points.in_use(store))
try:
    with st.spinner(_("Grouping the customers…")):
        groups = result(grouped, found, None if number == "auto" else int(number), result(curve, found))
except TooLittleData as error:
    views.refused(error)
    widgets.guide("clusters")
    st.stop()
with numbers:
    top.answer(made(words.answer, groups))
    if of_history := of_all_history(store):
        st.caption(of_history)
    widgets.cards(made(words.cards, groups, store.shop))
views.chart(store, found, groups)
views.table(store, groups)
views.contacts(store, found, groups)
widgets.guide("clusters")
