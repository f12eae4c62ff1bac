"""Whom to remind of what runs out, and on which day: due dates, who is left out and why, and a plan within a weekly limit of contacts."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

import numpy as np
import pandas as pd

from analytics.contacts import CONTACTED, DECLINED, HELD_OUT, TOO_OFTEN
from analytics.cycles.backtest import customers_then, plain_list, usual_gaps
from analytics.cycles.cycles import Cycles, holders
from analytics.export import ics
from analytics.store import Store

THIS_WEEK, NEXT_WEEK, COMING, LATE, SLEEPING, LOST = "this_week", "next_week", "coming", "late", "sleeping", "lost"
STATES = (THIS_WEEK, NEXT_WEEK, COMING, LATE, SLEEPING, LOST)
"""It runs out in the next 7 days, in the 7 after these, or later; it ran out, and up to twice, up to three times, or more than three times its days are over."""
SUBSTITUTE, COMPLAINT, OVER_LIMIT = "substitute", "complaint", "over_limit"
LEFT_OUT = (SUBSTITUTE, COMPLAINT, DECLINED, CONTACTED, TOO_OFTEN, HELD_OUT, OVER_LIMIT)
"""Why somebody is not written to: bought another product of the family since; complained and waits for an answer; declined marketing; was written
to in the last days, or often enough this month; is held out of a list that still runs; the weekly limit of contacts was reached."""
WEEKS = 2
CARE = (7, 14, 30)
"""Days after a purchase on which a shop asks how it went; each stands for the week that begins with it."""


@dataclass(frozen=True)
class Due:
    """Everybody who holds a refill product, with the day on which it runs out.

    table: one row per customer and product, soonest first: customer_id, product_id, product, family, last_day, units (bought and kept then), cycle
    (days per unit), spend (money, at that purchase), due_day, window_from, window_until (when the middle half come back), times (days since / days it lasts),
    substitute, state (of STATES). rebought: customers who would be due in these weeks, had they not bought again by themselves. until: the as-of day.
    """

    table: pd.DataFrame
    rebought: int
    until: date

    @cached_property
    def by_product(self) -> pd.DataFrame:
        """One row per product, most due in the next four weeks first: product_id, product, one column per state (customers), units_28 (units that those run out of, at most so many bought again)."""
        counts = self.table.pivot_table(
            index=["product_id", "product"], columns="state", values="customer_id", aggfunc="count", fill_value=0
        )
        counts = counts.reindex(columns=list(STATES), fill_value=0)
        soon = self.table[self.table.due_day.between(*_days(self.until, 1, 28))]
        units = soon.groupby(["product_id", "product"]).units.sum()
        table = counts.assign(units_28=units).fillna({"units_28": 0.0}).reset_index()
        table.columns.name = None
        return table.sort_values(["units_28", "product_id"], ascending=[False, True], ignore_index=True)


def due(store: Store, known: Cycles) -> Due:
    """Due dates at the as-of day: the last purchase, and so many days more for each unit of it."""
    until = store.shop.as_of
    table = _named(holders(store, known, until), store.query("cycles/people"), known.refills)
    for name in ("last_day", "due_day", "window_from", "window_until"):
        table[name] = pd.to_datetime(table[name])
    ahead = (table.due_day - pd.Timestamp(until)).dt.days
    table["state"] = np.select(
        [ahead > 14, ahead > 7, ahead > 0, table.times <= 2, table.times <= 3],
        [COMING, NEXT_WEEK, THIS_WEEK, LATE, SLEEPING],
        default=LOST,
    )
    [rebought] = store.query(
        "cycles/rebought", until=until, earliest=until + timedelta(days=1), latest=until + timedelta(days=7 * WEEKS), **known.arguments()
    ).customers  # fmt: skip
    return Due(table, int(rebought), until)


def _named(rows: pd.DataFrame, people: pd.DataFrame, goods: pd.DataFrame) -> pd.DataFrame:
    """The rows of `holders` with names in place of numbers, by day, customer and product. people: ascending by name. goods: as in Cycles.table.

    Each name is made once: hundreds of thousands of rows may hold the same few.
    """
    goods = goods.sort_values("product_id", ignore_index=True)
    person = pd.Index(people.buyer).get_indexer(rows.buyer)
    good = pd.Index(goods.good).get_indexer(rows.good)
    place = np.lexsort((good, person, rows.due_day.to_numpy()))
    person, good = person[place], good[place]
    names = {"customer_id": people.customer_id.take(person).array}
    names |= {name: goods[name].take(good).array for name in ("product_id", "product", "family")}
    rest = rows.drop(columns=["buyer", "good"]).take(place).reset_index(drop=True)
    return pd.concat([pd.DataFrame(names), rest], axis=1)


@dataclass(frozen=True)
class Plan:
    """Who is written to, about what, on which day.

    table: one row per customer, by day and most spent first: the columns of Due.table for the product that runs out first (of several on one day the dearer
    one), also (how many more of theirs are due), send_on. left_out: reason -> customers.
    """

    table: pd.DataFrame
    left_out: dict[str, int]

    @cached_property
    def by_day(self) -> pd.DataFrame:
        """One row per day: send_on, customers, products (product -> customers)."""
        days = self.table.groupby("send_on", sort=True)
        return pd.DataFrame(
            [
                {"send_on": day, "customers": len(part), "products": part["product"].value_counts(sort=True).to_dict()}
                for day, part in days
            ],
            columns=["send_on", "customers", "products"],
        )


def without(rows: pd.DataFrame, barred: Mapping[str, Collection[str]]) -> tuple[pd.DataFrame, dict[str, int]]:
    """The rows of people who may be written to, and reason -> customers who may not.

    rows: with customer_id. barred: of LEFT_OUT -> customers; one who stands in several is counted under the first.
    """
    left_out = {}
    for reason in LEFT_OUT[1:-1]:
        there = rows.customer_id.isin(set(barred.get(reason, ())))
        left_out[reason] = rows.customer_id[there].nunique()
        rows = rows[~there]
    return rows, left_out


def plan(
    found: Due,
    *,
    states: Collection[str] = (THIS_WEEK, NEXT_WEEK),
    products: Collection[str] = (),
    lead: int = 5,
    weekly_limit: int = 0,
    barred: Mapping[str, Collection[str]] | None = None,
) -> Plan:
    """The people of these states (and products, by product_id; none: all), each once, with the day to write.

    lead: days before it runs out, never before tomorrow. weekly_limit: people in seven days, counted from tomorrow on; 0: no limit. Who finds a week full is written to in an
    earlier week with room, else left out and counted; those on time go before those who are late, the dearer purchase first. barred:
    of LEFT_OUT -> customers not to be written to; one who stands in several is counted under the first.
    """
    rows = found.table[found.table.state.isin(list(states))]
    rows = rows[rows.product_id.isin(list(products))] if products else rows
    people = rows.customer_id.nunique()
    rows = rows[~rows.substitute]
    left_out = {SUBSTITUTE: people - rows.customer_id.nunique()}
    rows, others = without(rows, barred or {})
    left_out |= others
    people = rows.customer_id.nunique()
    rows = rows.sort_values(["customer_id", "due_day", "spend", "product_id"], ascending=[True, True, False, True])
    also = rows.groupby("customer_id").product_id.transform("count") - 1
    once = rows.assign(also=also).drop_duplicates("customer_id")
    tomorrow = pd.Timestamp(found.until) + pd.Timedelta(days=1)
    once["send_on"] = (once.due_day - pd.Timedelta(days=int(lead))).clip(lower=tomorrow)
    once["on_time"] = once.due_day >= tomorrow
    once = once.sort_values(["on_time", "send_on", "spend", "customer_id"], ascending=[False, True, False, True])
    once = _within_limit(once, tomorrow, int(weekly_limit))
    left_out[OVER_LIMIT] = people - len(once)
    once = once.sort_values(["send_on", "spend", "customer_id"], ascending=[True, False, True], ignore_index=True)
    return Plan(once.drop(columns="on_time"), left_out)


def _within_limit(rows: pd.DataFrame, tomorrow: pd.Timestamp, limit: int) -> pd.DataFrame:
    """The rows that fit into their week or an earlier one, in the order given; a row that is moved gets the last day of its new week."""
    if limit <= 0 or rows.empty:
        return rows
    weeks = ((rows.send_on - tomorrow).dt.days // 7).to_numpy()
    room: dict[int, int] = {}
    kept = np.full(len(rows), -1)
    for place, week in enumerate(weeks):
        free = next((at for at in range(week, -1, -1) if room.get(at, 0) < limit), -1)
        if free >= 0:
            room[free] = room.get(free, 0) + 1
            kept[place] = free
    moved = tomorrow + pd.to_timedelta(7 * kept + 6, unit="D")
    rows = rows.assign(send_on=np.where((kept >= 0) & (kept < weeks), moved, rows.send_on))
    return rows[kept >= 0]


def care(store: Store, since: int) -> pd.DataFrame:
    """Those whose last purchase arrived `since` to `since` + 6 days ago, for a word of care, each once with the dearest product of that day.

    since: of CARE. customer_id, product_id, product, last_day, arrived (the day it was completed; where no file says so, the day it usually takes: see
    `parcels`), nth (which buying day it was), spend; the latest first. Who has bought again since stands under the later purchase.
    """
    table = store.with_purchases().with_parcels().query("cycles/care", from_days=int(since), until_days=int(since) + 6)
    return table.drop_duplicates("customer_id", ignore_index=True)


def plain(store: Store, rule: str, size: int, days: int = 7 * WEEKS) -> pd.DataFrame:
    """The people that a plain rule would write to now, as many as `size`: customer_id, recency (days), revenue; nearest to the rule first."""
    today = store.shop.as_of
    customers, [usual] = customers_then(store, today, days), usual_gaps(store, (today,))
    chosen = customers[plain_list(customers, rule, size, usual, days)]
    names = store.query("store/buyers").set_index("buyer").customer_id
    chosen = chosen.assign(customer_id=chosen.buyer.map(names))
    return chosen[["customer_id", "recency", "days", "revenue"]].reset_index(drop=True)


def _days(until: date, first: int, last: int) -> tuple[pd.Timestamp, pd.Timestamp]:
    return pd.Timestamp(until) + pd.Timedelta(days=first), pd.Timestamp(until) + pd.Timedelta(days=last)


def calendar(by_day: pd.DataFrame, *, summary: str, description: str, name: str, made: datetime) -> bytes:
    """The days to write as a calendar (`analytics.export.ics`): one event per day, without anybody's name in it.

    by_day: as in Plan. summary, description: texts with {customers} and {products}. name: of the calendar. made: when, in UTC.
    """
    events = []
    for row in by_day.itertuples():
        goods = ", ".join(f"{product} {customers}" for product, customers in row.products.items())
        said = {"customers": row.customers, "products": goods}
        events.append((row.send_on.date(), "reminders", summary.format(**said), description.format(**said)))
    return ics(events, name=name, made=made)
