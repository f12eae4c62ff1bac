"""Scores review texts: language, p(positive), label, and what each clause says about which aspect. Never raises on any text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.reviews import careful, english
from analytics.reviews.aspects import ASPECTS, Spotter
from analytics.reviews.model import Model, Weights, load, praise, tally
from analytics.reviews.reading import CHINESE, ENGLISH, NONE, Reading, read
from analytics.reviews.text import clean

NEGATIVE, NEUTRAL, POSITIVE, MIXED = "negative", "neutral", "positive", "mixed"
NEGATIVE_BELOW, POSITIVE_ABOVE = 0.40, 0.70
CLEARLY_NEGATIVE, CLEARLY_POSITIVE = 0.25, 0.75
OWN_SHARE = 0.8
SECOND_SHARE = 0.5
"""Of the log-odds, by the second opinion."""
MIXED_BETWEEN, MIXED_BETWEEN_ALONE = (0.12, 0.95), (0.2, 0.9)
"""Of a whole text: outside of it no clause makes a text mixed, with a second opinion and by the n-grams alone."""
COMPLAINT_BELOW, PRAISE_ABOVE = 0.50, 0.60  # of a clause about an aspect: 有點貴 is a complaint, 還可以 is neither
CLEAR_COMPLAINT_BELOW, CLEARLY_UNHAPPY_BELOW = 0.20, 0.03
"""Of a clause about an aspect, and of a whole text: what a text under four or five stars must fall below to count as unhappy."""
NOTHING_SAID = 0.5
"""p(positive) of a clause of which nothing is known."""
REAL_SHOP_SHIFT = 3.45
BATCH = 20_000


@dataclass(frozen=True)
class Scored:
    """reviews: one row per text, in order: language (zh, en, other, none), p_positive (0..1; NaN: no measured model or nothing
    known in it), label (negative, neutral, positive, mixed; None: neither text nor stars say), aspects ("shipping:positive;…").

    mentions: one row per (text, aspect, clause): review (position of the text, 0-based), aspect, polarity (negative, neutral,
    positive), p_positive (0..1), clause (as written).
    """

    reviews: pd.DataFrame
    mentions: pd.DataFrame


def score(
    texts: Iterable[object],
    ratings: Iterable[float] | None = None,
    model: Model | None = None,
    opinions: careful.Opinions | None = None,
) -> pd.DataFrame:
    """`analyse(...).reviews`: one row per text with language, p_positive, label, aspects."""
    return analyse(texts, ratings, model, opinions).reviews


def analyse(
    texts: Iterable[object],
    ratings: Iterable[float] | None = None,
    model: Model | None = None,
    opinions: careful.Opinions | None = None,
) -> Scored:
    """Scores texts; anything that is not a string counts as no text.

    ratings: 1..5 stars or NaN, one per text. They are used only for the label of texts the model cannot read. opinions: the second
    opinions that there are (`careful.read_carefully`); a text without one is judged by its n-grams alone.
    """
    model = model or load()
    cleaned = [clean(text) for text in texts]
    stars = np.full(len(cleaned), np.nan) if ratings is None else np.asarray(list(ratings), dtype=float)
    second = [opinions.get(careful.key(text), b"") if opinions else b"" for text in cleaned]
    parts = [
        _analyse(
            cleaned[start : start + BATCH], stars[start : start + BATCH], model, start, second[start : start + BATCH]
        )
        for start in range(0, max(len(cleaned), 1), BATCH)
    ]
    return Scored(
        pd.concat([part.reviews for part in parts], ignore_index=True),
        pd.concat([part.mentions for part in parts], ignore_index=True),
    )


def for_shares(p_positive: np.ndarray, shift: float = REAL_SHOP_SHIFT) -> np.ndarray:
    """p(positive) as it is in a shop where nineteen in twenty reviews are good, for summing up shares.

    The model is trained half and half, so it is under-confident in real shops; alerts and rankings keep the raw value. Shape as
    given, 0..1; NaN stays NaN.
    """
    p = np.clip(np.asarray(p_positive, dtype=float), 1e-9, 1 - 1e-9)
    return 1 / (1 + (1 - p) / p * np.exp(-shift))


def complains_clearly(scored: Scored) -> np.ndarray:
    """Which texts are negative or mixed and clearly so: a clause blames an aspect, or the whole text blames. Shape (texts,), booleans.

    Stricter than the label, for texts under four or five stars: hardly any of those complains, so most of what the label alone flags is
    no complaint. Thresholds as measured in the model card.
    """
    clause = scored.mentions.groupby("review").p_positive.min().reindex(range(len(scored.reviews))).to_numpy()
    blames = (clause < CLEAR_COMPLAINT_BELOW) | (scored.reviews.p_positive.to_numpy() < CLEARLY_UNHAPPY_BELOW)
    return scored.reviews.label.isin([NEGATIVE, MIXED]).to_numpy() & blames


def labels_from_stars(stars: np.ndarray) -> np.ndarray:
    """1-2 negative, 3 neutral, 4-5 positive; None where there are no stars."""
    stars = np.asarray(stars, dtype=float)
    return np.select([stars <= 2, stars < 4, stars >= 4], [NEGATIVE, NEUTRAL, POSITIVE], default=None)


def _analyse(cleaned: Sequence[str], stars: np.ndarray, model: Model, offset: int, opinions: Sequence[bytes]) -> Scored:
    readings = [read(text, model) for text in cleaned]
    languages = np.array([reading.language for reading in readings], dtype=object)
    twice = np.array(
        [len(op) == 3 * (1 + len(reading.clauses)) for op, reading in zip(opinions, readings, strict=True)]
    )
    p, low, high = (np.full(len(cleaned), np.nan) for _ in range(3))
    mentions = [_no_mentions()]
    for kind, read_so in ((CHINESE, (CHINESE, NONE)), (ENGLISH, (ENGLISH,))):
        rows = np.flatnonzero(np.isin(languages, read_so))
        clauses = _Clauses.of([readings[row] for row in rows], [opinions[row] if twice[row] else b"" for row in rows])
        if not clauses.written:
            continue
        of_clause, p[rows] = clauses.probabilities(model.weights[kind], model.valence_weight, len(rows))
        np.fmin.at(low, rows[clauses.owners], of_clause)
        np.fmax.at(high, rows[clauses.owners], of_clause)
        mentions.append(clauses.mentions(model.spotters[kind], of_clause, rows))
    found = pd.concat(mentions[1:] or mentions, ignore_index=True).sort_values(
        "review", kind="stable", ignore_index=True
    )
    least, most = (np.where(twice, *pair) for pair in zip(MIXED_BETWEEN, MIXED_BETWEEN_ALONE, strict=True))
    torn = (low < CLEARLY_NEGATIVE) & (high > CLEARLY_POSITIVE) & (p > least) & (p < most)
    label = np.select(
        [np.isnan(p), torn, p < NEGATIVE_BELOW, p > POSITIVE_ABOVE],
        [labels_from_stars(stars), MIXED, NEGATIVE, POSITIVE],
        default=NEUTRAL,
    )
    reviews = pd.DataFrame(
        {"language": languages, "p_positive": p, "label": label, "aspects": _summary(found, len(cleaned))}
    )
    return Scored(reviews, found.assign(review=found["review"] + offset))


@dataclass(frozen=True)
class _Clauses:
    """All clauses of several readings of one language, in order.

    owners: shape (clauses,), the reading each is from. turns: what belongs to a reading but to no clause, of turn_owners.
    second, second_whole: log-odds of praise by the second opinion, of each clause and each reading; NaN where there is none.
    likely, possible: aspects by the second opinion, booleans of shape (clauses, 8).
    """

    owners: np.ndarray
    turn_owners: np.ndarray
    turns: list[str]
    written: list[str]
    folded: list[str]
    spelled: list[str]
    valences: np.ndarray
    second: np.ndarray
    second_whole: np.ndarray
    likely: np.ndarray
    possible: np.ndarray

    @classmethod
    def of(cls, readings: list[Reading], opinions: list[bytes]) -> _Clauses:
        unread = np.full(1 + max([len(reading.clauses) for reading in readings], default=0), np.nan)
        blank = np.zeros((len(unread), len(ASPECTS)), dtype=bool)
        told = [
            careful.unpacked(opinion)
            if opinion
            else tuple(table[: 1 + len(reading.clauses)] for table in (unread, blank, ~blank))
            for opinion, reading in zip(opinions, readings, strict=True)
        ]
        whole = np.array([odds[0] for odds, _, _ in told])
        second, likely, possible = (
            (np.concatenate([table[1:] for table in tables]) for tables in zip(*told, strict=True))
            if told
            else (whole, blank[:0], blank[:0])
        )
        return cls(
            np.repeat(np.arange(len(readings)), [len(reading.clauses) for reading in readings]),
            np.repeat(np.arange(len(readings)), [len(reading.turns) for reading in readings]),
            [turn for reading in readings for turn in reading.turns],
            [part for reading in readings for part in reading.clauses],
            [part for reading in readings for part in reading.folded],
            [part for reading in readings for part in reading.spelled],
            np.array([value for reading in readings for value in reading.valences], dtype=float),
            second, whole, likely, possible,
        )  # fmt: skip

    def probabilities(self, weights: Weights, valence_weight: float, texts: int) -> tuple[np.ndarray, np.ndarray]:
        """p(positive) of each clause, a fifth of it its text's, and of each text; NaN where nothing is known."""
        segments = len(self.written)
        rows, places, times = weights.counts(self.spelled + self.turns)
        said = rows < segments
        odds = weights.logits(rows[said], places[said], times[said], segments) - weights.bias + weights.bias.mean()
        own = _both(_praise(odds, self.valences, valence_weight), self.second)
        owners = np.concatenate([self.owners, self.turn_owners])
        together = tally(owners[rows], places, len(weights.keys), times)
        totals = np.bincount(self.owners, self.valences, minlength=texts)
        whole = _both(_praise(weights.logits(*together, texts), totals, valence_weight), self.second_whole)
        around = np.nan_to_num(whole, nan=NOTHING_SAID)[self.owners]
        return OWN_SHARE * np.nan_to_num(own, nan=NOTHING_SAID) + (1 - OWN_SHARE) * around, whole

    def mentions(self, spotter: Spotter, p: np.ndarray, rows: np.ndarray) -> pd.DataFrame:
        clause, aspect = np.nonzero(spotter.spot(self.folded) & self.possible | self.likely)
        p = p[clause]
        return pd.DataFrame(
            {
                "review": rows[self.owners[clause]],
                "aspect": np.array(ASPECTS, dtype=object)[aspect],
                "polarity": np.select([p < COMPLAINT_BELOW, p > PRAISE_ABOVE], [NEGATIVE, POSITIVE], default=NEUTRAL),
                "p_positive": p,
                "clause": np.array(self.written, dtype=object)[clause],
            }
        )


def _both(p: np.ndarray, second: np.ndarray) -> np.ndarray:
    """p(positive) by n-grams and by the second opinion, averaged as log-odds; the one that there is, where the other is NaN."""
    first = np.log(p) - np.log1p(-p)
    return 1 / (
        1
        + np.exp(
            -np.where(
                np.isnan(second),
                first,
                np.where(np.isnan(first), second, (1 - SECOND_SHARE) * first + SECOND_SHARE * second),
            )
        )
    )


def _praise(logits: np.ndarray, valences: np.ndarray, weight: float) -> np.ndarray:
    """shape (n,); an English text's valences move it between blame and praise."""
    shift = weight * english.squash(valences) / 2
    known = ~np.isnan(logits[:, 0]) | (valences != 0)
    return np.where(known, praise(np.nan_to_num(logits) + np.stack([-shift, shift], axis=1)), np.nan)


def _no_mentions() -> pd.DataFrame:
    kinds = {"review": int, "aspect": object, "polarity": object, "p_positive": float, "clause": object}
    return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in kinds.items()})


def _summary(mentions: pd.DataFrame, texts: int) -> np.ndarray:
    """Per text "aspect:polarity" joined by ";", in the order of ASPECTS; an aspect's polarity is that of its strongest clause."""
    written = np.full(texts, "", dtype=object)
    if len(mentions):
        strength = (mentions["p_positive"] - 0.5).abs()
        order = mentions["aspect"].map({aspect: place for place, aspect in enumerate(ASPECTS)})
        best = mentions.assign(strength=strength, order=order).sort_values(
            ["review", "order", "strength"], kind="stable"
        )
        last = best.drop_duplicates(["review", "order"], keep="last")
        said: dict[int, list[str]] = {}
        for review, aspect, polarity in zip(last["review"], last["aspect"], last["polarity"], strict=True):
            said.setdefault(review, []).append(f"{aspect}:{polarity}")
        written[list(said)] = [";".join(parts) for parts in said.values()]
    return written
