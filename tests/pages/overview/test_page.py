"""The overview page: its note on where the data begin, targets, accounts that are no customers, how the figures stand, its findings."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from streamlit.proto.Metric_pb2 import Metric
from streamlit.testing.v1 import AppTest

from tests.support.app import at_page, captions, everything, markdown, opened, rerun
from tests.support.browser import PATIENCE, settled
from tests.support.rows import SMALL, YEAR, order, shopify_csv

PAGE = "pages/overview/page.py"
OpenPage = Callable[..., Page]


@pytest.fixture(scope="module")
def tea() -> AppTest:
    """The overview of the tea shop."""
    return at_page(PAGE)


def test_the_first_months_are_left_out_said_and_switched_back(tea: AppTest) -> None:
    assert tea.metric[0].value == "28.7 %"
    assert "28.7 % (n=2,300) of first-time buyers came back within 90 days" in tea.subheader[0].value
    assert "The files begin on 2024-11-02: of the 414 new customers of the first 90 days some are old ones" in captions(
        tea
    )
    assert "With them the rate would be 29.0 %" in captions(tea)
    at = at_page(PAGE, first_months="false")
    assert at.metric[0].value == "29.0 %"
    assert "As you chose, the first 90 days of the data" in captions(at)
    at.toggle(key="first_months").set_value(True)
    rerun(at)
    assert at.metric[0].value == "28.7 %"


def test_five_accounts_are_offered_to_be_left_out_and_nothing_is_left_out_unasked() -> None:
    at = at_page(PAGE)
    assert "5 accounts do not buy as customers do (wholesale? staff?)" in markdown(at)
    assert "from 53.5 % to 44.6 %" in markdown(at)
    assert at.metric[1].value == "53.5 %"
    at.button(key="overview_not_customers").click()
    rerun(at)
    assert at.metric[1].value == "44.6 %"
    assert "without 5 customers" in captions(at)
    assert "5 accounts that look like wholesale or staff are left out, as you chose." in markdown(at)
    at.button(key="overview_not_customers").click()
    rerun(at)
    assert at.metric[1].value == "53.5 %"


def test_the_data_page_says_the_same_of_them() -> None:
    assert "5 accounts do not buy as customers do" in markdown(at_page("pages/data/page.py"))
    assert "do not buy as customers do" not in markdown(at_page("pages/data/page.py", shop="fashion"))


def test_the_target_holds_for_one_window_and_the_others_show_the_shops_own_curve(tea: AppTest) -> None:
    assert tea.metric[0].proto.color == 1, "green"
    for window in ("30", "60", "180"):
        at = at_page(PAGE, overview_days=window)
        assert "target is for 90 days" in at.metric[0].proto.delta
        assert at.metric[0].proto.color not in (0, 1), "neither red nor green"
        assert "surely above" not in markdown(at)
        assert "The shop's own curve of first-time buyers: 30 days" in markdown(at)
        assert list(at.metric[0].proto.chart_data) == sorted(at.metric[0].proto.chart_data), "a curve, not months"
    red = at_page(PAGE, overview_days="60", target_days="60", target_rate="90")
    assert red.metric[0].proto.color == 0
    early = at_page(PAGE, overview_days="30", target_days="30", target_rate="90")
    assert early.metric[0].proto.color not in (0, 1), "no red for thirty days"


def test_no_colour_on_few_people_or_too_early() -> None:
    for rows in SMALL.values():
        at = opened(PAGE, ("orders.csv", shopify_csv(rows)))
        assert all(metric.proto.color not in (0, 1) for metric in at.metric)
    first_months = [order(f"c{i}", "2025-01-05") for i in range(40)] + [order(f"c{i}", "2025-02-05") for i in range(40)]
    at = opened(PAGE, ("orders.csv", shopify_csv([*first_months, order("c1", "2025-12-31")])))
    assert at.metric[0].proto.delta == "too early to say"
    assert "too late for a verdict: 40 of 40 new customers" in captions(at)
    assert "surely above" not in markdown(at)


def test_headline_cards_say_how_they_stand(tea: AppTest) -> None:
    assert "Latest 3 months against the 3 before: -0.4 percentage points, within the usual range" in captions(tea)
    assert ":green[**Against a year ago: +51 %, more than usual**]" in captions(tea)
    assert "2025-05-01 to 2025-07-31: 27.9 %" in tea.metric[0].proto.help
    chosen = at_page(PAGE, period="6m")
    assert "Against the time before: " in captions(chosen)
    small = [card.proto for card in tea.metric if card.proto.chart_data]
    assert small
    assert {card.chart_type for card in small} == {Metric.LINE}, "an area from a base that is not zero misleads"


def test_the_group_that_stands_out_is_a_finding_with_how_many_were_looked_at() -> None:
    said = markdown(at_page(PAGE, shop="fashion")).replace("\\", "")
    assert (
        "Of new customers who came with the code “SALE30” 7.2 % (n=307) came back within 90 days, of those without a code 36.6 %"
        in said
    )
    assert "It stands out among 44 groups looked at" in said


def test_a_late_start_is_no_reason_to_speak_of_durable_goods() -> None:
    late = {"period": "own", "from": "2026-10-15"}
    assert "last for years" not in markdown(at_page(PAGE, **late))
    assert "last for years" in markdown(at_page(PAGE, shop="durable"))


def test_half_a_year_from_300000_to_a_million_is_possible_not_common() -> None:
    said = markdown(at_page(PAGE))
    assert "is possible; few shops are that fast" in said


@pytest.mark.parametrize("lang", ["zh_TW", "en"])
def test_nothing_is_left_unfilled(lang: str) -> None:
    for shop in ("tea", "uci"):
        at = at_page(PAGE, lang=lang, shop=shop, overview_days="365")
        assert "{" not in everything(at)
    assert "{" not in everything(opened(PAGE, ("orders.csv", YEAR), lang=lang))


def test_the_switches_work_in_a_browser(open_page: OpenPage) -> None:
    page = open_page("overview?lang=en")
    expect(page.get_by_text("The files begin on 2024-11-02")).to_be_visible(timeout=PATIENCE)
    expect(page.locator(".js-plotly-plot")).to_have_count(3, timeout=PATIENCE)  # those out of sight, too
    page.get_by_role("button", name="Who counts as new").click()
    page.get_by_text("Leave the first 90 days of the data out").click()
    settled(page)
    expect(page.get_by_text("As you chose, the first 90 days")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Leave these 5 accounts out").click()
    settled(page)
    expect(page.get_by_text("are left out, as you chose")).to_be_visible()
    expect(page.get_by_test_id("stMetricValue").first).to_be_visible()
