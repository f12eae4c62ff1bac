"""Pairs as a file."""

from __future__ import annotations

import pandas as pd

from analytics.baskets.baskets import pairs
from analytics.errors import TooLittleData
from analytics.store import Store

COLUMNS = [
    "product_a", "product_b", "orders_a", "orders_b", "orders_ab", "support", "confidence_ab", "confidence_ba", "lift", "leverage",
    "p_value",
]  # fmt: skip
MOST = 200_000
"""Rows of the file, the strongest pairs first: a spreadsheet opens a million."""


def pairs_table(store: Store) -> pd.DataFrame:
    """One row per pair of products that stood in five orders or more, the strongest first, at most MOST: COLUMNS (names as in the table of products)."""
    try:
        return pairs(store, None).table[COLUMNS].head(MOST)
    except TooLittleData:
        return pd.DataFrame(columns=COLUMNS)
