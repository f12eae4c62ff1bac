"""Groups of customers at the same age: on rows a reader can check by hand, then on the planted truths of the demo shops, then as a property."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.duration.survfunc import survdiff

from analytics.cohorts import groups as cuts
from analytics.errors import RegularsError, TooLittleData
from analytics.statistics import Survival, kaplan_meier
from tests.support.real import demo, truths
from tests.support.rows import order, shop


def test_customers_won_in_a_campaign_come_back_half_as_often():
    store, wanted = demo("tea"), truths("tea")
    spans = [
        span
        for name in ("11.11", "12.12")
        for span in cuts.campaign_days(name, store.shop.first_ordered, store.shop.as_of)
    ]
    found = cuts.compare(store, cuts.groups(store, "campaign", campaign=spans), [90, 180])
    at_180 = found.at(180).set_index("name")
    for group, key in (("campaign", "all campaigns"), ("rest", "all other days")):
        truth = wanted["campaigns"][key]["within_days"]["180"]
        assert at_180.loc[group, ["repurchased", "eligible"]].tolist() == [truth["repurchased"], truth["eligible"]]
    difference = found.difference("campaign", "rest", 180)
    assert difference.told_apart
    assert difference.high < 0
    factor = at_180.rate["campaign"] / at_180.rate["rest"]
    assert factor == pytest.approx(wanted["planted"]["campaign_factor_on_second_purchase"], abs=0.15)


def test_first_discounts_of_the_fashion_shop():
    store, wanted = demo("fashion"), truths("fashion")
    found = cuts.compare(store, cuts.groups(store, "depth"), [90]).at(90).set_index("name")
    assert found.rate["0 %"] > found.rate["11-20 %"] > found.rate["21-30 %"]
    none = wanted["first_coupon"]["none"]["within_days"]["90"]
    codes = cuts.compare(store, cuts.groups(store, "code"), [90]).at(90)
    assert codes[codes.name.isna()][["repurchased", "eligible"]].to_numpy().tolist() == [
        [none["repurchased"], none["eligible"]]
    ]
    channels = cuts.compare(store, cuts.groups(store, "channel"), [90]).at(90).set_index("name")
    for channel, truth in wanted["first_channel"].items():
        at_90 = truth["within_days"]["90"]
        assert channels.loc[channel, ["repurchased", "eligible"]].tolist() == [at_90["repurchased"], at_90["eligible"]]


def test_a_first_basket_of_two_products_is_in_both_groups():
    store = shop(
        [order("ann", "2025-01-05", products=["tea", "cup"]), order("bob", "2025-01-06", products=["tea", "tea"])]
    )
    customers = cuts.groups(store, "product", least=1)
    assert customers.values.tolist() == [
        ["ann@example.com", "cup"],
        ["ann@example.com", "tea"],
        ["bob@example.com", "tea"],
    ]
    found = cuts.compare(store, customers)
    assert found.names == ("tea", "cup")
    assert found.overlapping
    assert np.isnan(found.p_value), "customers in both groups: the curves are not independent"


def test_small_groups_and_all_but_the_largest_are_left_out():
    rows = [
        order(f"{city}{i}", "2025-01-05", city=city) for city, n in (("A", 3), ("B", 2), ("C", 1)) for i in range(n)
    ]
    store = shop([*rows, order("z", "2025-01-05")])
    assert cuts.compare(store, cuts.groups(store, "city", least=2)).names == ("A", "B")
    assert cuts.compare(store, cuts.groups(store, "city", least=1, most=1)).names == ("A",)
    assert None in cuts.compare(store, cuts.groups(store, "city", least=1)).names, (
        "a city not given is a group of its own"
    )
    with pytest.raises(TooLittleData, match="large enough"):
        cuts.compare(store, cuts.groups(store, "city", least=30))


def test_groups_are_compared_at_the_same_age_only():
    rows = [
        ("a1", "2025-01-01"),
        ("a1", "2025-01-20"),
        ("a2", "2025-03-20"),
        ("b1", "2025-01-01"),
        ("b2", "2025-01-02"),
    ]
    store = shop(rows, as_of="2025-03-31")
    mapping = pd.DataFrame(
        {"customer_id": [f"{who}@example.com" for who in ("a1", "a2", "b1", "b2")], "name": list("aabb")}
    )
    found = cuts.compare(store, mapping, [30])
    assert found.at(30)[["name", "customers", "eligible", "repurchased"]].values.tolist() == [
        ["a", 2, 1, 1],
        ["b", 2, 2, 0],
    ]
    difference = found.difference("a", "b", 30)
    assert difference.difference == 1
    assert not difference.told_apart, "one against two customers"


def test_a_mapping_made_elsewhere_follows_the_same_rule():
    mapping = pd.DataFrame({"customer_id": list("uvwxyz"), "name": ["p", "p", "p", "q", "q", "r"]})
    assert set(cuts.largest(mapping, least=2).name) == {"p", "q"}
    assert set(cuts.largest(mapping, least=1, most=1).name) == {"p"}


def test_campaign_days():
    first, last = date(2024, 11, 10), date(2026, 6, 16)
    assert cuts.campaign_days("11.11", first, last) == [
        (date(2024, 11, 9), date(2024, 11, 11)),
        (date(2025, 11, 9), date(2025, 11, 11)),
    ]
    assert cuts.campaign_days("6.18", first, last)[-1] == (date(2026, 6, 16), date(2026, 6, 18))
    assert [day for day, _ in cuts.member_days(31, date(2025, 1, 1), date(2025, 4, 30))] == [
        date(2025, 1, 31),
        date(2025, 3, 31),
    ]


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("pqr"), st.integers(1, 40), st.booleans()), min_size=6, max_size=60))
def test_the_log_rank_test_equals_statsmodels(watched):
    frame = pd.DataFrame(watched, columns=["group", "day", "event"])
    curves = list(curves_of(frame))
    if frame.group.nunique() < 2 or not frame.event.any():
        assert np.isnan(cuts.logrank(curves))
        return
    last_at_risk = frame.groupby("group").day.max().min()
    if not frame.event[frame.day <= last_at_risk].any():
        return
    _, p = survdiff(frame.day, frame.event.astype(int), frame.group)
    assert cuts.logrank(curves) == pytest.approx(p, abs=1e-9)


def curves_of(frame: pd.DataFrame) -> Iterator[Survival]:
    for _, rows in frame.groupby("group"):
        counts = rows.groupby("day").event.agg(events="sum", censored=lambda event: (~event).sum())
        yield kaplan_meier(counts.reset_index())


def test_a_wrong_cut_is_named():
    with pytest.raises(RegularsError, match="'colour'"):
        cuts.groups(shop([("ann", "2025-01-05")]), "colour")
