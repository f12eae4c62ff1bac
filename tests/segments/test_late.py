"""Segments cut by the shop's own cycle, and who is late by it: by hand, on every demo shop against pandas, and as properties."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.__main__ import main
from analytics.clusters import grouped
from analytics.contacts import first_to_know, subscription_candidates
from analytics.errors import TooLittleData
from analytics.repurchase import waiting
from analytics.segments.cuts import BY_CYCLE, Cuts
from analytics.segments.late import late
from analytics.segments.rfm import rfm, usual_cuts
from analytics.store import Filters, Store
from tests.support.real import FILES, demo, real
from tests.support.rows import AS_OF, bought, order, shop, shopify_csv

DEMOS = ("tea", "fashion", "durable", "uci")
RHYTHM = [row for place in range(10) for row in bought(f"r{place}", *range(place, place + 60, 10))]
"""Ten customers who buy every ten days: fifty gaps of ten days."""


def gone_through(store: Store) -> pd.DataFrame:
    """Each customer's days since, buying days and revenue, and the shop's median gap, by pandas from the plain orders."""
    orders = store.table("orders").dropna(subset="customer_id")
    orders["day"] = orders.ordered_at.dt.normalize()
    days = orders[["customer_id", "day"]].drop_duplicates().sort_values("day")
    gaps = days.groupby("customer_id").day.diff().dt.days.dropna()
    by = orders.groupby("customer_id").agg(last=("day", "max"), days=("day", "nunique"), revenue=("revenue", "sum"))
    return by.assign(silent=(pd.Timestamp(store.shop.as_of) - by["last"]).dt.days, cycle=gaps.median(), gaps=len(gaps))


def test_recency_is_cut_at_multiples_of_the_cycle_once_fifty_intervals_tell_it() -> None:
    store = shop(RHYTHM, as_of=AS_OF)
    assert usual_cuts(store) == BY_CYCLE
    assert rfm(store, BY_CYCLE).edges.recency == (5, 10, 20, 30)
    assert usual_cuts(shop(RHYTHM[1:], as_of=AS_OF)) == Cuts(), "49 intervals"


def test_the_first_list_is_late_by_one_to_three_cycles_and_the_last_one_longer() -> None:
    rows = [
        row
        for who, back in (("on", 10), ("late", 11), ("still", 30), ("gone", 31))
        for row in bought(who, back, back + 10, revenue=9000)
    ]
    rows += bought("once", 15, revenue=99_000) + bought("cheap", 15, 25, revenue=1)
    rows += [row for place in range(10) for row in bought(f"small{place}", 5)]
    found = late(rfm(shop([*RHYTHM, *rows], as_of=AS_OF), BY_CYCLE))
    assert (found.low, found.high) == (10, 30)
    assert [who.split("@")[0] for who in found.first.customer_id] == ["late", "still"]
    assert [who.split("@")[0] for who in found.gone.customer_id] == ["gone"]


def test_without_a_cycle_the_segments_stand_in() -> None:
    store = shop(RHYTHM[6:] + bought("big", 100, 110, 120, revenue=9000), as_of=AS_OF)
    found = late(rfm(store))
    assert (found.low, found.high) == (None, None)
    assert [who.split("@")[0] for who in (*found.first.customer_id, *found.gone.customer_id)] == ["big"]


@pytest.mark.parametrize("store", [*DEMOS, *(name for name in FILES if name.endswith("csv.gz"))])
def test_nobody_called_loyal_has_been_silent_for_three_cycles(store: str) -> None:
    of = real(store) if store in FILES else demo(store)
    found, by_hand = rfm(of, usual_cuts(of)), gone_through(of)
    cycle = by_hand.cycle.iloc[0]
    assert (found.cuts == BY_CYCLE) == (by_hand.gaps.iloc[0] >= 50) == (store != "durable")
    assert found.edges.cycle == cycle
    segments = found.customers.set_index("customer_id").segment
    loyal = segments.index[segments.isin(["Champions", "Loyal"])]
    assert len(loyal)
    assert by_hand.silent[loyal].max() <= 3 * cycle


@pytest.mark.parametrize(("name", "first", "gone"), [("tea", 145, 310), ("fashion", 66, 195), ("uci", 18, 8)])
def test_the_lists_of_the_demo_shops(name: str, first: int, gone: int) -> None:
    """In the tea shop the first list used to be 116 people, all of them silent for 219 days or more."""
    store = demo(name)
    by_hand = gone_through(store)
    valued = by_hand[(by_hand.days >= 2) & (by_hand.revenue > by_hand.revenue.quantile(0.8))]
    times = valued.silent / valued.cycle
    for cuts in (usual_cuts(store), Cuts()):
        found = late(rfm(store, cuts))
        assert set(found.first.customer_id) == set(valued.index[(times > 1) & (times <= 3)])
        assert set(found.gone.customer_id) == set(valued.index[times > 3])
        assert (len(found.first), len(found.gone)) == (first, gone)
        assert found.first.revenue.is_monotonic_decreasing


def test_the_command_line_cuts_by_percentiles_unless_asked(tmp_path) -> None:
    export = tmp_path / "orders_export_1.csv"
    export.write_bytes(shopify_csv([order(*row) for row in RHYTHM]))
    of = {}
    for name, options in {"default": (), "percentile": ("--cuts", "percentile"), "cycle": ("--cuts", "cycle")}.items():
        assert main(["tables", str(export), "--out", str(tmp_path / name), "--names", *options]) == 0
        of[name] = pd.read_csv(tmp_path / name / "customers.csv").sort_values("customer_id").r.tolist()
    assert of["default"] == of["percentile"] != of["cycle"] == [5] * 6 + [4] * 4


# Whatever the start of the period

SHOPS = st.lists(
    st.tuples(st.sampled_from("abcdefgh"), st.dates(date(2025, 1, 1), date(2025, 6, 30)), st.integers(1, 500)),
    min_size=2,
    max_size=40,
)


def clusters_of(store: Store) -> list | str:
    try:
        return grouped(rfm(store)).customers.values.tolist()
    except TooLittleData as error:
        return error.template


@settings(max_examples=10, deadline=None)
@given(SHOPS, st.dates(date(2025, 1, 2), date(2025, 6, 30)))
def test_the_start_of_the_period_changes_no_segment_and_no_list(rows: list, start: date) -> None:
    store = shop([order(who, str(day), money, products=["tea"]) for who, day, money in rows], as_of="2025-06-30")
    later = store.filtered(Filters(start=start))
    assert usual_cuts(later) == usual_cuts(store)
    one, two = rfm(store), rfm(later)
    assert repr(one.edges) == repr(two.edges)
    assert one.customers.equals(two.customers)
    assert late(one).first.equals(late(two).first)
    assert first_to_know(one).equals(first_to_know(two))
    assert waiting(store).table.equals(waiting(later).table)
    assert subscription_candidates(store).equals(subscription_candidates(later))


def test_the_start_of_the_period_changes_nothing_in_the_tea_shop() -> None:
    """Seventeen days used to leave 89 of 3,133 customers; the list of the last half year shared nobody with that of all time."""
    store = demo("tea")
    for back in (17, 180):
        later = store.filtered(Filters(start=store.shop.as_of - timedelta(days=back)))
        assert rfm(later, BY_CYCLE).customers.equals(rfm(store, BY_CYCLE).customers)
    assert clusters_of(later) == clusters_of(store)
