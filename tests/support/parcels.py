"""Shops whose exports tell of parcels, made of rows a reader can check by hand: Shopee Taiwan's layout, one line an order."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from analytics.sources import Upload
from analytics.store import Store, open_shop

HEADERS = (
    "訂單編號", "訂單狀態", "不成立原因", "退貨 / 退款狀態", "買家帳號", "訂單成立日期", "商品總價", "優惠代碼", "商品名稱", "商品活動價格", "數量", "寄送方式",
    "付款方式", "最晚出貨日期", "實際出貨時間", "訂單完成時間", "買家備註",
)  # fmt: skip


def parcel(
    who: str,
    placed: str,
    status: str = "已完成",
    *,
    shipped: str = "-",
    completed: str = "-",
    by: str = "",
    reason: str = "",
    back: str = "",
    note: str = "",
    price: int = 100,
    product: str = "茶",
    delivery: str = "全家",
    payment: str = "信用卡",
    coupon: str = "",
    number: str = "",
) -> dict[str, str]:
    """One order. placed, shipped, completed, by: days, or times; back: what stands in the column of returns."""
    values = (number, status, reason, back, who, placed, price, coupon, product, price, 1, delivery, payment, by, shipped, completed, note)  # fmt: skip
    return dict(zip(HEADERS, map(str, values), strict=True))


def shopee_csv(orders: Iterable[dict[str, str]], *, first: int = 1, without: Iterable[str] = ()) -> bytes:
    """An export of these orders, numbered from `first` on. without: headers that the file lacks."""
    out = io.StringIO()
    writer = csv.DictWriter(out, [header for header in HEADERS if header not in set(without)], extrasaction="ignore")
    writer.writeheader()
    for number, order in enumerate(orders, start=first):
        writer.writerow(order | {"訂單編號": order["訂單編號"] or f"P{number:03}"})
    return out.getvalue().encode()


def parcel_shop(*files: tuple[str, bytes]) -> Store:
    """The store of these files."""
    found = open_shop([Upload(name, data) for name, data in files])
    assert found.store is not None, found.problems
    return found.store


MARCH = [
    parcel("ann", "2025-03-01 10:00", shipped="2025-03-02 09:00", by="2025-03-03 10:00", completed="2025-03-05 08:00"),
    parcel("bob", "2025-03-01 11:00", "不成立", shipped="2025-03-02 10:00", reason="買家逾期未取件", payment="貨到付款"),
    parcel("cat", "2025-03-02 12:00", "不成立", reason="買家取消：不想買了", delivery="7-ELEVEN"),
    parcel("dan", "2025-03-03 09:00", shipped="2025-03-07 09:00", by="2025-03-05 09:00", completed="2025-03-10 09:00", back="已同意退貨/退款"),
    parcel("eve", "2025-03-03 10:00", "不成立", shipped="2025-03-04 10:00", reason="包裹遺失，物流商已賠付"),
    parcel("gus", "2025-03-09 10:00", "運送中", shipped="2025-03-10 10:00", by="2025-03-11 10:00"),
    parcel("hal", "2025-03-04 10:00", shipped="明天", completed="2025-03-08 10:00"),
    parcel("ivy", "2025-03-05 10:00", shipped="2025-03-01 10:00", completed="2025-03-09 10:00"),
    parcel("ann", "2025-03-10 10:00", "待出貨", by="2025-03-12 10:00", note="請盡快出貨", product="壺"),
    parcel("fay", "2025-03-10 20:00", "待出貨", by="2025-03-09 10:00"),
    parcel("", "2025-03-10 21:00", "待出貨"),
]  # fmt: skip
"""Ten days of a shop; P001 to P011."""
