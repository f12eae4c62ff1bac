"""Gifts: who could get one this month, who got one, and whether they came back.

Nobody is held out of a gift, so what came of it is described and not judged.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from analytics.contacts import in_order, with_measures
from analytics.reviews.opinions import BAD, Opinions
from analytics.segments.rfm import Rfm
from analytics.statistics import wilson
from analytics.store import Store

COMPLAINED, KEPT_TALKING, LOYAL = WHYS = ("complained", "kept_talking", "loyal")
"""Why somebody is a candidate: a complaint of theirs was put right; they wrote several times; they are among the best who still come."""
TALKED = 2
"""Reviews with words in the last `TALKING` days from which on somebody keeps talking."""
TALKING, RESTS, WAITS = 365, 180, 30
"""Days in which one talks; days after a gift in which one is no candidate again; days in which an unhappy review waits for an answer."""
BEST = ("Champions", "Loyal")


@dataclass(frozen=True)
class Gifts:
    """What was given, and what came after.

    table: one row per gift, the latest first: customer_id, day, gift, cost, why, orders (that count, in the `days` days after the day itself), revenue (of these),
    came_on (day of the first of them; NaT: none), over (the days have passed). whys: one row per reason, most gifts first: why, gifts, people (whose days are
    over), came_back, rate, low, high (0 to 1; NaN: nobody), cost, revenue. days: in which a purchase counts. this_month: gifts in the month of `today`.
    """

    table: pd.DataFrame
    whys: pd.DataFrame
    days: int
    this_month: int


def ledger(noted: Store, today: date, days: int = 60) -> Gifts:
    """Read the gifts back. noted: the shop with its notebook beside it. today: tells which month runs."""
    table = noted.query("playbook/gifts", days=int(days))
    for name in ("day", "came_on"):
        table[name] = pd.to_datetime(table[name])
    rows = []
    for why, part in table.groupby("why", sort=True):
        over = part[part.over]
        people = over.customer_id.nunique()
        back = over[over.orders > 0].customer_id.nunique()
        low, high = wilson(back, people)
        rows.append(
            {"why": why, "gifts": len(part), "people": people, "came_back": back, "rate": back / people if people else np.nan, "low": float(low), "high": float(high),
             "cost": part.cost.sum(min_count=1), "revenue": float(over.revenue.sum())}
        )  # fmt: skip
    columns = ["why", "gifts", "people", "came_back", "rate", "low", "high", "cost", "revenue"]
    whys = pd.DataFrame(rows, columns=columns).sort_values(["gifts", "why"], ascending=[False, True], ignore_index=True)
    month = (table.day.dt.year == today.year) & (table.day.dt.month == today.month)
    return Gifts(table, whys, int(days), int(month.sum()))


def candidates(
    found: Rfm, gifts: Gifts, opinions: Opinions | None = None, solved: Collection[str] = ()
) -> pd.DataFrame:
    """Who could get a gift: `found.customers` with why (of WHYS, the first that fits), said (reviews with words lately), most revenue first within each.

    solved: reviews (review_id) whose complaint was put right. Who got a gift in the last RESTS days is left out, and who wrote an unhappy review in the last
    WAITS days that nobody has answered: an answer comes first.
    """
    as_of = pd.Timestamp(found.as_of)
    why: dict[str, str] = {}
    said, waiting = pd.Series(dtype=int), pd.Series(dtype=str)
    if opinions is not None:
        mine = opinions.reviews[opinions.reviews.customer_id.notna()]
        late = pd.Timestamp(opinions.until) - timedelta(days=WAITS)
        open_ones = mine.reply.isna() & ~mine.review_id.isin(set(solved)) & (mine.reviewed_at > late)
        waiting = mine.customer_id[(mine.state == BAD) & open_ones]
        why |= dict.fromkeys(mine.customer_id[mine.review_id.isin(set(solved))], COMPLAINED)
        lately = mine[mine.text.notna() & (mine.reviewed_at > as_of - timedelta(days=TALKING))]
        said = lately[lately.state != BAD].customer_id.value_counts()
        for customer in said.index[said >= TALKED]:
            why.setdefault(customer, KEPT_TALKING)
    for customer in found.customers.customer_id[found.customers.segment.isin(BEST)]:
        why.setdefault(customer, LOYAL)
    rested = gifts.table.customer_id[gifts.table.day > as_of - timedelta(days=RESTS)]
    out = {*rested, *waiting}
    rows = pd.DataFrame({"customer_id": [who for who in why if who not in out]}, dtype=str)
    rows = in_order(with_measures(found, rows.assign(why=rows.customer_id.map(why))))
    rows["said"] = rows.customer_id.map(said).fillna(0).astype(int)
    place = rows.why.map({name: at for at, name in enumerate(WHYS)})
    return rows.assign(place=place).sort_values("place", kind="stable", ignore_index=True).drop(columns="place")
