"""Cohorts and the monthly trend: on rows a reader can check by hand, then as properties, then on real orders."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.cohorts import AGE_DAYS, Cohorts, by_month, cohort_table, cohorts, members, payback_age
from analytics.errors import RegularsError, TooLittleData
from analytics.repurchase import gaps, patience
from analytics.store import Filters, Store
from tests.support.real import EXPECTED, demo, real, truths
from tests.support.rows import order, shop

SHOP = [
    ("ann", "2025-01-05", 100),
    ("ann", "2025-01-20", 50),
    ("ann", "2025-03-02", 10),
    ("bob", "2025-01-31", 200),
    ("bob", "2025-03-01", 20),
    ("cat", "2025-02-10", 300),
]
AS_OF = "2025-03-30"


def cell(found: Cohorts, cohort: str, age: int) -> pd.Series:
    rows = found.cells[(found.cells.cohort == pd.Timestamp(cohort)) & (found.cells.age == age)]
    return rows.iloc[0]


def test_monthly_cells_by_hand():
    found = cohorts(shop(SHOP, as_of=AS_OF))
    assert len(found.cells) == 3 + 2, "January has three ages, February two, nothing after the data's end"
    january = found.cells[found.cells.cohort == "2025-01-01"]
    assert january["size"].tolist() == [2, 2, 2]
    assert january.active.tolist() == [2, 0, 2]
    assert january.repurchased.tolist() == [1, 1, 2]
    assert january.later.tolist() == [2, 2, 2]
    assert january.revenue.tolist() == [350, 350, 380]
    assert january.finished.tolist() == [True, True, False], "March ends on the 31st, the data on the 30th"


def test_the_last_day_of_the_period_finishes_it():
    assert cell(cohorts(shop(SHOP, as_of="2025-03-31")), "2025-01-01", 2).finished


def test_an_unfinished_cell_has_a_count_and_no_value():
    rows = cohorts(shop(SHOP, as_of=AS_OF)).measured("retention").set_index(["cohort", "age"])
    unfinished = rows.loc[(pd.Timestamp("2025-01-01"), 2)]
    assert unfinished["count"] == 2
    assert np.isnan(unfinished.value)
    assert np.isnan(unfinished.low)


def test_the_file_leaves_unfinished_counts_blank():
    table = cohort_table(shop(SHOP, as_of=AS_OF)).set_index(["cohort", "age"])
    assert list(table.columns) == ["size", "active", "repurchased", "revenue", "finished"]
    unfinished = table.loc[(pd.Timestamp("2025-01-01"), 2)]
    assert unfinished[["active", "repurchased", "revenue"]].isna().all()
    assert not unfinished.finished
    assert table.loc[(pd.Timestamp("2025-01-01"), 1), "active"] == 0


def test_ages_of_30_days_count_from_each_customers_own_day():
    found = cohorts(shop(SHOP, as_of=AS_OF), step=AGE_DAYS)
    january = found.cells[found.cells.cohort == "2025-01-01"]
    assert january.active.tolist() == [2, 1, 0], "ann's day 56 is age 1, bob's day 29 still age 0"
    assert january.repurchased.tolist() == [2, 2, 2]
    assert january.finished.tolist() == [True, False, False], "bob of the 31st has not been seen for 60 days"


def test_weeks_begin_on_monday_and_quarters_hold_three_months():
    weeks = cohorts(
        shop([("ann", "2025-01-05"), ("bob", "2025-01-06"), ("ann", "2025-01-13")], as_of="2025-01-19"), "week"
    )
    assert weeks.sizes.cohort.dt.strftime("%m-%d").tolist() == ["12-30", "01-06"]
    assert weeks.cells[weeks.cells.cohort == "2024-12-30"].active.tolist() == [1, 0, 1]
    assert weeks.cells.finished.all(), "the 19th is a Sunday"
    quarters = cohorts(shop(SHOP, as_of=AS_OF), "quarter")
    assert quarters.cells[["size", "active", "repurchased"]].values.tolist() == [[3, 3, 2]]


def test_the_summary_weighs_by_customers_and_keeps_a_cohort_of_zero():
    ten = [(f"a{i}", "2025-01-10") for i in range(10)] + [(f"a{i}", "2025-02-10") for i in range(2)]
    hundred = [(f"b{i}", "2025-02-10") for i in range(100)]
    summary = cohorts(shop([*ten, *hundred], as_of="2025-04-30")).summary("retention").set_index("age")
    assert summary.loc[1, ["count", "size", "cohorts"]].tolist() == [2, 110, 2]
    assert summary.loc[1, "value"] == pytest.approx(0.018, abs=0.0005)
    assert 0 not in summary.index, "age 0 is 100 % by definition"


def test_the_summary_leaves_unfinished_cells_out():
    summary = cohorts(shop(SHOP, as_of=AS_OF)).summary("cumulative").set_index("age")
    assert summary.loc[0, ["count", "size"]].tolist() == [1, 3]
    assert summary.loc[1, ["count", "size"]].tolist() == [1, 2], "February's second month is March, which is not over"
    assert 2 not in summary.index


def test_two_orders_on_one_day_are_no_repurchase_unless_the_owner_says_so():
    store = shop([("ann", "2025-01-05"), ("ann", "2025-01-05")], as_of="2025-01-31")
    assert cell(cohorts(store), "2025-01-01", 0).repurchased == 0
    assert cell(cohorts(store.filtered(Filters(same_day=True))), "2025-01-01", 0).repurchased == 1


def test_a_cancelled_first_order_moves_the_cohort():
    rows = [order("ann", "2025-01-05", cancelled="2025-01-06 09:00:00 +0800"), order("ann", "2025-02-05")]
    assert cohorts(shop(rows, as_of="2025-02-28")).sizes.cohort.tolist() == [pd.Timestamp("2025-02-01")]


def test_the_shops_own_clock_decides_the_month():
    store = shop([("ann", "2025-01-01 00:30:00 +0800")], as_of="2025-01-31")
    assert cohorts(store).sizes.cohort.tolist() == [pd.Timestamp("2025-01-01")]


def test_a_period_hides_earlier_cohorts_without_making_old_customers_new():
    store = shop(SHOP, as_of=AS_OF).filtered(Filters(start=date(2025, 2, 1)))
    assert cohorts(store).sizes[["cohort", "size"]].values.tolist() == [[pd.Timestamp("2025-02-01"), 1]]


def test_known_customers_are_in_no_cohort():
    found = cohorts(shop(SHOP, as_of=AS_OF).filtered(Filters(known=("ann@example.com",))))
    assert found.sizes["size"].tolist() == [1, 1]


def test_the_burn_in_marks_the_first_ninety_days():
    found = cohorts(shop([*SHOP, ("dan", "2025-06-01"), ("eve", "2025-07-01")], as_of="2025-07-31"))
    assert found.burn_in == 90
    assert found.sizes.set_index("cohort").doubtful.to_dict() == {
        pd.Timestamp("2025-01-01"): True,
        pd.Timestamp("2025-02-01"): True,
        pd.Timestamp("2025-06-01"): False,
        pd.Timestamp("2025-07-01"): False,
    }
    assert found.doubtful_share == 3 / 5
    assert found.summary("cumulative", sure_only=True).set_index("age").loc[0, "size"] == 2


def test_the_customers_of_a_cell():
    store = shop(SHOP, as_of=AS_OF)
    january = date(2025, 1, 1)
    assert members(store, january, 1).came.empty
    assert sorted(members(store, january, 2).came.customer_id) == ["ann@example.com", "bob@example.com"]
    second = members(store, january, 1, "cumulative")
    assert second.came.customer_id.tolist() == ["ann@example.com"]
    assert second.missing.customer_id.tolist() == ["bob@example.com"]
    assert members(store, january, 1, "revenue").came.revenue_by_then.tolist() == [200, 150]


def test_revenue_pays_back_the_cost_of_winning_a_customer():
    revenue = cohorts(shop(SHOP, as_of="2025-03-31")).summary("revenue")
    assert revenue.set_index("age").value.round(2).to_dict() == {0: 216.67, 1: 216.67, 2: 190}
    assert payback_age(revenue, 200) == 0
    assert payback_age(revenue, 200, margin=0.5) is None


def test_the_trend_is_known_only_where_every_customer_is_old_enough():
    trend = by_month(shop(SHOP, as_of=AS_OF), [30]).set_index("month")
    assert trend.finished.tolist() == [True, True, False], "February's last day is 30 days old on March 30"
    assert trend.repurchased.tolist()[:2] == [2, 0]
    assert trend.loc["2025-01-01", "rate"] == 1
    assert np.isnan(trend.loc["2025-03-01", "rate"])
    assert pd.isna(trend.loc["2025-03-01", "repurchased"])


def test_a_month_without_new_customers_stays_in_the_trend():
    trend = by_month(shop([("ann", "2025-01-05"), ("bob", "2025-03-05")], as_of="2025-04-30"), [30])
    assert trend["size"].tolist() == [1, 0, 1, 0]
    assert np.isnan(trend.rate[1])


def test_wrong_choices_are_named():
    store = shop(SHOP)
    with pytest.raises(RegularsError, match="'year'.*week, month, quarter"):
        cohorts(store, "year")
    with pytest.raises(RegularsError, match="30 days"):
        cohorts(store, step=7)
    with pytest.raises(RegularsError, match="'ltv'"):
        cohorts(store).measured("ltv")


def test_guests_make_no_cohort():
    store = shop([("", "2025-01-05"), ("", "2025-02-05")])
    with pytest.raises(TooLittleData, match="name their buyer"):
        cohorts(store)
    assert cohort_table(store).empty
    assert by_month(store)["size"].sum() == 0


days = st.dates(date(2024, 1, 1), date(2024, 12, 31))
purchases = st.lists(st.tuples(st.sampled_from("abcdefgh"), days), min_size=1, max_size=40)


def store_of(bought: list[tuple[str, date]], as_of: date = date(2024, 12, 31)) -> Store:
    return shop([(who, day.isoformat()) for who, day in bought], as_of=as_of.isoformat())


@settings(max_examples=8, deadline=None)
@given(purchases, st.sampled_from(["week", "month", "quarter"]), st.sampled_from([0, AGE_DAYS]))
def test_shares_lie_between_0_and_1_and_the_cumulative_never_falls(bought, grain, step):
    found = cohorts(store_of(bought), grain, step=step)
    for measure in ("retention", "cumulative", "later"):
        value = found.measured(measure).value.dropna()
        assert value.between(0, 1).all()
        assert found.summary(measure).value.between(0, 1).all()
    for _, rows in found.cells.groupby("cohort"):
        assert rows.repurchased.is_monotonic_increasing
        assert rows.revenue.is_monotonic_increasing
        assert rows.later.is_monotonic_decreasing
        assert (rows.later >= rows.active).all()
    assert found.sizes["size"].sum() == len({who for who, _ in bought})


@settings(max_examples=8, deadline=None)
@given(purchases, st.sampled_from(["week", "month"]), st.sampled_from([0, AGE_DAYS]), st.integers(1, 15))
def test_lines_that_cannot_fall_do_not(bought, grain, step, until):
    found = cohorts(store_of(bought), grain, step=step)
    for measure in ("cumulative", "revenue"):
        line = found.line(measure, until=until)
        assert line.value.is_monotonic_increasing
        assert line.age.tolist() == list(range(len(line)))
    assert found.line("cumulative", until=until).value.between(0, 1).all()


def test_a_line_by_hand():
    """January: two customers, both back in March (age 2). February: one, not yet back, finished at age 0 alone. At age 2 January's two are
    watched and both come back; the weighted mean of age 0 and 1 is of three and of two."""
    found = cohorts(shop(SHOP, as_of="2025-03-31"))
    assert found.line("cumulative", until=12)[["age", "size", "value"]].values.tolist() == [
        [0, 3, pytest.approx(1 / 3)], [1, 2, pytest.approx(1 / 3)], [2, 1, 1],
    ]  # fmt: skip
    money = found.line("revenue", until=12)
    assert money["size"].tolist() == [2, 2, 2], "always January's two"
    assert money.value.tolist() == [175, 175, 190]


def test_the_line_of_all_is_kaplan_meiers_by_statsmodels():
    """Each customer's age of return, or the last age their cohort has finished, given to statsmodels one by one."""
    from statsmodels.duration.survfunc import SurvfuncRight

    store = demo("tea")
    found = cohorts(store, "month")
    customers = store.table("customers").dropna(subset="first_day")
    month = customers.first_day.dt.to_period("M")
    last = found.cells[found.cells.finished].groupby("cohort").age.max()
    last.index = last.index.to_period("M")
    watched = month.map(last)
    age = (customers.second_day.dt.to_period("M") - month).map(lambda gap: gap.n, na_action="ignore")
    kept = watched.notna()
    back = (age <= watched)[kept]
    curve = SurvfuncRight(age.where(back, watched)[kept].astype(float), back.astype(int))
    wanted = dict(zip(curve.surv_times, 1 - curve.surv_prob, strict=True))
    line = found.line("cumulative", until=30)
    for row in line[line.age.isin(wanted)].itertuples():
        assert row.value == pytest.approx(wanted[row.age])


@settings(max_examples=6, deadline=None)
@given(st.data(), purchases)
def test_the_order_of_rows_does_not_matter(data, bought):
    shuffled = data.draw(st.permutations(bought))
    pd.testing.assert_frame_equal(cohorts(store_of(bought)).cells, cohorts(store_of(shuffled)).cells)


@settings(max_examples=8, deadline=None)
@given(purchases, purchases, days, st.sampled_from([0, AGE_DAYS]))
def test_later_orders_never_change_a_finished_cell(bought, more, as_of, step):
    before = [(who, day) for who, day in bought if day <= as_of]
    if not before:
        return
    after = [*before, *[(who, day) for who, day in more if day > as_of]]
    columns = ["cohort", "age", "size", "active", "repurchased", "revenue"]
    earlier = cohorts(store_of(before, as_of), step=step).cells
    finished = earlier.loc[earlier.finished, columns]
    now = cohorts(store_of(after), step=step).cells[columns]
    assert len(finished.merge(now, on=columns)) == len(finished)


def by_pandas(store: Store, grain: str, step: int) -> pd.DataFrame:
    """Cohort cells worked out the slow way, one customer after the other: cohort, age, size, active, repurchased, revenue, finished."""
    orders = store.table("orders").dropna(subset="customer_id")
    orders["day"] = orders.ordered_at.dt.normalize()
    as_of = pd.Timestamp(store.shop.as_of)
    frequency = {"week": "W-SUN", "month": "M", "quarter": "Q"}[grain]
    cells: dict[tuple, dict] = {}
    sizes: dict = {}
    first_days: dict = {}
    last_ages: dict = {}
    history = {who: rows.sort_values("day") for who, rows in orders.groupby("customer_id")}
    for rows in history.values():
        period = rows.day.iloc[0].to_period(frequency)
        sizes[period] = sizes.get(period, 0) + 1
        first_days[period] = min(first_days.get(period, rows.day.iloc[0]), rows.day.iloc[0])
    for cohort, size in sizes.items():
        age = 0
        while True:
            if step:
                begun = first_days[cohort] + pd.Timedelta(days=step * age) <= as_of
                finished = cohort.end_time.normalize() + pd.Timedelta(days=step * (age + 1) - 1) <= as_of
            else:
                begun = (cohort + age).start_time <= as_of
                finished = (cohort + age).end_time.normalize() <= as_of
            if not begun:
                break
            last_ages[cohort] = age
            cells[cohort, age] = {"size": size, "active": 0, "repurchased": 0, "revenue": 0.0, "finished": finished}
            age += 1
    for rows in history.values():
        first = rows.day.iloc[0]
        cohort = first.to_period(frequency)
        ages = [(d - first).days // step if step else (d.to_period(frequency) - cohort).n for d in rows.day]
        distinct = sorted(set(rows.day))
        second = ages[rows.day.tolist().index(distinct[1])] if len(distinct) > 1 else None
        for age in set(ages):
            cells[cohort, age]["active"] += 1
        money = list(zip(rows.revenue, ages, strict=True))
        for age in range(last_ages[cohort] + 1):
            cells[cohort, age]["repurchased"] += second is not None and second <= age
            cells[cohort, age]["revenue"] += sum(revenue for revenue, at in money if at <= age)
    table = [{"cohort": cohort.start_time, "age": age, **values} for (cohort, age), values in cells.items()]
    return pd.DataFrame(table).sort_values(["cohort", "age"], ignore_index=True)


@pytest.mark.parametrize(
    ("name", "grain", "step"),
    [
        *[("uci", grain, step) for grain in ("week", "month", "quarter") for step in (0, AGE_DAYS)],
        ("tea", "month", 0),
        ("tea", "quarter", AGE_DAYS),
    ],
)
def test_every_cell_equals_an_independent_computation(name, grain, step):
    store = demo(name)
    wanted = by_pandas(store, grain, step)
    found = cohorts(store, grain, step=step).cells[wanted.columns]
    pd.testing.assert_frame_equal(found, wanted, check_dtype=False, rtol=1e-9)


@pytest.mark.parametrize("name", EXPECTED)
def test_every_monthly_cell_of_real_orders(name):
    found = cohorts(real(name)).cells
    assert found.cohort.dt.strftime("%Y-%m").unique().tolist() == list(EXPECTED[name]["cohorts"])
    for month, rows in found.groupby(found.cohort.dt.strftime("%Y-%m")):
        wanted = EXPECTED[name]["cohorts"][month]
        assert rows["size"].unique().tolist() == [wanted["size"]]
        assert rows.active.tolist() == wanted["active"]
        assert rows.repurchased.tolist() == wanted["repurchased"]


def test_planted_rates_of_the_demo_shop_by_first_month():
    trend = by_month(demo("tea"), [90]).set_index("month")
    for month, wanted in truths("tea")["by_first_month"].items():
        row = trend.loc[f"{month}-01"]
        assert row["size"] == wanted["customers"]
        if row.finished:
            assert row.repurchased == wanted["within_90"]["repurchased"]


def test_the_burn_in_follows_the_shops_own_rhythm():
    slow = [(f"c{i}", "2024-01-01") for i in range(40)] + [(f"c{i}", "2024-07-01") for i in range(40)]
    assert gaps(shop(slow)).patience == patience(shop(slow)) == 182
    assert gaps(shop([("ann", "2024-01-01")])).patience == 90
