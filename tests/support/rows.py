"""Shops made of rows a reader can check by hand, opened through the real door as a Shopify export."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date, timedelta

from analytics.sources import Upload
from analytics.store import Opened, Store, open_shop

HEADERS = (
    "Name", "Email", "Financial Status", "Currency", "Subtotal", "Shipping", "Taxes", "Total", "Discount Code", "Discount Amount",
    "Created at", "Lineitem quantity", "Lineitem name", "Lineitem price", "Lineitem sku", "Billing City", "Cancelled at",
    "Payment Method", "Refunded Amount", "Source", "Phone", "Id",
)  # fmt: skip


def order(
    who: str,
    when: str,
    revenue: float = 100,
    *,
    products: Iterable[str | tuple[str, int, float]] = ("tea",),
    status: str = "paid",
    refunded: float = 0,
    coupon: str = "",
    discount: float = 0,
    cancelled: str = "",
    city: str = "",
    source: str = "web",
    name: str | None = None,
) -> dict:
    """One order. who: the customer ("" for a guest); when: a day or a time; products: names, or (name, quantity, unit price)."""
    lines = [(p, 1, None) if isinstance(p, str) else p for p in products]
    return {
        "who": who, "when": when, "revenue": revenue, "lines": lines, "status": status, "refunded": refunded, "coupon": coupon,
        "discount": discount, "cancelled": cancelled, "city": city, "source": source, "name": name,
    }  # fmt: skip


def shopify_csv(orders: Iterable[dict | tuple]) -> bytes:
    """A Shopify orders export of these orders; a tuple is the arguments of `order`."""
    out = io.StringIO()
    writer = csv.DictWriter(out, HEADERS, restval="")
    writer.writeheader()
    for number, given in enumerate(orders, start=1001):
        o = given if isinstance(given, dict) else order(*given)
        name = o["name"] or f"#{number}"
        when = o["when"] if len(o["when"]) > 10 else f"{o['when']} 12:00:00 +0800"
        email = f"{o['who']}@example.com" if o["who"] else ""
        each = (o["revenue"] + o["discount"]) / len(o["lines"])
        for place, (product, quantity, price) in enumerate(o["lines"]):
            row = {
                "Name": name, "Email": email, "Created at": when, "Lineitem quantity": quantity, "Lineitem name": product,
                "Lineitem price": each / quantity if price is None else price, "Lineitem sku": product.upper(),
            }  # fmt: skip
            if place == 0:
                row |= {
                    "Financial Status": o["status"], "Currency": "TWD", "Subtotal": o["revenue"], "Shipping": 0, "Taxes": 0,
                    "Total": o["revenue"], "Discount Code": o["coupon"], "Discount Amount": o["discount"],
                    "Billing City": o["city"], "Cancelled at": o["cancelled"], "Payment Method": "card",
                    "Refunded Amount": o["refunded"], "Source": o["source"], "Id": 10**12 + number,
                }  # fmt: skip
            writer.writerow(row)
    return out.getvalue().encode()


def opened(orders: Iterable[dict | tuple], *, as_of: str | None = None) -> Opened:
    """What opening these orders gives. as_of: the last day that the data covers; None: the last order's."""
    upload = Upload("orders_export_1.csv", shopify_csv(orders))
    return open_shop([upload], as_of=date.fromisoformat(as_of) if as_of else None)


def shop(orders: Iterable[dict | tuple], *, as_of: str | None = None) -> Store:
    """The store of these orders."""
    found = opened(orders, as_of=as_of)
    assert found.store is not None, found.problems
    return found.store


def year() -> list[dict]:
    """Forty customers a month for a year; in odd months half of them come back after 40 days, in even ones a tenth."""
    rows = []
    for month in range(1, 13):
        for number in range(40):
            first = date(2025, month, 1 + number % 20)
            city = "Taipei" if number % 2 else "Tainan"
            rows.append(
                order(f"c{month}-{number}", first.isoformat(), 500, city=city, coupon="" if month % 2 else "HI")
            )
            if number < (20 if month % 2 else 4) and first + timedelta(days=40) <= date(2025, 12, 31):
                rows.append(order(f"c{month}-{number}", (first + timedelta(days=40)).isoformat(), 300))
    return rows


YEAR = shopify_csv(year())
SMALL = {
    "one order": [("ann", "2025-01-05")],
    "one customer": [("ann", "2025-01-05"), ("ann", "2025-03-05")],
    "one month": [("ann", "2025-01-05"), ("bob", "2025-01-06"), ("ann", "2025-01-20")],
    "no repeat": [("ann", "2025-01-05"), ("bob", "2025-02-06"), ("cat", "2025-06-07")],
}


AS_OF = "2025-12-31"


def bought(who: str, *days_before: int, revenue: float = 100) -> list[tuple]:
    """One order of this customer on each of these days before the as-of day."""
    return [(who, f"{date.fromisoformat(AS_OF) - timedelta(days=back)}", revenue) for back in days_before]
