"""The campaign diary read back: its days beside as many before and after, whom it won, and how many of its buyers had bought before.

Other things move with a campaign (season, pay day, a festival), and nobody is held out of it: what came is described, and never called its doing.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analytics.statistics import newcombe, wilson
from analytics.store import Store

AGAIN, AROUND = 90, 60
"""Days in which a second purchase counts; days on either side of a campaign whose new customers stand beside those won in it."""


def campaigns(noted: Store, days: int = AGAIN) -> pd.DataFrame:
    """One row per campaign of the diary, the latest first: the columns of campaigns.sql (orders and revenue of spans that the data do not hold wholly are NaN), and

    old_share (of its buyers those who had bought before; 0 to 1; NaN: nobody bought), won_rate, won_low, won_high, around_rate (bought again within `days` days),
    difference, low, high (Newcombe's 95 % interval; NaN: a group is empty). noted: the shop with its notebook beside it.
    """
    table = noted.query("results/campaigns", days=int(days), around=AROUND)
    for name in ("first_day", "last_day"):
        table[name] = pd.to_datetime(table[name])
    for part in ("before", "after"):
        for measure in ("orders", "revenue"):
            table[f"{measure}_{part}"] = table[f"{measure}_{part}"].astype(float).where(table[f"{part}_known"])
    table["old_share"] = _share(table.old_buyers, table.buyers)
    table["won_rate"], table["around_rate"] = _share(table.won_back, table.won_eligible), _share(table.around_back, table.around_eligible)  # fmt: skip
    table["won_low"], table["won_high"] = wilson(table.won_back, table.won_eligible)
    groups = table[["won_back", "won_eligible", "around_back", "around_eligible"]].itertuples(index=False, name=None)
    apart = pd.DataFrame([newcombe(*counts) for counts in groups], columns=["difference", "low", "high"], dtype=float)
    return table.join(apart)


def _share(some: pd.Series, of: pd.Series) -> pd.Series:
    return (some / of.replace(0, np.nan)).astype(float)
