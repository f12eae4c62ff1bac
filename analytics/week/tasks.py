"""What to do this week: at most seven tasks, each with its people, of whom nobody stands in two.

Everybody who could be written to is put on the one list that says most to them (KINDS in that order). What a list is worth is what customers like
its people buy within a month by themselves, as a range: how much of it a message adds, only a group that is held out can show.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

import numpy as np
import pandas as pd

from analytics.contacts import CONTACTED, DECLINED, HELD_OUT, TOO_OFTEN, holdout
from analytics.contacts.contacts import held_out_rows
from analytics.errors import N_
from analytics.week.chances import Chances

ANSWER, REFILL, SECOND, LATE = "answer", "refill", "second", "late"
CARE_7, CARE_14, CARE_30, UNREVIEWED = "care_7", "care_14", "care_30", "unreviewed"
FESTIVAL, THANK = "festival", "thank"
STOCK, WORSE, WORSE_PRODUCT, READ_OUT, CAMPAIGN = "stock", "worse", "worse_product", "read_out", "campaign"
KINDS = (ANSWER, REFILL, SECOND, LATE, CARE_7, UNREVIEWED, CARE_14, CARE_30, FESTIVAL, THANK)
"""Lists of people, those that say most to a person first. Who has not reviewed yet is asked before a second word of care, or they would never be: day 7 and
day 14 together cover the days in which one asks."""
CHORES = (STOCK, WORSE, WORSE_PRODUCT, READ_OUT, CAMPAIGN)
"""Tasks that are nobody's list."""
OWN_PLACES = 2
"""Places of a week's seven that chores have for themselves: what got worse would else stand behind the list that is worth least."""
SELLING = (REFILL, SECOND, LATE, FESTIVAL)
"""Lists that are read back by who bought, so that some may be held out."""
MOST = 7
COMPLAINT, OTHER_LIST = "complaint", "other_list"
REASONS = (DECLINED, COMPLAINT, CONTACTED, TOO_OFTEN, HELD_OUT, OTHER_LIST)
"""Why somebody who fits a list is not on it: declined marketing; waits for an answer to a complaint; was written to in the last days; was written to so often this
month; is held out of a list whose days are not over; stands on another list."""
TITLES = {
    ANSWER: N_("Answer {n} unhappy reviews"),
    REFILL: N_("{n} people are running out: {about}"),
    SECOND: N_("{n} people bought once, and now is the usual time of a second purchase"),
    LATE: N_("{n} regulars are later than usual"),
    CARE_7: N_("Ask {n} people how the first week went"),
    CARE_14: N_("Ask {n} people how two weeks went"),
    CARE_30: N_("Ask {n} people how the first month went"),
    UNREVIEWED: N_("{n} people have not said how they like it"),
    FESTIVAL: N_("Tell {n} regulars first: {about}"),
    THANK: N_("Thank {n} of the best customers, or ask them"),
    STOCK: N_("{about} has not sold for days, and {n} people run out of it in four weeks"),
    WORSE: N_("More complaints than usual: {about}"),
    WORSE_PRODUCT: N_("More unhappy reviews than usual of {about}"),
    READ_OUT: N_("See what the list {about} has brought"),
    CAMPAIGN: N_("See what the campaign {about} has brought"),
}


def list_name(kind: str, as_of: date) -> str:
    """A list's name in the contact log: its kind and its day, the one after the last of the data."""
    return f"{kind} {as_of + timedelta(days=1):%Y-%m-%d}"


@dataclass(frozen=True)
class Task:
    """One thing to do. kind: of KINDS or CHORES. about: product, list, festival …, "" where nothing. until: the last day on which it is of use.

    people: one row per person, those worth most first: customer_id, low, high, each (as `Chances.of`), held_out, and what the list says of them; empty for chores.
    n: people, or what a chore counts. worth_low, worth_high: money (NaN: not to be said).
    """

    kind: str
    about: str
    until: date
    people: pd.DataFrame = field(default_factory=lambda: pd.DataFrame({"customer_id": [], "held_out": []}))
    count: int = 0

    @property
    def n(self) -> int:
        return len(self.people) or self.count

    @property
    def mark(self) -> str:
        """What it is put away by: a list by its kind, a chore with what it is about."""
        return f"{self.kind} {self.about}" if self.kind in CHORES else self.kind

    def name(self, as_of: date) -> str:
        """What the list is called in the contact log."""
        return list_name(self.kind, as_of)

    @cached_property
    def worth(self) -> tuple[float, float]:
        """Money, from and to."""
        if not len(self.people):
            return np.nan, np.nan
        low, high = (self.people[side] * self.people.each for side in ("low", "high"))
        return float(low.sum(min_count=1)), float(high.sum(min_count=1))


@dataclass(frozen=True)
class Week:
    """tasks: at most MOST, worth most first, then chores. more: tasks beyond these. excluded: of REASONS -> people. overlap: kind -> kind -> people who fit both.

    as_of: the last day of the data; the week begins the day after. known: customers who can be told apart (0: guests, or reviews, alone).
    """

    tasks: tuple[Task, ...]
    more: tuple[Task, ...]
    excluded: dict[str, int]
    overlap: pd.DataFrame
    as_of: date
    known: int = 0


def planned(
    candidates: Mapping[str, pd.DataFrame],
    abouts: Mapping[str, str],
    untils: Mapping[str, date],
    chores: tuple[Task, ...],
    *,
    as_of: date,
    chances: Chances,
    customers: pd.DataFrame,
    barred: Mapping[str, frozenset[str]],
    done: frozenset[str] = frozenset(),
    begun: frozenset[str] = frozenset(),
) -> Week:
    """Put everybody on one list, and the lists in order.

    candidates: of KINDS -> rows with customer_id. customers: every customer with customer_id, days, recency. barred: of REASONS -> customers that are
    written to on no list; one who stands in several is counted under the first. done: marks of tasks that are not wanted this week, or ever. begun: kinds whose list is
    being worked through: who is held out of it stands in the log already, and nobody else is.
    """
    fits = {kind: candidates[kind].drop_duplicates("customer_id") for kind in KINDS if kind in candidates}
    fits = {kind: rows for kind, rows in fits.items() if kind not in done}
    wanted = set().union(*(rows.customer_id for rows in fits.values()))
    excluded, out = {}, set()
    for reason in REASONS[:-1]:
        out_now = (wanted & barred.get(reason, frozenset())) - out
        if reason in (DECLINED, COMPLAINT):
            out_now -= set(fits[ANSWER].customer_id) if ANSWER in fits else set()
        excluded[reason], out = len(out_now), out | out_now
    taken, tasks = set(), []
    doubled = 0
    for kind, rows in fits.items():
        free = rows[~rows.customer_id.isin(out)] if kind != ANSWER else rows
        doubled += int(free.customer_id.isin(taken).sum())
        free = free[~free.customer_id.isin(taken)]
        taken |= set(free.customer_id)
        if len(free):
            until = untils.get(kind, as_of + timedelta(days=7))
            tasks.append(Task(kind, abouts.get(kind, ""), until, _worth(free, kind, chances, customers, begun)))
    excluded[OTHER_LIST] = doubled
    tasks, own = sorted(tasks, key=_place), [chore for chore in chores if chore.mark not in done]
    room = MOST - min(len(own), max(OWN_PLACES, MOST - len(tasks)))
    return Week(
        tuple((tasks[:room] + own)[:MOST]), tuple(tasks[room:] + own[MOST - len(tasks[:room]) :]), excluded, _overlap(fits), as_of, len(customers)
    )  # fmt: skip


def _worth(
    rows: pd.DataFrame, kind: str, chances: Chances, customers: pd.DataFrame, begun: frozenset[str]
) -> pd.DataFrame:
    """The people of a list with what they are worth and who is held out, the dearest first."""
    known = customers[["customer_id", "days", "recency"]]
    people = rows.drop(columns=["days", "recency"], errors="ignore").merge(known, on="customer_id", how="left")
    known = people.days.notna()
    people = people.join(chances.of(people[known]))
    share = holdout(len(people)).share if kind in SELLING and kind not in begun else 0.0
    people["held_out"] = held_out_rows(people.customer_id, share=share)
    value = (people.low + people.high) / 2 * people.each
    return (
        people.assign(_value=value)
        .sort_values(["_value", "customer_id"], ascending=[False, True], na_position="last", ignore_index=True)
        .drop(columns="_value")
    )


def _place(task: Task) -> tuple[bool, float, int]:
    """Answers come first, since nothing else is sent to those who wait for one; then the middle of what it is worth, the highest first."""
    middle = sum(task.worth) / 2
    return (task.kind != ANSWER, -middle if middle == middle else 0.0, KINDS.index(task.kind))


def _overlap(fits: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """How many people fit each two lists: kind by kind."""
    people = {kind: set(rows.customer_id) for kind, rows in fits.items()}
    return pd.DataFrame(
        [[len(first & second) for second in people.values()] for first in people.values()],
        index=list(people), columns=list(people), dtype=int,
    )  # fmt: skip
