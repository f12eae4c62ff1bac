"""The four headline numbers of the repurchase page."""

from __future__ import annotations

import pandas as pd

from analytics.repurchase import Gaps, Ladder
from analytics.statistics import Survival
from analytics.store import ShopFacts
from pages.shared import text
from pages.shared.text import _, number, percent
from pages.shared.widgets import Card, about


def cards(
    rate: pd.Series, curve: Survival, steps: Ladder, gaps: Gaps, due: pd.DataFrame, shop: ShopFacts
) -> list[Card]:
    """The N-day rate; the day by which half are back; the step after the second purchase; the reminder day."""
    customers = int(curve.table.at_risk.iloc[0]) if len(curve.table) else 0
    row = [
        Card(
            _("Back within {days}", days=text.days(rate.days)),
            percent(rate.rate),
            note=f"n={number(rate.eligible)}",
            about=about(
                _("Customers with a second buying day in time / customers whose first day is that long ago."),
                numerator=int(rate.repurchased),
                denominator=int(rate.eligible),
                as_of=shop.as_of,
                notes=_("range {low} to {high}", low=percent(rate.low), high=percent(rate.high)),
            ),
        ),
        Card(
            _("Half are back after"),
            _("not reached") if text.missing(curve.median_days) else text.days(curve.median_days),
            note=f"n={number(customers)}",
            about=about(
                _("The day by which half of all customers have bought again (Kaplan–Meier median), those still awaited included."),
                numerator=int(curve.table.events.sum()),
                denominator=customers,
                as_of=shop.as_of,
                notes=_("“Not reached”: fewer than half have come back so far, as in most shops."),
            ),
        ),
        _third(steps, shop),
        _reminder(gaps, due, shop),
    ]  # fmt: skip
    return [card for card in row if card]


def _third(steps: Ladder, shop: ShopFacts) -> Card | None:
    table = steps.table.set_index("step")
    if 2 not in table.index:
        return None
    second = table.loc[2]
    return Card(
        _("From 2nd to 3rd purchase"),
        percent(second.rate),
        note=f"n={number(second.eligible)}",
        about=about(
            _("Customers with a third buying day within {days} of the second / customers whose second day is that long ago.", days=text.days(steps.days)),
            numerator=int(second.continued),
            denominator=int(second.eligible),
            as_of=shop.as_of,
            notes=_("range {low} to {high}", low=percent(second.low), high=percent(second.high)),
        ),
    )  # fmt: skip


def _reminder(gaps: Gaps, due: pd.DataFrame, shop: ShopFacts) -> Card | None:
    if due.empty:
        return None
    first = due.set_index("step").loc[1]
    usual = gaps.of(1)
    return Card(
        _("Remind on day"),
        number(first.remind_day),
        note=_("{n} due in 30 days", n=number(due.customers.sum())),
        about=about(
            _("The day by which 80 % of those who came back had done so, counted from the last order."),
            numerator=_("{n} gaps", n=number(usual.gaps)),
            denominator=_("step 1 → 2") if usual.name == 1 else _("all steps, because 1 → 2 has fewer than 30"),
            as_of=shop.as_of,
            notes=_("Beside it: customers who pass the reminder day of their own step in the next 30 days."),
        ),
    )
