"""包裹與取件 Parcels: what nobody took, what was cancelled or came back, and how long parcels take."""

import streamlit as st

from analytics.parcels import buyers, days, outcomes
from pages.parcels import ends, times, who, words
from pages.shared import session, widgets
from pages.shared.links import choice
from pages.shared.session import result
from pages.shared.text import _

store = session.current_store()
top = widgets.header(_("What became of your parcels?"))
numbers = st.container()
view = choice(_("Look at"), words.VIEWS, "parcels_view")
found = result(outcomes, store)

match view:
    case "buyers":
        people = result(buyers, store)
        with numbers:
            top.answer(words.of_buyers(found, people))
        who.show(store, found, people)
    case "days":
        took = result(days, store)
        with numbers:
            top.answer(words.of_days(took))
            times.cards(took, store.shop.as_of)
        times.show(took)
    case _:
        with numbers:
            top.answer(words.of_ends(found))
            ends.cards(found, store.shop.as_of)
        ends.show(found, store.shop.currency)
ends.unread(store, found)
widgets.guide("parcels")
