"""The segments page: its answer, the map and its clicks, cut points, movement, lists and their files; first without a browser, then in one."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from itertools import cycle
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from playwright.sync_api import Page, expect
from streamlit.testing.v1 import AppTest

from analytics.contacts import PACES
from analytics.segments.cuts import Cuts
from analytics.segments.rfm import SEGMENTS
from pages.segments import words
from pages.shared.people.contact_list import SHOWN
from pages.shared.segments import PACE_NAMES
from tests.support import app
from tests.support.app import captions, markdown, rerun
from tests.support.browser import PATIENCE, choose, settled
from tests.support.rows import order, shopify_csv

PAGE = "pages/segments/page.py"
LAST = date(2025, 12, 31)
OpenPage = Callable[..., Page]


def shop() -> list[dict]:
    """Customers of 25 kinds, two of each: last bought on one of five days, on one to six days, 60 days apart; some products begin like a formula."""
    rows = []
    for group, back in enumerate((0, 60, 120, 180, 240)):
        for times in (1, 2, 3, 4, 6):
            for who in "ab":
                for step in range(times):
                    day = LAST - timedelta(days=back + 60 * step)
                    revenue = 5000 if times == 6 else 100 * times
                    rows.append(order(f"{who}{group}{times}", day.isoformat(), revenue, products=["=高山茶", "杯子"]))
    return rows


SHOP = shopify_csv(shop())


def opened(rows: bytes = SHOP, lang: str = "en", **query: str) -> AppTest:
    """The page on these orders."""
    return app.opened(PAGE, ("orders.csv", rows), lang=lang, **query)


def chosen(at: AppTest, key: str, value: str) -> AppTest:
    at.segmented_control(key=key).set_value(value)
    return rerun(at)


def clicked(at: AppTest, r: int, f: int) -> AppTest:
    """As a click on that bubble does."""
    at.session_state["segments_map"] = {
        "selection": {"points": [{"customdata": [r, f]}], "point_indices": [], "box": [], "lasso": []}
    }
    return rerun(at)


def figures(at: AppTest) -> list[str]:
    return [chart.proto.spec for chart in at.get("plotly_chart")]


def test_the_title_is_a_question_and_the_first_line_answers_it() -> None:
    at = opened()
    assert at.title[0].value.endswith("?")
    assert "24.0 % (n=50) of customers are loyal or champions" in at.subheader[0].value
    assert [metric.label for metric in at.metric] == [
        "Active customers",
        "Regulars' revenue",
        "First to contact",
        "Yet to return",
    ]
    assert at.metric[3].value == "4"
    assert len(figures(at)) == 1, "one main chart"
    table = at.dataframe[0].value
    assert table["name"].tolist()[:4] == ["Champions", "Loyal", "Potential loyalists", "New"]
    assert table.customers.sum() == 50
    assert table.rule[3] == "R 5: last bought within 30 days; F 1: on 1 day"
    assert "on 5 days or more" in table.rule[7]


@pytest.mark.parametrize(("section", "lang"), [*zip(list(words.SECTIONS), cycle(["zh_TW", "en"]), strict=False)])
def test_every_section_opens_from_its_link(section: str, lang: str) -> None:
    at = opened(lang=lang, segments_section=section, segments_size="revenue", segments_back="60")
    assert at.segmented_control(key="segments_section").value == section
    assert not re.search(r"\{\w+\}", markdown(at) + captions(at)), "a placeholder was left unfilled"


@pytest.mark.parametrize("kind", ["festival", "subscription", "survey"])
def test_every_special_list(kind: str) -> None:
    at = opened(segments_section="more", segments_more=kind)
    assert len(at.dataframe[0].value) > 0


def test_no_sheet_of_benefits_by_segments_that_no_member_can_read() -> None:
    at = opened(segments_section="more", segments_more="benefits")
    assert at.segmented_control(key="segments_more").options == [
        "First to know of a festival",
        "Would take a subscription",
        "Loyal customers to ask",
    ]


def test_accounts_that_are_no_customers_are_said_of_the_lists_they_head() -> None:
    for kind in ("festival", "subscription"):
        at = app.at_page(PAGE, segments_section="more", segments_more=kind)
        assert re.search(r"\d of them looks? like wholesale or staff", captions(at))
    assert "wholesale" not in captions(app.at_page(PAGE, shop="fashion", segments_section="more"))


def test_headline_cards_say_how_they_stand() -> None:
    at = app.at_page(PAGE)
    assert "Against 3 months ago: +5 %, within the usual range" in captions(at)
    assert ":green[**Against a year ago: +82 %, more than usual**]" in captions(at)


def test_every_segment_has_its_advice_in_chinese() -> None:
    at = opened(lang="zh_TW", segments_section="talk")
    for segment in SEGMENTS:
        at.pills[0].set_value(segment)
        rerun(at)
        assert "別這樣做" in markdown(at)
        assert "「（常買商品）」" in at.code[0].value
        assert not re.search("[A-Za-z]{4,}", at.code[0].value)


def test_a_click_on_the_map_lists_the_cells_customers_and_leaves_the_figure_alone() -> None:
    at = opened()
    before = figures(at)
    clicked(at, 5, 1)
    assert figures(at)[0] == before[0]
    assert "Chosen on the map: R 5 F 1" in markdown(at)
    rows = at.dataframe[0].value
    assert rows.segment.tolist() == ["New"] * 2
    assert rows.who.str.contains(r"\*\*\*").all()
    at.toggle(key="names").set_value(True)
    rerun(at)
    clicked(at, 5, 1)
    assert at.dataframe[0].value.who.tolist() == ["a01@example.com", "b01@example.com"]


def test_an_area_of_the_treemap_lists_the_segments_customers() -> None:
    at = opened(segments_view="treemap", segments_cell="New")
    [bars] = json.loads(figures(at)[0])["data"]
    assert {segment for (segment,) in bars["customdata"]} == set(SEGMENTS)
    assert "2 customers, below" in markdown(at)
    assert at.dataframe[0].value.segment.tolist() == ["New"] * 2


def test_cut_points_are_edited_kept_in_the_url_and_taken_back() -> None:
    at = opened()
    chosen(at, "cuts_r_by", "days")
    assert at.number_input(key="cuts_r_days_1").value == 30
    at.number_input(key="cuts_r_days_1").set_value(50.0)
    rerun(at)
    assert Cuts.parse("".join(at.query_params["cuts"])).recency.values == (50, 60, 120, 240)
    assert "R 5: last bought within 50 days" in at.dataframe[0].value.rule[3]
    again = opened(cuts="d10-20-30-40_d2-4-6-8_a300")
    assert again.segmented_control(key="cuts_r_by").value == "days"
    assert again.number_input(key="cuts_f_days_2").value == 4
    assert again.dataframe[0].value.rule[0] == "R 5: last bought within 10 days; F ≥ 4: on 6 days or more"
    assert "revenue above NT$300" in captions(again)
    [back] = [button for button in again.button if "usual ones" in button.label]
    back.click()
    rerun(again)
    assert "cuts" not in again.query_params
    assert "within 30 days" in again.dataframe[0].value.rule[3]


def test_cut_points_that_make_no_sense_are_said_and_left_aside() -> None:
    at = opened(cuts="d9-8-7-6_d2-4-6-8_a300")
    assert "have to rise" in markdown(at)
    assert "within 30 days" in at.dataframe[0].value.rule[3]
    chosen(at, "cuts_r_by", "days")
    at.number_input(key="cuts_r_days_2").set_value(5.0)
    rerun(at)
    assert "have to rise" in markdown(at)


def test_cut_points_survive_another_page() -> None:
    at = opened(cuts="d10-20-30-40_d2-4-6-8_a300")
    at.switch_page("pages/clusters/page.py")
    rerun(at)
    at.switch_page(PAGE)
    rerun(at)
    assert at.segmented_control(key="cuts_r_by").value == "days"
    assert "within 10 days" in at.dataframe[0].value.rule[0]


def test_the_cycle_of_the_shop_cuts_recency() -> None:
    at = opened()
    assert "cuts" not in at.query_params
    assert at.segmented_control(key="cuts_r_by").value == "cycles"
    assert "usually do so after 60 days (110 intervals)" in captions(at)
    assert "within 30 days" in at.dataframe[0].value.rule[0]
    assert (
        "within 120 days"
        in opened(cuts="c2-3-4-5_p33.333333333333336-66.66666666666667_p80").dataframe[0].value.rule[0]
    )
    few = opened(shopify_csv([order("ann", "2025-01-01"), order("ann", "2025-02-01"), order("bob", "2025-02-01")]))
    assert few.segmented_control(key="cuts_r_by").value == "percentiles"
    assert "1 intervals between purchases do not tell the shop's cycle yet" in captions(few)


def test_the_holdout_is_suggested_marked_and_can_be_changed() -> None:
    chosen_list = {"segments_call": "segments", "segments_list": "Hibernating", "segments_high": "false"}
    at = app.at_page(PAGE, segments_section="list", **chosen_list)
    assert at.number_input(key="contacts_holdout").value == 10
    assert "1,915 to write to, 213 held out" in markdown(at)
    at.toggle(key="names").set_value(True)
    rerun(at)
    held = set(at.dataframe[0].value[at.dataframe[0].value.held_out].who)
    at.number_input(key="contacts_holdout").set_value(20)
    rerun(at)
    assert "426 held out" in markdown(at)
    assert held <= set(at.dataframe[0].value[at.dataframe[0].value.held_out].who)
    assert "The export does not say who accepts marketing" in markdown(at)


def test_too_short_a_list_holds_nobody_out_and_says_how_long_it_would_have_to_be() -> None:
    at = app.at_page(PAGE, segments_section="list")
    assert "Too few people to measure an effect: nobody is held out. From 599 people on" in captions(at)
    assert "145 to write to, 0 held out" in markdown(at)
    assert not at.dataframe[0].value.held_out.any()
    assert "contacts_holdout" not in [box.key for box in at.number_input]


def test_the_list_begins_with_those_whom_the_first_line_speaks_of() -> None:
    at = opened(segments_section="list")
    assert "4 high-value regulars who are late by one to three cycles (61–180 days ago)" in at.subheader[0].value
    assert at.metric[2].value == "4"
    assert at.dataframe[0].value.recency.tolist() == [120, 180, 120, 180], "the most revenue first, then by name"
    chosen(at, "segments_call", "gone")
    assert at.dataframe[0].value.recency.tolist() == [240, 240]
    assert "more than three cycles" in captions(at)
    assert "May we ask what made you stop?" in at.code[0].value


def test_the_start_of_the_period_moves_nobody_and_is_said() -> None:
    whole, late = opened(), opened(**{"period": "own", "from": "2025-12-20"})
    assert late.dataframe[0].value.equals(whole.dataframe[0].value)
    assert late.subheader[0].value == whole.subheader[0].value
    assert "the start of the period (2025-12-20) changes nobody's group" in captions(late)
    assert "changes nobody's group" not in captions(whole)


def test_few_customers_and_short_silences_are_said() -> None:
    assert not opened().warning
    few = opened(
        shopify_csv([order(who, f"2025-01-{day:02}") for who, day in (("a", 1), ("b", 5), ("c", 20), ("c", 25))])
    )
    assert "There are only 3 customers so far" in few.warning[0].value
    assert "already counts as asleep here" in few.warning[0].value
    assert few.metric[1].proto.delta == "n=0"


def test_movement_says_who_slipped_and_what_is_at_stake() -> None:
    at = opened(segments_section="moves")
    assert "customers have slipped to colder segments" in markdown(at)
    table = at.dataframe[0].value
    assert table.columns.tolist() == ["was", "now", "customers", "slipped", "revenue_365"]
    chosen(at, "segments_back", 30)
    assert "Since 2025-12-01" in markdown(at)


def test_the_card_of_a_customer_is_found_by_mail() -> None:
    at = opened(segments_section="card")
    at.text_input(key="segments_lookup").set_value("A01@example.com")
    rerun(at)
    assert "**New** · 1 buying day," in markdown(at)
    assert len(at.dataframe[0].value) == 1
    at.text_input(key="segments_lookup").set_value("nobody")
    rerun(at)
    assert "Nobody by that name" in captions(at)


@pytest.mark.parametrize(
    ("rows", "segment"),
    [
        ([order("ann", "2025-01-05")], "New"),
        ([order(f"c{place}", "2025-01-05") for place in range(20)], "New"),
        ([order("ann", f"2025-01-{day:02}") for day in range(1, 9)], "Potential loyalists"),
    ],
    ids=["one customer", "all alike", "one regular"],
)
def test_the_smallest_shops(rows: list, segment: str) -> None:
    at = opened(shopify_csv(rows))
    table = at.dataframe[0].value.set_index("name")
    assert table.customers[segment] == table.customers.sum() == len({row["who"] for row in rows})
    for section in words.SECTIONS:
        chosen(at, "segments_section", section)
        assert ("there was nothing to compare with" in markdown(at)) == (section == "moves")


def test_only_guests_is_explained() -> None:
    assert "None of these orders says who bought" in markdown(opened(shopify_csv([order("", "2025-01-05")])))


def test_every_key_has_words() -> None:
    assert set(PACE_NAMES) == set(PACES)
    assert SHOWN >= 100


# In a browser


def uploaded(page: Page) -> None:
    page.locator("input[type=file]").first.set_input_files(
        [{"name": "orders.csv", "mimeType": "text/csv", "buffer": SHOP}]
    )
    expect(page.get_by_role("combobox", name="賣場")).to_have_value("我的檔案", timeout=PATIENCE)
    page.wait_for_timeout(300)
    settled(page)


@pytest.mark.browser
def test_a_real_click_on_a_bubble_lists_its_customers(open_page: OpenPage) -> None:
    page = open_page("segments")
    page.locator(".scatterlayer .point").first.click(force=True)
    settled(page)
    expect(page.get_by_text("地圖上選的：R")).to_be_in_viewport(timeout=PATIENCE)
    expect(page.get_by_text("位，在下面")).to_be_in_viewport()
    expect(page).to_have_url(re.compile("segments_cell=[1-5]-[1-5]"))
    choose(page, "面積圖")
    page.locator(".barlayer .point path").nth(2).click(force=True)
    expect(page).to_have_url(re.compile("segments_cell=[A-Z]"))
    expect(page.get_by_text("地圖上選的：")).to_be_in_viewport(timeout=PATIENCE)


@pytest.mark.browser
def test_cut_points_are_edited_in_the_page(open_page: OpenPage) -> None:
    page = open_page("segments")
    page.get_by_role("button", name="分界線").click()
    expect(page.get_by_role("radio", name="回購週期的倍數")).to_be_checked()
    expect(page.get_by_role("spinbutton", name="R：多久沒買 1")).to_have_value("0.5")
    page.get_by_role("radio", name="固定天數").first.click()
    settled(page)
    expect(page).to_have_url(re.compile("cuts=d30-60-120-240"), timeout=PATIENCE)
    page.get_by_role("button", name="存成檔案").scroll_into_view_if_needed()
    with page.expect_download() as download:
        page.get_by_role("button", name="存成檔案").click()
    assert Cuts.from_toml(Path(download.value.path()).read_text("utf-8")).recency.values == (30, 60, 120, 240)


@pytest.mark.browser
def test_cut_points_in_a_link_are_in_the_boxes(open_page: OpenPage) -> None:
    page = open_page("segments?cuts=d10-20-30-40_d2-4-6-8_a300")
    page.get_by_role("button", name="分界線").click()
    expect(page.get_by_role("radio", name="固定天數").first).to_be_checked()
    expect(page.get_by_role("spinbutton", name="R：多久沒買 4")).to_have_value("40")
    page.get_by_role("button", name="改回這家店平常的切法").click()
    expect(page.get_by_role("spinbutton", name="R：多久沒買 4")).to_have_value("3", timeout=PATIENCE)


@pytest.mark.browser
def test_the_downloaded_list_opens_with_its_chinese_and_without_formulas(open_page: OpenPage) -> None:
    page = open_page(
        "segments?segments_section=list&segments_call=segments&segments_high=false&segments_list=CantLose&segments_list=AtRisk"
    )
    uploaded(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="下載名單（Excel）").click()
    assert download.value.suggested_filename == "regulars-mine-contacts-2025-12-31.xlsx"
    sheet = openpyxl.load_workbook(io.BytesIO(Path(download.value.path()).read_bytes())).active
    assert sheet.title == "聯絡名單"
    header, *rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert header[:3] == ["電子郵件", "接受行銷訊息", "分群"]
    assert len(rows) == 12
    by_name = [dict(zip(header, row, strict=True)) for row in rows]
    assert {row["分群"] for row in by_name} == {"不能失去", "快流失熟客"}
    assert {row["常買商品"] for row in by_name} == {"'=高山茶"}
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert {row["先不聯絡"] for row in by_name} == {"否"}, "twelve are too few to hold anybody out"
    assert by_name[0]["電子郵件"].endswith("@example.com")
    with page.expect_download() as download:
        page.get_by_role("button", name="下載名單（CSV）").click()
    raw = Path(download.value.path()).read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    table = pd.read_csv(io.BytesIO(raw), encoding="utf-8-sig", dtype=str)
    assert table.columns.tolist() == header
    assert set(table["常買商品"]) == {"'=高山茶"}
