"""The repurchase page's charts: time to the second purchase, where customers stop, and the days between purchases."""

from __future__ import annotations

import math

import pandas as pd
import streamlit as st

from analytics import repurchase
from analytics.cohorts.groups import Comparison, comparison
from analytics.repurchase import LEAST, STEPS, WINDOWS, Gaps, Ladder, charts
from analytics.statistics import SMALL, Survival
from analytics.store import Store
from pages.repurchase import words
from pages.shared import cut_points, drawing, text, widgets
from pages.shared.groups import CUTS, by_group, distinct, group_name
from pages.shared.links import choice, linked
from pages.shared.made import made
from pages.shared.session import result
from pages.shared.text import _, literal, number, plain
from pages.shared.widgets import Column

BINS = (7, 14, 30)
"""Days per bar of a histogram: the narrowest that keeps it under forty bars."""


def _by_window(curves: dict[str, Survival]) -> pd.DataFrame:
    """What share has bought again within each of WINDOWS, by the name of the curve."""
    tables = [repurchase.bought_again_at(one, WINDOWS).assign(label=name) for name, one in curves.items()]
    return pd.concat(tables, ignore_index=True)


def time(store: Store, curve: Survival, gaps: Gaps) -> str:
    """How many have bought again by each day, all together or by group; gives the view's answer where it is by group."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        cut, least, spans = by_group(store, "repurchase", together=True)
    by_segment = {"cuts": cut_points.in_use(store)} if cut == "segment" else {}
    found = result(comparison, store, cut, least=least, campaign=spans, **by_segment) if cut else None
    curves = {group_name(cut, name): found.survival[name] for name in found.names} if found else {_("All"): curve}
    labels = distinct(list(curves), 24)
    usual, marks = gaps.of(1), {}
    if not found and usual is not None:
        if gaps.late(1) is not None:
            late = _("80 % of second purchases") if usual.name == 1 else _("80 % of all repeat purchases")
            marks = {gaps.late(1): late}
        if not text.missing(curve.median_days):
            half_day = int(curve.median_days)
            marks[half_day] = text.listed(
                [*([marks[half_day]] if half_day in marks else []), _("half of all customers")]
            )
    answer = made(words.of_groups, found, cut, list(curves)) if found else ""
    widgets.chart(
        drawing.drawn(
            charts.second_purchase,
            {label: made(repurchase.bought_again, one) for label, one in zip(labels, curves.values(), strict=True)},
            hover=_("{name}, day {day}: {share} have bought again"),
            until=max(made(repurchase.worth_drawing, one) for one in curves.values()),
            axis=_("Days since the first order"),
            marks=marks,
            banded=two(found, labels, cut) if found and len(labels) > 2 else (),
        ),
        name=f"second-purchase-{cut or 'all'}",
        unit=_("Upwards: share of customers with a second purchase; band: 95 % range."),
        finding=answer,
        title=_("Share of customers who have bought a second time"),
        alt=_(
            "Rising steps: the share of customers with a second purchase by each day since the first, with its band."
        ),
    )
    if found:
        st.markdown(plain(log_rank(found.p_value, found.overlapping, cut)))
        st.caption(plain(text.sentences(*[half(name, one) for name, one in curves.items()])))
    by_window = made(_by_window, curves)
    widgets.table(
        by_window,
        {
            **({"label": Column(_(CUTS[cut][0]))} if found else {}),
            "day": Column(_("Within"), "days"),
            "share": Column(_("Bought again (est.)"), "percent", _("Kaplan–Meier: those still awaited count for as long as they have been watched.")),
            "low": Column(_("Range from"), "percent"),
            "high": Column(_("Range to"), "percent"),
            "at_risk": Column(_("Still watched"), "number", _("Customers without a second purchase whose time is not over.")),
        },
        name=f"second-purchase-{cut or 'all'}",
    )  # fmt: skip
    if len(by_window):
        st.caption(
            _(
                "Curve and table also use customers who have not been watched for the whole time (Kaplan–Meier); the card leaves them out, so the two can differ a little."
            )
        )
    return answer


def two(found: Comparison, labels: list[str], cut: str) -> list[str]:
    """The labels of the groups whose ranges are drawn: two at most, of so many as there are, else they cover one another."""
    names = {name or "–": label for name, label in zip(found.names, labels, strict=True)}
    chosen = linked(
        st.multiselect, _("Draw the range of"), names, default=list(names)[:2], max_selections=2, key=f"repurchase_ranges_{cut}",
    )  # fmt: skip
    return [names[name] for name in chosen]


def half(name: str, curve: Survival) -> str:
    """When half of a group are back."""
    values = {"group": literal(name), "n": number(curve.table.at_risk.iloc[0])}
    if text.missing(curve.median_days):
        return _("{group} (n={n}): fewer than half have come back.", **values)
    return _("{group} (n={n}): half were back after {days}.", days=text.days(curve.median_days), **values)


def log_rank(p: float, overlapping: bool, cut: str) -> str:
    """Whether the curves can be told apart."""
    if cut == "segment":
        return _(
            "Segments are made from what customers did, so they differ here by definition: read them, do not test them."
        )
    if overlapping:
        return _("Some customers are in several groups, so the curves are shown without a test.")
    if text.missing(p):
        return _("There is only one group, or nobody came back: nothing to test.")
    shown = _("p < 0.001") if p < 0.001 else _("p = {p}", p=number(p, 3))
    if p < 0.05:
        return _("The groups differ in when they come back (log-rank {p}).", p=shown)
    return _("The groups cannot be told apart in when they come back (log-rank {p}).", p=shown)


def ladder(found: Ladder) -> str:
    """From one purchase to the next: who went on, who may still, and who stopped; gives the view's answer."""
    rows, answer = words.steps(found), words.of_ladder(found)
    widgets.chart(
        drawing.drawn(
            charts.ladder,
            rows,
            {
                "went_on": _("Bought again"),
                "still_in_time": _("Silent for {days} at most", days=text.days(found.patience)),
                "stopped": _("Silent for longer"),
            },
        ),
        name="ladder",
        unit=_("Length of a bar: customers who bought so many times."),
        finding=answer,
        title=_(
            "What became of those who bought so many times; →: bought again within {days}", days=text.days(found.days)
        ),
        alt=_(
            "Bars: for each number of purchases, how many customers went on, how many may still, and how many stopped."
        ),
    )
    widgets.findings(words.findings(found))
    widgets.table(
        rows,
        {
            "pair": Column(_("Step"), "text", _("From which purchase to which: 1 → 2 is from the first to the second.")),
            "customers": Column(_("Customers"), "number"),
            "eligible": Column(_("Old enough"), "number"),
            "continued": Column(_("Went on"), "number"),
            "rate": Column(_("Went on, share"), "percent"),
            "low": Column(_("Range from"), "percent"),
            "high": Column(_("Range to"), "percent"),
            "median_days": Column(_("Median days"), "days"),
            "still_in_time": Column(_("Still in time"), "number", _("Silent for {days} at most", days=text.days(found.patience))),
            "stopped": Column(_("Stopped"), "number", _("Silent for longer than {days}", days=text.days(found.patience))),
        },
        name=f"ladder-{found.days}",
    )  # fmt: skip
    return answer


def gaps(store: Store, found: Gaps, due: pd.DataFrame) -> str:
    """How many days lie between two purchases of those who came back, and the day from which somebody is late; gives the view's answer."""
    if found.table.empty:
        st.info(
            _("Nobody has bought a second time yet, so there is no usual interval."), icon=":material/hourglass_empty:"
        )
        return ""
    names = {"all": _("All"), **{str(step): words.step_name(step) for step in range(1, STEPS + 1)}}
    step = choice(_("Step"), names, "repurchase_step")
    usual = found.table.set_index("step")
    which = 0 if step == "all" or int(step) not in usual.index else int(step)
    row = usual.loc[which]
    until = max(60, round(row.p80 * 2.5 / 30) * 30)
    width = next((days for days in BINS if until / days < 40), BINS[-1])
    counts = result(repurchase.gap_counts, store, width, which)
    spans = _("{first} to {last} days: {n} times")
    middle, late = (
        _("median {days}", days=text.days(row["median"])),
        _("80 %: {days}", days=text.days(math.ceil(row.p80))),
    )
    marks = (
        {row.p80: text.listed([middle, late])} if row["median"] == row.p80 else {row["median"]: middle, row.p80: late}
    )
    answer = words.of_gaps(row, None if step == "all" else words.step_name(int(step)))
    widgets.chart(
        drawing.drawn(charts.gaps,
            counts.assign(
                hover=[
                    spans.format(first=one.from_day, last=one.from_day + width - 1, n=f"{one.gaps:,}") for one in counts.itertuples()
                ]
            ),
            width=width,
            until=until,
            marks=marks,
            axis=_("Days between two purchases, {width} to a bar", width=width),
        ),
        name=f"gaps-{step}",
        unit=_("Height of a bar: how often so many days lie between two purchases."),
        finding=answer,
        title=_("Days between purchases (n={n})", n=number(row.gaps)),
        alt=_("Bars: how often so many days lie between two purchases; the median and the 80 % day are dashed."),
    )  # fmt: skip
    st.markdown(plain(text.sentences(*words.rhythm(found, which, due))))
    st.caption(_("Only those who came back are counted here; “Second purchase” holds those still awaited too."))
    table = found.table.assign(
        label=[words.step_name(one) if one else _("All") for one in found.table.step],
        late=[found.late(one) if one else None for one in found.table.step],
    )
    widgets.table(
        table,
        {
            "label": Column(_("Step"), "text", _("From which purchase to which: 1 → 2 is from the first to the second.")),
            "gaps": Column(_("Gaps"), "number"),
            "p25": Column(_("A quarter by"), "days", _("A quarter of the gaps were over by this day.")),
            "median": Column(_("Median"), "days", _("The usual day: half of the gaps were over by it.")),
            "p75": Column(_("Three quarters by"), "days", _("Three quarters of the gaps were over by this day.")),
            "p80": Column(_("80 % day"), "days", _("80 % of the gaps were over by this day.")),
            "late": Column(_("Late from day"), "number", _("The 80 % day of the step, in whole days; with fewer than {n} gaps that of all, with fewer than {least} in all none.", n=SMALL, least=LEAST)),
        },
        name="gaps",
    )  # fmt: skip
    return answer
