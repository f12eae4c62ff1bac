"""Who is late by the shop's own cycle: whom to call first, and who has been away for so long that they need another word.

Up to one cycle a customer is on time, up to three late, beyond that probably gone: no message of the first list is meant for them.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analytics.segments.rfm import Rfm

LATE, GONE = 1, 3
"""Cycles of silence after which a customer is late, and after which they are probably gone."""
REGULARS = ("NeedAttention", "AtRisk", "CantLose")
"""Where no cycle is known, the segments that stand in: they came three times or more and have slowed down."""


@dataclass(frozen=True)
class Late:
    """High-value customers who had come back at least once and are silent, most revenue first; rows of `Rfm.customers`.

    first: whom to call first, silent for more than `low` and up to `high` days. gone: silent for longer than that. low, high: whole days,
    LATE and GONE cycles; None where too few intervals tell a cycle: then `first` are the REGULARS of the cut points in use but for
    the coldest fifth, and those are `gone`.
    """

    first: pd.DataFrame
    gone: pd.DataFrame
    low: int | None
    high: int | None


def late(found: Rfm) -> Late:
    """The two lists of a shop; by its cycle whatever the cut points in use."""
    valued = found.customers[found.customers.high_value & (found.customers.days >= 2)]
    valued = valued.sort_values(["revenue", "customer_id"], ascending=[False, True], ignore_index=True)
    if not found.edges.rhythmic:
        regulars = valued[valued.segment.isin(REGULARS)]
        return Late(regulars[regulars.r > 1], regulars[regulars.r == 1], None, None)
    low, high = int(LATE * found.edges.cycle), int(GONE * found.edges.cycle)
    return Late(valued[(valued.recency > low) & (valued.recency <= high)], valued[valued.recency > high], low, high)
