"""The triage page: who waits, notes and drafts, past replies; last in a browser."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from analytics.reviews import triage
from tests.support.app import at_page, captions, everything, markdown, opened, rerun
from tests.support.browser import PATIENCE, settled
from tests.support.review_rows import ORDERS, WORDS, review, reviews_csv

TRIAGE = "pages/triage/page.py"
OpenPage = Callable[..., Page]


@pytest.fixture(scope="module")
def files() -> list[tuple[str, bytes]]:
    return [("orders.csv", ORDERS), ("reviews.csv", reviews_csv(WORDS))]


def test_the_triage_page_says_who_waits(files):
    at = opened(TRIAGE, *files)
    assert at.subheader[0].value.startswith("5 unhappy reviews of the last 90 days wait for an answer.")
    assert "Case 1 of 5" in captions(at)
    assert ":red-background[出貨很慢]" in markdown(at)
    assert re.search("[\u4e00-\u9fff]", at.code[0].value), "the review is Chinese, so is the reply"


@pytest.mark.parametrize("lang", ["zh_TW", "en"])
def test_a_reply_is_drafted_in_the_language_of_its_review(lang):
    english = [review("u0", "2025-02-10", 1, "Arrived broken, very slow delivery, terrible service", product="tea")]
    at = opened(TRIAGE, ("orders.csv", ORDERS), ("reviews.csv", reviews_csv(english)), lang=lang)
    assert at.code[0].value.isascii()


def test_who_is_to_be_reached_first_is_called_only_where_there_is_a_number():
    at = at_page(TRIAGE)
    said = at.subheader[0].value
    by_phone, by_chat = map(int, re.search(r"first: (\d+) by telephone, (\d+) by chat", said).groups())
    reach = at.dataframe[0].value.reach.tolist()
    assert (reach.count("by telephone"), reach.count("by chat")) == (by_phone, by_chat)
    assert by_phone + by_chat > 0


def test_a_status_takes_the_case_out_of_the_queue_and_a_saved_file_brings_it_back(files):
    at = opened(TRIAGE, *files)
    first = next(one for one in at.segmented_control if one.key.startswith("triage_status_"))
    first.set_value("solved")
    rerun(at)
    assert at.subheader[0].value.startswith("4 unhappy reviews")
    saved = triage.notes_file(at.session_state["notebook_mine"].rows("triage"))
    again = opened(TRIAGE, *files)
    again.file_uploader(key="triage_notes_file").set_value([("notes.csv", saved, "text/csv")])
    rerun(again)
    assert again.subheader[0].value.startswith("4 unhappy reviews")


def test_a_wrong_file_of_notes_is_said_and_changes_nothing(files):
    at = opened(TRIAGE, *files)
    at.file_uploader(key="triage_notes_file").set_value([("x.csv", b"a,b\n1,2\n", "text/csv")])
    rerun(at)
    assert "holds no notes on reviews" in markdown(at)
    assert at.subheader[0].value.startswith("5 unhappy reviews")


def test_the_owners_own_templates_are_used_and_broken_ones_said(files):
    at = opened(TRIAGE, *files)
    at.file_uploader(key="triage_templates_file").set_value([("t.toml", b"[en", "application/toml")])
    rerun(at)
    assert "t.toml" in markdown(at)


def test_filters_that_leave_nothing_say_so(files):
    at = opened(TRIAGE, *files, triage_aspect="effect")
    assert "Nothing waits under these filters." in [box.value for box in at.success]


def test_names_and_phones_show_only_when_asked_for(files):
    at = opened(TRIAGE, *files)
    assert "u16@example" not in everything(at)
    at.toggle(key="names").set_value(True)
    rerun(at)
    assert "@example.com" in everything(at)
    assert at.dataframe[0].value.who.str.endswith("@example.com").all()


def test_copied_and_paid_replies_are_flagged():
    rows = [review(f"u{n}", "2025-02-10", 5, "好", reply="謝謝您的支持", product="tea") for n in range(4)]
    rows.append(review("u9", "2025-02-11", 5, "讚", reply="五星好評返現20元喔", product="tea"))
    at = opened(TRIAGE, ("orders.csv", ORDERS), ("reviews.csv", reviews_csv(rows)))
    assert "**80 %** of 5 replies" in markdown(at)
    assert "1 reply offers something for a good review" in markdown(at)


def test_replies_of_which_none_is_copied_are_said_to_be_so(files):
    said = ["謝謝", "感謝支持", "期待再相見", "很高興", "收到"]
    rows = [review(f"u{n}", "2025-02-10", 5, "好", reply=words, product="tea") for n, words in enumerate(said)]
    at = opened(TRIAGE, ("orders.csv", ORDERS), ("reviews.csv", reviews_csv(rows)))
    assert "None of the 5 replies is word for word like another one." in markdown(at)


def test_buyers_who_speak_of_a_gift_for_stars_are_heard(files):
    rows = [*WORDS, review("u3", "2025-02-28", 5, "給五星好評賣家會返現20元")]
    at = opened(TRIAGE, ("orders.csv", ORDERS), ("reviews.csv", reviews_csv(rows)))
    assert "1 review speaks of something given for good stars" in markdown(at)


def test_in_a_browser_a_row_opens_its_case_and_the_queue_downloads(open_page: OpenPage):
    page = open_page("triage?shop=fashion&lang=en")
    expect(page.get_by_text(re.compile("Case 1 of"))).to_be_visible(timeout=PATIENCE)
    grid = page.locator("[data-testid='stDataFrame']").first
    box = grid.bounding_box()
    page.mouse.click(box["x"] + 20, box["y"] + 35 + 35 * 2 + 17)
    settled(page)
    expect(page.get_by_text(re.compile("Case 3 of"))).to_be_visible(timeout=PATIENCE)
    with page.expect_download() as loading:
        page.get_by_role("button", name="CSV").first.click()
    assert loading.value.suggested_filename.startswith("regulars-fashion-review-triage")
