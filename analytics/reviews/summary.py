"""What is said of the latest reviews: what they praise and complain of against the time before, by product, and what came after."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analytics.reviews import outcomes, trends
from analytics.reviews.opinions import Opinions, before, latest
from analytics.reviews.outcomes import Outcomes
from analytics.reviews.trends import Complaining
from analytics.store import Store


@dataclass(frozen=True)
class Summary:
    """The reviews of the latest days in one place.

    now, earlier: the reviews of these days and of as many before. about: `trends.aspects`. complaining: how many texts complain, against
    before. goods: `outcomes.products`. outcome: `outcomes.outcomes`.
    """

    now: Opinions
    earlier: Opinions
    about: pd.DataFrame
    complaining: Complaining
    goods: pd.DataFrame
    outcome: Outcomes


def summary(store: Store, found: Opinions, days: int, within: int, *, every: bool = False) -> Summary:
    """The summary of the last `days` days, with repurchase within `within` days. every: as in `outcomes.outcomes`."""
    now, earlier = latest(found, days), before(found, days)
    return Summary(
        now,
        earlier,
        trends.aspects(found, days),
        trends.complaining(now, earlier),
        outcomes.products(store, found, within),
        outcomes.outcomes(store, found, within, every=every),
    )
