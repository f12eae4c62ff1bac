"""Every sentence in the code has its words in zh_TW, every key its words in English, and placeholders survive translation."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from pages.shared.glossary import TERMS

ROOT = Path(__file__).parents[1]
CODE = [ROOT / "app.py", *sorted((ROOT / "pages").rglob("*.py")), *sorted((ROOT / "analytics").rglob("*.py"))]
LANGUAGES = ("zh_TW", "en")


@cache
def messages(lang: str) -> dict[str, list[tuple[str, Message]]]:
    """msgid -> the (file name, message) pairs that hold it."""
    held: dict[str, list[tuple[str, Message]]] = {}
    for path in sorted((ROOT / "locale" / lang / "LC_MESSAGES").glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=lang, abort_invalid=True):
                if message.id:
                    held.setdefault(forms(message.id)[0], []).append((path.name, message))
    return held


def forms(text: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    """The forms of a msgid or msgstr: one, or singular and plural."""
    return (text,) if isinstance(text, str) else tuple(text)


def marked(path: Path) -> Iterator[str]:
    """The sentences a file marks for translation: `_("…")`, `N_("…")` and the singular of `plural("…", "…", n)`."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in {"_", "N_", "plural"} and isinstance(node.args[0].value, str) and node.args[0].value:
                yield node.args[0].value


def test_each_sentence_stands_in_the_catalogue_of_its_room() -> None:
    done = subprocess.run(
        [sys.executable, "locale/arrange.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"run python locale/arrange.py:\n{done.stderr}"


@cache
def all_marked() -> frozenset[str]:
    return frozenset(sentence for path in CODE for sentence in marked(path))


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_sentence_has_its_chinese(path: Path) -> None:
    missing = [sentence for sentence in marked(path) if sentence not in messages("zh_TW")]
    assert not missing, "not in any locale/zh_TW/LC_MESSAGES/*.po"


def test_every_key_has_its_english() -> None:
    keys = messages("zh_TW").keys() - all_marked()
    assert not keys - messages("en").keys(), "neither marked in the code nor a key with English words (locale/en)"


def test_every_english_word_has_its_chinese() -> None:
    assert not messages("en").keys() - messages("zh_TW").keys()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_is_left_empty_or_doubtful(lang: str) -> None:
    for msgid, held in messages(lang).items():
        for file, message in held:
            assert all(forms(message.string)), f"{file}: {msgid!r} has no words"
            assert not message.fuzzy, f"{file}: {msgid!r} is marked fuzzy"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_one_msgid_has_one_wording(lang: str) -> None:
    for msgid, held in messages(lang).items():
        assert len({forms(message.string) for _, message in held}) == 1, (
            f"{msgid!r} differs between {', '.join(file for file, _ in held)}"
        )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_placeholders_survive_translation(lang: str) -> None:
    for msgid, held in messages(lang).items():
        for file, message in held:
            wanted = set().union(*map(placeholders, forms(message.id)))
            for translated in forms(message.string):
                assert placeholders(translated) <= wanted, f"{file}: {msgid!r}"
                if lang == "zh_TW":
                    assert placeholders(translated) == wanted, f"{file}: {msgid!r} lost a placeholder"


MAINLAND = (
    "用户",
    "信息",
    "数据",
    "視頻",
    "質量",
    "默認",
    "屏幕",
    "點擊",
    "文件夾",
    "運營",
    "復購",
    "订单",
    "顾客",
    "缺省",
)


def test_the_chinese_is_taiwanese() -> None:
    for msgid, held in messages("zh_TW").items():
        for file, message in held:
            found = [word for word in MAINLAND if any(word in text for text in forms(message.string))]
            assert not found, f"{file}: {msgid!r} says {found}"
            assert not re.search(r"[\u4e00-\u9fff][,;:?!]", "".join(forms(message.string))), (
                f"{file}: {msgid!r}: half-width mark"
            )


@pytest.mark.parametrize(
    "guide", sorted((ROOT / "pages").rglob("*.md")), ids=lambda path: f"{path.parent.name}-{path.name}"
)
def test_guides_come_in_both_languages(guide: Path) -> None:
    page, lang, _ = guide.name.split(".")
    assert lang in LANGUAGES
    assert all(guide.with_name(f"{page}.{other}.md").exists() for other in LANGUAGES)


JARGON = ("加權", "P25", "P75", "切點", "百分位", "輪廓係數", "保留組", "編碼", "n=", "中位數", "標準差")
"""Words that no shop owner says. The glossary explains them, and a ⓘ may give one as 術語."""


def test_the_chinese_is_what_a_shop_owner_says() -> None:
    explained = {words for term in TERMS for words in (term.word, term.term, term.meaning)}
    for msgid, held in messages("zh_TW").items():
        for file, message in held:
            said = "".join(forms(message.string))
            found = [word for word in JARGON if word in said]
            assert not found or msgid in explained or "術語" in said, f"{file}: {msgid!r} says {found}"


def test_a_span_is_said_once() -> None:
    """A span holds its own "to": from 2025-01-01 to 2025-01-31 to 2025-02-28 is what nobody can read."""
    spans = {sentence for sentence in all_marked() if "{span}" in sentence}
    assert len(spans) >= 5
    assert not [sentence for sentence in spans if re.search(r"\b(to|until) \{span\}|\{span\} (to|until)\b", sentence)]
