"""What lies below the sentiment page's charts: one of its parts at a time."""

from __future__ import annotations

import streamlit as st

from analytics.reviews.opinions import Opinions
from analytics.reviews.summary import Summary
from analytics.store import Store
from pages.sentiment import outcomes as outcome_views
from pages.sentiment import topics as topic_views
from pages.sentiment import views, words
from pages.shared import part
from pages.shared.links import linked
from pages.shared.reviews import read_files
from pages.shared.text import _, words_of


@part.section
def show(store: Store, found: Opinions, told: Summary, span: int, grain: str, within: int) -> None:
    """The part chosen. span: days of the reviews; within: days in which a buyer is back."""
    parts = words_of(words.PARTS)
    if found.reviews.score.isna().all():
        del parts["survey"]
    chosen = linked(
        st.segmented_control, _("Go on to"), parts, key="sentiment_part", required=True, label_visibility="collapsed"
    )
    match chosen:
        case "products":
            views.products(told.goods, within)
        case "texts":
            topic_views.texts(found)
        case "apart":
            views.apart(told.now)
        case "after":
            outcome_views.after(store, found, told.outcome)
        case "survey":
            outcome_views.survey(store, found)
        case "files":
            read_files.show(store)
            views.languages(found)
        case _:
            views.about(found, told.now, told.about, span, grain)
            views.marks(found, grain)
