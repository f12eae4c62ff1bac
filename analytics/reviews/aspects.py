"""Finds which aspects of a purchase a clause speaks of, by the words of aspects.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from analytics.reviews import features
from analytics.reviews.text import fold

ASPECTS = ("shipping", "packing", "quality", "price", "service", "size", "appearance", "effect")
LEXICON = Path(__file__).with_name("aspects.toml")


@dataclass(frozen=True)
class Spotter:
    """Hashes of aspect words, sorted, and for each the aspects it stands for, one bit per place in ASPECTS."""

    keys: np.ndarray
    bits: np.ndarray

    def spot(self, segments: list[str]) -> np.ndarray:
        """bool, shape (segments, 8): does the segment hold a word of the aspect?"""
        found = np.zeros(len(segments), dtype=np.uint8)
        if segments:
            values, owners = features.ngrams(segments)
            places = np.minimum(np.searchsorted(self.keys, values), len(self.keys) - 1)
            known = self.keys[places] == values
            np.bitwise_or.at(found, owners[known], self.bits[places[known]])
        return (found[:, None] >> np.arange(len(ASPECTS), dtype=np.uint8)) & 1 > 0


@cache
def words(language: str) -> dict[str, tuple[str, ...]]:
    """Aspect -> its words, as written in the file; English pairs as two words."""
    return {aspect: tuple(word.replace("_", " ") for word in _file()[aspect][language].split()) for aspect in ASPECTS}


@cache
def subjects() -> frozenset[str]:
    """Chinese words that only say what is spoken of, folded."""
    return frozenset(map(fold, _file()["subjects"]["zh"].split()))


@cache
def _file() -> dict[str, dict[str, str]]:
    return tomllib.loads(LEXICON.read_text(encoding="utf-8"))


def spotter(language: str, codes: Mapping[str, str] | None = None) -> Spotter:
    """codes: for English, word -> the character it is read as."""
    bits: dict[str, int] = {}
    for place, listed in enumerate(words(language).values()):
        for word in listed:
            spelled = fold(word) if codes is None else "".join(codes[part] for part in word.split())
            bits[spelled] = bits.get(spelled, 0) | 1 << place
    keys = features.spelled_hashes(list(bits))
    order = np.argsort(keys)
    return Spotter(keys[order], np.array(list(bits.values()), dtype=np.uint8)[order])
