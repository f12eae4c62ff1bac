"""Days from order to shipment and to completion, late parcels, and beside them stars and repurchase."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.statistics import SMALL, newcombe, wilson
from analytics.store import Store

SHIPMENT, COMPLETION, LATE, SLOW = "shipment", "completion", "late", "slow"
"""Measures: days to shipment, days to completion; and in two groups: left later than it should, took longer than the middle parcel."""
EDGES = {SHIPMENT: (0, 1, 2), COMPLETION: (3, 5, 7, 10)}
"""Days up to which a group reaches, both ends of the last one open."""
UNHAPPY, BACK = "unhappy", "back"
WITHIN = 90
"""Days in which a second purchase counts."""
FEW, NOT_SHOWN, MORE, FEWER = "few", "not_shown", "more", "fewer"


@dataclass(frozen=True)
class Days:
    """times: shipped, ship_days (a quarter, half and four fifths of them take at most so many), completed, complete_days likewise, dated (parcels of which is
    known until when they should leave), late.

    groups: one row per measure and place (its group, from 0): orders, reviewed, stars (mean), unhappy (three stars or fewer), unhappy_rate, _low, _high,
    first_buyers (whose first purchase it was, old enough), back (bought again within WITHIN days), back_rate, _low, _high (0 to 1, Wilson 95 %; NaN: nobody).
    differences: one row per measure (LATE, SLOW) and outcome (UNHAPPY, BACK): x1 of n1 in the slower group, x2 of n2 in the other, difference, low,
    high (−1 to 1, Newcombe 95 %), verdict (FEW: one group is below SMALL; NOT_SHOWN: the interval holds 0; MORE, FEWER in the slower group).
    """

    times: pd.Series
    groups: pd.DataFrame
    differences: pd.DataFrame

    def of(self, measure: str) -> pd.DataFrame:
        """The groups of one measure."""
        return self.groups[self.groups.measure == measure].reset_index(drop=True)


def days(store: Store, within: int = WITHIN) -> Days:
    """How long the parcels of the period took."""
    asked = store.with_parcels()
    times = asked.query("parcels/times").iloc[0]
    usual = float(times.complete_days[1]) if times.completed else None
    edges = {"ship_edges": list(EDGES[SHIPMENT]), "complete_edges": list(EDGES[COMPLETION])}
    groups = asked.query("parcels/groups", **edges, usual=usual, within=int(within))
    for name, out_of in ((UNHAPPY, "reviewed"), (BACK, "first_buyers")):
        n = groups[out_of].to_numpy(float)
        groups[f"{name}_rate"] = np.divide(groups[name], n, out=np.full(len(n), np.nan), where=n > 0)
        groups[f"{name}_low"], groups[f"{name}_high"] = wilson(groups[name], n)
    return Days(times, groups, _differences(groups))


def _differences(groups: pd.DataFrame) -> pd.DataFrame:
    found = []
    for measure in (LATE, SLOW):
        by_place = groups[groups.measure == measure].set_index("place")
        if set(by_place.index) != {0, 1}:
            continue
        for outcome, out_of in ((UNHAPPY, "reviewed"), (BACK, "first_buyers")):
            (x2, n2), (x1, n1) = (
                (int(by_place.at[place, outcome]), int(by_place.at[place, out_of])) for place in (0, 1)
            )
            difference, low, high = newcombe(x1, n1, x2, n2)
            verdict = FEW if min(n1, n2) < SMALL else MORE if low > 0 else FEWER if high < 0 else NOT_SHOWN
            found.append((measure, outcome, x1, n1, x2, n2, difference, low, high, verdict))
    names = ["measure", "outcome", "x1", "n1", "x2", "n2", "difference", "low", "high", "verdict"]
    return pd.DataFrame(found, columns=names)
