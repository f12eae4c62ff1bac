"""What is made of results for the screen, words, rows and figures, kept so that a click that changes nothing about them makes none of it anew."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np
import pandas as pd
import streamlit as st

from pages.shared import session, text
from pages.shared.latest import Latest, lasting

_LARGE = 20_000
"""Cells of a table that is looked at for what is in it."""
Thing = TypeVar("Thing")


def made(make: Callable[..., Thing], *given: Any, **named: Any) -> Thing:
    """`make(*given, **named)`, made once for what it is given and for each language; not to be changed by whoever reads it.

    given: shops are told apart by their key, plain values, small tables and what consists of them by what they are, anything else (results,
    tables of them and large ones, which never change) by which object it is. make: looks at nothing but what it is given and the language, and is no function made on
    the spot.
    """
    now = session.current()
    data = now.whole.key if now.whole else ""
    name = make, text.language(), _mark(given), _mark(named)
    kept = _OF_DEMOS
    if now.shop == session.OWN:
        kept = _of_upload(data) if data else _of_frame()
    elif now.remembered:
        kept, name = _OF_REMEMBERED, (now.remembered.folder, data, *name)
    return kept.get(name, lambda: make(*given, **named), of=(make, given, named))


_OF_DEMOS = Latest(2400)
_OF_REMEMBERED = Latest(600)


@st.cache_resource(scope="session", max_entries=1, show_spinner=False)
def _of_upload(data: str) -> Latest:
    return Latest(150)


@st.cache_resource(scope="session", show_spinner=False)
def _of_frame() -> Latest:
    """What the frame makes before it is settled which data it is about."""
    return Latest(20)


def let_go() -> None:
    """Let go of all that was made of remembered shops."""
    _OF_REMEMBERED.clear()


def _mark(value: Any) -> Any:
    """What tells a value from another one."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, dict):
        return "dict", tuple((name, _mark(one)) for name, one in value.items())
    if isinstance(value, set | frozenset):
        return "set", id(value) if lasting(value) else frozenset(map(_mark, value))
    if isinstance(value, list | tuple):
        return type(value), tuple(map(_mark, value))
    if isinstance(value, pd.DataFrame | pd.Series | pd.Index | np.ndarray):
        return type(value), id(value) if value.size > _LARGE or lasting(value) else _content(value)
    if isinstance(value, np.generic | float):
        return type(value), repr(value)
    if key := getattr(value, "key", None):
        return type(value), key
    try:
        hash(value)
    except TypeError:
        return type(value), id(value)
    return type(value), value


def _content(value: Any) -> str:
    return hashlib.md5(pickle.dumps(value, protocol=5), usedforsecurity=False).hexdigest()
