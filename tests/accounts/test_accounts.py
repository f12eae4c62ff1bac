"""Accounts that are no customers: by hand, on the tea shop where five are planted, and on the other shops."""

from __future__ import annotations

import pytest

from analytics.accounts import suspects, without
from analytics.repurchase import repurchase
from analytics.store import Filters
from tests.support.real import demo, truths
from tests.support.rows import order, shop

PEOPLE = [order(f"c{i}", f"2025-0{1 + back}-{1 + i % 28:02}", 100) for i in range(40) for back in (0, 2)]


def of(*rows: dict) -> dict[str, list[str]]:
    """Account -> its signs, in a shop of forty people who buy twice."""
    return {row.customer_id.split("@")[0]: row.signs for row in suspects(shop([*PEOPLE, *rows])).table.itertuples()}


def test_each_sign_alone_is_nobodys_fault() -> None:
    rich = [order("rich", f"2025-0{month}-05", 3000) for month in range(1, 7)]
    bulk = [order("bulk", "2025-03-05", 100, products=["tea"] * 12)]
    often = [order("often", f"2025-03-{day:02}", 10) for day in range(1, 21)]
    named = [order("staff_ann", "2025-03-05", 100)]
    assert of(*rich) == of(*bulk) == of(*often) == of(*named) == {}


def test_two_signs_are_said_together() -> None:
    wholesale = [order("hotel", f"2025-0{month}-05", 3000, products=["tea"] * 12) for month in range(1, 7)]
    staff = [order("ann", f"2025-03-{day:02}", 10, coupon="STAFF30") for day in range(1, 21)]
    assert of(*wholesale, *staff) == {"hotel": ["share", "units"], "ann": ["pace", "name"]}


def test_a_handful_of_customers_is_nothing_to_compare_with() -> None:
    rows = [order("hotel", f"2025-0{month}-05", 9000, products=["tea"] * 50) for month in range(1, 7)]
    assert suspects(shop([*PEOPLE[:20], *rows])).table.empty


def test_the_five_planted_accounts_of_the_tea_shop_and_nobody_else() -> None:
    found = suspects(demo("tea"))
    planted = truths("tea")["planted"]
    assert set(found.ids) == {*planted["wholesale_accounts"], *planted["staff_accounts"]}
    assert found.share == pytest.approx(0.163, abs=0.0005)
    assert not set(found.table.label) & set(found.ids), "masked"


@pytest.mark.parametrize(("name", "accounts"), [("fashion", 0), ("durable", 0), ("uci", 4)])
def test_the_other_shops(name: str, accounts: int) -> None:
    assert len(suspects(demo(name)).ids) == accounts


def test_what_leaving_them_out_changes_is_what_the_filter_gives() -> None:
    store, bare = demo("tea"), truths("tea")["without_staff_and_wholesale"]
    ids = suspects(store).ids
    change, filtered = without(store, ids), repurchase(store.filtered(Filters(leave_out=ids)))
    assert change.repeat_before == pytest.approx(truths("tea")["revenue_share"], abs=1e-6)
    assert (
        change.repeat_after == pytest.approx(filtered.revenue_share) == pytest.approx(bare["revenue_share"], abs=1e-6)
    )
    assert change.rate_after == pytest.approx(filtered.within.set_index("days").rate[90])
    assert without(store, ()).repeat_after == change.repeat_before
