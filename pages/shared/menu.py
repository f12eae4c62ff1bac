"""The menu: every page in its section. A page is a folder pages/<name>/ with a page.py, and a line here; <name> is its address."""

from __future__ import annotations

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages.shared.text import N_, _

MENU = {
    N_("Shop"): {
        "overview": (N_("Overview"), ":material/dashboard:"),
        "data": (N_("Import & health"), ":material/upload_file:"),
    },
    N_("Customers"): {
        "segments": (N_("Segments"), ":material/groups:"),
        "clusters": (N_("Clusters"), ":material/bubble_chart:"),
        "cohorts": (N_("Cohorts"), ":material/grid_on:"),
        "repurchase": (N_("Repurchase"), ":material/replay:"),
    },
    N_("Reviews"): {
        "sentiment": (N_("Sentiment"), ":material/sentiment_satisfied:"),
        "triage": (N_("Triage"), ":material/support_agent:"),
    },
}
"""Section -> page -> its title and icon."""

FIRST = "overview"
"""The page that opens first. Streamlit gives it the bare address and no other, so a hidden page leads to it from its own."""
_BARE = "regulars-first"  # the address that Streamlit reserves for the page that opens first, and never shows


def title(name: str) -> str:
    """A page's name, as the menu has it."""
    return next(_(pages[name][0]) for pages in MENU.values() if name in pages)


def file(name: str) -> str:
    """Where a page's script is, as `st.switch_page` and `st.page_link` want it."""
    return f"pages/{name}/page.py"


def link(name: str, label: str = "", **choices: str) -> None:
    """A link to a page, by its name or as `label`. choices: of that page's own, key and value as in its address."""
    st.page_link(file(name), label=label or title(name), icon=":material/arrow_forward:", query_params=choices or None)


def pages() -> dict[str, list[st.Page]]:
    """What `st.navigation` is given: the sections of the menu, and the page for an address that no page has."""
    found = {
        _(section): [
            st.Page(
                file(name), title=_(words), icon=icon, url_path=_BARE if name == FIRST else name, default=name == FIRST
            )
            for name, (words, icon) in pages.items()
        ]
        for section, pages in MENU.items()
    }
    hidden = {FIRST: (_to_first, title(FIRST))}
    if lost := _lost([name for pages in MENU.values() for name in pages]):
        hidden[lost] = (_no_such_page, _("No such page"))
    found[next(iter(found))] += [
        st.Page(page, title=words, url_path=address, visibility="hidden") for address, (page, words) in hidden.items()
    ]
    return found


def _lost(known: list[str]) -> str:
    """The address that this session was opened with, where no page has it; else ""."""
    context = get_script_run_ctx()
    asked = (context.pages_manager.intended_page_name or "") if context else ""
    if asked and asked not in known:
        st.session_state["lost"] = asked
    return st.session_state.get("lost", "")


def _to_first() -> None:
    st.switch_page(file(FIRST))


def _no_such_page() -> None:
    """One plain sentence, and the ways on."""
    st.title(_("There is no page at this address"), anchor=False)
    st.markdown(_("It may have been moved or mistyped. These are the pages there are:"))
    for names in MENU.values():
        for name in names:
            link(name)
