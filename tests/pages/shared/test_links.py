"""What a link holds, what is folded away and how it is taken back, and a link to files that are elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.support.app import app, at_page, captions, markdown, rerun
from tests.support.browser import PATIENCE, settled

OpenPage = Callable[..., Page]


def test_filters_folded_away_are_counted_and_cleared() -> None:
    at = app(lang="en", shop="fashion", leave_out_revenue="20000", leave_out_days="9", include="cancelled")
    assert "orange-badge[2 set]" in markdown(at)
    assert "orange-badge[1 set]" in markdown(at)
    assert "without customers above" in captions(at)
    at.button(key="left_out_clear").click()
    rerun(at)
    assert "orange-badge[2 set]" not in markdown(at)
    assert "without customers above" not in captions(at)
    assert "counting Cancelled too" in captions(at)
    assert "leave_out_revenue" not in at.query_params
    at.button(key="filters_clear").click()
    rerun(at)
    assert "counting" not in captions(at)
    assert "badge" not in markdown(at)
    assert not [button for button in at.button if button.key == "filters_clear"]
    assert dict(at.query_params) == {"lang": "en", "shop": "fashion"} or set(at.query_params) == {"lang", "shop"}


def test_the_period_is_cleared_where_the_page_says_it() -> None:
    at = at_page("pages/cohorts/page.py", period="6m", cohorts_unit="count", cohorts_scale="true")
    assert "orange-badge[2 set]" in markdown(at)
    at.button(key="cohorts_settings_clear").click()
    rerun(at)
    assert at.toggle(key="cohorts_scale").value is False
    at.button(key="filters_clear").click()
    rerun(at)
    assert at.selectbox(key="period").value == "all"
    assert "2024-11-02 to 2026-10-31" in captions(at)


def test_a_link_to_somebodys_own_files_says_what_to_do() -> None:
    assert "never leave the computer" in captions(app(lang="en", shop="mine"))


def test_a_link_holds_the_row_by_its_place_and_never_by_a_name() -> None:
    at = at_page("pages/segments/page.py", segments_section="list", late_row="2")
    card = [frame.value for frame in at.dataframe]
    assert "**Next step**" in markdown(at), "the card of the third row is open"
    assert len(card) >= 3
    at = at_page("pages/segments/page.py", segments_section="list", late_row="99999")
    assert "**Next step**" not in markdown(at)


def test_in_a_browser_a_row_goes_into_the_address_and_folded_choices_are_cleared(open_page: OpenPage) -> None:
    page = open_page("segments?segments_section=list&cuts=d10-20-30-40_d2-4-6-8_a300")
    grid = page.get_by_test_id("stDataFrame").first
    grid.scroll_into_view_if_needed()
    box = grid.bounding_box()
    for row in (1, 3):
        page.mouse.click(box["x"] + 20, box["y"] + 35 * (row + 1) + 17)
        expect(page).to_have_url(re.compile(f"late_row={row}"), timeout=PATIENCE)
        settled(page)
    expect(page.get_by_text("下一步").first).to_be_visible(timeout=PATIENCE)
    page.get_by_role("button", name="清除", exact=True).first.click()
    expect(page).to_have_url(re.compile("^(?!.*cuts=)"), timeout=PATIENCE)
