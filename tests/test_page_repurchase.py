"""The repurchase page: its answer, every view and list, and shops too small for it; first without a browser, then in one."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from streamlit.testing.v1 import AppTest

from tests.browser import PATIENCE
from tests.rows import shopify_csv
from tests.test_frame import app, captions, markdown, upload
from tests.test_frame import settled as rerun
from tests.test_page_cohorts import SMALL, YEAR, choose

PAGE = "pages/customers/repurchase.py"
VIEWS = ["time", "ladder", "gaps", "mix", "people"]
OpenPage = Callable[..., Page]


def opened(rows: bytes = YEAR, **query: str) -> AppTest:
    """The page on these orders, in English."""
    at = upload(app(lang="en", **query), ("orders.csv", rows))
    at.switch_page(PAGE)
    return rerun(at)


def test_the_title_is_a_question_and_the_first_line_answers_it():
    at = opened()
    assert at.title[0].value.endswith("?")
    assert "of the customers won from 2025-01-01 to 2025-12-30 came back within 90 days" in at.subheader[0].value
    assert "half did so within 40 days" in at.subheader[0].value
    assert len(at.metric) == 4
    assert at.metric[3].value == "40", "the reminder day: everybody came back on day 40"


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("lang", ["zh_TW", "en"])
def test_every_view_opens_from_its_link_in_both_languages(view, lang):
    at = upload(app(lang=lang, repurchase_view=view), ("orders.csv", YEAR))
    at.switch_page(PAGE)
    rerun(at)
    assert at.segmented_control(key="repurchase_view").value == view
    assert at.get("plotly_chart") or at.dataframe
    assert not re.search(r"\{\w+\}", markdown(at) + captions(at)), "a placeholder was left unfilled"


@pytest.mark.parametrize("cut", ["city", "coupon", "segment", "campaign", "product"])
def test_curves_by_group_come_with_a_verdict(cut):
    at = opened(repurchase_cut=cut, repurchase_least="1")
    assert at.get("plotly_chart")
    assert re.search("log-rank|without a test|nothing to test|by definition", markdown(at))


@pytest.mark.parametrize("step", ["all", "1", "2", "5"])
def test_every_step_of_the_gaps(step):
    at = opened(repurchase_view="gaps", repurchase_step=step)
    assert "Half of these gaps lie between 40 days and 40 days" in markdown(at)


def test_the_ladder_says_where_customers_stop():
    at = opened(repurchase_view="ladder")
    assert "Most stop after 1 purchase" in markdown(at)
    assert at.dataframe[0].value["customers"].tolist()[0] == 480


@pytest.mark.parametrize(("which", "people"), [("reminders", 50), ("second", None), ("loyal", 140)])
def test_the_lists_hold_the_people_they_say(which, people):
    at = opened(repurchase_view="people", repurchase_list=which)
    rows = at.dataframe[0].value
    assert f"{len(rows)} customer" in markdown(at)
    assert rows["who"].str.contains(r"\*\*\*").all() if len(rows) else which == "second"
    if people is not None:
        assert len(rows) == people


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("rows", SMALL.values(), ids=SMALL)
def test_a_small_shop_explains_itself(rows, view):
    at = opened(shopify_csv(rows), repurchase_view=view)
    assert at.title[0].value.endswith("?")
    assert at.metric
    assert at.get("plotly_chart") or at.dataframe or at.info


def test_guests_only_is_said_with_a_way_on():
    at = opened(shopify_csv([("", "2025-01-05"), ("", "2025-02-05")]))
    assert "orders that name their buyer are needed" in markdown(at)
    assert at.get("page_link")


@pytest.mark.browser
def test_every_view_in_a_browser(open_page: OpenPage) -> None:
    page = open_page("repurchase?lang=en&shop=tea")
    expect(page.locator(".js-plotly-plot .scatterlayer").first).to_be_attached(timeout=PATIENCE)
    for name in (
        "180",
        "Where they stop",
        "Days between",
        "1 → 2",
        "New and old",
        "Revenue",
        "People to write to",
        "Two purchases or more",
    ):
        choose(page, name)
        expect(page.get_by_test_id("stMetric")).to_have_count(4)
    with page.expect_download() as download:
        page.get_by_test_id("stDownloadButton").filter(has_text="Excel").first.click()
    assert download.value.suggested_filename.startswith("regulars-tea-people-loyal")
