"""Who bought which product when, worked out with pandas alone from the tables `orders` and `order_lines`: what the product analyses are held against."""

from __future__ import annotations

import pandas as pd

from analytics.store import Store


def purchases(store: Store) -> pd.DataFrame:
    """One row per customer, buying day and product: customer_id, nth, product_id, product, day, units. Lines without a value are no purchase."""
    lines = store.table("order_lines").merge(
        store.table("orders")[["order_key", "customer_id", "nth", "ordered_at"]], on="order_key"
    )
    counted = store.table("products").query("counts").product_id
    lines = lines[lines.customer_id.notna() & lines.product_id.isin(counted)]
    lines = lines.assign(day=lines.ordered_at.dt.normalize(), kept=lines.quantity - lines.returned)
    lines["paid"] = (lines.quantity > 0) & (lines.price.isna() | (lines.price > 0))
    days = lines.groupby(["customer_id", "nth", "product_id", "product"], as_index=False).agg(
        day=("day", "min"), units=("kept", "sum"), paid=("paid", "any")
    )
    return days[days.paid].drop(columns="paid").reset_index(drop=True)


def gateway_rates(store: Store, days: int) -> pd.DataFrame:
    """product_id -> customers, eligible, repurchased, same_repurchased."""
    rows, as_of = purchases(store), pd.Timestamp(store.shop.as_of)
    orders = store.table("orders").dropna(subset="customer_id")
    day = orders.ordered_at.dt.normalize()
    first, second = (day[orders.nth == nth].groupby(orders.customer_id[orders.nth == nth]).min() for nth in (1, 2))
    begun = rows[rows.nth == 1].copy()
    begun["first"], begun["second"] = begun.customer_id.map(first), begun.customer_id.map(second)
    later = rows[rows.nth > 1].groupby(["customer_id", "product_id"]).day.min().rename("again")
    begun = begun.join(later, on=["customer_id", "product_id"])
    old = (as_of - begun["first"]).dt.days >= days
    back, same = ((begun[name] - begun["first"]).dt.days <= days for name in ("second", "again"))
    table = pd.DataFrame(
        {"product_id": begun.product_id, "eligible": old, "repurchased": old & back, "same": old & same}
    )
    found = table.groupby("product_id").agg(customers=("eligible", "size"), eligible=("eligible", "sum"), repurchased=("repurchased", "sum"), same_repurchased=("same", "sum"))  # fmt: skip
    return found.sort_index()


def gaps(store: Store) -> pd.DataFrame:
    """One row per two successive purchases of one product by one customer: product_id, per_unit (days over the units bought at the first)."""
    rows = purchases(store)
    rows = rows[rows.units > 0].sort_values(["customer_id", "product_id", "nth"])
    following = rows.groupby(["customer_id", "product_id"]).day.shift(-1)
    return rows.assign(per_unit=(following - rows.day).dt.days / rows.units).dropna(subset="per_unit")[
        ["product_id", "per_unit"]
    ]


def baskets(store: Store) -> pd.DataFrame:
    """One row per order and one column per product, True where the order holds it."""
    counted = store.table("products").query("counts and kind != 'bundle'").product_id
    lines = store.table("order_lines")
    lines = lines[lines.product_id.isin(counted) & (lines.quantity > 0) & (lines.price.isna() | (lines.price > 0))]
    return pd.crosstab(lines.order_key, lines.product_id) > 0
