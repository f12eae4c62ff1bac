"""One shop's data in one DuckDB database, and the queries on it.

`open_shop` reads files into a `Store`. A `Store` is one view of the shop: its tables live in a schema of their own, and
`store.filtered(...)` makes another view, with a key of its own, beside it. What each table holds is said in the
first line of `orders.sql`, `order_lines.sql`, `products.sql`, `customers.sql`, `excluded_orders.sql`, `reviews.sql` and `files.sql`.
"""

from __future__ import annotations

import hashlib
import itertools
import threading
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date

import duckdb
import pandas as pd

from analytics.errors import N_, InputError, RegularsError
from analytics.sources import Upload, read
from analytics.store.sheet import Sheet, applied
from analytics.store.staging import stage, statement

REASONS = ("cancelled", "refunded", "unpaid", "free", "superseded", "unlisted", "unreadable")
_ORDERED_BY = {
    "orders": "ordered_at, order_key",
    "excluded_orders": "order_key",
    "order_lines": "order_key, line",
    "products": "good",
    "customers": "first_ordered_at, customer_id",
    "files": "name",
    "reviews": "reviewed_at, review_key",
}
_schemas = itertools.count(1)


@dataclass(frozen=True)
class Filters:
    """What of a shop is looked at, and what counts in it. The default is all of it, by the house definitions."""

    shops: tuple[str, ...] = ()
    """Names of the shops kept; empty: all."""
    leave_out: tuple[str, ...] = ()
    """customer_ids left out (staff, wholesale)."""
    leave_out_revenue: float | None = None
    """Leave out customers with more revenue than this."""
    leave_out_days: int | None = None
    """Leave out customers with more buying days than this."""
    start: date | None = None
    """First day that counts and trends show; earlier orders still count as history."""
    end: date | None = None
    """The as-of day: nothing later exists."""
    include: tuple[str, ...] = ()
    """Reasons for not counting that the owner switched back in (of REASONS)."""
    leave_out_statuses: tuple[str, ...] = ()
    """Statuses that no platform file lists and that the owner does not count."""
    same_day: bool = False
    """True: each order is a purchase of its own, so a second one on the same day is a repurchase."""
    sheet: Sheet = Sheet()
    """What the owner says of the products: which belong together, what they are called, how long they last."""


@dataclass(frozen=True)
class ShopFacts:
    """What is said of a shop beside every number."""

    as_of: date
    """The last day that the data covers."""
    start: date
    """The first day that counts and trends show."""
    first_ordered: date
    """The day of the first order of all history; of the first review where there are no orders."""
    currency: str
    orders: int
    """Orders that count."""
    reviews: int
    """Reviews that count."""


@dataclass(frozen=True)
class Opened:
    """What came of a set of files: a store, or None where no file could be read, and one problem for each that could not."""

    store: Store | None
    problems: list[RegularsError] = field(default_factory=list)


class _Database:
    """One DuckDB database, closed when the last of its stores is."""

    def __init__(self, con: duckdb.DuckDBPyConnection, as_of: date | None) -> None:
        self.con, self.as_of, self.stores, self.lock = con, as_of, 0, threading.Lock()

    def taken(self) -> None:
        with self.lock:
            self.stores += 1

    def left(self) -> None:
        with self.lock:
            self.stores -= 1
            if self.stores == 0:
                self.con.close()


class Store:
    """One view of one shop's data.

    key: names the data; the same files and filters give the same key. filters: what made this view. shop: its facts.
    """

    def __init__(self, database: _Database, key: str, filters: Filters) -> None:
        self.key, self.filters, self._database = key, filters, database
        self._schema = f"shop_{next(_schemas)}"
        self._closed = False
        self._making = threading.Lock()
        self._made: set[str] = set()
        database.taken()
        try:
            self.shop = self._build()
        except BaseException:
            self.close()
            raise

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        cursor = self._database.con.cursor()
        cursor.execute("use " + self._schema)
        return cursor

    def _build(self) -> ShopFacts:
        cursor = self._database.con.cursor()
        cursor.execute("create schema " + self._schema)
        cursor.execute("use " + self._schema)
        covered = self._database.as_of or _covered(cursor, self.filters.include) or _reviewed(cursor)
        end = min(self.filters.end or covered, covered)
        start = self.filters.start or date.min
        chosen = {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in asdict(replace(self.filters, start=start, end=end, sheet=Sheet())).items()
            if name != "sheet"
        }
        cursor.sql(statement("store/ranks"), params=chosen).to_table("ranks")
        cursor.sql(statement("store/orders")).create_view("orders")
        left = {name: chosen[name] for name in ("shops", "include", "leave_out_statuses", "start")}
        left["end"] = self.filters.end or date.max
        cursor.sql(statement("store/left_aside"), params=left).to_table("left_aside")
        cursor.sql(statement("store/excluded_orders")).create_view("excluded_orders")
        applied(cursor, self.filters.sheet)
        cursor.sql(statement("store/lines")).create_view("lines")
        cursor.sql(statement("store/order_lines")).create_view("order_lines")
        cursor.sql(statement("store/buying_days")).create_view("buying_days")
        cursor.sql(statement("store/customer_facts")).to_table("customer_facts")
        cursor.sql(statement("store/customers")).create_view("customers")
        reviewed = {name: chosen[name] for name in ("shops", "include", "leave_out_statuses", "start", "end")}
        reviewed["reviews_end"] = self.filters.end or self._database.as_of or date.max
        counted = cursor.sql(statement("store/reviews"), params=reviewed)
        (counted if _any(cursor, "staged.reviews") else counted.limit(0)).to_table("reviews")
        [(first, currency, orders, reviews)] = cursor.execute(
            "select cast(coalesce(min(ordered_at), (select min(reviewed_at) from reviews)) as date), max(currency), count(*), "
            "(select count(*) from reviews) from orders"
        ).fetchall()
        first = first or end
        facts = ShopFacts(end, max(start, first), first, currency or "TWD", orders, reviews)
        cursor.sql(
            "select $as_of::date as as_of, $start::date as start, $first_ordered::date as first_ordered, $currency as currency",
            params={name: getattr(facts, name) for name in ("as_of", "start", "first_ordered", "currency")},
        ).to_table("shop")
        cursor.close()
        return facts

    def query(self, name: str, **params: object) -> pd.DataFrame:
        """The result of the query `subject/name` (analytics/subject/name.sql), on a cursor of its own: one connection shared by threads gives wrong answers silently."""
        cursor = self._cursor()
        try:
            return cursor.execute(statement(name), params or None).df()
        finally:
            cursor.close()

    def with_purchases(self) -> Store:
        """This view, with the tables `buyers`, `placed` and `purchases` made at the first call: for queries on who bought which product when."""
        self._make_once("store/buyers", "store/placed", "store/purchases")
        return self

    def with_followed(self) -> Store:
        """This view, with the table `followed` too: for queries on the days between purchases of the same product."""
        self.with_purchases()._make_once("store/followed")
        return self

    def _make_once(self, *names: str) -> None:
        with self._making:
            cursor = self._cursor()
            for name in names:
                if name not in self._made:
                    cursor.sql(statement(name)).to_table(name.split("/")[1])
                    self._made.add(name)
            cursor.close()

    def table(self, name: str) -> pd.DataFrame:
        """One of the store's tables, whole: orders, excluded_orders, order_lines, products, customers, reviews or files."""
        cursor = self._cursor()
        try:
            return cursor.table(name).order(_ORDERED_BY[name]).df()
        finally:
            cursor.close()

    def filtered(self, filters: Filters) -> Store:
        """Another view of the same shop; `filters` replace this store's, they do not add to them."""
        base = self.key.split("-")[0]
        key = base if filters == Filters() else f"{base}-{_digest([repr(filters)])}"
        return Store(self._database, key, filters)

    def close(self) -> None:
        """Free this view; the last view of a database frees the data."""
        if self._closed:
            return
        self._closed = True
        self._database.con.execute("drop schema if exists " + self._schema + " cascade")
        self._database.left()


def open_shop(
    uploads: Iterable[Upload],
    *,
    passwords: Mapping[str, str] | None = None,
    mappings: Mapping[str, str] | None = None,
    shops: Mapping[str, str] | None = None,
    as_of: date | None = None,
) -> Opened:
    """Read files into a store.

    passwords, mappings (platform TOML) and shops (shop names) are by file name. as_of: the last day that the data covers, where the
    caller knows better than the files; later orders are left out. What cannot be read becomes a problem; the other files still load.
    """
    sources, problems = read(list(uploads), passwords=passwords or {}, mappings=mappings or {}, shops=shops or {})
    con = duckdb.connect(":memory:")
    for macros in ("store/macros", "store/phone_digits", "store/titles"):
        con.execute(statement(macros))
    if sources:
        problems += stage(con, sources)
        covered = _covered(con)
        if covered is None and any(source.region.kind == "orders" for source in sources):
            problems.append(_nothing_counts(con, [source for source in sources if source.region.kind == "orders"]))
        covered = covered or _reviewed(con)
    if not sources or covered is None:
        con.close()
        return Opened(None, problems)
    con.execute("set enable_external_access = false")
    con.execute("set lock_configuration = true")
    facts = sorted(f"{s.name}|{s.digest}|{s.shop}|{s.region.key}|{s.platform.name}" for s in sources)
    key = _digest([*facts, str(as_of), *sorted((mappings or {}).values())])
    return Opened(Store(_Database(con, as_of), key, Filters()), problems)


def _any(con: duckdb.DuckDBPyConnection, table: str) -> bool:
    return bool(con.table(table).limit(1).fetchall())


def _covered(con: duckdb.DuckDBPyConnection, include: tuple[str, ...] = ()) -> date | None:
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
    return (last or date.today()) if reviews else None


def _nothing_counts(con: duckdb.DuckDBPyConnection, sources: list) -> InputError:
    """No order counts: say which reasons took them all."""
    reasons = con.execute(
        "select reason, count(*) from staged.checked where order_id is not null group by reason order by count(*) desc, reason"
    ).fetchall()
    return InputError(
        N_("{file} has no order that counts ({found}); export all orders of the period, completed ones included."),
        file=", ".join(source.name for source in sources[:3]) + ("…" if len(sources) > 3 else ""),
        found=", ".join(f"{reason}: {count}" for reason, count in reasons) or "0",
    )


def _digest(texts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:16]
