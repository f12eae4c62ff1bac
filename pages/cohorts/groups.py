"""The cohort page by group: customers by how they were won, at the same age, and two of the groups against each other."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.cohorts import charts
from analytics.cohorts import groups as cuts
from analytics.cohorts.groups import Comparison
from analytics.statistics import SMALL
from analytics.store import Store
from pages.shared import text, widgets
from pages.shared.groups import CUTS, by_group, distinct, group_name
from pages.shared.rates import difference
from pages.shared.session import result
from pages.shared.text import _, plain
from pages.shared.widgets import Column


def groups(store: Store, rate: pd.Series, known: tuple[str, ...]) -> None:
    """The groups of one cut side by side."""
    days = int(rate.days)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        cut, least, spans = by_group(store, "cohorts")
    windows = tuple(sorted({*cuts.AGES, days}))
    found = result(cuts.comparison, store, cut, least=least, campaign=spans, known=known, windows=windows)
    table = found.at(days)
    table["label"] = [group_name(cut, name) for name in found.names]
    told = table[table.eligible > 0].sort_values("rate", ascending=False)
    if told.empty:
        st.info(_("No group is {days} old yet.", days=text.days(days)), icon=":material/hourglass_empty:")
    else:
        widgets.chart(
            charts.groups(
                told.assign(hover=hovers(told, days), label=distinct(told.label.tolist()), faded=told.eligible < SMALL),
                shop=rate.rate,
                shop_name=_("All"),
            ),
            name=f"groups-{cut}-{days}",
            title=_("Back within {days}, by group", days=text.days(days)),
            alt=_("Dots with ranges: each group's share of customers who came back in time; the shop's own is dashed."),
        )
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


def pair(found: Comparison, cut: str, days: int) -> None:
    """Two groups at the same ages, and the difference in words."""
    names = {group_name(cut, name): name for name in found.names}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        first = st.selectbox(_("Compare"), list(names), key=f"cohorts_first_{cut}", width=280)
        others = [name for name in names if name != first]
        second = st.selectbox(_("with"), others, key=f"cohorts_second_{cut}", width=280)
    st.markdown(f"**{plain(difference(found.difference(names[first], names[second], days), first, second, days))}**")
    rates = found.rates[
        found.rates.days.isin(cuts.AGES) & (found.rates.eligible >= min(SMALL, found.rates.eligible.max()))
    ]
    pairs = []
    for label in (first, second):
        same = rates.name.isna() if names[label] is None else rates.name == names[label]
        rows = rates[same].assign(label=label)
        pairs.append(rows.assign(hover=hovers(rows), label=distinct([label], 24)[0]))
    widgets.chart(
        charts.by_age([rows for rows in pairs if len(rows)], axis=_("Days since the first order")),
        name=f"groups-{cut}-by-age",
        title=_("At the same age"),
        alt=_("Two lines with bands: the share of each group that has come back by each age."),
    )


def hovers(rows: pd.DataFrame, days: int | None = None) -> list[str]:
    """Each row as a sentence."""
    sentence = _("{group}: {count} of {n} came back within {days} days: {share} (range {low} to {high})")
    return [
        sentence.format(
            group=row.label,
            count=f"{row.repurchased:,}",
            n=f"{row.eligible:,}",
            days=days or row.days,
            **{key: f"{getattr(row, name):.1%}" for key, name in (("share", "rate"), ("low", "low"), ("high", "high"))},
        )
        for row in rows.itertuples()
    ]
