"""What buyers talk about on the sentiment page: topics of complaint and praise, questions as a draft FAQ, and the words they use."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.errors import TooLittleData
from analytics.reviews import questions as asking
from analytics.reviews import topics as topical
from analytics.reviews.opinions import Opinions
from analytics.reviews.questions import Questions
from analytics.reviews.topics import Topics
from pages.reviews import review_list, sentiment_cards
from pages.reviews.loading import BY_KEY
from pages.shared import text, widgets
from pages.shared.text import _, number
from pages.shared.widgets import Column, literal, plain

MOST_READ = 3_000
"""Texts that topics and words are made from, the latest; more would only make them slower."""


@st.cache_resource(scope="session", max_entries=6, hash_funcs=BY_KEY, show_spinner=False)
def _topics(found: Opinions, side: str) -> Topics | TooLittleData:
    """Topics of praise or complaint; the error where there are too few (kept, so that it is not looked for at every click)."""
    try:
        return topical.topics(_texts(found, side))
    except TooLittleData as error:
        return error


@st.cache_resource(scope="session", max_entries=6, hash_funcs=BY_KEY, show_spinner=False)
def _words(found: Opinions) -> pd.DataFrame:
    return topical.buyers_words(_texts(found, "praise"))


@st.cache_resource(scope="session", max_entries=6, hash_funcs=BY_KEY, show_spinner=False)
def _questions(found: Opinions, language: str) -> Questions:
    return asking.questions(found.reviews.text.dropna().tail(10 * MOST_READ).tolist(), language)


def _texts(found: Opinions, side: str) -> list[str]:
    wanted = ["positive"] if side == "praise" else ["negative", "mixed"]
    chosen = found.with_text[found.with_text.text_label.isin(wanted)]
    return chosen.text.tail(MOST_READ).tolist()


def texts(found: Opinions) -> None:
    """Topics of complaint and praise, the questions that buyers ask as a draft FAQ, and the words they use."""
    sides = {"complaint": _("Topics of complaint"), "praise": _("Topics of praise")}
    with st.spinner(_("Looking for topics…")):
        found_topics = {side: _topics(found, side) for side in sides}
    with st.grid(2, min_column_width=330):
        for side, title in sides.items():
            with st.container():
                _show_topics(found_topics[side], title, side)
    _faq(_questions(found, text.language()))
    st.caption(plain(sentiment_cards.shared(found.reviews)))
    used = _words(found)
    if len(used):
        st.markdown(f"**{_('Words buyers use when they praise')}**")
        st.markdown(plain("　".join(f"{literal(row.word)} :gray[{number(row.reviews)}]" for row in used.itertuples())))
        st.caption(
            _("In their own words: good for product pages and titles. The number is how many reviews use the word.")
        )


def _show_topics(found: Topics | TooLittleData, title: str, side: str) -> None:
    st.markdown(f"**{title}**")
    if isinstance(found, TooLittleData):
        st.caption(text.say(found))
        return
    for row in found.topics.itertuples():
        with st.expander(plain(f"{literal(row.words)} · {text.plural('{n} review', '{n} reviews', row.reviews)}")):
            for example in found.examples[found.examples.topic == row.topic].itertuples():
                st.markdown(
                    plain(
                        f"- {review_list.marked(example.text, row.words.split(' '), 'red' if side == 'complaint' else 'green')}"
                    )
                )


def _faq(found: Questions) -> None:
    if found.faq.empty:
        st.caption(_("Nobody asks a question in these reviews."))
        return
    st.markdown(f"**{_('Questions buyers ask: the draft of an FAQ')}**")
    widgets.table(
        found.faq,
        {
            "title": Column(_("Question")),
            "questions": Column(_("Asked"), "number"),
            "answer": Column(_("A start for the answer")),
            "examples": Column(_("As they ask")),
        },
        name="faq",
        xlsx=True,
    )
