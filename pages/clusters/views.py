"""The parts of the clusters page: charts, table, list, and where there is nothing to say."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.clusters import Clusters, against_segments, charts
from analytics.errors import TooLittleData
from analytics.segments.rfm import SEGMENTS, Rfm
from analytics.store import Store
from pages.clusters import words
from pages.shared import drawing, menu, part, text, widgets
from pages.shared.links import clicked, linked, points
from pages.shared.made import made
from pages.shared.people import contact_list as contact_lists
from pages.shared.people import customer_card
from pages.shared.segments import names as segment_names
from pages.shared.text import _, plain, plural, say
from pages.shared.widgets import Column


def refused(error: TooLittleData) -> None:
    """Clusters would say nothing here: why, and where to look instead."""
    with st.container(border=True):
        st.markdown(f"##### :material/hourglass_empty: {_('Not with these customers')}")
        st.markdown(plain(say(error)))
        menu.link("segments", _("To the ten segments"))


@part.section
def chart(store: Store, found: Rfm, grouped: Clusters) -> None:
    """The main chart: one of four; a click on three of them shows who that is."""
    view = linked(
        st.segmented_control, _("Show"), {name: _(word) for name, word in words.VIEWS.items()},
        key="clusters_view", required=True, label_visibility="collapsed",
    )  # fmt: skip
    names, sign = words.names(grouped), text.symbol(store.shop.currency)
    labels = segment_names() | {
        "recency": _("Days since"), "days": _("Buying days"), "revenue": _("Revenue"), "customers": _("Customers"),
        "k": _("Groups"), "silhouette": _("How clear (silhouette)"), "chosen": _("in use"),
        "deviation": _("How far from the shop's middle"),
    }  # fmt: skip
    drawn = {
        "map": lambda: drawing.drawn(charts.scatter, grouped, names, labels, prefix=sign),
        "profile": lambda: drawing.drawn(charts.profiles, grouped, names, labels),
        "curve": lambda: drawing.drawn(charts.curve, grouped, labels),
        "crossed": lambda: drawing.drawn(charts.crossed, made(against_segments, found, grouped), names, labels),
    }[view]()
    said = {
        "map": _(
            "Each mark is a customer: how long ago they last bought, what they have spent, and (size) on how many days."
        ),
        "profile": _(
            "Above the line: more than the shop's middle; below: less. 1 is the usual distance of a customer from it (one standard deviation). Few days since the last order is a good sign."
        ),
        "curve": _(
            "The higher, the clearer the groups: 1 is far apart, 0 is one cloud. The highest is taken by itself; more groups are finer, not better."
        ),
        "crossed": _("Customers of each group by segment; the stronger the colour, the more of the group."),
    }[view]
    event = widgets.chart(
        drawn, name=f"clusters-{view}", alt=said, unit=said, key=f"clusters_{view}", select=view != "curve"
    )
    sampled = view == "map" and len(grouped.customers) > charts.SHOWN
    st.caption(
        plain(
            text.sentences(
                said, _("A sample of {n} customers is drawn.", n=text.number(charts.SHOWN)) if sampled else ""
            )
        )
    )

    if view != "curve":
        _clicked(store, found, grouped, view, points(event))


def _clicked(store: Store, found: Rfm, grouped: Clusters, view: str, chosen: list[list]) -> None:
    """The customer of the dot clicked, or those of the group or the cell."""
    if view == "map":
        if chosen:
            who = grouped.customers.customer_id.iloc[int(chosen[0][0])]
            st.session_state["clusters_dot_clicked"] = str(chosen[0][0])
            widgets.opened_below("clusters_dot", plural("{n} customer, below", "{n} customers, below", 1))
            with st.container(border=True):
                customer_card.show(store, found, who, name="dot")
        return
    now = ""
    if chosen:
        row, *column = map(int, chosen[0])
        now = f"{row + 1}.{SEGMENTS[column[0]]}" if view == "crossed" else str(row)
    group, _dot, segment = clicked("clusters_group", now).partition(".")
    names = {str(place): name for place, name in enumerate(words.names(grouped), start=1)}
    if group not in names:
        return
    people = _of(found, grouped, [group])
    people = people[people.segment == segment] if segment else people
    widgets.opened_below("clusters_group", plural("{n} customer, below", "{n} customers, below", len(people)))
    with st.container(border=True):
        st.markdown(f"**{text.listed([names[group], *([_(segment)] if segment else [])])}**")
        contact_lists.show(store, found, people, name="clicked")


def _of(found: Rfm, grouped: Clusters, groups: list[str]) -> pd.DataFrame:
    """The customers of these clusters."""
    customers = found.customers.merge(grouped.customers[["customer_id", "cluster"]], on="customer_id")
    return customers[customers.cluster.isin([int(place) for place in groups])]


def _lettered(found: Rfm, grouped: Clusters, groups: list[str]) -> pd.DataFrame:
    """The customers of these clusters, each with the letter of theirs."""
    customers, names = _of(found, grouped, groups), words.names(grouped)
    return customers.assign(group=[names[place - 1][:1] for place in customers.cluster])


def _described(grouped: Clusters, currency: str) -> pd.DataFrame:
    """The clusters, each with its name and its middle customer in words."""
    return grouped.profiles.assign(
        name=words.names(grouped), said=[words.described(row, currency) for row in grouped.profiles.itertuples()]
    )


def table(store: Store, grouped: Clusters) -> None:
    """The clusters with their figures and their middle customer in words."""
    widgets.table(
        made(_described, grouped, store.shop.currency),
        {
            "name": Column(_("Group")),
            "customers": Column(_("Customers"), "number"),
            "share": Column(_("Share"), "share"),
            "revenue": Column(_("Revenue"), "money"),
            "revenue_share": Column(_("Revenue share"), "percent"),
            "mean_revenue": Column(_("Revenue per customer"), "money"),
            "recency": Column(_("Days since"), "number", _("Median: half of the group is below it.")),
            "days": Column(_("Times"), "decimal", _("Median: half of the group is below it.")),
            "said": Column(_("Typical customer")),
        },
        name="clusters",
        xlsx=True,
    )


def contacts(store: Store, found: Rfm, grouped: Clusters) -> None:
    """The contact list of the clusters chosen."""
    st.subheader(_("Contact list"), anchor=False)
    options = {str(place): name for place, name in enumerate(made(words.names, grouped), start=1)}
    chosen = linked(st.multiselect, _("Which groups"), options, key=f"clusters_list_{grouped.k}", default=["1"])
    customers = made(_lettered, found, grouped, chosen)
    contact_lists.show(store, found, customers, name="group", extra={"group": Column(_("Group"))})
