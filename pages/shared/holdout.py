"""How many of a list are left alone to measure by: a suggestion where something can be measured, and none where it cannot."""

from __future__ import annotations

import streamlit as st

from analytics.contacts import NOTICEABLE, holdout
from pages.shared.text import _, number, points


def choose(n: int, *, key: str) -> float:
    """Draw the choice for a list of n customers and give the share to hold out, 0 to 1; 0 where the list is too short to show anything."""
    suggested = holdout(n)
    difference = points(NOTICEABLE).lstrip("+")
    if not suggested.share:
        st.caption(
            _(
                "Too few people to measure an effect: nobody is held out. From {needed} people on, a difference of {points} would show.",
                needed=number(suggested.needed),
                points=difference,
            )
        )
        return 0.0
    percent = st.number_input(
        _("Held out, %"), 0, 50, round(100 * suggested.share), 5, key=key, bind="query-params", width=160,
        help=_("These customers get no message. Later, compare how many of them bought with how many of the others did.")
        + " "
        + _("Suggested: the smallest share that shows a difference of {points}.", points=difference),
    )  # fmt: skip
    return percent / 100
