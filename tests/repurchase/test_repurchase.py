"""Second purchases, the curve, the ladder and the gaps: by hand first, then as properties, then on real orders."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.duration.survfunc import SurvfuncRight

from analytics.repurchase import due, gap_counts, gaps, ladder, patience, repurchase, survival, waiting, within
from analytics.store import Filters
from tests.support.real import EXPECTED, demo, real, truths
from tests.support.rows import shop

SHOP = [
    ("ann", "2025-01-01"),
    ("ann", "2025-01-11"),
    ("ann", "2025-02-10"),
    ("bob", "2025-01-01"),
    ("bob", "2025-01-21"),
    ("cat", "2025-03-01"),
]


def test_only_those_old_enough_count():
    rates = within(shop(SHOP, as_of="2025-03-11"), [15, 30]).set_index("days")
    assert rates.loc[15, ["repurchased", "eligible"]].tolist() == [1, 2]
    assert rates.loc[30, ["repurchased", "eligible"]].tolist() == [2, 2]
    assert rates.loc[30, "rate"] == 1


def test_nobody_old_enough_is_unknown_not_0():
    rates = within(shop(SHOP, as_of="2025-03-11"), [365]).iloc[0]
    assert rates.eligible == 0
    assert np.isnan(rates.rate)


def test_the_curve_by_hand():
    curve = survival(shop(SHOP, as_of="2025-03-11"))
    assert curve.table[["day", "at_risk", "events", "censored"]].values.tolist() == [[10, 3, 1, 1], [20, 1, 1, 0]]
    assert curve.repurchased_by(10) == pytest.approx(1 / 3)
    assert curve.median_days == 20


def test_the_ladder_by_hand():
    found = ladder(shop(SHOP, as_of="2025-03-11"), days=15).table.set_index("step")
    assert found.customers.tolist() == [3, 2, 1]
    assert found.eligible.tolist() == [2, 2, 1], "cat has been seen for 10 days only"
    assert found.continued.tolist() == [1, 0, 0], "within 15 days: only ann's second"
    assert found.went_on.tolist() == [2, 1, 0]
    assert found.median_days.tolist()[:2] == [15, 30]
    assert np.isnan(found.median_days[3])


def test_where_customers_stop():
    found = ladder(shop(SHOP, as_of="2025-03-11"), days=15, silent=40).table.set_index("step")
    assert found.still_in_time.tolist() == [1, 0, 1], "cat, and ann silent for 29 days"
    assert found.stopped.tolist() == [0, 1, 0], "bob, silent for 49 days"
    assert (found.went_on + found.still_in_time + found.stopped == found.customers).all()


def test_the_hardest_step_is_named_only_when_it_stands_apart():
    once = [(f"c{i}", "2025-01-01") for i in range(200)]
    twice = [(f"c{i}", "2025-01-11") for i in range(50)]
    thrice = [(f"c{i}", "2025-01-21") for i in range(29)]
    assert ladder(shop([*once, *twice, *thrice], as_of="2025-06-30"), days=30).hardest == 1
    assert ladder(shop([*once[:90], *twice, *thrice], as_of="2025-06-30"), days=30).hardest is None, (
        "50 of 90, 29 of 50"
    )
    assert ladder(shop(once, as_of="2025-06-30"), days=30).hardest is None


def test_gaps_by_step():
    found = gaps(shop(SHOP))
    assert found.table[["step", "gaps", "median"]].values.tolist() == [[0, 3, 20], [1, 2, 15], [2, 1, 30]]
    assert patience(shop(SHOP)) == found.patience == 90
    assert found.of(1).gaps == 3, "two gaps are too few: the shop's stand in"
    assert gap_counts(shop(SHOP)).values.tolist() == [[7, 1], [14, 1], [28, 1]]
    assert gap_counts(shop(SHOP), step=2).values.tolist() == [[28, 1]]


def test_each_order_a_purchase_when_the_owner_says_so():
    store = shop([("ann", "2025-01-05"), ("ann", "2025-01-05"), ("bob", "2025-01-05")])
    assert gaps(store).table.empty
    counted = store.filtered(Filters(same_day=True))
    assert gaps(counted).of(1).p80 == 0
    assert ladder(counted, days=0).table.continued.tolist() == [1, 0]


@pytest.mark.parametrize(("customers", "day"), [(9, None), (10, 20), (30, 20)])
def test_a_late_day_needs_ten_gaps(customers, day):
    rows = [(f"c{who}", when) for who in range(customers) for when in ("2025-01-01", "2025-01-21")]
    store = shop(rows, as_of="2025-01-25")
    found = gaps(store)
    assert [found.late(1), found.late(2)] == [day, day], "the second step has no gaps: the shop's stand in"
    people = waiting(store)
    assert len(people.to_be_made_loyal) == customers, "listed with or without a day from which they are late"
    assert len(people.turning_late(30)) == (customers if day else 0)
    assert due(store).customers.sum() == (customers if day else 0)


def test_who_turns_late_and_the_people_behind_them():
    again = [(f"c{i}", "2025-01-01") for i in range(40)] + [(f"c{i}", "2025-02-10") for i in range(40)]
    store = shop([*again, ("new", "2025-02-25"), ("old", "2024-12-01")], as_of="2025-04-01")
    found = gaps(store)
    assert found.of(1).p80 == 40
    people = waiting(store)
    assert people.near_second.empty, "new is on day 35, before P25"
    by_name = people.table.set_index("customer_id")
    assert by_name.loc["new@example.com", "silent"] == 35
    assert by_name.loc["new@example.com", "late_on"].date() == date(2025, 4, 6)
    assert people.turning_late(30).customer_id.tolist() == ["new@example.com"]
    assert due(store, 30).set_index("step").customers[1] == 1
    assert due(store, 4).customers.sum() == 0
    assert len(people.to_be_made_loyal) == 40
    on_the_day = waiting(shop([*again, ("new", "2025-02-25")], as_of="2025-04-06"))
    assert on_the_day.near_second.customer_id.tolist() == ["new@example.com"]
    assert on_the_day.turning_late(30).empty, "the day is today: it has been passed"


@pytest.mark.parametrize(
    "rows",
    [
        [("ann", "2025-01-05")],
        [("ann", "2025-01-05"), ("bob", "2025-02-05")],
        [("", "2025-01-05")],
    ],
    ids=["one order", "no repeat", "guests only"],
)
def test_shops_too_small_for_a_rhythm_are_not_an_error(rows):
    store = shop(rows, as_of="2025-03-01")
    found = gaps(store)
    assert found.of(1) is None
    assert found.late(1) is None
    assert found.patience == 90
    assert waiting(store).table.empty
    assert due(store).empty
    assert np.isnan(survival(store).median_days)
    assert ladder(store).table.continued.sum() == 0
    assert repurchase(store).totals.customers == len({who for who, *_ in rows if who})


days = st.dates(date(2024, 1, 1), date(2024, 12, 31))
purchases = st.lists(st.tuples(st.sampled_from("abcdefgh"), days), min_size=1, max_size=40)


@settings(max_examples=8, deadline=None)
@given(purchases, st.sampled_from([30, 90, 180]))
def test_each_step_is_climbed_by_those_of_the_step_before(bought, window):
    store = shop([(who, day.isoformat()) for who, day in bought], as_of="2024-12-31")
    steps = ladder(store, days=window).table
    assert steps.customers.is_monotonic_decreasing
    assert (steps.continued <= steps.eligible).all()
    assert (steps.eligible <= steps.customers).all()
    assert steps.rate.dropna().between(0, 1).all()
    assert steps.customers.tolist()[1:] == steps.went_on.tolist()[:-1][: len(steps) - 1]
    first = within(store, [window]).iloc[0]
    assert steps.loc[0, ["continued", "eligible"]].tolist() == [first.repurchased, first.eligible], (
        "step 1 is the headline"
    )
    found = gaps(store)
    if len(found.table):
        assert found.table.set_index("step").gaps[0] == gap_counts(store, 1).gaps.sum()


@settings(max_examples=8, deadline=None)
@given(purchases)
def test_the_curve_equals_statsmodels(bought):
    as_of = date(2024, 12, 31)
    store = shop([(who, day.isoformat()) for who, day in bought], as_of=as_of.isoformat())
    history: dict[str, list[date]] = {}
    for who, day in sorted(set(bought), key=lambda pair: pair[1]):
        history.setdefault(who, []).append(day)
    pairs = [((mine[1] if len(mine) > 1 else as_of) - mine[0], len(mine) > 1) for mine in history.values()]
    reference = SurvfuncRight([gap / timedelta(days=1) for gap, _ in pairs], [int(back) for _, back in pairs])
    curve = survival(store).table.set_index("day").survival
    for day, value in zip(reference.surv_times, reference.surv_prob, strict=True):
        assert curve[day] == pytest.approx(value, abs=1e-9)


@pytest.mark.parametrize("name", EXPECTED)
def test_the_curve_of_real_orders(name):
    wanted = EXPECTED[name]["repurchase"]
    store = real(name)
    found = repurchase(store)
    assert found.lifetime == pytest.approx(wanted["lifetime"], abs=1e-12)
    for row in found.within.itertuples():
        assert [row.eligible, row.repurchased] == [
            wanted["within_days"][str(row.days)][key] for key in ("eligible", "repurchased")
        ]
    for day in ("30", "60", "90", "180", "365"):
        assert found.survival.repurchased_by(int(day)) == pytest.approx(wanted["kaplan_meier"][day], abs=1e-9)
    assert found.survival.median_days == wanted["kaplan_meier"]["median_days"]
    orders = store.table("orders").dropna(subset="customer_id")
    first = orders.groupby("customer_id").ordered_at.min().dt.normalize()
    second = orders[orders.nth == 2].groupby("customer_id").ordered_at.min().dt.normalize().reindex(first.index)
    watched = (second.fillna(str(store.shop.as_of)).astype("datetime64[us]") - first).dt.days
    reference = SurvfuncRight(watched, second.notna().astype(int))
    ours = found.survival.table.set_index("day").survival
    assert np.allclose(ours[reference.surv_times], reference.surv_prob, atol=1e-9, rtol=0)
    errors = found.survival.table.set_index("day").loc[reference.surv_times]
    assert (errors.low <= errors.survival).all()
    assert (errors.high >= errors.survival).all()


@pytest.mark.parametrize("name", ["tea", "fashion", "durable"])
def test_planted_rates_of_the_demo_shops(name):
    wanted, found = truths(name), repurchase(demo(name))
    assert found.lifetime == pytest.approx(wanted["lifetime"]["rate"], abs=5e-7)
    for row in found.within.itertuples():
        truth = wanted["within_days"][str(row.days)]
        assert [row.eligible, row.repurchased] == [truth["eligible"], truth["repurchased"]]


def test_the_second_purchase_is_the_hardest_in_the_tea_shop():
    store = demo("tea")
    found = ladder(store, days=180)
    assert found.hardest == 1
    later = found.table.set_index("step").rate
    planted = truths("tea")["planted"]["later_purchases"]
    for step, chance in zip((2, 3, 4), planted, strict=True):
        assert later[step] == pytest.approx(chance, abs=0.12)
    assert gaps(store).of(1)["median"] == pytest.approx(truths("tea")["planted"]["cycle_days_per_pack"], abs=15)
