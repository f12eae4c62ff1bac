"""What is made of results for the screen, words, rows and figures, kept so that a click that changes nothing about them makes none of it anew."""

from __future__ import annotations

import hashlib
import pickle
import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np
import pandas as pd
import streamlit as st

from pages.shared import session, text

_MOST, _MOST_OF_DEMO = 150, 600
"""Things kept of one shop."""
_LARGE = 20_000
"""Cells of a table that is looked at for what is in it."""
Thing = TypeVar("Thing")


def made(make: Callable[..., Thing], *given: Any, **named: Any) -> Thing:
    """`make(*given, **named)`, made once for what it is given and for each language; not to be changed by whoever reads it.

    given: shops are told apart by their key, plain values, small tables and what consists of them by what they are, anything else (results
    and large tables, which never change) by which object it is. make: looks at nothing but what it is given and the language, and is no function made on
    the spot.
    """
    key = (make, text.language(), _mark(given), _mark(named))
    return _kept().get(key, (make, given, named), lambda: make(*given, **named))


class _Kept:
    """The latest things made of one shop. Each holds what it was made of, so that nothing else can take that object's place."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._things: OrderedDict[Any, tuple[Any, Any]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Any, of: Any, make: Callable[[], Any]) -> Any:
        with self._lock:
            if key in self._things:
                self._things.move_to_end(key)
                return self._things[key][1]
        thing = make()
        with self._lock:
            self._things[key] = of, thing
            while len(self._things) > self.most:
                self._things.popitem(last=False)
        return thing


def _kept() -> _Kept:
    """Where things are kept of the shop of this run; they go with its data, as its results do."""
    now = session.current()
    data = now.whole.key if now.whole else ""
    if now.shop == session.OWN:
        return _of_upload(data)
    if now.remembered:
        return _of_remembered(f"{now.remembered.folder} {data}")
    return _of_demo(now.shop)


@st.cache_resource(show_spinner=False)
def _of_demo(shop: str) -> _Kept:
    return _Kept(_MOST_OF_DEMO)


@st.cache_resource(max_entries=8, show_spinner=False)
def _of_remembered(data: str) -> _Kept:
    return _Kept(_MOST)


@st.cache_resource(scope="session", max_entries=1, show_spinner=False)
def _of_upload(data: str) -> _Kept:
    return _Kept(_MOST)


def let_go() -> None:
    """Let go of all that was made of remembered shops."""
    _of_remembered.clear()


def _mark(value: Any) -> Any:
    """What tells a value from another one."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, dict):
        return "dict", tuple((name, _mark(one)) for name, one in value.items())
    if isinstance(value, set | frozenset):
        return "set", frozenset(map(_mark, value))
    if isinstance(value, list | tuple):
        return type(value), tuple(map(_mark, value))
    if isinstance(value, pd.DataFrame | pd.Series | pd.Index | np.ndarray):
        return type(value), _content(value) if value.size <= _LARGE else id(value)
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
