"""The products as a file."""

from __future__ import annotations

import pandas as pd

from analytics.errors import TooLittleData
from analytics.products.products import products
from analytics.store import Store

COLUMNS = [
    "product_id", "product", "family", "kind", "kind_guessed", "customers", "orders", "units", "revenue", "margin", "first_share", "eligible",
    "repurchased", "rate", "low", "high", "cycle_n", "cycle", "cancel_rate", "return_rate", "lately", "before", "first_day", "last_day",
]  # fmt: skip


def products_table(store: Store, days: int = 90) -> pd.DataFrame:
    """One row per product bought, most revenue first: COLUMNS (see Products); no gifts, no postage."""
    try:
        return products(store, days).table[COLUMNS]
    except TooLittleData:
        return pd.DataFrame(columns=COLUMNS)
