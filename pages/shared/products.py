"""What the pages about products share: how one of them is chosen, and the names of their kinds."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.products import spoken, spoken_names
from pages.shared.links import linked
from pages.shared.session import current_store, result
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


def called(name: str) -> str:
    """What a product of this shop is called: the short name that the owner gave, else its title without what only makes it found."""
    return result(spoken_names, current_store()).get(name) or spoken(name)


def named(name: str, longest: int = 60) -> str:
    """A product in a sentence: what it is called, cut to length, and nothing in it read as Markdown."""
    return literal(_cut(called(name), longest))


def full(name: str) -> str:
    """A product's whole title, for a hover: nothing in it is read as markup."""
    return _unmarked(_cut(name, 90))


def label(name: str, longest: int = 24) -> str:
    """What a product is called, for an axis, a legend or a card: cut to length, and nothing in it read as markup."""
    return _unmarked(_cut(called(name), longest))


def labels(names: list[str], longest: int = 18) -> list[str]:
    """What products are called, for an axis: cut to length where they are still told apart."""
    short_names = result(spoken_names, current_store())
    said = [short_names.get(name) or spoken(name) for name in names]
    short = [_cut(name, longest) for name in said]
    return [_unmarked(cut if short.count(cut) == 1 else name) for cut, name in zip(short, said, strict=True)]


def _unmarked(name: str) -> str:
    return name.replace("&", "&amp;").replace("<", "&lt;")


def _cut(name: str, longest: int) -> str:
    """At most so many characters; an amount at the end (45包/盒) stays."""
    if len(name) <= longest:
        return name
    begin, _space, last = name.rpartition(" ")
    if begin and any(sign.isdigit() for sign in last) and len(last) <= longest - 4:
        return f"{begin[: longest - len(last) - 2].rstrip()}… {last}"
    return f"{name[: longest - 1]}…"


def kind_name(kind: str, guessed: bool) -> str:
    """A kind in words, a guess marked as one; "" where nothing is known."""
    if not kind:
        return ""
    return _("{kind} (guess)", kind=_(KINDS[kind])) if guessed else _(KINDS[kind])
