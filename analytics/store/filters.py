"""What of a shop is looked at, and what counts in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from analytics.store.sheet import Sheet

REASONS = (
    "cancelled", "refunded", "unpaid", "free", "superseded", "unlisted", "currency", "future", "look_alike", "unreadable",
)  # fmt: skip


@dataclass(frozen=True)
class Filters:
    """What of a shop is looked at, and what counts in it. The default is all of it, by the house definitions."""

    shops: tuple[str, ...] = ()
    """Names of the shops kept; empty: all."""
    leave_out: tuple[str, ...] = ()
    """customer_ids left out (staff, wholesale)."""
    leave_out_revenue: float | None = None
    """Leave out customers with more revenue than this."""
    leave_out_days: int | None = None
    """Leave out customers with more buying days than this."""
    start: date | None = None
    """First day that counts and trends show; earlier orders still count as history."""
    end: date | None = None
    """The as-of day: nothing later exists."""
    include: tuple[str, ...] = ()
    """Reasons for not counting that the owner switched back in (of REASONS)."""
    leave_out_statuses: tuple[str, ...] = ()
    """Statuses that no platform file lists and that the owner does not count."""
    same_day: bool = False
    """True: each order is a purchase of its own, so a second one on the same day is a repurchase."""
    known: tuple[str, ...] = ()
    """customer_ids that bought before the data begin: none of their orders is a first one, and they are new nowhere."""
    sheet: Sheet = Sheet()
    """What the owner says of the products: which belong together, what they are called, how long they last."""
