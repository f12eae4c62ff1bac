"""Shops whose lines name their products in every way an export can: a Shopee export with ids, stock numbers, titles and variants."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date

from analytics.sources import Upload
from analytics.store import Store, open_shop

HEADERS = ("訂單編號", "訂單狀態", "買家帳號", "訂單成立日期", "商品總價", "商品ID", "商品名稱", "商品選項名稱", "商品選項貨號", "商品活動價格", "數量", "退貨數量")  # fmt: skip


def line(title: str, price: float = 100, units: float = 1, *, id: str = "", variant: str = "", sku: str = "", returned: int = 0) -> dict:  # fmt: skip
    """One line of an order."""
    return {"title": title, "price": price, "units": units, "id": id, "variant": variant, "sku": sku, "returned": returned}  # fmt: skip


def bought(who: str, when: str, *lines: dict | str, status: str = "已完成") -> dict:
    """One order: the account ("" for a guest), the day, and lines (a text is a title at 100)."""
    return {"who": who, "when": when, "status": status, "lines": [line(x) if isinstance(x, str) else x for x in lines]}


def shopee_csv(orders: Iterable[dict], *, without: Iterable[str] = ()) -> bytes:
    """A Shopee Taiwan export of these orders. without: headers that the file lacks."""
    headers = [header for header in HEADERS if header not in set(without)]
    out = io.StringIO()
    writer = csv.DictWriter(out, headers, extrasaction="ignore")
    writer.writeheader()
    for number, order in enumerate(orders, start=1):
        total = sum(x["price"] * x["units"] for x in order["lines"])
        for x in order["lines"]:
            values = [f"{number:06d}A", order["status"], order["who"], f"{order['when']} 12:00", total, x["id"], x["title"], x["variant"], x["sku"], x["price"], x["units"], x["returned"]]  # fmt: skip
            writer.writerow(dict(zip(HEADERS, values, strict=True)))
    return out.getvalue().encode()


def goods_shop(orders: Iterable[dict], *, as_of: str | None = None, without: Iterable[str] = ()) -> Store:
    """The store of these orders."""
    upload = Upload("Order.all.csv", shopee_csv(orders, without=without))
    found = open_shop([upload], as_of=date.fromisoformat(as_of) if as_of else None)
    assert found.store is not None, found.problems
    return found.store
