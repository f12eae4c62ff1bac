"""Reads English reviews as strings with one character per word, so that both languages share one n-gram model."""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np

_NEGATING = "not no never without hardly barely neither nor cannot nothing nobody none rarely lack lacks lacking"
_STRONGER = "very really so super extremely absolutely totally incredibly truly completely too such highly most"
_WEAKER = "slightly somewhat kinda kind little bit fairly partly almost"
NEGATORS = frozenset(_NEGATING.split())
RESETS = frozenset(["but", "however", "although", "though", "except", "yet"])
BOOSTERS = {**dict.fromkeys(_STRONGER.split(), 1.25), **dict.fromkeys(_WEAKER.split(), 0.7)}
SCOPE = 4
NEGATED = "not_"
FIRST_CODE, UNKNOWN = 0x10000, "\uffff"
TYPED_NOT = re.compile(r"\b(do|does|did|ca|wo|is|was|are|were|could|would|should|has|have|had)nt\b")
WORD = re.compile(r"[a-z]+|\d+/\d+|\d+|[!?,.;:]")


def words(text: str) -> list[str]:
    """Lower-case words in order; those that a negator governs carry `not_`. Of the punctuation ! and ? are kept."""
    plain = text.lower().replace("\u2019", "'").replace("n't", " not").replace("cannot", "can not").replace("'", " ")
    plain = TYPED_NOT.sub(r"\1 not", plain) if "nt" in plain else plain
    found, scope = [], 0
    for word in WORD.findall(plain):
        if word in ",.;:!?":
            scope = 0
            if word in "!?":
                found.append(word)
        elif word in NEGATORS:
            found.append(word)
            scope = SCOPE
        else:
            scope = 0 if word in RESETS else scope
            found.append(NEGATED + word if scope else word)
            scope = max(scope - 1, 0)
    return found


def spell(found: list[str], codes: Mapping[str, str]) -> str:
    """One character per word; words outside the vocabulary share one."""
    return "".join([codes.get(word, UNKNOWN) for word in found])


def codes_for(vocabulary: list[str]) -> dict[str, str]:
    """Word -> its character."""
    return {word: chr(FIRST_CODE + number) for number, word in enumerate(vocabulary)}


def valence(found: list[str], lexicon: Mapping[str, float]) -> float:
    """Praise minus blame by lexicon, after VADER (Hutto and Gilbert 2014): negated words count -0.74 times. Unbounded."""
    total, boost = 0.0, 1.0
    for word in found:
        negated = word.startswith(NEGATED)
        bare = word[len(NEGATED) :] if negated else word
        total += lexicon.get(bare, 0.0) * (-0.74 if negated else 1.0) * boost
        boost = BOOSTERS.get(bare, 1.0)
    return total


def squash(totals: np.ndarray) -> np.ndarray:
    """Sums of valences brought into -1..1 as VADER does."""
    return totals / np.sqrt(totals * totals + 15)
