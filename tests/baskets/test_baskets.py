"""Pairs and order values: the check of the definitions, mlxtend's integer counts on real orders, and what was planted."""

from __future__ import annotations

import warnings
from math import comb

import pandas as pd
import pytest

from analytics.baskets import gift_lines, histogram, line, near, pairs, partners, prices, short_of, step, values, worth
from analytics.baskets.thresholds import nice
from analytics.errors import TooLittleData
from analytics.store import Filters, Sheet, SheetRow
from tests.support import bought as independent
from tests.support.goods import bought, goods_shop
from tests.support.goods import line as of
from tests.support.real import demo, truths


def hundred():
    """A hundred orders: A in 20 of them, B in 40, both in 16."""
    baskets = [["A", "B"]] * 16 + [["A"]] * 4 + [["B"]] * 24 + [["C"]] * 56
    return goods_shop([bought(f"c{n}", "2025-01-01", *basket) for n, basket in enumerate(baskets)])


def test_the_ready_made_check():
    found = pairs(hundred())
    assert (found.orders, found.of) == (100, 3)
    row = found.table.iloc[0]
    assert (row.product_a, row.product_b, row.orders_a, row.orders_b, row.orders_ab) == ("B", "A", 40, 20, 16)
    assert row[["support", "confidence_ab", "confidence_ba", "lift", "leverage"]].tolist() == pytest.approx([0.16, 0.4, 0.8, 2.0, 0.08])  # fmt: skip
    tail = sum(comb(20, k) * comb(80, 40 - k) for k in range(16, 21)) / comb(100, 40)
    assert row.p_value == pytest.approx(tail)
    assert row.p_adjusted == pytest.approx(3 * row.p_value)


def test_below_the_floor_nothing_is_told():
    store = goods_shop([bought(f"c{n}", "2025-01-01", "A", "B") for n in range(4)])
    with pytest.raises(TooLittleData, match="5 orders"):
        pairs(store)
    again = goods_shop([bought(f"c{n}", "2025-01-01", "A", *(["B"] if n < 4 else [])) for n in range(9)])
    assert pairs(again).table.empty


def test_gifts_postage_bundles_and_what_is_free_are_in_no_pair():
    lines = ["茶", "壺", of("運費", 60), of("【贈品】杯"), of("新年福袋", 500), of("試喝", 0)]
    store = goods_shop([bought(f"c{n}", "2025-01-01", *lines) for n in range(6)])
    assert pairs(store).table[["product_a", "product_b", "orders_ab"]].values.tolist() == [["壺", "茶", 6]]
    sheet = Sheet.of([SheetRow(store.table("products").set_index("product").product_id["壺"], kind="gift")])
    assert pairs(store.filtered(Filters(sheet=sheet))).table.empty


def test_one_product_with_its_partners_and_what_was_bought_near():
    store = goods_shop(
        [
            *(bought(f"c{n}", "2025-01-01", "壺", "茶") for n in range(5)),
            *(bought(f"c{n}", "2025-02-01", "杯") for n in range(3)),
            bought("c0", "2025-09-01", "巾"),
            bought("d", "2025-01-01", "杯"),
        ]
    )
    pot = store.table("products").set_index("product").product_id["壺"]
    assert partners(store, pot)[["product", "orders_a", "orders_b", "orders_ab"]].values.tolist() == [["茶", 5, 5, 5]]
    rows = near(store, pot).set_index("product")
    assert rows.loc["杯", ["customers_a", "customers_b", "customers_ab"]].tolist() == [5, 4, 3]
    assert "巾" not in rows.index
    assert "茶" not in rows.index
    assert rows.lift["杯"] == pytest.approx(0.6 / (4 / 6))


def test_pairs_are_mlxtends():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from mlxtend.frequent_patterns import association_rules, fpgrowth
    store = demo("uci")
    held = independent.baskets(store)
    n, floor = len(held), 25
    sets = fpgrowth(held, min_support=(floor - 0.5) / n, use_colnames=True, max_len=2)
    rules = association_rules(sets, metric="support", min_threshold=0)
    wanted = {
        (*sorted((a, b)),): (round(row.support * n), round(row.lift, 9))
        for row in rules.itertuples()
        for [a], [b] in [(row.antecedents, row.consequents)]
    }
    found = pairs(store, None)
    assert found.orders >= n
    table = found.table[found.table.orders_ab >= floor]
    got = {
        tuple(sorted((row.product_id_a, row.product_id_b))): (row.orders_ab, round(row.lift * n / found.orders, 9))
        for row in table.itertuples()
    }
    assert len(got) > 100
    assert got == wanted


def test_the_best_sellers_alone_give_the_same_counts():
    store = demo("uci")
    few, all_ = pairs(store, 50), pairs(store, None)
    key = ["product_id_a", "product_id_b", "orders_a", "orders_b", "orders_ab"]
    assert few.looked_at == 50
    assert few.of == all_.of
    assert few.table[key].merge(all_.table[key]).shape[0] == len(few.table) > 50
    assert (few.table.p_adjusted >= few.table.p_value).all()


def test_the_planted_pair_and_the_planted_line():
    store, planted = demo("tea"), truths("tea")
    strongest = pairs(store).sure.iloc[0]
    assert {"玻璃隨行泡茶瓶 500ml 附濾網", "冷泡茶綜合包 12入 四種口味"} == {strongest.product_a, strongest.product_b}
    assert (strongest.orders_ab, round(strongest.lift, 4)) == (planted["pair"]["both"], planted["pair"]["lift"])
    found = values(store)
    strips = line(found, 490)
    by_value = planted["free_shipping"]["orders_by_value"]
    assert (strips.short, strips.reached) == (by_value["440-489"], by_value["490-539"])
    assert strips.piles_up
    assert not line(found, 99).piles_up
    assert not line(found, 299).piles_up
    add_ons = short_of(found, prices(store), 490, 50).add_ons["product"].tolist()
    assert set(add_ons) == {"茶垢清潔粉 8入", "拋棄式濾茶袋 50入", "竹製茶匙", "七日隨身藥盒", "山嵐帆布小提袋"}


NO_GOODS = pd.DataFrame({"product_id": [], "product": [], "price": [], "cost": [], "beside": []})


def values_of(*amounts: float):
    return values(goods_shop([bought(f"c{n}", "2025-01-01", of("茶", amount)) for n, amount in enumerate(amounts)]))


def test_who_is_short_and_by_how_much():
    found = values_of(*[480] * 10, *[400] * 10, *[500] * 20)
    short = short_of(found, NO_GOODS, 490, 50)
    assert (short.orders, short.gaps.tolist()[0]) == (10, 10)
    assert short_of(found, NO_GOODS, 490, 100).orders == 20
    assert short_of(found, NO_GOODS, 490, 90).gaps.tolist() == [10] * 10 + [90] * 10
    shown = histogram(found, 490)
    assert shown.orders.sum() == 40
    assert shown.set_index("side").orders[["short", "reached"]].tolist() == [10, 20]
    assert shown.low.tolist() == sorted(shown.low)
    strips = line(found, 490)
    assert (strips.short, strips.reached, strips.several_reached) == (10, 20, 0)
    assert not strips.piles_up


def test_what_it_could_bring_is_a_range_and_may_cost():
    found = short_of(values_of(*[480] * 30, *[900] * 10), NO_GOODS, 490, 50)
    assert found.a_month == 30 * 30
    assert worth(found, 50, 0.5, (0.1, 0.2)) == (2250, 4500)
    low, high = worth(found, 50, 0.5, (0.1, 0.2), shipping=60)
    assert low < high < 0


def test_a_gift_line_is_weighed_against_those_who_get_it_anyway():
    rows = gift_lines(values_of(*[800] * 60, *[1000] * 40), gift=30, margin=0.5, take=0.2).set_index("line")
    at = rows.loc[1000]
    assert (at.within_reach, at.already, at.added) == (60, 40, 60 * 200)
    assert at.up_to == 12
    assert at.cost == 30 * (40 + 12)
    assert at.gain == pytest.approx(0.2 * 60 * 200 * 0.5)
    assert at.result == pytest.approx(at.gain - at.cost)
    assert at.break_even == pytest.approx(30 * 40 / ((100 - 30) * 60))
    assert gift_lines(values_of(*[800] * 60), gift=1e6, margin=0.5).break_even.isna().all()


def test_few_orders_are_refused():
    with pytest.raises(TooLittleData, match="29 orders"):
        values_of(*[100] * 29)


@pytest.mark.parametrize(("at", "width"), [(490, 50), (299, 20), (99, 10), (35, 5), (1000, 100), (0.5, 0.05)])
def test_strips_have_round_widths(at: float, width: float):
    assert step(at) == pytest.approx(width)


@pytest.mark.parametrize(("value", "wanted"), [(712, 720), (1501, 1600), (99, 99), (0.123, 0.13), (1000, 1000)])
def test_round_amounts(value: float, wanted: float):
    assert nice(value) == pytest.approx(wanted)


def test_the_tables_of_the_command_line_never_fail():
    from analytics.baskets.tables import pairs_table

    assert pairs_table(goods_shop([bought("ann", "2025-01-01", "tea")])).empty
    assert isinstance(pairs_table(hundred()), pd.DataFrame)
