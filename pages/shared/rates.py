"""What is said beside a rate: what it stands on, and where it says too little."""

from __future__ import annotations

import math

import pandas as pd

from analytics.repurchase import WINDOWS
from analytics.statistics import SMALL
from pages.shared import text
from pages.shared.text import N_, _, number, plural

FEW = N_("Fewer than 30 customers: read it with care.")


def n_of(n: float) -> str:
    """What stands beside a number: n=412, or plainly that it rests on fewer than SMALL; n=0 where on nobody."""
    return f"n={number(n)}" if n >= SMALL or not n else plural("only {n} person", "only {n} people", int(n))


def too_soon(rate: pd.Series, second: pd.Series | None) -> str:
    """What to look at instead where second purchases take longer than the chosen days; else "".

    second: `Gaps.of(1)`; that of all gaps (step 0) says nothing of second purchases.
    """
    if second is None or second.name != 1 or rate.days >= min(late := math.ceil(second.p80), max(WINDOWS)):
        return ""
    return _(
        "Second purchases take longer here: 80 % of them came within {late}, so look at {better} too.",
        late=text.days(late),
        better=text.days(next((days for days in WINDOWS if days >= late), max(WINDOWS))),
    )
