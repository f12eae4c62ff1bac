"""The latest things that were made, each once, whoever asks for it meanwhile."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from typing import Any


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
