"""Contact lists, the holdout, lists with a purpose, and the card of one customer."""

from __future__ import annotations

import math
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.contacts import (
    NOTICEABLE,
    SHARES,
    bought_around,
    contact_list,
    detectable,
    first_to_know,
    held_out_of,
    holdout,
    pace,
    subscription_candidates,
    survey_sample,
)
from analytics.contacts.customer import customer
from analytics.errors import InputError
from analytics.segments.advice import ADVICE, QUESTIONS
from analytics.segments.rfm import SEGMENTS, rfm
from analytics.sources import Upload
from analytics.store import open_shop
from tests.support.real import FILES, real
from tests.support.rows import AS_OF, bought, order, shop, shopify_csv

names = st.lists(st.text("abcdefgh0123", min_size=1, max_size=6), max_size=80, unique=True)


def days_before(back: int) -> str:
    return str(date.fromisoformat(AS_OF) - timedelta(days=back))


@given(names, st.floats(0, 1), st.integers(0, 3), st.randoms(use_true_random=False))
def test_the_holdout_has_its_share_and_does_not_depend_on_the_order(
    who: list[str], share: float, seed: int, dice
) -> None:
    held = held_out_of(who, share=share, seed=seed)
    assert held.sum() == math.floor(share * len(who) + 0.5)
    shuffled = list(who)
    dice.shuffle(shuffled)
    again = held_out_of(shuffled, share=share, seed=seed)
    assert {name for name, out in zip(who, held, strict=True) if out} == {
        name for name, out in zip(shuffled, again, strict=True) if out
    }


def test_a_larger_holdout_holds_the_smaller_one_and_a_seed_draws_another() -> None:
    who = [f"c{place}" for place in range(1000)]
    ten, twenty = held_out_of(who, share=0.1), held_out_of(who, share=0.2)
    assert (ten.sum(), twenty.sum()) == (100, 200)
    assert (twenty | ~ten).all()
    assert 2 < (ten & held_out_of(who, share=0.1, seed=1)).sum() < 25
    assert [name for name, out in zip(who[:12], held_out_of(who[:12], share=0.25), strict=True) if out] == [
        "c3",
        "c4",
        "c11",
    ]


def test_what_a_holdout_can_show() -> None:
    assert detectable(900, 100, 0.2) == pytest.approx(2.8016 * math.sqrt(0.16 * (1 / 900 + 1 / 100)), rel=1e-4)
    assert math.isnan(detectable(9, 0, 0.2))


@given(st.integers(1, 5000))
def test_what_is_held_out_can_show_something_and_nothing_less_would(n: int) -> None:
    suggested = holdout(n)
    assert (suggested.share > 0) == (n >= suggested.needed)
    for share in SHARES:
        part = round(share * n)
        fits = detectable(n - part, part, 0.2) <= NOTICEABLE
        assert fits == (suggested.share > 0 and share >= suggested.share) or share > suggested.share > 0


def test_the_power_of_the_suggested_holdout_by_simulation() -> None:
    """Two groups that buy with 20 % and 30 %: the split that `holdout` names as just enough shows it in four of five trials."""
    n = holdout(1).needed
    held, dice = round(max(SHARES) * n), np.random.default_rng(1)
    alone, written = dice.binomial(held, 0.2, 4000) / held, dice.binomial(n - held, 0.3, 4000) / (n - held)
    both = (alone * held + written * (n - held)) / n
    z = (written - alone) / np.sqrt(both * (1 - both) * (1 / held + 1 / (n - held)))
    assert 0.70 < (np.abs(z) > 1.96).mean() < 0.90


def test_a_list_has_contacts_the_usual_product_and_the_most_revenue_first() -> None:
    rows = [
        order("ann", days_before(60), 100, products=["tea"]),
        order("ann", days_before(40), 100, products=["tea", ("運費", 1, 60)]),
        order("ann", days_before(20), 100, products=["cup", ("運費", 1, 60)]),
        order("bob", days_before(5), 900, products=["pot", "運費"]),
        order("cat", days_before(1), 50, products=["運費"]),
    ]
    store = shop(rows, as_of=AS_OF)
    found = rfm(store)
    listed = contact_list(store, found, found.customers, held_out=0)
    assert listed.email.tolist() == ["bob@example.com", "ann@example.com", "cat@example.com"]
    assert listed.label.tolist() == ["b***@example.com", "a***@example.com", "c***@example.com"]
    assert listed.usual_product.fillna("").tolist() == ["pot", "tea", ""]
    assert listed.usual_times.tolist()[:2] == [1, 2]
    assert listed.cycle.tolist() == [20, 20, 20]
    assert listed.pace.tolist() == ["on_time", "on_time", "on_time"]
    assert listed.marketing.isna().all()
    assert not listed.held_out.any()
    only = contact_list(store, found, found.customers[found.customers.customer_id == "bob@example.com"], held_out=1)
    assert only.held_out.tolist() == [True]
    assert contact_list(store, found, found.customers.head(0)).empty


def test_pace_is_silence_over_the_cycle() -> None:
    said = pace(pd.Series([0, 10, 11, 20, 30, 31, 5]), pd.Series([10.0] * 6 + [math.nan]))
    assert said.fillna("?").tolist() == ["on_time", "on_time", "late", "late", "sleeping", "lost", "?"]


def test_a_shop_where_nobody_came_back_has_no_pace() -> None:
    store = shop(bought("a", 3) + bought("b", 9), as_of=AS_OF)
    found = rfm(store)
    assert contact_list(store, found, found.customers).pace.isna().all()


def test_subscription_candidates_buy_one_thing_at_steady_gaps() -> None:
    rows = [order("steady", days_before(back), 200, products=[("tea", 2, 100)]) for back in (70, 40, 10)]
    rows += [order("wild", days_before(back), 200, products=["tea"]) for back in (200, 190, 5)]
    rows += [order("gone", days_before(back), 200, products=["tea"]) for back in (200, 170, 140)]
    rows += [order("twice", days_before(back), 200, products=["tea"]) for back in (40, 10)]
    rows += [
        order("mixed", days_before(back), 200, products=[name])
        for back, name in ((70, "tea"), (40, "cup"), (10, "tea"))
    ]
    rows += [order("split", days_before(back), 200, products=["tea"]) for back in (40, 40, 10)]
    [candidate] = subscription_candidates(shop(rows, as_of=AS_OF), saving=0.1).itertuples()
    assert candidate.customer_id == "steady@example.com"
    assert (candidate.product, candidate.times, candidate.gap_days, candidate.variation, candidate.quantity) == (
        "tea",
        3,
        30,
        0,
        2,
    )
    assert candidate.due_day.date() == date.fromisoformat(AS_OF) + timedelta(days=20)
    assert candidate.spend_a_year == pytest.approx(200 * 365 / 30)
    assert candidate.saving_a_year == pytest.approx(candidate.spend_a_year / 10)


def test_loyal_customers_hear_first_and_sleepers_not_at_all() -> None:
    rows = [row for place in range(10) for row in bought(f"loyal{place}", *range(place, 30 + 12 * place, 10))]
    rows += [row for place in range(30) for row in bought(f"one{place}", 5 + place * 9)]
    rows += bought("rich", 30, revenue=99999)
    store = shop(rows, as_of=AS_OF)
    found = rfm(store)
    told = first_to_know(found)
    assert told.wave.is_monotonic_increasing
    assert set(told[told.wave == 1].segment) <= {"Champions", "Loyal"}
    assert not set(told.segment) & {"Hibernating", "AtRisk", "CantLose"}
    assert told.set_index("customer_id").wave["rich@example.com"] == 2
    assert bought_around(store, date.fromisoformat(AS_OF) + timedelta(days=355)) >= {
        "loyal0@example.com",
        "one1@example.com",
    }
    asked = survey_sample(found, 4)
    assert len(asked) == 4
    assert set(asked.segment) <= {"Champions", "Loyal"}
    assert asked.equals(survey_sample(found, 4))
    assert len(survey_sample(found, 500)) == found.segments.set_index("segment").customers[["Champions", "Loyal"]].sum()


def test_the_card_of_one_customer() -> None:
    rows = [
        order("ann", f"{days_before(30)} 09:00:00 +0800", 100, products=["tea"], coupon="HELLO"),
        order("ann", f"{days_before(10)} 09:00:00 +0800", 200, products=["tea", "cup"]),
        order("ann", f"{days_before(10)} 18:00:00 +0800", 300, products=["pot"]),
        order("bob", days_before(2), 50),
    ]
    store = shop(rows, as_of=AS_OF)
    card = customer(store, rfm(store), "ann@example.com")
    assert card.facts.days == 2
    assert card.facts.orders == 3
    assert card.orders.revenue.tolist() == [300, 200, 100]
    assert card.orders.nth.tolist() == [2, 2, 1]
    assert card.orders.gap.fillna(-1).tolist() == [20, 20, -1]
    assert card.orders.products.tolist() == ["pot", "tea、cup", "tea"]
    assert card.products["product"].tolist() == ["tea", "cup", "pot"]
    assert card.products.gap_days.fillna(-1).tolist() == [20, -1, -1]
    assert card.products.due_day[0].date() == date.fromisoformat(AS_OF) + timedelta(days=10)
    assert len(card.history) == 2
    with pytest.raises(InputError, match="no customer nobody"):
        customer(store, rfm(store), "nobody")


def test_the_card_shows_what_the_customer_wrote() -> None:
    header = "title,body,rating,review_date,reviewer_name,reviewer_email,product_id,product_handle,reply"
    reviews = f"{header}\n好茶,很香,5,2025-01-20 00:00:00 UTC,Ann,ann@example.com,1,tea,謝謝\n"
    reviews += "普通,還好,3,2025-02-20 00:00:00 UTC,Bob,bob@example.com,1,tea,\n"
    orders = shopify_csv([order("ann", "2025-01-05"), order("bob", "2025-01-06")])
    store = open_shop([Upload("orders.csv", orders), Upload("reviews.csv", reviews.encode())]).store
    assert store is not None
    card = customer(store, rfm(store), "ann@example.com")
    assert card.reviews[["rating", "text", "reply"]].to_numpy().tolist() == [[5, "好茶\n很香", "謝謝"]]
    store.close()


def test_every_segment_has_advice() -> None:
    assert set(ADVICE) == set(SEGMENTS)
    for advice in ADVICE.values():
        assert len(advice.steps) == 3
        assert all(step.do and step.why for step in (*advice.steps, advice.avoid))
        assert "{product}" in advice.message
        assert "{" not in advice.message_without_product
    assert len(QUESTIONS) == 8


@pytest.mark.parametrize("name", FILES)
def test_on_real_shops(name: str) -> None:
    store = real(name)
    found = rfm(store)
    listed = contact_list(store, found, found.customers)
    assert len(listed) == listed.customer_id.nunique() == len(found.customers)
    assert listed.held_out.sum() == math.floor(len(listed) / 10 + 0.5)
    assert listed.revenue.is_monotonic_decreasing
    assert listed.cycle.notna().all()
    assert "POSTAGE" not in set(listed.usual_product)
    candidates = subscription_candidates(store)
    assert candidates.times.min() >= 3
    assert candidates.variation.max() <= 0.35
