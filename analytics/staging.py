"""From files as read to cast orders and lines: one pass of SQL over each export, then one over all of them.

The result is the schema `staged` of the database: `lines` (every line of every file), `checked` (every order of every file, with its
revenue and the reason, if any, why it does not count) and `files`.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import fields
from datetime import date
from functools import cache
from pathlib import Path

import duckdb
from duckdb import ColumnExpression, ConstantExpression

from .errors import N_, InputError, RegularsError
from .sources import Source
from .sources.platforms import LINE_COLUMNS, ORDER_COLUMNS

SQL = Path(__file__).with_name("sql")
AMOUNTS = (
    "subtotal", "gross", "seller_discount", "seller_discount_2", "seller_discount_3", "platform_discount", "platform_discount_2",
    "platform_discount_3", "refunded", "shipping", "buyer_paid", "quantity", "returned", "price", "line_total",
    "line_seller_discount", "line_platform_discount", "line_refunded",
)  # fmt: skip


@cache
def statement(name: str) -> str:
    """The text of `sql/{name}.sql`."""
    return (SQL / f"{name}.sql").read_text(encoding="utf-8")


def stage(con: duckdb.DuckDBPyConnection, sources: list[Source]) -> list[RegularsError]:
    """Fill the schema `staged` from the raw tables of `sources`, which are dropped on the way.

    Returns a problem for each file that had to be left out because its currency is not the shop's.
    """
    con.execute("create schema staged")
    snapshots = {key: number for number, key in enumerate(dict.fromkeys(map(_export, sources)))}
    alike: dict[str, list[Source]] = defaultdict(list)
    for source in sources:
        how = (source.platform.name, source.region, source.layout, sorted(source.styles.items()), source.dates)
        alike[repr(how)].append(source)
    first_key = 0
    for files in alike.values():
        _stage_alike(con, files, snapshots, first_key)
        first_key += sum(source.rows for source in files)
    problems = _one_currency(con)
    if len(snapshots) > 1:
        _supersede(con, sources, snapshots)
    _describe_files(con, sources)
    return problems


def _export(source: Source) -> tuple[str, str, str]:
    """What one snapshot of a shop's orders is: its parts share it."""
    return source.platform.name, source.region.key, source.snapshot


def _stage_alike(
    con: duckdb.DuckDBPyConnection, files: list[Source], snapshots: dict[tuple[str, str, str], int], first_key: int
) -> None:
    """Cast files that are read in the same way into `staged.lines` and `staged.checked`, in one pass."""
    first, region = files[0], files[0].region
    raw, offset = None, 0
    for source in files:
        named = _canonical(con, source, offset, snapshots[_export(source)])
        raw = named if raw is None else raw.union(named)
        offset += source.rows
    raw.create_view("raw", replace=True)
    has_quantity = any("quantity" in con.table(source.table).columns for source in files)
    styles = {column: first.styles.get(column, ".") for column in AMOUNTS}
    con.sql(statement("stg_keys"), params={"first_key": first_key}).to_table("staged.keys")
    lines = {"styles": styles, "counts_units": has_quantity and first.layout != "unit"}
    _append(con.sql(statement("stg_lines"), params=lines), "staged.lines", new=first_key == 0)
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
    con.executemany(
        "insert into described values (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                s.name,
                s.platform.name,
                s.region.key,
                s.shop,
                s.encoding,
                s.rows,
                s.window[1] if s.window else None,
                list(s.notes),
            )
            for s in sources
        ],
    )
    con.sql(statement("files")).to_table("files")
    con.execute("drop table described")
