"""What a list with a group held out shows: the difference, several rounds together, and how many people a difference needs to be seen.

Whoever is held out was drawn by hash and got no message, so that the two groups differ by the message alone. Every formula here is of two
shares; none of it says why.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from analytics.statistics import Z95, newcombe

_Z80 = 0.8416212335729143  # standard normal quantile of a power of 80 %


@dataclass(frozen=True)
class Difference:
    """The share that bought among those written to, minus that among those held out, from −1 to 1, with its 95 % interval.

    NaN: a group is empty.
    """

    difference: float
    low: float
    high: float

    @property
    def shown(self) -> int:
        """1: more of those written to bought; −1: fewer; 0: no difference is shown."""
        return (self.low > 0) - (self.high < 0)


def difference(bought: int, sent: int, held_bought: int, held: int) -> Difference:
    """One round, by Newcombe's interval (`analytics.statistics.newcombe`). All are counts of people."""
    return Difference(*newcombe(bought, sent, held_bought, held))


def pooled(rounds: Iterable[tuple[int, int, int, int]]) -> Difference:
    """Several rounds together: the Mantel–Haenszel difference of shares, each round compared within itself.

    rounds: (bought, sent, held_bought, held) of each; those with an empty group say nothing and are left out. One round alone gives
    `difference`. The variance is Sato's, which holds for many small rounds as for few large ones; where nobody or everybody bought in every
    round it would be 0, and the counts are taken together as one round instead. Mantel, N. & Haenszel, W. (1959), JNCI 22, 719–748; Sato, T.
    (1989), Biometrics 45, 1323–1324.
    """
    usable = [counts for counts in rounds if counts[1] and counts[3]]
    if len(usable) < 2:
        return difference(*(usable[0] if usable else (0, 0, 0, 0)))
    weight = sum(sent * held / (sent + held) for _, sent, _, held in usable)
    estimate = sum((x1 * n0 - x0 * n1) / (n1 + n0) for x1, n1, x0, n0 in usable) / weight
    variance = 0.0
    for x1, n1, x0, n0 in usable:
        n = n1 + n0
        variance += estimate * (n1**2 * x0 - n0**2 * x1 + n1 * n0 * (n0 - n1) / 2) / n**2
        variance += (x1 * (n0 - x0) + x0 * (n1 - x1)) / (2 * n)
    if variance <= 0:
        return difference(*(sum(column) for column in zip(*usable, strict=True)))
    half = Z95 * math.sqrt(variance) / weight
    return Difference(estimate, max(estimate - half, -1.0), min(estimate + half, 1.0))


def people_needed(rate: float, by: float) -> int | None:
    """People in each of two equal groups, so that a difference is shown four times in five; None: there is no such difference.

    rate: share that buys without a message, 0 to 1. by: how much higher (or lower, < 0) it is with one. Two-sided 5 %, power 80 %; Fleiss,
    Levin & Paik (2003), Statistical Methods for Rates and Proportions, formula 4.14, without the correction for continuity.
    """
    with_it = rate + by
    if not by or not 0 <= rate <= 1 or not 0 <= with_it <= 1:
        return None
    mean = (rate + with_it) / 2
    apart = Z95 * math.sqrt(2 * mean * (1 - mean))
    apart += _Z80 * math.sqrt(rate * (1 - rate) + with_it * (1 - with_it))
    return math.ceil((apart / by) ** 2)
