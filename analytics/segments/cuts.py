"""Where the R and F scores and the high-value flag are cut, as a choice that fits in a small file and in a web address.

Three ways to cut recency: by percentiles of the shop's customers, by fixed days, or by multiples of the shop's own median interval
between buying days. The command line cuts by percentiles unless told otherwise; the pages by the cycle where LEAST_GAPS intervals tell
it, because percentiles call people loyal who have been silent for many cycles. Two ways to cut frequency: the house rule (1 day; 2 days; from 3 days on by percentiles of those customers), or fixed
numbers of buying days, the first of them 2 or more: no choice makes a one-day buyer a regular.
"""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass, field
from decimal import Decimal

from analytics.errors import N_, InputError

PERCENTILES, DAYS, CYCLES, AMOUNT = "percentiles", "days", "cycles", "amount"
LEAST_GAPS = 50
"""Intervals between buying days from which on the shop's cycle is known."""
_LETTERS = {PERCENTILES: "p", DAYS: "d", CYCLES: "c", AMOUNT: "a"}
_KINDS = {letter: kind for kind, letter in _LETTERS.items()}
_MEASURES = ("recency", "frequency", "high_value")


@dataclass(frozen=True)
class Cut:
    """One measure's cut points. by: PERCENTILES (values between 0 and 100), DAYS, CYCLES (multiples of the median interval) or AMOUNT."""

    by: str
    values: tuple[float, ...]

    def __str__(self) -> str:
        return _LETTERS[self.by] + "-".join(short(value) for value in self.values)


@dataclass(frozen=True)
class Cuts:
    """The cut points of all three measures; the default is by percentiles.

    recency: four ascending values; a customer's R is 5 less one for each that recency lies above.
    frequency: by PERCENTILES two, of the customers with 3 buying days or more; by DAYS four: the days from which F is 2, 3, 4 and 5.
    high_value: one value, by PERCENTILES of revenue or as an AMOUNT; above it a customer is high value.
    """

    recency: Cut = field(default=Cut(PERCENTILES, (20, 40, 60, 80)))
    frequency: Cut = field(default=Cut(PERCENTILES, (100 / 3, 200 / 3)))
    high_value: Cut = field(default=Cut(PERCENTILES, (80,)))

    def __post_init__(self) -> None:
        _check("recency", self.recency, {PERCENTILES: 4, DAYS: 4, CYCLES: 4})
        _check("frequency", self.frequency, {PERCENTILES: 2, DAYS: 4})
        _check("high_value", self.high_value, {PERCENTILES: 1, AMOUNT: 1})
        if self.frequency.by == DAYS and self.frequency.values[0] < 2:
            raise InputError(
                N_("A frequency score of 2 was to begin at {got} buying days; it begins at 2 at the earliest."),
                got=short(self.frequency.values[0]),
            )

    def __str__(self) -> str:
        """The text for a web address: `c0.5-1-2-3_d2-3-5-9_a5000`; `Cuts.parse` reads it back exactly."""
        return f"{self.recency}_{self.frequency}_{self.high_value}"

    @classmethod
    def parse(cls, text: str) -> Cuts:
        """The cuts that `str` wrote; empty: the default."""
        if not text.strip():
            return cls()
        parts = text.strip().split("_")
        if len(parts) != len(_MEASURES):
            raise _unreadable(text)
        return cls(*(_cut(part, text) for part in parts))

    def to_toml(self) -> str:
        """The small file an owner keeps."""
        parts = []
        for name in _MEASURES:
            cut = getattr(self, name)
            parts.append(f"[{name}]\n{cut.by} = [{', '.join(short(value) for value in cut.values)}]\n")
        return "\n".join(parts)

    @classmethod
    def from_toml(cls, text: str) -> Cuts:
        """The cuts in such a file; a measure that it leaves out is cut by percentiles."""
        try:
            cuts = {}
            for name, table in tomllib.loads(text).items():
                [(by, values)] = table.items()
                cuts[name] = Cut(by, tuple(float(value) for value in values))
            return cls(**cuts)
        except (tomllib.TOMLDecodeError, AttributeError, TypeError, ValueError) as error:
            raise _unreadable(text) from error


def _check(name: str, cut: Cut, wanted: dict[str, int]) -> None:
    """Raise unless the cut is of a kind this measure has, with as many ascending values as it needs, in their range."""
    values = cut.values
    ascending = all(a < b for a, b in zip(values, values[1:], strict=False))
    inside = all(math.isfinite(value) and value >= 0 for value in values)
    if cut.by == PERCENTILES:
        inside = inside and all(0 < value < 100 for value in values)
    if wanted.get(cut.by) != len(values) or not ascending or not inside:
        raise InputError(
            N_(
                "The cut points {got} for {measure} do not work: they have to rise from one to the next, percentages between 0 and 100."
            ),
            got=", ".join(short(value) for value in values) or "–",
            measure=name,
        )


def _cut(part: str, text: str) -> Cut:
    try:
        return Cut(_KINDS[part[:1]], tuple(float(value) for value in part[1:].split("-")))
    except (KeyError, ValueError) as error:
        raise _unreadable(text) from error


def _unreadable(text: str) -> InputError:
    return InputError(
        N_("These cut points cannot be read: {got}. They look like this: {example}"), got=text[:60], example=str(Cuts())
    )


def short(value: float) -> str:
    """A number as short as it can be written and still be read back exactly."""
    return str(int(value)) if float(value).is_integer() else format(Decimal(repr(float(value))), "f")


BY_CYCLE = Cuts(recency=Cut(CYCLES, (0.5, 1, 2, 3)))
"""Recency by the shop's own cycle, the rest by default."""
