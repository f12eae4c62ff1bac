"""Reviews as tables for files: the same columns on every shop, empty where a shop has none."""

from __future__ import annotations

import pandas as pd

from analytics.errors import TooLittleData
from analytics.reviews import careful
from analytics.reviews.opinions import Opinions, opinions, score_all, texts_of
from analytics.reviews.trends import complaints_by_period
from analytics.store import Store

REVIEW_COLUMNS = [
    "review_id", "reviewed_at", "rating", "score", "state", "language", "label", "p_positive", "aspects", "text", "reply", "replied_at",
    "pictures", "product", "order_ref", "customer_id", "joined_by", "platform", "file",
]  # fmt: skip
COMPLAINT_COLUMNS = ["aspect", "period", "complained", "texts", "share", "usual", "unusual", "finished"]


def reviews_table(store: Store) -> pd.DataFrame:
    """One row per review of the period: REVIEW_COLUMNS, as `Opinions.reviews` says."""
    found = _opinions(store)
    return pd.DataFrame(columns=REVIEW_COLUMNS) if found is None else found.reviews[REVIEW_COLUMNS]


def complaints_table(store: Store, grain: str = "month") -> pd.DataFrame:
    """One row per aspect and period: COMPLAINT_COLUMNS, as `complaints_by_period` says."""
    found = _opinions(store)
    table = pd.DataFrame() if found is None else complaints_by_period(found, grain)
    return table.reindex(columns=COMPLAINT_COLUMNS)


def _opinions(store: Store) -> Opinions | None:
    reading = careful.begin(texts_of(store))
    reading.wait()
    try:
        return opinions(store, score_all(store, reading.opinions))
    except TooLittleData:
        return None
