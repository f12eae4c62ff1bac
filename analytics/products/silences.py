"""Days on which a steady seller sold nothing: found by how many orders it should have had, given what the shop sold on those days."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd

from analytics.store import Store

EXPECTED = 15.0
"""Orders that a product should have had in a silence before it is told: chance leaves out as many once in three million times."""
AROUND = 60
"""Days before and after a silence from which a product's usual share of the shop's orders is taken."""
SHORTEST, LONGEST = 7, 120
"""Days of a silence; what is away for longer has its season, or was given up."""
STEADY = 1 / 3
"""Share of a product's days, from first to last sale, that its silences may fill: beyond that it is seasonal, not out of stock."""
_EPOCH = date(1970, 1, 1)
_SPAN = 10**6
"""What a product's number is multiplied with, so that a day fits below it."""


def silences(store: Store) -> pd.DataFrame:
    """Silences of steady sellers, the most missed first; one row each: product_id, product, first_day, last_day, days, expected, ongoing.

    expected: orders it would have had at its share of the shop's orders around (AROUND days on either side, the lower of the two). ongoing: no
    sale since, up to the as-of day. A day on which the whole shop sold nothing misses nothing. Nothing here says why: out of stock, taken off, hidden.
    """
    store.with_purchases()
    sold = store.query("products/sale_days", least=2 * int(EXPECTED))
    shop = store.query("products/shop_days")
    empty = pd.DataFrame(columns=["good", "first_day", "last_day", "days", "expected", "ongoing"])
    found = _found(sold, shop, (store.shop.as_of - _EPOCH).days) if len(sold) else empty
    names = store.table("products").set_index("good")[["product_id", "product"]]
    found = found.join(names, on="good").sort_values(
        ["expected", "product_id"], ascending=[False, True], ignore_index=True
    )
    for column in ("first_day", "last_day"):
        found[column] = pd.to_datetime([_EPOCH + timedelta(days=int(day)) for day in found[column]])
    return found[["product_id", "product", "first_day", "last_day", "days", "expected", "ongoing"]]


def _found(sold: pd.DataFrame, shop: pd.DataFrame, as_of: int) -> pd.DataFrame:
    """The silences, days counted from 1970. sold: place (good × _SPAN + day), orders, ascending; shop: day, orders, ascending."""
    place, orders = (sold[name].to_numpy(dtype=np.int64) for name in ("place", "orders"))
    good, day = place // _SPAN, place % _SPAN
    last = np.append(good[1:] != good[:-1], True)
    following = np.where(last, as_of + 1, np.append(day[1:], 0))
    start, end = day + 1, following - 1
    long = end - start + 1 >= SHORTEST
    first = np.append(True, good[1:] != good[:-1])
    lasted = pd.Series(day[last] - day[first] + 1, index=good[first])
    good, start, end, last = good[long], start[long], end[long], last[long]
    shop_day, shop_sum = shop.day.to_numpy(dtype=np.int64), np.append(0, shop.orders.to_numpy(dtype=np.int64).cumsum())

    def of_shop(first: np.ndarray, until: np.ndarray) -> np.ndarray:
        return shop_sum[np.searchsorted(shop_day, until, "right")] - shop_sum[np.searchsorted(shop_day, first, "left")]

    total = np.append(0, orders.cumsum())

    def of_good(first: np.ndarray, until: np.ndarray) -> np.ndarray:
        return (
            total[np.searchsorted(place, good * _SPAN + until, "right")]
            - total[np.searchsorted(place, good * _SPAN + first, "left")]
        )

    before, after = (start - AROUND, start - 1), (end + 1, end + AROUND)
    shares = [of_good(*side) / np.maximum(of_shop(*side), 1) for side in (before, after)]
    expected = np.where(last, shares[0], np.minimum(*shares)) * of_shop(start, end)
    silent = pd.DataFrame(
        {
            "good": good,
            "first_day": start,
            "last_day": end,
            "days": end - start + 1,
            "expected": expected,
            "ongoing": last,
        }
    )
    silent = silent[silent.expected >= EXPECTED]
    missed = silent[~silent.ongoing].groupby("good").days.sum() / lasted
    return silent[(silent.good.map(missed).fillna(0) <= STEADY) & (silent.days <= LONGEST)]
