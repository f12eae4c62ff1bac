"""評價情緒 Sentiment: what buyers praise and complain of, when that changed, and what it costs."""

import streamlit as st

from analytics.reviews.summary import summary
from pages.sentiment import cards as sentiment_cards
from pages.sentiment import further, views, words
from pages.shared import widgets
from pages.shared.links import linked
from pages.shared.made import made
from pages.shared.rates import choose_days
from pages.shared.reviews import loading
from pages.shared.session import result
from pages.shared.text import _, words_of

SPANS = (30, 90, 180, 365)

top = widgets.header(_("What do buyers say in their reviews?"))
store, found = loading.current()
numbers = st.container()
with st.container(horizontal=True, vertical_alignment="bottom"):
    span = st.segmented_control(
        _("The last (days)"), SPANS, default=90, required=True, key="sentiment_days", bind="query-params"
    )
    span = span if span in SPANS else 90
    grain = linked(
        st.segmented_control, _("Over time by"), words_of(words.GRAINS), key="sentiment_grain", required=True
    )
    with st.popover(_("Settings"), icon=":material/tune:"):
        within = choose_days("sentiment_within", _("Bought again within (days)"))
        every = st.toggle(_("Every reviewed purchase, not only the first"), key="sentiment_every", bind="query-params")

told = result(summary, store, found, span, within, every=every)
with numbers:
    top.answer(made(words.answer, told.now, told.about, span))
    widgets.cards(made(sentiment_cards.cards, told.now, told.earlier))
    widgets.findings(made(words.findings, found, told))

views.over_time(found, grain)
further.show(store, found, told, span, grain, within)
widgets.guide("sentiment")
