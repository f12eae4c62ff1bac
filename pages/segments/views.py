"""The sections of the segments page: all segments, what to say, the list, who moved."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.segments import charts
from analytics.segments.advice import ADVICE, GONE, Advice
from analytics.segments.late import Late
from analytics.segments.movement import MOVEMENT_DAYS, movement
from analytics.segments.rfm import SEGMENTS, Rfm
from analytics.store import Store
from pages.segments import special_lists, words
from pages.shared import drawing, not_customers, part, session, text, widgets
from pages.shared.links import choice, clicked, linked, points
from pages.shared.made import made
from pages.shared.people import contact_list as contact_lists
from pages.shared.people import customer_card
from pages.shared.segments import message, step
from pages.shared.text import _, money, number, plain, plural
from pages.shared.widgets import Column


@part.section
def further(store: Store, found: Rfm, waiting: Late) -> None:
    """What lies below the map: one of six sections."""
    section = linked(
        st.segmented_control, _("Go on to"), {name: _(word) for name, word in words.SECTIONS.items()},
        key="segments_section", required=True, label_visibility="collapsed",
    )  # fmt: skip
    match section:
        case "talk":
            talk(found)
        case "list":
            contacts(store, found, waiting)
        case "moves":
            moves(store, found)
        case "more":
            special_lists.show(store, found)
        case "card":
            customer_card.find(store, found)
        case _:
            table(found)


def table(found: Rfm) -> None:
    """The ten segments with their rules and figures."""
    rows = found.segments.assign(
        name=found.segments.segment.map(_), rule=[words.rule_of(found.edges, segment) for segment in SEGMENTS]
    )
    widgets.table(
        rows,
        {
            "name": Column(_("Segment")),
            "rule": Column(_("Rule, at today's cut values")),
            "customers": Column(_("Customers"), "number"),
            "share": Column(_("Share"), "share"),
            "revenue": Column(
                _("Revenue"), "money", _("All revenue so far of the customers who are in the segment today.")
            ),
            "revenue_share": Column(_("Revenue share"), "percent"),
            "repeat_rate": Column(
                _("Repeat rate"), "percent", _("Customers with two buying days or more, of the segment.")
            ),
            "aov": Column(_("Order value"), "money"),
            "recency": Column(_("Days since"), "number", _("Median: half of the group is below it.")),
            "high_value": Column(_("High value"), "number"),
        },
        name="segments",
        xlsx=True,
        height=390,
    )
    st.caption(
        plain(
            _(
                "R from 5 (bought lately) to 1; F from 1 (one buying day) to 5. High value: revenue above {edge}.",
                edge=money(found.edges.high_value, session.current().currency),
            )
        )
    )


def talk(found: Rfm) -> None:
    """What to do for one segment, in order, what not to send, and a message to begin with."""
    counts = found.segments.set_index("segment").customers
    segment = linked(
        st.pills,
        _("For whom"),
        {name: f"{_(name)} {number(counts[name])}" for name in SEGMENTS},
        key="segments_who",
        required=True,
        label_visibility="collapsed",
    )
    _advised(ADVICE[segment], words.rule_of(found.edges, segment), segment)


def _advised(advice: Advice, who: str, segment: str) -> None:
    """What to do for some customers; who: which they are, in words."""
    with st.container(border=True):
        st.markdown(f"##### {_(advice.aim)}")
        st.caption(plain(who))
        st.markdown("\n".join(f"{place}. {step(one)}" for place, one in enumerate(advice.steps, start=1)))
        st.markdown(f":red[:material/block: **{_('Not this')}**] {step(advice.avoid)}")
        st.markdown(f"**{_('A message to begin with')}**")
        st.code(message(segment, _("(product)")), language=None, wrap_lines=True)


def contacts(store: Store, found: Rfm, waiting: Late) -> None:
    """The contact lists: who is late, whoever is chosen by segment, and last those away for very long."""
    call = choice(_("Which list"), words.CALLS, "segments_call")
    if call == "segments":
        chosen = linked(
            st.multiselect, _("Segments"), {name: _(name) for name in SEGMENTS}, key="segments_list", default=["Champions"],
        )  # fmt: skip
        only = st.toggle(_("High value only"), value=True, key="segments_high", bind="query-params")
        customers = found.customers[found.customers.segment.isin(chosen)]
        contact_lists.show(store, found, customers[customers.high_value] if only else customers, name="contacts")
    elif call == "gone":
        _advised(GONE, words.who_is_listed(waiting, "gone"), "Gone")
        contact_lists.show(store, found, waiting.gone.assign(to_say="Gone"), name="gone")
    else:
        among = not_customers.among(set(waiting.first.customer_id))
        st.caption(plain(text.sentences(words.who_is_listed(waiting, "late"), among)))
        contact_lists.show(store, found, waiting.first, name="late")


def _in_cells(customers: pd.DataFrame, names: tuple[str, ...]) -> tuple[list[str], pd.DataFrame]:
    """Which of these are cells (5-1) or segments that somebody is in, and who is in them."""
    cells = [f"{r}-{f}" for r, f in zip(customers.r, customers.f, strict=True)]
    known = [name for name in names if name in {*cells, *customers.segment}]
    return known, customers[customers.segment.isin(known) | pd.Series(cells, customers.index).isin(known)]


def chosen(store: Store, found: Rfm, names: list[str]) -> None:
    """The customers of what was clicked: cells of the map (5-1) or segments; nothing for names of neither."""
    if not any(names):
        return
    known, people = made(_in_cells, found.customers, tuple(names))
    if not known:
        return
    shown = text.listed([f"R {name.replace('-', ' F ')}" if "-" in name else _(name) for name in known])
    widgets.opened_below("segments_cell", plural("{n} customer, below", "{n} customers, below", len(people)))
    with st.container(border=True):
        st.markdown(f"**{_('Chosen on the map: {cells}', cells=shown)}**")
        contact_lists.show(store, found, people, name="cell")


def moves(store: Store, found: Rfm) -> None:
    """Who stood where some days ago, who slipped, and what is at stake."""
    back = st.segmented_control(
        _("Against so many days ago"),
        MOVEMENT_DAYS,
        default=90,
        required=True,
        key="segments_back",
        bind="query-params",
    )
    moved = made(movement, store, found, back if back in MOVEMENT_DAYS else 90)
    high = moved.slips[moved.slips.high_value]
    told = text.sentences(
        plural(
            "Since {day}, {n} customer has slipped to a colder segment.",
            "Since {day}, {n} customers have slipped to colder segments.",
            len(moved.slips),
            day=text.day(moved.earlier),
        ),
        _(
            "In the year before that day they spent {money}; {high} of them are high value, with {most}.",
            money=money(moved.at_stake, store.shop.currency),
            high=number(len(high)),
            most=money(high.revenue_365.sum(), store.shop.currency),
        ),
    )
    st.markdown(plain(told))
    event = widgets.chart(
        drawing.drawn(charts.matrix, moved, words.labels()),
        name=f"movement-{moved.earlier:%Y-%m-%d}",
        unit=_("Number in a cell: customers."),
        finding=told,
        title=_("Where customers stood, and where they stand now"),
        hint=_("Click a cell for its customers"),
        alt=_("A table of cells: customers by segment on the earlier day (down) and now (across)."),
        key="segments_moved",
        select=True,
    )
    wide = charts.rows_moved(moved)
    now = [f"{wide.index[int(row)]}.{wide.columns[int(column)]}" for row, column in points(event)]
    before, _dot, after = clicked("segments_move", now[0] if now else "").partition(".")
    went = moved.customers[(moved.customers.before == before) & (moved.customers.after == after)]
    if len(went):
        widgets.opened_below("segments_move", plural("{n} customer, below", "{n} customers, below", len(went)))
        with st.container(border=True):
            st.markdown(f"**{_(before)} → {_(after)}**")
            contact_lists.show(store, found, went[["customer_id"]], name="moved")
    shown = moved.moves.assign(
        was=moved.moves.before.map(_), now=moved.moves.after.map(_), slipped=moved.moves.slipped.astype(bool)
    )
    widgets.table(
        shown[shown.before != shown.after],
        {
            "was": Column(_("Before")),
            "now": Column(_("Now")),
            "customers": Column(_("Customers"), "number"),
            "slipped": Column(_("Colder"), "yes", _("Moved to a colder segment.")),
            "revenue_365": Column(_("Spent in the year before"), "money"),
        },
        name="movement",
        height=320,
    )
    st.caption(
        _(
            "Both days use today's cut values, so only what customers did moves them. Cold means not having bought for long."
        )
    )
    st.markdown(
        f"**{_('High value, and colder since {day}: {n}', day=text.day(moved.earlier), n=number(len(high)))}**  \n"
        f"{_('Another list than “First to contact”: that one holds all who are late, whenever it began.')}"
    )
    slipped = high.merge(found.customers[["customer_id", "segment"]], on="customer_id")
    slipped = slipped.assign(was=slipped.before.map(_))
    extra = {"was": Column(_("Was")), "revenue_365": Column(_("Spent in the year before"), "money")}
    contact_lists.show(store, found, slipped, name="slipped", extra=extra)
