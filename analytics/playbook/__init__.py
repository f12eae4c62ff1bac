"""The service playbook: what is asked, what to answer and recommend; and the ledger of gifts."""

from analytics.playbook.chat import texts_in, texts_of_file
from analytics.playbook.gifts import COMPLAINED, KEPT_TALKING, LOYAL, WHYS, Gifts, candidates, ledger
from analytics.playbook.heard import (
    CHAT,
    COLUMNS,
    NOTES,
    QUESTION,
    REVIEWS,
    SOURCES,
    SYMPTOM,
    TEN,
    Heard,
    broken,
    canned,
    changes,
    counted,
    faq,
    heard,
    suggested,
    table,
)

__all__ = [
    "CHAT", "COLUMNS", "COMPLAINED", "Gifts", "Heard", "KEPT_TALKING", "LOYAL", "NOTES", "QUESTION", "REVIEWS", "SOURCES", "SYMPTOM", "TEN", "WHYS",
    "broken", "candidates", "canned", "changes", "counted", "faq", "heard", "ledger", "suggested", "table", "texts_in", "texts_of_file",
]  # fmt: skip
