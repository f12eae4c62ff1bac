"""The cohort page by group: customers by how they were won, at the same age, and two of the groups against each other."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.cohorts import charts
from analytics.cohorts import groups as cuts
from analytics.cohorts.groups import Comparison
from analytics.statistics import SMALL
from analytics.store import Store
from pages.cohorts import answers
from pages.shared import cut_points, drawing, text, widgets
from pages.shared.groups import CUTS, by_group, distinct, group_name
from pages.shared.links import clicked, linked, points
from pages.shared.made import made
from pages.shared.people import contact_list as contact_lists
from pages.shared.rates import difference
from pages.shared.segments import scored
from pages.shared.session import result
from pages.shared.text import _, percent, plain
from pages.shared.widgets import Column

NOT_TOLD = "–"
"""In an address, the group of those whose order does not tell."""
SHARES = (("share", "rate"), ("low", "low"), ("high", "high"))
"""Placeholder of a sentence -> column."""


def groups(store: Store, rate: pd.Series) -> str:
    """The groups of one cut side by side; gives the view's answer."""
    days = int(rate.days)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        cut, least, spans = by_group(store, "cohorts")
    windows = tuple(sorted({*cuts.AGES, days}))
    by_segment = {"cuts": cut_points.in_use(store)} if cut == "segment" else {}
    found = result(cuts.comparison, store, cut, least=least, campaign=spans, windows=windows, **by_segment)
    table, told = made(_table, found, cut, days)
    answer = made(answers.of_groups, found, cut, days)
    if told.empty:
        st.info(_("No group is {days} old yet.", days=text.days(days)), icon=":material/hourglass_empty:")
    else:
        event = widgets.chart(
            drawing.drawn(
                charts.groups,
                told,
                shop=rate.rate,
                shop_name=_("All"),
            ),
            name=f"groups-{cut}-{days}",
            unit=_("Dot: share of the group's customers who came back in time; line: 95 % range."),
            finding=answer,
            title=_("Back within {days}, by group", days=text.days(days)),
            alt=_("Dots with ranges: each group's share of customers who came back in time; the shop's own is dashed."),
            key=f"cohorts_groups_{cut}",
            select=True,
        )
        places = [found.names[int(place)] for (place,) in points(event)]
        chosen = clicked("cohorts_group", (places[0] or NOT_TOLD) if places else "")
        names = {name or NOT_TOLD: name for name in found.names}
        if chosen in names:
            people = result(cuts.in_group, store, cut, names[chosen], least=least, campaign=spans, **by_segment)
            members(store, people, group_name(cut, names[chosen]))
        else:
            st.caption(f":material/touch_app: {_('Click a dot to see its customers, and to take the list with you.')}")
    if found.overlapping:
        st.caption(_("Whose first order holds two of these is in both groups."))
    if cut == "segment":
        st.caption(
            _(
                "Segments are made from what customers did, so they differ here by definition: read them, do not test them."
            )
        )
    if len(found.names) > 1:
        pair(found, cut, days)
    widgets.table(
        table,
        {
            "label": Column(_(CUTS[cut][0])),
            "customers": Column(_("New customers"), "number"),
            "eligible": Column(_("Old enough"), "number"),
            "repurchased": Column(_("Came back"), "number"),
            "rate": Column(_("Back within {days}", days=text.days(days)), "percent"),
            "low": Column(_("Range from"), "percent"),
            "high": Column(_("Range to"), "percent"),
        },
        name=f"groups-{cut}-{days}",
    )
    return answer


def _table(found: Comparison, cut: str, days: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The groups, and as they are drawn those that are old enough, the highest share first."""
    table = found.at(days)
    table["label"] = [group_name(cut, name) for name in found.names]
    table["place"] = range(len(table))
    told = table[table.eligible > 0].sort_values("rate", ascending=False)
    if told.empty:
        return table, told
    return table, told.assign(
        hover=hovers(told, days), label=distinct(told.label.tolist()), faded=told.eligible < SMALL
    )


def members(store: Store, people: pd.DataFrame, name: str) -> None:
    """The customers of the group clicked."""
    widgets.opened_below("cohorts_group", text.plural("{n} customer, below", "{n} customers, below", len(people)))
    with st.container(border=True):
        st.markdown(f"**{plain(text.literal(name))}**")
        contact_lists.show(store, scored(store), people, name="group")


def pair(found: Comparison, cut: str, days: int) -> None:
    """Two groups at the same ages, and the difference in words."""
    labels = {name or NOT_TOLD: group_name(cut, name) for name in found.names}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = linked(st.selectbox, _("Compare"), labels, key=f"cohorts_first_{cut}", width=280)
        others = {key: label for key, label in labels.items() if key != chosen}
        other = linked(st.selectbox, _("with"), others, key=f"cohorts_second_{cut}", width=280)
    names = {labels[key]: None if key == NOT_TOLD else key for key in (chosen, other)}
    told = made(_difference, found, names, days)
    st.markdown(f"**{plain(told)}**")
    widgets.chart(
        drawing.drawn(charts.by_age, made(_by_age, found, names), axis=_("Days since the first order")),
        name=f"groups-{cut}-by-age",
        unit=_("Upwards: share of the group that has come back; band: 95 % range."),
        finding=told,
        title=_("At the same age"),
        alt=_("Two lines with bands: the share of each group that has come back by each age."),
    )
    st.caption(
        _("Kaplan–Meier: those still awaited count for as long as they have been watched, so the lines only rise.")
    )


def _difference(found: Comparison, names: dict[str, str | None], days: int) -> str:
    """The difference of two groups (how each is called -> its name) in words."""
    first, second = names
    return difference(found.difference(names[first], names[second], days), first, second, days)


def _by_age(found: Comparison, names: dict[str, str | None]) -> tuple[pd.DataFrame, ...]:
    """The line of each of two groups, as it is drawn."""
    rates = made(Comparison.again, found).rename(columns={"day": "days", "share": "rate"})
    rates = rates[rates.at_risk >= min(SMALL, rates.at_risk.max())]
    pairs = []
    for label, group in names.items():
        rows = rates[rates.place == found.names.index(group)]
        said = _("{group}: by day {day} {share} have bought again (range {low} to {high})")
        hover = [
            said.format(group=label, day=row.days, **{key: percent(getattr(row, name)) for key, name in SHARES})
            for row in rows.itertuples()
        ]
        pairs.append(rows.assign(hover=hover, label=distinct([label], 24)[0]))
    return tuple(rows for rows in pairs if len(rows))


def hovers(rows: pd.DataFrame, days: int) -> list[str]:
    """Each row as a sentence."""
    sentence = _("{group}: {count} of {n} came back within {days} days: {share} (range {low} to {high})")
    return [
        sentence.format(
            group=row.label,
            count=f"{row.repurchased:,}",
            n=f"{row.eligible:,}",
            days=days,
            **{key: percent(getattr(row, name)) for key, name in SHARES},
        )
        for row in rows.itertuples()
    ]
