"""Parcels: what is to be sent today and with which card, what became of those sent, and how long they took."""

from analytics.parcels.cards import APOLOGY, CARDS, FIRST, LIST, SECOND, VIP, Returned, card_of, returned
from analytics.parcels.days import (
    BACK,
    COMPLETION,
    EDGES,
    FEW,
    FEWER,
    LATE,
    MORE,
    NOT_SHOWN,
    SHIPMENT,
    SLOW,
    UNHAPPY,
    WITHIN,
    Days,
    days,
)
from analytics.parcels.outcomes import PARTS, RATES, Buyers, Outcomes, buyers, outcomes, unreadable
from analytics.parcels.shipping import Shipping, to_ship, waiting

__all__ = [
    "APOLOGY", "BACK", "Buyers", "CARDS", "COMPLETION", "Days", "EDGES", "FEW", "FEWER", "FIRST", "LATE", "LIST", "MORE", "NOT_SHOWN", "Outcomes",
    "PARTS", "RATES", "Returned", "SECOND", "SHIPMENT", "SLOW", "Shipping", "UNHAPPY", "VIP", "WITHIN", "buyers", "card_of", "days", "outcomes",
    "returned", "to_ship", "unreadable", "waiting",
]  # fmt: skip
