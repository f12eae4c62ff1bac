"""Who fits which list this week, from all that the shop knows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pandas as pd

from analytics.contacts import Limits, barred, first_to_know, short_name, survey_sample
from analytics.cycles import CARE, LATE, NEXT_WEEK, THIS_WEEK, cycles, due, plan
from analytics.cycles import care as cared_for
from analytics.errors import TooLittleData
from analytics.products import silences
from analytics.repurchase import waiting
from analytics.results import DAYS, results
from analytics.reviews.opinions import BAD, Opinions
from analytics.reviews.trends import goods_surges, surges
from analytics.reviews.triage import cases, queue, within
from analytics.segments.rfm import Rfm, rfm
from analytics.store import Store
from analytics.week import tasks
from analytics.week.chances import chances
from analytics.week.festivals import coming
from analytics.week.tasks import Task, Week, planned

ANSWERED_WITHIN = 30
"""Days for which an unhappy review waits for an answer."""
REVIEWED = (7, 15)
"""Days after delivery when somebody could have reviewed."""
THANKED = 20
_LATELY = 62  # days in which something that got worse is news
_REGULAR, _PRODUCTS = 3, 3
NOBODY = pd.DataFrame(
    {"customer_id": pd.Series(dtype=str), "days": pd.Series(dtype=int), "recency": pd.Series(dtype=int)}
)


def monday_after(day: date) -> date:
    """The first Monday after a day: the week that is planned on the data up to that day."""
    return day + timedelta(days=7 - day.weekday())


def week(noted: Store, opinions: Opinions | None = None, limits: Limits | None = None) -> Week:
    """The week after the as-of day. noted: the shop with its notebook beside it. opinions: its reviews; None: there are none. Where no customer is known
    (guests or reviews alone) only reviews and chores are left to do.
    """
    limits, as_of = limits or Limits(), noted.shop.as_of
    found = _or_none(rfm, noted) if noted.shop.orders else None
    waiting_answers = _unanswered(noted, opinions)
    candidates, abouts, chores = _people(noted, found) if found else {}, {}, []
    if len(waiting_answers):
        candidates[tasks.ANSWER] = waiting_answers
    if noted.shop.orders:
        refills, about, chores = _refills(noted, chores)
        candidates[tasks.REFILL], abouts[tasks.REFILL] = refills, about
    untils = {}
    festival = coming(as_of)
    if festival and found:
        told = first_to_know(found)
        candidates[tasks.FESTIVAL] = told[told.wave == 1]
        abouts[tasks.FESTIVAL], untils[tasks.FESTIVAL] = festival
    chores += _worse(opinions, as_of) + _read_out(noted) + _campaigns(noted)
    done = frozenset(noted.query("week/choices", week=str(monday_after(as_of))).task)
    sent = set(noted.query("week/lists").list)
    begun = frozenset(kind for kind in tasks.KINDS if tasks.list_name(kind, as_of) in sent)
    return planned(
        candidates, abouts, untils, tuple(chores), as_of=as_of, chances=chances(noted), customers=found.customers if found else NOBODY,
        barred=barred(noted, limits, DAYS) | {tasks.COMPLAINT: frozenset(waiting_answers.customer_id)}, done=done, begun=begun,
    )  # fmt: skip


def _people(store: Store, found: Rfm) -> dict[str, pd.DataFrame]:
    """Lists that stand on orders alone."""
    cycle = found.edges.cycle
    times = found.customers.recency / cycle if cycle == cycle and cycle > 0 else pd.Series(dtype=float)
    regulars = found.customers[(found.customers.days >= _REGULAR) & times.between(1, 2, inclusive="right")]
    care = {f"care_{day}": _or_none(cared_for, store, day) for day in CARE}
    lists = {
        tasks.SECOND: waiting(store).near_second,
        tasks.LATE: regulars,
        **care,
        tasks.UNREVIEWED: store.with_parcels().query("week/unreviewed", from_days=REVIEWED[0], until_days=REVIEWED[1]),
        tasks.THANK: survey_sample(found, THANKED),
    }
    return {kind: rows for kind, rows in lists.items() if rows is not None and len(rows)}


def _refills(store: Store, chores: list[Task]) -> tuple[pd.DataFrame, str, list[Task]]:
    """Whose product runs out this week, next week, or has just run out; the products of most of them; and products that run out and do not sell."""
    known = _or_none(cycles, store)
    if known is None or known.refills.empty:
        return pd.DataFrame({"customer_id": []}, dtype=str), "", chores
    holding = due(store, known)
    rows = plan(holding, states=(THIS_WEEK, NEXT_WEEK, LATE)).table
    rows = rows[rows.send_on <= pd.Timestamp(holding.until + timedelta(days=7))]
    most = rows["product"].value_counts().sort_index().sort_values(ascending=False, kind="stable").index[:_PRODUCTS]
    about = ", ".join(short_name(product) for product in most)
    away = silences(store)
    for silence in away[away.ongoing].itertuples():
        running = holding.table[holding.table.product_id == silence.product_id]
        soon = running[(running.due_day - pd.Timestamp(holding.until)).dt.days.between(1, 28)]
        if len(soon):
            chores = [
                *chores,
                Task(
                    tasks.STOCK,
                    short_name(str(silence.product)),
                    holding.until + timedelta(days=7),
                    count=soon.customer_id.nunique(),
                ),
            ]
    return rows, about, chores


def _unanswered(store: Store, opinions: Opinions | None) -> pd.DataFrame:
    """Unhappy reviews of the last days without an answer, one row per customer; those of people unknown by their review."""
    if opinions is None:
        return pd.DataFrame({"customer_id": []}, dtype=str)
    notes = store.query("week/triage_notes").fillna("").astype(str)
    table = within(queue(cases(store, opinions), notes), ANSWERED_WITHIN).shown(states=(BAD,))
    return table.assign(customer_id=table.customer_id.fillna("review:" + table.review_key.astype(str)))


def _worse(opinions: Opinions | None, as_of: date) -> list[Task]:
    """Aspects, and products, that more reviews complain of than usual, in the last finished month or the one that runs."""
    if opinions is None:
        return []
    found = []
    for kind, name, table in (
        (tasks.WORSE, "aspect", surges(opinions)), (tasks.WORSE_PRODUCT, "product", goods_surges(opinions)),
    ):  # fmt: skip
        if table.empty:
            continue
        lately = table[pd.to_datetime(table.period) >= pd.Timestamp(as_of) - pd.Timedelta(days=_LATELY)]
        found += [
            Task(kind, row[name] if kind == tasks.WORSE else short_name(row[name]), as_of + timedelta(days=7), count=int(row["complained"]))
            for row in lately.drop_duplicates(name).to_dict("records")
        ]  # fmt: skip
    return found


def _read_out(store: Store) -> list[Task]:
    """Lists whose days have ended in the last week."""
    as_of = store.shop.as_of
    table = results(store).table
    over = table[(table.over_on <= pd.Timestamp(as_of)) & (table.over_on > pd.Timestamp(as_of - timedelta(days=7)))]
    return [
        Task(tasks.READ_OUT, str(row.list), as_of + timedelta(days=7), count=int(row.people))
        for row in over.itertuples()
    ]


def _campaigns(store: Store) -> list[Task]:
    """Campaigns of the diary of which the time to look at has come: as many days after the last one as a list is given."""
    as_of = store.shop.as_of
    table = store.query(
        "week/campaigns_over", from_day=as_of - timedelta(days=DAYS + 6), until_day=as_of - timedelta(days=DAYS)
    )
    return [Task(tasks.CAMPAIGN, str(name), as_of + timedelta(days=7)) for name in table.name]


def _or_none(analysis: Callable[..., Any], *of: Any) -> Any:
    """What an analysis finds; None where there is too little for it."""
    try:
        return analysis(*of)
    except TooLittleData:
        return None
