"""The cohort page: its answer, every choice, a click on a cell, and shops too small for it; first without a browser, then in one."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from streamlit.testing.v1 import AppTest

from tests.support import app
from tests.support.app import captions, figures, markdown, rerun
from tests.support.browser import PATIENCE, choose, settled
from tests.support.rows import SMALL, YEAR, shopify_csv

PAGE = "pages/cohorts/page.py"
OpenPage = Callable[..., Page]


def opened(rows: bytes = YEAR, **query: str) -> AppTest:
    """The page on these orders, in English."""
    return app.opened(PAGE, ("orders.csv", rows), **query)


def chosen(at: AppTest, key: str, value: str) -> AppTest:
    at.segmented_control(key=key).set_value(value)
    return rerun(at)


def test_the_title_is_a_question_and_the_first_line_answers_it():
    at = opened()
    assert at.title[0].value.endswith("?")
    assert "of the customers won from 2025-01-01 to 2025-12-30 came back within 90 days" in at.subheader[0].value
    assert 2 <= len(at.metric) <= 4
    assert at.metric[0].value == "480"
    assert len(at.get("plotly_chart")) == 1, "one main chart"


@pytest.mark.parametrize("view", ["triangle", "curves", "groups", "trend"])
@pytest.mark.parametrize("lang", ["zh_TW", "en"])
def test_every_view_opens_from_its_link_in_both_languages(view, lang):
    at = opened(lang=lang, cohorts_view=view, cohorts_cut="city")
    assert at.segmented_control(key="cohorts_view").value == view
    assert at.get("plotly_chart")
    assert not re.search(r"\{\w+\}", markdown(at) + captions(at)), "a placeholder was left unfilled"


@pytest.mark.parametrize("measure", ["cumulative", "retention", "later", "revenue"])
@pytest.mark.parametrize("grain", ["month", "week", "quarter"])
def test_every_measure_and_period(measure, grain):
    at = opened(cohorts_measure=measure, cohorts_grain=grain)
    assert at.get("plotly_chart")
    chosen(at, "cohorts_ages", "days")
    chosen(at, "cohorts_unit", "count")
    at.toggle(key="cohorts_sure").set_value(True)
    rerun(at)
    chosen(at, "cohorts_view", "curves")
    assert at.get("plotly_chart")


def test_choices_are_in_the_url_and_wrong_ones_are_left_aside():
    at = chosen(opened(), "cohorts_grain", "quarter")
    assert at.query_params["cohorts_grain"] in ("quarter", ["quarter"])
    at = opened(
        cohorts_grain="fortnight", cohorts_measure="ltv", cohorts_view="map", cohorts_days="91", cohorts_cut="mood"
    )
    assert at.segmented_control(key="cohorts_grain").value == "month"
    assert at.segmented_control(key="cohorts_days").value == 90


def clicked(at: AppTest, cohort: str, age: int) -> AppTest:
    """As a click on that cell does. A browser test clicks in earnest."""
    point = {"customdata": [cohort, age]}
    at.session_state["cohorts_triangle"] = {
        "selection": {"points": [point], "point_indices": [], "box": [], "lasso": []}
    }
    return rerun(at)


def test_a_cell_click_lists_its_customers_and_leaves_the_figure_alone():
    at = opened()
    before = figures(at)
    clicked(at, "2025-01-01", 1)
    assert figures(at) == before
    assert "2025-01, month 1 after it" in [part.value for part in at.subheader]
    assert len(at.dataframe[0].value) == 19, "of the twenty who came back, the one of January 20 did so on March 1"
    assert at.dataframe[0].value["who"].str.contains(r"\*\*\*").all()
    chosen(at, "cohorts_side", "missing")
    assert len(at.dataframe[0].value) == 21


def test_names_are_shown_only_when_asked_for():
    at = opened()
    clicked(at, "2025-01-01", 2)
    assert not at.dataframe[0].value["who"].str.startswith("c1-").any()
    at.toggle(key="names").set_value(True)
    rerun(at)
    clicked(at, "2025-01-01", 2)
    assert at.dataframe[0].value["who"].str.startswith("c1-").all()


def test_only_what_is_drawn_is_explained():
    young = opened()
    assert "Hatched, with +" in captions(young)
    finished = [("ann", "2025-01-05"), ("bob", "2025-01-06"), ("ann", "2025-01-31")]
    assert "Hatched" not in captions(opened(shopify_csv(finished)))
    assert "Pale: fewer than 30" in captions(opened(shopify_csv(finished)))


def test_few_customers_are_said_beside_the_number():
    at = opened(shopify_csv([("ann", "2025-01-05"), ("bob", "2025-01-06"), ("ann", "2025-06-20")]))
    assert at.metric[1].proto.delta == "only 2 people"
    assert "Fewer than 30 customers: read it with care." in at.subheader[0].value


def test_known_old_customers_leave_the_cohorts():
    at = opened()
    at.text_area(key="cohorts_known").set_value("c1-0@example.com\nc1-1@example.com\nnobody@example.com")
    rerun(at)
    assert at.metric[0].value == "478"
    assert "2 customers found" in captions(at)


def test_two_groups_are_compared_in_a_sentence():
    at = opened(cohorts_view="groups", cohorts_cut="coupon")
    assert "With a discount" in markdown(at)
    assert re.search(r"came back (less|more) often than .* percentage points", markdown(at))
    at = opened(cohorts_view="groups", cohorts_cut="city")
    assert "cannot be told apart" in markdown(at)


@pytest.mark.parametrize(
    "cut", ["product", "category", "coupon", "code", "depth", "channel", "city", "shop", "payment", "segment"]
)
def test_every_cut(cut):
    at = opened(cohorts_view="groups", cohorts_cut=cut)
    assert at.get("plotly_chart") or "No group is large enough" in markdown(at)


@pytest.mark.parametrize("campaign", ["all", "11.11", "member", "own"])
def test_every_campaign(campaign):
    at = opened(cohorts_view="groups", cohorts_cut="campaign", cohorts_campaign=campaign, cohorts_least="1")
    assert at.get("plotly_chart")


def test_the_cost_of_a_customer_is_paid_back():
    at = opened(cohorts_view="curves", cohorts_measure="revenue")
    at.number_input(key="cohorts_cost").set_value(310)
    rerun(at)
    assert "NT$517 of revenue pays one customer back: on average reached in month 1 after it" in markdown(at)
    at.number_input(key="cohorts_cost").set_value(5000)
    rerun(at)
    assert "not reached yet" in markdown(at)


@pytest.mark.parametrize("view", ["triangle", "curves", "groups", "trend"])
@pytest.mark.parametrize("rows", SMALL.values(), ids=SMALL)
def test_a_small_shop_explains_itself(rows, view):
    at = opened(shopify_csv(rows), cohorts_view=view)
    assert at.title[0].value.endswith("?")
    assert at.metric[0].value
    said = markdown(at) + captions(at) + "".join(box.value for box in at.info)
    assert at.get("plotly_chart") or "No group is large enough" in said or "No month is old enough" in said


def test_guests_only_is_said_with_a_way_on():
    at = opened(shopify_csv([("", "2025-01-05"), ("", "2025-02-05")]))
    assert "orders that name their buyer are needed" in markdown(at)
    assert at.get("page_link")


@pytest.mark.browser
def test_every_control_and_a_click_on_a_cell_in_a_browser(open_page: OpenPage) -> None:
    page = open_page("cohorts?lang=en&shop=tea")
    expect(page.locator(".js-plotly-plot .barlayer .point").first).to_be_visible(timeout=PATIENCE)
    for name in ("60", "Bought in that period", "Revenue per customer", "Quarter", "Bought again by then", "Month"):
        choose(page, name)
        expect(page.locator(".js-plotly-plot")).to_have_count(1)
    expect(page).to_have_url(re.compile("cohorts_days=60"))
    click_cell(page, "2025-01 *")
    expect(page.get_by_role("heading", name=re.compile("^2025-01, "))).to_be_visible(timeout=PATIENCE)
    with page.expect_download() as download:
        page.get_by_test_id("stDownloadButton").filter(has_text="CSV").first.click()
    assert download.value.suggested_filename.startswith("regulars-tea-cohort-2025-01")
    for view in ("Curves", "By group", "Month by month"):
        choose(page, view)
        expect(page.locator(".js-plotly-plot").first).to_be_visible(timeout=PATIENCE)


def click_cell(page: Page, cohort: str) -> None:
    """Click the middle of the fourth cell of a cohort's row."""
    tick = page.locator(".js-plotly-plot .ytick text", has_text=cohort).first
    expect(tick).to_be_visible()
    page.wait_for_timeout(600)
    tick.scroll_into_view_if_needed()
    label = tick.bounding_box()
    cells = page.locator(".js-plotly-plot .barlayer .point path")
    boxes = [cells.nth(place).bounding_box() for place in range(cells.count())]
    middle = label["y"] + label["height"] / 2
    row = sorted((box for box in boxes if box["y"] <= middle <= box["y"] + box["height"]), key=lambda box: box["x"])
    cell = row[4]
    page.mouse.move(cell["x"] + cell["width"] / 2, middle)
    expect(page.locator(".js-plotly-plot .hoverlayer .hovertext")).to_be_visible()
    page.mouse.click(cell["x"] + cell["width"] / 2, middle)
    page.wait_for_timeout(300)
    settled(page)
