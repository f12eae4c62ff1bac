"""The glossary: all words in both languages, found by typing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from pages.shared import glossary, menu
from tests.support.app import at_page, captions, markdown, rerun
from tests.support.browser import PATIENCE

PAGE = "pages/glossary/page.py"
OpenPage = Callable[..., Page]


@pytest.mark.parametrize(("lang", "word", "term"), [("zh_TW", "先不聯絡", "對照組"), ("en", "Held out", "holdout")])
def test_every_word_is_there_in_both_languages_and_can_be_found(lang: str, word: str, term: str) -> None:
    at = at_page(PAGE, lang=lang)
    said = markdown(at)
    assert said.count(":small[") == len(glossary.TERMS)
    assert word in said
    assert term in said
    at.text_input(key="glossary_word").set_value(term)
    rerun(at)
    assert 1 <= markdown(at).count(":small[") < 5
    at.text_input(key="glossary_word").set_value("nothing like it")
    rerun(at)
    assert "nothing like it" in captions(at)


def test_it_opens_without_a_shop() -> None:
    assert at_page(PAGE, shop="mine").title[0].value == "What do these words mean?"


def test_words_name_pages_that_there_are() -> None:
    assert {page for term in glossary.TERMS for page in term.pages} <= set(menu.PAGES)
    assert len({term.word for term in glossary.TERMS}) == len(glossary.TERMS)


@pytest.mark.browser
def test_in_a_browser_what_streamlit_says_in_english_is_said_in_chinese(open_page: OpenPage) -> None:
    page = open_page("glossary?period=own")
    side = page.get_by_test_id("stSidebar")
    shown = """node => [node, ...node.querySelectorAll('*')].flatMap(one => ['::before', '::after'].map(
        part => getComputedStyle(one, part).content).filter(words => !['none', 'normal'].includes(words))).join('') """
    dropzone = side.get_by_test_id("stFileUploaderDropzone")
    assert "選擇檔案" in dropzone.evaluate(shown)
    assert "單檔 1 GB 內" in dropzone.evaluate(shown)
    for words in ("Upload", "1GB per file"):
        size = dropzone.get_by_text(words, exact=True).evaluate("node => getComputedStyle(node).fontSize")
        assert size == "0px", f"{words} still shows"
    day = side.get_by_test_id("stDateInputField").first
    assert {"年", "月", "日"} <= set(day.evaluate(shown))
    page.get_by_label("找一個詞").fill("回購")
    assert "按 Enter 套用" in page.get_by_test_id("stTextInput").evaluate(shown)
    english = open_page("glossary?lang=en")
    assert "選擇檔案" not in english.get_by_test_id("stFileUploaderDropzone").evaluate(shown)
    words = open_page("overview")
    words.get_by_text("這一頁的用詞").scroll_into_view_if_needed()
    words.get_by_text("這一頁的用詞").locator("xpath=ancestor::*[@data-testid='stElementContainer']").get_by_role(
        "button"
    ).hover()
    expect(words.get_by_text("購買日").last).to_be_visible(timeout=PATIENCE)
