"""Lists of people to write to: how to reach them, what they usually buy, and who is held out so that the effect can be measured.

A list holds contact details as the shop's own export has them. The screen shows `label`, the masked name.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from analytics.segments.rfm import STATE_OF, Rfm
from analytics.store import Store

PACES = ("on_time", "late", "sleeping", "lost")
"""How long somebody has been silent against the usual cycle: up to 1, 2 and 3 times, and more."""

FIRST_TO_KNOW = {1: ("Champions", "Loyal"), 2: ("PotentialLoyalist",), 3: ("New", "Promising", "NeedAttention")}
"""Wave -> segments told of a festival before everybody else. High-value customers who are not asleep come in wave 2 at the latest."""

SHARES = (0.10, 0.15, 0.20, 0.25, 0.30)
"""Shares of a list that may be held out."""
NOTICEABLE = 0.10
"""The difference in repurchase that a holdout should be able to show."""
_Z = 1.959964 + 0.841621  # two-sided 5 %, power 80 %
_LEAST_GAPS = 5  # gaps between purchases of one product before its own cycle is used in place of the shop's


def with_measures(found: Rfm, customers: pd.DataFrame) -> pd.DataFrame:
    """These rows with the columns of `found.customers` that they lack, in their order; whom `found` does not know is left out.

    customers: any rows with a customer_id; one customer may stand in several.
    """
    lacking = [name for name in found.customers if name == "customer_id" or name not in customers]
    return customers.merge(found.customers[lacking], on="customer_id")


def in_order(customers: pd.DataFrame, first: str | None = None) -> pd.DataFrame:
    """Most revenue first, before that by the column `first`, lowest first; rows that are alike keep their order."""
    by = {**({first: True} if first else {}), "revenue": False, "customer_id": True}
    return customers.sort_values(list(by), ascending=list(by.values()), kind="stable", ignore_index=True)


def contact_list(
    store: Store,
    found: Rfm,
    customers: pd.DataFrame,
    *,
    first: str | None = None,
    held_out: float = 0.10,
    seed: int = 0,
) -> pd.DataFrame:
    """The contact list of some of `found.customers`, `in_order`.

    customers: rows with a customer_id (one customer may stand in several); measures that they lack are added, their other columns come
    along. Adds label, account, email, phone (missing: not in the export), marketing (True, False; missing: the export does not say),
    last_day, usual_product (the one bought on most days), usual_times, cycle (days: of that product, or the shop's where it has fewer than
    five gaps; NaN: nobody has come back yet), pace (of PACES; missing with the cycle) and held_out (True: do not write to them).
    """
    customers = with_measures(found, customers)
    facts = store.query(
        "contacts/contact_list",
        customers=customers.customer_id.drop_duplicates().tolist(),
        least_gaps=_LEAST_GAPS,
        shop_cycle=None if math.isnan(found.edges.cycle) else found.edges.cycle,
    )
    known = [name for name in facts if name != "customer_id" and name in customers]
    listed = customers.drop(columns=known).merge(facts, on="customer_id")
    listed["pace"] = pace(listed.recency, listed.cycle)
    listed["held_out"] = held_out_rows(listed.customer_id, share=held_out, seed=seed)
    return in_order(listed, first)


def reachable(store: Store) -> pd.DataFrame:
    """How each customer can be reached: index customer_id; account and email (True: the export has one), phone (digits; missing: none),
    marketing (True, False; missing: the export does not say).
    """
    return store.query("contacts/reachable").set_index("customer_id")


def pace(recency: pd.Series, cycle: pd.Series) -> pd.Series:
    """Of PACES, by days since the last buying day over the usual cycle (both in days); missing where there is no cycle."""
    times = recency / cycle.where(cycle > 0)
    place = np.searchsorted([1, 2, 3], times.fillna(0))
    return pd.Series([PACES[at] for at in place], index=recency.index, dtype="str").where(times.notna())


def held_out_of(customer_ids: Iterable[str], *, share: float, seed: int = 0) -> np.ndarray:
    """True for the customers to leave alone: round(share × n) of them, the same ones whatever their order.

    Drawn by the SHA-256 of seed and customer, not by a random generator: the group can be made again years later from the list alone.
    """
    digests = [hashlib.sha256(f"{seed}:{customer}".encode()).digest() for customer in customer_ids]
    held = np.zeros(len(digests), dtype=bool)
    held[
        sorted(range(len(digests)), key=digests.__getitem__)[: math.floor(min(max(share, 0), 1) * len(digests) + 0.5)]
    ] = True
    return held


def held_out_rows(customer_ids: pd.Series, *, share: float, seed: int = 0) -> np.ndarray:
    """`held_out_of` for rows of which several may be one customer's: the share is of the customers, and all of one's rows go together."""
    people = customer_ids.drop_duplicates()
    return customer_ids.isin(set(people[held_out_of(people, share=share, seed=seed)])).to_numpy()


def detectable(written: int, held: int, rate: float) -> float:
    """The smallest difference in repurchase rate, 0 to 1, that two groups of these sizes would show four times in five; NaN: a group is empty.

    rate: what is expected without writing, 0 to 1. Two-sided 5 %, power 80 %, normal approximation.
    """
    if not written or not held:
        return float("nan")
    return _Z * math.sqrt(rate * (1 - rate) * (1 / written + 1 / held))


@dataclass(frozen=True)
class Holdout:
    """What can be held out of a list. share: of it, 0 to 1; 0: the list is too short. needed: customers from which on a share is suggested."""

    share: float
    needed: int


def holdout(n: int, *, rate: float = 0.20, difference: float = NOTICEABLE) -> Holdout:
    """The smallest of SHARES that would show this difference in a list of n customers (see `detectable`).

    rate: what is expected without writing, 0 to 1. More than the largest share is not held out: most of the list is to be written to.
    """
    held = [(share, round(share * n)) for share in SHARES]
    fits = [share for share, part in held if detectable(n - part, part, rate) <= difference]
    most = max(SHARES)
    needed = math.ceil((_Z / difference) ** 2 * rate * (1 - rate) / (most * (1 - most)))
    while detectable(needed - round(most * needed), round(most * needed), rate) > difference:
        needed += 1
    return Holdout(min(fits, default=0.0), needed)


def first_to_know(found: Rfm) -> pd.DataFrame:
    """Who hears of a festival first: the rows of `found.customers` in a wave, with `wave` (1 to 3), loyal customers first.

    Sleeping customers are in none: a festival is not how to speak to them again.
    """
    waves = {segment: wave for wave, segments in FIRST_TO_KNOW.items() for segment in segments}
    customers = found.customers.assign(wave=found.customers.segment.map(waves))
    awake = customers.segment.map(STATE_OF) != "asleep"
    customers["wave"] = customers.wave.mask(customers.high_value & awake, customers.wave.fillna(2).clip(upper=2))
    told = customers.dropna(subset="wave").astype({"wave": int})
    return told.sort_values(["wave", "revenue", "customer_id"], ascending=[True, False, True], ignore_index=True)


def bought_around(store: Store, festival: date, *, days: int = 14) -> set[str]:
    """Customers with an order in the `days` days up to the same festival a year earlier."""
    then = festival - timedelta(days=365)
    return set(store.query("contacts/bought_between", first_day=then - timedelta(days=days), last_day=then).customer_id)


def survey_sample(found: Rfm, size: int = 100, *, seed: int = 0) -> pd.DataFrame:
    """Loyal customers to ask: `size` of the Champions and Loyal (all, where there are fewer), drawn by hash, the same ones every time."""
    loyal = found.customers[found.customers.segment.isin(FIRST_TO_KNOW[1])]
    return loyal[held_out_of(loyal.customer_id, share=size / len(loyal) if len(loyal) else 0, seed=seed)].reset_index(
        drop=True
    )


def subscription_candidates(
    store: Store, *, least_times: int = 3, variation: float = 0.35, overdue: float = 2.0, saving: float = 0.05
) -> pd.DataFrame:
    """Customers who buy one product again at steady gaps; one row per customer and product, most spent a year first.

    least_times: buying days of that product. variation: standard deviation of the gaps over their mean, at most. overdue: silent for at most so
    many gaps. saving: what a subscription would take off, 0 to 1. Columns: customer_id, label, account, email, phone, product, times,
    gap_days (median), variation, quantity (a time), last_day, due_day, spend_a_year and saving_a_year (money, at their own pace).
    """
    return store.query(
        "contacts/subscription",
        least_times=least_times,
        variation=variation,
        overdue=overdue,
        saving=saving,
    )
