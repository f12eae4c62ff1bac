"""What customers do by themselves: how many of each kind bought within a month, on days of this shop's own past."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import pandas as pd

from analytics.repurchase import gaps
from analytics.statistics import SMALL, wilson
from analytics.store import Store

WITHIN = 30
"""Days in which a purchase counts."""
SINCE = (0.0, 0.5, 1.0, 2.0, 3.0)
"""Time since the last purchase, in the shop's usual gaps: from 0, from half a gap, from 1, 2 and 3 gaps on."""
_STANDS = 6
_NO_CYCLE = 60  # days, where nobody has come back yet


@dataclass(frozen=True)
class Chances:
    """One row per kind: regular (bought on several days), since (of SINCE), people, bought, low, high (0 to 1: the 95 % range of the share that bought
    within WITHIN days), each (money that a buyer left in them; NaN: nobody bought).

    Up to six days of the past are stood on, a month apart, so one customer may be counted in several. cycle: the usual gap (days). Kinds of fewer than
    SMALL people are missing: nothing is said of them.
    """

    table: pd.DataFrame
    cycle: float

    def of(self, customers: pd.DataFrame) -> pd.DataFrame:
        """low, high and each for customers (rows with days, recency), in their order; NaN: not to be said."""
        since = np.array(SINCE)[np.searchsorted(SINCE, customers.recency.to_numpy(float) / self.cycle, "right") - 1]
        wanted = pd.DataFrame({"regular": customers.days.to_numpy() > 1, "since": since})
        found = wanted.merge(self.table, on=["regular", "since"], how="left", validate="many_to_one")
        return found[["low", "high", "each"]].set_index(customers.index)


def chances(store: Store) -> Chances:
    """Stand 1 to 6 months before the as-of day, as far as the shop's history reaches two usual gaps further back."""
    usual = gaps(store).of(1)
    cycle = float(usual["median"]) if usual is not None and usual["median"] > 0 else float(_NO_CYCLE)
    first = store.shop.first_ordered + timedelta(days=round(2 * cycle))
    stands = [store.shop.as_of - timedelta(days=WITHIN * back) for back in range(1, _STANDS + 1)]
    table = store.query(
        "week/chances", days=[day for day in stands if day >= first], within=WITHIN, cycle=cycle
    ).astype({"since": float, "revenue": float})
    table = table[table.people >= SMALL].reset_index(drop=True)
    table["low"], table["high"] = wilson(table.bought, table.people)
    table["each"] = table.revenue / table.bought.where(table.bought > 0)
    return Chances(table[["regular", "since", "people", "bought", "low", "high", "each"]], cycle)
