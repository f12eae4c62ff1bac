"""The overview's figures: the waterfall adds up, and the curve of concentration ends at all."""

from __future__ import annotations

import pandas as pd
import pytest

from analytics.overview import charts, overview
from tests.support.rows import order, shop

LABELS = {"customers": "Customers", "frequency": "Orders each", "order_value": "Order value", "change": "Change"}


@pytest.mark.parametrize("moved", [(100, -30, 20), (-50, -20, 10), (0, 0, 0)])
def test_the_waterfall_starts_at_nothing_and_ends_at_the_change(moved: tuple[int, int, int]) -> None:
    table = pd.DataFrame([dict(zip(("customers", "frequency", "order_value"), moved, strict=True))])
    [bars] = charts.change_parts(table, LABELS, prefix="$").data
    low, high = list(bars.base), [base + height for base, height in zip(bars.base, bars.y, strict=True)]
    at = 0
    for step, part in enumerate(moved):
        assert (low[step], high[step]) == (min(at, at + part), max(at, at + part))
        at += part
    assert (low[3], high[3]) == (min(0, at), max(0, at))
    assert bars.text[1] == f"${'+' if moved[1] >= 0 else '−'}{abs(moved[1])}"


def test_the_best_customers_come_first_and_all_of_them_bring_everything() -> None:
    found = overview(shop([order(f"c{n}", "2025-01-05", 100 * n) for n in range(1, 11)]))
    table = found.concentration.set_index("top")
    assert table.index.tolist() == [round(0.05 * step, 2) for step in range(1, 21)]
    assert table.loc[[0.05, 0.1, 0.2, 1.0], "top_customers"].tolist() == [1, 1, 2, 10]
    assert table.loc[[0.1, 0.2, 1.0], "top_revenue"].astype(float).tolist() == [1000, 1900, 5500]
    assert (table.customers == 10).all()
    line = charts.concentration(found.concentration, [""] * 20, axes=("", ""), even="").data[1]
    assert (line.x[0], line.y[0], line.x[-1], float(line.y[-1])) == (0, 0, 1, 1)
