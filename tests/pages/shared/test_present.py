"""Present mode for a projector, and the page on a phone: in words, then in a browser of that size."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import plotly.graph_objects as go
import pytest
from playwright.sync_api import Page, expect

from analytics.charts import base
from pages.shared import place, present
from tests.support.app import at_page, figures
from tests.support.browser import PATIENCE, settled
from tests.support.rows import order, shopify_csv

OpenPage = Callable[..., Page]
COHORTS = "pages/cohorts/page.py"


def smallest(figure: go.Figure) -> int:
    """The smallest words of a figure that are set: of axes, legend, annotations and marks."""
    layout = figure.layout
    sizes = [layout.font.size, layout.legend.font.size, layout.xaxis.tickfont.size, layout.yaxis.tickfont.size]
    sizes += [one.font.size for one in layout.annotations]
    sizes += [trace.textfont.size for trace in figure.data if "textfont" in trace]
    return min(size for size in sizes if size)


def test_every_word_of_a_chart_is_large_and_the_chart_no_taller_than_the_screen() -> None:
    figure = base(height=900)
    figure.add_bar(x=["a"], y=[1], text=["one"])
    figure.add_annotation(text="note", x=0, y=1, font={"size": 10}, width=40)
    large = present.enlarged(figure)
    assert smallest(large) >= 18
    assert large.layout.height == present.TALL


def test_presenting_is_in_the_address_and_draws_fewer_rows() -> None:
    at = at_page(COHORTS, present="true")
    [spec] = figures(at)
    triangle = go.Figure(json.loads(spec))
    assert smallest(triangle) >= 18
    assert len({row for trace in triangle.data for row in trace.y}) <= present.ROWS + 1
    assert [link.proto.label for link in at.get("page_link")][:2] == ["Clusters", "Repurchase"]
    at.button(key="present_end").click().run()
    assert "present" not in at.query_params
    assert not [button for button in at.button if (button.key or "").startswith("present_")]


def test_the_address_for_a_phone_is_one_that_others_reach() -> None:
    assert place.for_others("http://192.168.1.7:8501/cohorts?shop=tea") == "http://192.168.1.7:8501/"
    for here in ("127.0.0.1", "localhost"):
        assert place.for_others(f"http://{here}:8501/") == f"http://{place.addresses()[0]}:8501/"
    assert place.for_others("https://shop.example.com/overview") == "https://shop.example.com/"


@pytest.mark.browser
def test_a_projector_shows_the_main_chart_whole_and_the_keys_turn_the_page(open_page: OpenPage) -> None:
    page = open_page("cohorts?present=true", width=1280, height=720)
    expect(page.get_by_test_id("stSidebar")).not_to_be_visible()
    expect(page.locator(".js-plotly-plot").first).to_be_in_viewport(ratio=0.99, timeout=PATIENCE)
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile(r"/repurchase\?.*present=true"), timeout=PATIENCE)
    settled(page)
    page.keyboard.press("ArrowLeft")
    expect(page).to_have_url(re.compile(r"/cohorts\?.*present=true"), timeout=PATIENCE)
    settled(page)
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("stSidebar")).to_be_visible(timeout=PATIENCE)


@pytest.mark.browser
def test_a_phone_finds_the_box_for_files_and_then_sees_the_result(open_page: OpenPage) -> None:
    page = open_page("overview", width=390, height=844)
    page.get_by_role("button", name="用我的檔").click()
    expect(page.get_by_test_id("stFileUploaderDropzone")).to_be_in_viewport(timeout=PATIENCE)
    orders = shopify_csv(order(f"u{n}", f"2025-01-{n:02}", products=["tea"]) for n in range(1, 20))
    page.locator("input[type=file]").first.set_input_files(
        {"name": "orders.csv", "mimeType": "text/csv", "buffer": orders}
    )
    expect(page.get_by_text("目前有 19 位買過")).to_be_in_viewport(timeout=PATIENCE)
    expect(page.get_by_test_id("stFileUploaderDropzone")).not_to_be_in_viewport(timeout=PATIENCE)
    expect(page.get_by_role("button", name="用我的檔")).to_have_count(0)
