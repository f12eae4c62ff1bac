"""商品總表 Product sheet: what every product brings, what goes wrong with it, and what the owner says of it."""

import streamlit as st

from analytics.products import products, silences
from analytics.reviews import outcomes
from pages.products import sheet, views, words
from pages.shared import session, widgets
from pages.shared.links import choice
from pages.shared.made import made
from pages.shared.rates import choose_days
from pages.shared.reviews import loading
from pages.shared.session import result
from pages.shared.text import _

store = session.current_store()
top = widgets.header(_("Which products carry the shop, and which need a look?"))
numbers = st.container()
with st.container(horizontal=True, vertical_alignment="bottom"):
    view = choice(_("Look at"), words.VIEWS, "products_view")
    days = choose_days("products_days", _("Lately, and back within (days)"))

found, silent = result(products, store, days), result(silences, store)
with numbers:
    top.answer(made(words.answer, found, store.shop))
    widgets.cards(made(words.cards, found, silent, store.shop))

match view:
    case "one":
        views.one(store, found, silent)
    case "still":
        views.still(found)
    case "sheet":
        sheet.edit(store)
    case _:
        reviewed = None
        if session.current().whole.shop.reviews:
            reviewed = result(outcomes.products, store, loading.current()[1], days)
        views.figures(found, silent, reviewed)
widgets.guide("products")
