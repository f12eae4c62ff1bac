"""Lists of people to write to: how to reach them, what they usually buy, and who is held out so that the effect can be measured.

A list holds contact details as the shop's own export has them. The screen shows `label`, the masked name.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable
from datetime import date, timedelta

import numpy as np
import pandas as pd

from analytics.segments.rfm import STATE_OF, Rfm
from analytics.store import Store

PACES = ("on_time", "late", "sleeping", "lost")
"""How long somebody has been silent against the usual cycle: up to 1, 2 and 3 times, and more."""

FIRST_TO_KNOW = {1: ("Champions", "Loyal"), 2: ("PotentialLoyalist",), 3: ("New", "Promising", "NeedAttention")}
"""Wave -> segments told of a festival before everybody else. High-value customers who are not asleep come in wave 2 at the latest."""

_LEAST_GAPS = 5  # gaps between purchases of one product before its own cycle is used in place of the shop's


def contact_list(
    store: Store,
    found: Rfm,
    customers: pd.DataFrame,
    *,
    first: str | None = None,
    held_out: float = 0.10,
    seed: int = 0,
) -> pd.DataFrame:
    """The contact list of some of `found.customers`, most revenue first; before that by the column `first`, lowest first.

    customers: rows with at least customer_id, recency and revenue; their other columns come along. Adds label, account, email, phone
    (missing: not in the export), marketing (True, False; missing: the export does not say), last_day, usual_product (the one bought on most
    days), usual_times, cycle (days: of that product, or the shop's where it has fewer than five gaps; NaN: nobody has come back yet),
    pace (of PACES; missing with the cycle) and held_out (True: do not write to them).
    """
    facts = store.query(
        "contacts/contact_list",
        customers=customers.customer_id.tolist(),
        least_gaps=_LEAST_GAPS,
        shop_cycle=None if math.isnan(found.edges.cycle) else found.edges.cycle,
    )
    listed = customers.merge(facts, on="customer_id")
    listed["pace"] = pace(listed.recency, listed.cycle)
    listed["held_out"] = held_out_of(listed.customer_id, share=held_out, seed=seed)
    by = {**({first: True} if first else {}), "revenue": False, "customer_id": True}
    return listed.sort_values(list(by), ascending=list(by.values()), ignore_index=True)


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


def detectable(written: int, held: int, rate: float) -> float:
    """The smallest difference in repurchase rate, 0 to 1, that two groups of these sizes would show four times in five; NaN: a group is empty.

    rate: what is expected without writing, 0 to 1. Two-sided 5 %, power 80 %, normal approximation.
    """
    if not written or not held:
        return float("nan")
    return (1.959964 + 0.841621) * math.sqrt(rate * (1 - rate) * (1 / written + 1 / held))


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


def reach(store: Store, customer_ids: Iterable[str], comma: str) -> pd.DataFrame:
    """How to reach these customers, index customer_id: account, email, phone, marketing, first_products (one text, `comma` between them)."""
    return store.query("contacts/reach", customers=list(customer_ids), comma=comma).set_index("customer_id")


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
