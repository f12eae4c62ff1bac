"""Which lines are one product, what a title lets one guess, and what the owner's sheet changes: on rows a reader can check by hand."""

from __future__ import annotations

import duckdb
import pytest

from analytics.store import Filters, Sheet, SheetRow
from analytics.store.staging import statement
from tests.support import rows
from tests.support.goods import bought, goods_shop, line


def named(store) -> dict[str, int]:
    """product -> lines."""
    products = store.table("products")
    return dict(zip(products["product"], products.lines.astype(int), strict=True))


def of_lines(store) -> list[tuple[str, str]]:
    """(source_product, product) of every line."""
    lines = store.table("order_lines")
    return list(zip(lines.source_product, lines["product"], strict=True))


def test_one_id_under_many_titles_is_one_product_by_its_usual_title():
    store = goods_shop(
        [
            bought("ann", "2025-01-01", line("【新品】山茶 30入", id="77"), line("杯子", id="88")),
            bought("bob", "2025-01-02", line("山茶 30入", id="77")),
            bought("cat", "2025-01-03", line("山茶 30入", id="77")),
        ]
    )
    assert named(store) == {"山茶 30入": 3, "杯子": 1}
    assert of_lines(store)[0] == ("【新品】山茶 30入", "山茶 30入")
    assert store.table("order_lines").source_product_id.tolist() == ["77", "88", "77", "77"]
    assert set(store.table("products").product_id) == {"77", "88"}


def test_titles_that_differ_in_decoration_alone_are_one_product_and_sizes_are_not():
    store = goods_shop([bought("ann", "2025-01-01", "★山茶★ 1.5L", "山茶１．５Ｌ", "山茶 15L", "山茶 50%", "山茶 50")])
    assert sorted(named(store).values()) == [1, 1, 1, 2]


def test_the_same_title_under_two_ids_is_one_product_and_said():
    store = goods_shop([bought("ann", "2025-01-01", line("山茶", id="1"), line("山茶", id="2"), line("壺", id="3"))])
    products = store.table("products").set_index("product")
    assert products.lines.to_dict() == {"山茶": 2, "壺": 1}
    assert products.codes.to_dict() == {"山茶": 2, "壺": 1}


def test_variants_roll_up_and_keep_their_names():
    store = goods_shop(
        [bought("ann", "2025-01-01", line("衫", id="5", variant="紅", sku="S-R"), line("衫", id="5", variant="藍", sku="S-B"))]
    )  # fmt: skip
    assert named(store) == {"衫": 2}
    assert store.table("order_lines").variant.tolist() == ["紅", "藍"]
    assert store.table("products").variants.tolist() == [2]


def test_shopifys_variants_are_taken_off_the_title_where_titles_begin_alike():
    shop = rows.shop(
        [rows.order("ann", "2025-01-01", products=["Tee - Red / M", "Tee - Blue", "Cup - Blue", "Pot - 2 L", "Hat"])]
    )
    assert set(shop.table("products")["product"]) == {"Tee", "Cup", "Pot - 2 L", "Hat"}
    assert shop.table("order_lines").variant.fillna("").tolist() == ["Red / M", "Blue", "Blue", "", ""]


def test_a_stock_number_ties_titles_where_there_is_no_id():
    store = goods_shop([bought("ann", "2025-01-01", line("Tea", sku="t-1"), line("Tea"), line("Tea, new box", sku="T-1"), line("Pot", sku="p"))])  # fmt: skip
    assert named(store) == {"Tea": 3, "Pot": 1}


def test_a_stock_number_that_stands_for_everything_ties_nothing():
    goods = [f"good {letter}" for letter in "abcdef"]
    store = goods_shop([bought("ann", "2025-01-01", *(line(title, sku="X") for title in goods))])
    assert len(named(store)) == 6


@pytest.mark.parametrize("broken", ["0", "-", "2.10948E+10", "N/A", ""])
def test_a_code_that_says_nothing_ties_nothing(broken: str):
    store = goods_shop([bought("ann", "2025-01-01", line("Tea", id=broken), line("Pot", id=broken))])
    assert named(store) == {"Tea": 1, "Pot": 1}


def test_two_products_of_one_short_name_are_told_apart():
    store = goods_shop([bought("ann", "2025-01-01", line("Tea", id="1"), line("Pot", id="2"))])
    sheet = Sheet.of([SheetRow("1", short_name="good"), SheetRow("2", short_name="good")])
    assert set(store.filtered(Filters(sheet=sheet)).table("products")["product"]) == {"good (1)", "good (2)"}


@pytest.mark.parametrize(
    ("title", "pack", "kind"),
    [
        ("【山嵐】日日順暢益生菌 45包/盒", 45, "refill"),
        ("炭焙烏龍茶包３０入", 30, "refill"),
        ("高濃度魚油 60顆 rTG型", 60, "refill"),
        ("濾掛咖啡 10包x3盒", 30, "refill"),
        ("Fish oil 90 capsules", 90, "refill"),
        ("素T 2入", 2, ""),
        ("玻璃瓶 500ml", None, ""),
        ("運費", None, "none"),
        ("補運費差價專用", None, "none"),
        ("【免運費】阿里山烏龍茶 150g", None, ""),
        ("POSTAGE", None, "none"),
        ("Manual", None, "none"),
        ("Manual coffee grinder", None, ""),
        ("【贈品】帆布提袋", None, "gift"),
        ("帆布提袋(贈品)", None, "gift"),
        ("咖啡機 附贈品三選一", None, ""),
        ("新年福袋", None, "bundle"),
    ],
)
def test_what_a_title_lets_one_guess(title: str, pack: int | None, kind: str):
    con = duckdb.connect()
    con.execute(statement("store/titles"))
    assert con.execute(
        "select pack_size_in($title), kind_in($title, pack_size_in($title))", {"title": title}
    ).fetchall() == [(pack, kind)]


def test_guesses_are_marked_and_the_owners_word_goes_before_them():
    store = goods_shop([bought("ann", "2025-01-01", line("茶 30包", id="1"), line("運費", id="2"), line("杯", id="3"))])
    products = store.table("products").set_index("product_id")
    assert products.kind.to_dict() == {"1": "refill", "2": "none", "3": ""}
    assert products.kind_guessed.to_dict() == {"1": True, "2": True, "3": False}
    assert products.counts.to_dict() == {"1": True, "2": False, "3": True}
    sheet = Sheet.of([SheetRow("1", kind="one_off", pack_size=15), SheetRow("2", kind="durable")])
    told = store.filtered(Filters(sheet=sheet)).table("products").set_index("product_id")
    assert told.kind.to_dict() == {"1": "one_off", "2": "durable", "3": ""}
    assert not told.kind_guessed.any()
    assert (told.pack_size["1"], told.pack_size_guessed["1"], told.counts["2"]) == (15, False, True)


def test_what_never_cost_anything_is_guessed_to_be_a_gift():
    store = goods_shop([bought("ann", "2025-01-01", line("茶", id="1"), line("小提袋", 0, id="2"))])
    assert store.table("products").set_index("product_id").kind.to_dict() == {"1": "", "2": "gift"}


ORDERS = [
    bought("ann", "2025-01-01", line("茶", id="1", variant="紅"), line("茶", id="1", variant="綠"), line("壺", id="2")),
    bought("bob", "2025-01-02", line("茶葉", id="9"), line("茶", id="1", variant="綠")),
]


def test_the_owner_merges_splits_and_names():
    store = goods_shop(ORDERS)
    sheet = Sheet.of(
        [
            SheetRow("9", merge_into="1/綠"),
            SheetRow("1", part="綠", short_name="綠茶", family="茶"),
            SheetRow("2", short_name="壺兒"),
        ]
    )
    told = store.filtered(Filters(sheet=sheet))
    assert named(told) == {"綠茶": 3, "茶": 1, "壺兒": 1}
    assert told.table("products").set_index("product").family.dropna().to_dict() == {"綠茶": "茶"}
    assert named(store) == {"茶": 3, "壺": 1, "茶葉": 1}


def test_merges_in_a_row_end_in_one_and_a_circle_is_no_merge():
    store = goods_shop(ORDERS)
    chain = Sheet.of([SheetRow("9", merge_into="1"), SheetRow("1", merge_into="2")])
    assert named(store.filtered(Filters(sheet=chain))) == {"壺": 5}
    circle = Sheet.of([SheetRow("1", merge_into="2"), SheetRow("2", merge_into="1")])
    assert sum(named(store.filtered(Filters(sheet=circle))).values()) == 5


def test_a_product_is_found_under_any_of_its_numbers_and_strangers_say_nothing():
    store = goods_shop([bought("ann", "2025-01-01", line("茶", id="1", sku="TEA-1"), line("茶", id="4", sku="tea-4"))])
    for name in ("1", "4", "TEA-4", "tea-1"):
        told = store.filtered(Filters(sheet=Sheet.of([SheetRow(name, short_name="x")])))
        assert named(told) == {"x": 2}
    assert named(store.filtered(Filters(sheet=Sheet.of([SheetRow("777", short_name="y")])))) == {"茶": 2}


def test_the_same_sheet_makes_the_same_view_and_another_one_another():
    store = goods_shop(ORDERS)
    rows_ = [SheetRow("1", short_name="a"), SheetRow("2", cost=3)]
    keys = {store.filtered(Filters(sheet=Sheet.of(order))).key for order in (rows_, rows_[::-1])}
    assert len(keys) == 1
    assert store.filtered(Filters(sheet=Sheet.of([SheetRow("1", short_name="b")]))).key not in keys | {store.key}
    assert store.filtered(Filters(sheet=Sheet.of([SheetRow("1")]))).key == store.key


def test_every_room_reads_the_grouped_product():
    from analytics.cohorts import groups
    from analytics.contacts import contact_list
    from analytics.overview import overview
    from analytics.segments.rfm import rfm

    store = goods_shop(ORDERS).filtered(
        Filters(sheet=Sheet.of([SheetRow("9", merge_into="1"), SheetRow("1", short_name="好茶")]))
    )
    assert store.table("customers").first_products.map(list).tolist() == [["壺", "好茶"], ["好茶"]]
    found = rfm(store)
    assert set(contact_list(store, found, found.customers).usual_product) == {"好茶"}
    assert set(groups.groups(store, "product", least=1).name) == {"壺", "好茶"}
    assert set(overview(store).products["product"]) == {"壺", "好茶"}


def test_a_title_of_500_characters_fifty_thousand_products_and_none():
    long = "茶" * 500
    store = goods_shop([bought("ann", "2025-01-01", line(long), line(""), line("壺"))])
    assert named(store) == {long: 1, "壺": 1}
    assert store.table("order_lines")["product"].isna().sum() == 1
    assert all(len(name) < 20 for name in store.table("products").product_id)
    many = goods_shop([bought(f"c{n % 900}", "2025-01-01", line(f"good {n}", id=str(n + 1))) for n in range(50_000)])
    assert len(many.table("products")) == 50_000
