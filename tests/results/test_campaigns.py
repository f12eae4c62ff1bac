"""The campaign diary read back: rows to check by hand."""

from __future__ import annotations

import numpy as np

from analytics.results import campaigns
from analytics.workspace import Notebook, noted
from tests.support.rows import shop

ORDERS = [
    ("old", "2025-01-05", 10), ("old", "2025-03-10", 100), ("new", "2025-03-11", 200), ("new", "2025-05-01", 5), ("slow", "2025-03-11", 50),
    ("slow", "2025-09-01", 5), ("near", "2025-02-20", 30), ("near", "2025-03-09", 30), ("late", "2025-03-12", 40),
    ("guest", "2025-03-13", 1), ("end", "2025-12-31", 1),
]  # fmt: skip


def test_a_campaign_stands_beside_as_many_days_before_and_after_and_the_customers_it_won() -> None:
    notebook = Notebook()
    notebook.put(
        "campaigns",
        [
            {"name": "spring", "first_day": "2025-03-10", "last_day": "2025-03-11", "cost": 30},
            {"name": "last", "first_day": "2025-12-31"},
        ],
    )
    last, row = campaigns(noted(shop(ORDERS), notebook)).to_dict("records")
    assert (row["length"], row["orders_before"], row["orders"], row["orders_after"]) == (2, 1, 3, 2)
    assert (row["revenue_before"], row["revenue"], row["revenue_after"]) == (30, 350, 41)
    assert (row["buyers"], row["old_buyers"], row["won"]) == (3, 1, 2), "old had bought before"
    assert (row["won_eligible"], row["won_back"]) == (2, 1), "slow came back after 90 days"
    assert (row["around_eligible"], row["around_back"]) == (3, 1), "near, late and guest within 60 days"
    assert (row["difference"] > 0, row["low"] < 0) == (True, True)
    assert np.isnan(last["orders_after"]), "the data end with the campaign"
    assert (last["orders"], last["over"], last["won_eligible"]) == (1, True, 0)
    assert np.isnan(last["difference"])


def test_an_empty_diary_is_an_empty_table() -> None:
    assert campaigns(noted(shop(ORDERS), Notebook())).empty
