"""Which card goes into a parcel, and how many came back with its code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.statistics import wilson
from analytics.store import Store

APOLOGY, FIRST, SECOND, VIP = "apology", "first", "second", "vip"
CARDS = (APOLOGY, FIRST, SECOND, VIP)
"""The cards, that which goes before the others first."""
LOYAL = ("Champions", "Loyal")
LIST = "card/"
"""How the name of a list in the contact log begins that says to whom a card was given; the card follows."""


@dataclass(frozen=True)
class Returned:
    """table: one row per card of CARDS, in their order: card, code (""; none), given (customers), last_day, back (of those given, came back with the code),
    rate, low, high (0 to 1, Wilson 95 %; NaN: given to nobody, or without a code), orders, revenue (of theirs with the code), other_orders (with the code, by
    others).
    """

    table: pd.DataFrame


def card_of(rows: pd.DataFrame) -> pd.Series:
    """The card of each order, of CARDS; missing: none.

    rows: nth (missing: the buyer is not known), before (their buying day before; missing: there is none), complained_on (their last complaint; missing
    likewise), segment, high_value. An apology goes into the first parcel after a complaint, whatever number it has; VIP from the third purchase on.
    """
    nth = rows.nth.astype(float).fillna(0)
    complained, before = pd.to_datetime(rows.complained_on), pd.to_datetime(rows.before)
    sorry = complained.notna() & (before.isna() | (complained >= before))
    valued = rows.segment.isin(LOYAL) | rows.high_value.fillna(False).astype(bool)
    found = np.select(
        [sorry, nth == 1, nth == 2, (nth >= 3) & valued], [APOLOGY, FIRST, SECOND, VIP], default=""
    )  # fmt: skip
    return pd.Series(found, index=rows.index, dtype=object).where(found != "", None)


def returned(noted: Store, codes: Mapping[str, str]) -> Returned:
    """How many came back with the code of each card. noted: the shop with its notebook beside it; codes: card -> code."""
    named = [(codes.get(card) or "").strip() for card in CARDS]
    table = noted.query("parcels/card_returns", cards=list(CARDS), codes=named).set_index("card").loc[list(CARDS)]
    table = table.reset_index()
    n = np.where(table.code != "", table.given, 0).astype(float)
    table["rate"] = np.divide(table.back, n, out=np.full(len(n), np.nan), where=n > 0)
    table["low"], table["high"] = wilson(table.back, n)
    return Returned(table)
