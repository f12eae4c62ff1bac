"""Customers, segments and movement as tables for files: the same columns on every shop, empty where a shop is too small for them."""

from __future__ import annotations

import pandas as pd

from analytics.clusters import clusters
from analytics.errors import TooLittleData
from analytics.segments.rfm import MOVEMENT_DAYS, Rfm, movement, rfm
from analytics.store import Store

SCORES = ["recency", "days", "orders", "revenue", "r", "f", "segment", "high_value"]
SEGMENT_COLUMNS = [
    "segment", "customers", "share", "revenue", "revenue_share", "repeat_rate", "aov", "recency", "high_value", "revenue_365",
]  # fmt: skip
MOVEMENT_COLUMNS = ["days", "earlier", "as_of", "before", "after", "customers", "revenue_365", "slipped"]


def customers_table(store: Store) -> pd.DataFrame:
    """One row per customer: who, first and last order, SCORES, cluster (1 the most valuable; missing: the shop has no clusters)."""
    known = store.query("clusters/customers_table").drop(columns=["orders", "days", "revenue"])
    found = _rfm(store)
    if found is None:
        return known.reindex(columns=[*known.columns, *SCORES, "cluster"])
    scored = known.merge(found.customers[["customer_id", *SCORES]], on="customer_id", how="left")
    try:
        grouped = clusters(found).customers[["customer_id", "cluster"]]
    except TooLittleData:
        return scored.assign(cluster=None)
    return scored.merge(grouped, on="customer_id", how="left")


def segments_table(store: Store) -> pd.DataFrame:
    """One row for each of the ten segments: SEGMENT_COLUMNS, as `Rfm.segments` says."""
    found = _rfm(store)
    return pd.DataFrame(columns=SEGMENT_COLUMNS) if found is None else found.segments[SEGMENT_COLUMNS]


def movement_table(store: Store) -> pd.DataFrame:
    """One row per span (30, 60, 90 days), segment before and segment after: MOVEMENT_COLUMNS, as `Movement.moves` says."""
    found = _rfm(store)
    parts = []
    for days in MOVEMENT_DAYS if found else ():
        try:
            moved = movement(store, found, days)
        except TooLittleData:
            break
        parts.append(moved.moves.assign(days=days, earlier=moved.earlier, as_of=moved.as_of))
    return pd.concat(parts, ignore_index=True)[MOVEMENT_COLUMNS] if parts else pd.DataFrame(columns=MOVEMENT_COLUMNS)


def _rfm(store: Store) -> Rfm | None:
    try:
        return rfm(store)
    except TooLittleData:
        return None
