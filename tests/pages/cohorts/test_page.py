"""The cohort page: its answer, every choice, a click on a cell, and shops too small for it; first without a browser, then in one."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable
from itertools import cycle

import numpy as np
import pandas as pd
import pytest
from playwright.sync_api import Page, expect
from streamlit.testing.v1 import AppTest

from tests.support import app
from tests.support.app import at_page, captions, figures, in_every_view, markdown, rerun
from tests.support.browser import PATIENCE, choose, settled
from tests.support.rows import SMALL, YEAR, shopify_csv

PAGE = "pages/cohorts/page.py"
OpenPage = Callable[..., Page]


def opened(rows: bytes = YEAR, **query: str) -> AppTest:
    """The page on these orders, in English."""
    return app.opened(PAGE, ("orders.csv", rows), **query)


def unpacked(values: list | dict) -> list:
    """An array of a figure, as Plotly packs it."""
    if isinstance(values, dict):
        return np.frombuffer(base64.b64decode(values["bdata"]), dtype=values["dtype"]).tolist()
    return values


def chosen(at: AppTest, key: str, value: str) -> AppTest:
    at.segmented_control(key=key).set_value(value)
    return rerun(at)


def test_the_title_is_a_question_and_the_first_line_answers_it():
    at = opened()
    assert at.title[0].value.endswith("?")
    assert "of new customers had bought again by the end of month 3 after it" in at.subheader[0].value
    assert "Best: those of" in at.subheader[0].value
    assert "The files begin on 2025-01-01: of the 120 new customers of the first 90 days" in captions(at)
    assert 2 <= len(at.metric) <= 4
    assert at.metric[0].value == "480"
    assert len(at.get("plotly_chart")) == 1, "one main chart"


@pytest.mark.parametrize(
    ("view", "lang"), [*zip(["triangle", "curves", "groups", "trend"], cycle(["zh_TW", "en"]), strict=False)]
)
def test_every_view_opens_from_its_link(view, lang):
    at = opened(lang=lang, cohorts_view=view, cohorts_cut="city")
    assert at.segmented_control(key="cohorts_view").value == view
    assert at.get("plotly_chart")
    assert not re.search(r"\{\w+\}", markdown(at) + captions(at)), "a placeholder was left unfilled"


@pytest.mark.parametrize(
    ("measure", "grain"), [("cumulative", "week"), ("retention", "month"), ("later", "quarter"), ("revenue", "week")]
)
def test_every_measure_and_period(measure, grain):
    at = opened(cohorts_measure=measure, cohorts_grain=grain)
    assert at.get("plotly_chart")
    chosen(at, "cohorts_ages", "days")
    chosen(at, "cohorts_unit", "count")
    at.toggle(key="cohorts_scale").set_value(True)
    at.toggle(key="first_months").set_value(False)
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


def test_a_link_holds_the_cell_the_group_and_the_pair():
    at = opened(cohorts_cell="2025-01-01.1")
    assert "19 customers, below" in markdown(at)
    assert len(opened(cohorts_cell="2019-01-01.1").dataframe) == 0
    groups = {"cohorts_view": "groups", "cohorts_cut": "city"}
    at = opened(**groups, cohorts_group="Tainan", cohorts_first_city="Tainan", cohorts_second_city="Taipei")
    assert "240 customers, below" in markdown(at)
    assert [at.selectbox(key=f"cohorts_{one}_city").value for one in ("first", "second")] == ["Tainan", "Taipei"]
    assert "Tainan (n=" in markdown(at)
    at.selectbox(key="cohorts_first_city").set_value("Taipei")
    rerun(at)
    assert at.query_params["cohorts_first_city"] == "Taipei" or "cohorts_first_city" not in at.query_params


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
    assert "A colour means the same in every shop; from 50 % on" in captions(young)
    finished = [("ann", "2025-01-05"), ("bob", "2025-01-06"), ("ann", "2025-01-31")]
    assert "Hatched" not in captions(opened(shopify_csv(finished)))
    assert "Pale: fewer than 30" in captions(opened(shopify_csv(finished)))


@pytest.mark.parametrize("shop", ["tea", "durable"])
def test_the_triangle_has_one_unit_one_scale_and_a_name_over_the_sizes(shop):
    """Shares used to stand beside counts ("18" beside "38+"), and each shop had a scale of its own."""
    figure = json.loads(figures(at_page(PAGE, shop=shop))[0])
    texts = [text for trace in figure["data"][1:] for text in trace["text"]]
    assert texts
    assert all(re.fullmatch(r"\d+%\+?|\d/[1-5]\+?", text) for text in texts)
    assert figure["layout"]["coloraxis"]["cmax"] == 0.5
    assert figure["layout"]["coloraxis"]["showscale"]
    assert figure["layout"]["coloraxis"]["colorbar"]["ticktext"][-1] == "50 %+"
    assert figure["layout"]["xaxis"]["ticktext"][0] == "<b>Won</b>"
    own = json.loads(figures(at_page(PAGE, shop=shop, cohorts_scale="true"))[0])
    assert own["layout"]["coloraxis"]["cmax"] < 0.5
    counts = json.loads(figures(at_page(PAGE, shop=shop, cohorts_unit="count"))[0])
    assert all(re.fullmatch(r"[\d,]+\+?", text) for trace in counts["data"][1:] for text in trace["text"])


@pytest.mark.parametrize(("shop", "choices"), [
    ("tea", {"cohorts_view": "curves"}), ("uci", {"cohorts_view": "curves", "cohorts_measure": "revenue"}),
    ("fashion", {"cohorts_view": "groups", "cohorts_cut": "code"}), ("uci", {"cohorts_view": "groups", "cohorts_cut": "product"}),
])  # fmt: skip
def test_cumulative_lines_never_fall_and_say_whom_they_are_of(shop, choices):
    at = at_page(PAGE, shop=shop, **choices)
    lines = [
        trace
        for trace in json.loads(figures(at)[-1])["data"]
        if "lines" in trace.get("mode", "") and "fill" not in trace
    ]
    assert lines
    for line in lines:
        heights = [value for value in unpacked(line["y"]) if value is not None]
        assert all(a <= b + 1e-12 for a, b in zip(heights, heights[1:], strict=False)), line.get("name")
    assert "Kaplan–Meier" in captions(at) or "always the same" in captions(at)


def test_the_first_line_is_about_the_view_that_is_open():
    code = at_page(PAGE, shop="fashion", cohorts_view="groups", cohorts_cut="code").subheader[0].value
    assert code.startswith("SALE30: 6.8 %") or "SALE30: " in code.replace("\\", "")
    assert "came back within 90 days; No code: 37.2 %" in code.replace("\\", "")
    trend = at_page(PAGE, cohorts_view="trend").subheader[0].value
    assert "within what this shop's months do by themselves" in trend
    assert "2026-05-01 to 2026-07-31" in trend
    curves = at_page(PAGE, cohorts_view="curves").subheader[0].value
    assert "new customers together: bought again by month 1" in curves
    money = at_page(PAGE, cohorts_view="curves", cohorts_measure="revenue").subheader[0].value
    assert money.startswith("The same ")


def test_few_customers_are_said_beside_the_number():
    at = opened(shopify_csv([("ann", "2025-01-05"), ("bob", "2025-01-06"), ("ann", "2025-06-20")]))
    assert at.metric[1].proto.delta == "only 2 people"
    assert "Fewer than 30 customers: read it with care." in at.subheader[0].value


def test_known_old_customers_leave_the_cohorts():
    at = opened()
    at.text_area(key="known_customers").set_value("c1-0@example.com\nc1-1@example.com\nnobody@example.com")
    rerun(at)
    assert at.metric[0].value == "478"
    assert "2 customers found" in captions(at)
    assert "2 old customers not counted as new" in captions(at)
    for page, label, new in (("overview", "Buyers", "480"), ("repurchase", "Half of all customers back", "n=478")):
        at.switch_page(f"pages/{page}/page.py")
        rerun(at)
        assert "2 old customers not counted as new" in captions(at), "the other pages leave them out too"
        [card] = [metric for metric in at.metric if metric.label == label]
        assert new in (card.value, card.proto.delta)
    at.switch_page(PAGE)
    rerun(at)
    assert at.metric[0].value == "478"


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


@pytest.mark.parametrize("rows", SMALL.values(), ids=SMALL)
def test_a_small_shop_explains_itself(rows):
    at = opened(shopify_csv(rows))
    for _view in in_every_view(at, "cohorts_view", ["triangle", "curves", "groups", "trend"]):
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
    click_cell(page, "All")
    page.wait_for_timeout(400)
    assert "cohorts_cell" not in page.url, "the mean has no customers of its own"
    expect(page.get_by_text("customers, below")).to_have_count(0)
    click_cell(page, "2025-01 *")
    expect(page.get_by_role("heading", name=re.compile("^2025-01, "))).to_be_in_viewport(timeout=PATIENCE)
    expect(page.get_by_text("customers, below")).to_be_in_viewport()
    expect(page).to_have_url(re.compile("cohorts_cell=2025-01-01[.]"))
    with page.expect_download() as download:
        page.get_by_role("button", name="List as CSV").click()
    assert re.fullmatch("regulars-tea-cohort-2025-01-[0-9]+-came-2026-10-31.csv", download.value.suggested_filename)
    rows = pd.read_csv(download.value.path(), encoding="utf-8-sig", dtype=str)
    assert not rows["Account"].str.contains("*", regex=False).any(), "a list to write to holds whole accounts"
    assert set(rows["Held out"]) == {"no"}, "too few to measure by"
    assert rows["Suggested message"].str.startswith("Hello").all()
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
