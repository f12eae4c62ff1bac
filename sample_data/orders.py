"""What the demo shops are made of: orders and lines with everything that is true of them, before any export layout."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from sample_data.people import Customer


def columns(text: str) -> tuple[str, ...]:
    """Comma-separated names as a tuple."""
    return tuple(text.split(","))


@dataclass(frozen=True)
class Product:
    """One thing on sale. price: what is asked, in NT$; list_price: the price struck through; days: how long one unit lasts, 0 if it does not run out."""

    key: str
    name: str
    price: int
    list_price: int
    category: str
    days: int = 0
    variants: tuple[str, ...] = ()
    product_id: str = ""


@dataclass
class Line:
    """One line of an order. price: charged per unit, NT$; returned: units given back in the end."""

    product: Product
    quantity: int
    price: int
    variant: str = ""
    returned: int = 0

    @property
    def value(self) -> int:
        return self.price * self.quantity


@dataclass(eq=False)
class Order:
    """One order. customer is None for a guest. reason: why it does not count (cancelled, refunded, unpaid, free) or None."""

    order_id: str
    customer: Customer | None
    at: datetime
    lines: list[Line]
    seller_discount: int = 0
    coupon: str = ""
    refunded: int = 0
    reason: str | None = None
    traits: dict[str, object] = field(default_factory=dict)

    @property
    def day(self) -> date:
        return self.at.date()

    @property
    def gross(self) -> int:
        """Merchandise before vouchers, NT$."""
        return sum(line.value for line in self.lines)

    @property
    def revenue(self) -> int:
        """Net merchandise, NT$: gross less the seller's discounts and what was given back, never below 0."""
        return max(0, self.gross - self.seller_discount - self.refunded - sum(x.returned * x.price for x in self.lines))

    @property
    def counts(self) -> bool:
        return self.reason is None
