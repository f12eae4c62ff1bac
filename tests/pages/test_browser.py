"""The dashboard as people use it, in a real Chromium: first visit, files, passwords, languages, links, downloads, a phone."""

from __future__ import annotations

import re
import struct
import tomllib
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, Page, expect

from analytics.charts.palette import CONFIG
from tests.support.browser import DASHBOARD, PATIENCE, serving, settled
from tests.support.rows import order, shopify_csv

OpenPage = Callable[..., Page]

SHOPIFY = shopify_csv(
    [order("ann", "2025-01-05", 100), order("ann", "2025-03-05", 200), order("bob", "2025-01-06", 50)]
)
UNKNOWN = "單號,下單日,客人,品名,總金額\nA1,2025/01/03,小明,紅茶,100\nA2,2025/02/09,小明,綠茶,240\n".encode()


LOCKED = Path(__file__).parents[1] / "exports" / "shopee_TW_2026_encrypted.Order.all.20260301_20260331.xlsx"
"""13 rows, 11 orders; its password is 123456."""


def upload(page: Page, *files: tuple[str, bytes]) -> None:
    page.locator("input[type=file]").first.set_input_files(
        [{"name": name, "mimeType": "application/octet-stream", "buffer": data} for name, data in files]
    )
    expect(page.get_by_role("combobox", name="賣場")).to_have_value("我的檔案")
    page.wait_for_timeout(300)
    settled(page)


def go(page: Page, section: str, title: str) -> None:
    """Through the menu at the top, as a reader would."""
    page.get_by_test_id("stTopNavSection").filter(has_text=section).click()
    page.get_by_test_id("stTopNavDropdownLink").filter(has_text=title).click()
    settled(page)


def expect_said(page: Page, words: str) -> None:
    """What the filter lets through, as the page says it."""
    caption = page.get_by_test_id("stMain").get_by_test_id("stCaptionContainer").filter(has_text="賣場")
    expect(caption.first).to_contain_text(words, timeout=PATIENCE)


def test_a_first_visit_on_a_phone_shows_the_answer_without_scrolling(open_page: OpenPage) -> None:
    page = open_page(width=390, height=844)
    for part in (page.locator("h1"), page.locator("h3").first, page.get_by_test_id("stMetric").nth(1)):
        box = part.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 844
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
    expect_said(page, "山嵐")
    page.goto(page.url.split("?")[0] + "cohorts?lang=en")
    settled(page)
    words = page.get_by_test_id("stMetric").get_by_test_id("stMarkdownContainer")
    expect(words.filter(has_text="Revenue per new customer")).to_be_visible()
    assert not words.evaluate_all(
        "all => all.filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.innerText)"
    )


@pytest.mark.parametrize("path", ["overview", "data?lang=en&shop=fashion"])
def test_a_deep_link_works_on_a_fresh_server(browser: Browser, path: str) -> None:
    with serving(*DASHBOARD) as address:
        context = browser.new_context(locale="zh-TW")
        page = context.new_page()
        page.goto(f"{address}/{path}")
        settled(page)
        expect(page.get_by_text("Page not found")).to_have_count(0)
        title = {"overview": "回頭客撐起了多少生意？"}.get(path, "Can these data be trusted?")
        expect(page.locator("h1")).to_have_text(title)
        context.close()


def test_a_locked_workbook_opens_beside_a_plain_file_and_survives_page_switches(open_page: OpenPage) -> None:
    page = open_page()
    upload(
        page,
        ("Order.all.20260301_20260331.xlsx", LOCKED.read_bytes()),
        ("orders_export_1.csv", SHOPIFY),
    )
    expect_said(page, "2025-01-05 至 2025-03-05")
    box = page.locator("input[type=password]")
    assert box.get_attribute("placeholder") == "預設為賣場手機末六碼"
    box.fill("000000")
    page.get_by_role("button", name="打開").click()
    expect(page.get_by_text("密碼打不開這個檔案")).to_be_visible()
    settled(page)
    expect_said(page, "2025-01-05 至 2025-03-05")
    page.locator("input[type=password]").fill("123456")
    page.get_by_role("button", name="打開").click()
    expect(page.locator("input[type=password]")).to_have_count(0)
    settled(page)
    expect_said(page, "2025-01-05 至 2026-03-31")
    go(page, "店鋪", "匯入與體檢")
    expect(page.get_by_text("2 個檔案共 16 列、14 筆訂單。")).to_be_visible()
    go(page, "店鋪", "總覽")
    expect_said(page, "2025-01-05 至 2026-03-31")


def test_an_unknown_file_is_mapped_by_hand(open_page: OpenPage) -> None:
    page = open_page("data")
    upload(page, ("我的訂單.csv", UNKNOWN))
    page.get_by_label("買家", exact=True).click()
    page.get_by_role("option", name="客人").click()
    page.get_by_role("button", name="就這樣讀取").click()
    expect(page.get_by_text("1 個檔案共 2 列、2 筆訂單。")).to_be_visible()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="存下對照檔").click()
    saved = waiting.value.path().read_text(encoding="utf-8")
    assert 'order_id = "單號"' in saved
    assert 'account = "客人"' in saved


def test_the_language_switch_goes_into_the_url_and_a_link_brings_it_back(open_page: OpenPage) -> None:
    page = open_page("data?shop=durable")
    page.get_by_role("radio", name="English").click()
    expect(page.locator("h1")).to_have_text("Can these data be trusted?")
    for part in ("lang=en", "shop=durable"):
        expect(page).to_have_url(re.compile(part))
    again = open_page(page.url.split("/", 3)[3])
    expect(again.locator("h1")).to_have_text("Can these data be trusted?")
    expect(again.get_by_role("combobox", name="Which shop")).to_have_value("Demo: AirLeaf air purifiers")


def test_ten_tabs_each_keep_their_own_file_and_an_eleventh_has_none(server: str, browser: Browser) -> None:
    context = browser.new_context(locale="zh-TW")
    context.set_default_timeout(2 * PATIENCE)
    tabs = {orders: context.new_page() for orders in range(2, 12)}
    for orders, tab in tabs.items():
        tab.bring_to_front()
        tab.goto(f"{server}/data?shop=mine")
        export = shopify_csv([order(f"c{n}", f"2025-01-{n + 1:02}") for n in range(orders)])
        box = {"name": "orders_export.csv", "mimeType": "text/csv", "buffer": export}
        tab.locator("input[type=file]").first.set_input_files([box])
    for orders, tab in tabs.items():
        tab.bring_to_front()
        expect(tab.get_by_text(f"1 個檔案共 {orders} 列、{orders} 筆訂單")).to_be_visible(timeout=2 * PATIENCE)
        tab.get_by_role("radio", name="English").click()
    for orders, tab in tabs.items():
        tab.bring_to_front()
        expect(tab.get_by_text(f"1 file holds {orders} rows and {orders} orders.")).to_be_visible(timeout=2 * PATIENCE)
    last = context.new_page()
    last.goto(f"{server}/?shop=mine")
    expect(last.locator("h1")).to_have_text("還沒有訂單", timeout=2 * PATIENCE)
    context.close()


def test_a_table_downloads_as_csv(open_page: OpenPage) -> None:
    page = open_page("data")
    with page.expect_download() as table:
        page.get_by_test_id("stDownloadButton").filter(has_text="CSV").first.get_by_role("button").click()
    assert table.value.suggested_filename == "regulars-tea-reconciliation-2026-10-31.csv"
    assert table.value.path().read_bytes().startswith("\ufeff去向,訂單,列數,金額\r\n計入,".encode())


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_chart_is_taken_away_as_a_picture_for_a_slide(open_page: OpenPage, theme: str) -> None:
    page = open_page("overview", dark=theme == "dark")
    answer = page.locator("h3").first.inner_text()
    kept = {}
    for kind in ("SVG", "PNG"):
        with page.expect_download() as waiting:
            page.get_by_role("button", name=f"下載圖 {kind}").first.click()
        assert waiting.value.suggested_filename == f"regulars-tea-revenue-by-month-2026-10-31.{kind.lower()}"
        kept[kind] = waiting.value.path().read_bytes()
    assert kept["PNG"].startswith(b"\x89PNG")
    assert struct.unpack(">II", kept["PNG"][16:24]) == (1600, 900)
    assert len(kept["PNG"]) > 40_000, "an empty picture is smaller"
    drawing = ElementTree.fromstring(kept["SVG"])
    assert (drawing.get("width"), drawing.get("height")) == ("1600", "900")
    svg = "{http://www.w3.org/2000/svg}"
    words = ["".join(text.itertext()) for text in drawing.findall(f"{svg}text")]
    said = "".join(words)
    for part in (answer, "山嵐", "2024-11-02 至 2026-10-31", "5,634 筆訂單", "當月營收（TWD", "到 2026-10-31 為止"):
        assert part.replace(" ", "") in said.replace(" ", ""), part
    colours = tomllib.loads(CONFIG.read_text("utf-8"))["theme"][theme]
    assert drawing.find(f"{svg}rect").get("fill").upper() == colours["backgroundColor"]
    assert drawing.find(f"{svg}text").get("fill").upper() == colours["textColor"]
    months = [text for text in drawing.iter(f"{svg}text") if (text.text or "").startswith("2026-")]
    assert months, "the chart itself is in it"


def test_on_paper_charts_are_whole_and_the_side_bar_is_gone(open_page: OpenPage) -> None:
    page = open_page("segments", width=1440)
    expect(page.locator(".scatterlayer .point").first).to_be_visible(timeout=PATIENCE)
    page.wait_for_function("() => window.regularsPrints", timeout=PATIENCE)
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
    expect(page.get_by_role("button", name="下載圖 PNG")).to_have_count(0)
    chart = page.get_by_test_id("stPlotlyChart").first
    drawing = chart.locator(".main-svg").first
    expect(drawing).to_have_attribute("viewBox", re.compile(r"^0 0 \d+ \d+$"))
    wide, high = (float(number) for number in drawing.get_attribute("viewBox").split()[2:])
    chart.evaluate("node => { node.parentElement.style.width = '690px' }")
    box = drawing.bounding_box()
    assert box["width"] <= 690
    assert box["width"] / box["height"] == pytest.approx(wide / high, rel=0.02), "smaller, not cut"
