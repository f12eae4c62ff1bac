"""The gateway page: the planted gateway in a sentence, every view in small shops, a product by its link, and a click on the map."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from pages.shared import menu
from tests.support import app
from tests.support.browser import settled
from tests.support.goods import bought, line, shopee_csv
from tests.support.rows import SMALL, YEAR, shopify_csv

PAGE = menu.file("gateway")


def test_the_planted_gateway_is_said_with_its_n_and_the_shops_line():
    at = app.at_page(PAGE, shop="tea", lang="zh_TW")
    said = at.subheader[0].value
    assert "日日順暢益生菌" in said
    assert all(part in said for part in ("47.0 %", "485 人", "29.0 %"))
    assert any("膠原蛋白" in metric.delta for metric in at.metric if metric.label == "改善")


@pytest.mark.parametrize(
    ("shop", "said"),
    [
        ("fashion", "No first product surely"),
        ("durable", "Nobody came back within 90 days"),
        ("uci", "differ no more than chance"),
    ],
)
def test_where_nothing_stands_out_that_is_said(shop: str, said: str):
    assert said in app.at_page(PAGE, shop=shop).subheader[0].value


@pytest.mark.parametrize("orders", SMALL.values(), ids=SMALL)
def test_small_shops_have_every_view(orders: list):
    at = app.opened(PAGE, ("orders_export_1.csv", shopify_csv(orders)))
    for _view in app.in_every_view(at, "gateway_view", ["first", "later", "sleepers"]):
        assert at.title[0].value.endswith("?")


@pytest.mark.parametrize("part", ["back", "next", "other", "list"])
def test_a_link_opens_one_product_in_every_part(part: str):
    at = app.opened(PAGE, ("orders_export_1.csv", YEAR), gateway_part=part)
    assert "tea" in at.selectbox(key="gateway_product").value.lower()


def test_guests_and_orders_without_names_say_so():
    for orders in ([bought("", "2025-01-01", "tea")], [bought("ann", "2025-01-01", line(""))]):
        at = app.opened(PAGE, ("Order.all.csv", shopee_csv(orders)))
        assert "names a product" in app.everything(at)


def test_a_click_on_the_map_opens_that_product(open_page: Callable[..., Page]):
    page = open_page("gateway?lang=en&shop=tea")
    page.locator(".js-plotly-plot .scatterlayer .trace .points path").first.wait_for()
    shape = page.locator(".js-plotly-plot").first.locator(".scatterlayer .trace").nth(1).locator(".points path").last
    shape.dispatch_event("mousemove")
    box = shape.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_timeout(300)
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_timeout(600)
    settled(page)
    expect(page).to_have_url(re.compile("gateway_product="))
    expect(page.get_by_role("heading", name="One first product")).to_be_visible()
