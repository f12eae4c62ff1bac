"""Net promoter score of a 0-10 survey with its interval, and the star balance, which is another measure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from analytics.errors import N_, TooLittleData

NORMAL_95 = 1.959964


@dataclass(frozen=True)
class Balance:
    """Happy minus unhappy people per hundred. score: -100..100. error: its standard error. low, high: 95 % interval, clipped to
    -100..100. happy, between, unhappy: how many people; n: their sum.
    """

    score: float
    error: float
    low: float
    high: float
    happy: int
    between: int
    unhappy: int

    @property
    def n(self) -> int:
        """People asked who answered."""
        return self.happy + self.between + self.unhappy


def nps(answers: Iterable[float]) -> Balance:
    """NPS = 100 (9s and 10s - 0s to 6s) / n, SE = 100 sqrt((p + d - (p - d)^2) / n).

    answers: 0..10, NaN for none. Only for a survey that asked on that scale; stars have `star_balance`.
    """
    given = _given(answers)
    if ((given < 0) | (given > 10)).any():
        raise TooLittleData(
            N_(
                "NPS needs answers from 0 to 10, and these run from {lowest} to {highest}: choose the column of the survey score."
            ),
            lowest=_short(given.min()),
            highest=_short(given.max()),
        )
    return _balance(given >= 9, given <= 6)


def star_balance(stars: Iterable[float]) -> Balance:
    """100 (5 stars - 3 and fewer) / n. stars: 1..5, NaN for none. Not NPS: nobody was asked whether they would recommend."""
    given = _given(stars)
    return _balance(given >= 5, given <= 3)


def _given(answers: Iterable[float]) -> np.ndarray:
    values = np.asarray(list(answers), dtype=float)
    values = values[~np.isnan(values)]
    if not len(values):
        raise TooLittleData(N_("There is no score to count: load a file with a score per person."))
    return values


def _balance(happy: np.ndarray, unhappy: np.ndarray) -> Balance:
    n, p, d = len(happy), happy.mean(), unhappy.mean()
    score, error = 100 * (p - d), 100 * np.sqrt((p + d - (p - d) ** 2) / n)
    low, high = np.clip([score - NORMAL_95 * error, score + NORMAL_95 * error], -100, 100)
    counts = int(happy.sum()), int((~happy & ~unhappy).sum()), int(unhappy.sum())
    return Balance(float(score), float(error), float(low), float(high), *counts)


def _short(value: float) -> str:
    return f"{value:g}"
