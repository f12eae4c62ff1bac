"""Lists read back: rows to check by hand, properties, and shops with a lift that is known because it was planted."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep, power_proportions_2indep

from analytics.results import (
    ALONE,
    MORE,
    NOT_SHOWN,
    WAITING,
    already_buyers,
    difference,
    kind_of,
    people_needed,
    pooled,
    results,
)
from analytics.store import Store
from analytics.workspace import Notebook, noted
from tests.support.rows import shop


def logged(store: Store, *rows: tuple[str, str, str, bool]) -> Store:
    """The shop with these rows in its contact log: who, day, list, held out."""
    notebook = Notebook()
    notebook.put(
        "contact_log",
        [
            {"email": f"{who}@example.com", "day": day, "channel": "EDM", "list": name, "held_out": held}
            for who, day, name, held in rows
        ],
    )
    return noted(store, notebook)


ORDERS = [
    ("ann", "2025-01-05", 100), ("ann", "2025-06-01", 200),  # on the day of the message: counts
    ("bob", "2025-01-05", 100), ("bob", "2025-06-30", 300),  # the 30th day: counts
    ("cat", "2025-01-05", 100), ("cat", "2025-07-01", 400),  # the 31st: too late
    ("dan", "2025-01-05", 100), ("dan", "2025-05-31", 500),  # before the message
    ("eve", "2025-01-05", 100), ("eve", "2025-06-10", 50), ("eve", "2025-06-20", 50),
    ("fay", "2025-01-05", 100), ("end", "2025-08-01", 10),
]  # fmt: skip
SENT = "refill 2025-06-01"


def test_a_list_is_read_back_by_hand() -> None:
    store = logged(
        shop(ORDERS),
        *((who, "2025-06-01", SENT, False) for who in ("ann", "bob", "cat", "dan")),
        *((who, "2025-06-01", SENT, True) for who in ("eve", "fay")),
    )
    [row] = results(store).table.to_dict("records")
    assert (row["kind"], row["people"], row["people_held"]) == ("refill", 4, 2)
    assert (row["sent"], row["bought"], row["held"], row["held_bought"]) == (4, 2, 2, 1)
    assert (row["rate"], row["held_rate"], row["difference"]) == (0.5, 0.5, 0)
    assert row["per_buyer"] == pytest.approx((200 + 300 + 100) / 3)
    assert row["verdict"] == NOT_SHOWN
    [before] = already_buyers(store, 30).to_dict("records")
    assert (before["people"], before["bought_before"]) == (4, 1)


def test_days_that_are_not_over_are_waited_for_and_nobody_is_judged_alone() -> None:
    store = logged(
        shop(ORDERS),
        ("ann", "2025-07-20", "late 2025-07-20", False), ("eve", "2025-07-20", "late 2025-07-20", True),
        ("bob", "2025-06-01", "alone 2025-06-01", False),
    )  # fmt: skip
    table = results(store).table.set_index("list")
    assert table.verdict.to_dict() == {"late 2025-07-20": WAITING, "alone 2025-06-01": ALONE}
    assert table.loc["late 2025-07-20", "sent"] == 0
    assert str(table.loc["late 2025-07-20", "over_on"].date()) == "2025-08-18"
    assert math.isnan(table.loc["alone 2025-06-01", "difference"])
    assert results(store).kinds.empty


def test_whoever_was_held_out_stays_so_whatever_came_later() -> None:
    store = logged(shop(ORDERS), ("eve", "2025-06-01", SENT, True), ("eve", "2025-06-05", SENT, False))
    [row] = results(store).table.to_dict("records")
    assert (row["people"], row["people_held"], row["held_bought"]) == (0, 1, 1)


def test_no_list_no_result() -> None:
    found = results(noted(shop(ORDERS), Notebook()))
    assert found.table.empty
    assert found.kinds.empty


@pytest.mark.parametrize(
    ("name", "kind"), [("refill 2025-06-01", "refill"), ("雙11", "雙11"), ("2025-06-01", "2025-06-01")]
)
def test_the_kind_of_a_list_is_its_name_without_the_day(name: str, kind: str) -> None:
    assert kind_of(name) == kind


@pytest.mark.parametrize("rate", [0.05, 0.2, 0.6])
@pytest.mark.parametrize("by", [0.05, 0.1, -0.04])
def test_people_needed_agree_with_statsmodels(rate: float, by: float) -> None:
    power = power_proportions_2indep(by, rate, people_needed(rate, by), alternative="two-sided").power
    assert power == pytest.approx(0.8, abs=0.005)


def test_no_difference_needs_nobody() -> None:
    assert people_needed(0.2, 0) is None
    assert people_needed(0.9, 0.2) is None


@given(st.lists(st.tuples(*[st.integers(0, 30)] * 4), min_size=1, max_size=6))
def test_a_pooled_difference_lies_between_those_of_its_rounds(counts: list[tuple[int, int, int, int]]) -> None:
    rounds = [(min(x1, n1), n1, min(x0, n0), n0) for x1, n1, x0, n0 in counts if n1 and n0]
    found = pooled(rounds)
    if not rounds:
        assert math.isnan(found.difference)
        return
    each = [difference(*one).difference for one in rounds]
    assert min(each) - 1e-9 <= found.difference <= max(each) + 1e-9
    assert -1 <= found.low <= found.difference + 1e-9
    assert found.difference - 1e-9 <= found.high <= 1


def test_one_round_is_newcombes_interval() -> None:
    found = pooled([(30, 100, 10, 100)])
    low, high = confint_proportions_2indep(30, 100, 10, 100, method="newcomb", compare="diff")
    assert (found.low, found.high) == (pytest.approx(low), pytest.approx(high))
    assert found.shown == 1
    assert difference(10, 100, 30, 100).shown == -1


@pytest.mark.parametrize("lift", [0.0, 0.08])
@pytest.mark.parametrize("sizes", [((900, 100),), ((60, 20), (45, 15), (80, 25), (30, 10))])
def test_a_planted_lift_lies_in_its_interval_and_none_is_not_called_one(
    lift: float, sizes: tuple[tuple[int, int], ...]
) -> None:
    rng = np.random.default_rng(20251127)
    inside = quiet = 0
    for _ in range(500):
        rounds = []
        for at, (sent, held) in enumerate(sizes):
            base = 0.15 + 0.05 * at
            rounds.append((rng.binomial(sent, base + lift), sent, rng.binomial(held, base), held))
        found = pooled(rounds)
        inside += found.low <= lift <= found.high
        quiet += found.shown == 0
    assert inside >= 470
    if not lift:
        assert quiet >= 470


def test_a_shop_with_a_planted_lift_is_read_back() -> None:
    rng = np.random.default_rng(7)
    orders, rows = [("end", "2025-08-01", 10)], []
    for number in range(400):
        who, held = f"c{number}", number % 4 == 0
        orders.append((who, "2025-05-01", 100))
        if rng.random() < (0.10 if held else 0.35):
            orders.append((who, "2025-06-11", 100))
        rows.append((who, "2025-06-01", SENT, held))
    [row] = results(logged(shop(orders), *rows)).table.to_dict("records")
    assert row["verdict"] == MORE
    assert row["low"] <= 0.25 <= row["high"]
    assert row["extra_low"] == pytest.approx(row["low"] * 300)
