"""How many people a difference takes to be seen."""

from __future__ import annotations

import streamlit as st

from analytics.results import people_needed
from pages.shared.text import _, number, percent, plain, points


def calculator() -> None:
    """Two sliders, and the people that each group needs."""
    with st.container(horizontal=True):
        rate = st.slider(_("How many would buy anyway, %"), 1, 60, 20, key="results_rate", bind="query-params")
        by = st.slider(
            _("How many more because they hear from you, percentage points"),
            1,
            30,
            5,
            key="results_by",
            bind="query-params",
        )
    needed = people_needed(rate / 100, by / 100)
    if needed is None:
        st.info(_("More than everybody cannot buy: choose less of one of the two."), icon=":material/info:")
        return
    st.markdown(
        plain(
            _(
                "If {share} would buy anyway and a message adds {points}, it takes {n} people who are written to and {n} who are held out to see it, four times out of five.",
                share=percent(rate / 100, 0), points=points(by / 100).lstrip("+"), n=number(needed),
            )
        )
    )  # fmt: skip
    st.caption(
        _(
            "Fewer people can still be written to. What cannot be seen in one round may be seen in several: look at the rounds together."
        )
    )
