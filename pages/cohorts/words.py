"""What the cohort page says: names of periods, ages and groups, and each cell, curve and comparison as a sentence."""

from __future__ import annotations

from datetime import date

import pandas as pd

from analytics.cohorts import AGE_DAYS, TINY, Cohorts
from analytics.statistics import SMALL
from pages.shared import text
from pages.shared.rates import FEW
from pages.shared.text import N_, _, money, number, percent

VIEWS = {"triangle": N_("By cohort"), "curves": N_("Curves"), "groups": N_("By group"), "trend": N_("Month by month")}
GRAINS = {"month": N_("Month"), "week": N_("Week"), "quarter": N_("Quarter")}
AGES = {"calendar": N_("Calendar"), "days": N_("30-day steps")}
MEASURES = {
    "cumulative": (N_("Bought again by then"), N_("Each cell: how many of these customers had bought a second time by the end of that period. The row of one cohort only rises; the top row mixes cohorts of different ages, so it can also fall.")),
    "retention": (N_("Bought in that period"), N_("Each cell: how many of these customers bought in that very period. It goes up and down.")),
    "later": (N_("Bought then or later"), N_("Each cell: how many of these customers bought in that period or at any time after it. Later orders can only raise it.")),
    "revenue": (N_("Revenue per customer"), N_("Each cell: what one customer of the cohort has brought on average, from the first order to the end of that period.")),
}  # fmt: skip
TOPS = {"cumulative": 0.5, "retention": 0.25, "later": 0.5}
"""The share of the strongest colour, the same in every shop."""
UNITS = {"share": "%", "count": N_("As a count")}
_AGE_NAMES = {
    "week": (N_("the week of the first order"), N_("week {age} after it")),
    "month": (N_("the month of the first order"), N_("month {age} after it")),
    "quarter": (N_("the quarter of the first order"), N_("quarter {age} after it")),
}
AXES = {
    "week": N_("Weeks since the week of the first order"),
    "month": N_("Months since the month of the first order"),
    "quarter": N_("Quarters since the quarter of the first order"),
    "days": N_("Days since each customer's first order"),
}
_SENTENCES = {
    "retention": N_("{cohort}: {count} of {size} new customers bought in {age}"),
    "cumulative": N_("{cohort}: {count} of {size} new customers had bought again by the end of {age}"),
    "later": N_("{cohort}: {count} of {size} new customers bought in {age} or later"),
    "revenue": N_("{cohort}: {size} new customers had brought {count} by the end of {age}"),
}


def cohort_name(cohort: date, grain: str) -> str:
    """2025-03, 2025-03-10 for a week, 2025 Q1 for a quarter."""
    if grain == "quarter":
        return f"{cohort.year} Q{(cohort.month + 2) // 3}"
    return f"{cohort:%Y-%m}" if grain == "month" else f"{cohort:%Y-%m-%d}"


def age_name(found: Cohorts, age: int) -> str:
    """An age in a sentence: the month of the first order, month 3 after it, days 30 to 59."""
    if found.step:
        return _("days {first} to {last}", first=f"{age * AGE_DAYS:,}", last=f"{age * AGE_DAYS + AGE_DAYS - 1:,}")
    first, later = _AGE_NAMES[found.grain]
    return _(later, age=f"{age:,}") if age else _(first)


def axis(found: Cohorts) -> str:
    """What the ages along an axis are."""
    return _(AXES["days" if found.step else found.grain])


def short(value: float) -> str:
    """An amount that fits a cell: 1,234, 1.2萬, 12k."""
    if abs(value) < 10_000:
        return f"{value:,.0f}"
    return f"{value / 10_000:.1f}萬" if text.language() == "zh_TW" else f"{value / 1000:,.0f}k"


def cells(
    found: Cohorts, table: pd.DataFrame, measure: str, currency: str, *, counts: bool = False, line: bool = False
) -> pd.DataFrame:
    """Rows of `Cohorts.measured` (or of a summary, with a label of its own) with the words of each: label, text, hover, faded.

    line: rows of `Cohorts.line`, whose counts are not parts of their sizes.
    """
    write = _Writer(measure, text.symbol(currency) if measure == "revenue" else "", counts, line)
    ages = {age: age_name(found, age) for age in table.age.unique()}
    rows = list(table.itertuples())
    names = [getattr(row, "label", "") or cohort_name(row.cohort, found.grain) for row in rows]
    labels = [f"{name} *" if getattr(row, "doubtful", False) else name for name, row in zip(names, rows, strict=True)]
    words = {
        "label": labels,
        "text": [write.cell(row) for row in rows],
        "hover": [write.hover(row, name, ages[row.age]) for name, row in zip(names, rows, strict=True)],
    }
    as_they_are = {name: pd.Series(texts, index=table.index, dtype=object) for name, texts in words.items()}
    return table.assign(**as_they_are, faded=table["size"] < SMALL)


class _Writer:
    """Writes many cells of one table: the sentences are translated once."""

    def __init__(self, measure: str, sign: str, counts: bool, line: bool) -> None:
        self.measure, self.sign, self.counts, self.line = measure, sign, counts, line
        self.sentence = _(_SENTENCES[measure])
        self.so_far = _("So far: this period is not over, so the share is not known yet.")
        self.each, self.share = _("{each} each"), _("{share} (range {low} to {high})")
        self.small = _(FEW)

    def cell(self, row: object) -> str:
        """What stands in the cell: a share in whole percent with its sign, a count, or an amount; "+" after what is so far."""
        more = "" if row.value == row.value else "+"
        if self.measure == "revenue":
            return short(row.count if self.counts else row.count / row.size) + more
        if self.counts:
            return f"{row.count:,.0f}{more}"
        few = f"{row.count:.0f}/{row.size}"
        return (few if row.size <= TINY else f"{row.count / row.size * 100:.0f}%") + more

    def hover(self, row: object, name: str, age: str) -> str:
        """The cell as a sentence, then its share with its interval."""
        count = f"{self.sign}{row.count:,.0f}"
        if self.line and self.measure == "cumulative":
            return f"{name}, {age}<br>{self._share(row)}"
        lines = [self.sentence.format(cohort=name, count=count, size=f"{row.size:,}", age=age)]
        if row.value != row.value:
            lines.append(self.so_far)
        elif self.measure == "revenue":
            lines.append(self.each.format(each=f"{self.sign}{row.value:,.0f}"))
        else:
            lines.append(self._share(row))
        return "<br>".join([*lines, self.small] if row.size < SMALL else lines)

    def _share(self, row: object) -> str:
        shares = {"share": row.value, "low": row.low, "high": row.high}
        return self.share.format(**{key: f"{value:.1%}".replace("%", " %") for key, value in shares.items()})


def age_tick(found: Cohorts, age: int) -> str:
    """An age on an axis: its number, or the days it begins with."""
    return f"{age * AGE_DAYS}" if found.step else f"{age}"


def age_short(found: Cohorts, age: int) -> str:
    """An age beside a number: month 12, day 359."""
    if found.step:
        return _("day {n}", n=number(age * AGE_DAYS + AGE_DAYS - 1))
    return _(
        {"week": N_("week {n}"), "month": N_("month {n}"), "quarter": N_("quarter {n}")}[found.grain], n=number(age)
    )


def sizes(found: Cohorts, rows: pd.DataFrame, mean: pd.DataFrame, *, sure_only: bool) -> pd.DataFrame:
    """The column before the first age: how many customers each cohort has. The mean stands on top.

    sure_only: the mean leaves the first months of the data out.
    """
    table = pd.DataFrame(
        {
            "label": [f"{cohort_name(row.cohort, found.grain)}{' *' * row.doubtful}" for row in rows.itertuples()],
            "text": [f"{size:,}" for size in rows["size"]],
        }
    )
    if len(mean):
        counted = found.sizes[~found.sizes.doubtful] if sure_only else found.sizes
        top = pd.DataFrame({"label": [mean.label.iloc[0]], "text": [f"{counted['size'].sum():,}"]})
        table = pd.concat([top, table], ignore_index=True)
    return table.assign(hover=[_("{n} new customers", n=size) for size in table.text])


def scale(drawn: pd.DataFrame, first: int, measure: str, currency: str, *, own: bool) -> tuple[float, dict[float, str]]:
    """The value of the strongest colour, and the names along the scale. own: up to the shop's own largest value of 30 customers or more;
    always so for revenue, as no amount means the same in every shop."""
    told = drawn[drawn.value.notna() & (drawn.age >= first)]
    large = told[told["size"] >= SMALL]
    largest = float((large if len(large) else told).value.max()) if len(told) else 0.0
    if measure == "revenue":
        top = largest or 1.0
        return top, {part * top: money(part * top, currency) for part in (0, 0.5, 1)}
    top = (largest or 1.0) if own else TOPS[measure]
    names = {part * top: percent(part * top, 0) for part in (0, 0.2, 0.4, 0.6, 0.8, 1)}
    return top, names if own else {**names, top: f"{percent(top, 0)}+"}


def legend(found: Cohorts, shown: pd.DataFrame, counts: bool, measure: str, *, own: bool, cut: bool) -> str:
    """What stands in the cells, what the colours mean, and how what is not sure is marked. shown: the cells drawn. counts: counts are
    shown; own: the shop's own scale; cut: not all cohorts are drawn."""
    parts = []
    if counts and measure != "revenue":
        parts.append(_("In the cells: customers; the colour is their share."))
    elif (shown.value.notna() & (shown["size"] <= TINY)).any() and measure != "revenue":
        parts.append(_("In the cells: shares; 1/4 is one of four customers, where they are so few."))
    if measure != "revenue":
        parts.append(
            _("The colours are this shop's own scale.")
            if own
            else _(
                "A colour means the same in every shop; from {top} on it is the strongest.",
                top=percent(TOPS[measure], 0),
            )
        )
    if shown.value.isna().any():
        parts.append(_("Hatched, with +: the period is not over, so it is at least so much."))
    if (shown.faded & shown.value.notna()).any():
        parts.append(_("Pale: fewer than 30 customers."))
    if found.doubtful_share:
        parts.append(_("*: at the start of the data; some of these new customers are old ones."))
    if cut:
        parts.append(_("The latest cohorts are drawn; the mean and the table hold all."))
    return text.sentences(*parts)
