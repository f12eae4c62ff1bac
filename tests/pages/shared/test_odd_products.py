"""The four product pages on exports as odd as they come: no quantities, missing ids, one name under two ids, titles of 500 letters, and more products than a list holds."""

from __future__ import annotations

import pytest

from pages.shared import menu, products
from tests.support import app
from tests.support.goods import bought, goods_shop, line, shopee_csv

LONG = "【🔥熱銷】超級長的名字 " + "好茶" * 240 + " 45包"
ODD = shopee_csv(
    [
        bought(
            f"c{n % 20}", f"2025-{1 + n // 20:02d}-03",
            line("茶包", id=f"{1 + n % 2}"), line("壺", id="7" if n % 3 else ""), line(LONG, 300, id="8"), line(LONG.replace("45", "90"), 300, id="9"),
        )
        for n in range(120)
    ],
    without=["數量"],
)  # fmt: skip


@pytest.mark.parametrize(
    ("page", "choices", "said"),
    [
        ("products", {}, "超級長的名字 45包 brings"),
        ("gateway", {}, "100.0 % were back within 90 days"),
        ("cycles", {"cycles_view": "cycles"}, "every purchase counts as one unit"),
        ("baskets", {"baskets_view": "one"}, "stands in 120 orders"),
    ],
)
def test_odd_exports_have_every_page(page: str, choices: dict[str, str], said: str):
    at = app.opened(menu.file(page), ("Order.all.csv", ODD), **choices)
    words = app.everything(at)
    assert said in words
    assert "好茶好茶" not in words + "".join(metric.delta or "" for metric in at.metric)


def test_one_product_leaves_nothing_to_hold_it_against():
    data = shopee_csv([bought(f"c{n % 40}", f"2025-{1 + n // 40:02d}-03", "茶 30包") for n in range(200)])
    at = app.opened(menu.file("gateway"), ("Order.all.csv", data))
    assert "Everybody began with 茶 30包" in at.subheader[0].value
    at = app.opened(menu.file("baskets"), ("Order.all.csv", data))
    assert "Only one product stands in 5 orders or more" in at.subheader[0].value


def test_one_name_under_two_ids_is_one_product_and_a_missing_id_no_other():
    store = goods_shop(
        [
            bought(
                "ann",
                "2025-01-01",
                line("茶包", id="1"),
                line("茶 包", id="2"),
                line("茶包", id="1"),
                line("壺", id="7"),
                line("壺"),
            )
        ]
    )
    assert sorted(store.table("products")["product"]) == ["壺", "茶包"]


def test_a_shop_of_more_products_than_a_list_holds_says_so(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(products, "MOST", 3)
    at = app.opened(menu.file("cycles"), ("Order.all.csv", ODD), cycles_view="one")
    assert "The first 3 of 4 products can be chosen here" in app.captions(at)
