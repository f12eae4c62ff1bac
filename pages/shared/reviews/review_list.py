"""Reviews to read: stars, day, product, and the text with the clause in question marked."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from pages.shared import text
from pages.shared.text import _, literal, number, plain

PAGE = 5
CUT = 280
"""Characters of a text shown around what is marked."""


def stars(rating: float) -> str:
    """★★★☆☆; nothing where there are no stars."""
    return "" if text.missing(rating) else "★" * int(rating) + "☆" * (5 - int(rating))


def marked(words: object, clauses: list[str], colour: str = "orange") -> str:
    """A review's text as Markdown, its clauses on a coloured ground; a very long one is cut around the first of them."""
    if not isinstance(words, str) or not words:
        return f"*{_('no words')}*"
    at = max(0, words.find(clauses[0])) if clauses else 0
    start = max(0, at - CUT // 3) if len(words) > CUT else 0
    shown = words[start : start + CUT]
    rest, said = shown, ""
    for clause in sorted(set(clauses), key=shown.find):
        place = rest.find(clause) if clause else -1
        if place >= 0:
            said += f"{literal(rest[:place])}:{colour}-background[{literal(clause)}]"
            rest = rest[place + len(clause) :]
    said += literal(rest)
    return ("…" if start else "") + " ".join(said.split()) + ("…" if start + CUT < len(words) else "")


def show(rows: pd.DataFrame, clauses: Mapping[int, list[str]], *, key: str, colour: str = "orange") -> None:
    """The first reviews of `rows`, and more at a click. clauses: review_key -> what to mark in its text."""
    shown = st.session_state.get(f"{key}_shown", PAGE)
    for row in rows.head(shown).itertuples():
        with st.container(border=True):
            facts = [
                stars(row.rating),
                text.day(row.reviewed_at),
                literal(row.product) if isinstance(row.product, str) else "",
            ]
            st.caption(plain(" · ".join(fact for fact in facts if fact and fact != "–")))
            st.markdown(plain(marked(row.text, clauses.get(row.review_key, []), colour)))
    if len(rows) > shown:
        left = len(rows) - shown

        def more() -> None:
            st.session_state[f"{key}_shown"] = shown + 4 * PAGE

        st.button(_("Show more ({n} left)", n=number(left)), key=f"{key}_more", on_click=more, type="tertiary")
