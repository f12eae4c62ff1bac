"""Repurchase within so many days: the choice of the days, the card, two groups against each other, and what is said beside a rate that stands on little."""

from __future__ import annotations

import math

import pandas as pd
import streamlit as st

from analytics.cohorts.groups import Difference
from analytics.repurchase import WINDOWS
from analytics.statistics import SMALL
from analytics.store import ShopFacts
from pages.shared import text
from pages.shared.text import N_, _, number, percent, plural
from pages.shared.widgets import Card, about

FEW = N_("Fewer than 30 customers: read it with care.")


def n_of(n: float) -> str:
    """What stands beside a number: n=412, or plainly that it rests on fewer than SMALL; n=0 where on nobody."""
    return _("n={n}", n=number(n)) if n >= SMALL or not n else plural("only {n} person", "only {n} people", int(n))


def choose_days(key: str, label: str = "") -> int:
    """Draw the choice of a window, one of WINDOWS; 90 days where the address names none of them."""
    chosen = st.segmented_control(
        label or _("Came back within (days)"), WINDOWS, default=90, required=True, key=key, bind="query-params"
    )
    return chosen if chosen in WINDOWS else 90


def card(rate: pd.Series, shop: ShopFacts) -> Card:
    """The card of one window's rate. rate: a row of `analytics.repurchase.within`."""
    return Card(
        _("Back within {days}", days=text.days(rate.days)),
        percent(rate.rate),
        note=n_of(rate.eligible),
        about=about(
            _("Customers with a second buying day in time / customers whose first day is that long ago."),
            numerator=int(rate.repurchased),
            denominator=int(rate.eligible),
            as_of=shop.as_of,
            notes=_("range {low} to {high}", low=percent(rate.low), high=percent(rate.high)),
        ),
    )


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


def difference(found: Difference, first: str, second: str, days: int) -> str:
    """A comparison as a sentence: which is higher and by how much, or that they cannot be told apart."""
    values = {
        "first": first,
        "second": second,
        "days": text.days(days),
        "n1": number(found.n_first),
        "n2": number(found.n_second),
    }
    if found.difference != found.difference:
        return _("Nobody in one of the two groups has been watched for {days} yet.", days=values["days"])
    span = {"low": text.points(found.low), "high": text.points(found.high)}
    if not found.told_apart:
        return _(
            "{first} (n={n1}) and {second} (n={n2}) cannot be told apart at {days}: the difference lies between {low} and {high}.",
            **values, **span,
        )  # fmt: skip
    higher = N_(
        "{first} (n={n1}) came back more often than {second} (n={n2}) within {days}: {difference} (between {low} and {high})."
    )
    lower = N_(
        "{first} (n={n1}) came back less often than {second} (n={n2}) within {days}: {difference} (between {low} and {high})."
    )
    return _(higher if found.difference > 0 else lower, difference=text.points(found.difference), **values, **span)
