"""Who moved between segments: where customers stood at an earlier day, and who slipped to a colder state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import pandas as pd

from analytics.errors import N_, TooLittleData
from analytics.segments.rfm import NOT_YET, SEGMENTS, STATES, Rfm, scored
from analytics.store import Store

MOVEMENT_DAYS = (30, 60, 90)


@dataclass(frozen=True)
class Movement:
    """Where customers stood at an earlier day and where they stand now, both at the cut values of now.

    moves: one row per pair of segments that somebody went between (or stayed in): before (a segment or NOT_YET), after, customers,
    revenue_365 (what they had spent in the 365 days up to the earlier day), slipped (moved to a colder state).
    slips: one row per customer who slipped, most money first: customer_id, before, after, recency (days), days, revenue, revenue_365 (as
    above: the money at stake), high_value. customers: one row per customer: customer_id, before, after.
    """

    as_of: date
    earlier: date
    moves: pd.DataFrame
    slips: pd.DataFrame
    customers: pd.DataFrame

    @property
    def at_stake(self) -> float:
        """What the customers who slipped had spent in the 365 days up to the earlier day."""
        return float(self.slips.revenue_365.sum())

    @cached_property
    def matrix(self) -> pd.DataFrame:
        """Customers by segment before (rows, NOT_YET last) and after (columns), 0 where nobody moved; shape (11, 10)."""
        wide = self.moves.pivot(index="before", columns="after", values="customers")
        return wide.reindex(index=[*SEGMENTS, NOT_YET], columns=list(SEGMENTS)).fillna(0).astype(int)


def movement(store: Store, found: Rfm, days: int = 90) -> Movement:
    """Segments now against `days` days earlier, at the cut values of now, so that only behaviour moves a customer."""
    earlier = found.as_of - timedelta(days=days)
    if earlier < store.shop.first_ordered:
        raise TooLittleData(
            N_(
                "The orders begin on {first}; {days} days before {as_of} there was nothing to compare with. Add older orders."
            ),
            first=store.shop.first_ordered,
            days=days,
            as_of=found.as_of,
        )
    before = scored(store, found.edges, [earlier])[["customer_id", "segment", "revenue_365"]]
    both = found.customers.drop(columns="revenue_365").rename(columns={"segment": "after"})
    both = both.merge(before.rename(columns={"segment": "before"}), on="customer_id", how="left")
    both["before"] = both.before.fillna(NOT_YET)
    both["revenue_365"] = both.revenue_365.fillna(0.0)
    warmth = {segment: place for place, segments in enumerate(STATES.values()) for segment in segments}
    both["slipped"] = both.before.map(warmth).lt(both.after.map(warmth))
    moves = (
        both.groupby(["before", "after", "slipped"], as_index=False)
        .agg(customers=("customer_id", "size"), revenue_365=("revenue_365", "sum"))
        .sort_values(["customers", "before", "after"], ascending=[False, True, True], ignore_index=True)
    )
    columns = ["customer_id", "before", "after", "recency", "days", "revenue", "revenue_365", "high_value"]
    slips = both.loc[both.slipped, columns].sort_values(
        ["revenue_365", "revenue", "customer_id"], ascending=[False, False, True], ignore_index=True
    )
    return Movement(found.as_of, earlier, moves, slips, both[["customer_id", "before", "after"]])
