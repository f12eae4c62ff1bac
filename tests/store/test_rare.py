"""The tables that most exports have nothing for: made empty with the columns, in the order, of the queries that fill them."""

from __future__ import annotations

import re

import duckdb
import pytest

from analytics.sources import Upload
from analytics.store import open_shop, parcels, staging
from analytics.store.statements import fill, statement

TIKTOK = """Order ID,Order Status,Cancelation/Return Type,SKU ID,Product Name,Quantity,Sku Quantity of return,SKU Subtotal Before Discount,SKU Seller Discount,Created Time,Shipped Time,Buyer Username
1,Completed,,1,tea,1,none,100,10,15/03/2025 10:05:00,16/03/2025 10:05:00,ann
1,Canceled,Cancel,2,cup,1,0,50,0,15/03/2025 10:05:00,16/03/2025 10:05:00,ann
2,Completed,Return/Refund,1,tea,one,0,100,0,16/03/2025 10:05:00,,bob
3,Completed,Mystery,1,tea,1,0,100,0,17/03/2025 10:05:00,,cat
"""
REVIEWS = "Review ID,Review Creation Date,Review Score,Review Title,Review Content,Reviewer Email\n1,2025-04-01,5,Great,Lovely tea,a@example.com\n"


def test_their_columns_are_those_of_what_fills_them(monkeypatch: pytest.MonkeyPatch) -> None:
    filled: dict[str, tuple[list, list]] = {}

    def compared(con: duckdb.DuckDBPyConnection, table: str, name: str, **params: object) -> None:
        there, comes = (
            [row[0] for row in con.execute(f"describe {what}", told or None).fetchall()]
            for what, told in ((table, {}), (statement(name), params))
        )
        filled[table] = (there, comes)
        fill(con, table, name, **params)

    for room in (staging, parcels):
        monkeypatch.setattr(room, "fill", compared)
    given = [Upload("orders.csv", TIKTOK.encode()), Upload("reviews.csv", REVIEWS.encode())]
    store = open_shop(given).store
    assert (store.shop.orders, store.shop.reviews) == (2, 1)
    rare = set(re.findall(r"create (?:or replace )?table (?:if not exists )?(\S+)", statement("store/stg_rare")))
    assert set(filled) >= rare - {"staged.parcel_ways"}, "which is filled with values alone"
    for there, comes in filled.values():
        assert comes == there
