"""What the segments page says: names, rules with their live cut values, the answer, and the cards."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from analytics.segments.cuts import CYCLES, DAYS, LEAST_GAPS, short
from analytics.segments.late import Late
from analytics.segments.rfm import STATE_OF, Edges, Rfm, rule
from analytics.statistics import SMALL, Standing
from analytics.store import ShopFacts
from pages.shared.rates import n_of
from pages.shared.segments import names
from pages.shared.standing import stood
from pages.shared.text import N_, _, days, listed, money, number, percent, plural, sentences, share
from pages.shared.widgets import Card, about

MEASURES = {"customers": N_("Customers"), "revenue": N_("Revenue")}
VIEWS = {"map": N_("Map"), "treemap": N_("Areas")}
SECTIONS = {
    "table": N_("All segments"),
    "talk": N_("What to say"),
    "list": N_("Contact list"),
    "moves": N_("Who moved"),
    "more": N_("Special lists"),
    "card": N_("One customer"),
}
CALLS = {"late": N_("Late: contact first"), "segments": N_("Chosen by segment"), "gone": N_("Away for very long")}
"""The contact lists, in the order in which to work through them."""


@dataclass(frozen=True)
class Money:
    """Writes amounts of a currency; two of one currency are the same, so that a chart is drawn once for both."""

    currency: str

    def __call__(self, value: float) -> str:
        return money(value, self.currency)


def size_of(measure: str) -> str:
    """What the size of a bubble or an area is."""
    return _("The larger, the more customers.") if measure == "customers" else _("The larger, the more revenue.")


def labels() -> dict[str, str]:
    """The words of the segments page's charts."""
    return names() | {
        "customers": _("Customers"),
        "revenue": _("Revenue"),
        "share": _("Share"),
        "r": _("Last bought (R)"),
        "f": _("Buying days (F)"),
        "before": _("Before"),
        "after": _("Now"),
    }


def recency(low: float, high: float) -> str:
    """A range of days since the last buying day: 19 天內, 20–58 天前, 410 天以上沒買."""
    if low > high or math.isinf(low):
        return _("nobody")
    if math.isinf(high):
        return _("over {n} days ago", n=number(low - 1))
    if low <= 0:
        return _("within {n} days", n=number(high)) if high else _("that very day")
    return (
        _("{low}–{high} days ago", low=number(low), high=number(high))
        if low < high
        else _("{n} days ago", n=number(low))
    )


def buying_days(low: float, high: float) -> str:
    """A range of buying days: 買過 1 天, 3–4 天, 5 天以上."""
    if low > high or math.isinf(low):
        return _("nobody")
    if math.isinf(high):
        return _("on {n} days or more", n=number(low))
    return (
        _("on {low}–{high} days", low=number(low), high=number(high))
        if low < high
        else plural("on {n} day", "on {n} days", int(low))
    )


def scores(low: int, high: int) -> str:
    """A range of scores: ≥ 4, ≤ 2, 3–4 or 5."""
    if low == high:
        return str(low)
    return f"≥ {low}" if high == 5 else f"≤ {high}" if low == 1 else f"{low}–{high}"


def rule_of(edges: Edges, segment: str) -> str:
    """A segment's rule with its live cut values: R ≥ 4: within 58 days; F 2–3: 2–4 buying days."""
    found = rule(edges, segment)
    return _(
        "R {r}: last bought {recency}; F {f}: {days}",
        r=scores(*found.r),
        recency=recency(*found.recency),
        f=scores(*found.f),
        days=buying_days(*found.days),
    )


def ticks(edges: Edges) -> tuple[list[str], list[str]]:
    """What R = 1 to 5 and F = 1 to 5 mean, for the map's axes."""
    up_to = [-1, *edges.recency, math.inf]
    above = [0, *edges.frequency, math.inf]
    r = [recency(math.floor(up_to[at]) + 1, _floor(up_to[at + 1])) for at in range(4, -1, -1)]
    f = [
        _days(math.floor(above[at]) + 1 if math.isfinite(above[at]) else math.inf, _floor(above[at + 1]))
        for at in range(5)
    ]
    return r, f


def _days(low: float, high: float) -> str:
    """A range of buying days on an axis that says what they are: 1 天, 3–4 天, 5 天以上."""
    if low > high or math.isinf(low):
        return _("nobody")
    if math.isinf(high):
        return _("{n}+ days", n=number(low))
    return _("{low}–{high} days", low=number(low), high=number(high)) if low < high else days(low)


def _floor(value: float) -> float:
    return math.floor(value) if math.isfinite(value) else value


def cut_by(found: Rfm) -> str:
    """How the map is cut upwards, with the shop's own figures."""
    edges, by = found.edges, found.cuts.recency.by
    if by == CYCLES:
        return _(
            "Cut by the shop's own cycle: those who come back usually do so after {cycle} ({n} intervals), and the lines lie at {times} times that.",
            cycle=days(edges.cycle),
            n=number(edges.gaps),
            times=listed([short(value) for value in found.cuts.recency.values]),
        )
    if by == DAYS:
        return _("Cut at the days you chose.")
    if edges.rhythmic:
        return _(
            "Cut into fifths of the shop's customers, as you chose: with that, customers can be called loyal who have been silent for many cycles of {cycle}.",
            cycle=days(edges.cycle),
        )
    return _(
        "Cut into fifths of the shop's customers: {n} intervals between purchases do not tell the shop's cycle yet ({least} would).",
        n=number(edges.gaps),
        least=LEAST_GAPS,
    )


def answer(found: Rfm, waiting: Late) -> str:
    """The page's first line."""
    segments = found.segments.set_index("segment")
    best = segments.loc[["Champions", "Loyal"]]
    said = _(
        "{share} of customers are loyal or champions and bring {revenue} of the revenue",
        share=share(best.customers.sum() / len(found.customers), int(segments.customers.sum())),
        revenue=percent(best.revenue_share.sum()),
    )
    first = len(waiting.first)
    if not first:
        return _("{said}; no high-value regular is late right now.", said=said)
    if waiting.low is None:
        return plural(
            "{said}; first get in touch with the {n} high-value regular who has not come for a while.",
            "{said}; first get in touch with the {n} high-value regulars who have not come for a while.",
            first,
            said=said,
        )
    return plural(
        "{said}; first get in touch with the {n} high-value regular who is late by one to three cycles ({silent}).",
        "{said}; first get in touch with the {n} high-value regulars who are late by one to three cycles ({silent}).",
        first,
        said=said,
        silent=recency(waiting.low + 1, waiting.high),
    )


def caution(found: Rfm) -> str:
    """What to keep in mind where customers are few, or where so short a silence already counts as sleep; else ""."""
    said, asleep = [], rule(found.edges, "Hibernating").recency[0]
    sleepers = found.customers.segment.map(STATE_OF) == "asleep"
    if len(found.customers) < SMALL:
        said.append(
            plural(
                "There is only {n} customer so far: segments compare customers with one another, so with fewer than 30 read the names with care.",
                "There are only {n} customers so far: segments compare customers with one another, so with fewer than 30 read the names with care.",
                len(found.customers),
            )
        )
    if sleepers.any() and asleep < 30:
        said.append(
            _(
                "Whoever has not bought for {days} already counts as asleep here. Under “Cut points” you can set days of your own.",
                days=days(max(asleep, 1)),
            )
        )
    return sentences(*said)


def who_is_listed(waiting: Late, call: str) -> str:
    """Whom the list of CALLS "late" or "gone" holds."""
    if waiting.low is None:
        return {
            "late": _(
                "High-value customers who came three times or more and have not come for a while. Too few have come back to tell the shop's cycle, so the segments stand in for it."
            ),
            "gone": _("The same, but among the fifth of all customers who have been silent longest."),
        }[call]
    if call == "late":
        return _(
            "High-value customers with two buying days or more, last bought {silent}: late by one to three of the shop's cycles, the most revenue first.",
            silent=recency(waiting.low + 1, waiting.high),
        )
    return _(
        "High-value customers with two buying days or more who last bought {silent}: more than three cycles. They have probably gone, so they come last and get another message.",
        silent=recency(waiting.high + 1, math.inf),
    )


def cards(found: Rfm, waiting: Late, shop: ShopFacts, stands: Mapping[str, Standing]) -> list[Card]:
    """The four cards on top."""
    customers, total = found.customers, len(found.customers)
    states = customers.segment.map(STATE_OF)
    regulars = customers[customers.segment.isin(["Champions", "Loyal"])]
    first = waiting.first
    once = customers[customers.segment.isin(["New", "Promising"])]
    revenue = customers.revenue.sum()
    row = [
        Card(
            _("Active customers"),
            number((states == "awake").sum()),
            about(
                _(
                    "Customers in the segments {names}.",
                    names=_words("Champions", "Loyal", "PotentialLoyalist", "New", "Promising"),
                ),
                numerator=int((states == "awake").sum()),
                denominator=total,
                as_of=shop.as_of,
            ),
            note=percent((states == "awake").mean()),
        ),
        Card(
            _("Regulars' revenue"),
            percent(regulars.revenue.sum() / revenue if revenue else math.nan),
            about(
                _("All revenue so far of the customers in {names}.", names=_words("Champions", "Loyal")),
                numerator=money(regulars.revenue.sum(), shop.currency),
                denominator=money(revenue, shop.currency),
                as_of=shop.as_of,
            ),
            note=n_of(len(regulars)),
        ),
        Card(
            _("First to contact"),
            number(len(first)),
            about(
                who_is_listed(waiting, "late"),
                numerator=len(first),
                denominator=int(customers.high_value.sum()),
                as_of=shop.as_of,
                notes=_(
                    "Out of all high-value customers (revenue above {edge}). Their list stands under “Contact list”.",
                    edge=money(found.edges.high_value, shop.currency),
                ),
            ),
            note=_("brought {money}", money=money(first.revenue.sum(), shop.currency)),
        ),
        Card(
            _("Yet to return"),
            number(len(once)),
            about(
                _("Customers with one buying day, not long ago: {names}.", names=_words("New", "Promising")),
                numerator=len(once),
                denominator=total,
                as_of=shop.as_of,
            ),
            note=percent(len(once) / total),
        ),
    ]
    measures = (
        ("awake", number, True), ("regulars_share", percent, True), ("late", number, False), ("waiting", number, None),
    )  # fmt: skip
    return [
        stood(card, stands.get(name), write, better=better)
        for card, (name, write, better) in zip(row, measures, strict=True)
    ]


def _words(*segments: str) -> str:
    return listed([_(segment) for segment in segments])
