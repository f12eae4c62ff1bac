"""What goes together: pairs of products in one order, and by one customer within some days. Counts are whole numbers, chance is allowed for.

A gift, a line that is no product, a bundle and a line that cost nothing are in no pair.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.errors import N_, TooLittleData
from analytics.statistics import benjamini_hochberg, by_chance
from analytics.store import Store

LEAST = 5
"""Orders that have to hold both products of a pair before it is told."""
MOST = 500
"""Best-selling products among which pairs are looked for on a page; a search from one product, and the table in files, look at all."""
FALSE_ALARMS = 0.05
_BLOCK = 500


@dataclass(frozen=True)
class Pairs:
    """Pairs of products that stood in one order LEAST times or more.

    table: one row per pair, the strongest first (smallest p, then most orders): product_id_a, product_a (the one in more orders), product_id_b, product_b,
    orders_a, orders_b, orders_ab, support (orders_ab / orders), confidence_ab (orders_ab / orders_a), confidence_ba, lift, leverage, p_value (Fisher's, one-sided: together that
    often by chance), p_adjusted (Benjamini–Hochberg over all pairs of products with LEAST orders or more, also those never seen together), surely (lift above 1 and
    p_adjusted below FALSE_ALARMS).
    orders: orders of the period that count. looked_at: best-selling products looked at; of: products with LEAST orders or more.
    """

    table: pd.DataFrame
    orders: int
    looked_at: int
    of: int

    @property
    def sure(self) -> pd.DataFrame:
        """The pairs that go together more than chance would have them."""
        return self.table[self.table.surely].reset_index(drop=True)


def pairs(store: Store, most: int | None = MOST) -> Pairs:
    """Pairs among the `most` best-selling products; None: all. Raises TooLittleData where no product stands in LEAST orders."""
    held = store.with_contents().query("baskets/contents")
    orders, goods = held.order_key.to_numpy(), held.good.to_numpy()
    counts = np.bincount(goods)
    ranked = np.argsort(-counts, kind="stable")
    of = int((counts >= LEAST).sum())
    chosen = ranked[: of if most is None else min(of, int(most))]
    if not of:
        raise TooLittleData(
            N_("No product stands in {n} orders or more here, so nothing can be said of what goes together."), n=LEAST
        )
    n, sizes = int(store.query("baskets/counted").orders.iloc[0]), counts[chosen]
    place = np.full(len(counts), -1)
    place[chosen] = np.arange(len(chosen))
    inside = place[goods] >= 0
    a, b, both = _together(orders[inside], place[goods[inside]], len(chosen))
    names = store.table("products").set_index("good").loc[chosen, ["product_id", "product"]].reset_index(drop=True)
    table = pd.DataFrame(
        {
            "product_id_a": names.product_id.to_numpy()[a],
            "product_a": names["product"].to_numpy()[a],
            "product_id_b": names.product_id.to_numpy()[b],
            "product_b": names["product"].to_numpy()[b],
            "orders_a": sizes[a],
            "orders_b": sizes[b],
            "orders_ab": both,
        }
    )
    table = measured(table, n, of * (of - 1) // 2)
    table = table.sort_values(
        ["p_value", "orders_ab", "product_id_a", "product_id_b"], ascending=[True, False, True, True], ignore_index=True
    )
    return Pairs(table, n, len(chosen), of)


def sellers(store: Store) -> pd.DataFrame:
    """The products of the period, those in the most orders first: product_id, product, orders."""
    return store.with_purchases().query("baskets/sellers")


def _together(orders: np.ndarray, places: np.ndarray, size: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Places a < b of every pair in LEAST orders or more, and in how many: one product of sparse matrices, in blocks that stay small."""
    from scipy.sparse import csr_matrix

    held = csr_matrix((np.ones(len(orders), np.int32), (orders, places)), shape=(orders.max(initial=-1) + 1, size))
    turned = held.T.tocsr()
    found: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = []
    for start in range(0, size, _BLOCK):
        counts = (turned[start : start + _BLOCK] @ held).tocoo()
        first = counts.row + start
        kept = (counts.data >= LEAST) & (first < counts.col)
        found.append((first[kept], counts.col[kept], counts.data[kept]))
    return tuple(np.concatenate(part) for part in zip(*found, strict=True))


def measured(table: pd.DataFrame, n: int, tests: int) -> pd.DataFrame:
    """Pairs with their measures. table: orders_a, orders_b, orders_ab. n: orders in all. tests: pairs looked at, told or not."""
    a, b, both = (table[name].astype(float) for name in ("orders_a", "orders_b", "orders_ab"))
    p = by_chance(both, a, b, n)
    adjusted = benjamini_hochberg(p, max(tests, len(p)))
    lift = both * n / (a * b)
    return table.assign(
        support=both / n,
        confidence_ab=both / a,
        confidence_ba=both / b,
        lift=lift,
        leverage=both / n - a * b / n**2,
        p_value=p,
        p_adjusted=adjusted,
        surely=(adjusted < FALSE_ALARMS) & (lift > 1),
    )


def partners(store: Store, product_id: str) -> pd.DataFrame:
    """What stood in one order with a product, any number of times, most often first: product_id, product, and the measures of Pairs with the product as a.

    p_adjusted is over the products it was seen with.
    """
    table = store.with_contents().query("baskets/partners", product_id=product_id)
    n = int(store.query("baskets/counted").orders.iloc[0])
    return measured(table, n, len(table))


def near(store: Store, product_id: str, days: int = 90) -> pd.DataFrame:
    """What customers of a product bought on another day within `days` before or after it, most customers first.

    product_id, product, customers_a (of the product), customers_b (of the other), customers_ab (of both, so near), share (customers_ab /
    customers_a), lift (share over the other's share of all customers; any time, so a little too low).
    """
    table = store.with_purchases().query("baskets/near", product_id=product_id, days=int(days))
    everybody = int(store.query("baskets/counted").customers.iloc[0])
    share = table.customers_ab / table.customers_a
    return table.assign(share=share, lift=share / (table.customers_b / max(everybody, 1)))
