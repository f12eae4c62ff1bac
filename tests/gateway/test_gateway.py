"""First products: rows by hand, then an independent computation on real orders, and what was planted in the demo shops."""

from __future__ import annotations

import pandas as pd
import pytest

from analytics.errors import TooLittleData
from analytics.gateway import gateway, later_products, next_products, other_products, sleepers
from analytics.statistics import benjamini_hochberg, beta_prior, by_chance, shrunken
from analytics.store import Filters
from tests.support.bought import gateway_rates
from tests.support.goods import bought, goods_shop, line
from tests.support.real import FILES, demo, real, truths

AS_OF = "2025-12-31"


def few():
    """ann: tea, tea after 40 days; bob: tea and pot, cup after 100 days; cat: pot; dan: tea, too young for 90 days; a guest: tea."""
    return goods_shop(
        [
            bought("ann", "2025-01-01", "tea"),
            bought("ann", "2025-02-10", "tea"),
            bought("bob", "2025-01-01", "tea", "pot"),
            bought("bob", "2025-04-11", "cup"),
            bought("cat", "2025-01-01", "pot", line("postage", 60)),
            bought("dan", "2025-12-01", "tea"),
            bought("", "2025-01-01", "tea"),
        ],
        as_of=AS_OF,
    )


def test_rates_by_hand():
    found = gateway(few(), 90)
    rows = found.table.set_index("product")
    assert list(rows.customers[["tea", "pot"]]) == [3, 2]
    assert rows.loc["tea", ["eligible", "repurchased", "same_repurchased"]].tolist() == [2, 1, 1]
    assert rows.loc["pot", ["eligible", "repurchased", "same_repurchased"]].tolist() == [2, 0, 0]
    assert (rows.rate["tea"], rows.rate["pot"]) == (0.5, 0)
    assert (found.shop_eligible, found.shop_repurchased) == (3, 1)
    assert "postage" not in rows.index


def test_a_wider_window_lets_the_slow_one_in():
    rows = gateway(few(), 180).table.set_index("product")
    assert rows.loc["pot", ["eligible", "repurchased", "other_bought"]].tolist() == [2, 1, 1]
    assert rows.loc["tea", ["eligible", "repurchased", "same_repurchased", "other_bought"]].tolist() == [2, 2, 1, 1]
    assert rows.other_days["pot"] == 100


def test_what_came_next_and_later():
    store = few()
    rows = next_products(store)[["product", "next_product", "customers", "came_back"]]
    assert set(map(tuple, rows.to_numpy())) == {("pot", "cup", 1, 1), ("tea", "cup", 1, 2), ("tea", "tea", 1, 2)}
    later = later_products(store).set_index("product")
    assert later.later_customers.to_dict() == {"tea": 1, "cup": 1, "pot": 0}
    assert later.later_revenue["tea"] == 100
    pot = later.loc["pot"]
    assert (pot.customers, pot.later_share) == (2, 0)


def test_what_else_the_buyers_of_a_one_off_good_bought():
    store = few()
    pot = store.table("products").set_index("product").product_id["pot"]
    rows = other_products(store, pot).set_index("product")
    assert rows.loc["tea", ["customers", "buyers"]].tolist() == [1, 2]
    assert rows.usual["tea"] == 1.0
    assert rows.loc["cup", ["customers", "all_customers"]].tolist() == [1, 1]


def test_the_product_that_ends_a_sleep():
    visits = [bought(f"c{n}", "2025-01-01", "tea") for n in range(12)]
    visits += [bought(f"c{n}", "2025-01-31", "tea") for n in range(12)]
    visits += [bought(f"c{n}", "2025-08-01", "festival box" if n < 9 else "tea") for n in range(12)]
    visits += [bought(f"c{n}", "2025-08-31", "tea") for n in range(12)]
    found = sleepers(goods_shop(visits), 30)
    assert (found.silent, found.wakes) == (90, 12)
    rows = found.table.set_index("product")
    assert rows.loc["festival box", ["woke", "held", "others"]].tolist() == [9, 0, 24]
    assert found.best["product"] == "festival box"


def test_one_product_one_order_and_no_names():
    found = gateway(goods_shop([bought("ann", "2025-01-01", "tea")]), 90)
    assert found.table.eligible.tolist() == [0]
    assert found.table.rate.isna().all()
    assert found.alike
    assert found.best is None
    for orders in ([bought("", "2025-01-01", "tea")], [bought("ann", "2025-01-01", line(""))]):
        with pytest.raises(TooLittleData, match="names a product"):
            gateway(goods_shop(orders), 90)


def test_the_period_hides_those_won_before_it():
    store = few().filtered(Filters(start=pd.Timestamp("2025-06-01").date()))
    assert gateway(store, 30).table[["product", "customers"]].values.tolist() == [["tea", 1]]


@pytest.mark.parametrize("name", ["tea", "fashion", "durable"])
def test_the_demo_shops_have_the_rates_that_were_simulated(name: str):
    found = gateway(demo(name), 90)
    assert len(found.table) > 5
    if "gateways_90_days" not in truths(name):
        return
    wanted = sorted(
        (
            row["first_buyers"],
            row["any_product"]["repurchased"],
            row["any_product"]["eligible"],
            row["same_product"]["repurchased"],
        )
        for row in truths(name)["gateways_90_days"].values()
    )
    assert (
        sorted(map(tuple, found.table[["customers", "repurchased", "eligible", "same_repurchased"]].values.tolist()))
        == wanted
    )


def test_what_was_planted_is_found_and_what_was_not_is_not():
    tea = gateway(demo("tea"), 90)
    assert "日日順暢益生菌" in tea.best["product"]
    assert "膠原蛋白" in tea.worst["product"]
    assert gateway(demo("fashion"), 90).best is None
    assert gateway(demo("durable"), 90).alike
    assert gateway(demo("uci"), 90).alike


@pytest.mark.parametrize("name", ["demo", *(name for name in FILES if name.endswith("parquet"))])
def test_real_orders_give_what_pandas_alone_gives(name: str):
    store = demo("uci") if name == "demo" else real(name)
    for days in (30, 90, 365):
        found = gateway(store, days).table.set_index("product_id").sort_index()
        wanted = gateway_rates(store, days)
        assert found[list(wanted.columns)].astype(int).equals(wanted.astype(int))


def test_few_cases_are_pulled_to_the_rest_and_many_are_not():
    prior = beta_prior([45, 10, 1], [100, 100, 2])
    few_, many = shrunken([2, 200], [2, 200], prior)
    assert prior[0] / sum(prior) == pytest.approx(56 / 202)
    assert few_ < many
    assert all(value != value for value in beta_prior([], []))
    assert sum(beta_prior([30, 31, 29], [100, 100, 100])) == 300


def test_the_prior_finds_the_spread_that_was_drawn():
    import numpy as np

    rng = np.random.default_rng(3)
    rates = rng.beta(6, 14, 4000)
    n = rng.integers(5, 200, 4000)
    alpha, beta = beta_prior(rng.binomial(n, rates), n)
    assert alpha / (alpha + beta) == pytest.approx(0.3, abs=0.01)
    assert alpha + beta == pytest.approx(20, rel=0.15)


def test_chance_and_many_looks_as_scipy_has_them():
    import numpy as np
    from scipy import stats

    rng = np.random.default_rng(5)
    n = rng.integers(2, 400, 600)
    a, b = (np.floor(rng.random(600) * (n + 1)).astype(int) for _ in range(2))
    low, high = np.maximum(0, a + b - n), np.minimum(a, b)
    both = low + np.floor(rng.random(600) * (high - low + 1)).astype(int)
    assert by_chance(both, a, b, n) == pytest.approx(stats.hypergeom.sf(both - 1, n, a, b), abs=1e-10)
    p = rng.random(200) ** 4
    assert benjamini_hochberg(p) == pytest.approx(stats.false_discovery_control(p))
    assert (benjamini_hochberg(p, 1000) >= benjamini_hochberg(p)).all()
