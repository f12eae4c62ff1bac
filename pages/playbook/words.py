"""What the page says: names and the first line."""

from __future__ import annotations

import pandas as pd

from analytics.playbook import (
    CHAT,
    COMPLAINED,
    KEPT_TALKING,
    LOYAL,
    NOTES,
    QUESTION,
    REVIEWS,
    SYMPTOM,
    Heard,
    suggested,
)
from pages.shared import text
from pages.shared.text import N_, _, literal, number, plural

VIEWS = {
    "book": N_("The table"), "asked": N_("What they ask"), "out": N_("Take along"), "care": N_("Words of care"), "gifts": N_("Gifts"),
}  # fmt: skip
KINDS = {QUESTION: N_("Question"), SYMPTOM: N_("Complaint")}
SOURCES = {REVIEWS: N_("Reviews"), NOTES: N_("Notes to orders"), CHAT: N_("Chat")}
WHYS = {
    COMPLAINED: N_("Put right after a complaint"), KEPT_TALKING: N_("Kept talking"), LOYAL: N_("Loyal"), "": N_("No reason written down"),
}  # fmt: skip


def answer(found: Heard, rows: pd.DataFrame) -> str:
    """How much is asked, and how much of the most asked is answered."""
    looked = sum(found.read.values())
    if not looked:
        return _("Nothing to read yet: add reviews beside the orders, or paste what customers ask.")
    if found.table.empty:
        return plural("Nobody asks anything in {n} text.", "Nobody asks anything in {n} texts.", looked)
    first = found.table.iloc[0]
    most = _("In {texts} they speak most of “{question}” ({n} times).", texts=plural("{n} text", "{n} texts", looked), question=literal(first.question), n=number(first.asked))  # fmt: skip
    open_ones = len(suggested(found, rows))
    said = (
        plural("Of the most asked {n} is not in your table yet.", "Of the most asked {n} are not in your table yet.", open_ones)
        if open_ones
        else _("All of it is in your table.")
    )  # fmt: skip
    return text.sentences(most, said)
