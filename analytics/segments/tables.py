"""Segments and movement as tables for files: the same columns on every shop, empty where a shop is too small for them."""

from __future__ import annotations

import pandas as pd

from analytics.errors import TooLittleData
from analytics.segments.cuts import Cuts
from analytics.segments.movement import MOVEMENT_DAYS, movement
from analytics.segments.rfm import Rfm, rfm
from analytics.store import Store

SEGMENT_COLUMNS = [
    "segment", "customers", "share", "revenue", "revenue_share", "repeat_rate", "aov", "recency", "high_value", "revenue_365",
]  # fmt: skip
MOVEMENT_COLUMNS = ["days", "earlier", "as_of", "before", "after", "customers", "revenue_365", "slipped"]


def segments_table(store: Store, cuts: Cuts | None = None) -> pd.DataFrame:
    """One row for each of the ten segments: SEGMENT_COLUMNS, as `Rfm.segments` says. cuts: None: by percentiles."""
    found = scored_or_none(store, cuts)
    return pd.DataFrame(columns=SEGMENT_COLUMNS) if found is None else found.segments[SEGMENT_COLUMNS]


def movement_table(store: Store, cuts: Cuts | None = None) -> pd.DataFrame:
    """One row per span (30, 60, 90 days), segment before and segment after: MOVEMENT_COLUMNS, as `Movement.moves` says."""
    found = scored_or_none(store, cuts)
    parts = []
    for days in MOVEMENT_DAYS if found else ():
        try:
            moved = movement(store, found, days)
        except TooLittleData:
            break
        parts.append(moved.moves.assign(days=days, earlier=moved.earlier, as_of=moved.as_of))
    return pd.concat(parts, ignore_index=True)[MOVEMENT_COLUMNS] if parts else pd.DataFrame(columns=MOVEMENT_COLUMNS)


def scored_or_none(store: Store, cuts: Cuts | None = None) -> Rfm | None:
    """Every customer scored; None where no order says who bought."""
    try:
        return rfm(store, cuts)
    except TooLittleData:
        return None
