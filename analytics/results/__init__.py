"""Whether what was sent to customers made a difference."""

from analytics.results.campaigns import AGAIN, AROUND, campaigns
from analytics.results.effect import Difference, difference, people_needed, pooled
from analytics.results.results import (
    ALONE,
    DAYS,
    FEWER,
    MORE,
    NOT_SHOWN,
    VERDICTS,
    WAITING,
    Results,
    already_buyers,
    kind_of,
    results,
)

__all__ = [
    "AGAIN",
    "ALONE",
    "AROUND",
    "DAYS",
    "Difference",
    "FEWER",
    "MORE",
    "NOT_SHOWN",
    "Results",
    "VERDICTS",
    "WAITING",
    "already_buyers",
    "campaigns",
    "difference",
    "kind_of",
    "people_needed",
    "pooled",
    "results",
]
