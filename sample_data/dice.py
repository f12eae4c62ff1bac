"""Seeded chance built only on `random.random()`, whose sequence Python promises to keep for a seed."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """One stream of chance. The same seed throws the same numbers on every Python and platform."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def unit(self) -> float:
        """A number from 0 up to, not including, 1."""
        return self._random.random()

    def chance(self, p: float) -> bool:
        """True with probability p."""
        return self.unit() < p

    def whole(self, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        return low + int(self.unit() * (high - low + 1))

    def between(self, low: float, high: float) -> float:
        """A number from low up to high."""
        return low + self.unit() * (high - low)

    def pick(self, things: Sequence[T]) -> T:
        """One of the things, all equally likely."""
        return things[int(self.unit() * len(things))]

    def weighted(self, weights: Mapping[T, float]) -> T:
        """One of the keys, in proportion to its weight."""
        mark = self.unit() * sum(weights.values())
        for thing, weight in weights.items():
            mark -= weight
            if mark < 0:
                return thing
        return thing

    def normal(self) -> float:
        """About standard normal: twelve uniforms, so that no library's logarithm matters."""
        return sum(self.unit() for _ in range(12)) - 6

    def spread(self, median: float, sigma: float) -> float:
        """A lognormal number with this median; sigma is the standard deviation of its logarithm."""
        return median * math.exp(sigma * self.normal())

    def count(self, mean: float) -> int:
        """A Poisson count with this mean."""
        floor, product, n = math.exp(-mean), self.unit(), 0
        while product > floor:
            product *= self.unit()
            n += 1
        return n

    def sample(self, things: Sequence[T], n: int) -> list[T]:
        """n different things, in random order."""
        pool = list(things)
        return [pool.pop(int(self.unit() * len(pool))) for _ in range(min(n, len(pool)))]

    def text(self, alphabet: str, length: int) -> str:
        """`length` letters of the alphabet."""
        return "".join(self.pick(alphabet) for _ in range(length))
