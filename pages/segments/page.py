"""顧客分群 Segments: which customers a shop has, whom to talk to first, and what to say."""

import streamlit as st

from analytics.segments import charts
from analytics.segments.late import late
from analytics.segments.rfm import rfm
from analytics.segments.standing import standings
from pages.segments import views, words
from pages.shared import cut_points, drawing, session, text, widgets
from pages.shared.links import clicked, linked, points
from pages.shared.made import made
from pages.shared.segments import of_all_history
from pages.shared.session import result
from pages.shared.text import _, plain

store = session.current_store()
top = widgets.header(_("Which customers do you have, and whom should you talk to first?"))
numbers = st.container()
with st.container(horizontal=True, vertical_alignment="bottom"):
    measure = linked(
        st.segmented_control, _("Size by"), {name: _(word) for name, word in words.MEASURES.items()},
        key="segments_size", required=True,
    )  # fmt: skip
    view = linked(
        st.segmented_control, _("As"), {name: _(word) for name, word in words.VIEWS.items()},
        key="segments_view", required=True,
    )  # fmt: skip
    cuts = cut_points.choose(store)
found = result(rfm, store, cuts)
waiting = made(late, found)
with numbers:
    top.answer(made(words.answer, found, waiting))
    if of_history := of_all_history(store):
        st.caption(of_history)
    widgets.cards(made(words.cards, found, waiting, store.shop, result(standings, store, cuts)))
    if caution := made(words.caution, found):
        st.warning(plain(caution), icon=":material/info:")

labels, sign = words.labels(), text.symbol(store.shop.currency)
if view == "map":
    recency, days = words.ticks(found.edges)
    write = text.number if measure == "customers" else words.Money(store.shop.currency)
    event = widgets.chart(
        drawing.drawn(charts.grid, found.cells, labels, recency, days, write=write, measure=measure, prefix=sign),
        name="segments",
        unit=words.size_of(measure),
        title=_("Ten segments by last purchase and buying days"),
        hint=_("Click a bubble for its customers"),
        alt=_(
            "A map of 25 cells: how long ago customers last bought against how many days they bought on, in ten segments."
        ),
        key="segments_map",
        select=True,
    )
    st.caption(plain(words.cut_by(found)))
    now = [f"{r}-{f}" for r, f, *_rest in points(event)]
else:
    event = widgets.chart(
        drawing.drawn(charts.areas, found.segments, labels, measure=measure, prefix=sign),
        name="segments",
        unit=words.size_of(measure),
        title=_("The ten segments as areas"),
        hint=_("Click an area for its customers"),
        alt=_("Ten areas, one for each segment, as large as its customers or its revenue."),
        key="segments_areas",
        select=True,
    )
    now = [segment for (segment,) in points(event)]
views.chosen(store, found, clicked("segments_cell", ".".join(now)).split("."))

views.further(store, found, waiting)
widgets.guide("segments")
