"""The four headline numbers of the cohort page."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analytics.cohorts import AGE_DAYS, Cohorts
from analytics.statistics import Standing
from analytics.store import ShopFacts
from pages.cohorts import words
from pages.shared import rates, text
from pages.shared.rates import n_of
from pages.shared.standing import stood
from pages.shared.text import _, money, number, percent
from pages.shared.widgets import Card, about

YEAR = {"week": 52, "month": 12, "quarter": 4}


def cards(found: Cohorts, rate: pd.Series, shop: ShopFacts, stands: Mapping[str, Standing]) -> list[Card]:
    """Customers won; back within N days; back in the next period; money per customer by the end of a year, or as far as it goes."""
    sizes = found.sizes
    won = int(sizes["size"].sum())
    new = stood(
        Card(
            _("New customers"),
            number(won),
            note=_("{share} may be old", share=percent(found.doubtful_share, 0)) if found.doubtful_share else "",
            about="\n\n".join(
                [
                    _("Customers whose first buying day lies in the period."),
                    text.plural("In {n} cohort.", "In {n} cohorts.", len(sizes)),
                    _("As of {day}", day=text.day(shop.as_of)),
                    _(
                        "The orders begin on {day}: who bought in the first {days} may have been a customer before.",
                        day=text.day(shop.first_ordered),
                        days=text.days(found.burn_in),
                    ),
                ]
            ),
        ),
        stands.get("new_customers"),
        number,
        better=True,
    )
    row = [
        new,
        stood(rates.card(rate, shop), stands.get("rate"), percent, better=True),
        _next_period(found, shop),
        _worth(found, shop),
    ]
    return [card for card in row if card]


def _next_period(found: Cohorts, shop: ShopFacts) -> Card | None:
    summary = found.summary("retention").set_index("age")
    if 1 not in summary.index:
        return None
    at = summary.loc[1]
    return stood(_next_card(found, at, shop), found.standing("retention", 1), percent, better=True)


def _next_card(found: Cohorts, at: pd.Series, shop: ShopFacts) -> Card:
    return Card(
        _("Bought in {age}", age=words.age_name(found, 1) if found.step else words.age_short(found, 1)),
        percent(at.value),
        note=n_of(at["size"]),
        about=about(
            _("Customers who bought in that period / customers of the cohorts that have finished it."),
            numerator=int(at["count"]),
            denominator=int(at["size"]),
            as_of=shop.as_of,
            notes=_("range {low} to {high}", low=percent(at.low), high=percent(at.high)),
        ),
    )


def _worth(found: Cohorts, shop: ShopFacts) -> Card | None:
    summary = found.summary("revenue")
    year = 360 // AGE_DAYS - 1 if found.step else YEAR[found.grain]
    summary = summary[summary.age <= year]
    if summary.empty:
        return None
    at = summary.iloc[-1]
    card = _worth_card(found, at, shop)
    return stood(card, found.standing("revenue", int(at.age)), lambda value: money(value, shop.currency), better=True)


def _worth_card(found: Cohorts, at: pd.Series, shop: ShopFacts) -> Card:
    return Card(
        _("Revenue per new customer"),
        money(at.value, shop.currency),
        note=_("n={n}, to {age}", n=number(at["size"]), age=words.age_short(found, int(at.age))),
        about=about(
            _("Revenue from the first order to the end of {age} / customers.", age=words.age_name(found, int(at.age))),
            numerator=money(at["count"], shop.currency),
            denominator=int(at["size"]),
            as_of=shop.as_of,
        ),
    )
