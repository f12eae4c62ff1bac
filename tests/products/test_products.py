"""What is known of every product, and the days on which a steady seller sold nothing."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analytics.errors import TooLittleData
from analytics.products import by_week, made_of, products, silences, with_reviews
from analytics.products.silences import _found
from analytics.products.tables import products_table
from analytics.store import Filters, Sheet, SheetRow
from tests.support.goods import bought, goods_shop, line
from tests.support.real import demo, truths


def month():
    """Tea (cost 40): ann, bob (cancelled), cat (one of two sent back); a pot beside ann's; a gift; a guest; postage."""
    return goods_shop(
        [
            bought(
                "ann", "2025-01-01", line("茶", 100, 2, id="1"), line("壺", 300, id="2"), line("【贈品】杯", 0, id="3")
            ),
            bought("bob", "2025-01-02", line("茶", 100, 1, id="1"), status="不成立"),
            bought("cat", "2025-01-03", line("茶", 100, 2, id="1", returned=1), line("運費", 60, id="4")),
            bought("ann", "2025-06-20", line("茶", 100, 1, id="1")),
            bought("", "2025-06-30", line("茶", 100, 1, id="1")),
        ],
        as_of="2025-06-30",
    )


def test_figures_by_hand():
    store = month().filtered(Filters(sheet=Sheet.of([SheetRow("1", cost=40)])))
    found = products(store)
    rows = found.table.set_index("product")
    tea = rows.loc["茶"]
    assert tea[["customers", "orders", "units", "lately", "before"]].tolist() == [2, 4, 5, 2, 1]
    assert tea.revenue == pytest.approx(200 + 160 * 200 / 260 + 100 + 100, abs=0.01)
    assert tea.margin == pytest.approx(tea.revenue - 5 * 40)
    assert tea.first_share == pytest.approx(2 / 3)
    assert (tea.cancelled, tea.cancel_rate) == (1, 1 / 5)
    assert (tea.returned, tea.return_rate) == (1, 1 / 4)
    assert (tea.silent, rows.loc["壺", "silent"]) == (0, 180)
    assert np.isnan(rows.loc["壺", "margin"])
    assert (tea.change, bool(tea.moved)) == (1.0, False)
    assert found.standing_still["product"].tolist() == ["壺"]
    assert set(found.left_out["product"]) == {"【贈品】杯", "運費"}
    assert found.nameless == 0


def test_orders_of_a_day_are_counted_one_by_one_and_units_once():
    store = goods_shop(
        [bought("ann", "2025-01-01", "茶"), bought("ann", "2025-01-01", "茶", "茶"), bought("ann", "2025-02-01", "茶")]
    )
    row = products(store).table.iloc[0]
    assert (row.orders, row.units, row.customers, row.first_orders) == (3, 4, 1, 2)


def test_the_period_bounds_counts_and_not_the_trend():
    store = month().filtered(Filters(start=pd.Timestamp("2025-06-01").date()))
    row = products(store).table.set_index("product").loc["茶"]
    assert row[["orders", "units", "lately", "before", "cancelled"]].tolist() == [2, 2, 2, 1, 0]
    assert products(store).table.set_index("product").orders["壺"] == 0


def test_guests_alone_and_orders_without_names():
    guests = goods_shop([bought("", "2025-01-01", "茶"), bought("", "2025-01-02", "茶")])
    table = products(guests).table
    assert table[["customers", "orders", "eligible", "cycle_n"]].values.tolist() == [[0, 2, 0, 0]]
    assert table.first_share.isna().all()
    assert len(products_table(guests)) == 1
    with pytest.raises(TooLittleData, match="names a product"):
        products(goods_shop([bought("ann", "2025-01-01", line(""))]))
    some = goods_shop([bought("ann", "2025-01-01", line(""), "茶")])
    assert products(some).nameless == 1


def test_what_is_known_under_several_names_is_listed():
    store = goods_shop([bought("ann", "2025-01-01", line("茶", id="1"), line("新茶", id="1"), line("壺", id="2"))])
    found = products(store)
    assert found.united["product"].tolist() == ["新茶"] or found.united["product"].tolist() == ["茶"]
    assert set(made_of(store, "1").title) == {"茶", "新茶"}


def test_reviews_stand_beside_the_products_they_are_about():
    table = products(month()).table
    reviewed = pd.DataFrame(
        {"product": ["茶"], "reviews": [4], "mean_stars": [4.5], "complaints": [1], "per_100": [25.0]}
    )
    joined = with_reviews(table, reviewed).set_index("product")
    assert joined.per_100["茶"] == 25
    assert np.isnan(joined.mean_stars["壺"])


def test_weeks_are_whole_and_the_last_may_be_unfinished():
    weeks = by_week(month(), "1")
    assert weeks.orders.sum() == 4
    assert weeks.week.dt.day_of_week.eq(0).all()
    assert weeks.week.diff().dropna().dt.days.eq(7).all()
    assert weeks.finished.tolist()[-2:] == [True, False]


def daily(good: int, days, *, least: int = 1) -> pd.DataFrame:
    return pd.DataFrame({"place": [good * 1_000_000 + day for day in days], "orders": least})


SHOP = pd.DataFrame({"day": range(400), "orders": 10})


def test_a_gap_of_a_steady_seller_is_found_with_what_it_should_have_sold():
    sold = daily(1, [*range(100), *range(130, 400)])
    [found] = _found(sold, SHOP, 399).to_dict("records")
    assert found == {
        "good": 1,
        "first_day": 100,
        "last_day": 129,
        "days": 30,
        "expected": pytest.approx(30),
        "ongoing": False,
    }


def test_no_silence_where_the_shop_was_closed_the_seller_slow_or_seasonal():
    closed = SHOP[~SHOP.day.between(100, 129)]
    assert _found(daily(1, [*range(100), *range(130, 400)]), closed, 399).empty
    assert _found(daily(1, range(0, 400, 10)), SHOP, 399).empty
    assert _found(daily(1, [*range(60), *range(170, 230), *range(340, 400)]), SHOP, 399).empty


def test_a_seller_that_stopped_lately_is_still_silent():
    [found] = _found(daily(1, range(370)), SHOP, 399).to_dict("records")
    assert (found["first_day"], found["last_day"], found["ongoing"]) == (370, 399, True)
    assert _found(daily(1, range(200)), SHOP, 399).empty


def test_the_planted_stock_out_is_found_and_nothing_else():
    found = silences(demo("tea"))
    planted = truths("tea")["planted"]["out_of_stock"]
    assert len(found) == len(planted["products"])
    assert (found.first_day == planted["from"]).all()
    assert (found.last_day - pd.Timestamp(planted["to"])).dt.days.between(0, 3).all()
    assert silences(demo("fashion")).empty
    assert silences(demo("durable")).empty


def test_real_products_are_as_pandas_counts_them():
    store = demo("uci")
    lines = store.table("order_lines").merge(store.table("orders")[["order_key", "customer_id"]], on="order_key")
    lines = lines[lines.price > 0]
    wanted = lines.groupby("product_id").agg(
        orders=("order_key", "nunique"), revenue=("revenue", "sum"), customers=("customer_id", "nunique")
    )
    found = products(store).table.set_index("product_id")
    wanted = wanted.loc[found.index]
    assert (found.orders == wanted.orders).all()
    assert (found.customers == wanted.customers).all()
    assert found.revenue.to_numpy() == pytest.approx(wanted.revenue.to_numpy(), abs=0.01)
