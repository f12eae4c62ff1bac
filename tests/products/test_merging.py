"""Merging two products: every figure becomes what it would be had the shop sold them as one, and no other figure moves."""

from __future__ import annotations

import pandas as pd
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from analytics.baskets.tables import pairs_table
from analytics.cycles.tables import due_table, intervals_table
from analytics.gateway import later_products, next_products
from analytics.gateway.tables import gateway_table
from analytics.products.tables import products_table
from analytics.repurchase import ladder, survival
from analytics.segments.rfm import rfm
from analytics.store import Filters, Sheet, SheetRow
from tests.support.goods import bought, goods_shop, line

GOODS = {"1": "茶", "2": "壺", "3": "杯", "4": "糖"}
ABOUT_PRODUCTS = (products_table, gateway_table, intervals_table, due_table, pairs_table, next_products, later_products)
orders = st.lists(
    st.tuples(
        st.sampled_from(["ann", "bob", "cat", ""]),
        st.integers(0, 300),
        st.lists(st.tuples(st.sampled_from(list(GOODS)), st.integers(1, 3), st.integers(0, 1)), min_size=1, max_size=3),
    ),
    min_size=2,
    max_size=14,
)


def shop(drawn, names: dict[str, str]):
    """The shop of these orders; names: id -> the id it is sold under."""
    made = [
        bought(
            who,
            f"{(pd.Timestamp('2025-01-01') + pd.Timedelta(days=day)).date()}",
            *(line(GOODS[names[id]], 100, units, id=names[id], returned=returned) for id, units, returned in lines),
        )
        for who, day, lines in drawn
    ]
    made += [bought("dan", "2025-01-01", *(line(GOODS[names[id]], 50, id=names[id]) for id in GOODS)) for _ in range(5)]
    return goods_shop(made, as_of="2025-12-31")


def sorted_rows(table: pd.DataFrame) -> list[tuple]:
    """Rows as text, rounded, whatever their order (numbers of goods differ between two shops, and the place of a pair's halves with them)."""
    rows = []
    for row in table.drop(columns="good", errors="ignore").to_dict("records"):
        if "product_a" in row and row["product_a"] > row["product_b"]:
            for one, other in (
                ("product_a", "product_b"),
                ("orders_a", "orders_b"),
                ("confidence_ab", "confidence_ba"),
            ):
                row[one], row[other] = row[other], row[one]
        rows.append(tuple(f"{value:.6g}" if isinstance(value, float) else str(value) for value in row.values()))
    return sorted(rows)


@settings(max_examples=5, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(drawn=orders)
def test_merged_is_as_if_sold_as_one_and_the_rest_stays(drawn) -> None:
    apart = {id: id for id in GOODS}
    store = shop([*drawn, ("bob", 5, [("2", 1, 0)])], apart)
    one = shop([*drawn, ("bob", 5, [("2", 1, 0)])], apart | {"2": "1"})
    merged = store.filtered(Filters(sheet=Sheet.of([SheetRow("2", merge_into="1")])))
    for table in ABOUT_PRODUCTS:
        assert sorted_rows(table(merged)) == sorted_rows(table(one)), table.__name__
    assert store.table("orders").equals(merged.table("orders"))
    assert rfm(store).customers.equals(rfm(merged).customers)
    assert survival(store).table.equals(survival(merged).table)
    assert ladder(store).table.equals(ladder(merged).table)
    for table, key in (
        (intervals_table, ["n", "median", "p80"]),
        (products_table, ["orders", "units", "revenue", "returned"]),
    ):
        before, after = (table(view).set_index("product_id") for view in (store, merged))
        key = [name for name in key if name in before]
        others = [id for id in before.index if id not in ("1", "2")]
        assert before.loc[others, key].equals(after.loc[others, key])
    for view in (store, merged, one):
        view.close()
