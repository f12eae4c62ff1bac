"""The tea shop's files: 24 monthly workbooks, one that overlaps two of them, and its reviews as a headerless table."""

from __future__ import annotations

import calendar
from datetime import date
from pathlib import Path

from sample_data import shopee_tw
from sample_data.excelize import write_workbook
from sample_data.orders import Order
from sample_data.reviews import Review
from sample_data.tea import END, START, TeaShop

FORGOTTEN = date(2026, 12, 31)
OVERLAP = (date(2026, 9, 16), date(2026, 10, 15))


def windows() -> list[tuple[date, date, date]]:
    """First day, last day and day of export of each workbook. Old months were exported when everything had been settled."""
    months = [(year, month) for year in range(START.year, END.year + 1) for month in range(1, 13)]
    whole = [(date(y, m, 1), date(y, m, calendar.monthrange(y, m)[1])) for y, m in months]
    monthly = [
        (low, high, high if high >= date(2026, 9, 30) else FORGOTTEN) for low, high in whole if START <= low <= END
    ]
    return sorted([*monthly, (*OVERLAP, OVERLAP[1])], key=lambda window: window[1])


def settle(shop: TeaShop) -> int:
    """Say of each order, as its newest workbook has it, why it does not count and what was returned; the number of older snapshots."""
    superseded = 0
    for order in shop.orders:
        holding = [window for window in windows() if window[0] <= order.day <= window[1]]
        superseded += len(holding) - 1
        shot = shopee_tw.snapshot(shop.fates[order], holding[-1][2])
        order.reason = shopee_tw.reason(order, shot)
        for i, line in enumerate(order.lines):
            line.returned = shot.returns.get(i, 0)
    return superseded


def write_workbooks(shop: TeaShop, folder: Path) -> int:
    """Write the workbooks; the number of rows in all of them."""
    count = 0
    for first, last, exported in windows():
        rows: list[list[str]] = []
        for order in shop.orders:
            if first <= order.day <= last:
                rows += order_rows(shop, order, exported)
        count += write_workbook(folder / shopee_tw.file_name(first, last), shopee_tw.HEADER, rows)
    return count


def order_rows(shop: TeaShop, order: Order, exported: date) -> list[list[str]]:
    fate = shop.fates[order]
    return shopee_tw.rows(order, fate, shopee_tw.snapshot(fate, exported), exported)


def write_reviews(reviews: list[Review], target: Path) -> None:
    """Date, account, order, stars and text, tab-separated without a header, newest first; line breaks become spaces."""
    with target.open("w", encoding="utf-8", newline="\n") as file:
        for review in reversed(reviews):
            buyer = review.order.customer.account if review.order.customer else ""
            text = review.text.replace("\n", " ").replace("\t", " ")
            print(taiwan_time(review.at), buyer, review.order.order_id, review.rating, text, sep="\t", file=file)


def taiwan_time(at) -> str:
    """2026/1/24 下午1:05:00, as a browser in Taiwan writes it."""
    half, hour = ("上午", at.hour) if at.hour < 12 else ("下午", at.hour - 12)
    return f"{at.year}/{at.month}/{at.day} {half}{hour or 12}:{at:%M:%S}"
