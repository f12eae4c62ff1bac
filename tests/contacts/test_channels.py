"""Lists for the tools that send messages: their columns, their forms, and who is not in them; and product names fit for a message."""

from __future__ import annotations

import hashlib

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.contacts import CHANNELS, for_channel, reachable, reached, short_name
from analytics.contacts.channels import email, hashed, international, mobile
from tests.support.rows import order, shop

LABELS = {
    "email": "E-mail", "phone": "Phone", "international": "With country code", "product": "Product", "message": "Message",
    "length": "Characters",
}  # fmt: skip


def listed(*rows: tuple[str, str | None, str | None, bool]) -> pd.DataFrame:
    """A contact list. rows: customer, e-mail, phone, held out."""
    return pd.DataFrame(
        {
            "customer_id": [row[0] for row in rows],
            "email": [row[1] for row in rows],
            "phone": [row[2] for row in rows],
            "held_out": [row[3] for row in rows],
            "usual_product": "【山嵐】日日順暢益生菌 45包/盒 調整體質 順暢代謝",
            "message": "您好",
            "segment": "Loyal",
            "last_day": pd.Timestamp("2026-10-31"),
            "days": 3,
        }
    )


LIST = listed(
    ("ann", " Ann@Example.com ", "0912345678", False),
    ("bob", None, "0223456789", False),
    ("cat", None, None, False),
    ("dan", "dan@example.com", "0987654321", True),
    ("ann", " Ann@Example.com ", "0912345678", False),
)


def test_contacts_are_hashed_as_meta_publishes_it() -> None:
    told = hashed(email("John_Smith@gmail.com "))
    assert told == "62a14e44f765419d10fea99367361a727c12365e2520f32218d505ed9aa0f62f"
    told = hashed(international("(650)555-1212", "USD"))
    assert told == "e323ec626319ca94ee8bff2e4c87cf613be6ea19919ed1364124e16807ab3176"


@pytest.mark.parametrize(
    ("phone", "currency", "told"),
    [
        ("0912345678", "TWD", "886912345678"),
        ("886912345678", "TWD", "886912345678"),
        ("0223456789", "TWD", "886223456789"),
        ("91234567", "HKD", "85291234567"),
        ("55987654321", "BRL", "5555987654321"),
        ("5511987654321", "BRL", "5511987654321"),
        ("0081312345678", "JPY", "81312345678"),
        ("12345", "TWD", None),
        ("0912345678", "EUR", None),
        (None, "TWD", None),
        ("**", "TWD", None),
    ],
)
def test_a_telephone_gets_its_country_code_or_none(phone: str | None, currency: str, told: str | None) -> None:
    assert international(phone, currency) == told


def test_text_messages_go_to_mobiles_alone() -> None:
    assert [mobile(phone, "TWD") for phone in ("0912345678", "0223456789", None)] == ["0912345678", None, None]


def test_each_channel_holds_whom_it_reaches_in_its_own_columns() -> None:
    rows = {channel: for_channel(channel, LIST, LABELS, "TWD") for channel in CHANNELS}
    assert rows["edm"].columns.tolist() == ["E-mail", "Product", "Message"]
    assert rows["edm"]["E-mail"].tolist() == ["ann@example.com"] * 2
    assert set(rows["edm"]["Product"]) == {"日日順暢益生菌"}
    assert rows["sms"].values.tolist() == [["0912345678", "您好", 2]] * 2
    assert rows["line"]["With country code"].tolist() == ["886912345678", "886223456789", "886912345678"]
    klaviyo = rows["klaviyo"]
    assert klaviyo.columns[:2].tolist() == ["Email", "Phone Number"]
    assert klaviyo["Phone Number"].tolist() == ["+886912345678", "+886223456789"]
    meta = rows["meta"]
    assert meta.columns.tolist() == ["email", "phone"]
    assert meta.phone.tolist() == [hashlib.sha256(digits).hexdigest() for digits in (b"886912345678", b"886223456789")]
    assert meta.email.isna().tolist() == [False, True]
    assert not any("dan" in table.to_csv() for table in rows.values()), "held out"


def test_how_many_a_channel_reaches_is_told_without_the_list() -> None:
    store = shop([order("ann", "2025-01-05"), order("bob", "2025-01-06"), order("", "2025-01-07")])
    ways = reachable(store)
    assert ways.index.tolist() == ["ann@example.com", "bob@example.com"]
    assert ways.email.all()
    assert not ways.account.any()
    assert ways.marketing.isna().all()
    assert [int(reached(ways, channel, "TWD").sum()) for channel in CHANNELS] == [2, 2, 0, 2, 2]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("【山嵐】日日順暢益生菌 45包/盒 調整體質 順暢代謝", "日日順暢益生菌"),
        ("膠原蛋白粉 30包 莓果風味 小分子", "膠原蛋白粉"),
        ("山嵐茶禮盒 兩罐裝 附提袋", "山嵐茶禮盒"),
        ("落肩襯衫 - 白 / F", "落肩襯衫"),
        ("清境 AirLeaf Mini 空氣清淨機 6坪 - 白", "清境 AirLeaf Mini 空氣清淨機"),
        ("【免運】🔥熱銷🔥 蜂蜜燕麥奶 1L*6入", "蜂蜜燕麥奶"),
        ("WHITE HANGING HEART T-LIGHT HOLDER", "White hanging heart t-light holder"),
        ("PACK OF 60 PINK PAISLEY CAKE CASES", "Pack of 60 pink paisley cake cases"),
        ("【山嵐】", "【山嵐】"),
        ("tea", "tea"),
    ],
)
def test_a_title_becomes_a_name_that_one_would_say(title: str, name: str) -> None:
    assert short_name(title) == name


@given(st.text(min_size=1, max_size=60).filter(lambda title: title.strip()))
def test_a_short_name_is_never_empty_and_never_longer(title: str) -> None:
    name = short_name(title)
    assert name.strip()
    assert len(name) <= len(title)
