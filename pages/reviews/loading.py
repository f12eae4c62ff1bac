"""Reviews scored once per session and shop, whatever the filter; and those of the view that a page is about."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from analytics.errors import N_, TooLittleData
from analytics.reviews import opinions as analysis
from analytics.reviews import outcomes, replies, trends, triage
from analytics.reviews.opinions import Opinions, Scores
from analytics.reviews.outcomes import Outcomes
from analytics.reviews.replies import CopyPaste
from analytics.reviews.trends import Complaining
from analytics.store import Store
from pages.shared import session
from pages.shared.text import _, number

_MAY_TELL = r"(?i)好評|好评|五星|[5五] ?[顆颗]?星|滿星|满星|正評|正评|返現|返现|star|good review|positive"
BY_KEY = {Store: lambda store: store.key, Opinions: lambda found: found.key}
"""How the caches of the review pages tell their arguments apart."""


@st.cache_resource(scope="session", max_entries=2, hash_funcs=BY_KEY, show_spinner=False)
def _scores(whole: Store) -> Scores:
    return analysis.score_all(whole)


@st.cache_resource(scope="session", max_entries=3, hash_funcs=BY_KEY, show_spinner=False)
def _opinions(store: Store, whole: Store) -> Opinions:
    return analysis.opinions(store, _scores(whole))


@dataclass(frozen=True)
class Summary:
    """What the sentiment page says of the latest days. now, earlier: the reviews of these days and of those before. about: the aspects.
    complaining: how many texts complain, against before.
    goods: the products. outcome: what came after. None of it is to be changed.
    """

    now: Opinions
    earlier: Opinions
    about: pd.DataFrame
    complaining: Complaining
    goods: pd.DataFrame
    outcome: Outcomes


@st.cache_resource(scope="session", max_entries=6, hash_funcs=BY_KEY, show_spinner=False)
def summary(store: Store, found: Opinions, span: int, within: int, every: bool) -> Summary:
    """The summary of the last `span` days, with repurchase within `within` days."""
    now, earlier = analysis.latest(found, span), analysis.before(found, span)
    return Summary(
        now,
        earlier,
        trends.aspects(found, span),
        trends.complaining(now, earlier),
        outcomes.products(store, found, within),
        outcomes.outcomes(store, found, within, every=every),
    )


@dataclass(frozen=True)
class Replies:
    """Past replies: how many are copies, and those that offer something for a good review, each once. paid: how many do. told: the texts
    of buyers who speak of such an offer.
    """

    copied: CopyPaste
    offers: list[str]
    paid: int
    told: list[str]


@st.cache_resource(scope="session", max_entries=3, hash_funcs=BY_KEY, show_spinner=False)
def past_replies(found: Opinions) -> Replies:
    """The replies of the period, looked over."""
    past = found.reviews.reply.dropna()
    times = past.value_counts()
    paid = times[[replies.offers_reward(reply) for reply in times.index]]
    texts = found.reviews.text.dropna()
    likely = texts[texts.str.contains(_MAY_TELL)]
    told = [text for text in likely if replies.offers_reward(text)]
    return Replies(replies.copy_paste(past), list(paid.index), int(paid.sum()), told)


@st.cache_resource(scope="session", max_entries=3, hash_funcs=BY_KEY, show_spinner=False)
def cases(store: Store, found: Opinions) -> pd.DataFrame:
    """The reviews as cases; not to be changed."""
    return triage.cases(store, found)


def current() -> tuple[Store, Opinions]:
    """The shop as filtered, and its reviews. Where no file of reviews was read, TooLittleData says so."""
    store, whole = session.current_store(of_orders=False), session.current().whole
    if not whole.shop.reviews:
        raise TooLittleData(
            N_(
                "None of these files holds reviews. Drop a file of reviews (Judge.me, Loox, Yotpo, Shopee's page and others) in beside the orders."
            )
        )
    with st.spinner(_("Reading {n} reviews…", n=number(whole.shop.reviews)), show_time=True):
        return store, _opinions(store, whole)
