"""Parcels: three views of rows to check by hand, the owner's cost, and what is said where files tell nothing."""

from __future__ import annotations

import pytest

from tests.support.app import captions, everything, markdown, opened, rerun
from tests.support.parcels import MARCH, parcel, shopee_csv
from tests.support.rows import SMALL, shopify_csv

PARCELS = "pages/parcels/page.py"
SHOP = ("Order.all.20250301_20250310.csv", shopee_csv(MARCH))


def test_each_view_answers_for_itself_and_the_cost_is_the_owners():
    at = opened(PARCELS, SHOP)
    assert at.subheader[0].value.startswith("Nobody picked up 1 of 5 parcels (20.0 %).")
    at.number_input(key="parcels_cost").set_value(80)
    rerun(at)
    assert r"At NT\$80 each they cost NT\$80, or NT\$20 on every parcel that somebody took." in everything(at).replace(
        "NT$", r"NT\$"
    )
    assert "2 orders have a time that cannot be used" in [one.label for one in at.expander]
    at.button_group(key="parcels_view").set_value("buyers")
    rerun(at)
    assert (
        "Of 5 known buyers to whom parcels were sent, 1 left one unclaimed, 0 of them more than one."
        in at.subheader[0].value
    )
    assert "One unclaimed parcel out of one says nothing of a person" in captions(at)
    at.button_group(key="parcels_view").set_value("days")
    rerun(at)
    assert "1 of 3 left later than they should (33.3 %)." in at.subheader[0].value
    assert "No review is joined to these orders" in captions(at)


@pytest.mark.parametrize(
    ("view", "said"),
    [
        ("ends", "These exports do not say which parcels nobody picked up."),
        ("buyers", "so nobody can be told apart by it."),
        ("days", "These exports do not say when parcels left or arrived."),
    ],
)
def test_one_order_of_a_shop_that_tells_nothing(view, said):
    at = opened(PARCELS, ("orders_export_1.csv", shopify_csv(SMALL["one order"])), parcels_view=view)
    assert said in at.subheader[0].value
    assert "0 %" not in markdown(at)


def test_orders_that_all_still_wait_give_no_rate():
    waiting = [parcel(who, "2025-03-01 10:00", "待出貨") for who in ("ann", "bob")]
    at = opened(PARCELS, ("Order.toship.20250301_20250301.csv", shopee_csv(waiting)))
    assert "do not say yet what became of any of the 2 orders" in at.subheader[0].value
    assert not at.metric
    assert "There is nothing to compare yet." in captions(at)
