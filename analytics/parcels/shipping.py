"""What is to be sent today: each order with who its buyer is, what they last complained of, and which card goes in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from analytics.parcels.cards import card_of
from analytics.reviews.opinions import BAD, Opinions
from analytics.reviews.triage import segments_of
from analytics.segments.cuts import Cuts
from analytics.store import Store


@dataclass(frozen=True)
class Shipping:
    """table: one row per order to send, those that should leave first before the others: order_key, platform, shop, order_id, customer_id, label (masked),
    account, email, phone, ordered_at, day, nth (missing: the buyer is not known), before (their buying day before), ship_by (missing: not told), waits
    (days from order to as-of day), overdue, delivery, payment, note, revenue, newest, items (a line each), segment, high_value, complained_on, complaint
    (its text; missing: stars only, or none), stars, card (of CARDS; missing: none).

    older: orders to send of exports that a newer one of their shop goes beyond, which may have left since; they are not in the table.
    since: the first day of the shop's history: purchases before it are not counted. tells: whether any file would say that an order is still to be sent.
    """

    table: pd.DataFrame
    older: pd.DataFrame
    as_of: date
    since: date
    tells: bool


def to_ship(store: Store, opinions: Opinions | None = None, cuts: Cuts | None = None) -> Shipping:
    """The orders that are still to be sent. opinions: the shop's reviews; None: there are none. cuts: of the segments."""
    rows = store.with_parcels().query("parcels/to_ship")
    rows["nth"] = rows.nth.to_numpy(float, na_value=float("nan"))
    rows = rows.merge(segments_of(store, cuts), on="customer_id", how="left")
    rows = rows.merge(_complaints(store, opinions), on="customer_id", how="left")
    rows["card"] = card_of(rows)
    newest = rows.newest.astype(bool)
    return Shipping(
        rows[newest].reset_index(drop=True), rows[~newest].reset_index(drop=True), store.shop.as_of, store.shop.first_ordered,
        bool(store.query("parcels/tells").tells.iloc[0]),
    )  # fmt: skip


def waiting(store: Store) -> int:
    """How many orders `Shipping.table` has for this view of the shop."""
    return int(store.with_parcels().query("parcels/waiting").orders.iloc[0])


def _complaints(store: Store, opinions: Opinions | None) -> pd.DataFrame:
    """customer_id, complained_on, complaint and stars of everybody's last unhappy review."""
    names = ["customer_id", "complained_on", "complaint", "stars"]
    if opinions is None:
        return pd.DataFrame({name: pd.Series(dtype=object) for name in names})
    reviews = pd.concat([opinions.before[0], opinions.reviews], ignore_index=True)
    bad = reviews.loc[reviews.state == BAD, ["review_key", "text", "rating"]]
    last = store.query("parcels/complaints", keys=bad.review_key.tolist())
    found = last.merge(bad, on="review_key", how="left")
    return found.rename(columns={"text": "complaint", "rating": "stars"})[names]
