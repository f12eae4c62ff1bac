"""Finds the questions buyers ask in their reviews and groups them into the draft of an FAQ."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from analytics.reviews import encoder
from analytics.reviews.score import CLEARLY_NEGATIVE, analyse
from analytics.reviews.text import HAN, clauses, clean, fold

OWN = "own"
ALIKE = 0.75
"""Cosine from which on two questions ask the same."""
GROUPS = Path(__file__).with_name("questions.toml")
ASKING = re.compile(
    fold(
        r"請問|想問|想請問|嗎|有沒有|會不會|是不是|能不能|可不可以|要不要|怎麼(?!會|這麼|那麼|可能|都)|如何|多久|幾天|幾號|幾公分|什麼時候|何時|哪裡買|哪一|哪個|多少(?!有|會)"
    )
    + r"|^(?:how|what|when|where|which|can|could|does|do|is|are|will|would) "
)
MARK = re.compile(r"[?？]")
# Asked to blame, not to know.
RHETORICAL = re.compile(
    fold(
        r"這是.*嗎|是在|搞什麼|誰敢|憑什麼|有事嗎|開玩笑|好意思|怎麼這|不會太|會不會太|是不是太|也太|到底|什麼鬼|什麼東西|是認真|給人.*嗎|說好的|為什麼.*(?:不|沒)"
    )
)


@dataclass(frozen=True)
class Questions:
    """asked: one row per question: review (position of the text), group, question (as written). faq: one row per group that
    occurs, most asked first: group, questions (how many), title, answer (a start with … to fill in), examples (up to three, by line).
    A question that no group of questions.toml holds stands for itself, together with those that ask alike: its group is OWN and a number,
    its title the question as the first buyer put it.
    """

    asked: pd.DataFrame
    faq: pd.DataFrame


def questions(texts: Iterable[object], language: str = "zh_TW") -> Questions:
    """language: of title and answer, zh_TW or en. Blame put as a question (這是給人吃的嗎？) is left out."""
    listed = [(number, part) for number, text in enumerate(texts) for part in _questions_in(clean(text))]
    p = analyse([part for _, part in listed]).reviews["p_positive"] if listed else pd.Series(dtype=float)
    asked = pd.DataFrame(
        [
            (number, group_of(part), part)
            for (number, part), sure in zip(listed, p, strict=True)
            if not _blames(part, sure)
        ],
        columns=["review", "group", "question"],
    )
    asked["group"] = _own_groups(asked)
    suffix = "en" if language == "en" else "zh"
    rows = []
    for group, members in asked.groupby("group", sort=False):
        kind = groups().get(group) or dict.fromkeys((f"title_{suffix}", f"answer_{suffix}"))
        examples = "\n".join(
            dict.fromkeys(members["question"]).keys()
            if len(members) < 4
            else list(dict.fromkeys(members["question"]))[:3]
        )
        title = kind[f"title_{suffix}"] or members["question"].iloc[0]
        rows.append((group, len(members), title, kind[f"answer_{suffix}"] or "…", examples))
    faq = pd.DataFrame(rows, columns=["group", "questions", "title", "answer", "examples"])
    return Questions(asked, faq.sort_values("questions", ascending=False, kind="stable", ignore_index=True))


def group_of(question: str) -> str:
    """The first group of questions.toml with a word in the question; "": none has."""
    folded = fold(question)
    return next((name for name, kind in groups().items() if any(word in folded for word in kind["folded"])), "")


def _own_groups(asked: pd.DataFrame) -> list[str]:
    """Groups of the questions, with those that fit no group put together where they ask alike."""
    alone = np.flatnonzero(asked["group"] == "")
    named = asked["group"].tolist()
    if len(alone):
        meanings = encoder.load().meanings([fold(question) for question in asked["question"].iloc[alone]])
        first: list[int] = []
        for number, place in enumerate(alone.tolist()):
            like = meanings[first] @ meanings[number] if first else np.zeros(1)
            nearest = int(np.argmax(like))
            if like[nearest] < ALIKE:
                first.append(number)
                nearest = len(first) - 1
            named[place] = f"{OWN} {nearest + 1}"
    return named


@cache
def groups() -> dict[str, dict]:
    """Group -> its words, titles and starts of answers."""
    table = tomllib.loads(GROUPS.read_text(encoding="utf-8"))
    for kind in table.values():
        kind["folded"] = tuple(fold(word.replace("_", " ")) for word in kind["words"].split())
    return table


def _questions_in(cleaned: str) -> list[str]:
    parts = clauses(cleaned, english=not HAN.search(cleaned))
    found = []
    for number, part in enumerate(parts):
        folded = fold(part)
        marked = bool(MARK.search(part)) or _followed_by_mark(cleaned, part)
        if ASKING.search(folded) and (marked or "嗎" in part or "请问" in folded) and len(folded) > 3:
            lead = parts[number - 1] if number and fold(parts[number - 1]).startswith(("请问", "想问")) else ""
            found.append(f"{lead} {part}".strip())
    return found


def _followed_by_mark(cleaned: str, part: str) -> bool:
    end = cleaned.find(part) + len(part)
    return cleaned[end : end + 2].lstrip()[:1] in ("?", "？")


def _blames(question: str, p_positive: float) -> bool:
    folded = fold(question)
    polite = folded.startswith(("请问", "想问"))
    return bool(RHETORICAL.search(folded)) or (p_positive < CLEARLY_NEGATIVE / 2 and not polite)
