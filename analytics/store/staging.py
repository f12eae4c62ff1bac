"""From files as read to cast orders and lines: one pass of SQL over each export, then one over all of them.

Reviews are cast and tied to orders in a second step. The result is the schema `staged` of the database: `lines` (every line of every file), `checked` (every order of every file, with its
revenue and the reason, if any, why it does not count) and `files`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from functools import cache
from pathlib import Path

import duckdb
import pyarrow as pa
from duckdb import ConstantExpression, StarExpression

from analytics.errors import N_, InputError, RegularsError
from analytics.sources import Source
from analytics.sources.platforms import (
    CONTEXT_COLUMNS,
    LINE_COLUMNS,
    ORDER_COLUMNS,
    PRODUCT_COLUMNS,
    REVIEW_COLUMNS,
    Match,
    Platform,
    Region,
)
from analytics.sources.rows import Seen, collect, stacked

QUERIES = Path(__file__).parents[1]
"""Where the rooms are whose folders hold the queries."""
AMOUNTS = (
    "subtotal", "gross", "seller_discount", "seller_discount_2", "seller_discount_3", "platform_discount", "platform_discount_2",
    "platform_discount_3", "refunded", "shipping", "buyer_paid", "quantity", "returned", "price", "line_total",
    "line_seller_discount", "line_platform_discount", "line_refunded",
)  # fmt: skip
RAW_COLUMNS = {"lines": LINE_COLUMNS, "products": PRODUCT_COLUMNS, "runs": ORDER_COLUMNS, "contexts": CONTEXT_COLUMNS}


@cache
def statement(name: str) -> str:
    """The text of the query `subject/name`: analytics/subject/name.sql."""
    return (QUERIES / f"{name}.sql").read_text(encoding="utf-8")


def stage(con: duckdb.DuckDBPyConnection, sources: list[Source]) -> list[RegularsError]:
    """Fill the schema `staged` from the text of `sources`, whose memory is freed on the way.

    Returns a problem for each file that had to be left out because its currency is not the shop's.
    """
    con.execute("create schema staged")
    reviews = [source for source in sources if source.region.kind == "reviews"]
    sources = [source for source in sources if source.region.kind == "orders"]
    snapshots = {key: number for number, key in enumerate(dict.fromkeys(source.export for source in sources))}
    alike: dict[str, list[Source]] = defaultdict(list)
    for source in sources:
        how = (source.platform.name, source.region, source.layout, sorted(source.styles.items()), source.dates)
        alike[repr(how)].append(source)
    counted: Counter[str] = Counter()
    for files in alike.values() if sources else [[_no_orders(snapshots)]]:
        _stage_alike(con, files, snapshots, counted)
    con.execute("create view staged.lines as " + statement("store/stg_lines"))
    con.execute("create view staged.checked as " + statement("store/stg_checked"))
    problems = _one_currency(con)
    if len(snapshots) > 1:
        _supersede(con, sources, snapshots)
    _describe_files(con, sources)
    for name in ("goods", "goods_found"):
        con.sql(statement("store/stg_" + name)).to_table("staged." + name)
    _stage_reviews(con, reviews, sources)
    return problems


def _stage_alike(
    con: duckdb.DuckDBPyConnection,
    files: list[Source],
    snapshots: dict[tuple[str, str, str], int],
    counted: Counter[str],
) -> None:
    """Cast files that are read in the same way, in one pass. counted: the rows staged so far, counted on here."""
    first, region, new, first_key = files[0], files[0].region, not counted, counted["lines"]
    for source in files:
        source.raw.contexts = _with_file(source, snapshots[source.export])
    raw = stacked([source.raw for source in files], counted)
    styles = {"styles": {column: first.styles.get(column, ".") for column in AMOUNTS}}
    counts_units = "quantity" in raw.lines.column_names and first.layout != "unit"
    statuses = {f.name: list(getattr(region.statuses, f.name)) for f in fields(region.statuses)}
    identity = [*region.customer, None, None, None][:3]
    told = {"platform": first.platform.name, "currency": region.currency}
    customer = {"identity": identity, "account_prefix": region.account_prefix}

    def add(name: str, **params: object) -> None:
        rows = con.sql(statement("store/stg_" + name), params=params)
        rows.to_table("staged." + name) if new else rows.insert_into("staged." + name)

    for name, columns in RAW_COLUMNS.items():
        table = con.from_arrow(raw.take(name))
        con.register("raw_" + name, table.select(StarExpression(), *_missing(table, columns)))
    add("contexts", **told, **statuses)
    con.sql(statement("store/stg_keys")).to_table("staged.keys")
    con.sql(statement("store/stg_keyed_runs")).to_table("staged.keyed_runs")
    add("products")
    add("line_facts", **styles, counts_units=counts_units)
    con.sql(statement("store/stg_line_discounts"), params=styles).to_table("staged.line_discounts")
    _free(con, "raw_lines", "raw_products")
    add("order_facts", **styles, **customer, first_key=first_key, formats=list(first.dates))
    _free(con, "raw_runs", "raw_contexts")
    for name in ("staged.keys", "staged.keyed_runs", "staged.line_discounts"):
        con.execute("drop table " + name)


def _free(con: duckdb.DuckDBPyConnection, *views: str) -> None:
    """Drop views of raw tables, and give their memory back at once: what comes next needs as much."""
    for name in views:
        con.unregister(name)
    pa.default_memory_pool().release_unused()


def _with_file(source: Source, snapshot: int) -> pa.Table:
    """The contexts of a file, with where they come from."""
    contexts = source.raw.take("contexts")
    told = {"file": source.name, "file_shop": source.shop, "snapshot": snapshot}
    for name, value in told.items():
        contexts = contexts.append_column(name, pa.repeat(pa.scalar(value), contexts.num_rows))
    return contexts


def _missing(table: duckdb.DuckDBPyRelation, columns: Iterable[str]) -> list[duckdb.Expression]:
    """NULL for those of the columns that a raw table lacks."""
    missing = ConstantExpression(None).cast("VARCHAR")
    return [missing.alias(name) for name in columns if name not in table.columns]


def _one_currency(con: duckdb.DuckDBPyConnection) -> list[RegularsError]:
    """Leave out the files that are not in the currency of most orders; one problem for each."""
    found = con.execute(
        "select currency, count(*) from staged.checked where currency <> '' and order_id is not null group by currency "
        "order by count(*) desc, currency"
    ).fetchall()
    if not found:
        return []
    wanted = found[0][0]
    con.execute("update staged.contexts set currency = $wanted where coalesce(currency, '') = ''", {"wanted": wanted})
    if len(found) == 1:
        return []
    files = con.execute(
        "select file, string_agg(distinct currency, ', ' order by currency) from staged.checked "
        "where file in (select file from staged.checked where currency <> $wanted and order_id is not null) "
        "group by file order by file",
        {"wanted": wanted},
    ).fetchall()
    con.execute("delete from staged.contexts where list_contains($files, file)", {"files": [name for name, _ in files]})
    con.execute("delete from staged.order_facts where context_key not in (select context_key from staged.contexts)")
    con.execute("delete from staged.line_facts where order_key not in (select order_key from staged.order_facts)")
    return [
        InputError(
            N_(
                "{file} has amounts in {found}, but a shop is read in one currency ({wanted} here); export and open the other currency on its own."
            ),
            file=name,
            found=currencies,
            wanted=wanted,
        )
        for name, currencies in files
    ]


def _supersede(
    con: duckdb.DuckDBPyConnection, sources: list[Source], snapshots: dict[tuple[str, str, str], int]
) -> None:
    """Mark the orders that a newer export holds too: newer by the end of its window, else by its last order; ties: given later."""
    last = con.execute(
        "select snapshot, cast(max(ordered_at) as date) from staged.checked group by snapshot"
    ).fetchall()
    ends = dict.fromkeys(snapshots.values(), date.min) | {snapshot: day for snapshot, day in last if day}
    windows = {snapshots[source.export]: source.window[1] for source in sources if source.window}
    oldest_first = sorted(snapshots.values(), key=lambda snapshot: (windows.get(snapshot, ends[snapshot]), snapshot))
    con.sql(
        "select unnest($snapshots::integer[]) as snapshot, unnest($newness::integer[]) as newness",
        params={"snapshots": oldest_first, "newness": list(range(len(oldest_first)))},
    ).to_table("staged.snapshots")
    con.sql(statement("store/stg_superseded")).to_table("staged.superseded")
    con.execute(
        "update staged.order_facts set reason = 'superseded' where order_key in (select order_key from staged.superseded)"
    )


def _describe_files(con: duckdb.DuckDBPyConnection, sources: list[Source]) -> None:
    """`files`: what was read of each file."""
    con.execute(
        "create table described (name varchar, platform varchar, region varchar, shop varchar, encoding varchar, rows bigint, "
        "window_end date, notes varchar[])"
    )
    for source in sources:
        con.execute(
            "insert into described values (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                source.name,
                source.platform.name,
                source.region.key,
                source.shop,
                source.encoding,
                source.rows,
                source.window[1] if source.window else None,
                list(source.notes),
            ],
        )
    con.sql(statement("store/files")).to_table("files")
    con.execute("drop table described")


def _no_orders(snapshots: dict[tuple[str, str, str], int]) -> Source:
    """An export without a row, for a shop of which only reviews are known."""
    nothing = Region("", "", "repeated", (), {})
    raw = collect((), Match(Platform("", "", (nothing,)), nothing, {"order_id": 0}), Seen())
    source = Source("", raw, Platform("", "", (nothing,)), nothing, "", "repeated", 0, None, "", "", "", (), {}, ())
    snapshots[source.export] = 0
    return source


ZONES = {
    "TWD": 480, "HKD": 480, "CNY": 480, "MYR": 480, "SGD": 480, "PHP": 480, "JPY": 540, "KRW": 540, "THB": 420, "VND": 420, "IDR": 420,
    "BRL": -180,
}  # fmt: skip
"""Minutes from UTC where a currency is used, for shops whose orders carry no offset."""


def _stage_reviews(con: duckdb.DuckDBPyConnection, reviews: list[Source], orders: list[Source]) -> None:
    """Fill `staged.reviews`, every row of every file of reviews, and `staged.review_files`; both are there, empty, without such files."""
    offset = _offset(con, orders)
    nothing = [(pa.table({"line": pa.array([], pa.int32())}), {"file": "", "platform": "", "shop": "", "formats": []})]
    told = [
        (s.raw.take("lines"), {"file": s.name, "platform": s.platform.name, "shop": s.shop, "formats": list(s.dates)})
        for s in reviews
    ]
    for number, (lines, params) in enumerate(told or nothing):
        table = con.from_arrow(lines)
        con.register("raw", table.select(StarExpression(), *_missing(table, REVIEW_COLUMNS)))
        cast = con.sql(statement("store/stg_reviews"), params={**params, "offset": offset, "file_number": number})
        cast.insert_into("staged.reviews_read") if number else cast.to_table("staged.reviews_read")
        con.unregister("raw")
    joined = con.sql(statement("store/stg_review_orders"))
    (joined if reviews else joined.limit(0)).to_table("staged.reviews")
    con.execute("drop table staged.reviews_read")
    con.execute(
        "create table staged.review_files (number integer, name varchar, platform varchar, label varchar, encoding varchar, rows bigint, "
        "notes varchar[])"
    )
    for number, s in enumerate(reviews):
        con.execute(
            "insert into staged.review_files values (?, ?, ?, ?, ?, ?, ?)",
            [number, s.name, s.platform.name, s.platform.label, s.encoding, s.rows, list(s.notes)],
        )


def _offset(con: duckdb.DuckDBPyConnection, orders: list[Source]) -> int:
    """Minutes from UTC of the shop's clock: what most order files carry, else by the shop's currency, else 0."""
    carried = Counter(source.offset for source in orders if source.offset is not None)
    if carried:
        return carried.most_common(1)[0][0]
    [(currency,)] = con.execute("select max(currency) from staged.checked").fetchall()
    return ZONES.get(currency or "TWD", 0)
