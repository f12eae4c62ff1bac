"""The reviews of the view that a page is about: read by their words at once, and carefully in the background."""

from __future__ import annotations

import streamlit as st

from analytics.errors import N_, TooLittleData
from analytics.reviews import careful
from analytics.reviews.opinions import Opinions, opinions, score_all, texts_of
from analytics.store import Store
from analytics.workspace import Shop
from pages.shared import session
from pages.shared.made import made
from pages.shared.session import result
from pages.shared.text import _, number, percent, plural

LOOKED_EVERY, WAITED = 3, 1.5
"""Seconds between two looks at how far the careful reading is, and how long a page waits for it first: a few hundred reviews need no more."""
_READ = "read_carefully"
"""Session state: the last careful reading of an upload."""


def current() -> tuple[Store, Opinions]:
    """The shop as filtered, and its reviews, scored once whatever the filter. Where no file of reviews was read, TooLittleData says so.

    What is there is shown: scores by n-grams within seconds, and with the second opinion as soon as every text has one.
    """
    store, whole = session.current_store(of_orders=False), session.current().whole
    if not whole.shop.reviews:
        raise TooLittleData(
            N_(
                "None of these files holds reviews. Drop a file of reviews (Judge.me, Loox, Yotpo, Shopee's page and others) in beside the orders."
            )
        )
    reading = begun(whole)
    if reading.done:
        return store, _twice_read(store, whole, reading)
    with st.spinner(_("Reading {n} reviews…", n=number(whole.shop.reviews)), show_time=True):
        reading.wait(WAITED)
        if reading.done:
            return store, _twice_read(store, whole, reading)
        found = result(opinions, store, result(score_all, whole))
    _progress(reading)
    return store, found


def _twice_read(store: Store, whole: Store, reading: careful.CarefulReading) -> Opinions:
    return result(opinions, store, result(score_all, whole, made(Second, reading)))


def if_any() -> Opinions | None:
    """The reviews of this view for a page that has something to say without them; None: there are none."""
    try:
        return current()[1]
    except TooLittleData:
        return None


class Second(dict):
    """Second opinions as a choice of an analysis: told apart by the model that they are from."""

    def __init__(self, reading: careful.CarefulReading) -> None:
        super().__init__(reading.opinions)
        self.key = f"second-{careful.version()}"


def begun(whole: Store) -> careful.CarefulReading:
    """The careful reading of a shop, begun when it is first asked for: the frame asks as soon as the files are read.

    What a remembered shop's texts were read as is kept with it, and of an upload what this session has read; neither is read twice.
    """
    now = session.current()
    if not now.own:
        return _of_demo(whole)
    reading = st.session_state[_READ] = _of_upload(whole, now.remembered)
    return reading


@st.cache_resource(
    scope="session",
    max_entries=1,
    on_release=careful.CarefulReading.stop,
    hash_funcs={Store: lambda store: store.key, Shop: lambda shop: shop.id},
    show_spinner=False,
)
def _of_upload(whole: Store, shop: Shop | None) -> careful.CarefulReading:
    before: careful.CarefulReading | None = st.session_state.get(_READ)
    known = dict(before.opinions) if before else {}
    if shop is None:
        return careful.begin(texts_of(whole), known)
    kept = careful.kept(shop.opinions)

    def keep(opinions: careful.Opinions) -> None:
        if opinions.keys() != kept.keys():
            shop.keep_opinions(careful.written(opinions))

    return careful.begin(texts_of(whole), {**known, **kept}, keep=keep)


@st.cache_resource(hash_funcs={Store: lambda store: store.key}, show_spinner=False)
def _of_demo(whole: Store) -> careful.CarefulReading:
    return careful.begin(texts_of(whole))


@st.fragment(run_every=LOOKED_EVERY)
def _progress(reading: careful.CarefulReading) -> None:
    """How far the careful reading is; the page is drawn anew when it is done."""
    if reading.done:
        st.rerun()
    if reading.failed:
        st.caption(_("These reviews were read by their words only; the careful reading did not work."))
        return
    st.progress(
        reading.share,
        plural(
            "First look, by words. {n} text is being read once more, carefully: {share} done. Numbers may change a little then.",
            "First look, by words. {n} texts are being read once more, carefully: {share} done. Numbers may change a little then.",
            reading.total,
            share=percent(reading.share, 0),
        ),
    )
