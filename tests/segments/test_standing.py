"""How the segments stand: every figure against the scores of that day, and what is usual."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from analytics.segments.rfm import STATE_OF, rfm, scored, usual_cuts
from analytics.segments.standing import standings
from analytics.statistics import usual_change
from analytics.store import Filters
from tests.support.real import demo
from tests.support.rows import AS_OF, bought, shop


@pytest.mark.parametrize("name", ["tea", "uci"])
def test_each_day_is_counted_by_the_cut_values_of_now(name: str) -> None:
    store = demo(name)
    cuts = usual_cuts(store)
    edges, found = rfm(store, cuts).edges, standings(store, cuts)
    for place in range(3):
        [day] = {one.spans[place][0] for one in found.values()}
        customers = scored(store, edges, [day])
        regulars = customers.segment.isin(["Champions", "Loyal"])
        late = (
            customers.high_value
            & (customers.days >= 2)
            & customers.recency.between(edges.cycle, 3 * edges.cycle, inclusive="right")
        )
        wanted = {
            "awake": (customers.segment.map(STATE_OF) == "awake").sum(),
            "waiting": customers.segment.isin(["New", "Promising"]).sum(),
            "late": late.sum(),
            "regulars_share": customers.revenue[regulars].sum() / customers.revenue.sum()
            if regulars.sum() >= 30
            else np.nan,
        }
        for measure, value in wanted.items():
            one = found[measure]
            assert (one.now, one.before, one.year_ago)[place] == pytest.approx(value, nan_ok=True), (measure, day)
    assert [span[0] for span in found["awake"].spans] == [
        store.shop.as_of,
        (pd.Timestamp(store.shop.as_of) - pd.DateOffset(months=3)).date(),
        (pd.Timestamp(store.shop.as_of) - pd.DateOffset(years=1)).date(),
    ]


def test_what_is_usual_comes_from_month_ends_three_months_apart() -> None:
    store = demo("tea")
    cuts = usual_cuts(store)
    edges, found = rfm(store, cuts).edges, standings(store, cuts)["awake"]
    ends = pd.date_range("2025-03-31", "2026-10-31", freq="ME")
    awake = [(scored(store, edges, [end.date()]).segment.map(STATE_OF) == "awake").sum() for end in ends]
    assert (found.usual, found.months) == pytest.approx(usual_change(awake, lag=3, relative=True))


def test_a_chosen_start_is_the_day_to_compare_with_and_changes_no_figure_of_now() -> None:
    store = demo("tea")
    later = store.filtered(Filters(start=date(2026, 8, 1)))
    whole, found = (standings(view, usual_cuts(view)) for view in (store, later))
    assert found["awake"].spans[1] == (date(2026, 7, 31), date(2026, 7, 31))
    assert {name: one.now for name, one in found.items()} == {name: one.now for name, one in whole.items()}


def test_a_young_shop_is_compared_with_nothing() -> None:
    found = standings(shop(bought("ann", 0, 30), as_of=AS_OF), usual_cuts(shop(bought("ann", 0, 30), as_of=AS_OF)))
    assert all(np.isnan(one.before) and np.isnan(one.usual) for one in found.values())
    assert "late" not in found
