"""Cycles and due dates as files."""

from __future__ import annotations

import pandas as pd

from analytics.cycles.cycles import cycles
from analytics.cycles.reminders import due
from analytics.errors import TooLittleData
from analytics.store import Store

INTERVALS = ["product_id", "product", "n", "median", "p25", "p75", "p80"]
DUE = [
    "customer_id", "product_id", "product", "last_day", "units", "cycle", "cycle_from", "due_day", "window_from", "window_until", "times",
    "state", "substitute",
]  # fmt: skip


def intervals_table(store: Store) -> pd.DataFrame:
    """One row per product that known customers bought, most gaps first: INTERVALS, in days per unit bought; NaN: nobody bought it twice."""
    try:
        return cycles(store).table[INTERVALS]
    except TooLittleData:
        return pd.DataFrame(columns=INTERVALS)


def due_table(store: Store) -> pd.DataFrame:
    """One row per customer and refill product they hold, soonest first: DUE. due_day = last_day + units × cycle, to the nearest day, half a day up."""
    try:
        known = cycles(store)
    except TooLittleData:
        return pd.DataFrame(columns=DUE)
    table = due(store, known).table
    cycle_from = known.table.set_index("product_id").cycle_from
    return table.assign(cycle_from=table.product_id.map(cycle_from))[DUE]
