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
