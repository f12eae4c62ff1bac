"""What the health page says of shops a reader can check by hand."""

from __future__ import annotations

from datetime import date

import pytest

from analytics.health import examples, health, unread
from analytics.sources import Upload
from analytics.store import Filters, Store, open_shop
from tests.support.rows import order, shop, shopify_csv


@pytest.fixture
def mixed() -> Store:
    """Six orders of six rows: three count (one by a guest), one of each: cancelled, refunded, free."""
    return shop(
        [
            order("ann", "2025-01-05", 100),
            order("ann", "2025-04-05", 200, refunded=50),
            order("", "2025-01-20", 300),
            order("bob", "2025-01-06", 400, cancelled="2025-01-07 10:00:00 +0800"),
            order("cat", "2025-04-07", 500, status="refunded", refunded=500),
            order("dan", "2025-04-08", 0),
        ]
    )


def test_rows_in_are_rows_kept_and_rows_left_out(mixed: Store) -> None:
    found = health(mixed)
    assert found.rows == 6
    assert found.adds_up
    assert dict(zip(found.outcomes["outcome"], found.outcomes["orders"], strict=True)) == {
        "counts": 3,
        "cancelled": 1,
        "free": 1,
        "refunded": 1,
    }
    assert found.kept == 3
    assert found.outcomes.set_index("outcome")["revenue"]["counts"] == pytest.approx(550)


def test_a_reason_switched_in_moves_its_orders_and_the_sum_stays(mixed: Store) -> None:
    found = health(mixed.filtered(Filters(include=("cancelled",))))
    assert (found.kept, found.rows, found.adds_up) == (4, 6, True)
    assert "cancelled" not in set(found.left_out["outcome"])


def test_examples_are_the_orders_of_one_reason(mixed: Store) -> None:
    assert examples(mixed, "cancelled")["revenue"].tolist() == [400]
    assert examples(mixed, "unpaid").empty


def test_silent_months_are_named(mixed: Store) -> None:
    assert health(mixed).silent_months == [date(2025, 2, 1), date(2025, 3, 1)]


def test_guests_are_told_from_known_buyers(mixed: Store) -> None:
    people = health(mixed).people
    assert (people["orders"], people["known"], people["guests"], people["masked"], people["customers"]) == (
        3,
        2,
        1,
        0,
        1,
    )


def test_a_refund_of_a_part_comes_off(mixed: Store) -> None:
    money = health(mixed).money
    assert (float(money["refunded"]), money["partly_refunded"], money["currency"]) == (50, 1, "TWD")


def test_the_burn_in_is_at_least_ninety_days(mixed: Store) -> None:
    burn_in = health(mixed).burn_in
    assert (burn_in["days"], burn_in["customers"], burn_in["doubtful"]) == (90, 1, 1)
    assert burn_in["until"].date() == date(2025, 4, 5)
    assert not burn_in["too_short"]


def test_files_shorter_than_the_burn_in_cannot_tell_new_from_old() -> None:
    assert health(shop([("ann", "2025-01-01"), ("ann", "2025-02-10"), ("bob", "2025-03-31")])).burn_in["too_short"]


def test_the_burn_in_follows_the_shops_rhythm() -> None:
    """Gaps of 200 and 100 days: the 80th percentile (linear) is 180."""
    slow = shop([("ann", "2025-01-01"), ("ann", "2025-07-20"), ("bob", "2025-08-01"), ("bob", "2025-11-09")])
    burn_in = health(slow).burn_in
    assert (burn_in["days"], burn_in["doubtful"], burn_in["too_short"]) == (180, 1, False)


def test_files_that_overlap_are_paired() -> None:
    bob = order("bob", "2025-02-05", name="#1")
    first = Upload("a.csv", shopify_csv([bob, order("ann", "2025-01-05", name="#2")]))
    second = Upload("b.csv", shopify_csv([bob, order("cat", "2025-03-05", name="#3")]))
    store = open_shop([first, second]).store
    assert store is not None
    found = health(store)
    assert found.overlaps[["file", "other"]].to_numpy().tolist() == [["a.csv", "b.csv"]]
    assert found.left_out.set_index("outcome")["orders"].to_dict() == {"superseded": 1}
    assert found.adds_up


def test_one_order_is_enough_for_every_part() -> None:
    found = health(shop([("ann", "2025-01-05")]))
    assert (found.kept, found.adds_up, found.silent_months, len(found.statuses)) == (1, True, [], 0)


THREE = [
    order("ann", "2025-01-05", 100, products=[("tea", 7777, None), ("pot", 1, 30)]),
    order("bob", "2025-02-05", 200, refunded=55.5),
    order("cat", "2025-03-05", 300, products=[("tea", 8888, None)]),
]


def read_again(csv: bytes) -> Store:
    found = open_shop([Upload("orders_export_1.csv", csv)])
    assert found.store is not None, found.problems
    return found.store


@pytest.mark.parametrize("written", ["two", "100%", "１００％", "?"])
def test_a_quantity_that_is_no_number_is_listed_and_stays_unknown(written: str) -> None:
    store = read_again(shopify_csv(THREE).replace(b"7777", written.encode()).replace(b"8888", written.encode()))
    assert [tuple(row) for row in health(store).unread.itertuples(index=False)] == [("quantity", 2, 2, written)]
    assert unread(store)["order_id"].tolist() == ["#1003", "#1001"]
    assert set(unread(store)["written"]) == {written}
    assert health(store).kept == 3, "what was paid for these orders is known"
    lines = store.table("order_lines").sort_values("order_key")
    assert lines["quantity"].isna().tolist() == [True, False, False, True]
    assert lines["revenue"].isna().tolist() == [True, True, False, False], "what is known is only the whole order's"
    assert lines["revenue"].iloc[-1] == pytest.approx(300)


@pytest.mark.parametrize("written", ["100%", "all", "5 of 9"])
def test_a_refund_that_is_no_number_leaves_its_order_out_and_is_listed(written: str) -> None:
    store = read_again(shopify_csv(THREE).replace(b",55.5,", f",{written},".encode()))
    assert store.table("excluded_orders")[["order_id", "reason"]].values.tolist() == [["#1002", "unreadable"]]
    assert store.table("excluded_orders")["revenue"].isna().all()
    assert health(store).unreadable[["missing", "rows"]].values.tolist() == [["refund", 1]]
    assert unread(store)[["what", "written", "order_id"]].values.tolist() == [["refunded", written, "#1002"]]
    assert health(store).adds_up


def test_a_blank_quantity_is_one_and_a_blank_refund_none() -> None:
    store = read_again(shopify_csv(THREE).replace(b"7777", b"").replace(b",55.5,", b",-,"))
    assert health(store).unread.empty
    assert health(store).kept == 3
    assert store.table("order_lines")["quantity"].notna().all()


def test_amounts_made_of_lines_are_unknown_where_a_line_is() -> None:
    header = "訂單編號,訂單狀態,買家帳號,訂單成立日期,商品名稱,商品活動價格,數量"
    lines = [
        "2501010000001,已完成,ann,2025-01-01 10:00,tea,100,2",
        "2501010000001,已完成,ann,2025-01-01 10:00,pot,300,好幾個",
        "2501010000002,已完成,bob,2025-01-02 10:00,tea,100,3",
    ]
    store = open_shop([Upload("Order.all.csv", "\n".join([header, *lines, ""]).encode())]).store
    assert store.table("orders")["revenue"].tolist() == [300]
    assert store.table("excluded_orders")["reason"].tolist() == ["unreadable"]
    assert health(store).unread[["what", "example"]].values.tolist() == [["quantity", "好幾個"]]
