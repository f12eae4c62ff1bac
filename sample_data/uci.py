"""UCI Online Retail's invoices as orders: exact amounts, cancellations and free lines kept so that they do not count."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from sample_data import shopee_tw, shopify

UNIT = 10_000
CODES = {
    "United Kingdom": "GB", "EIRE": "IE", "Germany": "DE", "France": "FR", "Netherlands": "NL", "Spain": "ES", "Belgium": "BE", "Portugal": "PT",
    "Switzerland": "CH", "Channel Islands": "JE", "Sweden": "SE", "Italy": "IT", "Australia": "AU", "Cyprus": "CY", "Austria": "AT", "Greece": "GR",
    "Denmark": "DK", "Norway": "NO", "Finland": "FI", "United Arab Emirates": "AE", "USA": "US", "Poland": "PL", "Malta": "MT", "Japan": "JP",
    "Lithuania": "LT", "Singapore": "SG", "Iceland": "IS", "Israel": "IL", "Canada": "CA", "Hong Kong": "HK", "Thailand": "TH", "Brazil": "BR",
    "Bahrain": "BH", "Korea": "KR", "RSA": "ZA", "Lebanon": "LB", "Czech Republic": "CZ", "Saudi Arabia": "SA", "Nigeria": "NG", "Bermuda": "BM",
}  # fmt: skip


@dataclass(frozen=True)
class Item:
    """One line of an invoice. price: the amount per unit in 1/10000 pound, never negative; quantity: 1 or more."""

    code: str
    name: str
    quantity: int
    price: int


@dataclass
class Invoice:
    """One invoice. cancelled: its number does not consist of digits (a cancellation or a bad debt). customer '': a guest."""

    number: str
    at: datetime
    customer: str
    country: str
    items: list[Item] = field(default_factory=list)

    @property
    def cancelled(self) -> bool:
        return not self.number.isdigit()

    @property
    def total(self) -> int:
        """The value of all lines, 1/10000 pound. Negative quantities occur at price 0 only, so it is the revenue of a valid invoice."""
        return sum(item.price * item.quantity for item in self.items)


def invoices(lines: Iterable[tuple[str, str, str, int, datetime, Decimal, str, str]]) -> list[Invoice]:
    """Lines (invoice, code, description, quantity, time, price, customer, country) as invoices, oldest first."""
    found: dict[str, Invoice] = {}
    for number, code, name, quantity, at, price, customer, country in lines:
        invoice = found.get(number)
        if invoice is None:
            invoice = found[number] = Invoice(number, at, customer, country)
        invoice.at = min(invoice.at, at)
        invoice.items.append(Item(code, name.strip() or code, abs(quantity), abs(int(price * UNIT))))
    return sorted(found.values(), key=lambda invoice: (invoice.at, invoice.number))


def read_csv(path: Path) -> Iterator[tuple[str, str, str, int, datetime, Decimal, str, str]]:
    """The lines of the gzipped sample."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            at = datetime.fromisoformat(row["InvoiceDate"])
            price, who = Decimal(row["UnitPrice"]), row["CustomerID"].removesuffix(".0")
            yield (
                row["InvoiceNo"],
                row["StockCode"],
                row["Description"],
                int(row["Quantity"]),
                at,
                price,
                who,
                row["Country"],
            )


def amount(value: int) -> str:
    """Pounds with two decimals, more only where they are needed."""
    whole, part = divmod(value, UNIT)
    return f"{whole}.{f'{part:04d}'.rstrip('0').ljust(2, '0')}"


def shopify_rows(invoice: Invoice) -> list[list[str]]:
    """The invoice as rows of Shopify's orders export; a cancelled one has its day in Cancelled at."""
    total, at = amount(invoice.total), f"{invoice.at:%Y-%m-%d %H:%M:%S} +0000"
    country = CODES.get(invoice.country, "")
    head = {
        "Name": f"#{invoice.number}",
        "Email": f"customer{invoice.customer}@example.com" if invoice.customer else "",
        "Financial Status": "refunded" if invoice.cancelled else "paid",
        "Paid at": at,
        "Fulfillment Status": "unfulfilled" if invoice.cancelled else "fulfilled",
        "Accepts Marketing": "no",
        "Currency": "GBP",
        "Subtotal": total,
        "Shipping": "0.00",
        "Taxes": "0.00",
        "Total": total,
        "Discount Amount": "0.00",
        "Created at": at,
        "Billing Country": country,
        "Shipping Country": country,
        "Cancelled at": at if invoice.cancelled else "",
        "Refunded Amount": total if invoice.cancelled else "0.00",
        "Outstanding Balance": "0.00",
        "Id": f"{int(''.join(x for x in invoice.number if x.isdigit())) + (10**12 if invoice.number.isdigit() else 2 * 10**12)}",
        "Source": "web",
    }
    lines = [
        {
            "Lineitem quantity": str(item.quantity),
            "Lineitem name": item.name,
            "Lineitem price": amount(item.price),
            "Lineitem sku": item.code,
            "Lineitem requires shipping": "true",
            "Lineitem taxable": "true",
            "Lineitem fulfillment status": "pending" if invoice.cancelled else "fulfilled",
            "Lineitem discount": "0.00",
        }
        for item in invoice.items
    ]
    return shopify.rows(head, lines)


def shopee_rows(invoice: Invoice) -> list[list[str]]:
    """The invoice as rows of Shopee Taiwan's order export of 2026 (the amounts stay pounds)."""
    total, at = amount(invoice.total), shopee_tw.stamp(invoice.at)
    status = shopee_tw.CANCELLED if invoice.cancelled else shopee_tw.COMPLETED
    whole = {
        **shopee_tw.ALWAYS,
        "訂單編號": invoice.number,
        "訂單狀態": status,
        "不成立原因": "買家取消" if invoice.cancelled else "",
        "買家帳號": f"customer{invoice.customer}" if invoice.customer else "",
        "訂單成立日期": at,
        "商品總價": total,
        "買家支付運費": "0",
        "買家總支付金額": "0" if invoice.cancelled else total,
        "付款方式": "信用卡",
        "買家付款時間": at,
        "訂單完成時間": "-" if invoice.cancelled else at,
        "城市": invoice.country,
    }
    template = [whole.get(name, "") for name in shopee_tw.HEADER]
    places = [
        shopee_tw.HEADER.index(name)
        for name in ("商品名稱", "商品ID", "商品原價", "商品活動價格", "主商品貨號", "數量")
    ]
    result = []
    for item in invoice.items:
        row, price = template.copy(), amount(item.price)
        for i, text in zip(places, (item.name, item.code, price, price, item.code, str(item.quantity)), strict=True):
            row[i] = text
        result.append(row)
    return result


def months(orders: list[Invoice]) -> Iterator[tuple[str, list[Invoice]]]:
    """A Shopee file name and its invoices per month; the last month ends on the last day with an invoice that counts."""
    last = max(invoice.at.date() for invoice in orders if not invoice.cancelled and invoice.total)
    by_month: dict[date, list[Invoice]] = {}
    for invoice in orders:
        by_month.setdefault(invoice.at.date().replace(day=1), []).append(invoice)
    for first, mine in sorted(by_month.items()):
        end = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        yield shopee_tw.file_name(first, min(end, last)), mine
