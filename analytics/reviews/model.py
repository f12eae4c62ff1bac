"""The trained text model: weights of n-grams, read from model.npz, and the probabilities they give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from analytics.reviews import english, features
from analytics.reviews.aspects import Spotter, spotter
from analytics.reviews.negation import Negation

ARTIFACT = Path(__file__).with_name("model.npz")
ENGLISH_LONGEST = 2


@dataclass(frozen=True)
class Weights:
    """A three-class linear model over n-grams with TF-IDF values of length one.

    keys: hashes of the n-grams, sorted, shape (n,). idf: shape (n,), >= 1. sides: shape (n, 2), log-odds of blame and of praise
    against neither. bias: shape (2,).
    """

    keys: np.ndarray
    idf: np.ndarray
    sides: np.ndarray
    bias: np.ndarray
    longest: int

    def counts(self, segments: list[str]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """(segment, n-gram, times) of the known n-grams in each segment, sorted by segment."""
        values, owners = features.ngrams(segments, self.longest)
        places = np.minimum(np.searchsorted(self.keys, values), len(self.keys) - 1)
        known = self.keys[places] == values
        return tally(owners[known], places[known], len(self.keys))

    def logits(self, rows: np.ndarray, places: np.ndarray, times: np.ndarray, n: int) -> np.ndarray:
        """shape (n, 2); a row without known n-grams gets NaN."""
        values = (1 + np.log(times)) * self.idf[places]
        length = np.sqrt(np.bincount(rows, values * values, minlength=n))
        length[length == 0] = np.nan
        sums = [np.bincount(rows, values * self.sides[places, side], minlength=n) for side in (0, 1)]
        return np.stack(sums, axis=1) / length[:, None] + self.bias


@dataclass(frozen=True)
class Model:
    """Both languages' weights and aspect words, the rules for negated words, the English vocabulary and its valences.

    weights, spotters: by language, zh and en.
    """

    weights: Mapping[str, Weights]
    spotters: Mapping[str, Spotter]
    negation: Negation
    codes: Mapping[str, str]
    valences: Mapping[str, float]
    valence_weight: float


def tally(
    rows: np.ndarray, places: np.ndarray, width: int, times: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Distinct (row, place) pairs, sorted, and how often each occurs; times: how often each given pair counts, else once."""
    keys = rows * np.int64(width) + places
    if times is None:
        pairs, totals = np.unique(keys, return_counts=True)
    else:
        pairs, inverse = np.unique(keys, return_inverse=True)
        totals = np.bincount(inverse, times, minlength=len(pairs))
    return pairs // width, pairs % width, totals


def praise(logits: np.ndarray) -> np.ndarray:
    """p(positive), 0..1: the share of praise plus half the share of neither. logits: shape (n, 2)."""
    odds = np.exp(np.clip(logits, -50, 50))
    return (odds[:, 1] + 0.5) / (odds.sum(axis=1) + 1)


@cache
def load(path: Path = ARTIFACT) -> Model:
    """The artifact as a model; needs numpy only and runs no code from the file."""
    with np.load(path, allow_pickle=False) as stored:
        tables = {name: stored[name] for name in stored.files}
    lines = {name: text(tables[name]) for name in tables if name.endswith("_text")}
    openings = lines["opening_text"]
    groups = [group.split(" ") for group in lines["negated_text"]]
    rules: dict[str, dict[str, str]] = {opening: {} for opening in openings}
    for opening, group, sign in tables["rules"].tolist():
        rules[openings[opening]].update(dict.fromkeys(groups[group], chr(sign)))
    vocabulary = lines["words_text"]
    codes = english.codes_for(vocabulary)
    longest = {"zh": features.LONGEST, "en": ENGLISH_LONGEST}
    return Model(
        {language: _weights(tables, lines, language, n) for language, n in longest.items()},
        {"zh": spotter("zh"), "en": spotter("en", codes)},
        Negation(rules),
        codes,
        {word: value / 25 for word, value in zip(vocabulary, tables["valences"].tolist(), strict=True) if value},
        float(tables["valence_weight"]),
    )


def text(stored: np.ndarray) -> list[str]:
    """Lines kept as UTF-8 bytes."""
    return stored.tobytes().decode("utf-8").split("\n")


def _weights(tables: Mapping[str, np.ndarray], lines: Mapping[str, list[str]], name: str, longest: int) -> Weights:
    keys = features.spelled_hashes(lines[f"{name}_text"])
    order = np.argsort(keys)
    return Weights(
        keys[order],
        (tables[f"{name}_idf"].astype(np.float64) * tables[f"{name}_idf_step"])[order],
        (tables[f"{name}_sides"].astype(np.float64) * tables[f"{name}_sides_step"])[order],
        tables[f"{name}_bias"].astype(np.float64),
        longest,
    )
