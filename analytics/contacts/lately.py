"""Who is not to be written to now, by the log of what was sent and by what people said themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pandas as pd

from analytics.store import Store

DECLINED, CONTACTED, TOO_OFTEN, HELD_OUT = "declined", "contacted", "too_often", "held_out"
"""Declined marketing; was written to in the last days; was written to so often this month; is held out of a list whose days are not over."""


@dataclass(frozen=True)
class Limits:
    """How often somebody may be written to. within: days since the last message; a_month: messages in 30 days, at most."""

    within: int = 7
    a_month: int = 2


def barred(noted: Store, limits: Limits, days: int) -> dict[str, frozenset[str]]:
    """Reason (DECLINED, CONTACTED, TOO_OFTEN, HELD_OUT) -> customers, on the day after the last of the data.

    noted: the shop with its notebook beside it. days: for which a list runs, so that who is held out of it stays unwritten to.
    """
    today = noted.shop.as_of + timedelta(days=1)
    told = noted.query("contacts/contacted", today=today, days=days)
    reasons = {
        DECLINED: told.declined,
        CONTACTED: pd.to_datetime(told.last_day) > pd.Timestamp(today - timedelta(days=limits.within)),
        TOO_OFTEN: told.messages >= limits.a_month,
        HELD_OUT: told.held_now,
    }
    return {reason: frozenset(told.customer_id[rows.astype(bool)]) for reason, rows in reasons.items()}
