"""What is only known when all files are cast: which are of one shop, its currency, newer copies of an order, refunds in rows of their own, days to come."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date

import duckdb

from analytics.errors import N_, InputError, RegularsError, note
from analytics.sources import Source
from analytics.store.statements import make, statement

SAME_SHOP = N_("It shares orders with other files of this platform, so all are taken for one shop: {shop}.")
OTHER_CURRENCY = N_(
    "{n} orders are in {found}; they are left out, as a shop is read in one currency ({wanted} here). Open their files on their own to see them."
)


def settle(
    con: duckdb.DuckDBPyConnection, sources: list[Source], snapshots: dict[tuple[str, str, str], int], today: date
) -> list[RegularsError]:
    """Settle it, in that order. sources: their shops and notes are changed in place. Returns a problem for each file wholly in another currency."""
    _join_shops(con, sources)
    problems = _one_currency(con, sources)
    if len(snapshots) > 1:
        _supersede(con, sources, snapshots, today)
    _pay_back(con)
    _put_off(con, today)
    return problems


def _join_shops(con: duckdb.DuckDBPyConnection, sources: list[Source]) -> None:
    """Give one name to shops of a platform that share an order, unless the owner or the file itself named them."""
    named: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for source in sources:
        if not source.shop_told:
            named[source.platform.name, source.platform.label][source.shop] += 1
    for (platform, label), files in named.items():
        if len(files) < 2:
            continue
        shared = con.execute(statement("store/stg_shared_orders"), {"platform": platform}).fetchall()
        for group in _groups(shared):
            best = min(group, key=lambda shop: (shop != label, -files[shop], shop))
            con.execute(
                "update staged.contexts set shop = $best where platform = $platform and not shop_told and list_contains($group, shop)",
                {"best": best, "platform": platform, "group": sorted(group)},
            )
            for number, source in enumerate(sources):
                if source.platform.name == platform and not source.shop_told and source.shop in group:
                    notes = (*source.notes, note(SAME_SHOP, shop=best))
                    sources[number] = replace(source, shop=best, notes=notes)


def _groups(pairs: list[tuple[str, str]]) -> list[set[str]]:
    """What hangs together by pairs."""
    groups: list[set[str]] = []
    for pair in pairs:
        touched = [group for group in groups if group & set(pair)]
        groups = [group for group in groups if not group & set(pair)]
        groups.append(set(pair).union(*touched))
    return groups


def _one_currency(con: duckdb.DuckDBPyConnection, sources: list[Source]) -> list[RegularsError]:
    """Leave out the orders that are not in the currency of most; a note on each file that holds such, a problem where it holds no other."""
    found = con.execute(
        "select currency, count(*) from staged.checked where currency <> '' and order_id is not null group by currency "
        "order by count(*) desc, min(ordered_at), currency"
    ).fetchall()
    if not found:
        return []
    wanted = found[0][0]
    con.execute("update staged.contexts set currency = $wanted where coalesce(currency, '') = ''", {"wanted": wanted})
    if len(found) == 1:
        return []
    con.execute(
        "update staged.order_facts set reason = 'currency' where order_id is not null "
        "and context_key in (select context_key from staged.contexts where currency <> $wanted)",
        {"wanted": wanted},
    )
    files = con.execute(
        "select file_number, string_agg(distinct currency, ', ' order by currency) filter (where currency <> $wanted), "
        "count(*) filter (where currency <> $wanted), count(*) filter (where currency = $wanted) "
        "from staged.checked where order_id is not null group by file_number order by file_number",
        {"wanted": wanted},
    ).fetchall()
    problems: list[RegularsError] = []
    for number, currencies, others, own in files:
        source = sources[number]
        if others and not own:
            problem = InputError(
                N_(
                    "{file} has amounts in {found}, but a shop is read in one currency ({wanted} here); export and open the other currency on its own."
                ),
                file=source.name,
                found=currencies,
                wanted=wanted,
            )
            problem.key = source.digest
            problems.append(problem)
        elif others:
            told = note(OTHER_CURRENCY, n=others, found=currencies, wanted=wanted)
            sources[number] = replace(source, notes=(*source.notes, told))
    return problems


def _supersede(
    con: duckdb.DuckDBPyConnection, sources: list[Source], snapshots: dict[tuple[str, str, str], int], today: date
) -> None:
    """Mark the orders that a newer export holds too: newer by the end of its window, else by its last order; ties: given later."""
    last = con.execute(
        "select snapshot, max(cast(ordered_at as date)) from staged.checked where cast(ordered_at as date) <= $today group by snapshot",
        {"today": today},
    ).fetchall()
    ends = dict.fromkeys(snapshots.values(), date.min) | dict(last)
    windows = {snapshots[source.export]: source.window[1] for source in sources if source.window}
    oldest_first = sorted(snapshots.values(), key=lambda snapshot: (windows.get(snapshot, ends[snapshot]), snapshot))
    con.sql(
        "select unnest($snapshots::integer[]) as snapshot, unnest($newness::integer[]) as newness",
        params={"snapshots": oldest_first, "newness": list(range(len(oldest_first)))},
    ).to_table("staged.snapshots")
    make(con, "staged.superseded", "store/stg_superseded")
    con.execute(
        "update staged.order_facts set reason = 'superseded' where order_key in (select order_key from staged.superseded)"
    )


def _pay_back(con: duckdb.DuckDBPyConnection) -> None:
    """Let refunds in rows of their own lower the order of their number; those whose order is in no file are listed as refunded."""
    if not con.execute("select 1 from staged.order_facts where is_refund limit 1").fetchall():
        return
    make(con, "staged.refunds", "store/stg_refunds")
    con.execute(
        "update staged.order_facts as facts set refunded = facts.refunded + refunds.amount, "
        "revenue = greatest(facts.net - facts.refunded - refunds.amount, 0), "
        "reason = case when facts.reason is null and facts.net <= facts.refunded + refunds.amount then 'refunded' else facts.reason end "
        "from staged.refunds as refunds where refunds.is_parent and refunds.order_key = facts.order_key"
    )
    con.execute(
        "insert into staged.left_out_rows "
        "select refunds.parent_key, 'refunded', cast(sum(facts.rows) as integer), null "
        "from staged.order_facts as facts "
        "inner join staged.refunds as refunds on refunds.order_key = facts.order_key and not refunds.is_parent "
        "where refunds.parent_key is not null group by refunds.parent_key"
    )
    con.execute(
        "delete from staged.order_facts "
        "where order_key in (select order_key from staged.refunds where not is_parent and parent_key is not null)"
    )
    con.execute(
        "delete from staged.line_facts "
        "where order_key in (select order_key from staged.refunds where not is_parent and parent_key is not null)"
    )
    con.execute(
        "update staged.order_facts set reason = 'refunded' where is_refund and reason is distinct from 'unreadable'"
    )


def _put_off(con: duckdb.DuckDBPyConnection, today: date) -> None:
    """Leave out orders of days to come, and the few that lie years after all others: a slip of the pen must not move the as-of day."""
    [(from_day,)] = con.execute(statement("store/stg_days_to_come"), {"today": today}).fetchall()
    if from_day is not None:
        con.execute(
            "update staged.order_facts set reason = 'future' where cast(ordered_at as date) >= $from_day "
            "and (reason is null or reason not in ('superseded', 'unreadable'))",
            {"from_day": from_day},
        )
