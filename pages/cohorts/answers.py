"""The cohort page's first line: what the view that is open shows."""

from __future__ import annotations

from datetime import date

import pandas as pd

from analytics.cohorts import AGE_DAYS, Cohorts
from analytics.cohorts.groups import Comparison
from analytics.overview import Headline
from analytics.statistics import SMALL, Standing, fisher
from analytics.store import ShopFacts
from pages.cohorts.words import age_name, age_short, cohort_name
from pages.shared import text
from pages.shared.groups import group_name
from pages.shared.rates import FEW, too_soon
from pages.shared.text import N_, _, literal, money, number, percent, share

_YEAR = {"week": 52, "month": 12, "quarter": 4}
_ALL_TOGETHER = {
    "cumulative": N_("{share} of new customers had bought again by the end of {age}."),
    "retention": N_("{share} of new customers bought in {age}."),
    "later": N_("{share} of new customers bought in {age} or later."),
}
_ALONG = {
    "cumulative": N_("All {n} new customers together: bought again by {along}."),
    "retention": N_("All {n} new customers together: bought in {along}."),
    "later": N_("All {n} new customers together: bought then or later: {along}."),
    "revenue": N_("The same {n} new customers brought on average: by {along}."),
}


def of_page(rate: pd.Series, second: pd.Series | None, start: date, end: date) -> str:
    """The page's answer where the view that is open has none: the N-day rate of all. second: as for `too_soon`."""
    days = text.days(rate.days)
    if not rate.eligible:
        return _(
            "Nobody won here has been watched for {days} yet: the first answer comes {days} after the first order.",
            days=days,
        )
    said = _(
        "{share} of the customers won from {span} came back within {days}.",
        share=share(rate.rate, int(rate.eligible)), span=text.span(start, end), days=days,
    )  # fmt: skip
    if rate.eligible < SMALL:
        return text.sentences(said, _(FEW))
    return text.sentences(said, too_soon(rate, second))


def of_triangle(found: Cohorts, measure: str, head: Headline, shop: ShopFacts) -> str:
    """What the triangle shows at one age: all cohorts together, and the best and the worst if they can be told apart."""
    mean = found.summary(measure, sure_only=head.left_out)
    mean = mean[mean["size"] >= SMALL]
    if mean.empty:
        return ""
    wanted = _age_of(found, int(head.rate.days)) if measure != "revenue" else _YEAR[found.grain]
    at = mean.iloc[(mean.age - wanted).abs().argmin()]
    age = age_name(found, int(at.age))
    if measure == "revenue":
        return _(
            "By the end of {age} a new customer has brought {money} on average (n={n}).",
            age=age,
            money=money(at.value, shop.currency),
            n=number(at["size"]),
        )
    said = _(_ALL_TOGETHER[measure], share=share(at.value, int(at["size"])), age=age)
    rows = found.measured(measure)
    rows = rows[(rows.age == at.age) & rows.finished & (rows["size"] >= SMALL) & ~rows.doubtful].reset_index(drop=True)
    if len(rows) < 2:
        return said
    best, worst = rows.loc[rows.value.idxmax()], rows.loc[rows.value.idxmin()]
    pairs = len(rows) * (len(rows) - 1) / 2
    if fisher(int(best["count"]), int(best["size"]), int(worst["count"]), int(worst["size"])) * pairs > 0.05:
        return text.sentences(said, _("The {n} cohorts cannot be told apart there.", n=len(rows)))
    return text.sentences(
        said,
        _(
            "Best: those of {best} with {high}; worst: those of {worst} with {low}.",
            best=cohort_name(best.cohort, found.grain),
            high=share(best.value, int(best["size"])),
            worst=cohort_name(worst.cohort, found.grain),
            low=share(worst.value, int(worst["size"])),
        ),
    )


def of_curves(found: Cohorts, line: pd.DataFrame, measure: str, currency: str) -> str:
    """What all cohorts together do along the ages."""
    told = line[(line["size"] >= SMALL) & line.age.isin([1, 3, 6, 12, int(line.age.max())])] if len(line) else line
    if told.empty:
        return ""
    write = (lambda value: money(value, currency)) if measure == "revenue" else percent
    return _(
        _ALONG[measure],
        along=text.listed([f"{age_short(found, int(row.age))} {write(row.value)}" for row in told.itertuples()]),
        n=number(line["size"].max()),
    )


def line_of(found: Cohorts, line: pd.DataFrame, measure: str) -> str:
    """Whom the line of all together stands for."""
    if line.empty:
        return ""
    if measure == "cumulative":
        return _(
            "All together: Kaplan–Meier, those still awaited count for as long as they have been watched; the band is its 95 % range."
        )
    if measure == "revenue":
        return _(
            "All together: always the same {n} customers, those won long enough ago to have finished {age}.",
            n=number(line["size"].iloc[-1]),
            age=age_name(found, int(line.age.max())),
        )
    return _("All together: the weighted mean of the cohorts that have come so far; the band is its 95 % range.")


def of_groups(found: Comparison, cut: str, days: int) -> str:
    """Which groups stand out; "": segments, which differ by definition, or no group is old enough."""
    if cut == "segment" or not (found.at(days).eligible >= SMALL).any():
        return ""
    out = found.standing_out(days)
    told = int((found.at(days).eligible >= SMALL).sum())
    if out is None:
        return text.plural(
            "{n} group with 30 customers or more: there is nothing to compare it with.",
            "The {n} groups cannot be told apart in how many came back within {days}.",
            told,
            days=text.days(days),
        )
    high, low, difference = out
    rates = found.at(days).assign(name=list(found.names))
    rate = {name: row.rate for name, row in zip(found.names, rates.itertuples(), strict=True)}
    return _(
        "{low_group}: {low} (n={low_n}) came back within {days}; {high_group}: {high} (n={high_n}). These two lie farthest apart of {groups} groups.",
        low_group=literal(group_name(cut, low)),
        low=percent(rate[low]),
        low_n=number(difference.n_second),
        high_group=literal(group_name(cut, high)),
        high=percent(rate[high]),
        high_n=number(difference.n_first),
        days=text.days(days),
        groups=told,
    )


def of_trend(rate: pd.Series, standing: Standing | None) -> str:
    """How the latest months that can be judged stand; "": too few of them."""
    if standing is None or text.missing(standing.now) or text.missing(standing.before):
        return ""
    span, change = standing.spans[0], standing.change(standing.before)
    values = {
        "span": text.span(*span), "days": text.days(rate.days), "now": percent(standing.now), "before": percent(standing.before),
        "change": text.points(change),
    }  # fmt: skip
    usual = standing.is_usual(standing.before)
    if usual is None:
        return _(
            "Of those won from {span}, {now} came back within {days}, against {before} before ({change}).", **values
        )
    if usual:
        return _(
            "Of those won from {span}, {now} came back within {days}, against {before} before: {change}, within what this shop's months do by themselves.",
            **values,
        )
    return _(
        "Of those won from {span}, {now} came back within {days}, against {before} before: {change}, more than this shop's months do by themselves.",
        **values,
    )


def _age_of(found: Cohorts, days: int) -> int:
    """The age by whose end so many days have passed."""
    if found.step:
        return max(0, round(days / AGE_DAYS) - 1)
    return max(1, round(days / {"week": 7, "month": 30.4, "quarter": 91.3}[found.grain]))
