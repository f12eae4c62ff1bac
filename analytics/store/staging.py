"""From files as read to cast orders and lines: one pass of SQL over each export, then (settling.py) one over all of them.

Reviews are cast and tied to orders in a second step. The result is the schema `staged` of the database: `lines` (every line of every file), `checked` (every order of every file, with its
revenue and the reason, if any, why it does not count), `left_out_rows` (lines left out of an order that may count) and `files`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta

import duckdb
import pyarrow as pa
from duckdb import ConstantExpression, StarExpression

from analytics.errors import RegularsError
from analytics.sources import Source
from analytics.sources.numbers import AMOUNTS
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
from analytics.sources.rows import Seen, collect
from analytics.sources.runs import stacked
from analytics.store.amounts import UNREAD, with_amounts
from analytics.store.parcels import keep as keep_parcels
from analytics.store.settling import settle
from analytics.store.statements import fill, make, statement, view

RAW_COLUMNS = {
    "lines": LINE_COLUMNS,
    "products": PRODUCT_COLUMNS,
    "runs": (*ORDER_COLUMNS, "negative"),
    "contexts": CONTEXT_COLUMNS,
}
LINE_DISCOUNTS = (
    "line_seller_discount", "line_seller_discount_2", "line_seller_discount_3", "line_platform_discount", "line_refunded",
)  # fmt: skip

UNREAD_UNITS = {name + UNREAD for name in ("quantity", "returned", "line_refunded")}


def stage(con: duckdb.DuckDBPyConnection, sources: list[Source]) -> list[RegularsError]:
    """Fill the schema `staged` from the text of `sources`, whose memory is freed on the way.

    Returns a problem for each file of which no order is in the shop's currency.
    """
    con.execute("create schema staged")
    reviews = [source for source in sources if source.region.kind == "reviews"]
    sources = [source for source in sources if source.region.kind == "orders"]
    snapshots = {key: number for number, key in enumerate(dict.fromkeys(source.export for source in sources))}
    alike: dict[str, list[tuple[int, Source]]] = defaultdict(list)
    for number, source in enumerate(sources):
        how = (
            source.platform.name,
            source.region,
            source.layout,
            sorted(source.styles.items()),
            source.dates,
            source.ordering,
            source.must,
        )
        alike[repr(how)].append((number, source))
    counted: Counter[str] = Counter()
    for files in alike.values() if sources else [[(0, _no_orders(snapshots))]]:
        _stage_alike(con, files, snapshots, counted)
    view(con, "staged.lines", "store/stg_lines")
    view(con, "staged.checked", "store/stg_checked")
    problems = settle(con, sources, snapshots, _today(sources))
    _describe_files(con, sources)
    for name in ("titled", "goods", "goods_found"):
        make(con, "staged." + name, "store/stg_" + name)
    con.execute("drop table staged.titled")
    _stage_reviews(con, reviews, sources)
    return problems


def _stage_alike(
    con: duckdb.DuckDBPyConnection,
    files: list[tuple[int, Source]],
    snapshots: dict[tuple[str, str, str], int],
    counted: Counter[str],
) -> None:
    """Cast files that are read in the same way, in one pass. counted: the rows staged so far, counted on here."""
    first, new, first_key = files[0][1], not counted, counted["lines"]
    region = first.region
    for number, source in files:
        source.raw.contexts = _with_file(source, number, snapshots[source.export])
    raw = stacked([source.raw for _, source in files], counted)
    clock = {"formats": list(first.dates), "ordering": first.ordering}
    takes_off = any(name in raw.lines.column_names and _filled(raw.lines[name]) for name in LINE_DISCOUNTS)
    counts_units = "quantity" in raw.lines.column_names and first.layout != "unit"
    statuses = {f.name: [text.lower() for text in getattr(region.statuses, f.name)] for f in fields(region.statuses)}
    identity = [*region.customer, None, None, None][:3]
    told = {"platform": first.platform.name, "currency": region.currency, "must": first.must}
    before_phone = identity[: identity.index("phone")] if "phone" in identity else []
    customer = {"identity": identity, "before_phone": before_phone, "account_prefix": region.account_prefix}

    def add(name: str, **params: object) -> None:
        (make if new else fill)(con, "staged." + name, "store/stg_" + name, **params)

    con.execute(statement("store/stg_rare"))
    unread: set[str] = set()
    for name, columns in RAW_COLUMNS.items():
        cells = with_amounts(con, raw.take(name), first.styles)
        unread.update(cells.column_names)
        table = con.from_arrow(cells)
        con.register("raw_" + name, table.select(StarExpression(), *_missing(table, columns)))
        del cells
    add("contexts", **told, **statuses)
    alone = _alone(con)
    lay = view if alone else make
    lay(con, "staged.keys", "store/stg_keys_alone" if alone else "store/stg_keys")
    view(con, "staged.taken", "store/stg_taken_alone" if alone else "store/stg_taken")
    whole = {"whole": region.layout in ("first", "order"), "by_line": region.status_of == "line"}
    if not alone and _any(con, "staged.keys", "runs > 1 and order_id is not null and not is_refund"):
        fill(con, "staged.settled_runs", "store/stg_settled_runs", **clock, **whole)
        con.execute("delete from staged.keys where runs > 1 and order_id is not null and not is_refund")
        fill(con, "staged.keys", "store/stg_settled_keys")
        fill(con, "staged.left_out_rows", "store/stg_left_out_rows", counts_units=counts_units)
    lay(con, "staged.keyed_runs", "store/stg_keyed_runs")
    if _any(con, "staged.contexts", "return_means = 'returned'"):
        fill(con, "staged.returned_runs", "store/stg_returned_runs")
    if _any(con, "staged.contexts", "return_means = 'unlisted'"):
        fill(con, "staged.unknown_returns", "store/stg_unknown_returns")
    add("products")
    add("line_facts", counts_units=counts_units)
    if takes_off:
        fill(con, "staged.line_discounts", "store/stg_line_discounts")
    if unread & UNREAD_UNITS:
        fill(con, "staged.unread_units", "store/stg_unread_units")
    keep_parcels(con, files, raw.take("parcels"))
    _free(con, "raw_lines", "raw_products")
    add("order_facts", **customer, **clock, first_key=first_key)
    if "refunded" + UNREAD in unread:
        fill(con, "staged.unread_units", "store/stg_unread_refunds")
    _free(con, "raw_runs", "raw_contexts")
    con.execute("drop view staged.taken")
    for name in ("keyed_runs", "keys"):
        con.execute(f"drop {'view' if alone else 'table'} staged.{name}")
    for name in ("settled_runs", "returned_runs", "line_discounts"):
        con.execute("drop table staged." + name)


def _any(con: duckdb.DuckDBPyConnection, table: str, condition: str) -> bool:
    return bool(con.table(table).filter(condition).limit(1).fetchall())


def _alone(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether each run of lines is an order: no number stands twice. So it mostly is, and to group them takes longer than to ask (of hashes: alike ones differ)."""
    asked = "select count(*) = count(order_id) and count(*) = count(distinct hash(order_id)) and count(negative) = 0 from raw_runs"
    return con.execute(asked).fetchone()[0]


def _filled(column: pa.ChunkedArray) -> bool:
    return column.null_count < len(column)


def _free(con: duckdb.DuckDBPyConnection, *views: str) -> None:
    """Drop views of raw tables, and give their memory back at once: what comes next needs as much."""
    for name in views:
        con.unregister(name)
    pa.default_memory_pool().release_unused()


def _with_file(source: Source, number: int, snapshot: int) -> pa.Table:
    """The contexts of a file, with where they come from."""
    contexts = source.raw.take("contexts")
    told = {
        "file": source.name, "file_number": number, "file_shop": source.shop, "shop_told": source.shop_told, "snapshot": snapshot,
    }  # fmt: skip
    for name, value in told.items():
        contexts = contexts.append_column(name, pa.repeat(pa.scalar(value), contexts.num_rows))
    return contexts


def _missing(table: duckdb.DuckDBPyRelation, columns: Iterable[str]) -> list[duckdb.Expression]:
    """NULL for those of the columns that a raw table lacks, and for what cannot be read of amounts where all can."""
    none, amount = ConstantExpression(None).cast("VARCHAR"), ConstantExpression(None).cast("DECIMAL(18, 4)")
    wanted = {name: amount if name in AMOUNTS else none for name in columns}
    wanted |= {name + UNREAD: none for name in wanted if name in AMOUNTS}
    return [missing.alias(name) for name, missing in wanted.items() if name not in table.columns]


def _describe_files(con: duckdb.DuckDBPyConnection, sources: list[Source]) -> None:
    """`files`: what was read of each file."""
    con.execute(
        "create table described (number integer, key varchar, name varchar, platform varchar, region varchar, encoding varchar, rows bigint, "
        "window_end date, doubtful_date varchar, shop varchar, notes varchar[])"
    )
    for number, source in enumerate(sources):
        con.execute(
            "insert into described values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                number,
                source.digest,
                source.name,
                source.platform.name,
                source.region.key,
                source.encoding,
                source.rows,
                source.window[1] if source.window else None,
                source.in_doubt or None,
                source.shop,
                [note.to_json() for note in source.notes],
            ],
        )
    make(con, "files", "store/files")
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
    offset = _offset(con, orders) if reviews else 0
    told = [
        (
            s.raw.take("lines"),
            {
                "file": s.name,
                "platform": s.platform.name,
                "shop": s.shop,
                "formats": list(s.dates),
                "ordering": s.ordering,
            },
        )
        for s in reviews
    ]
    for number, (lines, params) in enumerate(told):
        table = con.from_arrow(lines)
        con.register("raw", table.select(StarExpression(), *_missing(table, REVIEW_COLUMNS)))
        how = {**params, "offset": offset, "file_number": number}
        (fill if number else make)(con, "staged.reviews_read", "store/stg_reviews", **how)
        con.unregister("raw")
    if reviews:
        fill(con, "staged.reviews", "store/stg_review_orders")
        con.execute("drop table staged.reviews_read")
    con.execute(
        "create table staged.review_files (number integer, key varchar, name varchar, platform varchar, region varchar, label varchar, "
        "encoding varchar, rows bigint, doubtful_date varchar, notes varchar[])"
    )
    for number, s in enumerate(reviews):
        con.execute(
            "insert into staged.review_files values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                number,
                s.digest,
                s.name,
                s.platform.name,
                s.region.key,
                s.platform.label,
                s.encoding,
                s.rows,
                s.in_doubt or None,
                [note.to_json() for note in s.notes],
            ],
        )


def _today(sources: Sequence[Source]) -> date:
    """Today, here or on the shop's own clock where that is later."""
    offsets = [source.offset for source in sources if source.offset is not None]
    offsets += [ZONES[source.region.currency] for source in sources if source.region.currency in ZONES]
    there = datetime.now(UTC) + timedelta(minutes=max(offsets, default=0))
    return max(date.today(), there.date())


def _offset(con: duckdb.DuckDBPyConnection, orders: list[Source]) -> int:
    """Minutes from UTC of the shop's clock: what most order files carry, else by the shop's currency, else 0."""
    carried = Counter(source.offset for source in orders if source.offset is not None)
    if carried:
        return carried.most_common(1)[0][0]
    [(currency,)] = con.execute("select max(currency) from staged.checked").fetchall()
    return ZONES.get(currency or "TWD", 0)
