"""The group of new customers that differs most from the others, with allowance for how many groups were looked at.

Each group of each of LOOKED is held against all other customers (a coupon code: against those who came without one). Fisher's exact test
gives each a p-value, Benjamini and Hochberg's step-up what remains of it among so many; of the groups that pass, the one whose
difference is largest at the near end of its interval stands out. A difference, not a cause.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import numpy as np
import pandas as pd

from analytics.repurchase import patience
from analytics.statistics import SMALL, benjamini_hochberg, fisher, newcombe
from analytics.store import Store

LOOKED = ("product", "code", "channel", "city", "month")
FALSE_ALARMS = 0.05
"""Share of the differences named that may be chance."""
_MOST = 12  # the largest groups of a cut that are looked at


@dataclass(frozen=True)
class Strongest:
    """The groups looked at.

    table: one row per group, in the order of LOOKED: cut, group (a name out of the data, or a month as YYYY-MM), other ("rest": all other
    customers; "none": those without a code), repurchased, n, rate, other_repurchased, other_n, other_rate, difference, low, high (−1 to 1,
    Newcombe), p, adjusted (0 to 1). days: back within so many.
    """

    table: pd.DataFrame
    days: int

    @property
    def looked(self) -> int:
        """How many groups were looked at."""
        return len(self.table)

    @property
    def best(self) -> Any | None:
        """The row (as a named tuple) of the group that stands out; None: none does, or the interval reaches 0."""
        sure = self.table[(self.table.adjusted <= FALSE_ALARMS) & (self.table.low * self.table.high > 0)]
        if sure.empty:
            return None
        near = np.minimum(sure.low.abs(), sure.high.abs())
        return next(sure.loc[[near.idxmax()]].itertuples())


def strongest(store: Store, days: int = 90) -> Strongest:
    """The groups of a shop's new customers, by what they bought first, code, channel, city and month; without the first months of the data."""
    since = store.shop.first_ordered + timedelta(days=patience(store))
    counted = store.query("cohorts/looked", days=int(days), since=since, least=SMALL, most=_MOST)
    everybody = counted[counted.cut == "all"].iloc[0]
    rows = [row for cut in LOOKED for row in _rows(cut, counted[counted.cut == cut], everybody)]
    table = pd.DataFrame(rows, columns=["cut", "group", "other", "repurchased", "n", "other_repurchased", "other_n"])
    counts = table[["repurchased", "n", "other_repurchased", "other_n"]].astype(int).to_numpy()
    found = np.array([(*newcombe(*row), fisher(*row)) for row in counts], dtype=float).reshape(-1, 4)
    table[["difference", "low", "high", "p"]] = found
    table["rate"], table["other_rate"] = table.repurchased / table.n, table.other_repurchased / table.other_n
    return Strongest(table.assign(adjusted=benjamini_hochberg(table.p)), int(days))


def _rows(cut: str, sizes: pd.DataFrame, everybody: pd.Series) -> list[tuple]:
    """The groups of one cut against the others, those with SMALL customers on both sides."""
    rows = []
    without = sizes[sizes.name.isna()]
    for group in sizes.dropna(subset="name").itertuples():
        other, x, n = "rest", everybody.back - group.back, everybody.customers - group.customers
        if cut == "code":
            other, x, n = "none", without.back.sum(), without.customers.sum()
        if min(group.customers, n) >= SMALL:
            rows.append((cut, group.name, other, int(group.back), int(group.customers), int(x), int(n)))
    return rows
