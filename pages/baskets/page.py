"""加購與搭售 Baskets: what goes together, what lifts an order over a free-shipping line, and where a gift could begin."""

import streamlit as st

from pages.baskets import amounts, together, words
from pages.shared import session, widgets
from pages.shared.links import choice
from pages.shared.text import _

store = session.current_store()
top = widgets.header(_("What goes together, and what would lift an order?"))
numbers = st.container()
view = choice(_("Look at"), words.VIEWS, "baskets_view")

match view:
    case "one":
        together.one(store, top, numbers)
    case "line":
        amounts.free_shipping(store, top, numbers)
    case "gift":
        amounts.gift(store, top, numbers)
    case _:
        together.pairs_of(store, top, numbers)
widgets.guide("baskets")
