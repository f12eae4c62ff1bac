"""The words of the notebook page."""

from __future__ import annotations

from analytics.workspace import TABLES, Notebook
from pages.shared import session
from pages.shared.text import N_, _, literal, plural

SECTIONS = {
    "campaigns": N_("Campaign diary"),
    "people": N_("Customers and members"),
    "views": N_("Saved views"),
    "tables": N_("Everything, as files"),
}


def title() -> str:
    return _("What did you write down about this shop?")


def section_label() -> str:
    return _("Part of the notebook")


def scope() -> str:
    """Whose notebook it is."""
    return literal(session.current().name)


def answer(notebook: Notebook) -> str:
    """How much there is."""
    n = notebook.count()
    if not n:
        return _("Nothing yet.")
    return plural("{n} entry in the notebook.", "{n} entries in the notebook.", n)


def kept() -> str:
    """How long it lasts."""
    if session.current().remembered:
        return _("Kept in the shop's notebook as you write, and there the next time.")
    return _("Kept until this page is closed. Remember the shop, or download the tables, to have them the next time.")


def label(table: str) -> str:
    """A table in words."""
    return _(TABLES[table].label)


def called(table: str) -> dict[str, str]:
    """Column -> header, in the reader's language."""
    return {column.name: _(column.label) for column in TABLES[table].all_columns}
