"""A catalogue of fifty thousand products: every view of the product pages answers, says how many there are, and draws only what can be read."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from pages.shared import menu, tables
from tests.support import app

PRODUCTS = 50_000


@pytest.fixture(scope="module")
def catalogue() -> bytes:
    """Each product sold once, in ten thousand orders of five lines; each customer comes five times."""
    rows = [
        "Name,Email,Financial Status,Currency,Subtotal,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku"
    ]
    for product in range(PRODUCTS):
        order, place = divmod(product, 5)
        fields = (
            f"c{order // 5}@example.com,paid,TWD,500,{date(2025, 1, 1) + timedelta(days=order % 360)} 10:00:00 +0800"
            if not place
            else ",,,,"
        )
        rows.append(f"#{order},{fields},1,Tea number {product},100,SKU-{product}")
    return "\n".join(rows).encode()


def test_a_catalogue_of_fifty_thousand_products(catalogue: bytes):
    at = app.opened(menu.file("products"), ("orders_export_1.csv", catalogue))
    assert at.metric[0].value == f"{PRODUCTS:,}"
    assert f"The first {tables.MOST_ROWS:,} of {PRODUCTS:,} rows" in app.captions(at)
    for _view in app.in_every_view(at, "products_view", ["figures", "one", "still", "sheet"]):
        assert sum(len(table.value) for table in at.dataframe) <= tables.MOST_ROWS
        assert sum(map(len, app.figures(at))) < 200_000
