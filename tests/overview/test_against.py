"""How the headline figures stand: spans and usual ranges by hand, then every figure of two demo shops against pandas."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.overview import against
from analytics.statistics import Standing, usual_change
from analytics.store import Filters, Store
from tests.support.real import demo
from tests.support.rows import shop


def test_what_is_usual_comes_from_the_moving_ranges() -> None:
    width, told = usual_change([10, 12, 10, 12, 10, 12, 10])
    assert (width, told) == (pytest.approx(2 * 2 / 1.128 * np.sqrt(2)), 6)
    assert usual_change([10, 12, 10, 12, 10, 12, 10], 4)[0] == pytest.approx(width / 2), (
        "four months together wobble half as much"
    )
    assert np.isnan(usual_change([10, 12, 10, 12, 10, 12])[0]), "five changes tell nothing"
    assert usual_change([1, 2, 4, 8, 16, 32, 64], relative=True)[0] == pytest.approx(2 * np.log(2) / 1.128 * np.sqrt(2))


def test_an_unknown_month_is_no_change_of_zero() -> None:
    assert usual_change([10, np.nan, 10, 12, 10, 12, 10, 12, 10])[1] == 6


@given(st.lists(st.floats(0, 1), min_size=7, max_size=24), st.floats(-0.5, 0.5))
def test_the_range_does_not_depend_on_the_level(values: list[float], shift: float) -> None:
    assert usual_change(np.array(values) + shift)[0] == pytest.approx(usual_change(values)[0], abs=1e-9)


def test_a_change_is_usual_or_not_or_not_to_be_said() -> None:
    one = Standing(now=0.30, before=0.25, year_ago=np.nan, usual=0.06)
    assert (one.is_usual(one.before), one.is_usual(one.year_ago)) == (True, None)
    assert Standing(0.32, 0.25, np.nan, 0.06).is_usual(0.25) is False
    more = Standing(now=150, before=100, year_ago=0, usual=np.log(1.4), relative=True)
    assert more.change(more.before) == pytest.approx(0.5)
    assert (more.is_usual(100), more.is_usual(0)) == (False, None)


class ByHand:
    """The figures of spans of days, by pandas from the plain orders; NaN on fewer than thirty orders or customers."""

    def __init__(self, store: Store, days: int) -> None:
        orders = store.table("orders").dropna(subset="customer_id")
        orders["day"] = orders.ordered_at.dt.normalize()
        bought = orders[["customer_id", "day"]].drop_duplicates().sort_values("day")
        place = bought.groupby("customer_id").cumcount()
        self.won, again, third = (bought[place == n].set_index("customer_id").day for n in (0, 1, 2))
        self.second, self.third_in_time = again, (third.reindex(again.index) - again).dt.days <= days
        self.back = (again.reindex(self.won.index) - self.won).dt.days <= days
        self.orders = orders.assign(later=orders.day > orders.customer_id.map(self.won))

    def of(self, first: date, last: date) -> dict[str, float]:
        start, end = pd.Timestamp(first), pd.Timestamp(last)
        inside = self.orders[self.orders.day.between(start, end)]
        revenue, later = inside.revenue, inside.later
        back = self.back[self.won.between(start, end)]
        thirds = self.third_in_time[self.second.between(start, end)]
        return {
            "rate": back.mean() if len(back) >= 30 else np.nan,
            "third_rate": thirds.mean() if len(thirds) >= 30 else np.nan,
            "revenue_share": revenue[later].sum() / revenue.sum(),
            "order_share": later.mean(),
            "buyers": inside.customer_id.nunique(),
            "new_customers": len(back),
            "first_aov": revenue[~later].mean() if (~later).sum() >= 30 else np.nan,
            "repeat_aov": revenue[later].mean() if later.sum() >= 30 else np.nan,
        }


@pytest.mark.parametrize("name", ["tea", "fashion"])
def test_the_latest_three_months_of_the_demo_shops(name: str) -> None:
    store = demo(name)
    found = against(store, 90)
    assert found["buyers"].spans == tuple(
        (date(year, month, 1), date(year, month + 2, 31)) for year, month in ((2026, 8), (2026, 5), (2025, 8))
    )
    assert found["rate"].spans[0] == (date(2026, 5, 1), date(2026, 7, 31)), "all of them are ninety days old"
    hand, from_day = ByHand(store, 90), store.shop.first_ordered + timedelta(days=90)
    months = [
        (m.date(), (m + pd.DateOffset(months=1, days=-1)).date())
        for m in pd.date_range(from_day, "2026-10-31", freq="MS")
    ]
    for measure, one in found.items():
        values = [hand.of(*span)[measure] for span in one.spans]
        assert (one.now, one.before, one.year_ago) == pytest.approx(values), measure
        told = [month for month in months if measure not in ("rate", "third_rate") or month[1] <= date(2026, 8, 2)]
        length = ((one.spans[0][1] - one.spans[0][0]).days + 1) / (365.25 / 12)
        usual = usual_change([hand.of(*month)[measure] for month in told], length, relative=one.relative)
        assert (one.usual, one.months) == pytest.approx(usual, nan_ok=True), measure


def test_a_chosen_period_is_held_against_the_same_length_before_and_a_year_ago() -> None:
    store = demo("tea").filtered(Filters(start=date(2026, 9, 1), end=date(2026, 9, 30)))
    found = against(store, 30)
    assert found["buyers"].spans == (
        (date(2026, 9, 1), date(2026, 9, 30)), (date(2026, 8, 2), date(2026, 8, 31)), (date(2025, 9, 1), date(2025, 9, 30)),
    )  # fmt: skip
    assert found["buyers"].chosen
    assert "rate" in against(store, 29)
    assert found.get("rate") is None, "nobody won in these thirty days is thirty days old but on its first"


def test_what_lies_in_the_first_months_is_compared_with_nothing() -> None:
    store = demo("tea").filtered(Filters(start=date(2025, 5, 1)))
    found = against(store, 90)["buyers"]
    assert found.spans[1:] == (None, None)
    assert np.isnan(found.before)
    assert found.is_usual(found.before) is None


@pytest.mark.parametrize(
    "rows", [[("ann", "2025-01-01")], [("", "2025-01-01")], [("ann", "2025-01-01"), ("ann", "2025-12-01")]]
)
def test_small_shops_are_compared_with_nothing(rows: list) -> None:
    assert all(np.isnan(one.usual) or one.months >= 6 for one in against(shop(rows)).values())
