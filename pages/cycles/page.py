"""用完的日子 Cycles & reminders: how long products last, whom to remind and when, and whether the list proves itself."""

import streamlit as st

from analytics.cycles import backtest, cycles, due
from pages.cycles import remind, views, words
from pages.shared import session, widgets
from pages.shared.links import choice
from pages.shared.made import made
from pages.shared.session import result
from pages.shared.text import _

store = session.current_store()
top = widgets.header(_("What runs out when, and whom should you remind?"))
numbers = st.container()
view = choice(_("Look at"), words.VIEWS, "cycles_view")

known = result(cycles, store)
waiting = result(due, store, known)
proof = result(backtest, store)
with numbers:
    top.answer(made(words.verdict, proof) if view == "proof" else made(words.answer, known, waiting, proof))
    widgets.cards(made(words.cards, known, waiting, proof, store.shop))

if known.one_each:
    st.caption(words.one_each())

match view:
    case "cycles":
        views.cycles(known)
    case "one":
        views.one(store, known)
    case "proof":
        views.proof(proof)
    case "care":
        remind.care(store)
    case _:
        remind.people(store, known, waiting, proof)
widgets.guide("cycles")
