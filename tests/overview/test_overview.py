"""The overview's figures on rows a reader can check by hand."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics import overview as analysis
from analytics.overview import Target
from analytics.overview.overview import _parts
from analytics.store import Filters
from tests.support.real import demo
from tests.support.rows import order, shop


def months(*revenue: float, unfinished: bool = False) -> pd.DataFrame:
    period = pd.date_range("2025-01-01", periods=len(revenue), freq="MS")
    finished = [True] * len(revenue)
    if unfinished:
        finished[-1] = False
    return pd.DataFrame({"period": period, "finished": finished, "revenue": revenue})


def test_each_month_is_split_by_kind_of_buyer():
    store = shop(
        [
            ("ann", "2025-01-10", 100),
            ("ann", "2025-01-20", 50),
            ("ann", "2025-01-30", 50),
            ("ann", "2025-02-05", 80),
            ("bob", "2025-02-06", 60),
            ("ann", "2025-06-20", 70),
            ("", "2025-06-21", 10),
        ],
        as_of="2025-06-30",
    )
    found = store.query("overview/months", grain="month").set_index("period")
    january, february, march, june = (found.loc[f"2025-{month:02}-01"] for month in (1, 2, 3, 6))
    assert (january.new_revenue, january.new_buyers, january.repeat_orders) == (200, 1, 2)
    assert (february.existing_revenue, february.new_revenue, february.reactivated_buyers) == (80, 60, 0)
    assert (march.orders, march.revenue, march.finished) == (0, 0, True), "a silent month is an explicit 0"
    assert (june.reactivated_revenue, june.guest_revenue) == (70, 10), "135 days is more than 3 × the median gap of 10"
    assert found.index.max() == pd.Timestamp("2025-06-01"), "nothing after the data's end"


def test_a_month_is_unfinished_until_its_last_day_is_covered():
    rows = [("ann", "2025-01-10"), ("bob", "2025-02-27")]
    assert shop(rows).query("overview/months", grain="month").finished.tolist() == [True, False]
    assert shop(rows, as_of="2025-02-28").query("overview/months", grain="month").finished.tolist() == [True, True]


@pytest.mark.parametrize(("monthly", "place"), [(299_999, 0), (300_000, 1), (999_999, 1), (1_000_000, 2)])
def test_the_stage_by_monthly_revenue(monthly, place):
    assert analysis.stage(months(monthly)).place == place


def test_the_stage_is_of_the_last_three_finished_months():
    found = analysis.stage(months(1, 100_000, 200_000, 300_000, 9_000_000, unfinished=True))
    assert (found.monthly, found.months) == (200_000, 3)


def test_the_pace_to_the_next_stage():
    found = analysis.stage(months(*(100_000 * 1.1**i for i in range(6))))
    assert found.growth == pytest.approx(1.1)
    assert found.months_to_next == pytest.approx(np.log(300_000 / found.monthly) / np.log(1.1))


def test_no_pace_for_a_shop_that_shrinks_and_no_stage_without_a_whole_month():
    assert np.isnan(analysis.stage(months(400, 300, 200, 100)).months_to_next)
    assert np.isnan(analysis.stage(months(*(100_000 * 1.001**i for i in range(6)))).months_to_next)
    assert analysis.stage(months(400, unfinished=True)) is None


def test_spans_are_whole_months():
    table = months(1, 2, 3, 4, unfinished=True)
    assert analysis.spans(table, 1) == ((date(2025, 2, 1), date(2025, 2, 28)), (date(2025, 3, 1), date(2025, 3, 31)))
    assert analysis.spans(table, 2) is None
    assert analysis.spans(table, 1, year_before=True) is None


def test_revenue_change_by_hand():
    store = shop(
        [
            *[(f"a{i}", "2025-01-10", 100) for i in range(2)],
            *[(f"b{i}", "2025-02-10", 150) for i in range(4)],
            ("a0", "2025-02-11", 100),
        ],
        as_of="2025-02-28",
    )
    pair = analysis.spans(store.query("overview/months", grain="month"), 1)
    table = analysis.revenue_change(store, *pair).table.set_index("kind")
    weight = (600 - 200) / np.log(600 / 200)
    assert table.loc["new", ["customers", "frequency", "order_value"]].tolist() == pytest.approx(
        [weight * np.log(2), 0, weight * np.log(1.5)]
    )
    assert table.loc["existing", ["change", "customers"]].tolist() == [100, 100], "a kind in one span only is customers"


@given(st.lists(st.tuples(st.integers(1, 50), st.integers(1, 9), st.integers(1, 999)), min_size=2, max_size=2))
def test_the_parts_of_a_change_add_up_to_it(spans):
    was, now = (
        pd.Series({"buyers": buyers, "orders": buyers * times, "revenue": float(buyers * times * value)})
        for buyers, times, value in spans
    )
    parts = _parts(was, now)
    assert parts["customers"] + parts["frequency"] + parts["order_value"] == pytest.approx(parts["change"], abs=1e-6)


def test_the_rules_side_by_side():
    store = shop(
        [
            ("old", "2023-05-01"), ("old", "2025-03-05"),
            ("year", "2024-06-01"), ("year", "2025-03-06"),
            ("split", "2025-03-07 09:00:00 +0800"), ("split", "2025-03-07 10:00:00 +0800"),
            ("twice", "2025-03-01"), ("twice", "2025-03-20"),
            ("once", "2025-03-09"),
            ("later", "2025-03-10"), ("later", "2025-04-10"),
        ]
    )  # fmt: skip
    table = analysis.returning_rules(store, date(2025, 3, 1), date(2025, 3, 31)).set_index("rule")
    assert table.buyers.unique().tolist() == [6]
    assert table.returning.to_dict() == {
        "regulars": 3,
        "shopee_existing": 1,
        "shopee_repeat": 2,
        "shopify": 2,
        "metorik": 5,
    }


def test_what_revenue_hangs_on():
    store = shop(
        [
            order("big", "2025-01-01", 910, products=["tea"]),
            *[order(f"c{i}", "2025-01-02", 10, products=["cup"], source="instagram") for i in range(9)],
        ]
    )
    found = analysis.overview(store).dependence.set_index("what")
    assert found.loc["customers", ["name", "share", "n"]].tolist() == [1, 0.91, 10]
    assert found.loc["product", ["name", "share"]].tolist() == ["tea", 0.91]
    assert found.loc["channel", "share"] == 0.91


def test_no_finding_rests_on_a_handful():
    assert analysis.findings(analysis.overview(shop([("ann", "2025-01-01"), ("ann", "2025-03-01")]))) == []


def regulars(back: int, n: int) -> list[tuple[str, str]]:
    """n customers, `back` of them back after a month; the files begin long before, so that nobody among them may be an old one."""
    won = [(f"c{i}", "2025-01-01") for i in range(n)] + [(f"c{i}", "2025-02-01") for i in range(back)]
    return [("early", "2024-06-01"), *won]


@pytest.mark.parametrize(
    ("back", "key"), [(80, "rate_reaches_target"), (21, "rate_near_target"), (8, "rate_below_target")]
)
def test_a_rate_is_held_against_the_target_by_its_range(back, key):
    found = analysis.findings(analysis.overview(shop(regulars(back, 100), as_of="2025-06-30")))
    assert found[0].key == key


@pytest.mark.parametrize(("back", "good"), [(80, True), (21, None), (8, False)])
def test_a_target_belongs_to_one_number_of_days(back, good):
    overview = analysis.overview(shop(regulars(back, 100), as_of="2025-06-30"))
    assert Target(0.2, 90).verdict(overview.headline(90)) is good
    for other in (60, 180):
        head = overview.headline(other)
        assert Target(0.2, 90).verdict(head) is None
        assert not {"rate_reaches_target", "rate_near_target", "rate_below_target"} & {
            finding.key for finding in analysis.findings(overview, head, Target(0.2, 90))
        }
    own = analysis.findings(overview, overview.headline(60), Target(0.2, 90))[0]
    assert own.key == "own_curve"
    assert dict(own.values["curve"])[60] == pytest.approx(back / 100)


def test_no_verdict_below_thirty_people():
    overview = analysis.overview(shop(regulars(28, 28), as_of="2025-06-30"))
    head = overview.headline(90, leave_out=False)
    assert (head.rate.eligible, head.certain) == (29, True)
    assert Target(0.2, 90).verdict(head) is None


def test_a_shop_where_most_buy_once_is_told_what_not_to_read():
    store = shop(regulars(2, 100), as_of="2025-06-30")
    overview = analysis.overview(store)
    found = [finding.key for finding in analysis.findings(overview)]
    assert overview.mostly_once
    assert found[0] == "mostly_once"
    assert not {"rate_below_target", "late_regulars", "rhythm"} & set(found)
    young = analysis.overview(shop(regulars(2, 100), as_of="2025-06-29"))
    assert young.old_enough.customers == 1, "179 days old: they could still come back"
    assert not young.mostly_once


def test_a_late_start_of_the_period_makes_no_durable_goods():
    """Seventeen days of a tea shop used to be told what is true of goods that last for years."""
    store = demo("tea")
    late = analysis.overview(store.filtered(Filters(start=store.shop.as_of - timedelta(days=16))))
    assert late.repurchase.lifetime < 0.05
    assert not late.mostly_once
    assert analysis.overview(demo("durable")).mostly_once


def test_the_first_to_write_to_are_late_and_not_gone():
    found = {one.key: one.values for one in analysis.findings(analysis.overview(demo("tea")))}["late_regulars"]
    days = demo("tea").query(
        "repurchase/waiting",
        steps=[1, 2, 3, 4, 5],
        from_days=[0] * 5,
        until_days=[0] * 5,
        late_days=[0] * 5,
        last_step=5,
    )
    repeat = days[days.days >= 2]
    assert (found["from_days"], found["until_days"], found["n"]) == (48, 141, len(repeat))
    assert found["late"] == int(((repeat.silent > 47) & (repeat.silent <= 141)).sum()) == 227
    assert found["silent"] == int((repeat.silent > 141).sum()) == 605


@pytest.mark.parametrize(("later", "said"), [(96, set()), (90, {"repeat_aov_lower"}), (110, {"repeat_aov_higher"})])
def test_order_values_that_hardly_differ_are_not_told_apart(later, said):
    rows = [(f"c{i}", "2025-01-01", 100) for i in range(40)] + [(f"c{i}", "2025-02-01", later) for i in range(40)]
    keys = {finding.key for finding in analysis.findings(analysis.overview(shop(rows, as_of="2025-06-30")))}
    assert keys & {"repeat_aov_lower", "repeat_aov_higher"} == said


@pytest.mark.parametrize("rows", [[("ann", "2025-01-01")], [("", "2025-01-01")]])
def test_one_order_and_guests_alone_give_an_overview(rows):
    found = analysis.overview(shop(rows))
    assert len(found.months) == 1
    assert found.stage is None
    assert analysis.findings(found) == []
    assert found.trend.empty
