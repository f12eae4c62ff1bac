"""客服劇本 Playbook: what customers ask, counted, and what the shop answers, recommends and never promises; words of care; gifts."""

from analytics.playbook import counted, heard
from pages.playbook import asked, book, care, gifts, out, words
from pages.shared import session, text, widgets
from pages.shared.links import choice
from pages.shared.made import made
from pages.shared.reviews import loading
from pages.shared.session import result
from pages.shared.text import _

store = session.current_store(of_orders=False)
top = widgets.header(_("What do customers ask, and what do you answer?"))
view = choice(_("Look at"), words.VIEWS, "playbook_view")

opinions = loading.if_any()
found = result(heard, store, opinions, asked.chat(), text.language())
rows = made(counted, book.current(), found)
top.answer(made(words.answer, found, rows))

match view:
    case "asked":
        asked.show(found, rows)
    case "out":
        out.show(rows)
    case "care":
        care.show(store)
    case "gifts":
        gifts.show(store, opinions)
    case _:
        book.show(found, rows)
widgets.guide("playbook")
