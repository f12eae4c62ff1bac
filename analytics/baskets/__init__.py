"""What is bought together, and what order values say of free-shipping lines and gifts with purchase."""

from analytics.baskets.baskets import LEAST, MOST, Pairs, near, pairs, partners, sellers
from analytics.baskets.thresholds import (
    LINES,
    Line,
    Short,
    Values,
    gift_lines,
    histogram,
    line,
    nice,
    prices,
    short_of,
    step,
    values,
    worth,
)

__all__ = [
    "LEAST",
    "LINES",
    "Line",
    "MOST",
    "Pairs",
    "Short",
    "Values",
    "gift_lines",
    "histogram",
    "line",
    "near",
    "nice",
    "pairs",
    "partners",
    "prices",
    "sellers",
    "short_of",
    "step",
    "values",
    "worth",
]
