"""Finding customers, and one of them on one card: what they bought and when, how their segment changed, and what to do next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from analytics.contacts import contact_list
from analytics.errors import N_, InputError
from analytics.segments.rfm import Rfm, history
from analytics.store import Store


@dataclass(frozen=True)
class Customer:
    """One customer as the shop knows them.

    facts: the row of a contact list (measures, scores, segment, contact details, usual product, cycle, pace).
    orders: one row per order, the latest first: order_id, ordered_at, nth, gap (days since the buying day before; NaN: the first), revenue,
    products (text), coupon, shop, status.
    products: one row per product, the most often bought first: product, times (days), quantity, revenue, last_day, gap_days (median; NaN:
    bought once), due_day (missing likewise).
    reviews: one row per review, the latest first: reviewed_at, rating (1 to 5; missing: none given), product, text, reply.
    history: one row per 30 days of the last year: as_of, r, f, segment, recency, days.
    """

    facts: pd.Series
    orders: pd.DataFrame
    products: pd.DataFrame
    reviews: pd.DataFrame
    history: pd.DataFrame


def largest(store: Store, n: int) -> pd.DataFrame:
    """The n customers with the most revenue, best first: customer_id, label (masked), name (as exported; missing: none given), days, revenue."""
    return store.query("contacts/largest", n=n)


def named(store: Store, names: Iterable[str]) -> list[str]:
    """The customer_ids that these accounts, e-mails, phones or ids mean, those with the most revenue first; unknown names give none."""
    asked = [name for name in names if name.strip()]
    return store.query("contacts/named", names=asked).customer_id.tolist() if asked else []


def customer(store: Store, found: Rfm, customer_id: str) -> Customer:
    """The card of one of `found.customers`."""
    row = found.customers[found.customers.customer_id == customer_id]
    if row.empty:
        raise InputError(
            N_("There is no customer {got} under these filters; choose one from the list."), got=customer_id
        )
    return Customer(
        facts=contact_list(store, found, row, held_out=0).iloc[0],
        orders=store.query("contacts/card_orders", customer_id=customer_id),
        products=store.query("contacts/card_products", customer_id=customer_id),
        reviews=store.query("contacts/card_reviews", customer_id=customer_id),
        history=history(store, found, customer_id),
    )
