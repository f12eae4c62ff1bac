"""The Shopify orders export: its 79 columns, and an order's rows; what belongs to the order stands on its first row only."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TextIO

from sample_data.orders import Order, columns

HEADER = columns(
    "Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,Currency,Subtotal,Shipping,Taxes,Total,"
    "Discount Code,Discount Amount,Shipping Method,Created at,Lineitem quantity,Lineitem name,Lineitem price,"
    "Lineitem compare at price,Lineitem sku,Lineitem requires shipping,Lineitem taxable,Lineitem fulfillment status,Billing Name,"
    "Billing Street,Billing Address1,Billing Address2,Billing Company,Billing City,Billing Zip,Billing Province,Billing Country,"
    "Billing Phone,Shipping Name,Shipping Street,Shipping Address1,Shipping Address2,Shipping Company,Shipping City,Shipping Zip,"
    "Shipping Province,Shipping Country,Shipping Phone,Notes,Note Attributes,Cancelled at,Payment Method,Payment Reference,"
    "Refunded Amount,Vendor,Outstanding Balance,Employee,Location,Device ID,Id,Tags,Risk Level,Source,Lineitem discount,"
    "Tax 1 Name,Tax 1 Value,Tax 2 Name,Tax 2 Value,Tax 3 Name,Tax 3 Value,Tax 4 Name,Tax 4 Value,Tax 5 Name,Tax 5 Value,Phone,"
    "Receipt Number,Duties,Billing Province Name,Shipping Province Name,Payment ID,Payment Terms Name,Next Payment Due At,"
    "Payment References"
)
PLACE = {name: i for i, name in enumerate(HEADER)}
REPEATED = ("Name", "Email", "Created at", "Vendor", "Phone")


def rows(head: Mapping[str, str], lines: Sequence[Mapping[str, str]]) -> list[list[str]]:
    """The rows of one order: `head` on the first, name, e-mail, creation time, vendor and phone on each, and the lines' own columns."""
    result = []
    for i, line in enumerate(lines):
        row = [""] * len(HEADER)
        for name in head if i == 0 else REPEATED:
            row[PLACE[name]] = head.get(name, "")
        for name, text in line.items():
            row[PLACE[name]] = text
        result.append(row)
    return result


def write(file: TextIO, all_rows: Iterable[Sequence[str]]) -> None:
    """The header and the rows as CSV with line feeds; open the file with newline=''."""
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows(all_rows)


def stamp(at: datetime | None) -> str:
    """2026-03-01 21:05:00 +0800, or blank."""
    return f"{at:%Y-%m-%d %H:%M:%S} +0800" if at else ""


def money(amount: float) -> str:
    return f"{amount:.2f}"


def order_rows(order: Order) -> list[list[str]]:
    """The rows of a demo shop's order. Its traits hold what only Shopify knows: status, channel, addresses."""
    traits = order.traits
    subtotal = order.gross - order.seller_discount
    shipping = traits["shipping"]
    town, counter = traits["town"], traits["source"] == "pos"
    address = (
        {} if counter or order.customer is None else place("Shipping", town, order) | place("Billing", town, order)
    )
    head = {
        "Name": order.order_id,
        "Email": traits["email"],
        "Financial Status": traits["financial"],
        "Paid at": stamp(order.at) if traits["financial"] not in {"pending", "authorized", "voided"} else "",
        "Fulfillment Status": "fulfilled" if traits["fulfilled_at"] else "unfulfilled",
        "Fulfilled at": stamp(traits["fulfilled_at"]),
        "Accepts Marketing": traits["marketing"],
        "Currency": "TWD",
        "Subtotal": money(subtotal),
        "Shipping": money(shipping),
        "Taxes": "0.00",
        "Total": money(subtotal + shipping),
        "Discount Code": order.coupon,
        "Discount Amount": money(order.seller_discount),
        "Shipping Method": "" if counter else traits["method"],
        "Created at": stamp(order.at),
        **address,
        "Notes": traits["note"],
        "Cancelled at": stamp(traits["cancelled_at"]),
        "Payment Method": traits["payment"],
        "Refunded Amount": money(order.refunded),
        "Vendor": traits["vendor"],
        "Outstanding Balance": money(subtotal + shipping) if traits["financial"] == "pending" else "0.00",
        "Employee": "店長" if counter else "",
        "Location": traits["location"] if counter else "",
        "Device ID": "1" if counter else "",
        "Id": traits["id"],
        "Tags": traits["tags"],
        "Risk Level": "Low",
        "Source": traits["source"],
        "Phone": traits["phone"],
    }
    return rows(head, [line_columns(order, line, counter) for line in order.lines])


def line_columns(order: Order, line, counter: bool) -> dict[str, str]:
    product = line.product
    return {
        "Lineitem quantity": str(line.quantity),
        "Lineitem name": f"{product.name} - {line.variant}" if line.variant else product.name,
        "Lineitem price": money(line.price),
        "Lineitem compare at price": money(product.list_price) if product.list_price > line.price else "",
        "Lineitem sku": "-".join([product.product_id, *line.variant.split(" / ")])
        if line.variant
        else product.product_id,
        "Lineitem requires shipping": "false" if counter else "true",
        "Lineitem taxable": "true",
        "Lineitem fulfillment status": "fulfilled" if order.traits["fulfilled_at"] else "pending",
        "Lineitem discount": "0.00",
    }


def place(side: str, town: tuple[str, str, str], order: Order) -> dict[str, str]:
    """The address columns of one side, Billing or Shipping."""
    street = f"{town[1]}{order.traits['street']}"
    return {
        f"{side} Name": order.traits["receiver"],
        f"{side} Street": street,
        f"{side} Address1": street,
        f"{side} City": town[0],
        f"{side} Zip": f"'{town[2]}",
        f"{side} Country": "TW",
        f"{side} Phone": order.traits["contact"],
    }
