"""What is said of a shop beside every number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class ShopFacts:
    """What is said of a shop beside every number."""

    as_of: date
    """The last day that the data covers."""
    start: date
    """The first day that counts and trends show."""
    first_ordered: date
    """The day of the first order of all history; of the first review where there are no orders."""
    currency: str
    orders: int
    """Orders that count."""
    reviews: int
    """Reviews that count."""
