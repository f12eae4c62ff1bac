"""The repurchase page: its answer, every view and list, and shops too small for it; first without a browser, then in one."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from itertools import cycle

import pytest
from playwright.sync_api import Page, expect
from streamlit.testing.v1 import AppTest

from tests.support import app
from tests.support.app import at_page, captions, everything, in_every_view, markdown
from tests.support.browser import PATIENCE, choose
from tests.support.rows import SMALL, YEAR, shopify_csv

PAGE = "pages/repurchase/page.py"
VIEWS = ["time", "ladder", "gaps", "mix", "people"]
OpenPage = Callable[..., Page]


def opened(rows: bytes = YEAR, **query: str) -> AppTest:
    """The page on these orders, in English."""
    return app.opened(PAGE, ("orders.csv", rows), **query)


def test_the_title_is_a_question_and_the_first_line_answers_it():
    at = opened()
    assert at.title[0].value.endswith("?")
    assert "of the customers won from 2025-04-01 to 2025-12-30 came back within 90 days" in at.subheader[0].value
    assert "half of them within 40 days" in at.subheader[0].value
    assert len(at.metric) == 4
    assert at.metric[3].value == "day 40", "late from then on: everybody came back on day 40"


@pytest.mark.parametrize(("view", "lang"), [*zip(VIEWS, cycle(["zh_TW", "en"]), strict=False)])
def test_every_view_opens_from_its_link(view, lang):
    at = opened(lang=lang, repurchase_view=view)
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
    assert (
        "gaps lie between 40 days and 40 days. The usual day (median) is day 40; by day 40, 80 % were over"
        in markdown(at)
    )


def test_the_ladder_says_where_customers_stop():
    at = opened(repurchase_view="ladder")
    assert "Most stop after 1 purchase" in markdown(at)
    assert at.dataframe[0].value["customers"].tolist()[0] == 480


@pytest.mark.parametrize(("which", "people"), [("late", 50), ("second", None), ("loyal", 140)])
def test_the_lists_hold_the_people_they_say(which, people):
    at = opened(repurchase_view="people", repurchase_list=which)
    rows = at.dataframe[0].value
    assert at.subheader[0].value.startswith(f"{len(rows)} ")
    assert rows["who"].str.contains(r"\*\*\*").all() if len(rows) else which == "second"
    if people is not None:
        assert len(rows) == people


@pytest.mark.parametrize("rows", SMALL.values(), ids=SMALL)
def test_a_small_shop_explains_itself(rows):
    at = opened(shopify_csv(rows))
    for _view in in_every_view(at, "repurchase_view", VIEWS):
        assert at.title[0].value.endswith("?")
        assert at.metric
        assert at.get("plotly_chart") or at.dataframe or at.info


@pytest.mark.parametrize(
    ("view", "said"),
    [
        ("time", "of the customers won from"),
        ("ladder", "From one purchase to the next within 90 days: 1 → 2:"),
        ("gaps", "usually do so after 47 days"),
        ("mix", "Oct 2026:"),
        ("people", "turn late within the next 30 days"),
    ],
)
def test_the_first_line_is_about_the_view_that_is_open(view, said):
    assert said in at_page(PAGE, repurchase_view=view).subheader[0].value


def test_the_80_percent_day_is_called_late_and_not_the_day_to_write():
    """It used to be the day to remind on, in a list to write to."""
    at = at_page(PAGE, repurchase_view="people")
    assert "remind" not in everything(at).split("How to read")[0].lower().replace("reminder day", "")
    assert at.metric[3].label == "Late after the first order"
    assert "It is not the day to write" in at.metric[3].help
    assert "late_on" in at.dataframe[0].value
    assert "write to them before it" in captions(at)


def slow(customers: int) -> bytes:
    """So many customers who came back on day 100, each a day after the one before, and came a third time on day 110."""
    first = date(2025, 1, 1)
    return shopify_csv(
        [
            (f"c{who}", (first + timedelta(days=who + later)).isoformat())
            for later in (0, 100, 110)
            for who in range(customers)
        ]
    )


def test_80_percent_is_one_number_of_one_thing():
    at = opened(slow(40), repurchase_days="30")
    assert "80 % of them came within 100 days, so look at 180 days too" in at.subheader[0].value
    assert at.metric[3].value == "day 100"
    assert "Of 40 second purchases, 80 % came by day 100" in at.metric[3].help
    assert "80 % of second purchases" in at.get("plotly_chart")[0].proto.spec
    at = opened(slow(40), repurchase_view="gaps", repurchase_step="all")
    rows = at.dataframe[0].value.set_index("label")
    assert rows.late["1 → 2"] == 100
    assert rows.late["2 → 3"] == 10
    assert rows.late.isna()["All"], "all gaps together have no late day of their own"


@pytest.mark.parametrize(("customers", "value"), [(4, "too early"), (5, "day 100")])
def test_few_repeat_purchases_give_no_late_day(customers, value):
    at = opened(slow(customers), repurchase_days="30")
    assert at.metric[3].value == value
    assert "Fewer than 30 customers: read it with care." in at.subheader[0].value
    assert at.metric[0].proto.delta == f"only {customers} people"
    at = opened(slow(customers), repurchase_view="people", repurchase_list="late")
    assert bool(at.info) == (value == "too early")


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
        page.get_by_role("button", name="List as Excel").click()
    assert download.value.suggested_filename.startswith("regulars-tea-people-loyal")
