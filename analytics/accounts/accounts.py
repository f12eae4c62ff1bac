"""Which accounts do not buy as customers do, and what the shop looks like without them.

An account is suspected when at least two of four signs hold (SIGNS), each against the shop's own customers:

    share   at least 1 % of the revenue of all known customers, and 20 times the middle customer's
    units   a usual order of at least 10 units, and 5 times the shop's usual order
    pace    10 buying days or more, three times as close together as the shop's median interval
    name    the account, the e-mail or most of its coupon codes say so: staff, 員工, 採購, 批發, office …

One sign alone is somebody's best customer, or a name. Nothing is left out here: the owner decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from analytics.statistics import SMALL
from analytics.store import Store

SIGNS = ("share", "units", "pace", "name")
NAMES = r"(?i)staff|employee|員工|同仁|店員|內部|wholesale|批發|經銷|dealer|resell|採購|purchas|procure|b2b|office|辦公室|公司|企業|商行|團購主"
"""What a name may hint at. A hint is one sign of two."""
LEAST_SHARE, TIMES_REVENUE = 0.01, 20
LEAST_UNITS, TIMES_UNITS = 10, 5
LEAST_DAYS, TIMES_PACE = 10, 3


@dataclass(frozen=True)
class Suspects:
    """Accounts with two signs or more, the most revenue first.

    table: one row per account: customer_id, label (masked), revenue, share (of the revenue of all known customers, 0 to 1), orders, days
    (buying days), units (of a usual order), gap (median days between buying days; missing: one buying day), signs (of SIGNS, as a list).
    Empty: nobody is suspected, or the shop has fewer than SMALL customers to compare with.
    """

    table: pd.DataFrame

    @property
    def ids(self) -> tuple[str, ...]:
        """Their customer_ids."""
        return tuple(self.table.customer_id)

    @property
    def share(self) -> float:
        """Their part of the revenue of all known customers, 0 to 1."""
        return float(self.table.share.sum())


@dataclass(frozen=True)
class Without:
    """What leaving accounts out changes in the period; all from 0 to 1, NaN: nothing to divide.

    share: their part of the revenue of known customers. repeat_before, repeat_after: repurchase revenue share with and without them.
    rate_before, rate_after: N-day repurchase of the customers won in the period, with and without them.
    """

    share: float
    repeat_before: float
    repeat_after: float
    rate_before: float
    rate_after: float


def suspects(store: Store) -> Suspects:
    """The suspected accounts of a shop, by all of its history."""
    table = store.query(
        "accounts/suspects",
        names=NAMES,
        least_share=LEAST_SHARE,
        times_revenue=TIMES_REVENUE,
        least_units=LEAST_UNITS,
        times_units=TIMES_UNITS,
        least_days=LEAST_DAYS,
        times_pace=TIMES_PACE,
        least_customers=SMALL,
    )
    table["signs"] = [[sign for sign in SIGNS if row[f"by_{sign}"]] for row in table.to_dict("records")]
    return Suspects(table.drop(columns=[f"by_{sign}" for sign in SIGNS]))


def without(store: Store, customer_ids: Sequence[str], days: int = 90, *, since: date = date.min) -> Without:
    """What the period's figures are with and without some customers: nobody else's orders change by it, so sums are enough.

    since: what lies before is left out, as in `analytics.repurchase.repurchase`.
    """
    sums = store.query("accounts/carried", customers=list(customer_ids), days=int(days), since=since)
    sums = sums.set_index("listed")
    of = sums.reindex([False, True]).fillna(0).astype(float)
    others, both = of.loc[False], of.sum()
    return Without(
        share=_part(of.revenue[True], both.revenue),
        repeat_before=_part(both.repeat_revenue, both.revenue),
        repeat_after=_part(others.repeat_revenue, others.revenue),
        rate_before=_part(both.repurchased, both.eligible),
        rate_after=_part(others.repurchased, others.eligible),
    )


def _part(some: float, whole: float) -> float:
    return float(some / whole) if whole else float("nan")
