"""This week: the tasks, what becomes of them, one person after the other, and the way to the results."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from pages.shared import menu
from tests.support.app import at_page, captions, in_every_view, markdown, opened, rerun
from tests.support.rows import SMALL, shopify_csv

PAGE, RESULTS = menu.file("week"), menu.file("results")


def test_the_tasks_of_the_tea_shop_and_the_week_as_a_text() -> None:
    at = at_page(PAGE, shop="tea", lang="en")
    assert "7 tasks" in at.subheader[0].value
    said = markdown(at)
    assert re.search(r"\*\*1\. Answer \d+ unhappy reviews\*\*", said)
    assert "**2. " in said
    assert "running out: 日日順暢益生菌" in said
    assert at.code[0].value.startswith("This week, on data until 2026-10-31")
    assert len(at.metric) == 4


def test_a_task_that_is_put_away_is_gone_and_can_come_back() -> None:
    at = at_page(PAGE, shop="tea", lang="en")
    at.button(key="week_never_refill_2").click()
    rerun(at)
    assert "people are running out" not in markdown(at)
    [back] = [button for button in at.button if button.label == "Bring it back"]
    back.click()
    rerun(at)
    assert "people are running out" in markdown(at)


def test_a_tick_writes_the_log_and_the_person_is_on_no_list_the_next_time() -> None:
    at = at_page(PAGE, shop="tea", lang="en", week_view="worksheet")
    first = at.code[0].value
    assert "about to run out" in at.code[1].value
    at.button(key="week_tick").click()
    rerun(at)
    assert at.code[0].value != first
    at.switch_page(RESULTS)
    rerun(at)
    assert "1 list is in the contact log" in at.subheader[0].value
    assert "Running out 2026-11-01 · Too early" in markdown(at)


def test_accounts_that_may_be_no_consumers_are_named_above_the_list() -> None:
    at = at_page(PAGE, shop="tea", lang="en", week_view="worksheet")
    assert "staff" in captions(at) or "wholesale" in captions(at)


def test_limits_are_counted() -> None:
    at = at_page(PAGE, shop="fashion", lang="en", week_view="limits")
    left = at.dataframe[0].value.set_index("reason").people
    assert left["Declined marketing"] > 0
    assert "08:00 and 22:00" in captions(at)


@pytest.mark.parametrize("rows", SMALL.values(), ids=SMALL)
def test_small_shops_have_every_view(rows: list) -> None:
    at = opened(PAGE, ("orders.csv", shopify_csv(rows)))
    for _view in in_every_view(at, "week_view", ["tasks", "worksheet", "limits"]):
        assert at.subheader[0].value


def test_how_many_people_a_difference_takes() -> None:
    at = at_page(RESULTS, shop="durable", lang="en", results_view="size")
    assert "1,094 people who are written to" in markdown(at)


def test_a_mailing_is_written_down() -> None:
    at = at_page(RESULTS, shop="durable", lang="en", results_view="mailings")
    at.text_input(key="mailing_list").set_value("11.11")
    at.number_input(key="mailing_sent").set_value(400)
    at.number_input(key="mailing_opened").set_value(40)
    at.number_input(key="mailing_blocked").set_value(4)
    [write] = [button for button in at.button if button.label == "Write it down"]
    write.click()
    rerun(at)
    assert "4 of 400 recipients blocked the shop" in markdown(at)
    assert "fewer than 100 people" in captions(at)


@pytest.mark.browser
def test_from_the_week_to_a_message_a_tick_and_the_results(open_page: Callable[..., Page]) -> None:
    page = open_page("week?lang=en&shop=tea", width=390, height=844)
    page.get_by_role("radio", name="One by one").click()
    expect(page.get_by_text("Message, to copy")).to_be_visible()
    expect(page.get_by_text(re.compile("1 of [0-9]+"))).to_be_visible()
    page.get_by_role("button", name="Sent, next").click()
    page.goto(page.url.replace("/week", "/results"))
    expect(page.get_by_role("heading", name="Did what you sent make a difference?")).to_be_visible()
