"""Choices whose words change with the language, kept in the URL by names that do not.

`bind="query-params"` puts the words shown into the URL: right for numbers, days and switches, but a link made in Chinese would mean
nothing to an English reader. `linked(st.selectbox, _("Period"), {"all": _("All"), …}, key="period")` writes `?period=all`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

import streamlit as st
from streamlit.errors import StreamlitAPIException

from pages.shared.text import _, plural

MOST = 1e15
"""Numbers of an address stay below it; from 2^53 on a browser cannot tell them apart."""


def linked(
    widget: Callable[..., Any],
    label: str,
    names: Mapping[str, str],
    *,
    key: str,
    default: str | list[str] | None = None,
    **options: Any,
) -> Any:
    """A choice among `names` (name in the URL -> words shown), by st.selectbox, st.segmented_control, st.pills or st.multiselect.

    default: the first name, or for several choices a list. It is not written into the URL. A name in the URL that is none of `names`
    is left aside. Returns the chosen name, or the list of them.
    """
    default = next(iter(names)) if default is None else default
    if widget in (st.multiselect, st.selectbox):
        options.setdefault("placeholder", _("Choose"))
    many = isinstance(default, list)
    kept = st.session_state.get(f"{key}_linked", default)
    asked = [name for name in st.query_params.get_all(key) if name in names]
    if asked and (asked if many else asked[0]) != kept:
        kept = asked if many else asked[0]
        st.session_state[key] = kept
    elif key not in st.session_state or (not many and st.session_state[key] not in names):
        st.session_state[key] = kept if many or kept in names else default
    chosen = widget(label, list(names), format_func=lambda name: names.get(name, name), key=key, **options)
    chosen = [name for name in chosen if name in names] if many else (chosen if chosen in names else default)
    st.session_state[f"{key}_linked"] = chosen
    if chosen != default:
        st.query_params[key] = chosen
    elif key in st.query_params:
        del st.query_params[key]
    return chosen


def choice(label: str, names: dict[str, str], key: str) -> str:
    """One of several named things side by side, the first by default, kept in the URL."""
    return linked(
        st.segmented_control, label, {name: _(shown) for name, shown in names.items()}, key=key, required=True
    )


def reset(usual: Mapping[str, Any]) -> None:
    """Put widgets back to what they usually are (key -> value), also those that are folded away; for a button's on_click."""
    for key, value in usual.items():
        st.session_state[key] = value
        if f"{key}_linked" in st.session_state:
            st.session_state[f"{key}_linked"] = value
            st.query_params.pop(key, None)


def folded(usual: Mapping[str, Any], *, key: str) -> None:
    """Beside choices that are folded away: how many of them are set, and a button that clears them; nothing while none is.

    usual: key of each widget -> its value while it is not set. key: of the button.
    """
    there = {name: value for name, value in usual.items() if name in st.session_state}
    n = sum(st.session_state[name] != value for name, value in there.items())
    if n:
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", width="content"):
            st.markdown(f":orange-badge[{plural('{n} set', '{n} set', n)}]", width="content")
            st.button(
                _("Clear"), key=f"{key}_clear", type="tertiary", on_click=reset, args=(there,), icon=":material/close:"
            )


def sober() -> None:
    """Take numbers out of the address that no choice can hold (inf, nan, 1e308): Streamlit's widgets end in a traceback over them.

    Comes before every widget, and runs the script anew, as widgets see the address as it was when the run began. A choice that is bound to
    its widget already was looked at when the page was opened.
    """
    taken_out = False
    for key in list(st.query_params):
        if any(_beyond(value) for value in st.query_params.get_all(key)):
            with suppress(StreamlitAPIException):
                del st.query_params[key]
                taken_out = True
    if taken_out:
        st.rerun()


def _beyond(value: str) -> bool:
    try:
        return not abs(float(value)) < MOST
    except ValueError:
        return False


def keep(key: str, value: str) -> None:
    """Put a choice into the address; "" takes it out."""
    if value:
        st.query_params[key] = value
    elif key in st.query_params:
        del st.query_params[key]


def clicked(key: str, value: str) -> str:
    """What was clicked on a chart, kept in the address: the click of this run, else the one that the page was opened with; "" for none.

    value: what is clicked now, as a name fit for an address; "" while nothing is. A click that is taken back goes from the address too.
    """
    before = st.session_state.get(f"{key}_clicked", "")
    st.session_state[f"{key}_clicked"] = value
    if value or before:
        keep(key, value)
        return value
    return st.query_params.get(key, "")


def points(event: dict | None) -> list[list]:
    """The customdata of what is chosen on a chart, as `widgets.chart(select=True)` gives it; parts without any are left out."""
    chosen = [point.get("customdata") for point in (event["selection"]["points"] if event else [])]
    return [list(data.values()) if isinstance(data, dict) else data for data in chosen if data]
