"""今天要寄的 Ship today: each order that waits to be sent, who its buyer is, and which card goes in."""

import streamlit as st

from analytics.parcels import to_ship, waiting
from pages.shared import cut_points, session, widgets
from pages.shared.links import choice
from pages.shared.made import made
from pages.shared.reviews import loading
from pages.shared.session import result
from pages.shared.text import _
from pages.shipping import cards, orders, strips, words

store = session.current_store()
noted = session.noted_store()
top = widgets.header(_("What goes out today, and with which card?"))
numbers = st.container()
view = choice(_("Look at"), words.VIEWS, "shipping_view")
opinions = loading.current()[1] if session.current().whole.shop.reviews else None
found = result(to_ship, store, opinions, cut_points.in_use(store))
with numbers:
    top.answer(made(words.answer, found))
    hidden = result(waiting, session.current().whole) - len(found.table)
    if hidden > 0:
        st.warning(words.hidden(hidden), icon=":material/filter_alt:")
    if len(found.table):
        widgets.cards(made(words.cards, found, tells_complaints=opinions is not None))

match view:
    case "strips":
        strips.show(found)
    case "cards":
        cards.show(noted)
    case _:
        orders.show(found)
widgets.guide("shipping")
