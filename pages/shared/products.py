"""What the pages about products share: how one of them is chosen, and the names of their kinds."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages.shared.groups import distinct
from pages.shared.links import linked
from pages.shared.text import N_, _, literal, number

MOST = 1_000
"""Products that a list to choose from holds: a browser carries no more with ease."""
KINDS = {
    "refill": N_("Used up"), "one_off": N_("Bought once"), "durable": N_("Lasts for years"), "bundle": N_("Bundle"), "gift": N_("Gift"),
    "none": N_("No product"),
}  # fmt: skip


def choose(rows: pd.DataFrame, key: str, label: str = "") -> str:
    """The product_id that the reader chose among rows (product_id, product), by default the first; kept in the URL.

    Only the first MOST can be chosen, which is then said.
    """
    names = dict(zip(rows.product_id.head(MOST), rows["product"].head(MOST), strict=True))
    chosen = linked(st.selectbox, label or _("Product"), names, key=key, width=420)
    if len(rows) > MOST:
        st.caption(_("The first {n} of {total} products can be chosen here.", n=number(MOST), total=number(len(rows))))
    return chosen


def named(name: str, longest: int = 60) -> str:
    """A product's name in a sentence: cut to length, and nothing in it read as Markdown."""
    return literal(_cut(name, longest))


def label(name: str, longest: int = 40) -> str:
    """A product's name for an axis or a hover: cut to length, and nothing in it read as markup."""
    return _cut(name, longest).replace("&", "&amp;").replace("<", "&lt;")


def _cut(name: str, longest: int) -> str:
    return name if len(name) <= longest else f"{name[: longest - 1]}…"


def labels(names: list[str], longest: int = 18) -> list[str]:
    """Names for an axis, cut to length and still told apart."""
    return [label(name, longest + 4) for name in distinct(names, longest)]


def kind_name(kind: str, guessed: bool) -> str:
    """A kind in words, a guess marked as one; "" where nothing is known."""
    if not kind:
        return ""
    return _("{kind} (guess)", kind=_(KINDS[kind])) if guessed else _(KINDS[kind])
