"""What buyers talk about on the sentiment page: topics of complaint and praise, questions as a draft FAQ, and the words they use."""

from __future__ import annotations

import streamlit as st

from analytics.errors import TooLittleData
from analytics.reviews.opinions import Opinions
from analytics.reviews.questions import Questions
from analytics.reviews.topics import Topics, questions_asked, topics_of, words_of_praise
from pages.sentiment import cards as sentiment_cards
from pages.shared import text, widgets
from pages.shared.reviews import review_list
from pages.shared.session import result
from pages.shared.text import _, literal, number, plain
from pages.shared.widgets import Column


def texts(found: Opinions) -> None:
    """Topics of complaint and praise, the questions that buyers ask as a draft FAQ, and the words they use."""
    sides = {"complaint": _("Topics of complaint"), "praise": _("Topics of praise")}
    with st.spinner(_("Looking for topics…")):
        found_topics = {side: _topics(found, side) for side in sides}
    with st.grid(2, min_column_width=330):
        for side, title in sides.items():
            with st.container():
                _show_topics(found_topics[side], title, side)
    _faq(result(questions_asked, found, text.language()))
    st.caption(plain(sentiment_cards.shared(found.reviews)))
    used = result(words_of_praise, found)
    if len(used):
        st.markdown(f"**{_('Words buyers use when they praise')}**")
        st.markdown(plain("　".join(f"{literal(row.word)} :gray[{number(row.reviews)}]" for row in used.itertuples())))
        st.caption(
            _("In their own words: good for product pages and titles. The number is how many reviews use the word.")
        )


def _topics(found: Opinions, side: str) -> Topics | TooLittleData:
    """The topics; why there are none, where there are too few texts."""
    try:
        return result(topics_of, found, side)
    except TooLittleData as error:
        return error


def _show_topics(found: Topics | TooLittleData, title: str, side: str) -> None:
    st.markdown(f"**{title}**")
    if isinstance(found, TooLittleData):
        st.caption(text.say(found))
        return
    if found.topics.empty:
        st.caption(_("{n} reviews speak here, each of something else: no topic holds together.", n=number(found.told)))
    for row in found.topics.itertuples():
        with st.expander(plain(f"{literal(row.label)} · {text.plural('{n} review', '{n} reviews', row.reviews)}")):
            for example in found.examples[found.examples.topic == row.topic].itertuples():
                marked = review_list.marked(example.text, [example.clause], "red" if side == "complaint" else "green")
                st.markdown(plain(f"- {marked}"))


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
