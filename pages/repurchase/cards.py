"""The four headline numbers of the repurchase page."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analytics.repurchase import LEAST, Gaps, Ladder
from analytics.statistics import Standing, Survival
from analytics.store import ShopFacts
from pages.shared import rates, text
from pages.shared.rates import n_of
from pages.shared.standing import stood
from pages.shared.text import _, number, percent, plain
from pages.shared.widgets import Card, about


def cards(
    rate: pd.Series,
    curve: Survival,
    steps: Ladder,
    gaps: Gaps,
    due: pd.DataFrame,
    shop: ShopFacts,
    stands: Mapping[str, Standing],
) -> list[Card]:
    """The N-day rate; the day by which half are back; the step after the second purchase; the day from which somebody is late."""
    customers = int(curve.table.at_risk.iloc[0]) if len(curve.table) else 0
    row = [
        stood(rates.card(rate, shop), stands.get("rate"), percent, better=True),
        Card(
            _("Half of all customers back"),
            _("not yet") if text.missing(curve.median_days) else text.days(curve.median_days),
            note=n_of(customers),
            about=about(
                _("The day by which half of all customers have bought again (Kaplan–Meier median), those still awaited included."),
                numerator=int(curve.table.events.sum()),
                denominator=customers,
                as_of=shop.as_of,
                notes=_("“Not yet”: fewer than half of all customers have come back so far, as in most shops. The sentence above speaks only of those who have."),
            ),
        ),
        _third(steps, shop, stands.get("third_rate")),
        _late(gaps, due, shop),
    ]  # fmt: skip
    return [card for card in row if card]


def _third(steps: Ladder, shop: ShopFacts, standing: Standing | None) -> Card | None:
    table = steps.table.set_index("step")
    if 2 not in table.index:
        return None
    second = table.loc[2]
    card = Card(
        _("From 2nd to 3rd purchase"),
        percent(second.rate),
        note=n_of(second.eligible),
        about=about(
            _("Customers with a third buying day within {days} of the second / customers whose second day is that long ago.", days=text.days(steps.days)),
            numerator=int(second.continued),
            denominator=int(second.eligible),
            as_of=shop.as_of,
            notes=_("range {low} to {high}", low=percent(second.low), high=percent(second.high)),
        ),
    )  # fmt: skip
    return stood(card, standing, percent, better=True)


def _late(gaps: Gaps, due: pd.DataFrame, shop: ShopFacts) -> Card | None:
    usual, day = gaps.of(1), gaps.late(1)
    if usual is None:
        return None
    if day is None:
        return Card(
            _("Late after the first order"),
            _("too early"),
            note=text.plural("{n} repeat purchase", "{n} repeat purchases", int(usual.gaps)),
            about=plain(_("Fewer than {n} repeat purchases: too few to say who is late.", n=LEAST)),
        )
    said = [
        text.plural("Of {n} second purchase, 80 % came by day {day} after the first order, half by day {median}.", "Of {n} second purchases, 80 % came by day {day} after the first order, half by day {median}.", int(usual.gaps), day=day, median=number(usual["median"]))
        if usual.name == 1
        else _("Of all {n} repeat purchases, 80 % came by day {day} after the one before, half by day {median}: there are fewer than 30 second purchases.", n=number(usual.gaps), day=day, median=number(usual["median"])),
        _("Whoever is silent on the 80 % day is late: most of those who come back have come by then. It is not the day to write; that lies before it, about the usual day (half)."),
        _("Beside it: customers with one purchase who turn late in the next 30 days."),
        _("As of {day}", day=text.day(shop.as_of)),
    ]  # fmt: skip
    return Card(
        _("Late after the first order"),
        _("day {n}", n=number(day)),
        note=_("{n} turn late in 30 days", n=number(due.set_index("step").customers.get(1, 0))),
        about="\n\n".join(plain(line) for line in said),
    )
