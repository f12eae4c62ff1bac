"""From files as read to cast orders and lines: one pass of SQL over each export, then one over all of them.

Reviews are cast and tied to orders in a second step. The result is the schema `staged` of the database: `lines` (every line of every file), `checked` (every order of every file, with its
revenue and the reason, if any, why it does not count) and `files`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import fields
from datetime import date
from functools import cache
from pathlib import Path

import duckdb
from duckdb import ColumnExpression, ConstantExpression

from .errors import N_, InputError, RegularsError
from .sources import Source
from .sources.platforms import LINE_COLUMNS, ORDER_COLUMNS, REVIEW_COLUMNS, Platform, Region

SQL = Path(__file__).with_name("sql")
AMOUNTS = (
    "subtotal", "gross", "seller_discount", "seller_discount_2", "seller_discount_3", "platform_discount", "platform_discount_2",
    "platform_discount_3", "refunded", "shipping", "buyer_paid", "quantity", "returned", "price", "line_total",
    "line_seller_discount", "line_platform_discount", "line_refunded",
)  # fmt: skip
MANY_LINES = 100_000
"""From here on it is worth a moment to free what is no longer needed."""


@cache
def statement(name: str) -> str:
    """The text of `sql/{name}.sql`."""
    return (SQL / f"{name}.sql").read_text(encoding="utf-8")


def stage(con: duckdb.DuckDBPyConnection, sources: list[Source]) -> list[RegularsError]:
    """Fill the schema `staged` from the raw tables of `sources`, which are dropped on the way.

    Returns a problem for each file that had to be left out because its currency is not the shop's.
    """
    con.execute("create schema staged")
    reviews = [source for source in sources if source.region.kind == "reviews"]
    sources = [source for source in sources if source.region.kind == "orders"]
    snapshots = {key: number for number, key in enumerate(dict.fromkeys(map(_export, sources)))}
    alike: dict[str, list[Source]] = defaultdict(list)
    for source in sources:
        how = (source.platform.name, source.region, source.layout, sorted(source.styles.items()), source.dates)
        alike[repr(how)].append(source)
    first_key = 0
    for files in alike.values() if sources else [[_no_orders(con, snapshots)]]:
        _stage_alike(con, files, snapshots, first_key)
        first_key += sum(source.rows for source in files)
    problems = _one_currency(con)
    if len(snapshots) > 1:
        _supersede(con, sources, snapshots)
    _describe_files(con, sources)
    _stage_reviews(con, reviews, sources)
    return problems


def _export(source: Source) -> tuple[str, str, str]:
    """What one snapshot of a shop's orders is: its parts share it."""
    return source.platform.name, source.region.key, source.snapshot


def _stage_alike(
    con: duckdb.DuckDBPyConnection, files: list[Source], snapshots: dict[tuple[str, str, str], int], first_key: int
) -> None:
    """Cast files that are read in the same way into `staged.lines` and `staged.checked`, in one pass."""
    first, region = files[0], files[0].region
    _name_raw(con, files, snapshots)
    has_quantity = any("quantity" in con.table(source.table).columns for source in files)
    styles = {column: first.styles.get(column, ".") for column in AMOUNTS}
    con.sql(statement("stg_keys"), params={"first_key": first_key}).to_table("staged.keys")
    lines = {"styles": styles, "counts_units": has_quantity and first.layout != "unit"}
    _append(con.sql(statement("stg_lines"), params=lines), "staged.lines", new=first_key == 0)
    if sum(source.rows for source in files) > MANY_LINES:
        _forget_lines(con, files)
        _name_raw(con, files, snapshots)
    orders = {
        "first_key": first_key,
        "platform": first.platform.name,
        "currency": region.currency,
        "formats": list(first.dates),
        "identity": [*region.customer, None, None, None][:3],
        "account_prefix": region.account_prefix,
        "styles": styles,
        **{f.name: list(getattr(region.statuses, f.name)) for f in fields(region.statuses)},
    }
    _append(con.sql(statement("stg_checked"), params=orders), "staged.checked", new=first_key == 0)
    con.execute("drop view raw")
    con.execute("drop table staged.keys")
    for source in files:
        con.execute("drop table " + source.table)


def _name_raw(con: duckdb.DuckDBPyConnection, files: list[Source], snapshots: dict[tuple[str, str, str], int]) -> None:
    """Make the view `raw`: the lines of all files one after the other, under the canonical names."""
    raw, offset = None, 0
    for source in files:
        named = _canonical(con, source, offset, snapshots[_export(source)])
        raw = named if raw is None else raw.union(named)
        offset += source.rows
    raw.create_view("raw", replace=True)


def _forget_lines(con: duckdb.DuckDBPyConnection, files: list[Source]) -> None:
    """Give back the memory of the columns that only lines have, once they are cast."""
    con.execute("drop view raw")
    for source in files:
        for name in set(LINE_COLUMNS) & set(con.table(source.table).columns):
            con.execute("alter table " + source.table + " drop column " + name)


def _append(relation: duckdb.DuckDBPyRelation, table: str, *, new: bool) -> None:
    if new:
        relation.to_table(table)
    else:
        relation.insert_into(table)


def _canonical(con: duckdb.DuckDBPyConnection, source: Source, offset: int, snapshot: int) -> duckdb.DuckDBPyRelation:
    """The raw table with every canonical column (NULL where the file has none), its line numbers, anchor, file and snapshot."""
    table = con.table(source.table)
    has = set(table.columns)
    missing = ConstantExpression(None).cast("VARCHAR")
    columns = [ColumnExpression(name) if name in has else missing.alias(name) for name in ORDER_COLUMNS + LINE_COLUMNS]
    anchor = source.region.anchor if source.layout == "first" and source.region.anchor in has else "order_id"
    return table.select(
        *columns,
        ColumnExpression(anchor).alias("anchor"),
        (ColumnExpression("rowid") + ConstantExpression(offset)).alias("line"),
        ConstantExpression(source.name).alias("file"),
        ConstantExpression(source.shop).alias("file_shop"),
        ConstantExpression(snapshot).alias("snapshot"),
    )


def _one_currency(con: duckdb.DuckDBPyConnection) -> list[RegularsError]:
    """Leave out the files that are not in the currency of most orders; one problem for each."""
    found = con.execute(
        "select currency, count(*) from staged.checked where currency <> '' and order_id is not null group by currency "
        "order by count(*) desc, currency"
    ).fetchall()
    if not found:
        return []
    wanted = found[0][0]
    con.execute("update staged.checked set currency = $wanted where coalesce(currency, '') = ''", {"wanted": wanted})
    if len(found) == 1:
        return []
    files = con.execute(
        "select file, string_agg(distinct currency, ', ' order by currency) from staged.checked "
        "where file in (select file from staged.checked where currency <> $wanted and order_id is not null) "
        "group by file order by file",
        {"wanted": wanted},
    ).fetchall()
    con.execute("delete from staged.checked where list_contains($files, file)", {"files": [name for name, _ in files]})
    con.execute("delete from staged.lines where order_key not in (select order_key from staged.checked)")
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
    windows = {snapshots[_export(source)]: source.window[1] for source in sources if source.window}
    oldest_first = sorted(snapshots.values(), key=lambda snapshot: (windows.get(snapshot, ends[snapshot]), snapshot))
    con.sql(
        "select unnest($snapshots::integer[]) as snapshot, unnest($newness::integer[]) as newness",
        params={"snapshots": oldest_first, "newness": list(range(len(oldest_first)))},
    ).to_table("staged.snapshots")
    con.sql(statement("stg_superseded")).to_table("staged.superseded")
    con.execute(
        "update staged.checked set reason = 'superseded' where order_key in (select order_key from staged.superseded)"
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
    con.sql(statement("files")).to_table("files")
    con.execute("drop table described")


def _no_orders(con: duckdb.DuckDBPyConnection, snapshots: dict[tuple[str, str, str], int]) -> Source:
    """An export without a row, for a shop of which only reviews are known."""
    con.execute("create table raw_none (order_id varchar)")
    nothing = Region("", "", "repeated", (), {})
    source = Source(
        "", "raw_none", Platform("", "", (nothing,)), nothing, "", "repeated", 0, None, "", "", "", (), {}, ()
    )
    snapshots[_export(source)] = 0
    return source


ZONES = {
    "TWD": 480, "HKD": 480, "CNY": 480, "MYR": 480, "SGD": 480, "PHP": 480, "JPY": 540, "KRW": 540, "THB": 420, "VND": 420, "IDR": 420,
    "BRL": -180,
}  # fmt: skip
"""Minutes from UTC where a currency is used, for shops whose orders carry no offset."""


def _stage_reviews(con: duckdb.DuckDBPyConnection, reviews: list[Source], orders: list[Source]) -> None:
    """Fill `staged.reviews`, every row of every file of reviews, and `staged.review_files`; both are there, empty, without such files."""
    offset = _offset(con, orders)
    con.execute("create table raw_none (text varchar)")
    nothing = [("raw_none", {"file": "", "platform": "", "shop": "", "formats": []})]
    told = [
        (s.table, {"file": s.name, "platform": s.platform.name, "shop": s.shop, "formats": list(s.dates)})
        for s in reviews
    ]
    missing = ConstantExpression(None).cast("VARCHAR")
    for number, (name, params) in enumerate(told or nothing):
        table = con.table(name)
        has = set(table.columns)
        columns = [ColumnExpression(column) if column in has else missing.alias(column) for column in REVIEW_COLUMNS]
        table.select(*columns, (ColumnExpression("rowid") + 1).alias("line")).create_view("raw", replace=True)
        cast = con.sql(statement("stg_reviews"), params={**params, "offset": offset, "file_number": number})
        _append(cast, "staged.reviews_read", new=number == 0)
        con.execute("drop view raw")
    joined = con.sql(statement("stg_review_orders"))
    (joined if reviews else joined.limit(0)).to_table("staged.reviews")
    for name in ("staged.reviews_read", "raw_none", *(source.table for source in reviews)):
        con.execute("drop table " + name)
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
