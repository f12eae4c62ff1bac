"""One shop's data in one DuckDB database, and the queries on it.

`open_shop` reads files into a `Store`. A `Store` is one view of the shop: its tables live in a schema of their own, and
`store.filtered(...)` makes another view, with a key of its own, beside it. What each table holds is said in the
first line of `orders.sql`, `order_lines.sql`, `products.sql`, `customers.sql`, `excluded_orders.sql`, `reviews.sql` and `files.sql`.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from dataclasses import asdict, dataclass, field, replace
from datetime import date

import duckdb
import pandas as pd
import pyarrow as pa

from analytics.errors import RegularsError
from analytics.sources import Upload, read
from analytics.store.database import Damaged, Database, add_macros, covered_until, orders_until, sealed
from analytics.store.facts import ShopFacts
from analytics.store.filters import Filters
from analytics.store.nothing import no_review, nothing_counts
from analytics.store.parcels import make_parcels
from analytics.store.sheet import Sheet, applied
from analytics.store.staging import stage
from analytics.store.statements import make, statement, view

_MAKES = {"store/followed": view, "store/parcels": make_parcels}
"""How a table is made that is no mere result of its query."""
_ORDERED_BY = {
    "orders": "ordered_at, platform, shop, order_id, order_key",
    "excluded_orders": "ordered_at, platform, shop, order_id, order_key",
    "order_lines": "order_key, line",
    "products": "good",
    "customers": "first_ordered_at, customer_id",
    "files": "name, number",
    "reviews": "reviewed_at, review_key",
}


@dataclass(frozen=True)
class Opened:
    """What came of a set of files: a store, or None where no file could be read, and one problem for each that could not."""

    store: Store | None
    problems: list[RegularsError] = field(default_factory=list)


class Store:
    """One view of one shop's data.

    key: names the data; the same files and filters give the same key. filters: what made this view. shop: its facts.
    """

    def __init__(self, database: Database, key: str, filters: Filters, schema: str = "") -> None:
        self.key, self.filters, self._database = key, filters, database
        self._schema, self._beside = schema or database.schema("shop"), ""
        self._closed = False
        self._making = threading.Lock()
        self._made: set[str] = set()
        database.taken(self._schema)
        try:
            self.shop = self._adopt(*database.written) if database.written and filters == Filters() else self._build()
        except BaseException:
            self.close()
            raise

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        cursor = self._database.con.cursor()
        if self._beside:
            cursor.execute(f"set search_path = '{self._schema},{self._beside}'")
        else:
            cursor.execute("use " + self._schema)
        return cursor

    @contextmanager
    def _asking(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor for one query. Raises Damaged where the file that the database stands in is found to be."""
        cursor = self._cursor()
        try:
            yield cursor
        except duckdb.Error as error:
            if self._database.written and "Corrupt database file" in str(error):
                raise Damaged from error
            raise
        finally:
            cursor.close()

    def _build(self) -> ShopFacts:
        cursor = self._database.con.cursor()
        cursor.execute("create schema " + self._schema)
        cursor.execute("use " + self._schema)
        covered = self._database.as_of or covered_until(cursor, self.filters.include)
        end = min(self.filters.end or covered, covered)
        start = self.filters.start or date.min
        chosen = {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in asdict(replace(self.filters, start=start, end=end, sheet=Sheet())).items()
            if name != "sheet"
        }
        make(cursor, "ranks", "store/ranks", **chosen)
        view(cursor, "orders", "store/orders")
        left = {name: chosen[name] for name in ("shops", "include", "leave_out_statuses", "start")}
        left["end"] = self.filters.end or date.max
        make(cursor, "left_aside", "store/left_aside", **left)
        view(cursor, "excluded_orders", "store/excluded_orders")
        applied(cursor, self.filters.sheet)
        view(cursor, "counted_goods", "store/counted_goods")
        view(cursor, "lines", "store/lines")
        view(cursor, "order_lines", "store/order_lines")
        view(cursor, "buying_days", "store/buying_days")
        make(cursor, "customer_totals", "store/customer_totals")
        view(cursor, "customer_facts", "store/customer_facts")
        view(cursor, "buyers", "store/buyers")
        view(cursor, "customers", "store/customers")
        reviewed = {name: chosen[name] for name in ("shops", "include", "leave_out_statuses", "start", "end")}
        reviewed["reviews_end"] = self.filters.end or self._database.as_of or date.max
        if cursor.table("staged.reviews").limit(1).fetchall():
            make(cursor, "reviews", "store/reviews", **reviewed)
        else:
            cursor.execute("create table reviews as select * exclude (reason), true as in_period from staged.reviews")
        [(first, currency, orders, reviews)] = cursor.execute(
            "select cast(coalesce(min(ordered_at), (select min(reviewed_at) from reviews)) as date), max(currency), count(*), "
            "(select count(*) from reviews) from orders"
        ).fetchall()
        first = first or end
        facts = ShopFacts(end, max(start, first), first, currency or "TWD", orders, reviews)
        cursor.execute(
            "create table shop as select $as_of::date as as_of, $start::date as start, $first_ordered::date as first_ordered, $currency as currency",
            {name: getattr(facts, name) for name in ("as_of", "start", "first_ordered", "currency")},
        )
        cursor.close()
        return facts

    def _adopt(self, written: str, facts: ShopFacts) -> ShopFacts:
        """Take the tables that are written already for this view."""
        cursor = self._database.con.cursor()
        cursor.execute("create schema " + self._schema)
        catalog, schema = written.split(".")
        tables = "select table_name from information_schema.tables where table_catalog = ? and table_schema = ?"
        for (name,) in cursor.execute(tables, [catalog, schema]).fetchall():
            cursor.execute(f'create view {self._schema}."{name}" as from {written}."{name}"')
        cursor.close()
        return facts

    def query(self, name: str, **params: object) -> pd.DataFrame:
        """The result of the query `subject/name` (analytics/subject/name.sql), on a cursor of its own: one connection shared by threads gives wrong answers silently."""
        with self._asking() as cursor:
            return cursor.execute(statement(name), params or None).df()

    def with_purchases(self) -> Store:
        """This view, with the tables `placed`, `purchases` and `followed` made at the first call: for queries on who bought which product when."""
        return self._once("store/placed", "store/purchases", "store/followed")

    def with_placed(self) -> Store:
        """This view, with the table `placed` made at the first call: for queries on orders and what is in them."""
        return self._once("store/placed")

    def with_contents(self) -> Store:
        """This view, with the tables `placed` and `contents` made at the first call: for queries on what stands in one order."""
        return self._once("store/placed", "store/contents")

    def with_parcels(self) -> Store:
        """This view, with the table `parcels` made at the first call: for queries on what became of each parcel."""
        return self._once("store/parcels")

    def _once(self, *names: str) -> Store:
        with self._making, self._asking() as cursor:
            for name in [name for name in names if name not in self._made]:
                _MAKES.get(name, make)(cursor, f"{self._schema}.{name.split('/')[1]}", name)
                self._made.add(name)
        return self

    def table(self, name: str) -> pd.DataFrame:
        """One of the store's tables, whole: orders, excluded_orders, order_lines, products, customers, reviews or files."""
        with self._asking() as cursor:
            return cursor.table(name).order(_ORDERED_BY[name]).df()

    def filtered(self, filters: Filters) -> Store:
        """Another view of the same shop; `filters` replace this store's, they do not add to them."""
        base = self.key.split("+")[0].split("-")[0]
        key = base if filters == Filters() else f"{base}-{_digest([repr(filters)])}"
        return Store(self._database, key, filters)

    def beside(self, key: str, tables: Mapping[str, pa.Table]) -> Store:
        """This view with small tables beside its own, for queries that ask for them. key: names what is in them."""
        store = copy(self)
        store.key, store._beside, store._closed = f"{self.key}+{key}", self._database.schema("beside"), False
        self._database.taken(self._schema)
        cursor = self._database.con.cursor()
        try:
            cursor.execute("create schema " + store._beside)
            for name, table in tables.items():
                cursor.from_arrow(table).to_table(f"{store._beside}.{name}")
        except BaseException:
            store.close()
            raise
        finally:
            cursor.close()
        return store

    def close(self) -> None:
        """Free this view; the last view of a database frees the data."""
        if self._closed:
            return
        self._closed = True
        if self._beside:
            self._database.drop(self._beside)
        self._database.left(self._schema)


def open_shop(
    uploads: Iterable[Upload],
    *,
    passwords: Mapping[str, str] | None = None,
    mappings: Mapping[str, str] | None = None,
    shops: Mapping[str, str] | None = None,
    dates: Mapping[str, str] | None = None,
    as_of: date | None = None,
) -> Opened:
    """Read files into a store.

    passwords, mappings (platform TOML), shops (shop names) and dates (whether 03/04 begins with the "day" or the "month") are by the key of a
    file (see `files`) or by its name. as_of: the last day that the data covers, where the caller knows better than the files; later orders
    are left out. What cannot be read becomes a problem; the other files still load.
    """
    con = duckdb.connect(":memory:")
    key, problems = staged(
        con,
        uploads,
        passwords=passwords or {},
        mappings=mappings or {},
        shops=shops or {},
        dates=dates or {},
        as_of=as_of,
    )
    if not key:
        con.close()
        return Opened(None, problems)
    sealed(con)
    return Opened(Store(Database(con, as_of), key, Filters()), problems)


def staged(
    con: duckdb.DuckDBPyConnection,
    uploads: Iterable[Upload],
    *,
    passwords: Mapping[str, str],
    mappings: Mapping[str, str],
    shops: Mapping[str, str],
    dates: Mapping[str, str],
    as_of: date | None = None,
) -> tuple[str, list[RegularsError]]:
    """Read files into the schema `staged` of an empty database: the key of the data ("": there is nothing to open), and the problems."""
    sources, problems = read(uploads, passwords=passwords, mappings=mappings, shops=shops, dates=dates)
    add_macros(con)
    if not sources:
        return "", problems
    problems += stage(con, sources)
    orders = [source for source in sources if source.region.kind == "orders"]
    counts = orders_until(con) is not None
    if not counts and orders:
        problems.append(nothing_counts(con, orders))
    if not counts and covered_until(con) is None:
        if not orders:
            problems.append(no_review(con, sources))
        return "", problems
    facts = sorted(
        f"{s.name}|{s.digest}|{s.shop}|{s.region.key}|{s.platform.name}|{s.dates}|{s.ordering}" for s in sources
    )
    return _digest([*facts, str(as_of), *sorted(mappings.values())]), problems


def _digest(texts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:16]
