"""入門商品 Gateway products: which first product people come back after, what they buy next, and what wakes those who sleep."""

import streamlit as st

from analytics.gateway import gateway
from pages.gateway import one, views, words
from pages.shared import session, widgets
from pages.shared.links import choice
from pages.shared.made import made
from pages.shared.rates import choose_days
from pages.shared.session import result
from pages.shared.text import _

store = session.current_store()
top = widgets.header(_("Which first product do people come back after?"))
numbers = st.container()
with st.container(horizontal=True, vertical_alignment="bottom"):
    view = choice(_("Look at"), words.VIEWS, "gateway_view")
    days = choose_days("gateway_days")

found = result(gateway, store, days)
with numbers:
    top.answer(made(words.answer, found))
    widgets.cards(made(words.cards, found, store.shop))

match view:
    case "later":
        views.later(store)
    case "sleepers":
        views.wakers(store)
    case _:
        clicked = views.first(store, found)
        one.product(store, found, clicked)
widgets.guide("gateway")
