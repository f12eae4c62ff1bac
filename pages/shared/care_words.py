"""The owner's words of care, by product, day after delivery and slot: kept in the notebook, written on the playbook's page, sent by the week's lists."""

from __future__ import annotations

from pages.shared import session

SLOTS = ("question", "tip", "story")


def current() -> dict[tuple[str, int, str], str]:
    """(product_id, day, slot) -> words; product_id "" is any product."""
    rows = session.notebook().rows("care_words")
    return {(row.product_id or "", int(row.day), row.slot): row.words for row in rows.itertuples()}


def message(kept: dict[tuple[str, int, str], str], product_id: object, day: int) -> str:
    """What to write on that day about that product; "": the owner has written nothing for it."""
    product = product_id if isinstance(product_id, str) else ""
    found = (kept.get((product, day, slot)) or kept.get(("", day, slot), "") for slot in SLOTS)
    return "\n".join(filter(None, found))
