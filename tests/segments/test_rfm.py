"""Scores, segments and movement: rows that can be checked by hand, then properties, then two real files."""

from __future__ import annotations

import math
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics.errors import InputError, TooLittleData
from analytics.report import TABLES
from analytics.segments.cuts import AMOUNT, CYCLES, DAYS, PERCENTILES, Cut, Cuts
from analytics.segments.movement import movement
from analytics.segments.rfm import GRID, NOT_YET, SEGMENTS, STATE_OF, Rfm, history, rfm, rule
from analytics.store import Filters
from tests.support.real import EXPECTED, FILES, real
from tests.support.rows import AS_OF, bought, order, shop


def segments_of(found: Rfm) -> dict[str, str]:
    """Customer (without the mail domain) -> segment."""
    return {who.split("@")[0]: segment for who, segment in found.customers.set_index("customer_id").segment.items()}


FIVE = [row for who, back in zip("abcde", (0, 10, 20, 30, 40), strict=True) for row in bought(who, back)]


def test_recency_is_cut_at_percentiles_and_an_edge_belongs_to_the_better_score() -> None:
    found = rfm(shop(FIVE, as_of=AS_OF))
    assert found.edges.recency == (8, 16, 24, 32)
    assert found.customers.r.tolist() == [5, 4, 3, 2, 1]
    assert found.customers.recency.tolist() == [0, 10, 20, 30, 40]
    on_the_edge = rfm(shop(FIVE + bought("f", 50), as_of=AS_OF))
    assert on_the_edge.edges.recency == (10, 20, 30, 40)
    assert on_the_edge.customers.r.tolist() == [5, 5, 4, 3, 2, 1]


def test_frequency_counts_buying_days_and_only_three_or_more_are_cut_by_percentiles() -> None:
    rows = bought("once", 5) + bought("twice", 5, 9) + bought("three", 1, 2, 3) + bought("four", 1, 2, 3, 4)
    rows += (
        bought("five", 1, 2, 3, 4, 5)
        + bought("six", 1, 2, 3, 4, 5, 6)
        + [(*row[:1], f"{row[1]} 18:00:00 +0800") for row in bought("once", 5)]
    )
    found = rfm(shop(rows, as_of=AS_OF))
    by_name = found.customers.set_index(found.customers.customer_id.str.split("@").str[0])
    assert by_name.days.to_dict() == {"once": 1, "twice": 2, "three": 3, "four": 4, "five": 5, "six": 6}
    assert by_name.orders["once"] == 2
    assert found.edges.frequency == (1, 2, 4, 5)
    assert by_name.f.to_dict() == {"once": 1, "twice": 2, "three": 3, "four": 3, "five": 4, "six": 5}


def test_high_value_is_strictly_above_the_80th_percentile() -> None:
    rows = [row for place, who in enumerate("abcdef") for row in bought(who, 1, revenue=100 * (place + 1))]
    found = rfm(shop(rows, as_of=AS_OF))
    assert found.edges.high_value == 500
    assert found.customers.high_value.tolist() == [False] * 5 + [True]


def test_the_grid_has_25_cells_and_all_ten_names() -> None:
    assert {(r, f + 1) for r, names in GRID.items() for f in range(len(names))} == {
        (r, f) for r in range(1, 6) for f in range(1, 6)
    }
    assert {name for names in GRID.values() for name in names} == set(SEGMENTS) == set(STATE_OF)
    assert [GRID[r][0] for r in range(5, 0, -1)] == ["New", "Promising", "AboutToSleep", "Hibernating", "Hibernating"]


def test_all_ten_names_are_reachable() -> None:
    rows = []
    for group, back in enumerate((0, 40, 80, 120, 160)):
        for times in (1, 2, 3, 4, 5):
            rows += bought(f"r{5 - group}f{times}", *range(back, back + times))
    found = rfm(shop(rows, as_of=AS_OF))
    assert set(found.customers.segment) == set(SEGMENTS)
    assert segments_of(found) == {f"r{r}f{f}": GRID[r][f - 1] for r in range(1, 6) for f in range(1, 6)}
    assert found.segments.customers.sum() == found.cells.customers.sum() == 25
    assert found.cells.customers.tolist() == [1] * 25


def test_segments_add_up_and_empty_ones_say_unknown_where_nothing_is_known() -> None:
    table = rfm(shop(FIVE + bought("e", 45, revenue=300), as_of=AS_OF)).segments.set_index("segment")
    assert table.index.tolist() == list(SEGMENTS)
    assert table.share.sum() == pytest.approx(1)
    assert table.revenue_share.sum() == pytest.approx(1)
    assert table.customers.sum() == 5
    assert table.loc["Champions", "customers"] == 0
    assert math.isnan(table.loc["Champions", "repeat_rate"])
    assert table.loc["New", ["customers", "revenue", "repeat_rate", "aov", "recency"]].tolist() == [1, 100, 0, 100, 0]
    assert table.loc["Hibernating", ["customers", "repeat_rate", "aov"]].tolist() == [2, 0.5, pytest.approx(500 / 3)]


def test_rules_say_in_values_what_the_scores_do() -> None:
    found = rfm(shop(FIVE + bought("f", 3, 4, 5) + bought("g", 2, 6, 7, 8, 9), as_of=AS_OF))
    for segment in SEGMENTS:
        wanted = rule(found.edges, segment)
        inside = found.customers.recency.between(*wanted.recency) & found.customers.days.between(*wanted.days)
        assert inside.tolist() == (found.customers.segment == segment).tolist(), segment
    assert rule(found.edges, "New").days == (1, 1)
    assert rule(found.edges, "Hibernating").recency[1] == math.inf


def test_a_shop_where_nobody_came_three_times_has_nobody_frequent() -> None:
    found = rfm(shop(FIVE, as_of=AS_OF))
    assert found.edges.frequency == (1, 2, math.inf, math.inf)
    assert rule(found.edges, "Champions").days[0] == math.inf


@pytest.mark.parametrize(
    "rows",
    [
        bought("a", 3),
        [row for who in "abcdefg" for row in bought(who, 3)],
        [order("a", AS_OF, 0), order("b", AS_OF, 50)],
    ],
    ids=["one customer", "all alike", "zero revenue"],
)
def test_shops_of_one_kind_are_scored_without_fuss(rows: list) -> None:
    found = rfm(shop(rows, as_of=AS_OF))
    assert set(found.customers.segment) == {"New"}
    assert found.customers.high_value.sum() == 0
    assert found.segments.customers.sum() == len(found.customers)


def test_zero_revenue_switched_back_in_counts_and_shares_are_unknown() -> None:
    whole = shop([order("a", "2025-12-01", 0), order("b", "2025-12-03", 10)], as_of=AS_OF)
    found = rfm(whole.filtered(Filters(include=("free",))))
    assert found.customers.revenue.tolist() == [0, 10]
    alone = rfm(whole.filtered(Filters(include=("free",), leave_out=("b@example.com",))))
    assert alone.segments.revenue_share.sum() == 0
    assert alone.segments.revenue.sum() == 0


def test_only_guests_is_said() -> None:
    with pytest.raises(TooLittleData, match="who bought"):
        rfm(shop([order("", "2025-12-01", 100)]))
    for name in ("customers", "segments", "movement"):
        assert TABLES[name](shop([order("", "2025-12-01", 100)]), "month", None).empty


# Cut points


def test_own_cut_points_are_used() -> None:
    rows = bought("a", 5) + bought("b", 25, 40) + bought("c", 70, 80, 90, 100) + bought("d", 300, revenue=900)
    store = shop(rows, as_of=AS_OF)
    cuts = Cuts(Cut(DAYS, (7, 30, 90, 180)), Cut(DAYS, (2, 3, 4, 6)), Cut(AMOUNT, (500,)))
    found = rfm(store, cuts)
    assert found.edges.frequency == (1, 2, 3, 5)
    assert found.customers[["r", "f"]].to_numpy().tolist() == [[5, 1], [4, 2], [3, 4], [1, 1]]
    assert found.customers.high_value.tolist() == [False, False, False, True]
    by_cycle = rfm(store, Cuts(recency=Cut(CYCLES, (0.5, 1, 2, 3))))
    assert by_cycle.edges.cycle == 10
    assert by_cycle.edges.recency == (5, 10, 20, 30)
    assert by_cycle.customers.r.tolist() == [5, 2, 1, 1]


def test_a_shop_without_a_cycle_cannot_be_cut_by_it() -> None:
    with pytest.raises(TooLittleData, match="second day"):
        rfm(shop(FIVE, as_of=AS_OF), Cuts(recency=Cut(CYCLES, (0.5, 1, 2, 3))))


ascending = (
    st.lists(st.floats(0.01, 99.99, allow_nan=False), min_size=4, max_size=4, unique=True).map(sorted).map(tuple)
)
several_days = st.lists(st.integers(2, 500), min_size=4, max_size=4, unique=True).map(sorted).map(tuple)


@given(
    st.builds(
        Cuts,
        st.builds(Cut, st.sampled_from([PERCENTILES, DAYS, CYCLES]), ascending),
        st.one_of(
            ascending.map(lambda values: Cut(PERCENTILES, values[:2])),
            several_days.map(lambda values: Cut(DAYS, values)),
        ),
        st.one_of(
            ascending.map(lambda values: Cut(PERCENTILES, values[:1])),
            st.floats(0, 1e9).map(lambda amount: Cut(AMOUNT, (amount,))),
        ),
    )
)
def test_cuts_survive_the_file_and_the_address(cuts: Cuts) -> None:
    assert Cuts.parse(str(cuts)) == cuts
    assert Cuts.from_toml(cuts.to_toml()) == cuts


def test_the_house_cuts_have_no_text_to_remember() -> None:
    assert Cuts.parse("") == Cuts()
    assert Cuts.from_toml("") == Cuts()
    assert (
        str(Cuts(Cut(DAYS, (7, 30, 90, 180)), Cut(DAYS, (2, 3, 4, 6)), Cut(AMOUNT, (500,))))
        == "d7-30-90-180_d2-3-4-6_a500"
    )
    assert Cuts.from_toml("[recency]\ndays = [7, 30, 90, 180]") == Cuts(Cut(DAYS, (7, 30, 90, 180)))


@pytest.mark.parametrize(
    "text",
    ["d1-2-3_p30-60_p80", "d7-7-9-10_p30-60_p80", "p20-40-60-120_p30-60_p80", "x1-2_p30-60_p80", "p20-40-60-80", "d1-2-3-4_d1-2-3-4_p80",
     "d1-2-3-nan_p30-60_p80", "a1-2-3-4_p30-60_p80", "d1-2-3-4_c1-2-3-4_p80", "__", "d1-2-3-4_p30-60_p"],
)  # fmt: skip
def test_bad_cuts_are_named(text: str) -> None:
    with pytest.raises(InputError, match="cut points|frequency score"):
        Cuts.parse(text)


@pytest.mark.parametrize(
    "text", ["[recency", "recency = 3", "[recency]", "[nothing]\ndays = [1]", "[recency]\ndays = ['x']"]
)
def test_a_bad_file_is_named(text: str) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        Cuts.from_toml(text)


# Movement


def test_only_behaviour_moves_a_customer() -> None:
    rows = bought("stays", 1, 95, 100, 105) + bought("slips", 92, 99, 110, 120, revenue=500) + bought("arrives", 2)
    rows += bought("wakes", 3, 200) + bought("old", 250) + bought("older", 300)
    found = rfm(shop(rows, as_of=AS_OF))
    moved = movement(shop(rows, as_of=AS_OF), found, 90)
    assert moved.earlier == date(2025, 10, 2)
    before = {row.customer_id.split("@")[0]: row.before for row in moved.slips.itertuples()}
    assert set(before) == {"slips"}
    [slip] = moved.slips.itertuples()
    assert (slip.days, slip.revenue, slip.revenue_365) == (4, 2000, 2000)
    assert moved.at_stake == 2000
    assert moved.matrix.loc[NOT_YET].sum() == 1
    assert moved.matrix.to_numpy().sum() == len(found.customers) == moved.moves.customers.sum()
    assert moved.matrix.sum().to_dict() == found.segments.set_index("segment").customers.to_dict()


def test_movement_before_the_first_order_is_refused() -> None:
    store = shop(FIVE, as_of=AS_OF)
    with pytest.raises(TooLittleData, match="2025-11-21"):
        movement(store, rfm(store), 60)
    assert movement(store, rfm(store), 30).matrix.loc[NOT_YET].sum() == 3


def test_movement_equals_the_shop_as_it_was_scored_by_the_edges_of_now() -> None:
    rows = [row for place in range(40) for row in bought(f"c{place}", *range(place, 400, 11 + place * 3))]
    store = shop(rows, as_of=AS_OF)
    found = rfm(store)
    moved = movement(store, found, 60)
    edges = found.edges
    fixed = Cuts(
        Cut(DAYS, edges.recency),
        Cut(DAYS, tuple(edge + 1 for edge in edges.frequency)),
        Cut(AMOUNT, (edges.high_value,)),
    )
    then = rfm(store.filtered(Filters(end=moved.earlier)), fixed)
    assert moved.matrix.sum(axis=1).drop(NOT_YET).to_dict() == then.segments.set_index("segment").customers.to_dict()


def test_history_of_one_customer() -> None:
    store = shop(FIVE + bought("a", 100), as_of=AS_OF)
    found = rfm(store)
    path = history(store, found, "a@example.com")
    assert path.as_of.dt.date.iloc[-1] == date.fromisoformat(AS_OF)
    assert path.recency.tolist() == [10, 40, 70, 0]
    assert path.segment.iloc[-1] == segments_of(found)["a"]


# Properties

shops = st.lists(
    st.tuples(st.sampled_from("abcdefghijkl"), st.integers(0, 300), st.sampled_from([50, 100, 100, 250, 900])),
    min_size=1,
    max_size=60,
)
few = settings(max_examples=7, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def of(rows: list[tuple[str, int, float]]) -> Rfm:
    return rfm(shop([row for who, back, revenue in rows for row in bought(who, back, revenue=revenue)], as_of=AS_OF))


@few
@given(shops, st.randoms(use_true_random=False))
def test_row_order_and_names_do_not_matter(rows: list, dice: object) -> None:
    found = of(rows)
    shuffled = list(rows)
    dice.shuffle(shuffled)
    assert of(shuffled).customers.equals(found.customers)
    renamed = of([(f"{'zyxwvutsrqponml'[ord(who) - 97]}", back, revenue) for who, back, revenue in rows]).customers
    assert (
        renamed.iloc[::-1]
        .reset_index(drop=True)
        .drop(columns="customer_id")
        .equals(found.customers.drop(columns="customer_id"))
    )


@few
@given(shops)
def test_scores_and_edges_follow_the_definitions(rows: list) -> None:
    found = of(rows)
    customers = found.customers
    assert found.edges.recency == pytest.approx(np.percentile(customers.recency, [20, 40, 60, 80]), abs=1e-6)
    regulars = customers.days[customers.days >= 3]
    if len(regulars):
        assert found.edges.frequency[2:] == pytest.approx(np.percentile(regulars, [100 / 3, 200 / 3]), abs=1e-6)
    assert found.edges.high_value == pytest.approx(np.percentile(customers.revenue, 80))
    assert customers.groupby("recency").r.nunique().max() == 1
    assert customers.groupby("days").f.nunique().max() == 1
    assert (customers.r == 5 - sum((customers.recency > edge).astype(int) for edge in found.edges.recency)).all()
    assert set(customers.r) | set(customers.f) <= {1, 2, 3, 4, 5}
    assert (customers.segment == [GRID[r][f - 1] for r, f in zip(customers.r, customers.f, strict=True)]).all()
    one_day = customers[customers.days == 1]
    assert not set(one_day.segment) & {"Champions", "Loyal", "CantLose", "AtRisk", "PotentialLoyalist", "NeedAttention"}


def test_on_a_shop_of_97_percent_one_order_customers_none_of_those_is_a_regular() -> None:
    rows = [row for place in range(388) for row in bought(f"one{place}", place % 97)]
    rows += [
        row for place in range(12) for row in bought(f"back{place}", *range(place, place + 20 * (2 + place % 4), 20))
    ]
    found = rfm(shop(rows, as_of=AS_OF))
    one_day = found.customers[found.customers.days == 1]
    assert len(one_day) / len(found.customers) == 0.97
    assert not set(one_day.segment) & {"Champions", "Loyal", "CantLose"}
    assert set(found.customers.segment[found.customers.days >= 4]) <= {"Champions", "Loyal", "CantLose", "AtRisk"}


# Real orders


@pytest.mark.parametrize("name", FILES)
def test_real_shops_have_the_expected_edges_and_segments(name: str) -> None:
    store, expected = real(name), EXPECTED[name]["rfm"]
    found = rfm(store)
    assert list(found.edges.recency) == expected["r_edges"]
    assert list(found.edges.frequency[2:]) == expected["f_edges"]
    assert found.segments.set_index("segment").customers.to_dict() == expected["segments"]
    assert found.customers.high_value.sum() == expected["high_value"]
    moved = movement(store, found, 90)
    assert moved.matrix.sum().to_dict() == expected["segments"]


@pytest.mark.parametrize("name", FILES)
def test_the_command_line_tables_hold_the_same(name: str) -> None:
    store, expected = real(name), EXPECTED[name]["rfm"]
    customers = TABLES["customers"](store, "month", None)
    assert customers.segment.value_counts().to_dict() == expected["segments"]
    assert {"recency", "days", "orders", "revenue", "r", "f", "segment", "high_value", "cluster"} <= set(
        customers.columns
    )
    assert customers.high_value.sum() == expected["high_value"]
    assert TABLES["segments"](store, "month", None).customers.sum() == len(customers)
    moves = TABLES["movement"](store, "month", None)
    assert moves.groupby("days").customers.sum().to_dict() == dict.fromkeys((30, 60, 90), len(customers))
    assert isinstance(moves, pd.DataFrame)
