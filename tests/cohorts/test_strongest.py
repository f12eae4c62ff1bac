"""The group that stands out among many: Fisher and Benjamini–Hochberg against scipy and statsmodels, planted truths, and shops without one."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import fisher_exact
from statsmodels.stats.multitest import multipletests

from analytics.cohorts.strongest import strongest
from analytics.statistics import benjamini_hochberg, fisher
from analytics.store import Store
from tests.support.real import demo, truths
from tests.support.rows import order, shop


@given(st.integers(1, 60), st.integers(1, 400), st.floats(0, 1), st.floats(0, 1))
def test_fishers_exact_test_is_scipys(n1: int, n2: int, p1: float, p2: float) -> None:
    x1, x2 = round(p1 * n1), round(p2 * n2)
    assert fisher(x1, n1, x2, n2) == pytest.approx(
        fisher_exact([[x1, n1 - x1], [x2, n2 - x2]]).pvalue, abs=1e-9, rel=1e-6
    )


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_the_step_up_is_statsmodels(p: list[float]) -> None:
    assert benjamini_hochberg(p) == pytest.approx(multipletests(p, method="fdr_bh")[1])


def rate_of(store: Store, group: pd.Series) -> tuple[int, int]:
    """Back within 90 days and old enough, by pandas, of the customers in the group first seen ninety days and more after the files begin."""
    orders = store.table("orders").dropna(subset="customer_id")
    orders["day"] = orders.ordered_at.dt.normalize()
    days = orders[["customer_id", "day"]].drop_duplicates().sort_values("day")
    first = days.groupby("customer_id").day.first()
    second = (
        days.groupby("customer_id").day.nth(1).set_axis(days[days.groupby("customer_id").cumcount() == 1].customer_id)
    )
    gap = (second.reindex(first.index) - first).dt.days
    start, end = pd.Timestamp(store.shop.first_ordered), pd.Timestamp(store.shop.as_of)
    old = (first >= start + pd.Timedelta(days=90)) & ((end - first).dt.days >= 90) & first.index.isin(group)
    return int((gap[old] <= 90).sum()), int(old.sum())


def test_the_discount_shops_code_stands_out_among_44_groups() -> None:
    """Planted: 37.2 % without a code, 6.8 % with 30 % off."""
    store = demo("fashion")
    found = strongest(store)
    best = found.best
    assert (best.cut, best.group, best.other, found.looked) == ("code", "SALE30", "none", 44)
    orders = store.table("orders")
    firsts = orders[orders.nth == 1]
    firsts = firsts[firsts.ordered_at.dt.normalize() >= pd.Timestamp(store.shop.first_ordered) + pd.Timedelta(days=90)]
    assert (best.repurchased, best.n) == rate_of(store, firsts[firsts.coupon == "SALE30"].customer_id)
    coupon = orders[orders.nth == 1].groupby("customer_id").coupon.apply(lambda codes: codes.fillna("").eq("").all())
    assert (best.other_repurchased, best.other_n) == rate_of(store, coupon[coupon].index.to_series())
    assert (round(best.rate, 3), round(best.other_rate, 3)) == (0.072, 0.366)
    assert best.high < -0.2


def test_the_tea_shops_gateway_product_stands_out_and_the_stock_out_is_seen() -> None:
    found = strongest(demo("tea"))
    assert "日日順暢益生菌" in found.best.group
    assert found.best.rate == pytest.approx(truths("tea")["gateways_90_days"]["PRO"]["any_product"]["rate"], abs=0.015)
    august = found.table[(found.table.cut == "month") & (found.table.group == "2025-08")].iloc[0]
    assert round(august.rate, 3) == 0.119
    assert august.adjusted < 0.01


@pytest.mark.parametrize("name", ["durable", "uci"])
def test_where_nothing_stands_out_nothing_is_named(name: str) -> None:
    assert strongest(demo(name)).best is None


def test_chance_alone_names_a_group_in_few_shops() -> None:
    """Forty groups of customers who all come back with the same chance: one look in twenty would name a group in nearly every shop."""
    dice, named = np.random.default_rng(7), 0
    for _ in range(6):
        rows = [order("early", "2024-06-01")]
        for place in range(400):
            city, code = f"city{dice.integers(8)}", f"C{dice.integers(6)}"
            day = f"2025-{1 + dice.integers(6):02}-{1 + dice.integers(28):02}"
            rows.append(order(f"c{place}", day, city=city, coupon=code))
            if dice.random() < 0.3:
                rows.append(order(f"c{place}", str(pd.Timestamp(day).date() + pd.Timedelta(days=30)), city=city))
        named += strongest(shop(rows, as_of="2025-12-31")).best is not None
    assert named <= 1


def test_nobody_old_enough_gives_no_group() -> None:
    found = strongest(shop([("ann", "2025-01-01")]))
    assert (found.looked, found.best) == (0, None)
