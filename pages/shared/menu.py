"""The menu: every page in its section. A page is a folder pages/<name>/ with a page.py, and a line here; <name> is its address."""

from __future__ import annotations

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages.shared.text import N_, _

MENU = {
    N_("This week"): {
        "week": (N_("What to do"), ":material/checklist:"),
        "shipping": (N_("Ship today"), ":material/local_shipping:"),
        "results": (N_("Did it work"), ":material/science:"),
        "playbook": (N_("Service playbook"), ":material/forum:"),
    },
    N_("Shop"): {
        "overview": (N_("Overview"), ":material/dashboard:"),
        "parcels": (N_("Parcels"), ":material/package_2:"),
        "data": (N_("Import & health"), ":material/upload_file:"),
        "notebook": (N_("Notebook"), ":material/edit_note:"),
        "storage": (N_("Where data is kept"), ":material/folder:"),
        "glossary": (N_("Glossary"), ":material/menu_book:"),
    },
    N_("Customers"): {
        "segments": (N_("Segments"), ":material/groups:"),
        "clusters": (N_("Clusters"), ":material/bubble_chart:"),
        "cohorts": (N_("Cohorts"), ":material/grid_on:"),
        "repurchase": (N_("Repurchase"), ":material/replay:"),
    },
    N_("Products"): {
        "products": (N_("Product sheet"), ":material/inventory_2:"),
        "gateway": (N_("Gateway products"), ":material/door_open:"),
        "cycles": (N_("Cycles & reminders"), ":material/event_repeat:"),
        "baskets": (N_("Baskets"), ":material/shopping_basket:"),
    },
    N_("Reviews"): {
        "sentiment": (N_("Sentiment"), ":material/sentiment_satisfied:"),
        "triage": (N_("Triage"), ":material/support_agent:"),
    },
}
"""Section -> page -> its title and icon."""
PAGES = {name: how for section in MENU.values() for name, how in section.items()}
FIRST = "week"
"""The page that opens first. Streamlit gives it the bare address and no other, so a hidden page leads to it from its own."""
_BARE = "regulars-first"  # the address that Streamlit reserves for the page that opens first, and never shows


def title(name: str) -> str:
    """A page's name, as the menu has it."""
    return _(PAGES[name][0])


def file(name: str) -> str:
    """Where a page's script is, as `st.switch_page` and `st.page_link` want it."""
    return f"pages/{name}/page.py"


def link(name: str, label: str = "", **choices: str) -> None:
    """A link to a page, by its name or as `label`. choices: of that page's own, key and value as in its address; the filters stay."""
    st.page_link(file(name), label=label or title(name), icon=":material/arrow_forward:", query_params=choices or None)


def open_page() -> tuple[st.Page, str]:
    """Draw the menu. Gives the open page, and its name in MENU; "" for an address that no page has."""
    pages = {
        name: st.Page(
            file(name), title=title(name), icon=icon, url_path=_BARE if name == FIRST else name, default=name == FIRST
        )
        for name, (_title, icon) in PAGES.items()
    }
    hidden = {FIRST: st.Page(_to_first, title=title(FIRST), url_path=FIRST, visibility="hidden")}
    if lost := _lost():
        hidden[lost] = st.Page(_no_such_page, title=_("No such page"), url_path=lost, visibility="hidden")
    here = next(
        (name for name, page in pages.items() if _is_open(page)), "" if lost and _is_open(hidden[lost]) else FIRST
    )
    sections = {_marked(section, here): [pages[name] for name in names] for section, names in MENU.items()}
    sections[next(iter(sections))] += hidden.values()
    return st.navigation(sections, position="top"), here


def _marked(section: str, here: str) -> str:
    """A section as the menu names it; the open page's section says the page too, as Streamlit marks neither."""
    return f"{_(section)} · {title(here)}" if here in MENU[section] else _(section)


def _is_open(page: st.Page) -> bool:
    context = get_script_run_ctx()
    if context is None:
        return False
    manager = context.pages_manager
    if manager.intended_page_script_hash:
        return page._script_hash == manager.intended_page_script_hash
    return bool(page.url_path) and page.url_path == manager.intended_page_name


def _lost() -> str:
    """The address that this session was opened with, where no page has it; else ""."""
    context = get_script_run_ctx()
    asked = (context.pages_manager.intended_page_name or "") if context else ""
    if asked and asked not in PAGES and asked != _BARE:
        st.session_state["lost"] = asked
    return st.session_state.get("lost", "")


def _to_first() -> None:
    st.switch_page(file(FIRST))


def _no_such_page() -> None:
    """One plain sentence, and the ways on."""
    st.title(_("There is no page at this address"), anchor=False)
    st.markdown(_("It may have been moved or mistyped. These are the pages there are:"))
    for name in PAGES:
        link(name)
