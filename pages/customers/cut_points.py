"""Where scores are cut: choose, save as a small file, load it again; the choice is in the address as `?cuts=`."""

from __future__ import annotations

import streamlit as st

from analytics.errors import InputError
from analytics.rfm_cuts import AMOUNT, CYCLES, DAYS, PERCENTILES, Cut, Cuts
from pages.shared.text import N_, _, say
from pages.shared.widgets import plain

_KEPT = "cuts_kept"
_STARTS: dict[tuple[str, str], tuple[float, ...]] = {
    ("r", PERCENTILES): Cuts().recency.values,
    ("r", DAYS): (30, 60, 120, 240),
    ("r", CYCLES): (0.5, 1, 2, 3),
    ("f", PERCENTILES): Cuts().frequency.values,
    ("f", DAYS): (2, 3, 5, 9),
    ("m", PERCENTILES): Cuts().high_value.values,
    ("m", AMOUNT): (5000,),
}
_WAYS = {
    PERCENTILES: N_("Percentiles of the shop"), DAYS: N_("Fixed days"), CYCLES: N_("Times the shop's cycle"), AMOUNT: N_("An amount"),
}  # fmt: skip


def choose() -> Cuts:
    """Draw the choice and give the cut points in use: the house's where what was entered makes no sense."""
    _from_address()
    with st.popover(_("Cut points"), icon=":material/tune:"):
        st.markdown(
            _("A score says how many of these lines a customer has passed. Equal values always get equal scores.")
        )
        recency = _measure("r", _("R: days since the last buying day"), (PERCENTILES, DAYS, CYCLES))
        frequency = _measure(
            "f", _("F: buying days (1 and 2 days are always scored by themselves)"), (PERCENTILES, DAYS)
        )
        high_value = _measure("m", _("High value: revenue above"), (PERCENTILES, AMOUNT))
        try:
            cuts = Cuts(recency, frequency, high_value)
        except InputError as error:
            st.markdown(f":red[:material/error: {plain(say(error))}]")
            return Cuts()
        _remember(cuts)
        with st.container(horizontal=True):
            st.download_button(
                _("Save as a file"), cuts.to_toml(), "regulars-cut-points.toml", "application/toml",
                on_click="ignore", icon=":material/save:", disabled=cuts == Cuts(),
            )  # fmt: skip
            st.button(
                _("Back to the house's"),
                on_click=_take,
                args=(Cuts(),),
                icon=":material/undo:",
                disabled=cuts == Cuts(),
            )
        st.file_uploader(_("Load such a file"), type=["toml"], key="cuts_file", on_change=_load)
        if problem := st.session_state.get("cuts_problem"):
            st.markdown(f":red[:material/error: {plain(say(problem))}]")
    return cuts


def in_use() -> Cuts:
    """The cut points chosen on the segments page, for a page that does not draw the choice."""
    text = st.query_params.get("cuts") or st.session_state.get(_KEPT, "")
    try:
        cuts = Cuts.parse(text)
    except InputError:
        cuts = Cuts()
    _remember(cuts)
    return cuts


def _measure(letter: str, label: str, ways: tuple[str, ...]) -> Cut:
    """One measure: by what it is cut, and where."""
    named = {way: _(_WAYS[way]) for way in ways}
    by = st.segmented_control(
        label, ways, default=None if f"cuts_{letter}_by" in st.session_state else ways[0],
        required=True, format_func=named.get, key=f"cuts_{letter}_by",
    )  # fmt: skip
    starts, values = _STARTS[letter, by], []
    with st.container(horizontal=True):
        for place, start in enumerate(starts, start=1):
            key = f"cuts_{letter}_{by}_{place}"
            st.session_state.setdefault(key, float(start))
            values.append(
                st.number_input(
                    f"{label} {place}",
                    min_value=0.1 if by in (PERCENTILES, CYCLES) else 1.0,
                    max_value=99.9 if by == PERCENTILES else None,
                    step=0.5 if by == CYCLES else 1.0,
                    format="%.0f" if by == AMOUNT else "%.3g",
                    key=key,
                    label_visibility="collapsed",
                    width=110,
                )
            )
    return Cut(by, tuple(values))


def _from_address() -> None:
    """Take the cut points that the address names, or on coming back to the page those in use before."""
    kept, asked = st.session_state.get(_KEPT, ""), st.query_params.get("cuts", "")
    if (asked and asked != kept) or (kept and "cuts_r_by" not in st.session_state):
        try:
            _take(Cuts.parse(asked or kept))
        except InputError as error:
            st.session_state["cuts_problem"] = error
            st.query_params.pop("cuts", None)


def _take(cuts: Cuts) -> None:
    """Put these cut points into the widgets."""
    st.session_state["cuts_problem"] = None
    for letter, cut in zip("rfm", (cuts.recency, cuts.frequency, cuts.high_value), strict=True):
        st.session_state[f"cuts_{letter}_by"] = cut.by
        for place, value in enumerate(cut.values, start=1):
            st.session_state[f"cuts_{letter}_{cut.by}_{place}"] = float(value)
    _remember(cuts)


def _remember(cuts: Cuts) -> None:
    st.session_state[_KEPT] = "" if cuts == Cuts() else str(cuts)
    if cuts == Cuts():
        st.query_params.pop("cuts", None)
    else:
        st.query_params["cuts"] = str(cuts)


def _load() -> None:
    file = st.session_state["cuts_file"]
    if file is None:
        return
    try:
        _take(Cuts.from_toml(file.getvalue().decode("utf-8", errors="replace")))
    except InputError as error:
        st.session_state["cuts_problem"] = error
