"""What the clusters page says: a name and a sentence for each cluster, how clear and how stable the groups are, and the cards."""

from __future__ import annotations

from typing import Any

from analytics.clusters import Clusters
from analytics.store import ShopFacts
from pages.shared.text import N_, _, days, listed, money, number, percent, plural, share
from pages.shared.widgets import Card, about

VIEWS = {
    "map": N_("Map"), "profile": N_("What marks them"), "curve": N_("How many?"),
    "crossed": N_("Against the segments"),
}  # fmt: skip
RECENCY = {"recent": N_("bought lately"), "while": N_("a while ago"), "long": N_("long silent")}
DAYS = {"once": N_("bought once"), "few": N_("came a few times"), "often": N_("comes often")}
REVENUE = {"low": N_("spends little"), "middle": N_("spends middling"), "high": N_("spends much")}
STRUCTURE = {
    "none": N_("No clear groups: the borders are drawn through a cloud."),
    "weak": N_("Soft borders: customers near one could be on either side."),
    "reasonable": N_("Clear groups."),
    "strong": N_("Very clear groups."),
}
CLEAR = {"none": N_("unclear"), "weak": N_("soft borders"), "reasonable": N_("clear"), "strong": N_("very clear")}
STEADY = {"shaky": N_("shaky"), "fair": N_("fairly stable"), "stable": N_("stable")}
STEADINESS = {
    "shaky": N_("Shaky: with slightly other customers the groups come out otherwise."),
    "fair": N_("Fairly stable: most customers stay in their group when it is done again on a resample."),
    "stable": N_("Stable: done again on a resample, nearly all customers land in the same group."),
}


def names(found: Clusters) -> list[str]:
    """A name for each cluster, the most valuable first: A · bought lately, comes often, spends much."""
    return [f"{'ABCDEFGH'[row.cluster - 1]} · {listed(_words(row))}" for row in found.profiles.itertuples()]


def _words(row: Any) -> list[str]:
    return [_(RECENCY[row.recency_is]), _(DAYS[row.days_is]), _(REVENUE[row.revenue_is])]


def described(row: Any, currency: str) -> str:
    """A cluster's middle customer, in a sentence."""
    return _(
        "Typically last bought {ago} ago, on {times}, {money} in all.",
        ago=days(row.recency),
        times=plural("{n} buying day", "{n} buying days", round(row.days)),
        money=money(row.revenue_median, currency),
    )


def answer(found: Clusters) -> str:
    """The page's first line."""
    best = found.profiles.iloc[0]
    return _(
        "Into {k} groups; the most valuable ({words}) is {share} of customers and brings {revenue} of the revenue.",
        k=found.k,
        words=listed(_words(best)),
        share=share(best.share, len(found.customers)),
        revenue=percent(best.revenue_share),
    )


def cards(found: Clusters, shop: ShopFacts) -> list[Card]:
    """The four cards on top."""
    best = found.profiles.iloc[0]
    return [
        Card(
            _("Groups"),
            number(found.k),
            note=_("found by themselves") if found.k == found.best else _("{k} by themselves", k=found.best),
        ),
        Card(
            _("How clear"),
            number(found.silhouette, 2),
            about(
                _("How much nearer customers are to their own group than to the next (silhouette), from −1 to 1."),
                numerator=_("up to 0.25 nothing, 0.5 weak, 0.7 clear"),
                denominator="1",
                as_of=shop.as_of,
                notes=_(STRUCTURE[found.structure]),
            ),
            note=_(CLEAR[found.structure]),
        ),
        Card(
            _("How stable"),
            percent(found.stability, 0),
            about(
                _(
                    "How far the groups agree with those found again on ten resamples (adjusted Rand index): 0 is chance, 100 % the same."
                ),
                numerator=percent(found.stability, 0),
                denominator=percent(1, 0),
                as_of=shop.as_of,
                notes=_(STEADINESS[found.steadiness]),
            ),
            note=_(STEADY[found.steadiness]),
        ),
        Card(
            _("Group A's revenue"),
            percent(best.revenue_share),
            about(
                _("Revenue of the most valuable group, of all customers' revenue."),
                numerator=money(best.revenue, shop.currency),
                denominator=money(found.profiles.revenue.sum(), shop.currency),
                as_of=shop.as_of,
            ),
            note=_("of {share} of customers", share=percent(best.share)),
        ),
    ]
