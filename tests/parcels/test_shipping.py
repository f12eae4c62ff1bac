"""Which orders wait to be sent, which card goes in, and how many came back with its code."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.parcels import APOLOGY, CARDS, FIRST, LIST, SECOND, VIP, card_of, returned, to_ship
from analytics.results import results
from analytics.workspace import Notebook, noted
from tests.support.parcels import MARCH, parcel, parcel_shop, shopee_csv
from tests.support.review_rows import read
from tests.support.rows import shop


def test_what_waits_stands_with_who_its_buyer_is():
    found = to_ship(parcel_shop(("Order.all.20250301_20250310.csv", shopee_csv(MARCH))))
    table = found.table.set_index("order_id")
    assert table.index.tolist() == ["P010", "P009", "P011"]  # by the last day for shipment; without one last
    assert table.nth.tolist()[:2] == [1, 2]
    assert pd.isna(table.nth["P011"])
    assert table.card.tolist()[:2] == [FIRST, SECOND]
    assert pd.isna(table.card["P011"])  # nobody knows who it is
    assert table.overdue.tolist() == [True, False, False]
    assert table.note["P009"] == "請盡快出貨"
    assert table["items"]["P009"] == "壺 × 1"
    assert found.tells


def test_an_older_export_is_not_believed_to_know_what_waits_today():
    rows = [parcel("ann", "2025-02-27 10:00", "待出貨"), parcel("bob", "2025-02-27 11:00", "待出貨")]
    newer = [
        parcel("bob", "2025-02-27 11:00", number="P002", completed="2025-03-02 10:00"),
        parcel("cat", "2025-03-10 10:00", "待出貨"),
    ]
    found = to_ship(
        parcel_shop(
            ("Order.all.20250201_20250228.csv", shopee_csv(rows)),
            ("Order.all.20250225_20250310.csv", shopee_csv(newer, first=2)),
        )
    )
    assert found.table.order_id.tolist() == ["P003"]
    assert found.older.order_id.tolist() == ["P001"]


def test_exports_that_do_not_tell_say_so():
    silent = [parcel("ann", "2025-03-01 10:00")]
    assert to_ship(parcel_shop(("Order.all.csv", shopee_csv(silent)))).tells
    found = to_ship(shop([("ann", "2025-03-01")]))  # a Shopify export without Fulfillment Status
    assert found.table.empty
    assert not found.tells


@pytest.mark.parametrize(
    ("nth", "before", "complained", "segment", "card"),
    [
        (1, None, None, "New", FIRST),
        (2, "2025-02-01", None, "Promising", SECOND),
        (2, "2025-02-01", "2025-02-10", "Promising", APOLOGY),  # nothing was sent since the complaint
        (4, "2025-02-01", "2025-01-10", "Champions", VIP),  # there was a parcel since
        (4, "2025-02-01", None, "AtRisk", None),
        (None, None, None, None, None),
        (1, None, "2025-02-10", "New", APOLOGY),
    ],
)
def test_which_card_goes_in(nth, before, complained, segment, card):
    row = pd.DataFrame(
        [{"nth": nth, "before": before, "complained_on": complained, "segment": segment, "high_value": None}]
    )
    assert (card_of(row).tolist() == [card]) or (card is None and card_of(row).isna().all())


def test_who_complained_last_time_gets_the_apology():
    orders = [
        parcel("ann", "2025-03-01 10:00", completed="2025-03-04 10:00"),
        parcel("bob", "2025-03-01 10:00", completed="2025-03-04 10:00"),
        parcel("ann", "2025-03-20 10:00", "待出貨"),
        parcel("bob", "2025-03-20 11:00", "待出貨"),
    ]
    words = "訂單編號,買家帳號,星數,評價內容,日期\nP001,ann,1,出貨很慢，等超久,2025-03-06 10:00\nP002,bob,5,品質很好,2025-03-06 10:00"
    store = parcel_shop(("Order.all.csv", shopee_csv(orders)), ("reviews.csv", words.encode()))
    table = to_ship(store, read(store)).table
    assert table.card.tolist() == [APOLOGY, SECOND]
    assert table.complaint.tolist()[0] == "出貨很慢，等超久"
    assert str(table.complained_on.iloc[0].date()) == "2025-03-06"


@settings(max_examples=20, deadline=None)
@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "nth": st.one_of(st.none(), st.integers(1, 9)), "before": st.one_of(st.none(), st.sampled_from(["2025-01-01", "2025-02-01"])),
                "complained_on": st.one_of(st.none(), st.sampled_from(["2025-01-15", "2025-03-01"])), "segment": st.sampled_from(["Champions", "New", None]),
                "high_value": st.sampled_from([True, False, None]),
            }
        ),
        min_size=1,
    )
)  # fmt: skip
def test_a_card_depends_on_its_own_order_alone(rows):
    together = card_of(pd.DataFrame(rows)).tolist()
    assert together == [card_of(pd.DataFrame([row])).iloc[0] for row in rows]
    assert set(together) <= {*CARDS, None}


def test_a_code_is_counted_among_those_who_got_its_card():
    orders = [parcel(who, "2025-03-01 10:00", completed="2025-03-04 10:00") for who in ("ann", "bob", "cat", "dan")]
    orders += [
        parcel("ann", "2025-03-20 10:00", coupon="again5, FREE"),  # given, with the code: back
        parcel("bob", "2025-03-20 10:00", coupon="OTHER"),  # given, with another
        parcel("cat", "2025-03-02 10:00", coupon="AGAIN5"),  # before the card
        parcel("dan", "2025-03-21 10:00", coupon="AGAIN5"),  # never got one
    ]
    store, notebook = parcel_shop(("Order.all.csv", shopee_csv(orders))), Notebook()
    notebook.put(
        "contact_log",
        [{"customer": who, "account": who, "day": "2025-03-03", "channel": "card", "list": f"{LIST}first", "held_out": False} for who in ("ann", "bob", "cat")],
    )  # fmt: skip
    beside = noted(store, notebook)
    row = returned(beside, {FIRST: " Again5 "}).table.set_index("card").loc[FIRST]
    assert row[["given", "back", "orders", "revenue", "other_orders"]].tolist() == [3, 1, 1, 100.0, 2]
    assert row.rate == pytest.approx(1 / 3)
    assert results(beside).table.empty  # a card is no list that was sent
    told = beside.query("contacts/contacted", today=pd.Timestamp("2025-03-05").date(), days=30)
    assert told.empty  # and no message
    beside.close()
