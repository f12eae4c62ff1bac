"""What counts, what does not and why, and what a filter does, on rows a reader can check by hand."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.report import summary, to_json
from analytics.repurchase import gap_counts, gaps, ladder
from analytics.sources import Upload
from analytics.store import Filters, open_shop
from tests.support.rows import opened, order, shop, shopify_csv


def excluded(store) -> dict[str, int]:
    return store.table("excluded_orders").reason.value_counts().to_dict()


def test_an_order_of_three_lines_is_one_order_one_total_three_products():
    store = shop([order("ann", "2025-01-05", 600, products=["tea", "cup", "pot"])])
    assert len(store.table("orders")) == 1
    assert store.table("orders").revenue.sum() == 600
    assert sorted(store.table("order_lines")["product"]) == ["cup", "pot", "tea"]
    assert store.table("order_lines").revenue.sum() == pytest.approx(600)


def test_two_identical_lines_are_two_units_sold():
    store = shop([order("ann", "2025-01-05", 200, products=[("tea", 1, 100), ("tea", 1, 100)])])
    assert len(store.table("order_lines")) == 2
    assert store.table("order_lines").quantity.sum() == 2


def test_revenue_is_shared_over_lines_by_line_value():
    store = shop([order("ann", "2025-01-05", 90, products=[("tea", 2, 30), ("cup", 1, 40)], discount=10)])
    by_product = store.table("order_lines").set_index("product").revenue
    assert by_product["tea"] == pytest.approx(90 * 60 / 100)
    assert by_product["cup"] == pytest.approx(90 * 40 / 100)


def test_lines_without_a_price_share_the_revenue_equally():
    store = shop([order("ann", "2025-01-05", 90, products=[("tea", 1, 0), ("cup", 1, 0)])])
    assert store.table("order_lines").revenue.tolist() == pytest.approx([45, 45])


def test_each_reason_for_not_counting():
    store = shop(
        [
            order("ann", "2025-01-01"),
            order("bob", "2025-01-02", cancelled="2025-01-03 10:00:00 +0800"),
            order("cat", "2025-01-03", status="voided"),
            order("dan", "2025-01-04", status="refunded", refunded=100),
            order("eve", "2025-01-05", status="partially_refunded", refunded=100),
            order("fay", "2025-01-06", 0),
            order("gus", "2025-01-07", status="pending"),
        ]
    )
    assert excluded(store) == {"cancelled": 2, "refunded": 2, "free": 1}
    assert store.table("customers").customer_id.tolist() == ["ann@example.com", "gus@example.com"]


def test_rows_in_are_rows_kept_and_rows_excluded():
    store = shop(
        [
            order("ann", "2025-01-01", products=["tea", "cup"]),
            order("bob", "2025-01-02", status="voided", products=["tea", "cup", "pot"]),
            order("cat", "not a day"),
        ]
    )
    kept, out = store.table("orders").rows.sum(), store.table("excluded_orders").rows.sum()
    assert (kept, out) == (2, 4)
    assert kept + out == store.table("files").rows.sum()
    assert excluded(store) == {"cancelled": 1, "unreadable": 1}


def test_a_reason_can_be_switched_back_in():
    store = shop([order("ann", "2025-01-01"), order("bob", "2025-01-02", status="voided")])
    with_cancelled = store.filtered(Filters(include=("cancelled",)))
    assert len(with_cancelled.table("orders")) == 2
    assert excluded(with_cancelled) == {}


def test_a_partial_refund_keeps_the_order_and_takes_the_money():
    store = shop(
        [order("ann", "2025-01-01"), order("ann", "2025-02-01", 100, status="partially_refunded", refunded=30)]
    )
    assert store.table("orders").revenue.tolist() == [100, 70]
    assert store.table("customers").days.tolist() == [2]


def test_a_full_refund_of_the_second_order_removes_the_repeat():
    store = shop([order("ann", "2025-01-01"), order("ann", "2025-02-01", 100, status="refunded", refunded=100)])
    assert store.table("customers").days.tolist() == [1]


def test_a_cancelled_first_order_moves_the_first_day():
    store = shop([order("ann", "2025-01-01", status="voided"), order("ann", "2025-02-01")])
    assert store.table("customers").first_ordered_at.dt.date.tolist() == [date(2025, 2, 1)]


def test_two_orders_of_one_day_are_one_purchase_unless_switched():
    store = shop([("ann", "2025-01-01 09:00:00 +0800"), ("ann", "2025-01-01 21:00:00 +0800"), ("ann", "2025-01-09")])
    assert store.table("orders").nth.tolist() == [1, 1, 2]
    assert store.filtered(Filters(same_day=True)).table("orders").nth.tolist() == [1, 2, 3]


def test_the_shops_own_clock_decides_the_month():
    store = shop([("ann", "2025-01-01 00:30:00 +0800")])
    assert store.query("overview/months", grain="month").period.dt.strftime("%Y-%m").tolist() == ["2025-01"]


@pytest.mark.parametrize("name", ["null", "NA", "None", "nan", "N/A"])
def test_customers_called_null_survive(name):
    rows = shopify_csv([("ann", "2025-01-01"), ("bob", "2025-01-02")]).replace(b"ann@example.com", name.encode())
    store = open_shop([Upload("orders_export.csv", rows)]).store
    assert store.table("customers").customer_id.tolist() == [name.lower(), "bob@example.com"]


def test_guests_count_for_revenue_and_are_never_merged():
    found = summary(shop([("", "2025-01-01"), ("", "2025-01-02"), ("ann", "2025-01-03")]))
    assert (found["orders"], found["guest_orders"], found["customers"], found["revenue"]) == (3, 2, 1, 300)
    assert found["repurchase"]["order_share"] == 0


def test_spaces_and_case_of_an_address_do_not_make_a_customer():
    rows = shopify_csv([("ann", "2025-01-01"), ("bob", "2025-02-01")]).replace(b"bob@example.com", b" ANN@Example.com ")
    assert open_shop([Upload("o.csv", rows)]).store.table("customers").days.tolist() == [2]


def test_the_newest_snapshot_of_an_order_wins_as_a_whole():
    january = shopify_csv(
        [order("ann", "2025-01-05", status="pending", name="#1"), order("bob", "2025-01-20", name="#2")]
    )
    february = shopify_csv(
        [order("ann", "2025-01-05", status="voided", name="#1"), order("cat", "2025-02-20", name="#3")]
    )
    for uploads in ([("a.csv", january), ("b.csv", february)], [("a.csv", february), ("b.csv", january)]):
        ids = [
            Upload(name, data.replace(b"1000000001002", b"").replace(b"1000000001001", b"")) for name, data in uploads
        ]
        store = open_shop(ids).store
        assert excluded(store) == {"superseded": 1, "cancelled": 1}
        assert store.table("orders").order_id.tolist() == ["#2", "#3"]


def test_the_same_number_with_another_id_is_another_order():
    one = shopify_csv([order("ann", "2025-01-05", name="#1001")])
    two = one.replace(b"1000000001001", b"2000000002002").replace(b"ann@", b"bob@")
    assert len(open_shop([Upload("a.csv", one), Upload("b.csv", two)]).store.table("orders")) == 2


def test_a_file_in_another_currency_is_refused_and_the_rest_opens():
    taiwan = shopify_csv([("ann", "2025-01-05"), ("bob", "2025-01-06")])
    america = shopify_csv([("cat", "2025-01-07")]).replace(b",TWD,", b",USD,")
    found = open_shop([Upload("tw.csv", taiwan), Upload("us.csv", america)])
    assert [str(problem) for problem in found.problems] == [
        "us.csv has amounts in USD, but a shop is read in one currency (TWD here); export and open the other currency on its own."
    ]
    assert found.store.table("orders").revenue.sum() == 200


def test_a_file_without_an_order_that_counts_says_why():
    found = opened([order("ann", "2025-01-05", status="voided")])
    assert found.store is None
    assert "cancelled: 1" in str(found.problems[0])


def test_the_end_of_the_period_is_the_as_of_day():
    store = shop([("ann", "2025-01-01"), ("ann", "2025-02-01"), ("bob", "2025-03-01")])
    cut = store.filtered(Filters(end=date(2025, 1, 31)))
    assert (cut.shop.as_of, cut.table("customers").days.tolist()) == (date(2025, 1, 31), [1])


def test_the_start_hides_counts_but_not_history():
    store = shop([("ann", "2025-01-01"), ("ann", "2025-02-01"), ("bob", "2025-02-10")]).filtered(
        Filters(start=date(2025, 2, 1))
    )
    found = summary(store)
    assert found["orders"] == 2
    assert store.table("orders").nth.tolist() == [1, 2, 1]
    assert found["repurchase"]["order_share"] == 0.5
    assert found["customers"] == 1, "only bob was won in the period"


def test_customers_left_out_by_list_and_by_rule():
    store = shop(
        [
            ("ann", "2025-01-01", 100),
            ("big", "2025-01-02", 9000),
            ("bob", "2025-01-03", 100),
            ("bob", "2025-02-03", 100),
        ]
    )
    assert store.filtered(Filters(leave_out=("ann@example.com",))).table("customers").label.str[:1].tolist() == [
        "b",
        "b",
    ]
    assert len(store.filtered(Filters(leave_out_revenue=5000)).table("orders")) == 3
    assert len(store.filtered(Filters(leave_out_days=1)).table("orders")) == 2


def test_who_is_known_to_be_older_is_new_nowhere():
    """ann bought before the files begin: hers are later purchases, and every rate of new customers is bob's and cat's."""
    rows = [
        ("ann", "2025-01-01"),
        ("ann", "2025-02-01"),
        ("bob", "2025-01-10"),
        ("bob", "2025-01-20"),
        ("cat", "2025-02-10"),
    ]
    whole = shop(rows, as_of="2025-06-30")
    store = whole.filtered(Filters(known=("ann@example.com", "nobody")))
    assert store.table("orders").nth.tolist() == [2, 1, 2, 3, 1]
    assert store.table("customers").set_index("label").days.to_dict() == {
        "a***@example.com": 3,
        "b***@example.com": 2,
        "c***@example.com": 1,
    }
    months = store.query("overview/months", grain="month")
    assert months.new_buyers.head(2).tolist() == [1, 1]
    assert months.existing_buyers.head(2).tolist() == [1, 1]
    found = summary(store)
    assert (found["customers"], found["repurchase"]["lifetime"]) == (2, 0.5)
    assert found["repurchase"]["within_days"]["30"]["eligible"] == 2
    assert found["repurchase"]["order_share"] == 3 / 5
    assert ladder(store).table.customers.tolist() == [2, 1]
    assert gaps(store).table.set_index("step").gaps.to_dict() == {0: 2, 1: 1, 2: 1}, "ann's gap is not a first one"
    assert gap_counts(store).gaps.sum() == 2
    assert summary(whole)["customers"] == 3


def test_a_shop_alone_has_its_own_history():
    one, two = shopify_csv([("ann", "2025-01-01")]), shopify_csv([("ann", "2025-02-01")])
    uploads = [Upload("a.csv", one), Upload("b.csv", two.replace(b"1000000001001", b"2"))]
    store = open_shop(uploads, shops={"a.csv": "North", "b.csv": "South"}).store
    assert store.table("orders").nth.tolist() == [1, 2]
    assert store.filtered(Filters(shops=("South",))).table("orders").nth.tolist() == [1]


def test_the_key_names_the_data_and_the_filters():
    rows = [("ann", "2025-01-01")]
    first, again, other = shop(rows), shop(rows), shop([("bob", "2025-01-01")])
    assert first.key == again.key != other.key
    assert first.filtered(Filters(same_day=True)).key != first.key == first.filtered(Filters()).key


def test_after_loading_the_database_reaches_no_file_and_no_setting():
    cursor = shop([("ann", "2025-01-01")])._cursor()
    with pytest.raises(duckdb.Error):
        cursor.execute("select * from read_csv('/etc/passwd')")
    with pytest.raises(duckdb.Error):
        cursor.execute("set enable_external_access = true")


def test_closing_the_last_view_frees_the_data():
    store = shop([("ann", "2025-01-01")])
    view = store.filtered(Filters(same_day=True))
    store.close()
    assert len(view.table("orders")) == 1
    view.close()
    with pytest.raises(duckdb.Error):
        view.table("orders")


def test_threads_that_share_a_store_get_right_answers():
    store = shop([(f"c{i % 7}", f"2025-01-{i % 28 + 1:02}", i + 1) for i in range(200)])
    expected = store.query("repurchase/gaps", steps=3)
    with ThreadPoolExecutor(8) as pool:
        results = pool.map(lambda _: store.query("repurchase/gaps", steps=3), range(200))
    assert all(result.equals(expected) for result in results)


@settings(max_examples=12, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from("abcd"), st.dates(date(2024, 1, 1), date(2024, 6, 30)), st.integers(0, 500)),
        min_size=1,
        max_size=25,
    ),
    st.randoms(use_true_random=False),
)
def test_shuffling_orders_changes_no_figure(rows, random):
    orders = [order(who, str(day), money, name=f"#{i}") for i, (who, day, money) in enumerate(rows)]
    if not any(money for _, _, money in rows):
        return
    shuffled = random.sample(orders, len(orders))
    one, two = summary(shop(orders)), summary(shop(shuffled))
    assert to_json(one | {"files": []}) == to_json(two | {"files": []})
    assert one["orders"] + sum(one["excluded"].values()) == len(orders)


def test_a_barcode_in_the_quantity_is_one_unreadable_value_and_the_rest_loads():
    """4,710,088,412,345 × 299 is beyond what an amount can hold; the order has its own subtotal, the other one only its lines."""
    data = shopify_csv([order("ann", "2025-01-02", 10, name="#1"), order("bob", "2025-01-03", 20, name="#2")])
    shifted = data.replace(b",1,", b",4710088412345,", 1).replace(b",10.0,", b",299,")
    assert b"4710088412345" in shifted
    opened = open_shop([Upload("a.csv", shifted)])
    assert opened.store is not None
    assert opened.store.table("orders").revenue.tolist() == [10, 20]


def test_an_order_across_two_parts_is_one_though_only_one_part_tells_how_decimals_are_written():
    """37.200 and 100.000 are thousands; the part that holds only 900 must be read the same way, or #2 falls in two."""
    header = "No. Pesanan,Status Pesanan,Waktu Pesanan Dibuat,Nama Produk,Harga Setelah Diskon,Jumlah,Voucher Ditanggung Penjual,Username (Pembeli)"
    first = (
        f"{header}\n#1,Selesai,2025-01-05 10:00,tea,37.200,1,0,ann\n#2,Selesai,2025-01-05 10:00,tea,100.000,1,500,bob\n"
    )
    second = f"{header}\n#2,Selesai,2025-01-05 10:00,pin,900,1,500,bob\n"
    names = [f"Order.all.20250101_20250131_part_{part}_of_2.csv" for part in (1, 2)]
    store = open_shop([Upload(name, text.encode()) for name, text in zip(names, (first, second), strict=True)]).store
    assert store.table("orders").set_index("order_id").revenue.to_dict() == {"#1": 37_200, "#2": 100_400}
