"""Numbers, days and sentences as a Taiwanese and an English reader write them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest

from analytics.errors import N_, InputError
from pages.shared import text


@pytest.fixture
def reading(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """`reading("en")`: the reader's language for this test."""
    return lambda lang: monkeypatch.setattr(text, "language", lambda: lang)


@pytest.mark.parametrize(
    ("value", "currency", "chinese", "english"),
    [
        (1234, "TWD", "NT$1,234", "NT$1,234"),
        (9_999.6, "TWD", "NT$10,000", "NT$10,000"),
        (12_345, "TWD", "NT$1.23 萬", "NT$12,345"),
        (1_234_000, "TWD", "NT$123.4 萬", "NT$1.23M"),
        (12_340_000, "TWD", "NT$1,234 萬", "NT$12.3M"),
        (523_000_000, "TWD", "NT$5.23 億", "NT$523M"),
        (-3_980, "TWD", "NT$−3,980", "NT$−3,980"),
        (-12_345, "TWD", "NT$−1.23 萬", "NT$−12,345"),
        (8.4, "GBP", "£8.40", "£8.40"),
        (393.27, "GBP", "£393", "£393"),
        (None, "TWD", "–", "–"),
        (float("nan"), "TWD", "–", "–"),
    ],
)
def test_money(reading: Callable[[str], None], value: float, currency: str, chinese: str, english: str) -> None:
    reading("zh_TW")
    assert text.money(value, currency) == chinese
    reading("en")
    assert text.money(value, currency) == english


def test_exact_money_is_never_shortened(reading: Callable[[str], None]) -> None:
    reading("zh_TW")
    assert text.money(8_911_407.9, "GBP", exact=True) == "£8,911,407.90"
    assert text.money(1_234_567, "TWD", exact=True) == "NT$1,234,567"


def test_shares_say_what_they_stand_on(reading: Callable[[str], None]) -> None:
    reading("zh_TW")
    assert text.share(0.2333333, 412) == "23.3 %（412 人）"
    assert text.points(0.033) == "+3.3 個百分點"
    reading("en")
    assert text.share(0.2333333, 1412) == "23.3 % (n=1,412)"
    assert text.percent(float("nan")) == "–"


def test_days_and_months(reading: Callable[[str], None]) -> None:
    reading("zh_TW")
    assert (text.days(37.2), text.month(date(2026, 10, 1))) == ("37 天", "2026年10月")
    assert text.span(date(2024, 11, 1), datetime(2026, 10, 31)) == "2024-11-01 至 2026-10-31"
    reading("en")
    assert (text.days(1), text.days(37), text.month(datetime(2026, 10, 1))) == ("1 day", "37 days", "Oct 2026")
    assert text.day(None) == "–"


def test_the_browser_chooses_the_first_language() -> None:
    languages = {locale: text.preferred(locale) for locale in ("zh-TW", "zh-CN", "zh", None, "en-US", "fr-FR")}
    assert languages == {"zh-TW": "zh_TW", "zh-CN": "zh_TW", "zh": "zh_TW", None: "zh_TW", "en-US": "en", "fr-FR": "en"}


def test_an_error_is_said_in_the_readers_language(reading: Callable[[str], None]) -> None:
    error = InputError(N_("{start} to {end}"), start=date(2026, 1, 2), end="cancelled")
    reading("zh_TW")
    assert text.say(error) == "2026-01-02 至 已取消"


def test_a_sentence_without_a_translation_is_said_in_english(reading: Callable[[str], None]) -> None:
    reading("zh_TW")
    untranslated = "Not in any catalogue: {n}"
    assert text._(untranslated, n=1) == "Not in any catalogue: 1"
