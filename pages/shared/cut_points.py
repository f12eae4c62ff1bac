"""Where scores are cut: choose, save as a small file, load it again; the choice is in the address as `?cuts=`."""

from __future__ import annotations

import streamlit as st

from analytics.errors import InputError
from analytics.segments.cuts import AMOUNT, CYCLES, DAYS, PERCENTILES, Cut, Cuts
from analytics.segments.rfm import usual_cuts
from analytics.store import Store
from pages.shared import kept
from pages.shared.session import result
from pages.shared.text import N_, _, plain, say

_SEED, _TURN, _HOUSE = "cuts_seed", "cuts_turn", "cuts_house"
"""Session state: the text of the cut points that the widgets began with; how often they were begun anew; the shop's usual ones then."""
_STARTS: dict[tuple[str, str], tuple[float, ...]] = {
    ("r", DAYS): (30, 60, 120, 240),
    ("r", CYCLES): (0.5, 1, 2, 3),
    ("f", DAYS): (2, 3, 5, 9),
    ("m", AMOUNT): (5000,),
}
"""Where an owner begins who cuts a measure another way than the house."""
_WAYS = {
    PERCENTILES: N_("Percentiles of the shop"), DAYS: N_("Fixed days"), CYCLES: N_("Times the shop's cycle"), AMOUNT: N_("An amount"),
}  # fmt: skip


def choose(store: Store) -> Cuts:
    """Draw the choice and give the cut points in use: the shop's usual ones where what was entered makes no sense."""
    house = result(usual_cuts, store)
    if st.session_state.get(_HOUSE, str(house)) != str(house) and not kept.text(kept.CUTS):
        _begin("")
    st.session_state[_HOUSE] = str(house)
    _from_address()
    seed = _parsed(st.session_state.get(_SEED, ""), house)
    with st.popover(_("Cut points"), icon=":material/tune:"):
        st.markdown(
            _("A score says how many of these lines a customer has passed. Equal values always get equal scores.")
        )
        recency = _measure(
            "r", _("R: days since the last buying day"), (CYCLES, PERCENTILES, DAYS), seed.recency, house.recency
        )
        frequency = _measure(
            "f",
            _("F: buying days (1 and 2 days are always scored by themselves)"),
            (PERCENTILES, DAYS),
            seed.frequency,
            house.frequency,
        )
        high_value = _measure(
            "m", _("High value: revenue above"), (PERCENTILES, AMOUNT), seed.high_value, house.high_value
        )
        try:
            cuts = Cuts(recency, frequency, high_value)
        except InputError as error:
            st.markdown(f":red[:material/error: {plain(say(error))}]")
            return house
        _remember(cuts, house)
        with st.container(horizontal=True):
            st.download_button(
                _("Save as a file"), cuts.to_toml(), "regulars-cut-points.toml", "application/toml",
                on_click="ignore", icon=":material/save:", disabled=cuts == house,
            )  # fmt: skip
            st.button(
                _("Back to the shop's usual ones"),
                on_click=_begin,
                args=("",),
                icon=":material/undo:",
                disabled=cuts == house,
            )
        st.file_uploader(_("Load such a file"), type=["toml"], key="cuts_file", on_change=_load)
        if problem := st.session_state.get("cuts_problem"):
            st.markdown(f":red[:material/error: {plain(say(problem))}]")
    if cuts != house:
        st.markdown(f":orange-badge[{_('your own')}]", width="content")
        st.button(
            _("Clear"), key="cuts_clear", type="tertiary", icon=":material/close:", on_click=_begin, args=(house,)
        )
    return cuts


def in_use(store: Store) -> Cuts:
    """The cut points in force, for a page that does not draw the choice: those chosen on the segments page, else the shop's usual ones."""
    house = result(usual_cuts, store)
    try:
        cuts = _parsed(st.query_params.get("cuts") or kept.text(kept.CUTS), house)
    except InputError:
        cuts = house
    _remember(cuts, house)
    return cuts


def _parsed(text: str, house: Cuts) -> Cuts:
    return Cuts.parse(text) if text.strip() else house


def _key(name: str) -> str:
    turn = st.session_state.get(_TURN, 0)
    return f"cuts_{name}_{turn}" if turn else f"cuts_{name}"


def _measure(letter: str, label: str, ways: tuple[str, ...], seed: Cut, house: Cut) -> Cut:
    """One measure: by what it is cut, and where."""
    named = {way: _(_WAYS[way]) for way in ways}
    by = st.segmented_control(
        label, ways, default=seed.by, required=True, format_func=named.get, key=_key(f"{letter}_by")
    )
    starts = next((cut.values for cut in (seed, house) if cut.by == by), None) or _STARTS[letter, by]
    with st.container(horizontal=True):
        values = [
            st.number_input(
                f"{label} {place}",
                min_value=0.1 if by in (PERCENTILES, CYCLES) else 0.0,
                max_value=99.9 if by == PERCENTILES else None,
                value=float(start),
                step=0.5 if by == CYCLES else 1.0,
                format="%.0f" if by == AMOUNT else "%.3g",
                key=_key(f"{letter}_{by}_{place}"),
                label_visibility="collapsed",
                width=110,
            )
            for place, start in enumerate(starts, start=1)
        ]
    return Cut(by, tuple(values))


def _from_address() -> None:
    """Take the cut points that the address names, or on coming back to the page those in use before."""
    before, asked = kept.text(kept.CUTS), st.query_params.get("cuts", "")
    drawn = _key("r_by") in st.session_state
    if (asked and asked != before) or (before and not drawn):
        try:
            _begin(str(Cuts.parse(asked or before)))
        except InputError as error:
            st.session_state["cuts_problem"] = error
            st.query_params.pop("cuts", None)


def _begin(cuts: str) -> None:
    """Begin the widgets anew with these cut points ("": the shop's usual ones): a widget in a closed popover would not take them otherwise."""
    st.session_state["cuts_problem"] = None
    if _key("r_by") in st.session_state:
        st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1
    st.session_state[_SEED] = cuts
    _keep(cuts)


def _remember(cuts: Cuts, house: Cuts) -> None:
    _keep("" if cuts == house else str(cuts))


def _keep(cuts: str) -> None:
    kept.keep(kept.CUTS, cuts)
    if cuts:
        st.query_params["cuts"] = cuts
    else:
        st.query_params.pop("cuts", None)


def _load() -> None:
    file = st.session_state["cuts_file"]
    if file is None:
        return
    try:
        _begin(str(Cuts.from_toml(file.getvalue().decode("utf-8", errors="replace"))))
    except InputError as error:
        st.session_state["cuts_problem"] = error
