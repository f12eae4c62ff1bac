"""Whole reviews of the project's own writing, for training: each with its label, and each of its parts with what it says of what.

A line of `whole/*.txt` is one review: `+`, `-`, `0` or `*` (praise, blame, neither, both), a space, and the text, in which every part that says
something is followed by its signs in braces: `香氣很足{q+}，等了兩週{h-}`. A sign is the letter of an aspect, if it has one, and `+`, `-` or `0`.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from analytics.reviews.aspects import ASPECTS
from analytics.reviews.text import turning

FOLDER = Path(__file__).with_name("whole")
LETTERS = dict(zip("hkqpvzle", ASPECTS, strict=True))
"""shipping h, packing k, quality q, price p, service v, size z, appearance l, effect e."""
VALUES = {"+": 1.0, "-": 0.0, "0": 0.5}
BOTH = 0.5
PART = re.compile(r"([^{}]*)\{((?:[hkqpvzle]?[+\-0])+)\}")
SIGN = re.compile(r"([hkqpvzle]?)([+\-0])")
LINE = re.compile(r"([+\-0*]) (\S.*)")
EDGES = " ,，。．、;；!！?？~～…⋯"


@dataclass(frozen=True)
class Part:
    """A part of a review. label: its share of praise, 0..1. aspects: what it speaks of."""

    text: str
    label: float
    aspects: frozenset[str]


@dataclass(frozen=True)
class Whole:
    """A review. sign: + - 0 *. label: its share of praise, 0..1. topic: the file that it is from. parts: in order; at least one."""

    text: str
    sign: str
    label: float
    topic: str
    parts: tuple[Part, ...]

    @property
    def aspects(self) -> frozenset[str]:
        """All that its parts speak of."""
        return frozenset().union(*(part.aspects for part in self.parts))


def parse(line: str, topic: str) -> Whole:
    """One line as a review. Raises ValueError where it is not written as it should be."""
    found = LINE.fullmatch(line)
    if not found or not PART.search(found[2]) or "{" in re.sub(PART, "", found[2]):
        raise ValueError(f"not a review with its signs: {line}")
    sign = found[1]
    parts = []
    for text, signs in PART.findall(found[2]):
        told = SIGN.findall(signs)
        label = sum(VALUES[value] for _, value in told) / len(told)
        parts.append(Part(text.strip(EDGES), label, frozenset(LETTERS[letter] for letter, _ in told if letter)))
    label = BOTH if sign == "*" else VALUES[sign]
    return Whole(re.sub(r"\{[^}]*\}", "", found[2]).strip(), sign, label, topic, tuple(parts))


@cache
def reviews(folder: Path = FOLDER) -> tuple[Whole, ...]:
    """Every review of every file, in order."""
    return tuple(
        parse(line, path.stem)
        for path in sorted(folder.glob("*.txt"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("# ")
    )


OPENERS = (
    "上週收到的，", "買來大概一個月，", "給爸媽買的，", "第二次跟這家買，", "朋友介紹的，", "看評價買的，", "趁活動買的，", "用了半年，",
    "剛用完第一次，", "老公下單的，", "生日收到的，", "", "", "", "", "", "",
)  # fmt: skip
CLOSERS = {
    "+": ("，推薦", "，會再買", "，謝謝賣家", "！", "～", "", "", "", "", "，家人也說好"),
    "-": ("，不會再買", "，別買", "，失望", "！", "…", "", "", "", "", "，浪費錢"),
}  # fmt: skip
TURNS = ("，但", "，不過", "，可是", "，只是", " 就是", "，可惜", "；", "。", "，但是")
JOINS = ("，", "，", "，", "。", " ", "、", "，而且", "！")
SHORTEST = 4
UNMIXED = frozenset({"short", "stories"})
"""Topics whose parts are not put together anew."""


def composed(count: int, seed: int = 5, without: frozenset[str] = frozenset()) -> Iterator[Whole]:
    """`count` more reviews put together from parts of those of one topic that were written; all different, the same ones for one seed.

    without: topics left out.
    """
    chance = random.Random(seed)
    kinds: dict[tuple[str, float], list[Part]] = {}
    for review in reviews():
        for part in review.parts:
            han = not part.text.isascii()
            if (
                len(part.text) >= SHORTEST
                and part.label in (0.0, 0.5, 1.0)
                and han
                and review.topic not in UNMIXED | without
            ):
                kinds.setdefault((review.topic, part.label), []).append(
                    Part(turning(part.text)[1], part.label, part.aspects)
                )
    topics = sorted({topic for topic, _ in kinds})
    seen: set[str] = set()
    while len(seen) < count:
        topic = topics[int(chance.random() * len(topics))]
        sign = "++--*00*+-"[int(chance.random() * 10)]
        made = _composed(kinds, topic, sign, chance)
        if made.text not in seen:
            seen.add(made.text)
            yield made


def _composed(kinds: dict[tuple[str, float], list[Part]], topic: str, sign: str, chance: random.Random) -> Whole:
    good, plain, bad = (kinds[topic, label] for label in (1.0, 0.5, 0.0))
    parts: list[Part]
    if sign == "*":
        parts = [chance.choice(good), chance.choice(bad)]
        if chance.random() < 0.4:
            parts.reverse()
        joins = [chance.choice(TURNS)]
        if chance.random() < 0.3:
            parts.insert(0, chance.choice(plain))
            joins.insert(0, "，")
    else:
        of = {"+": good, "-": bad, "0": plain}[sign]
        parts = chance.sample(of, 2 if chance.random() < 0.7 else 3)
        if sign != "0" and chance.random() < 0.35:
            parts[0] = chance.choice(plain)
        joins = [chance.choice(JOINS) for _ in parts[1:]]
    text = chance.choice(OPENERS) + parts[0].text
    for join, part in zip(joins, parts[1:], strict=True):
        text += join + part.text
    text += chance.choice(CLOSERS[sign]) if sign in CLOSERS else ""
    return Whole(text, sign, BOTH if sign == "*" else VALUES[sign], topic, tuple(parts))
