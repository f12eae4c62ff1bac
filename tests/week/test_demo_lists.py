"""The lists of the demo shops, held against pandas alone: who fits each of them, who of these is on it, and in which order they come."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analytics.cycles import cycles
from analytics.reviews.opinions import Opinions
from analytics.segments.rfm import rfm
from analytics.sources import Upload
from analytics.store import Store, open_shop
from analytics.week import (
    ANSWER,
    CARE_7,
    CARE_14,
    CARE_30,
    FESTIVAL,
    KINDS,
    LATE,
    REFILL,
    SECOND,
    THANK,
    UNREVIEWED,
    Week,
    week,
)
from analytics.week.week import REVIEWED
from analytics.workspace import Notebook, noted
from tests.support.bought import purchases
from tests.support.review_rows import read

SAMPLES = Path(__file__).parents[2] / "sample_data"


@pytest.fixture(scope="module", params=["tea", "fashion"])
def demo(request: pytest.FixtureRequest) -> tuple[str, Store, Opinions, Week]:
    files = sorted((SAMPLES / request.param).iterdir())
    store = open_shop([Upload(path.name, path) for path in files]).store
    assert store is not None
    opinions = read(store)
    return request.param, store, opinions, week(noted(store, Notebook()), opinions)


def days_of(store: Store) -> pd.DataFrame:
    """One row per customer: times (buying days), last, gap (to the second day), silent (days)."""
    orders = store.table("orders").dropna(subset="customer_id")
    days = orders.assign(day=orders.ordered_at.dt.normalize()).drop_duplicates(["customer_id", "day"])
    days = days.sort_values(["customer_id", "day"])
    found = days.groupby("customer_id").day.agg(times="size", last="max", first="min")
    second = days[days.groupby("customer_id").cumcount() == 1].set_index("customer_id").day
    found["gap"] = (second - found["first"]).dt.days
    found["silent"] = (pd.Timestamp(store.shop.as_of) - found["last"]).dt.days
    found.attrs["cycle"] = days.groupby("customer_id").day.diff().dt.days.median()
    return found


def since_arrival(store: Store, people: pd.DataFrame) -> pd.Series:
    """Days since the last purchase of each customer arrived, as its parcels tell."""
    with store.with_parcels()._asking() as cursor:
        parcels = cursor.execute(
            "select customer_id, day, arrived from parcels where counts and customer_id is not null"
        ).df()
    parcels = parcels[pd.to_datetime(parcels.day) == parcels.customer_id.map(people["last"])]
    arrived = pd.to_datetime(parcels.arrived).groupby(parcels.customer_id).agg(lambda days: days.max(skipna=False))
    return (pd.Timestamp(store.shop.as_of) - arrived.reindex(people.index)).dt.days


def running_out(store: Store) -> set[str]:
    """Who runs out of a refill product in two weeks, or has for no longer than it lasts, and is to be written to within the week."""
    as_of, known = pd.Timestamp(store.shop.as_of), cycles(store).refills.set_index("product_id")
    if known.empty:
        return set()
    rows = purchases(store)
    family = store.table("products").set_index("product_id").family
    rows["family"] = rows.product_id.map(family)
    latest = rows.groupby(["customer_id", "family"]).day.transform("max")
    rows["substitute"] = (latest > rows.day).fillna(False)
    rows = rows[rows.product_id.isin(known.index) & (rows.units > 0)]
    held = rows.sort_values("nth").drop_duplicates(["customer_id", "product_id"], keep="last")
    lasts = held.units * held.product_id.map(known.cycle)
    due = held.day + pd.to_timedelta(np.floor(lasts + 0.5), unit="D")
    ahead, times = (due - as_of).dt.days, (as_of - held.day).dt.days / lasts
    wanted = held.assign(due=due)[(ahead.between(1, 14) | ((ahead <= 0) & (times <= 2))) & ~held.substitute]
    soonest = wanted.groupby("customer_id").due.min()
    return set(soonest.index[soonest - pd.Timedelta(days=5) <= as_of + pd.Timedelta(days=7)])


def fits(store: Store, opinions: Opinions) -> dict[str, set[str]]:
    """Kind -> who fits it, before anybody is left out."""
    people, as_of = days_of(store), pd.Timestamp(store.shop.as_of)
    low, high = np.ceil(people.gap.quantile([0.25, 0.75]))
    reviewed = store.table("reviews").dropna(subset="order_key")
    orders = store.table("orders").dropna(subset="customer_id")
    orders = orders.assign(day=orders.ordered_at.dt.normalize(), reviewed=orders.order_key.isin(reviewed.order_key))
    said = orders.groupby(["customer_id", "day"]).reviewed.any()
    last_said = pd.Series(
        said.reindex(list(zip(people.index, people["last"], strict=True))).to_numpy(bool), people.index
    )
    reviews = opinions.reviews
    open_ones = reviews[(reviews.state == "bad") & reviews.reply.isna()]
    waits = open_ones[(pd.Timestamp(opinions.until) - open_ones.reviewed_at.dt.normalize()).dt.days < 30]
    segments = rfm(store).customers.set_index("customer_id").segment
    cycle, here = people.attrs["cycle"], since_arrival(store, people)
    lists = {
        ANSWER: waits.customer_id.fillna("review:" + waits.review_key.astype(str)),
        REFILL: running_out(store),
        SECOND: people.index[(people.times == 1) & people.silent.between(low, high)],
        LATE: people.index[(people.times >= 3) & (people.silent / cycle > 1) & (people.silent / cycle <= 2)],
        CARE_7: people.index[here.between(7, 13)],
        CARE_14: people.index[here.between(14, 20)],
        CARE_30: people.index[here.between(30, 36)],
        UNREVIEWED: people.index[here.between(*REVIEWED) & ~last_said] if len(reviewed) else [],
        FESTIVAL: segments.index[segments.isin(["Champions", "Loyal"])] if as_of.month == 10 else [],
    }
    return {kind: set(who) for kind, who in lists.items()}


def test_each_list_is_who_fits_it_and_stands_on_none_before(demo: tuple[str, Store, Opinions, Week]) -> None:
    _name, store, opinions, found = demo
    wanted = fits(store, opinions)
    customers = store.table("customers").set_index("customer_id").marketing
    declined = set(customers.index[customers == "no"])
    listed = {task.kind: set(task.people.customer_id) for task in (*found.tasks, *found.more) if len(task.people)}
    taken = set(wanted[ANSWER])
    assert listed.get(ANSWER, set()) == wanted[ANSWER]
    for kind in KINDS[1:]:
        if kind == THANK:
            assert not listed.get(THANK, set()) & taken
            continue
        left = wanted[kind] - taken - declined
        assert listed.get(kind, set()) == left, kind
        taken |= left
    everybody = [person for people in listed.values() for person in people]
    assert len(everybody) == len(set(everybody)), "nobody stands twice"
    for kind, other in ((REFILL, SECOND), (CARE_7, UNREVIEWED), (LATE, FESTIVAL)):
        if {kind, other} <= set(found.overlap):
            assert found.overlap.loc[kind, other] == len(wanted[kind] & wanted[other])


def test_the_tasks_come_in_the_order_of_what_they_are_worth(demo: tuple[str, Store, Opinions, Week]) -> None:
    """The tea shop lives on refills of what is used up daily, which is planted there, and the clothes shop on nothing that runs out."""
    name, _store, _opinions, found = demo
    kinds = [task.kind for task in found.tasks]
    assert kinds[:3] == {"tea": [ANSWER, REFILL, SECOND], "fashion": [ANSWER, SECOND, CARE_7]}[name]
    assert (REFILL in kinds) == (name == "tea")
    middle = [sum(task.worth) / 2 for task in (*found.tasks, *found.more)[1:] if len(task.people)]
    assert middle == sorted(middle, reverse=True)
    if name == "tea":
        assert found.tasks[1].about.startswith("日日順暢益生菌"), "what most run out of is named first"
