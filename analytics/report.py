"""The shop in files: one JSON summary, and every analysis as a CSV."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd

from analytics.baskets.tables import pairs_table
from analytics.clusters.tables import customers_table
from analytics.cohorts import by_month, cohort_table
from analytics.cycles.tables import due_table, intervals_table
from analytics.export import csv_bytes
from analytics.gateway.tables import gateway_table, next_table
from analytics.products.tables import products_table
from analytics.repurchase import ladder, repurchase, survival
from analytics.reviews.tables import complaints_table, reviews_table
from analytics.segments.cuts import Cuts
from analytics.segments.tables import movement_table, segments_table
from analytics.store import REASONS, Store

LADDER = ["step", "customers", "eligible", "continued", "rate", "low", "high", "median_days"]
TABLES: dict[str, Callable[[Store, str, Cuts], pd.DataFrame]] = {
    "orders": lambda store, _grain, _cuts: _numbered(store, "orders").drop(columns=["line_value", "rows"]),
    "excluded_orders": lambda store, _grain, _cuts: _numbered(store, "excluded_orders"),
    "order_lines": lambda store, _grain, _cuts: _numbered_lines(store),
    "customers": lambda store, _grain, cuts: customers_table(store, cuts),
    "segments": lambda store, _grain, cuts: segments_table(store, cuts),
    "movement": lambda store, _grain, cuts: movement_table(store, cuts),
    "months": lambda store, grain, _cuts: store.query("overview/months", grain=grain),
    "cohorts": lambda store, grain, _cuts: cohort_table(store, grain),
    "survival": lambda store, _grain, _cuts: survival(store).table.drop(columns="censored"),
    "ladder": lambda store, _grain, _cuts: ladder(store).table[LADDER],
    "repurchase_by_month": lambda store, _grain, _cuts: by_month(store),
    "products": lambda store, _grain, _cuts: products_table(store),
    "gateway": lambda store, _grain, _cuts: gateway_table(store),
    "next_products": lambda store, _grain, _cuts: next_table(store),
    "intervals": lambda store, _grain, _cuts: intervals_table(store),
    "due": lambda store, _grain, _cuts: due_table(store),
    "pairs": lambda store, _grain, _cuts: pairs_table(store),
    "reviews": lambda store, _grain, _cuts: reviews_table(store),
    "review_complaints": lambda store, grain, _cuts: complaints_table(store, grain),
}


def _numbered(store: Store, name: str) -> pd.DataFrame:
    """A table with orders' keys, which tell where an order stood in the files, as numbers that tell only what it is; by these."""
    numbers = store.query("store/order_numbers").set_index("order_key").number
    table = store.table(name)
    return table.assign(order_key=table.order_key.map(numbers)).sort_values("order_key", ignore_index=True)


def _numbered_lines(store: Store) -> pd.DataFrame:
    """The lines of orders that count, orders and lines numbered by what they are."""
    places = store.query("store/line_numbers").merge(
        store.query("store/order_numbers"), on="order_key", suffixes=("", "_of_order")
    )
    table = store.table("order_lines").merge(places, on=["order_key", "line"])
    table = table.assign(order_key=table.number_of_order, line=table.number).drop(columns=["number", "number_of_order"])
    return table.sort_values(["order_key", "line"], ignore_index=True)


def summary(store: Store) -> dict:
    """Totals and repurchase figures as plain numbers; an unknown is None. Shares lie in 0..1, money is in the shop's currency."""
    found = repurchase(store)
    totals, files = found.totals, store.table("files")
    excluded = store.table("excluded_orders").reason.value_counts()
    return {
        "files": [
            {
                key: row[key]
                for key in ("name", "platform", "region", "shop", "encoding", "rows", "orders", "first", "last")
            }
            for row in files.to_dict("records")
        ],
        "platform": "/".join(sorted(set(files["platform"]) or set(store.query("reviews/files")["platform"]))),
        "currency": store.shop.currency,
        "reviews": store.shop.reviews,
        "orders": int(totals.orders),
        "guest_orders": int(totals.guest_orders),
        "customers": int(totals.customers),
        "revenue": round(float(totals.revenue), 2),
        "buyer_paid": None if pd.isna(totals.buyer_paid) else round(float(totals.buyer_paid), 2),
        "excluded": {reason: int(excluded[reason]) for reason in REASONS if reason in excluded},
        "first_order": store.shop.first_ordered,
        "as_of": store.shop.as_of,
        "repurchase": {
            "lifetime": found.lifetime,
            "within_days": {
                str(row.days): {
                    "rate": row.rate,
                    "repurchased": int(row.repurchased),
                    "eligible": int(row.eligible),
                    "low": row.low,
                    "high": row.high,
                }
                for row in found.within.itertuples()
            },
            "kaplan_meier": {
                **{str(days): found.survival.repurchased_by(days) for days in found.within.days},
                "median_days": found.survival.median_days,
            },
            "order_share": found.order_share,
            "revenue_share": found.revenue_share,
            "average_repurchases": totals.average_repurchases,
            "aov_first": totals.aov_first,
            "aov_repeat": totals.aov_repeat,
        },
    }


def to_json(found: dict) -> str:
    """JSON with an unknown number as null and a day as YYYY-MM-DD."""

    def plain(value: object) -> object:
        if isinstance(value, dict):
            return {key: plain(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [plain(inner) for inner in value]
        if value is None or value is pd.NaT or (isinstance(value, float) and math.isnan(value)):
            return None
        if isinstance(value, pd.Timestamp):
            return value.date().isoformat()
        return value.item() if hasattr(value, "item") else value

    return json.dumps(plain(found), ensure_ascii=False, indent=2, default=str)


def _masked(store: Store) -> dict[str, str]:
    """Customer -> the masked name, with a number of their own."""
    numbers = store.query("store/customer_numbers")
    return {row.customer_id: f"{row.label} #{row.number}" for row in numbers.itertuples()}


def write_tables(
    store: Store, out: Path, grain: str = "month", cuts: Cuts | None = None, *, names: bool = False
) -> Iterator[Path]:
    """Write every analysis to `out` as CSV in UTF-8 with BOM, so that Excel shows Chinese; yields each path when written.

    cuts: of segments; None: by percentiles. names: customers by account, e-mail or phone as in the files; False: by the masked name and a
    number, the same in all tables.
    """
    out.mkdir(parents=True, exist_ok=True)
    shown = {} if names else _masked(store)
    for name, table in TABLES.items():
        path = out / f"{name}.csv"
        found = table(store, grain, cuts or Cuts())
        if shown and "customer_id" in found:
            found = found.assign(customer_id=found.customer_id.map(shown))
        path.write_bytes(csv_bytes(found))
        yield path
