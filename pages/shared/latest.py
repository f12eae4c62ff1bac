"""The latest things that were made, each once, whoever asks for it meanwhile."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from dataclasses import fields, is_dataclass
from typing import Any
from weakref import WeakValueDictionary

import pandas as pd

_TABLES: WeakValueDictionary[int, Any] = WeakValueDictionary()
"""Tables and sets that are kept, or stand in what is kept, by their ids."""


class Latest:
    """At most so many things by their names; who asks for one that another thread is making waits for it."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._things: OrderedDict[Hashable, tuple[Any, Any]] = OrderedDict()
        self._making: dict[Hashable, Future] = {}
        self._lock = threading.Lock()

    def get(self, name: Hashable, make: Callable[[], Any], of: Any = None) -> Any:
        """What goes by this name, made now where there is none. of: what it is made of, held as long as it is kept."""
        while True:
            with self._lock:
                if name in self._things:
                    self._things.move_to_end(name)
                    return self._things[name][0]
                others = self._making.get(name)
                if others is None:
                    mine = self._making[name] = Future()
                    break
            others.result()
        try:
            thing = make()
            _note_tables(thing)
            with self._lock:
                self._things[name] = thing, of
                while len(self._things) > self.most:
                    self._things.popitem(last=False)
        finally:
            with self._lock:
                del self._making[name]
            mine.set_result(None)
        return thing

    def clear(self) -> None:
        """Let go of all."""
        with self._lock:
            self._things.clear()


def lasting(table: Any) -> bool:
    """Whether this table, or set that nobody can change, is kept, or stands in something kept: it never changes, so that the object tells what it holds."""
    return _TABLES.get(id(table)) is table


def _note_tables(thing: Any, depth: int = 2) -> None:
    if isinstance(thing, pd.DataFrame | pd.Series | frozenset):
        _TABLES[id(thing)] = thing
    elif depth and isinstance(thing, dict):
        for one in thing.values():
            _note_tables(one, depth - 1)
    elif depth and is_dataclass(thing):
        for field in fields(thing):
            _note_tables(getattr(thing, field.name), depth - 1)
    elif depth and isinstance(thing, tuple):
        for one in thing:
            _note_tables(one, depth - 1)
