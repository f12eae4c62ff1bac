"""The reviews of the view that a page is about."""

from __future__ import annotations

import streamlit as st

from analytics.errors import N_, TooLittleData
from analytics.reviews.opinions import Opinions, opinions, score_all
from analytics.store import Store
from pages.shared import session
from pages.shared.session import result
from pages.shared.text import _, number


def current() -> tuple[Store, Opinions]:
    """The shop as filtered, and its reviews, scored once whatever the filter. Where no file of reviews was read, TooLittleData says so."""
    store, whole = session.current_store(of_orders=False), session.current().whole
    if not whole.shop.reviews:
        raise TooLittleData(
            N_(
                "None of these files holds reviews. Drop a file of reviews (Judge.me, Loox, Yotpo, Shopee's page and others) in beside the orders."
            )
        )
    with st.spinner(_("Reading {n} reviews…", n=number(whole.shop.reviews)), show_time=True):
        return store, result(opinions, store, result(score_all, whole))
