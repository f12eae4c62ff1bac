"""Where one is: the menu, the page's name, addresses that no page has, links from findings; without a browser and in one."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from pages.shared import menu
from tests.support.app import app, markdown

OpenPage = Callable[..., Page]


def test_a_finding_leads_to_its_page_with_what_it_speaks_of(open_page: OpenPage) -> None:
    page = open_page("?shop=tea&period=12m")
    page.get_by_test_id("stPageLink").filter(has_text="回購節奏").last.click()
    expect(page.locator("h1")).to_contain_text("顧客多久")
    for part in ("/repurchase", "repurchase_view=people", "period=12m"):
        expect(page).to_have_url(re.compile(part))
    expect(page.get_by_test_id("stButtonGroup").get_by_role("radio", checked=True, name="該聯絡誰")).to_be_visible()


def test_the_menu_and_the_tab_say_where_one_is(open_page: OpenPage) -> None:
    page = open_page("cohorts?lang=en")
    sections = page.get_by_test_id("stTopNavSection")
    expect(sections.filter(has_text="Customers")).to_have_text("Customers · Cohorts")
    expect(page).to_have_title("Cohorts")
    sections.filter(has_text="Reviews").click()
    page.get_by_test_id("stTopNavDropdownLink").filter(has_text="Triage").click()
    expect(sections.filter(has_text="Reviews")).to_have_text("Reviews · Triage")
    expect(sections.filter(has_text="Customers")).to_have_text("Customers")
    expect(page).to_have_title("Triage")
    assert "svg" in page.locator("link[rel='shortcut icon']").get_attribute("href")


@pytest.mark.parametrize(
    ("path", "title"),
    [("home", "這個網址沒有頁面"), ("gateway2", "這個網址沒有頁面"), ("%3Cb%3E?lang=en", "There is no page")],
)
def test_an_address_that_no_page_has_gets_one_sentence_and_the_ways_on(
    open_page: OpenPage, path: str, title: str
) -> None:
    page = open_page(path)
    expect(page.locator("h1")).to_contain_text(title)
    expect(page.get_by_text("Page not found")).to_have_count(0)
    page.get_by_test_id("stPageLink").nth(list(menu.PAGES).index("cohorts")).click()
    expect(page).to_have_url(re.compile(r"/cohorts($|\?)"))
    expect(page.locator("h1")).to_contain_text("?" if "lang=en" in path else "？")


def test_reviews_alone_lead_to_the_review_pages() -> None:
    from tests.support.app import upload
    from tests.support.review_rows import WORDS, reviews_csv

    at = upload(app(lang="en"), ("reviews.csv", reviews_csv(WORDS)))
    assert "no orders" in markdown(at)
    assert any("sentiment" in link.proto.page for link in at.get("page_link"))
