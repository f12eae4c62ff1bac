"""The review pages: answers, every choice, clicks, notes and drafts; shops with no reviews, only stars, only words; last in a browser."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from analytics.reviews import careful, encoder
from analytics.workspace import Workspace
from pages.shared import menu, place, session
from tests.support.app import PAGES, at_page, captions, figures, markdown, opened, rerun
from tests.support.browser import PATIENCE, settled
from tests.support.review_rows import NO_STARS, ORDERS, STARS, WORDS, review, reviews_csv, survey_csv

SENTIMENT, TRIAGE = "pages/sentiment/page.py", "pages/triage/page.py"
OF_ANY_SHOP = tuple(f"pages/{name}/page.py" for name in ("notebook", "storage", "glossary", "week", "playbook"))
"""Pages that ask nothing of the data, or are content with reviews."""
PARTS = ("aspects", "products", "texts", "apart", "after", "files")
OpenPage = Callable[..., Page]


@pytest.fixture(scope="module")
def files() -> list[tuple[str, bytes]]:
    return [("orders.csv", ORDERS), ("reviews.csv", reviews_csv(WORDS))]


def test_the_sentiment_page_asks_and_answers(files):
    at = opened(SENTIMENT, *files)
    assert at.title[0].value.endswith("?")
    assert (
        at.subheader[0].value
        == "20 texts of the last 90 days: 15 good, 5 with a complaint. That is too few to speak of shares. Most complain of: Delivery (5)."
    )
    assert [metric.label for metric in at.metric] == ["Good texts", "Unhappy texts", "Stars", "Star balance"]


@pytest.mark.parametrize("part", PARTS)
def test_every_part_opens_from_its_link(files, part):
    at = opened(SENTIMENT, *files, sentiment_part=part)
    assert at.query_params.get("sentiment_part", ["aspects"]) in (part, [part])
    assert len(figures(at)) >= 2


@pytest.mark.parametrize("rows", [STARS, NO_STARS], ids=["only stars", "only words"])
@pytest.mark.parametrize("part", PARTS)
def test_only_stars_and_only_words_are_shown_as_they_are(rows, part):
    at = opened(SENTIMENT, ("orders.csv", ORDERS), ("reviews.csv", reviews_csv(rows)), sentiment_part=part)
    assert ("No words that can be read." in captions(at)) == (rows is STARS)
    assert ("No stars in these files." in captions(at)) == (rows is NO_STARS)


@pytest.mark.parametrize("page", [SENTIMENT, TRIAGE])
def test_without_reviews_the_page_says_what_to_add(page):
    at = opened(page, ("orders.csv", ORDERS))
    assert "None of these files holds reviews" in markdown(at)
    assert not figures(at)


def test_a_remembered_shops_texts_are_read_carefully_once_for_all_sessions(tmp_path, monkeypatch):
    asked: list[str] = []
    read = encoder.Encoder.read
    monkeypatch.setattr(encoder.Encoder, "read", lambda self, texts: asked.extend(texts) or read(self, texts))
    monkeypatch.setattr(place, "workspace", lambda: Workspace(tmp_path))
    of_no_other_test = reviews_csv(list(WORDS)[:7])
    at = opened(SENTIMENT, ("orders.csv", ORDERS), ("reviews.csv", of_no_other_test))
    at.session_state["read_carefully"].wait()
    first = len(asked)
    assert first
    at.session_state["remembered_wanted"] = "茶舖"
    rerun(at)
    shop = at.session_state["current"].remembered
    at.session_state["read_carefully"].wait()
    again = at_page(SENTIMENT, shop=session.KEPT + shop.id).session_state["read_carefully"]
    again.wait()
    assert len(asked) == first
    assert careful.kept(shop.opinions) == again.opinions
    assert again.done
    kept, *_ = at_page(menu.file("storage"), shop=session.KEPT + shop.id).dataframe
    assert "opinions.npz" in kept.value["name"].tolist(), "nothing is kept that the page of what is kept does not show"


@pytest.mark.parametrize("page", PAGES)
def test_reviews_alone_open_every_page_with_something_to_say(page):
    at = opened(page, ("reviews.csv", reviews_csv(WORDS)))
    if page in (SENTIMENT, TRIAGE):
        assert figures(at)
    elif page in OF_ANY_SHOP:
        assert "about orders" not in markdown(at)
    else:
        assert "20 reviews" in markdown(at)
        assert "no orders" in markdown(at)


def test_a_survey_gives_an_nps_and_no_star_balance():
    answers = [(f"u{n}", "2025-01-25", score) for n, score in enumerate([10, 10, 9, 9, 10, 9, 8, 7, 6, 0])]
    at = opened(SENTIMENT, ("orders.csv", ORDERS), ("survey.csv", survey_csv(answers)), sentiment_part="survey")
    nps = next(metric for metric in at.metric if metric.label == "NPS")
    assert nps.value == "+40"
    assert "Star balance" not in [metric.label for metric in at.metric]


def test_a_click_on_a_bar_shows_the_reviews_with_the_clause_marked(files):
    at = opened(SENTIMENT, *files)
    at.session_state["sentiment_aspects"] = {"selection": {"points": [{"customdata": ["shipping", "negative"]}]}}
    rerun(at)
    assert "**Delivery, Complained of** · 5 reviews" in markdown(at)
    assert ":red-background[出貨很慢]" in markdown(at)


def test_a_click_on_a_month_shows_that_months_complaints(files):
    at = opened(SENTIMENT, *files)
    at.session_state["sentiment_complaints"] = {"selection": {"points": [{"customdata": ["shipping", "2025-02-01"]}]}}
    rerun(at)
    assert "**Delivery · Feb 2025** · 5 reviews" in markdown(at)


def test_what_was_read_adds_up(files):
    at = opened(SENTIMENT, ("orders.csv", ORDERS), ("a.csv", reviews_csv([*WORDS, WORDS[0]])), sentiment_part="files")
    assert "21 rows: 20 reviews kept, 1 twice" in markdown(at)
    assert "100.0 % of those kept are tied to an order" in markdown(at)


def test_the_tea_shops_june_is_the_first_finding():
    at = at_page(SENTIMENT, lang="zh_TW", shop="tea")
    assert re.search(r"2026年6月有 \d+ % 的文字評價抱怨出貨物流", markdown(at))


def test_from_thirty_texts_on_the_answer_speaks_of_shares():
    rows = [review(f"u{n}", f"2025-02-{1 + n % 28:02}", 5, f"品質很好，會回購{n}", product="tea") for n in range(30)]
    at = opened(SENTIMENT, ("reviews.csv", reviews_csv(rows)))
    assert at.subheader[0].value == "Of 30 texts of the last 90 days, 100 % are good and 0 % hold a complaint."


def test_a_clear_rise_of_complaints_is_the_first_finding():
    at = at_page(SENTIMENT, lang="zh_TW", shop="durable")
    rise = (
        r"多了 [\d.]+ 個百分點（95 % 範圍：[\d.]+ 到 [\d.]+），來到 \d+ %（23 則裡的 \d+ 則；之前是 21 則裡的 \d+ 則）"
    )
    assert re.search(rise, markdown(at))
    assert "最多人抱怨的是" in at.subheader[0].value


def test_with_few_reviews_and_no_orders_nothing_is_said_that_is_not_there():
    rows = [
        review("", "2025-03-03", 5, "很好喝", name="a", reply="謝謝您"),
        review("", "2025-04-20", 2, "跟超市賣的差不多", name="b"),
    ]
    at = opened(TRIAGE, ("reviews.csv", reviews_csv(rows)))
    assert at.subheader[0].value == "1 unhappy review of the last 90 days waits for an answer."
    assert [metric.label for metric in at.metric] == ["Unhappy, waiting"]
    assert "1 reply is too few to say how many are copied." in captions(at)
    assert "word for word" not in markdown(at)
    assert "This order" not in markdown(at)


@pytest.mark.parametrize(("months", "labels"), [(["03", "04"], ["2025-03", "2025-04"]), (["03"], ["2025-03"])])
def test_few_bars_are_named_right_below_and_pale_ones_explained(months, labels):
    rows = [review("", f"2025-{month}-05", 5, "很好喝", name=month) for month in months]
    at = opened(SENTIMENT, ("reviews.csv", reviews_csv(rows)))
    axis = json.loads(figures(at)[0])["layout"]["xaxis"]
    assert axis["ticktext"] == labels
    assert [str(value)[:7] for value in axis["tickvals"]] == labels
    assert "Pale: fewer than 30 reviews." in captions(at)


def test_an_unknown_table_of_reviews_is_mapped_on_the_data_page_and_read():
    table = "顧客,心得,給幾顆星,何時寫\nu1@example.com,出貨很快,5,2025/2/20\nu2@example.com,太小了,2,2025/2/21\n"
    at = opened("pages/data/page.py", ("mine.csv", table.encode()))
    [kind] = [control for control in at.segmented_control if (control.key or "").endswith("_kind")]
    assert kind.value == "reviews"
    at.selectbox(key=kind.key.removesuffix("_kind") + "_review_reviewed_at").set_value("何時寫")
    at.button[0].click()
    rerun(at)
    at.switch_page(SENTIMENT)
    rerun(at)
    assert "2 texts of the last 90 days: 1 good, 1 with" in at.subheader[0].value


def test_nonsense_in_the_link_is_left_aside(files):
    for page in (SENTIMENT, TRIAGE):
        opened(
            page,
            *files,
            sentiment_days="7",
            sentiment_part="x",
            sentiment_grain="9",
            triage_days="-1",
            triage_states="x",
            triage_aspect="<b>",
        )


def test_in_a_browser_every_part_can_be_reached_and_a_bar_clicked(open_page: OpenPage):
    page = open_page("sentiment?shop=tea&lang=en")
    expect(page.get_by_text("What do buyers say in their reviews?")).to_be_visible(timeout=PATIENCE)
    bar = page.locator(".st-key-sentiment_aspects g.points path").first
    bar.scroll_into_view_if_needed()
    box = bar.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    settled(page)
    expect(page.get_by_text(re.compile(r"(Complained of|Praised) · \d+ reviews?")).first).to_be_visible(
        timeout=PATIENCE
    )
    for part in ("Products", "Topics and questions", "Stars and words apart", "After the review", "What was read"):
        page.get_by_role("radio", name=part).or_(page.get_by_role("button", name=part)).first.click()
        settled(page)
        assert not page.locator("[data-testid='stException']").count()
