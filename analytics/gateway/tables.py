"""First products as files."""

from __future__ import annotations

import pandas as pd

from analytics.errors import TooLittleData
from analytics.gateway.gateway import gateway, next_products
from analytics.store import Store

COLUMNS = [
    "product_id", "product", "customers", "eligible", "repurchased", "rate", "low", "high", "shrunk", "same_product_rate",
]  # fmt: skip


def gateway_table(store: Store, days: int = 90) -> pd.DataFrame:
    """One row per product of a first basket, best first by the shrunken rate: COLUMNS; rates within `days`, 0 to 1, NaN: nobody was old enough."""
    try:
        return gateway(store, days).table[COLUMNS]
    except TooLittleData:
        return pd.DataFrame(columns=COLUMNS)


def next_table(store: Store) -> pd.DataFrame:
    """One row per product of customers' first buying day and product of their second: product_id, product, next_product_id, next_product, customers, came_back, share, low, high."""
    return next_products(store)
