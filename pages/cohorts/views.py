"""The cohort page by cohort: the triangle with the customers behind a cell, the curves, and the monthly trend."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd
import streamlit as st

from analytics import cohorts as analysis
from analytics.cohorts import AGE_DAYS, Cohorts, charts
from analytics.overview import Headline
from analytics.statistics import SMALL, Standing
from analytics.store import Store
from pages.cohorts import answers, cell, words
from pages.shared import drawing, present, text, widgets
from pages.shared.links import choice, folded, linked, points
from pages.shared.made import made
from pages.shared.text import _, money, percent, plain
from pages.shared.widgets import Column

ROWS = 26
"""Cohorts drawn at once, the latest; the table and its download hold them all."""
WIDTHS = (6, 12, 24, 60)


@dataclass(frozen=True)
class Choice:
    """What the reader chose. measure: of MEASURES. grain, step: as in `cohorts`. counts: counts instead of shares. width: the last
    age drawn. own_scale: the strongest colour is this shop's own largest value, not the one that all shops share."""

    measure: str = "cumulative"
    grain: str = "month"
    step: int = 0
    counts: bool = False
    width: int = 12
    own_scale: bool = False


def controls(view: str) -> Choice:
    """What a cell says and the period of a cohort; the rest is folded away."""
    names = {name: label for name, (label, _about) in words.MEASURES.items()}
    measure = choice(_("Each cell says"), names, "cohorts_measure")
    grain = choice(_("Won in the same"), words.GRAINS, "cohorts_grain")
    with st.popover(_("Settings"), icon=":material/tune:"):
        counted = choice(_("Age counted in"), words.AGES, "cohorts_ages")
        unit = choice(_("Shown as"), words.UNITS, "cohorts_unit") if view == "triangle" else "share"
        width = st.segmented_control(
            _("Ages shown, up to"), WIDTHS, default=12, required=True, key="cohorts_width", bind="query-params"
        )
        own_scale = view == "triangle" and st.toggle(
            _("Colours up to this shop's own largest value"),
            key="cohorts_scale",
            bind="query-params",
            help=_("Otherwise a colour means the same in every shop."),
        )
    folded(
        {"cohorts_ages": "calendar", "cohorts_unit": "share", "cohorts_width": 12, "cohorts_scale": False},
        key="cohorts_settings",
    )
    step = AGE_DAYS if counted == "days" else 0
    return Choice(measure, grain, step, unit == "count", width if width in WIDTHS else 12, own_scale)


def triangle(store: Store, found: Cohorts, chosen: Choice, head: Headline) -> str:
    """The triangle, the customers of the clicked cell, and the table; gives the view's answer."""
    measure = chosen.measure
    cells, sizes, how, cut = made(
        _cells, found, chosen, head.left_out, store.shop.currency, present.ROWS if present.on() else ROWS
    )
    st.caption(plain(text.sentences(_(words.MEASURES[measure][1]), _("Across: {axis}.", axis=words.axis(found)))))
    answer = made(answers.of_triangle, found, measure, head, store.shop)
    event = widgets.chart(
        drawing.drawn(charts.triangle, cells, sizes, size_name=_("Won"), **how),
        name=f"cohorts-{measure}",
        unit=text.sentences(_(words.MEASURES[measure][1]), _("Across: {axis}.", axis=words.axis(found))),
        finding=answer,
        alt=_(
            "A triangle of cells: one row per cohort, one column per age, the colour stronger where more customers came back."
        ),
        key="cohorts_triangle",
        select=True,
    )
    st.caption(
        plain(
            made(words.legend, found, cells, chosen.counts, measure, own=chosen.own_scale, cut=cut)
        )
    )  # fmt: skip
    if not cell.customers(store, found, points(event), measure):
        st.info(_("Click a cell to see its customers, and to take the list with you."), icon=":material/touch_app:")
    cells_table(found, measure)
    return answer


def _cells(
    found: Cohorts, chosen: Choice, left_out: bool, currency: str, most: int
) -> tuple[pd.DataFrame, pd.DataFrame, dict, bool]:
    """What the triangle shows: its cells, the size of each row, how it is drawn, and whether it leaves cohorts out."""
    measure, width = chosen.measure, chosen.width
    sizes = found.sizes.tail(most).iloc[::-1]
    table = found.measured(measure)
    drawn = table[(table.age <= width) & table.cohort.isin(sizes.cohort)]
    first = int(measure in ("retention", "later"))
    drawn = drawn[drawn.age >= first].sort_values(["cohort", "age"], ascending=[False, True])
    mean = found.summary(measure, sure_only=left_out)
    mean = mean[(mean.age <= width) & (mean.age >= first)].assign(label=_("All together"), doubtful=False)
    shown = pd.concat(
        [words.cells(found, part, measure, currency, counts=chosen.counts) for part in (mean, drawn)], ignore_index=True
    )
    shown["cohort"] = shown.cohort.dt.strftime("%Y-%m-%d").fillna("") if "cohort" in shown else ""
    top, scale = words.scale(drawn, first, measure, currency, own=chosen.own_scale)
    ages = {age: words.age_tick(found, age) for age in range(first, int(max(shown.age, default=first)) + 1)}
    how = {"top": top, "scale": scale, "ages": ages}
    return shown, words.sizes(found, sizes, mean, sure_only=left_out), how, len(sizes) < len(found.sizes)


def cells_table(found: Cohorts, measure: str) -> None:
    """Every cell of every cohort, with its interval, once it is unfolded."""
    folded = st.expander(_("All cells as a table"), icon=":material/table:", key="cohorts_cells", on_change="rerun")
    if not folded.open:
        return
    kind = "money" if measure == "revenue" else "percent"
    table = found.measured(measure)
    table["label"] = [words.cohort_name(cohort, found.grain) for cohort in table.cohort]
    table["count"] = table["count"].where(table.finished)
    columns = {
        "label": Column(_("Cohort")),
        "age": Column(words.axis(found), "number"),
        "size": Column(_("New customers"), "number"),
        "count": Column(_("Counted"), "money" if measure == "revenue" else "number"),
        "value": Column(_(words.MEASURES[measure][0]), kind),
        "low": Column(_("Range from"), kind),
        "high": Column(_("Range to"), kind),
        "finished": Column(_("Finished"), "yes"),
        "doubtful": Column(_("First months"), "yes", _("Its new customers may be old ones.")),
    }
    shown = [name for name in columns if measure != "revenue" or name not in ("low", "high")]
    with folded:
        widgets.table(table, {name: columns[name] for name in shown}, name=f"cohort-cells-{measure}")


def curves(store: Store, found: Cohorts, chosen: Choice, head: Headline) -> str:
    """Cohorts as lines against all of them together; for revenue, the age at which a customer has paid back. Gives the view's answer."""
    names, measure = made(_grown, found), chosen.measure
    picked = linked(
        st.multiselect,
        _("Cohorts to compare"),
        {day: words.cohort_name(date.fromisoformat(day), found.grain) for day in reversed(names)},
        default=[],
        max_selections=8,
        key=f"cohorts_picked_{found.grain}",
        placeholder=_("The latest four that have come some way"),
    )
    grown = [day for day, old in names.items() if old] or list(names)
    picked = picked or grown[-4:]
    together = made(Cohorts.line, found, measure, until=chosen.width, sure_only=head.left_out)
    target = payback(store, found, together) if measure == "revenue" else None
    currency = store.shop.currency
    lines, mean = made(_lines, found, together, measure, chosen.width, currency, tuple(picked))
    answer = made(answers.of_curves, found, together, measure, currency)
    widgets.chart(
        drawing.drawn(
            charts.curves,
            lines,
            mean,
            axis=words.axis(found),
            mean_name=_("All together"),
            money="" if measure != "revenue" else text.symbol(currency),
            target=target,
        ),
        name=f"cohort-curves-{measure}",
        unit=text.sentences(_(words.MEASURES[measure][1]), _("Across: {axis}.", axis=words.axis(found))),
        finding=answer,
        alt=_("Lines: each chosen cohort by its age, with the weighted mean of all and its band."),
    )
    unfinished = any(line.value.isna().any() for line in lines)
    st.caption(
        text.sentences(
            _("Dotted with open marks: the period is not over yet.") if unfinished else "",
            made(answers.line_of, found, together, measure),
        )
    )
    cells_table(found, measure)
    return answer


def _grown(found: Cohorts) -> dict[str, bool]:
    """The first day of each cohort -> whether it has come some way."""
    return {f"{row.cohort:%Y-%m-%d}": row.ages > 6 for row in found.sizes.itertuples()}


def _lines(
    found: Cohorts, together: pd.DataFrame, measure: str, width: int, currency: str, picked: tuple[str, ...]
) -> tuple[tuple[pd.DataFrame, ...], pd.DataFrame]:
    """The cohorts that were picked as lines, and the line of all together."""
    first = int(measure in ("retention", "later"))
    table = words.cells(found, found.measured(measure), measure, currency)
    table = table[(table.age >= first) & (table.age <= width)].assign(so_far=table["count"] / table["size"])
    mean = words.cells(found, together.assign(label=_("All together")), measure, currency, line=True)
    lines = [table[table.cohort == pd.Timestamp(day)].rename(columns={"label": "name"}) for day in picked]
    return tuple(line for line in lines if len(line)), mean[mean["size"] >= SMALL] if (mean["size"] >= SMALL).any() else mean  # fmt: skip


def payback(store: Store, found: Cohorts, revenue: pd.DataFrame) -> float | None:
    """What a new customer costs and what part of revenue is margin: the revenue that pays it back, and when it does."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        cost = st.number_input(
            _("Cost of winning one customer"), 0.0, value=0.0, step=50.0, key="cohorts_cost", bind="query-params"
        )
        margin = st.number_input(_("Gross margin, %"), 1, 100, 60, key="cohorts_margin", bind="query-params")
    if not cost:
        st.caption(_("Enter what one new customer costs you in advertising, and see when it is earned back."))
        return None
    share = min(max(margin, 1), 100) / 100
    age = analysis.payback_age(revenue, cost, share)
    needed = money(cost / share, store.shop.currency)
    st.markdown(
        plain(
            _("{needed} of revenue pays one customer back; not reached yet.", needed=needed)
            if age is None
            else _(
                "{needed} of revenue pays one customer back: on average reached in {age}.",
                needed=needed,
                age=words.age_name(found, age),
            )
        )
    )
    return cost / share


def trend(table: pd.DataFrame, rate: pd.Series, standing: Standing | None) -> str:
    """N-day repurchase by month of the first order, only where every customer is old enough; gives the view's answer."""
    rows = table[table.days == rate.days]
    told = rows[rows.rate.notna()]
    days = text.days(rate.days)
    waiting = rows[~rows.finished & (rows["size"] > 0)]
    answer = answers.of_trend(rate, standing)
    if told.empty:
        st.info(_("No month is old enough for {days} yet.", days=days), icon=":material/hourglass_empty:")
    else:
        widgets.chart(
            drawing.drawn(
                charts.trend,
                made(_months, told, days),
                shop=rate.rate,
                names={
                    "rate": _("Back within {days}", days=days),
                    "doubtful": _("First months: some are old customers"),
                    "shop": _("All"),
                },
            ),
            name=f"repurchase-by-month-{rate.days}",
            unit=_(
                "Upwards: share of the month's new customers who came back within {days}; band: 95 % range.", days=days
            ),
            finding=answer,
            alt=_("A line: the share of each month's new customers who came back in time, with its range."),
        )
    if len(waiting):
        st.caption(
            _(
                "From {month} on, not every customer is {days} old yet: unknown, not 0.",
                month=words.cohort_name(waiting.month.iloc[0], "month"),
                days=days,
            )
        )
    widgets.table(
        rows,
        {
            "month": Column(_("Month of the first order"), "month"),
            "size": Column(_("New customers"), "number"),
            "repurchased": Column(_("Came back"), "number"),
            "rate": Column(_("Back within {days}", days=days), "percent"),
            "low": Column(_("Range from"), "percent"),
            "high": Column(_("Range to"), "percent"),
            "finished": Column(_("All old enough"), "yes"),
            "doubtful": Column(_("First months"), "yes"),
        },
        name=f"repurchase-by-month-{rate.days}",
    )
    return answer


def _months(told: pd.DataFrame, days: str) -> pd.DataFrame:
    """The months with what the pointer is told of each."""
    hover = [
        _(
            "{month}: {count} of {size} new customers came back within {days}: {share} (range {low} to {high})",
            month=words.cohort_name(row.month, "month"),
            count=row.repurchased,
            size=row.size,
            days=days,
            share=percent(row.rate),
            low=percent(row.low),
            high=percent(row.high),
        )
        for row in told.itertuples()
    ]
    return told.assign(hover=hover, faded=told["size"] < SMALL)
