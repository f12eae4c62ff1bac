"""The triage page's filters, cards and table of cases."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.reviews import triage
from analytics.reviews.opinions import Opinions
from analytics.reviews.replies import PastReplies
from analytics.reviews.triage import Queue
from analytics.store import Store
from pages.shared import text, widgets
from pages.shared.links import folded, linked
from pages.shared.made import made
from pages.shared.people import names
from pages.shared.reviews.labels import ASPECTS
from pages.shared.text import N_, _, number, percent, words_of
from pages.shared.widgets import Card, Column, about
from pages.triage import words

SCROLLED = 8
"""Cases from which on the table scrolls."""
SPANS = {"90": N_("90 days"), "30": N_("30 days"), "365": N_("A year"), "all": N_("All")}


def filters(queue: Queue) -> tuple[int | None, Queue, pd.DataFrame]:
    """Draw the filters. Gives the days looked back on (None: all), the cases of those days, and the rows that the filters leave."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        span = linked(st.segmented_control, _("The last"), words_of(SPANS), key="triage_days", required=True)
        states = linked(
            st.pills, _("Reviews that are"), words_of(words.STATES), key="triage_states", default=["bad", "unsure"],
            selection_mode="multi",
        )  # fmt: skip
        with st.popover(_("More filters"), icon=":material/filter_alt:"):
            statuses = linked(
                st.pills,
                _("Status"),
                words_of(words.STATUSES),
                key="triage_statuses",
                default=["open"],
                selection_mode="multi",
            )
            aspect = linked(st.selectbox, _("Complains of"), {"any": _("All")} | words_of(ASPECTS), key="triage_aspect")
            only_calls = st.toggle(_("Only those to reach first"), key="triage_calls", bind="query-params")
        folded({"triage_statuses": ["open"], "triage_aspect": "any", "triage_calls": False}, key="triage_more")
    days = None if span == "all" else int(span)
    recent = made(triage.within, queue, days)
    shown = made(Queue.shown, recent, tuple(states), tuple(statuses))
    return days, recent, made(triage.narrowed, shown, "" if aspect == "any" else aspect, only_calls)


def cards(waiting: pd.DataFrame, store: Store, found: Opinions, past: PastReplies) -> None:
    """How many wait, how many to reach first, what their customers have bought, and how many replies are copies."""
    widgets.cards(made(_cards, waiting, store, found, past))


def _cards(waiting: pd.DataFrame, store: Store, found: Opinions, past: PastReplies) -> list[Card]:
    unhappy = waiting[waiting.state == "bad"]
    bought, customers = triage.at_stake(unhappy)
    copied = Card(
        _("Copied replies"),
        percent(past.copied.share, 0),
        note=text.plural("of {n} reply", "of {n} replies", past.copied.replies),
    )
    unsure = int((waiting.state == "unsure").sum())
    return [
        Card(_("Unhappy, waiting"), number(len(unhappy)), note=_("{n} unsure", n=number(unsure)) if unsure else ""),
        *(
            [Card(_("Reach first"), number(unhappy.call_first.sum()), note=_("high value or loyal"))]
            if customers
            else []
        ),
        *([_bought(bought, customers, store, found)] if customers else []),
        *([copied] if past.copied.enough else []),
    ]


def _bought(bought: float, customers: int, store: Store, found: Opinions) -> Card:
    return Card(
        _("They bought so far"),
        text.money(bought, store.shop.currency),
        about(
            _(
                "All that the customers behind these unhappy reviews have bought; what the shop stands to lose is of this size at most."
            ),
            numerator=text.money(bought, store.shop.currency, exact=True),
            denominator=customers,
            as_of=found.until,
        ),
    )


def table(shown: pd.DataFrame) -> int:
    """The cases as a table with its download; the place of the chosen row, the first by default."""
    rows = made(_rows, shown, names.shown())
    picked = _listed(rows)
    at = picked[0] if picked and picked[0] < len(shown) else 0
    st.caption(_("Case {n} of {all}; choose another by its row.", n=number(at + 1), all=number(len(shown))))
    return at


def _rows(shown: pd.DataFrame, _named: bool) -> pd.DataFrame:
    aspects = words_of(ASPECTS)
    by = {True: _("by telephone"), False: _("by chat")}
    return shown.assign(
        who=names.who(shown, "who"),
        reach=[
            by[bool(phone)] if first else "" for first, phone in zip(shown.call_first, shown.phone.notna(), strict=True)
        ],
        state_name=shown.state.map(words_of(words.STATES)),
        said=shown.text.fillna("").str.replace(r"\s+", " ", regex=True).str.slice(0, 200),
        about=[text.listed([aspects[name] for name in names]) for names in shown.against],
        segment_name=shown.segment.map({name: _(name) for name in triage.TONES}).fillna(""),
        status_name=shown.status.map(words_of(words.STATUSES)),
        fault_name=shown.fault.map(words_of(words.FAULTS)),
        tag_name=shown.tag.map({**words_of(words.TAGS), "": ""}),
    )


def _listed(rows: pd.DataFrame) -> list[int]:
    return widgets.table(
        rows,
        {
            "reach": Column(
                _("Reach first"),
                help=_(
                    "Unhappy with three stars or fewer, and a high-value or loyal customer: by telephone where the order names a number, else by chat."
                ),
            ),
            "state_name": Column(_("Feeling")),
            "rating": Column(_("Stars"), "number"),
            **({"score": Column(_("Score (0 to 10)"), "number")} if rows.score.notna().any() else {}),
            "said": Column(_("What they wrote")),
            "about": Column(_("Complains of")),
            "age": Column(_("Waiting"), "days"),
            "who": Column(_("Customer")),
            "segment_name": Column(_("Segment")),
            **(
                {"revenue": Column(_("Bought so far"), "money"), "order_revenue": Column(_("This order"), "money")}
                if rows.revenue.notna().any()
                else {}
            ),
            "product": Column(_("Product")),
            "order_id": Column(_("Order number")),
            "fault_name": Column(_("Whose fault")),
            "tag_name": Column(_("What is behind it")),
            "status_name": Column(_("Status")),
            "owner": Column(_("Who sees to it")),
            "note": Column(_("Note")),
        },
        name="review-triage",
        key="triage_queue",
        select=True,
        xlsx=True,
        height=320 if len(rows) > SCROLLED else "auto",
    )
