"""評價處理 Triage: whom to answer first, with what words, and what went wrong how often."""

import streamlit as st

from analytics.reviews import charts
from analytics.reviews import triage as analysis
from analytics.reviews.replies import past_replies
from pages.shared import cut_points, drawing, widgets
from pages.shared.made import made
from pages.shared.reviews import loading
from pages.shared.session import result
from pages.shared.text import _, words_of
from pages.triage import case, notes, words
from pages.triage import queue as queue_view

top = widgets.header(_("Which review should be answered first?"))
store, found = loading.current()
cases = result(analysis.cases, store, found, cut_points.in_use(store))
queue = made(analysis.queue, cases, notes.current())
numbers = st.container()
days, recent, shown = queue_view.filters(queue)
past = result(past_replies, found)
waiting = made(analysis.Queue.shown, recent, statuses=(analysis.OPEN,))
with numbers:
    top.answer(made(words.answer, waiting, days))
    queue_view.cards(waiting, store, found, past)

if shown.empty:
    st.success(_("Nothing waits under these filters."), icon=":material/check_circle:")
else:
    at = queue_view.table(shown)
    case.show(shown.iloc[at], found, case.draft(shown, at))

with st.expander(_("My notes and reply templates"), icon=":material/edit_note:"):
    notes.files()
st.subheader(_("Do the replies sound like people?"), anchor=False)
case.copied(past)
st.subheader(_("What goes wrong, and whose fault is it?"), anchor=False)
monthly = made(analysis.faults_by_month, queue)
if monthly.empty:
    st.caption(_("No complaint has a day, so there is nothing to count by month."))
else:
    widgets.chart(
        drawing.drawn(charts.faults, monthly, words_of(words.FAULTS)),
        name="faults",
        unit=_("Height of a bar: complaints of the month."),
        title=_("Complaints by month"),
        alt=_("Stacked bars: complaints of each month, by process fault, product fault, price and not clear."),
    )
    st.caption(
        _(
            "A first guess by what they complain of: delivery, packing and service are the process, price is price, the rest is the product. "
            "Your word in a case goes before it."
        )
    )
widgets.guide("triage")
