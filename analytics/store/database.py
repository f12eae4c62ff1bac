"""One DuckDB database under the stores that look at it, and what it needs before the first query."""

from __future__ import annotations

import itertools
import threading
import weakref
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

import duckdb

from analytics.store.statements import statement

if TYPE_CHECKING:
    from analytics.store.engine import Place
    from analytics.store.store import ShopFacts

_schemas = itertools.count(1)


class Damaged(Exception):
    """A database file is not one that this program wrote, or not all of it any more: it has to be made again from the shop's files."""


class Database:
    """One DuckDB database, closed when the last of its stores is.

    written: where the tables of the shop without filters stand already: the schema that holds them, and the shop's facts.
    place: where the database is one of several in one DuckDB.
    """

    def __init__(
        self,
        con: duckdb.DuckDBPyConnection,
        as_of: date | None,
        written: tuple[str, ShopFacts] | None = None,
        place: Place | None = None,
    ) -> None:
        self.con, self.as_of, self.written, self.place, self.lock = con, as_of, written, place, threading.Lock()
        self.stores: Counter[str] = Counter()
        if place:
            weakref.finalize(self, place.close).atexit = False

    def schema(self, kind: str) -> str:
        """A name for one more schema."""
        return f"{self.place.name if self.place else 'memory'}.{kind}_{next(_schemas)}"

    def taken(self, schema: str) -> None:
        """One more store looks at this schema."""
        with self.lock:
            self.stores[schema] += 1

    def left(self, schema: str) -> None:
        """One store less looks at this schema; without any it is dropped."""
        with self.lock:
            self.stores[schema] -= 1
            if not self.stores[schema]:
                del self.stores[schema]
                self.drop(schema)
            if not self.stores:
                (self.place or self.con).close()

    def drop(self, schema: str) -> None:
        """Drop a schema, on a cursor of its own: another thread may be using the connection."""
        cursor = self.con.cursor()
        try:
            cursor.execute("drop schema if exists " + schema + " cascade")
        finally:
            cursor.close()


def add_macros(con: duckdb.DuckDBPyConnection) -> None:
    """The macros that the queries use."""
    for macros in ("store/macros", "store/phone_digits", "store/titles"):
        con.execute(statement(macros))


def sealed(con: duckdb.DuckDBPyConnection) -> None:
    """From now on this connection touches no file but those that it has open."""
    con.execute("set enable_external_access = false")
    con.execute("set lock_configuration = true")


def covered_until(con: duckdb.DuckDBPyConnection, include: tuple[str, ...] = ()) -> date | None:
    """The last day that the staged data cover: of orders, else of reviews; None where there are neither. It may grow with today."""
    return orders_until(con, include) or _reviewed(con)


def orders_until(con: duckdb.DuckDBPyConnection, include: tuple[str, ...] = ()) -> date | None:
    """The last day with an order that counts, or the end of a file's window where that is later (but never a day yet to come)."""
    [(last, window_end)] = con.execute(
        "select (select cast(max(ordered_at) as date) from staged.checked where reason is null or list_contains($include::varchar[], reason)), "
        "(select max(window_end) from files)",
        {"include": list(include)},
    ).fetchall()
    if last is None or window_end is None:
        return last
    return max(last, min(window_end, date.today()))


def _reviewed(con: duckdb.DuckDBPyConnection) -> date | None:
    """The last day of the reviews, for a shop of which only reviews are known; today where none has a day; None where there are none."""
    [(reviews, last)] = con.execute(
        "select count(*), cast(max(reviewed_at) as date) from staged.reviews where reason is null"
    ).fetchall()
    return min(last or date.today(), date.today()) if reviews else None
