"""Twelve sessions on one shop, each with filters of its own: they never get in each other's way, nor each other's answers."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from analytics.repurchase import repurchase
from analytics.sources import Upload
from analytics.store import Filters, Store, imports, kept, open_shop
from tests.support.rows import order, shopify_csv

SESSIONS, CLICKS = 12, 3
ORDERS = [
    order(
        f"c{n // 2 * n // 2 % 37}", f"2025-{1 + n // 2 % 12:02d}-{1 + n // 2 % 27:02d}", 10 + n, products=(f"p{n % 5}",),
        status="refunded" if n % 11 == 0 else "paid", refunded=10 + n if n % 11 == 0 else 0,
    )
    for n in range(240)
]  # fmt: skip
CHOICES = [
    Filters(),
    Filters(start=date(2025, 4, 1)),
    Filters(end=date(2025, 8, 31)),
    Filters(leave_out_revenue=1000),
    Filters(leave_out_days=5),
    Filters(include=("refunded",)),
    Filters(same_day=True),
    Filters(start=date(2025, 2, 1), end=date(2025, 6, 30)),
]


@pytest.fixture(scope="module", params=["in memory", "in a file"])
def shop(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The whole shop, as the server holds it: once for all who look at it."""
    if request.param == "in memory":
        store = open_shop([Upload("orders_export_1.csv", shopify_csv(ORDERS))]).store
    else:
        folder: Path = tmp_path_factory.mktemp("shop")
        (folder / "export.csv").write_bytes(shopify_csv(ORDERS))
        uploads = [Upload("orders_export_1.csv", folder / "export.csv")]
        written = imports.write_shop(folder / "shop.duckdb", uploads)
        kept.sign(folder / "shop.duckdb", written, written.problems)
        store = kept.open_written(folder / "shop.duckdb").store
    assert store is not None
    return store


def answers(store: Store) -> tuple:
    """What some pages would show of this view."""
    totals = repurchase(store).totals
    revenue = store.with_purchases().query("overview/revenue_by_channel")
    return (
        store.shop, int(totals.orders), int(totals.customers), round(float(totals.revenue), 2), str(totals.average_repurchases),
        len(store.table("order_lines")), store.table("customers").label.tolist(), revenue.to_json(),
    )  # fmt: skip


def test_sessions_that_change_their_filters_all_get_their_own_answers(shop: Store) -> None:
    alone = []
    for chosen in CHOICES:
        view = shop.filtered(chosen)
        alone.append(answers(view))
        view.close()
    assert len(set(map(str, alone))) == len(CHOICES), "each choice has an answer of its own"

    def session(number: int) -> list[int]:
        order, wrong = random.Random(number), []
        for _click in range(CLICKS):
            choice = order.randrange(len(CHOICES))
            view = shop.filtered(CHOICES[choice])
            if answers(view) != alone[choice]:
                wrong.append(choice)
            view.close()
        return wrong

    with ThreadPoolExecutor(SESSIONS) as sessions:
        assert list(sessions.map(session, range(SESSIONS))) == [[]] * SESSIONS
    assert answers(shop) == alone[0], "the shop stays when its views go"
