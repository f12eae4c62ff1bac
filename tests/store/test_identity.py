"""Who is one person, which orders are one, and which files are of one shop."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.health import health
from analytics.sources import Upload
from analytics.store import Store, open_shop
from tests.support.rows import order, shopify_csv

HEADER = ["Name", "Email", "Phone", "Financial Status", "Currency", "Subtotal", "Total", "Created at", "Lineitem quantity",
          "Lineitem name", "Lineitem price", "Id"]  # fmt: skip
SHOPEE = ["訂單編號", "訂單狀態", "買家帳號", "訂單成立日期", "商品總價", "商品名稱", "商品活動價格", "數量"]


def written(header: Sequence[str], rows: Sequence[Sequence[object]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([header, *rows])
    return out.getvalue().encode()


def opened(*files: tuple[str, bytes], **told: dict[str, str]) -> Store:
    found = open_shop([Upload(name, data) for name, data in files], **told)
    assert found.store is not None, found.problems
    return found.store


def by_phone(*phones: str) -> Store:
    rows = [
        [f"#{n}", "", phone, "paid", "TWD", 100, 100, f"2025-01-{n:02} 10:00:00 +0800", 1, "tea", 100, 10**12 + n]
        for n, phone in enumerate(phones, 1)
    ]
    return opened(("orders_export_1.csv", written(HEADER, rows)))


NOBODY = ["8.86912E+11", "9.12E+08", "0000000000", "0900000000", "1111111111", "12345", "0", "--", "050-1234-5678"]
SPELLINGS = [
    "0{}", "{}", "{}.0", "886{}", "+886{}", "+886 {}", "(886) {}", "+8860{}", "'0{}", '="0{}"', "00886{}", "0{} / 0223456789", "TEL: 0{}",
]  # fmt: skip


@settings(deadline=None, max_examples=6)
@given(st.from_regex(r"9[1-8][0-9]{7}", fullmatch=True), st.lists(st.sampled_from(SPELLINGS), min_size=1, max_size=8))
def test_one_mobile_in_any_spelling_is_one_person(digits: str, spellings: list[str]) -> None:
    store = by_phone(*(spelling.format(digits) for spelling in spellings))
    assert (len(store.table("customers")), store.table("orders")["customer_id"].isna().sum()) == (1, 0)
    store.close()


def test_full_width_digits_are_digits() -> None:
    assert len(by_phone("０９１２３４５６７８", "0912345678").table("customers")) == 1


@settings(deadline=None, max_examples=4)
@given(st.permutations(NOBODY))
def test_what_is_no_number_names_nobody(phones: list[str]) -> None:
    store = by_phone(*phones)
    assert store.table("customers").empty
    assert len(store.table("orders")) == len(NOBODY)
    store.close()


def test_a_column_of_two_words_is_no_customer_and_says_so() -> None:
    header = [
        "Date",
        "Order #",
        "N. Revenue (formatted)",
        "Status",
        "Customer",
        "Product(s)",
        "Items sold",
        "N. Revenue",
    ]
    rows = [[f"2025-01-{n:02} 10:00:00", n, "$100", "completed", ("new", "returning")[n % 2], "1× tea", 1, 100] for n in range(1, 8)]  # fmt: skip
    store = opened(("woo.csv", written(header, rows)))
    assert store.table("customers").empty
    assert "names nobody" in " ".join(store.table("files").loc[0, "notes"])


def test_an_id_that_a_spreadsheet_shortened_is_unknown_not_different() -> None:
    rows = [order("ann", "2025-01-05"), order("bob", "2025-01-06")]
    whole = shopify_csv(rows)
    short = whole.replace(b"1000000001001", b"1.00E+12").replace(b"1000000001002", b"1.00E+12")
    assert whole != short
    store = opened(("orders_export_1.csv", whole), ("orders_export_2.csv", short))
    assert len(store.table("orders")) == 2


def line(number: str, account: str, day: int, total: int, product: str, price: int) -> list[object]:
    return [number, "已完成", account, f"2025-03-{day:02} 10:00", total, product, price, 1]


@settings(deadline=None, max_examples=6)
@given(st.data())
def test_an_overlap_pasted_further_down_adds_nothing(data: st.DataObject) -> None:
    orders = data.draw(st.lists(st.lists(st.integers(10, 99), min_size=1, max_size=3), min_size=2, max_size=5))
    blocks = [
        [line(f"2503{n:02}AAAAAA{n:02}", f"buyer{n}", n, sum(prices), f"p{place}", price) for place, price in enumerate(prices)]
        for n, prices in enumerate(orders, 1)
    ]  # fmt: skip
    again = data.draw(st.lists(st.sampled_from(range(len(blocks) - 1)), min_size=1, max_size=3, unique=True))
    rows = [row for block in [*blocks, *(blocks[n] for n in again)] for row in block]
    store = opened(("Order.all.20250301_20250331.csv", written(SHOPEE, rows)))
    found = store.table("orders")
    assert len(found) == len(orders)
    assert float(found["revenue"].sum()) == sum(map(sum, orders))
    looked_over = health(store)
    assert (looked_over.rows, looked_over.adds_up) == (len(rows), True)
    store.close()


def test_a_line_worth_more_than_an_amount_holds_ends_no_reading() -> None:
    rows = [line("2503AAAA01", "ann", 1, 100, "tea", 10**14), line("2503AAAA02", "bob", 2, 50, "cup", 50)]
    rows[0][-1] = 10**6
    store = opened(("Order.all.20250301_20250331.csv", written(SHOPEE, [*rows, rows[0]])))
    assert store.table("orders").revenue.tolist() == [100, 50]


def test_an_order_of_two_runs_whose_own_fields_stand_nowhere_is_unreadable() -> None:
    header = [
        "Name",
        "Email",
        "Financial Status",
        "Subtotal",
        "Created at",
        "Lineitem quantity",
        "Lineitem name",
        "Lineitem price",
    ]
    sound = ["#2", "ann@example.com", "paid", 100, "2025-01-05 12:00:00 +0800", 1, "tea", 100]
    bare = [["#1", "", "", "", "", 1, product, 10] for product in ("tea", "cup")]
    store = opened(("orders.csv", written(header, [bare[0], sound, bare[1]])))
    left = store.table("excluded_orders")
    assert store.shop.orders == 1
    assert left[["order_id", "reason"]].to_numpy().tolist() == [["#1", "unreadable"]]


def test_the_same_number_with_another_id_in_one_file_is_another_order() -> None:
    data = shopify_csv([order("ann", "2025-01-05", 100, name="#1"), order("bob", "2025-02-05", 200, name="#1")])
    found = opened(("orders_export_1.csv", data)).table("orders")
    assert sorted(found["revenue"].astype(float)) == [100, 200]


ONE = [line("250301AAAAAA01", "ann", 1, 100, "tea", 100), line("250302AAAAAA02", "bob", 2, 200, "tea", 200)]
NAMES = st.text("abc三月店 ", min_size=1, max_size=6).map(str.strip).filter(bool)


@settings(deadline=None, max_examples=5)
@given(st.lists(NAMES, min_size=2, max_size=3, unique=True))
def test_files_that_share_order_numbers_are_one_shop_whatever_their_names(names: list[str]) -> None:
    files = [
        (f"{name} Order.all.20250301_20250331.csv", written(SHOPEE, [*ONE, line(f"2503{n:02}BBBBBB{n:02}", "cat", n, 50, "cup", 50)]))
        for n, name in enumerate(names, 3)
    ]  # fmt: skip
    store = opened(*files)
    assert len(store.table("orders")) == 2 + len(names)
    assert store.table("files")["shop"].nunique() == 1
    assert store.table("orders")["shop"].nunique() == 1
    store.close()


def test_the_owner_may_keep_such_files_apart_by_the_key_of_each() -> None:
    files = [("a.csv", written(SHOPEE, ONE)), ("b.csv", written(SHOPEE, [*ONE, line("250303AAAAAA03", "cat", 3, 50, "cup", 50)]))]  # fmt: skip
    keys = opened(*files).table("files")["key"].tolist()
    apart = opened(*files, shops={keys[0]: "North", keys[1]: "South"})
    assert apart.table("orders")["shop"].value_counts().to_dict() == {"South": 3, "North": 2}


def test_two_files_of_one_name_are_two_files() -> None:
    first = shopify_csv([order("ann", "2025-01-05"), order("bob", "2025-01-06")])
    second = shopify_csv([order("cat", "2025-02-05", name="#9001")])
    store = opened(("orders_export_1.csv", first), ("orders_export_1.csv", second))
    files = store.table("files")
    assert sorted(files["orders"]) == [1, 2]
    assert files["key"].nunique() == files["name"].nunique() == 2


@pytest.mark.parametrize("other", [b"USD", "美元".encode()])
def test_one_order_in_another_currency_is_left_out_alone(other: bytes) -> None:
    data = shopify_csv([order("ann", "2025-01-05"), order("bob", "2025-01-06"), order("cat", "2025-01-07")])
    mixed = data.replace(b"bob@example.com,paid,TWD", b"bob@example.com,paid," + other)
    store = opened(("orders_export_1.csv", mixed))
    assert (store.shop.currency, len(store.table("orders"))) == ("TWD", 2)
    assert store.table("excluded_orders")["reason"].tolist() == ["currency"]
