"""Reviews in the store: tied to their orders, each counted once, under the same filters as orders, on rows a reader can check by hand."""

from __future__ import annotations

from datetime import date

import pytest

from analytics.errors import NotRecognised
from analytics.sources import Upload, guess_reviews
from analytics.store import Filters, open_shop
from tests.support.review_rows import opened, review, reviewed, reviews_csv
from tests.support.rows import order, shopify_csv

ORDERS = [
    order("ann", "2025-01-05", products=["tea"], name="#1"),
    order("ann", "2025-02-10", products=["cup"], name="#2"),
    order("bob", "2025-01-20", products=["tea", "cup"], name="#3"),
    order("cat", "2025-01-25", products=["pot"], status="refunded", refunded=100, name="#4"),
    order("dan", "2025-03-01", products=["tea"], name="#5"),
]


def joins(store) -> dict[str, tuple[str, str | None]]:
    """Reviewer's text -> how it was joined, and to which order that counts."""
    numbers = store.table("orders").set_index("order_key").order_id
    table = store.table("reviews")
    return {
        row.text: (
            row.joined_by,
            None if row.order_key is None or row.order_key != row.order_key else numbers[row.order_key],
        )
        for row in table.astype(object).where(table.notna(), None).itertuples()
    }


def test_a_review_belongs_to_the_latest_order_of_its_product_before_it():
    store = reviewed(
        ORDERS,
        [review("ann", "2025-02-20", text="a", product="tea"), review("ann", "2025-02-21", text="b", product="cup")],
    )
    assert joins(store) == {"a": ("product", "#1"), "b": ("product", "#2")}


def test_without_its_product_it_belongs_to_the_latest_order_before_it():
    store = reviewed(ORDERS, [review("ann", "2025-02-20", text="later"), review("ann", "2025-02-01", text="between")])
    assert joins(store) == {"later": ("date", "#2"), "between": ("date", "#1")}


def test_a_review_before_the_first_order_has_a_customer_but_no_order():
    store = reviewed(ORDERS, [review("ann", "2025-01-01", text="early"), review("eve", "2025-02-01", text="stranger")])
    assert joins(store) == {"early": ("customer", None), "stranger": ("none", None)}
    assert store.table("reviews").set_index("text").customer_id.to_dict()["early"] == "ann@example.com"


def test_an_order_number_is_the_surest_tie():
    data = "日期,買家帳號,訂單編號,星數,評價內容\n2025-02-20,ann,#1,5,好\n2025-02-20,zoe,3,4,不錯\n2025-02-20,zoe,99,1,壞\n"
    store = open_shop([Upload("orders.csv", shopify_csv(ORDERS)), Upload("r.csv", data.encode())]).store
    assert joins(store) == {"好": ("order", "#1"), "不錯": ("order", "#3"), "壞": ("none", None)}


def test_a_review_of_a_refunded_order_knows_it_without_counting_it():
    store = reviewed(ORDERS, [review("cat", "2025-02-01", 1, "破了")])
    assert joins(store) == {"破了": ("date", None)}
    assert store.query("reviews/customers").left_out.tolist() == ["refunded"]


def test_handles_are_learned_from_the_orders_of_their_writers():
    orders = [order(f"c{n}", "2025-01-05", products=["亞麻寬褲 - 黑 / M"]) for n in range(3)]
    rows = [review(f"c{n}", "2025-01-20", text=str(n)) | {"Product ID": "8210", "Product Name": ""} for n in range(3)]
    stranger = [review("", "2025-01-20", text="x", name="林") | {"Product ID": "8210"}]
    assert set(reviewed(orders, rows + stranger).table("reviews")["product"]) == {"亞麻寬褲"}


def test_the_same_words_count_once_and_the_answered_copy_is_kept():
    rows = [
        review("ann", "2025-02-20 10:00", 4, "好喝", product="tea"),
        review("ann", "2025-02-20 10:00", 4, "好喝", product="tea", reply="謝謝"),
        review("ann", "2025-02-20", 4, "好喝", product="cup"),
        review("ann", "2025-02-21", 4, "好喝", product="tea"),
    ]
    store = reviewed(ORDERS, rows)
    assert len(store.table("reviews")) == 3
    assert store.table("reviews").reply.notna().sum() == 1
    assert store.query("reviews/files").duplicate.tolist() == [1]


def test_a_newer_file_of_the_same_reviews_adds_only_the_new_ones():
    old = [review("ann", "2025-02-20", 5, "好喝", number="r1"), review("bob", "2025-02-21", 5, number="r2")]
    new = [*[row | {"Reply": "謝謝"} for row in old], review("dan", "2025-03-05", 5, number="r3")]
    store = reviewed(ORDERS, old, new)
    assert sorted(store.table("reviews").review_id) == ["r1", "r2", "r3"]
    assert store.table("reviews").reply.notna().sum() == 2


def test_reviews_nobody_signed_are_never_taken_for_one():
    rows = [review("", "2025-02-20", 5, "好", name="") for _ in range(3)]
    assert len(reviewed(ORDERS, rows).table("reviews")) == 3


def test_a_title_is_part_of_what_was_said():
    rows = [
        review("ann", "2025-02-20", 5, "會回購", title="很好"),
        review("bob", "2025-02-20", 5, title="讚"),
        review("dan", "2025-03-05", 5, "很好喝", title="很好"),
    ]
    assert set(reviewed(ORDERS, rows).table("reviews").text) == {"很好\n會回購", "讚", "很好喝"}


@pytest.mark.parametrize(
    ("written", "stars"),
    [
        ("5", 5),
        ("4.0", 4),
        ("3,5", 4),
        ("5 星", 5),
        ("4 stars", 4),
        ("★★★☆☆", 3),
        ("非常不滿意", 1),
        ("9", None),
        ("-", None),
    ],
)
def test_stars_as_they_are_written(written, stars):
    table = reviewed(ORDERS, [review("ann", "2025-02-20", written, "好")]).table("reviews")
    assert table.rating.tolist() == [stars] if stars else table.rating.isna().all()


def test_times_in_utc_move_to_the_shops_clock():
    store = reviewed(
        [order("ann", "2025-01-05 10:00:00 -0500")],
        [review("ann", "2025-02-01T03:00:00Z", text="x")],
        as_of="2025-03-01",
    )
    assert store.table("reviews").reviewed_at.dt.strftime("%Y-%m-%d %H:%M").tolist() == ["2025-01-31 22:00"]


def test_an_end_hides_later_reviews_and_a_start_takes_earlier_ones_out_of_the_period():
    rows = [
        review("ann", "2025-02-20", text="a"),
        review("dan", "2025-03-05", text="b"),
        review("bob", "2025-06-01", text="after the last order"),
    ]
    store = reviewed(ORDERS, rows)
    assert len(store.table("reviews")) == 3
    assert store.filtered(Filters(end=date(2025, 2, 28))).table("reviews").text.tolist() == ["a"]
    assert store.filtered(Filters(start=date(2025, 3, 1))).table("reviews").in_period.tolist() == [False, True, True]
    assert len(reviewed(ORDERS, rows, as_of="2025-03-31").table("reviews")) == 2


def test_customers_left_out_take_their_reviews_with_them():
    store = reviewed(
        ORDERS,
        [
            review("ann", "2025-02-20", text="a"),
            review("bob", "2025-02-20", text="b"),
            review("", "2025-02-20", text="c", name="x"),
        ],
    )
    kept = store.filtered(Filters(leave_out=("ann@example.com",)))
    assert sorted(kept.table("reviews").text) == ["b", "c"]
    assert sorted(store.filtered(Filters(leave_out_days=1)).table("reviews").text) == ["b", "c"]


def test_a_shop_filter_keeps_the_reviews_of_its_orders():
    uploads = [
        Upload("a.csv", shopify_csv([order("ann", "2025-01-05", name="#1")])),
        Upload("b.csv", shopify_csv([order("bob", "2025-01-06", name="#77")])),
        Upload("r.csv", reviews_csv([review("ann", "2025-01-20", text="a"), review("bob", "2025-01-20", text="b")])),
    ]
    store = open_shop(uploads, shops={"a.csv": "North", "b.csv": "South"}).store
    assert store.filtered(Filters(shops=("South",))).table("reviews").text.tolist() == ["b"]


def test_reviews_alone_open_a_shop_without_orders():
    store = reviewed([], [review("ann", "2025-02-20", text="a"), review("bob", "2025-03-01", text="b")])
    assert (store.shop.orders, store.shop.reviews, store.shop.as_of) == (0, 2, date(2025, 3, 1))
    assert store.shop.first_ordered == date(2025, 2, 20)
    assert store.table("orders").empty
    assert store.table("customers").empty


def test_orders_that_do_not_count_are_said_even_where_reviews_open_the_shop():
    found = opened([order("ann", "2025-01-05", status="voided")], [review("ann", "2025-02-20", text="a")])
    assert found.store is not None
    assert "has no order that counts" in str(found.problems[0])


def test_rows_without_stars_and_text_are_said_to_be_no_reviews():
    found = opened(ORDERS, [review("ann", "2025-02-20", text="", rating="")])
    assert found.store is not None, "orders are there"
    [problem] = opened([], [review("ann", "2025-02-20", text="", rating="")]).problems
    assert str(problem).startswith("None of the 1 rows of ")


def test_a_file_with_only_a_header_is_said_to_hold_no_reviews():
    assert "no reviews under it" in str(opened(ORDERS, []).problems[0])


def test_reviews_do_not_change_what_is_said_of_orders():
    with_reviews = reviewed(ORDERS, [review("ann", "2025-02-20", text="a")])
    without = open_shop([Upload("orders_export_1.csv", shopify_csv(ORDERS))]).store
    for name in ("orders", "customers", "excluded_orders"):
        assert (
            with_reviews.table(name)
            .drop(columns="first_products", errors="ignore")
            .equals(without.table(name).drop(columns="first_products", errors="ignore"))
        )


UNKNOWN = "顧客,心得,給幾顆星,何時寫,買了什麼產品\nann@example.com,出貨很快,5,2025/2/20,tea\nbob@example.com,太小了,2,2025/2/21,cup\n"


def test_an_unknown_table_of_reviews_is_guessed_and_read_by_its_mapping():
    upload = Upload("mine.csv", UNKNOWN.encode())
    problem = open_shop([upload]).problems[0]
    assert isinstance(problem, NotRecognised)
    assert guess_reviews.looks_like_reviews(problem.preview)
    guessed = guess_reviews.roles(problem.preview)
    assert guessed == {"text": "心得", "rating": "給幾顆星", "product": "買了什麼產品", "account": "顧客"}
    mapping = guess_reviews.mapping_toml("mine", guessed | {"reviewed_at": "何時寫", "email": "顧客"})
    store = open_shop([upload], mappings={"mine.csv": mapping}).store
    assert store.table("reviews").rating.tolist() == [5, 2]


def test_an_order_table_is_not_taken_for_reviews():
    problem = open_shop([Upload("x.csv", "單號,客人,品名,金額,評語\n1,ann,tea,100,好\n".encode())]).problems[0]
    assert not guess_reviews.looks_like_reviews(problem.preview)
