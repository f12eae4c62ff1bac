"""Words and numbers as the reader's language writes them: gettext catalogues and Babel formats.

The msgid is the English sentence: `_("{n} customers came back.", n=number(412))`. Texts from `analytics/` are keys or marked templates;
a page passes them through `_()` too. `say(error)` is the sentence of a RegularsError. Formats take plain numbers and give text:

    money(1_234_000, "TWD")   NT$123.4 萬 / NT$1.23M        share(0.233, 412)   23.3 %（412 人）
    percent(0.233)            23.3 %                        days(37)            37 天 / 37 days
    number(12_345)            12,345                        day(d) month(d) span(a, b)
"""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from functools import cache, lru_cache
from gettext import GNUTranslations
from pathlib import Path
from typing import Literal

import streamlit as st
from babel import Locale, dates, numbers
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from analytics.errors import N_ as N_
from analytics.errors import Note, RegularsError

ROOT = Path(__file__).parents[2]
LANGUAGES = {"zh_TW": "中文", "en": "English"}

_WHOLE = {"TWD", "JPY", "KRW", "VND", "IDR", "CLP", "HUF"}
_SYMBOLS = {
    "TWD": "NT$",
    "USD": "US$",
    "MYR": "RM",
    "SGD": "S$",
    "HKD": "HK$",
    "IDR": "Rp",
    "THB": "฿",
    "VND": "₫",
    "BRL": "R$",
}


_spoken: ContextVar[str] = ContextVar("spoken", default="")


@contextmanager
def speaking(lang: str) -> Iterator[None]:
    """This language for the time of the block, wherever it runs: a file is made outside the run of the page that offers it."""
    before = _spoken.set(lang)
    try:
        yield
    finally:
        _spoken.reset(before)


def language() -> str:
    """The language in use: the one of `speaking`, else the reader's choice, else the browser's, else zh_TW."""
    if _spoken.get():
        return _spoken.get()
    chosen = st.session_state.get("lang")
    return chosen if chosen in LANGUAGES else preferred(st.context.locale)


def preferred(locale: str | None) -> str:
    """The offered language for a browser locale such as `zh-TW` or `fr-FR`; None and Chinese of any place: zh_TW."""
    return "zh_TW" if not locale or locale.lower().startswith("zh") else "en"


@cache
def catalogue(lang: str) -> GNUTranslations:
    """All locale/<lang>/LC_MESSAGES/*.po as one catalogue. A msgid that two files hold: the first file's wording."""
    merged = None
    for path in sorted((ROOT / "locale" / lang / "LC_MESSAGES").glob("*.po")):
        with path.open("rb") as file:
            read = read_po(file, locale=lang)
        if merged is None:
            merged = read
            continue
        for message in read:
            if message.id and message.id not in merged:
                merged[message.id] = message
    if merged is None:
        raise FileNotFoundError(f"No catalogue (*.po) for the language {lang} under {ROOT / 'locale'}.")
    compiled = io.BytesIO()
    write_mo(compiled, merged)
    compiled.seek(0)
    return GNUTranslations(compiled)


def _(sentence: str, **values: object) -> str:
    """The sentence in the reader's language, its named placeholders filled in."""
    if not sentence:
        return ""
    translated = catalogue(language()).gettext(sentence)
    return translated.format(**values) if values else translated


def words_of(names: dict[str, str]) -> dict[str, str]:
    """The names in the reader's language."""
    return {name: _(label) for name, label in names.items()}


def plural(one: str, many: str, n: int, **values: object) -> str:
    """`plural("{n} customer", "{n} customers", 3)`: the form that fits n; `{n}` comes formatted."""
    return catalogue(language()).ngettext(one, many, n).format(n=number(n), **values)


def say(error: RegularsError) -> str:
    """An error's sentence in the reader's language, for Markdown; dates and words among its values are put into it too."""
    values = {name: literal(value) if name == "file" else _value(value) for name, value in error.values.items()}
    return catalogue(language()).gettext(error.template).format(**values)


def noted(note: str) -> str:
    """The sentence of a note as the table `files` holds it, in the reader's language."""
    told = Note.from_json(note)
    return catalogue(language()).gettext(told.template).format(**dict(told.values))


def _value(value: object) -> object:
    if isinstance(value, date):
        return day(value)
    return literal(_(value)) if isinstance(value, str) else value


@cache
def _locale(lang: str) -> Locale:
    return Locale.parse(lang)


def missing(value: object) -> bool:
    """True for None, NaN and NaT: what is unknown is written as a dash, never as 0."""
    return value is None or value != value


def number(value: float | None, digits: int = 0) -> str:
    """12,345 or, with digits, 12,345.7; unknown: –"""
    return "–" if missing(value) else _decimal(float(round(value, digits)) + 0.0, digits, language())


@lru_cache(100_000)
def _decimal(value: float, digits: int, lang: str) -> str:
    return numbers.format_decimal(value, "#,##0" + ("." + "0" * digits if digits else ""), locale=_locale(lang))


def symbol(currency: str) -> str:
    """NT$ for TWD."""
    return _SYMBOLS.get(currency) or numbers.get_currency_symbol(currency, locale="en")


def money(value: float | None, currency: str, *, exact: bool = False) -> str:
    """NT$1,234; from 10,000 up in 萬 and 億 (zh_TW), from 100,000 up in K and M (en), unless exact. Under 100 with cents.

    Less than nothing is NT$−3,980, as on the axes of charts.
    """
    if missing(value):
        return "–"
    sign, size = f"{symbol(currency)}{'−' if value < 0 else ''}", abs(value)
    if exact or size < (10_000 if language() == "zh_TW" else 100_000):
        cents = currency not in _WHOLE and (exact or size < 100)
        return f"{sign}{number(size, 2 if cents else 0)}"
    steps = ((1e8, " 億"), (1e4, " 萬")) if language() == "zh_TW" else ((1e9, "B"), (1e6, "M"), (1e3, "K"))
    unit, name = next(step for step in steps if size >= step[0])
    return f"{sign}{number(size / unit, _digits(size / unit, language() == 'zh_TW'))}{name}"


def _digits(value: float, long: bool) -> int:
    """Decimals that leave three significant digits (four when long: 123.4 萬)."""
    return max(0, (4 if long and value >= 100 else 3) - len(str(math.floor(value))))


def percent(value: float | None, digits: int = 1) -> str:
    """23.3 % from 0.233; unknown: –"""
    return "–" if missing(value) else f"{number(value * 100, digits)} %"


def points(value: float | None, digits: int = 1) -> str:
    """A difference of two shares in percentage points, signed: +1.2 個百分點."""
    return (
        "–"
        if missing(value)
        else _("{n} percentage points", n=f"{'+' if value > 0 else ''}{number(value * 100, digits)}")
    )


def share(value: float | None, n: int, of: Literal["people", "reviews", "things"] = "people") -> str:
    """A share with what it stands on: 23.3 %（412 人）. of: what they are."""
    sentence = {
        "people": N_("{share} (n={n})"), "reviews": N_("{share} ({n} reviews)"), "things": N_("{share} (of {n})"),
    }[of]  # fmt: skip
    return _(sentence, share=percent(value), n=number(n))


def days(value: float | None) -> str:
    """37 天, 37 days; unknown: –"""
    return "–" if missing(value) else plural("{n} day", "{n} days", round(value))


def day(value: date | None) -> str:
    """2026-10-31, in both languages; unknown: –"""
    return "–" if missing(value) else f"{value:%Y-%m-%d}"


def month(value: date | None) -> str:
    """2026年10月, Oct 2026; unknown: –"""
    return "–" if missing(value) else _month(_date(value), language())


@lru_cache(4096)
def _month(value: date, lang: str) -> str:
    return dates.format_date(value, "y年M月" if lang == "zh_TW" else "MMM y", locale=_locale(lang))


def span(start: date | None, end: date | None) -> str:
    """2024-11-01 至 2026-10-31."""
    return _("{start} to {end}", start=day(start), end=day(end))


def listed(words: list[str]) -> str:
    """紅茶、綠茶; black tea, green tea."""
    return ("、" if language() == "zh_TW" else ", ").join(words)


def sentences(*parts: str) -> str:
    """Sentences one after the other, with a space between them only where the language has one; empty ones are dropped."""
    return ("" if language() == "zh_TW" else " ").join(part for part in parts if part)


def _date(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value


def literal(name: object) -> str:
    """A text out of the data, so that nothing in it is read as Markdown, not even what Streamlit makes of plain text: links, icons, arrows.

    Lines become one. What would still be read stands apart by a character without width.
    """
    return _literal(str(name))


@lru_cache(4096)
def _literal(name: str) -> str:
    words = _ODD_SPACE.sub(" ", _UNSEEN.sub("", name))
    return _PUNCTUATION.sub(r"\\\g<0>", _READ_AFTERWARDS.sub("\u2060", words))


_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0e-\x1f\x7f]")
"""Characters that turn the direction of writing, or have no look at all."""
_ODD_SPACE = re.compile(r"\s+")
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
_READ_AFTERWARDS = re.compile(
    r"(?<=:)(?=[/A-Za-z])|(?<=www)(?=\.)|(?<=@)(?=\w)|(?<=-)(?=[->])|(?<=<)(?=-)|(?<=[<>~])(?==)", re.IGNORECASE
)
"""Where Streamlit sees links, icons and arrows once the Markdown is read, so that a backslash does not help."""


def bare(words: str) -> str:
    """A sentence made for Markdown as it reads: without the marks of `literal` and `plain`, and without bold."""
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", words.replace("**", "").replace("\u2060", ""))


def plain(words: str) -> str:
    """A sentence for Markdown in which `$` is money, not mathematics, and `~` a range, not a strike."""
    return re.sub(r"(?<!\\)([$~])", r"\\\1", words) if "$" in words or "~" in words else words
