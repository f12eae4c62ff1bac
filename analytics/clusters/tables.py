"""Customers as a table for files: the same columns on every shop, empty where a shop is too small for scores or clusters."""

from __future__ import annotations

import pandas as pd

from analytics.clusters.clusters import grouped
from analytics.errors import TooLittleData
from analytics.segments.cuts import Cuts
from analytics.segments.tables import scored_or_none
from analytics.store import Store

SCORES = ["recency", "days", "orders", "revenue", "r", "f", "segment", "high_value"]


def customers_table(store: Store, cuts: Cuts | None = None) -> pd.DataFrame:
    """One row per customer: who, first and last order, SCORES, cluster (1 the most valuable; missing: the shop has no clusters)."""
    known = store.query("clusters/customers_table").drop(columns=["orders", "days", "revenue"])
    found = scored_or_none(store, cuts)
    if found is None:
        return known.reindex(columns=[*known.columns, *SCORES, "cluster"])
    scored = known.merge(found.customers[["customer_id", *SCORES]], on="customer_id", how="left")
    try:
        clustered = grouped(found).customers[["customer_id", "cluster"]]
    except TooLittleData:
        return scored.assign(cluster=None)
    return scored.merge(clustered, on="customer_id", how="left")
