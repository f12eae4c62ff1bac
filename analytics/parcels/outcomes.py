"""What became of the parcels: unclaimed, cancelled, returned; by reason, payment, delivery and product, and who does not pick up."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from analytics.statistics import SMALL, benjamini_hochberg, fisher, wilson
from analytics.store import Store

PARTS = ("payment", "delivery", "product", "month")
"""Ways to cut the shop."""
RATES = {"unclaimed": "sent", "cancelled": "orders", "returned": "taken"}
"""What may become of an order -> out of what: parcels that left and whose end is known; all orders; parcels that somebody took."""


@dataclass(frozen=True)
class Outcomes:
    """parts: one row per part (`all` and PARTS) and name ("": the file does not say): orders, cancelled, unpaid, unclaimed, returned, lost, open (on its way,
    or its file is too old to say), sent, taken, and for each of RATES its rate, low, high (0 to 1, Wilson 95 %; NaN: out of none).

    reasons: outcome, reason (as the file has it; "": none is given), orders, worth (gross). told: whether the files tell reasons, shipped, completed,
    claims (that nobody took a parcel); unread (times that cannot be read), before_order (times before the order). Month names are their first days, YYYY-MM-DD.
    """

    parts: pd.DataFrame
    reasons: pd.DataFrame
    told: pd.Series

    @cached_property
    def whole(self) -> pd.Series:
        """The row of the whole shop."""
        return self.parts[self.parts.part == "all"].iloc[0]

    def of(self, part: str) -> pd.DataFrame:
        """The rows of one of PARTS, those with most orders first; months by time."""
        rows = self.parts[self.parts.part == part]
        return (rows.sort_values("name") if part == "month" else rows).reset_index(drop=True)

    def unlike(self, part: str, rate: str) -> pd.DataFrame:
        """The names of a part whose rate differs from that of all other orders by more than chance: name, x, n, rate, others (rate), more; the surest first.

        Of names with SMALL or more; Fisher's exact test, Benjamini–Hochberg over all of them, 5 %. An order of several products stands in several.
        """
        rows, whole, out_of = self.of(part), self.whole, RATES[rate]
        rows = rows[(rows[out_of] >= SMALL) & (rows.name != "") & (whole[out_of] - rows[out_of] >= SMALL)]
        pairs = [
            (int(x), int(n), int(whole[rate] - x), int(whole[out_of] - n))
            for x, n in zip(rows[rate], rows[out_of], strict=True)
        ]
        found = pd.DataFrame(
            [
                (name, x, n, x / n, y / m, x / n > y / m, fisher(x, n, y, m))
                for name, (x, n, y, m) in zip(rows.name, pairs, strict=True)
            ],
            columns=["name", "x", "n", "rate", "others", "more", "p"],
        )
        found["p"] = benjamini_hochberg(found.p) if len(found) else found.p
        return found[found.p < 0.05].sort_values(["p", "name"], ignore_index=True)


@dataclass(frozen=True)
class Buyers:
    """table: one row per known buyer with an unclaimed parcel, most of them first: customer_id, label (masked), sent, unclaimed, rate (of pick-up), low,
    high (0 to 1, Wilson 95 %), worth (gross of the unclaimed), last_day, to_ship (orders that wait to be sent to them).

    known: known buyers with a parcel sent. by_chance: how many would have left two or more if each parcel had stayed with the shop's rate.
    """

    table: pd.DataFrame
    known: int
    by_chance: float

    @property
    def again(self) -> pd.DataFrame:
        """Those who left two or more."""
        return self.table[self.table.unclaimed >= 2]

    @property
    def habit(self) -> bool:
        """Whether clearly more left two or more than by chance: as many or more would come about in fewer than 5 % of such shops (Poisson)."""
        below = range(len(self.again))
        return 1 - sum(math.exp(-self.by_chance) * self.by_chance**k / math.factorial(k) for k in below) < 0.05


def outcomes(store: Store) -> Outcomes:
    """What became of the orders of the period."""
    asked = store.with_parcels()
    parts = asked.query("parcels/by_part")
    for name, out_of in RATES.items():
        n = parts[out_of].to_numpy(float)
        parts[f"{name}_rate"] = np.divide(parts[name], n, out=np.full(len(n), np.nan), where=n > 0)
        parts[f"{name}_low"], parts[f"{name}_high"] = wilson(parts[name], n)
    return Outcomes(parts, asked.query("parcels/reasons"), asked.query("parcels/told").iloc[0])


def unreadable(store: Store) -> pd.DataFrame:
    """Orders of the period with a time that cannot be read (written: what stands there) or lies before the order (before_order): platform, shop, order_id."""
    return store.with_parcels().query("parcels/unread")


def buyers(store: Store) -> Buyers:
    """Who picks up, of the period."""
    table = store.with_parcels().query("parcels/buyers")
    some = table[table.unclaimed > 0].reset_index(drop=True)
    some["rate"] = 1 - some.unclaimed / some.sent
    some["low"], some["high"] = wilson(some.sent - some.unclaimed, some.sent)
    rate = table.unclaimed.sum() / table.sent.sum() if len(table) else 0.0
    n = table.sent.to_numpy(float)
    at_most_one = (1 - rate) ** n + n * rate * (1 - rate) ** (n - 1)
    return Buyers(some, len(table), float((1 - at_most_one).sum()))
