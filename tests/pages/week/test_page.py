"""This week: the tasks, what becomes of them, one person after the other, and the way to the results."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

import pandas as pd
import pytest
from playwright.sync_api import Page, expect

from analytics.week import Week
from pages.shared import menu
from pages.week import words
from tests.support.app import at_page, captions, everything, in_every_view, markdown, opened, rerun
from tests.support.review_rows import WORDS, reviews_csv
from tests.support.rows import SMALL, shopify_csv

PAGE, RESULTS = menu.file("week"), menu.file("results")


def test_the_tasks_of_the_tea_shop_and_the_week_as_a_text() -> None:
    at = at_page(PAGE, shop="tea", lang="en")
    assert "28.7 % (n=2,300) of first-time buyers came back within 90 days." in at.subheader[0].value
    assert "Of last week’s 73 known buyers 35 had bought before." in at.subheader[0].value
    said = markdown(at)
    assert "7 tasks for" in said
    assert re.search(r"\*\*1\. Answer \d+ unhappy reviews\*\*", said)
    assert "**2. " in said
    assert "running out: 日日順暢益生菌" in said
    assert at.code[0].value.startswith("This week, on data until 2026-10-31")
    assert [one.label.split(",")[0] for one in at.metric] == [
        "Orders",
        "Returning buyers",
        "New buyers",
        "Revenue",
        "Unhappy reviews",
    ]
    assert "The week since 2026-10-26 is not over and is not in these figures." in captions(at)


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
    row = at.dataframe[0].value.iloc[0]
    assert (row.sent, row.held) == (1, 0), "who was written to stands there at once"
    assert pd.isna(row.bought), "what came of it is not known yet"


def test_a_period_without_reviews_leaves_the_week_as_it_is() -> None:
    files = [
        ("orders.csv", shopify_csv([("ann", "2025-01-05"), ("bob", "2025-12-20")])),
        ("reviews.csv", reviews_csv(WORDS[:2])),
    ]
    at = opened(PAGE, *files, period="6m")
    assert "this week" in markdown(at)
    assert [one.label for one in at.metric][-1] == "Revenue"


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
    for _view in in_every_view(at, "week_view", list(words.VIEWS)):
        assert at.subheader[0].value
        assert "{" not in everything(at)


def test_a_week_whose_people_are_all_left_alone_is_not_called_quiet() -> None:
    alone = Week((), (), {"declined": 2, "contacted": 1, "other_list": 0}, pd.DataFrame(), date(2025, 3, 1), 5)
    assert "3 人符合這週的名單，但都先不打擾" in words.planned(alone)


def test_a_quiet_week_guests_alone_and_reviews_alone_each_say_what_is_true() -> None:
    gone = [("ann", "2024-01-01"), ("bob", "2024-02-01"), ("", "2025-03-20")]
    at = opened(PAGE, ("orders.csv", shopify_csv(gone)))
    assert "Nothing has to be done this week" in markdown(at)
    assert "Last week nobody bought whom the files can tell apart." in at.subheader[0].value
    assert "A quiet week." in at.success[0].value
    at = opened(PAGE, ("orders.csv", shopify_csv([("", "2025-03-01"), ("", "2025-03-20")])))
    assert "nobody can say how many come back" in at.subheader[0].value
    assert "The orders name no customer" in at.info[0].value
    at = opened(PAGE, ("reviews.csv", reviews_csv(WORDS)))
    assert "what follows stands on the reviews alone" in at.subheader[0].value
    assert "1. Answer 5 unhappy reviews" in markdown(at)
    assert not at.metric


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


LAST = date.today() - timedelta(days=8)
ORDERS = [
    (f"c{n}", str(LAST - timedelta(days=back + n % 20))) for n in range(40) for back in (200, 170, 140, 110, 80, 50)
]
ORDERS += [("end", str(LAST))]
"""Forty who come back every thirty days; many of them are about to."""


def test_from_the_first_screen_to_a_copied_message_a_tick_the_next_export_and_the_results(
    open_page: Callable[..., Page],
) -> None:
    page = open_page("?lang=en&shop=mine")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])

    def drop_in(name: str, rows: list[tuple]) -> None:
        file = {"name": name, "mimeType": "text/csv", "buffer": shopify_csv(rows)}
        page.locator("input[type=file]").first.set_input_files([file])

    drop_in("orders_1.csv", ORDERS)
    expect(page.locator("h1")).to_have_text("What do you do this week, and for whom?")
    expect(page.locator("h3").first).to_contain_text("came back within 90 days")
    page.get_by_role("radio", name="One by one").click()
    place = page.get_by_text(re.compile("^1 of [0-9]+$"))
    expect(place).to_be_visible()
    there = int(place.inner_text().split()[-1])
    expect(page.get_by_test_id("stCode").nth(1)).to_be_visible()
    page.set_viewport_size({"width": 390, "height": 844})
    account, message = (page.get_by_test_id("stCode").nth(at) for at in range(2))
    message.hover()
    message.get_by_role("button").click()
    page.wait_for_function(
        "text => navigator.clipboard.readText().then(copied => copied === text)",
        arg=message.locator("code").inner_text(),
    )
    first = account.locator("code").inner_text()
    page.get_by_role("button", name="Sent, next").click()
    expect(account.locator("code")).not_to_have_text(first)
    expect(page.get_by_text(f"1 of {there - 1}", exact=True)).to_be_visible()
    page.set_viewport_size({"width": 1280, "height": 900})
    drop_in("orders_2.csv", [*ORDERS, ("c1", str(LAST + timedelta(days=3))), ("end", str(LAST + timedelta(days=7)))])
    expect(page.get_by_text(str(LAST + timedelta(days=7))).first).to_be_visible()
    expect(page.get_by_test_id("stCode").first.locator("code")).not_to_have_text(first)
    page.get_by_test_id("stTopNavSection").filter(has_text="This week").click()
    page.get_by_test_id("stTopNavDropdownLink").filter(has_text="Did it work").click()
    expect(page.locator("h3").first).to_contain_text("1 list is in the contact log.")
    expect(page.get_by_text(re.compile("Its 30 days are over on"))).to_be_visible()
