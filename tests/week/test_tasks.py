"""The week's lists: rows to check by hand, nobody on two of them, and the demo shops."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.__main__ import main
from analytics.week import (
    ANSWER,
    CARE_7,
    CARE_14,
    COMPLAINT,
    CONTACTED,
    KINDS,
    LATE,
    MOST,
    OTHER_LIST,
    REASONS,
    REFILL,
    SECOND,
    STOCK,
    THANK,
    Chances,
    Task,
    Week,
    chances,
    coming,
    festivals,
    last_week,
    monday_after,
    planned,
    unhappy_reviews,
    week,
)
from analytics.workspace import Notebook, noted
from tests.support.review_rows import read, review, reviewed
from tests.support.rows import bought, shop

AS_OF = date(2025, 12, 31)
PEOPLE = [f"c{n}" for n in range(8)]


def known(likely: float = 0.5, each: float = 100) -> Chances:
    """Every customer buys with this chance, for so much."""
    kinds = [(regular, since) for regular in (False, True) for since in (0.0, 0.5, 1.0, 2.0, 3.0)]
    table = pd.DataFrame(kinds, columns=["regular", "since"]).assign(
        people=100, bought=50, low=likely, high=likely, each=each
    )
    return Chances(table, 30.0)


def plan(lists: dict[str, list[str]], barred: dict[str, set[str]] | None = None, chores: tuple[Task, ...] = ()) -> Week:
    customers = pd.DataFrame({"customer_id": PEOPLE, "days": 2, "recency": 40})
    return planned(
        {kind: pd.DataFrame({"customer_id": people}, dtype=str) for kind, people in lists.items()}, {}, {}, chores,
        as_of=AS_OF, chances=known(), customers=customers,
        barred={reason: frozenset(people) for reason, people in (barred or {}).items()},
    )  # fmt: skip


def on(found: Week) -> dict[str, list[str]]:
    return {task.kind: sorted(task.people.customer_id) for task in (*found.tasks, *found.more) if len(task.people)}


def test_everybody_stands_on_the_list_that_says_most_to_them() -> None:
    found = plan({SECOND: ["c0", "c1"], REFILL: ["c1", "c2", "c3"], THANK: ["c0", "c4"]})
    assert on(found) == {REFILL: ["c1", "c2", "c3"], SECOND: ["c0"], THANK: ["c4"]}
    assert [task.kind for task in found.tasks] == [REFILL, SECOND, THANK], "the list worth most comes first"
    assert found.tasks[0].worth == (150, 150)
    assert found.excluded[OTHER_LIST] == 2
    assert found.overlap.loc[SECOND, REFILL] == 1


def test_who_waits_for_an_answer_or_was_written_to_is_on_no_list_and_counted() -> None:
    found = plan({ANSWER: ["c5"], REFILL: ["c1", "c2", "c5"]}, {COMPLAINT: {"c5"}, CONTACTED: {"c2"}})
    assert on(found) == {ANSWER: ["c5"], REFILL: ["c1"]}
    assert found.tasks[0].kind == ANSWER
    assert (found.excluded[CONTACTED], found.excluded[OTHER_LIST]) == (1, 1)


def test_chores_come_last_and_seven_are_enough() -> None:
    stock = Task(STOCK, "tea", AS_OF, count=3)
    found = plan({kind: [person] for kind, person in zip(KINDS, PEOPLE, strict=False)}, chores=(stock,))
    assert [task.kind for task in found.tasks[-2:]] == [found.tasks[5].kind, STOCK]
    assert len(found.tasks) == MOST
    assert [len(found.more), found.more[0].kind] == [len(PEOPLE) - 6, KINDS[6]]
    assert [task.kind for task in plan({ANSWER: ["c0"]}, chores=(stock,) * 7).tasks] == [ANSWER, *[STOCK] * 6]
    assert np.isnan(stock.worth[0])


@settings(deadline=None, max_examples=20)
@given(
    st.dictionaries(st.sampled_from(KINDS), st.sets(st.sampled_from(PEOPLE)), max_size=6),
    st.dictionaries(st.sampled_from(REASONS[:-1]), st.sets(st.sampled_from(PEOPLE)), max_size=4),
)
def test_nobody_stands_twice_and_everybody_is_counted(lists: dict[str, set[str]], barred: dict[str, set[str]]) -> None:
    found = plan({kind: sorted(people) for kind, people in lists.items()}, barred)
    listed = [person for people in on(found).values() for person in people]
    assert len(listed) == len(set(listed))
    fit = set().union(*lists.values())
    assert set(listed) <= fit
    left_out = sum(found.excluded[reason] for reason in REASONS[:-1])
    assert len(fit - set(listed)) <= left_out


def test_chances_are_counted_on_the_shops_own_past() -> None:
    rows = [order for number in range(40) for order in bought(f"c{number}", 200, 170, 140, 110, 80, 50, 20)]
    found = chances(shop(rows, as_of=str(AS_OF)))
    assert found.cycle == 30
    [row] = found.table[found.table.regular & (found.table.since == 0.5)].to_dict("records")
    assert row["people"] == row["bought"]
    assert row["each"] == 100
    assert found.of(pd.DataFrame({"days": [7], "recency": [20]})).low.iloc[0] == pytest.approx(row["low"])


def test_last_week_is_the_last_whole_one_and_stands_against_a_year_ago() -> None:
    rows = [("ann", "2024-12-24", 10), ("bob", "2025-12-16", 20), ("ann", "2025-12-23", 30), ("bob", "2025-12-30", 40)]
    found = last_week(shop(rows, as_of=str(AS_OF)))
    assert (found.first, found.last) == (date(2025, 12, 22), date(2025, 12, 28))
    revenue = found.figures["revenue"]
    assert (revenue.now, revenue.before) == (30, 20)
    assert np.isnan(revenue.year_ago), "that week does not lie wholly in the data"
    assert last_week(shop([("ann", "2025-12-30")], as_of=str(AS_OF))) is None


def test_unhappy_reviews_stand_by_week_and_weeks_without_a_file_are_unknown() -> None:
    days = ("2025-11-03", "2025-11-04", "2025-11-20", "2025-12-01", "2025-12-09")
    stars = (1, 5, 1, 2, 5)
    rows = [review("ann", day, star, number=day) for day, star in zip(days, stars, strict=True)]
    store = reviewed([("ann", "2025-11-03"), ("bob", "2025-12-31")], rows)
    found = unhappy_reviews(read(store), date(2025, 10, 27), date(2025, 12, 8))
    assert (found.now, found.before) == (0, 1), "the week of the 8th has a review, and it is no unhappy one"
    assert np.isnan(found.year_ago)
    later = unhappy_reviews(read(store), date(2025, 10, 27), date(2025, 12, 15))
    assert np.isnan(later.now), "no review is that late: no file covers it"
    assert later.before == 0
    assert np.isnan(unhappy_reviews(read(store), date(2025, 10, 27), date(2025, 11, 3)).before)


def test_a_product_that_got_worse_a_campaign_to_read_and_what_was_put_away() -> None:
    good = [review(f"g{n}", f"2025-0{1 + n % 9}-10", 5, product="mug", number=f"g{n}") for n in range(60)]
    bad = [review(f"b{n}", "2025-12-10", 1, product="mug", number=f"b{n}") for n in range(6)]
    store = reviewed([("ann", "2025-01-05"), ("bob", "2025-12-31")], good + bad)
    notebook = Notebook()
    notebook.put(
        "campaigns",
        [
            {"name": "11.25", "first_day": "2025-11-25", "last_day": "2025-11-27"},
            {"name": "older", "first_day": "2025-11-11"},
        ],
    )
    kinds = {task.mark: task for task in week(noted(store, notebook), read(store)).tasks}
    assert kinds["worse_product mug"].count == 6
    assert "campaign 11.25" in kinds
    assert "campaign older" not in kinds
    notebook.put("task_choices", [{"task": "worse_product mug", "week": "2026-01-05", "choice": "done"}])
    left = {task.mark for task in week(noted(store, notebook), read(store)).tasks}
    assert "worse_product mug" not in left
    assert "campaign 11.25" in left, "a chore is put away by itself"


def test_a_complaint_or_a_new_order_stops_care() -> None:
    rows = [
        ("ann", "2025-12-20"),
        ("bob", "2025-12-20"),
        ("bob", "2025-12-30"),
        ("cat", "2025-12-20"),
        ("end", "2025-12-31"),
    ]
    store = reviewed(rows, [review("cat", "2025-12-28", 1, "壞掉了，很生氣", product="tea", number="r1")], as_of=str(AS_OF))  # fmt: skip
    found = week(noted(store, Notebook()), read(store))
    assert on(found)[CARE_7] == ["ann@example.com"]
    assert on(found)[ANSWER] == ["cat@example.com"]


def test_fifty_customers_of_whom_none_came_back_have_lists_without_a_sum_of_money() -> None:
    rows = [(f"c{n}", "2025-12-20" if n < 30 else "2025-12-13") for n in range(50)]
    found = week(noted(shop(rows, as_of=str(AS_OF)), Notebook()))
    assert {kind: len(people) for kind, people in on(found).items()} == {CARE_7: 30, CARE_14: 20}
    assert all(np.isnan(task.worth[0]) for task in found.tasks)
    assert found.known == 50
    assert SECOND not in on(found), "nobody has come back, so there is no usual time of it"


def test_a_list_that_is_being_worked_through_holds_nobody_else_out() -> None:
    people = [f"p{n}" for n in range(800)]
    customers = pd.DataFrame({"customer_id": people, "days": 2, "recency": 40})
    found = [
        planned(
            {REFILL: pd.DataFrame({"customer_id": people})}, {}, {}, (), as_of=AS_OF, chances=known(), customers=customers, barred={}, begun=begun,
        ).tasks[0]
        for begun in (frozenset(), frozenset({REFILL}))
    ]  # fmt: skip
    assert [task.people.held_out.any() for task in found] == [True, False]
    assert found[0].name(AS_OF) == "refill 2026-01-01"


def test_who_is_held_out_of_a_list_that_runs_is_on_none() -> None:
    store = shop(bought("late", 135, 105, 75, 45) + bought("ann", 200, 170, 140, 110, 80, 50, 20), as_of=str(AS_OF))
    notebook = Notebook()
    notebook.put(
        "contact_log",
        [{"email": "late@example.com", "day": "2026-01-01", "list": "refill 2026-01-01", "held_out": True}],
    )
    found = week(noted(store, notebook))
    assert "late@example.com" not in {who for people in on(found).values() for who in people}
    assert found.excluded["held_out"] == 1


def test_nothing_is_said_of_the_worth_of_people_whom_no_order_names() -> None:
    assert np.isnan(plan({ANSWER: ["review:1"]}).tasks[0].worth[0])


def test_festivals() -> None:
    assert festivals(2026)["Mother's Day"] == date(2026, 5, 10)
    assert coming(date(2025, 10, 31)) == ("Double Eleven", date(2025, 11, 11))
    assert coming(date(2026, 3, 20)) is None
    assert monday_after(date(2025, 12, 31)) == date(2026, 1, 5)
    assert monday_after(date(2025, 12, 29)) == date(2026, 1, 5)


def test_a_small_shop_has_something_true_to_say() -> None:
    store = shop([("ann", "2025-12-01"), ("bob", "2025-12-20")], as_of=str(AS_OF))
    found = week(noted(store, Notebook()))
    assert all(np.isnan(task.worth[0]) for task in found.tasks)
    assert len(found.tasks) <= MOST


def test_late_regulars_are_those_one_to_two_gaps_away() -> None:
    rows = [order for number in range(40) for order in bought(f"c{number}", 190, 160, 130, 100, 70, 40, 10)]
    rows += bought("late", 135, 105, 75, 45) + bought("gone", 200, 170, 140, 110)
    found = week(noted(shop(rows, as_of=str(AS_OF)), Notebook()))
    [task] = [task for task in (*found.tasks, *found.more) if task.kind in (LATE, REFILL) and "late@example.com" in set(task.people.customer_id)]  # fmt: skip
    assert "gone@example.com" not in set(task.people.customer_id)


def test_the_command_line_prints_the_week(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    files = sorted(str(path) for path in (Path(__file__).parents[2] / "sample_data/tea").iterdir())
    assert main(["week", *files, "--out", str(tmp_path)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["as_of"] == "2026-10-31"
    kinds = [task["kind"] for task in told["tasks"]]
    assert kinds[:2] == [ANSWER, REFILL]
    people = [person for task in told["tasks"] for person in (*task["people"], *task["held_out"])]
    assert len(people) == len(set(people))
    assert len(list(tmp_path.glob("*.csv"))) == sum(bool(task["people"]) for task in told["tasks"])
