"""What an order is worth where something of it came back, was cancelled line by line, or was discounted inside its price."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.sources import Upload, platform_files
from analytics.store import Store, open_shop

SHOPIFY = [
    "Name", "Email", "Financial Status", "Currency", "Subtotal", "Shipping", "Taxes", "Total", "Created at", "Lineitem quantity",
    "Lineitem name", "Lineitem price", "Refunded Amount", "Id",
]  # fmt: skip
TIKTOK = [
    "Order ID", "Order Status", "Cancelation/Return Type", "SKU ID", "Product Name", "Quantity", "Sku Quantity of return",
    "SKU Unit Original Price", "SKU Subtotal Before Discount", "SKU Platform Discount", "SKU Seller Discount", "Order Amount",
    "Order Refund Amount", "Created Time", "Buyer Username",
]  # fmt: skip
WOO = ["Date", "Order #", "N. Revenue (formatted)", "Status", "Customer", "Product(s)", "Items sold", "N. Revenue"]
SHOPEE = [
    "訂單編號",
    "訂單狀態",
    "退貨 / 退款狀態",
    "買家帳號",
    "訂單成立日期",
    "商品總價",
    "商品名稱",
    "商品活動價格",
    "數量",
    "退貨數量",
]


def opened(header: Sequence[str], rows: Sequence[Sequence[object]], name: str = "export.csv") -> Store:
    out = io.StringIO()
    csv.writer(out).writerows([header, *rows])
    found = open_shop([Upload(name, out.getvalue().encode())])
    assert found.store is not None, found.problems
    return found.store


def revenue(store: Store) -> dict[str, float]:
    orders = store.table("orders")
    found = dict(zip(orders["order_id"], orders["revenue"].astype(float), strict=True))
    store.close()
    return found


def shopify(number: int, subtotal: float, shipping: float, tax: float, refund: float, *, on_top: bool = True) -> list:
    total = subtotal + shipping + (tax if on_top else 0)
    status = "partially_refunded" if refund else "paid"
    return [f"#{number}", "ann@example.com", status, "TWD", subtotal, shipping, tax, total, "2025-01-05 10:00:00 +0800", 1, "tea",
            subtotal, refund, 10**12 + number]  # fmt: skip


def test_a_refund_holds_its_tax_and_one_equal_to_the_shipping_is_the_shippings() -> None:
    rows = [
        shopify(1, 100, 20, 10, 55),
        shopify(2, 100, 20, 10, 20),
        shopify(3, 100, 20, 10, 55, on_top=False),
        shopify(4, 100, 0, 0, 40),
    ]
    assert revenue(opened(SHOPIFY, rows)) == {"#1": 50, "#2": 100, "#3": 45, "#4": 60}


@settings(deadline=None, max_examples=6)
@given(
    st.lists(
        st.tuples(st.integers(10, 500), st.integers(0, 60), st.integers(0, 40), st.integers(1, 9)),
        min_size=1,
        max_size=8,
    )
)
def test_any_refund_of_goods_takes_their_share_of_subtotal_and_tax(told: list[tuple[int, int, int, int]]) -> None:
    rows, wanted = [shopify(99, 100, 0, 0, 0)], {"#99": 100.0}
    for number, (subtotal, shipping, tax, tenths) in enumerate(told):
        refund = round((subtotal + tax) * tenths / 10, 2)
        rows.append(shopify(number, subtotal, shipping, tax, refund))
        back = Fraction(0) if refund == shipping else Fraction(str(refund)) * subtotal / (subtotal + tax)
        wanted[f"#{number}"] = float(subtotal - back)
    assert revenue(opened(SHOPIFY, rows)) == pytest.approx(wanted, abs=0.01)


def tiktok(number: int, status: str, price: int, product: str = "tea", **more: object) -> list:
    cells = {
        "Order ID": f"57000000000{number:04}", "Order Status": status, "SKU ID": product, "Product Name": product, "Quantity": 1,
        "SKU Unit Original Price": price, "SKU Subtotal Before Discount": price, "SKU Platform Discount": 0, "SKU Seller Discount": 0,
        "Created Time": "13/01/2025 10:00:00", "Buyer Username": f"buyer{number}",
    }  # fmt: skip
    return [(cells | more).get(name, "") for name in TIKTOK]


KNOWN = {
    meaning: list(getattr(platform_files.load()[[p.name for p in platform_files.load()].index("tiktok")].regions[0].statuses, meaning))
    for meaning in ("counts", "cancelled", "unpaid")
}  # fmt: skip
LINE = st.tuples(
    st.sampled_from([(meaning, text) for meaning, texts in KNOWN.items() for text in texts]), st.integers(1, 400)
)


@settings(deadline=None, max_examples=6)
@given(st.lists(st.lists(LINE, min_size=1, max_size=4), min_size=6, max_size=20))
def test_each_line_counts_by_its_own_status_in_any_language(orders: list[list[tuple[tuple[str, str], int]]]) -> None:
    described = ["Platform unique order ID.", *[""] * (len(TIKTOK) - 1)]
    rows = [
        tiktok(number, text, price, f"p{place}")
        for number, lines in enumerate(orders)
        for place, ((_, text), price) in enumerate(lines)
    ]
    wanted = {}
    for number, lines in enumerate(orders):
        counted = [price for (meaning, _), price in lines if meaning == "counts"]
        if counted:
            wanted[f"57000000000{number:04}"] = sum(counted)
    wanted["570000000009999"] = 7
    assert revenue(opened(TIKTOK, [described, *rows, tiktok(9999, "Completed", 7)])) == wanted


def test_units_of_a_unit_layout_count_by_their_own_status() -> None:
    header = ["orderItemId", "orderNumber", "createTime", "customerName", "unitPrice", "itemName", "status"]
    rows = [
        [1, "A", "03 Jun 2026 20:41", "ann", 100, "tea", "delivered"],
        [2, "A", "03 Jun 2026 20:41", "ann", 50, "cup", "canceled"],
        [3, "B", "04 Jun 2026 20:41", "bob", 80, "tea", "returned"],
    ]
    assert revenue(opened(header, rows)) == {"A": 100}


def woo(number: int, amount: float, when: str = "2025-01-05 10:00:00", status: str = "completed") -> list:
    return [when, number, f"${amount}", status, f"Ann {number}", "1× tea", 1, amount]


@settings(deadline=None, max_examples=6)
@given(st.data())
def test_refund_rows_lower_their_parent_in_any_order_of_rows(data: st.DataObject) -> None:
    sold = data.draw(st.lists(st.integers(50, 500), min_size=3, max_size=12))
    back = [data.draw(st.lists(st.integers(1, 20), max_size=2, unique=True)) for _ in sold]
    rows = [woo(number, amount) for number, amount in enumerate(sold, 1)]
    rows += [
        woo(number, -part, f"2025-02-0{place + 1} 10:00:00", "refunded")
        for number, parts in enumerate(back, 1)
        for place, part in enumerate(parts)
    ]
    rows = data.draw(st.permutations(rows))
    wanted = {
        str(number): amount - sum(parts) for number, (amount, parts) in enumerate(zip(sold, back, strict=True), 1)
    }
    assert revenue(opened(WOO, rows)) == wanted


@pytest.mark.parametrize(
    ("status", "counts"),
    [("", True), ("-", True), ("已同意退款", False), ("退款成功", False), ("買家取消退貨申請", True), ("退貨退款審核中", True), ("前所未見", True)],
)  # fmt: skip
def test_a_return_that_was_accepted_takes_the_order_out_though_no_unit_is_told(status: str, counts: bool) -> None:
    rows = [
        ["250301AAAAAA01", "已完成", status, "ann", "2025-03-01 10:00", 100, "tea", 100, 1, ""],
        ["250301AAAAAA02", "已完成", "", "bob", "2025-03-02 10:00", 200, "tea", 200, 1, ""],
    ]
    assert ("250301AAAAAA01" in revenue(opened(SHOPEE, rows))) == counts


def test_units_told_beside_an_accepted_return_are_all_that_comes_off() -> None:
    rows = [["250301AAAAAA01", "已完成", "已同意退款", "ann", "2025-03-01 10:00", 300, "tea", 100, 3, 1]]
    assert revenue(opened(SHOPEE, rows)) == {"250301AAAAAA01": 200}


SHOPEE_REGIONS = [
    region for platform in platform_files.load() if platform.name == "shopee" for region in platform.regions
]


@pytest.mark.parametrize("region", SHOPEE_REGIONS, ids=lambda region: region.key)
def test_a_bundle_discount_of_the_seller_is_in_the_price_of_every_region(region) -> None:
    words = ("combo của shop", "bundle discount", "combo da", "paket diskon (diskon dari penjual)", "促銷組合")
    taken = [
        header.lower()
        for column, headers in region.columns.items()
        if column.startswith(("seller_discount", "line_seller_discount"))
        for header in headers
    ]
    assert not [header for header in taken if any(word in header for word in words) and "shopee" not in header]


@pytest.mark.parametrize("region", SHOPEE_REGIONS, ids=lambda region: region.key)
def test_every_region_knows_accepted_returns_and_those_that_are_not(region) -> None:
    assert "return_status" in region.columns
    assert region.statuses.returned
    assert region.statuses.not_returned
