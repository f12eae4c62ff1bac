"""How long products last, whom to remind and when: rows by hand, pandas alone on real orders, and the 45 days that were planted."""

from __future__ import annotations

from datetime import date, datetime

import numpy as np
import pandas as pd
import pytest

from analytics.cycles import (  # fmt: skip
    LATE,
    NEXT_WEEK,
    STATES,
    THIS_WEEK,
    backtest,
    bought_again,
    by_units,
    calendar,
    care,
    cycles,
    due,
    plain,
    plan,
)
from analytics.cycles.backtest import LIST, PLAIN, customers_then, listed, plain_list
from analytics.cycles.cycles import steadied
from analytics.errors import TooLittleData
from analytics.store import Filters, Sheet, SheetRow
from tests.support import bought as independent
from tests.support.goods import bought, goods_shop, line
from tests.support.real import FILES, demo, real, truths

DAY = pd.Timestamp("2025-12-31")


def before(days: int) -> str:
    return f"{(DAY - pd.Timedelta(days=days)).date()}"


def refill_shop(extra=(), *, buyers: int = 40):
    """Forty people buy one pack of tea and are back after 30 days; two packs, and back after 60; then they stop."""
    orders = []
    for n in range(buyers):
        units = 1 + n % 2
        orders.append(bought(f"c{n}", before(300), line("茶 30包", 100, units, id="1")))
        orders.append(bought(f"c{n}", before(300 - 30 * units), line("茶 30包", 100, 1, id="1")))
    return goods_shop([*orders, *extra], as_of="2025-12-31")


def test_a_gap_is_per_unit_bought():
    store = refill_shop()
    found = cycles(store)
    row = found.table.iloc[0]
    assert (row.n, row["median"], row.p25, row.p75, row.p80) == (40, 30, 30, 30, 30)
    assert (row.cycle, row.cycle_from, bool(row.refill)) == (pytest.approx(30), "product", True)
    assert (row.old, row.again) == (80, 40)
    assert by_units(store, "1")[["units", "n", "median"]].values.tolist() == [[1, 20, 30], [2, 20, 60]]
    curve = bought_again(store, "1").table
    assert (curve.at_risk.iloc[0], curve.events.sum()) == (80, 40)


def test_what_was_sent_back_lasts_nobody():
    extra = [bought("x", before(100), line("茶 30包", 100, 2, id="1", returned=1), line("壺", id="2"))]
    extra += [bought("y", before(100), line("茶 30包", 100, 1, id="1", returned=1), line("壺", id="2"))]
    store = refill_shop(extra)
    rows = due(store, cycles(store)).table.set_index("customer_id")
    assert rows.loc["x", "units"] == 1
    assert "y" not in rows.index


def test_due_dates_states_and_windows_by_hand():
    extra = [
        bought("soon", before(27), line("茶 30包", 100, 1, id="1")),
        bought("next", before(50), line("茶 30包", 100, 2, id="1")),
        bought("late", before(40), line("茶 30包", 100, 1, id="1")),
        bought("sleeping", before(75), line("茶 30包", 100, 1, id="1")),
        bought("coming", before(5), line("茶 30包", 100, 1, id="1")),
    ]
    store = refill_shop(extra)
    found = due(store, cycles(store))
    rows = found.table.set_index("customer_id")
    told = rows.loc[["soon", "next", "late", "sleeping", "coming"]]
    assert told.state.tolist() == [THIS_WEEK, NEXT_WEEK, LATE, "sleeping", "coming"]
    assert [f"{day:%Y-%m-%d}" for day in told.due_day] == [
        "2026-01-03",
        "2026-01-10",
        before(10),
        before(45),
        "2026-01-25",
    ]
    assert (rows.loc["soon", "window_from"], rows.loc["soon", "window_until"]) == (rows.loc["soon", "due_day"],) * 2
    assert told.times.tolist() == pytest.approx([27 / 30, 50 / 60, 40 / 30, 75 / 30, 5 / 30])
    by_product = found.by_product.iloc[0]
    assert (by_product.this_week, by_product.next_week, by_product.units_28) == (1, 1, 4)
    assert rows.loc["c0", "state"] == "lost"


def test_the_owners_days_overrule_and_both_are_kept():
    store = refill_shop([bought("soon", before(27), line("茶 30包", 100, 1, id="1"))])
    told = store.filtered(Filters(sheet=Sheet.of([SheetRow("1", days_per_pack=20)])))
    row = cycles(told).table.iloc[0]
    assert (row.cycle, row.cycle_from, row["median"], row.steadied) == (20, "owner", 30, pytest.approx(30))
    assert due(told, cycles(told)).table.set_index("customer_id").loc["soon", "state"] == LATE


def test_only_refill_goods_are_reminded_of():
    orders = [bought(f"c{n}", before(200), "壺") for n in range(60)] + [
        bought(f"c{n}", before(150), "壺") for n in range(6)
    ]
    store = goods_shop(orders, as_of="2025-12-31")
    assert not cycles(store).table.refill.any()
    assert due(store, cycles(store)).table.empty
    name = store.table("products").product_id[0]
    said = store.filtered(Filters(sheet=Sheet.of([SheetRow(name, kind="refill", days_per_pack=300)])))
    assert len(due(said, cycles(said)).table) == 60
    durable = refill_shop().filtered(Filters(sheet=Sheet.of([SheetRow("1", kind="durable")])))
    assert not cycles(durable).table.refill.any()


def test_who_is_left_out_is_counted_once_and_said_why():
    extra = [
        bought(name, before(27), line("茶 30包", 100, 1, id="1")) for name in ("go", "angry", "told", "no", "other")
    ]
    extra += [bought("other", before(10), line("烏龍 30包", 100, 1, id="2"))]
    sheet = Sheet.of([SheetRow("1", family="茶"), SheetRow("2", family="茶")])
    store = refill_shop(extra).filtered(Filters(sheet=sheet))
    found = due(store, cycles(store))
    barred = {"complaint": {"angry", "go2"}, "contacted": {"told", "angry"}, "declined": ["no"], "held_out": {"no"}}
    planned = plan(found, barred=barred)
    assert planned.table.customer_id.tolist() == ["go"]
    one = dict.fromkeys(("substitute", "complaint", "declined", "contacted"), 1)
    assert planned.left_out == one | dict.fromkeys(("too_often", "held_out", "over_limit"), 0)
    assert f"{planned.table.send_on[0]:%Y-%m-%d}" == "2026-01-01"
    again = refill_shop(
        [
            bought("back", before(20), line("茶 30包", 100, 1, id="1")),
            bought("back", before(3), line("茶 30包", 100, 1, id="1")),
        ]
    )
    assert due(again, cycles(again)).rebought == 1


def test_the_send_day_lies_before_and_never_in_the_past():
    extra = [
        bought("soon", before(17), line("茶 30包", 100, 1, id="1")),
        bought("late", before(40), line("茶 30包", 100, 1, id="1")),
    ]
    found = due(*(lambda store: (store, cycles(store)))(refill_shop(extra)))
    planned = plan(found, states=(THIS_WEEK, NEXT_WEEK, LATE), lead=5).table.set_index("customer_id")
    assert f"{planned.loc['soon', 'send_on']:%Y-%m-%d}" == "2026-01-08"
    assert f"{planned.loc['late', 'send_on']:%Y-%m-%d}" == "2026-01-01"


def test_a_weekly_limit_moves_people_forward_and_counts_who_is_over_it():
    extra = [bought(f"n{n}", before(18), line("茶 30包", 100 + n, 1, id="1")) for n in range(5)]
    store = refill_shop(extra)
    found = due(store, cycles(store))
    planned = plan(found, lead=2, weekly_limit=2)
    assert planned.left_out["over_limit"] == 1
    assert planned.table.send_on.dt.strftime("%Y-%m-%d").value_counts().to_dict() == {"2026-01-10": 2, "2026-01-07": 2}
    assert "n0" not in set(planned.table.customer_id)
    weeks = (planned.table.send_on - (DAY + pd.Timedelta(days=1))).dt.days // 7
    assert weeks.value_counts().max() <= 2


def test_a_customer_is_listed_once_with_what_runs_out_first():
    extra = [
        bought("two", before(20), line("茶 30包", 100, 1, id="1")),
        bought("two", before(45), line("糖 60包", 400, 2, id="3")),
    ]
    store = refill_shop(extra).filtered(Filters(sheet=Sheet.of([SheetRow("3", kind="refill", days_per_pack=27)])))
    planned = plan(due(store, cycles(store)), states=STATES[:3])
    assert planned.table[["customer_id", "product_id", "also"]].values.tolist() == [["two", "3", 1]]


def test_the_calendar_is_one_event_a_day_without_names():
    by_day = pd.DataFrame(
        {
            "send_on": pd.to_datetime(["2026-01-01", "2026-01-05"]),
            "customers": [2, 1],
            "products": [{"茶, 綠; 大": 2}, {"茶" * 60: 1}],
        }
    )
    text = calendar(
        by_day, summary="{customers} people", description="{products}\nmore", name="Tea", made=datetime(2026, 1, 1)
    ).decode()
    assert text.count("BEGIN:VEVENT") == text.count("END:VEVENT") == 2
    assert "DTSTART;VALUE=DATE:20260105\r\nDTEND;VALUE=DATE:20260106\r\n" in text
    assert "DESCRIPTION:茶\\, 綠\\; 大 2\\nmore" in text
    assert all(len(row.encode()) <= 75 for row in text.split("\r\n"))
    assert text.replace("\r\n ", "").count("茶" * 60) == 1
    assert "\n" not in text.replace("\r\n", "")


def test_a_word_of_care_goes_to_the_week_after_and_once():
    visits = [
        bought("ann", before(10), "壺", line("茶", 300)),  # no completion is told: two days on the way
        bought("bob", before(10), "茶"),
        bought("bob", before(1), "茶"),
        bought("cat", before(8), "茶"),
    ]
    rows = care(goods_shop(visits, as_of="2025-12-31"), 7)
    assert rows[["customer_id", "product", "nth"]].values.tolist() == [["ann", "茶", 1]]


def test_few_gaps_are_pulled_to_the_family_and_families_to_the_shop():
    table = pd.DataFrame(
        {
            "n": [200, 200, 2, 0, 200, 2],
            "median": [30.0, 33.0, 90.0, np.nan, 60.0, 10.0],
            "var_log": [0.2] * 6,
            "family": ["tea", "tea", "tea", "tea", "oil", None],
        }
    )
    values = steadied(table)
    assert 29 < values[0] < 33
    assert 33 < values[2] < 80
    assert 30 < values[3] < 60
    assert values[4] == pytest.approx(60, rel=0.1)
    assert values[5] > 10
    assert np.isnan(steadied(table.assign(n=0, median=np.nan))).all()


def test_one_product_one_order_no_names():
    found = cycles(goods_shop([bought("ann", "2025-01-01", "茶")]))
    assert found.table.n.tolist() == [0]
    assert found.table.cycle.isna().all()
    assert found.refills.empty
    with pytest.raises(TooLittleData, match="how long products last"):
        cycles(goods_shop([bought("", "2025-01-01", "茶")]))


def test_without_quantities_every_purchase_is_of_one_unit():
    orders = [bought("ann", "2025-01-01", line("茶", 100, 2)), bought("ann", "2025-02-10", line("茶", 100, 2))]
    store = goods_shop(orders, without=["數量"])
    assert cycles(store).table["median"].tolist() == [40]


def test_a_huge_quantity_is_due_in_ten_years_at_most():
    store = refill_shop([bought("bulk", before(10), line("茶 30包", 1, 10**6, id="1"))])
    day = due(store, cycles(store)).table.set_index("customer_id").loc["bulk", "due_day"]
    assert day == DAY - pd.Timedelta(days=10) + pd.Timedelta(days=3650)


def test_the_back_test_knows_only_what_was_known():
    store = refill_shop(
        [
            bought("x", before(95), line("茶 30包", 100, 1, id="1")),
            bought("x", before(64), line("茶 30包", 100, 1, id="1")),
        ]
    )
    stood = date.fromisoformat(before(90))
    [on_it] = listed(store, stood, 30)
    who = customers_then(store, stood, 30).set_index("buyer").loc[on_it]
    assert (who.recency, who.days, bool(who.bought)) == (5, 1, True)
    assert store.query("store/buyers").set_index("buyer").customer_id[on_it] == "x"
    assert cycles(store, date.fromisoformat(before(290))).table.n.tolist() == [0]
    found = backtest(store)
    assert found.table.rule.tolist() == [LIST, *PLAIN]
    assert (found.table.written[0], found.table.bought[0]) == (1, 1)
    assert not found.enough
    assert not found.better


def test_plain_rules_choose_as_they_say():
    customers = pd.DataFrame({"recency": [10, 45, 50, 200], "days": [9, 1, 2, 1], "revenue": [900.0, 10, 20, 10]})
    assert plain_list(customers, "recent", 2, 40.0).tolist() == [False, True, True, False]
    assert plain_list(customers, "best", 1, 40.0).tolist() == [True, False, False, False]
    assert plain_list(customers, "gap", 1, 40.0, days=30).tolist() == [True, False, False, False]
    assert plain_list(customers, "gap", 0, 40.0).sum() == 0


def test_the_planted_cycle_and_the_list_that_proves_itself():
    store = demo("tea")
    found = cycles(store)
    daily = found.table[found.table.refill]
    assert len(daily) == len(truths("tea")["cycles"])
    assert daily["median"].between(42, 48).all()
    pro = daily.iloc[0]
    assert (pro["median"], "日日順暢益生菌" in pro["product"]) == (
        truths("tea")["planted"]["cycle_days_per_pack"],
        True,
    )
    planted = truths("tea")["cycles"]["PRO"]
    rows = by_units(store, pro.product_id).set_index("units")
    assert (rows.n[1], rows["median"][1]) == (planted["1"]["n"], planted["1"]["median_days"])
    assert backtest(store).surely
    rows = plan(due(store, found)).table
    assert len(rows) > 50
    assert len(plain(store, "gap", len(rows))) == len(rows)


def test_where_plain_rules_find_as_many_the_list_is_not_called_better():
    for name in ("uci", "fashion", "durable"):
        assert not backtest(demo(name)).better


@pytest.mark.parametrize("name", ["demo", *(name for name in FILES if name.endswith("parquet"))])
def test_real_orders_give_the_gaps_and_due_dates_of_pandas_alone(name: str):
    store = demo("uci") if name == "demo" else real(name)
    found = cycles(store)
    per_unit = independent.gaps(store).groupby("product_id").per_unit
    wanted = per_unit.quantile([0.25, 0.5, 0.75, 0.8]).unstack().assign(n=per_unit.size())
    got = found.table[found.table.n > 0].set_index("product_id")
    assert got.n.sort_index().equals(wanted.n.sort_index())
    for column, quantile in (("p25", 0.25), ("median", 0.5), ("p75", 0.75), ("p80", 0.8)):
        assert got[column].sort_index().to_numpy() == pytest.approx(wanted[quantile].sort_index().to_numpy())
    rows = due(store, found).table
    last = independent.purchases(store)
    last = last[last.units > 0].sort_values("nth").drop_duplicates(["customer_id", "product_id"], keep="last")
    last = last[last.product_id.isin(set(found.refills.product_id))]
    both = rows.merge(last, on=["customer_id", "product_id"], suffixes=("", "_alone"))
    assert len(both) == len(rows) == len(last)
    cycle = both.product_id.map(found.refills.set_index("product_id").cycle)
    days = np.floor(np.minimum(both.units_alone * cycle, 3650) + 0.5)
    assert (both.due_day == both.day + pd.to_timedelta(days, unit="D")).all()
