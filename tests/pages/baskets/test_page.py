"""The baskets page: the planted pair and line in sentences, every view in small shops, and sliders that say "up to"."""

from __future__ import annotations

import pytest

from pages.shared import menu
from tests.support import app
from tests.support.goods import bought, line, shopee_csv
from tests.support.rows import SMALL, shopify_csv

PAGE = menu.file("baskets")
VIEWS = ("pairs", "one", "line", "gift")


def test_the_planted_pair_and_line_are_said():
    at = app.at_page(PAGE, shop="tea", lang="zh_TW")
    said = at.subheader[0].value
    assert all(part in said for part in ("玻璃隨行泡茶瓶", "冷泡茶綜合包", "162 筆", "54 %", "12.6 倍"))
    assert "訂單擠在 NT$490" in app.markdown(at)
    assert len(app.figures(at)) == 1


def test_the_line_at_which_orders_pile_up_is_the_one_shown_first():
    at = app.at_page(PAGE, shop="tea", baskets_view="line")
    assert at.segmented_control(key="baskets_line").value == "490"
    said = app.everything(at)
    assert all(
        part in said for part in ("491 lie up to", "22 as close below", "193 orders lie up to", "It brings nothing")
    )
    at.slider(key="baskets_margin").set_value(90)
    app.rerun(at)
    assert "up to NT" in app.markdown(at)


@pytest.mark.parametrize(
    ("shop", "said"),
    [("fashion", "No two products surely go together"), ("durable", "原廠複合濾網"), ("uci", "REGENCY TEACUP")],
)
def test_the_other_shops_say_their_own(shop: str, said: str):
    assert said in app.at_page(PAGE, shop=shop).subheader[0].value


def test_a_shop_in_another_currency_has_its_own_line():
    at = app.at_page(PAGE, shop="uci", baskets_view="line")
    assert at.segmented_control(key="baskets_line").options == ["Own"]
    assert "£320" in at.subheader[0].value
    at.number_input(key="baskets_own").set_value(1e8)
    app.rerun(at)
    assert "lies near" in at.subheader[0].value
    assert "No order lies just short" in at.info[0].value


def test_a_gift_that_pays_and_one_that_does_not():
    at = app.at_page(PAGE, shop="tea", baskets_view="gift")
    assert "no gift pays" in at.subheader[0].value
    at.number_input(key="baskets_gift").set_value(1)
    app.rerun(at)
    assert "up to" in at.subheader[0].value
    assert "leaves the most" in at.subheader[0].value


@pytest.mark.parametrize("orders", [*SMALL.values(), [("", "2025-01-05")]], ids=[*SMALL, "a guest"])
def test_small_shops_have_every_view(orders: list):
    at = app.opened(PAGE, ("orders_export_1.csv", shopify_csv(orders)))
    for _view in app.in_every_view(at, "baskets_view", VIEWS):
        assert at.title[0].value.endswith("?")


def test_a_link_opens_one_product_beside_its_partners():
    orders = [bought(f"c{n}", "2025-01-01", line("壺 $1", id="1"), line("茶", id="2")) for n in range(6)]
    orders += [bought(f"c{n}", "2025-02-01", line("杯", id="3")) for n in range(5)]
    at = app.opened(PAGE, ("Order.all.csv", shopee_csv(orders)), baskets_view="one", baskets_product="1")
    said = at.subheader[0].value
    assert "壺 \\$1 stands in 6 orders, most often beside 茶" in said
    assert "83.3 % bought 杯 on another day within 90 days" in said
    assert [frame.value["product"].tolist() for frame in at.dataframe] == [["茶"], ["杯"]]
