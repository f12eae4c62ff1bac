"""What is asked, the table that answers it, and the ledger of gifts: rows to check by hand."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.errors import InputError
from analytics.playbook import (
    CHAT,
    COMPLAINED,
    KEPT_TALKING,
    LOYAL,
    REVIEWS,
    Heard,
    broken,
    candidates,
    canned,
    changes,
    counted,
    faq,
    heard,
    ledger,
    suggested,
    table,
    texts_in,
    texts_of_file,
)
from analytics.reviews.opinions import opinions, score_all
from analytics.segments.rfm import rfm
from analytics.sources import Upload
from analytics.store import Store
from analytics.workspace import Notebook, noted
from tests.support.review_rows import opened, review
from tests.support.rows import bought, shop

LINE = """[LINE] 與小明的聊天
儲存日期：2026/10/01 12:00

2026/10/01（週四）
下午 3:12\t小明\t請問益生菌飯前吃還是飯後吃？
下午 3:13\t山嵐\t您好，請問是哪一款呢？
下午 3:14\t小明\t[貼圖]
下午 3:15\t小明\t多久會收到？
"""


def test_of_lines_own_export_only_what_the_customer_said_is_taken() -> None:
    assert texts_in(LINE) == ["請問益生菌飯前吃還是飯後吃？", "多久會收到？"]
    assert texts_in("2026/10/01\n10:02 有現貨嗎\n\n可以開統編嗎？") == ["有現貨嗎", "可以開統編嗎？"]


def test_a_file_of_messages_is_a_text_or_a_table() -> None:
    assert texts_of_file(Upload("chat.txt", LINE.encode())) == texts_in(LINE)
    assert texts_of_file(Upload("chat.txt", "有現貨嗎".encode("cp950"))) == ["有現貨嗎"]
    rows = "傳送者類型,傳送日期,內容\nUser,2026/10/01,有現貨嗎\nAccount,2026/10/01,有的\n".encode()
    assert texts_of_file(Upload("chat.csv", rows)) == ["有現貨嗎"]
    with pytest.raises(InputError):
        texts_of_file(Upload("chat.csv", b""))


@settings(deadline=None, max_examples=20)
@given(st.text(max_size=80))
def test_no_text_is_too_odd_to_be_read(written: str) -> None:
    assert all(text.strip() for text in texts_in(written))


@pytest.fixture(scope="module")
def reviewed() -> Store:
    """Three ask of the tea whether it holds caffeine, one how long delivery takes."""
    asks = [review(who, "2025-03-01", 5, "請問有含咖啡因嗎？", product="tea") for who in ("ann", "bob", "cat")]
    store = opened([("ann", "2025-01-05"), ("bob", "2025-01-06"), ("cat", "2025-01-07")], [*asks, review("ann", "2025-03-02", 5, "想問多久會收到？", product="tea")]).store  # fmt: skip
    assert store is not None
    return store


@pytest.fixture(scope="module")
def asked(reviewed: Store) -> Heard:
    return heard(reviewed, opinions(reviewed, score_all(reviewed)), ["請問有含咖啡因嗎", "頭皮屑好多"])


def test_questions_are_counted_by_where_they_were_heard(asked: Heard) -> None:
    first, second = asked.table.to_dict("records")
    assert (first["asked"], first[REVIEWS], first[CHAT], first["product"]) == (4, 3, 1, "tea")
    assert "咖啡因" in first["question"]
    assert (second["group"], second["asked"], second["product_id"]) == ("shipping", 1, "")
    assert asked.read == {REVIEWS: 4, CHAT: 2}


def test_a_shop_without_reviews_and_chat_hears_nothing() -> None:
    found = heard(shop([("ann", "2025-01-05")]), None)
    assert found.table.empty
    assert found.read == {}
    assert counted(table(pd.DataFrame({"question": ["頭皮屑"]})), found).asked.tolist() == [0]


def test_the_table_is_counted_most_asked_first(asked: Heard) -> None:
    first = asked.table.iloc[0]
    rows = pd.DataFrame(
        {"question": ["頭皮屑、頭皮癢", "多久會收到？", first.question, first.question, " "], "product_id": ["", "", "", first.product_id, ""]}
    )  # fmt: skip
    assert counted(rows, asked)[["question", "product_id", "asked"]].values.tolist() == [
        [first.question, "", 4], [first.question, first.product_id, 3], ["頭皮屑、頭皮癢", "", 1], ["多久會收到？", "", 1],
    ]  # fmt: skip


def test_what_the_table_holds_is_not_suggested_again(asked: Heard) -> None:
    assert len(suggested(asked, pd.DataFrame())) == 2
    rows = pd.DataFrame({"question": [asked.table.question[0]]})
    assert suggested(asked, rows).group.tolist() == ["shipping"]


BOOK = pd.DataFrame(
    {
        "question": ["頭皮屑", "多久會收到？", "空的"], "product_id": ["p1", "", ""], "answer": ["保證三天\n就好", "三天", ""], "recommend": ["洗髮精", "", ""],
        "never": ["保證、根治", None, None],
    }
)  # fmt: skip


def test_only_what_was_changed_in_the_table_as_shown_is_written() -> None:
    shown = pd.DataFrame({"question": ["stays", "renamed", "answered"], "answer": ["a", "b", ""]})
    now = pd.DataFrame({"question": ["stays", "called so", "answered"], "answer": ["a", "b", "c"]})
    put, gone = changes(shown, now)
    assert [(row["question"], row["answer"]) for row in put] == [("called so", "b"), ("answered", "c")]
    assert gone == [{"question": "renamed", "product_id": ""}]
    assert changes(now, now) == ([], [])


def test_what_must_not_be_promised_is_found_in_its_own_row() -> None:
    [row] = broken(BOOK).to_dict("records")
    assert (row["question"], row["words"]) == ("頭皮屑", ["保證"])


def test_replies_stand_on_one_line_each_and_the_faq_goes_by_product() -> None:
    assert canned(BOOK) == ["保證三天 就好 洗髮精", "三天"]
    assert faq(BOOK, {"": "any", "p1": "Shampoo"}) == [
        ("any", [("多久會收到？", "三天")]), ("Shampoo", [("頭皮屑", "保證三天\n就好")]),
    ]  # fmt: skip


def given_to(store: Store, *gifts: tuple[str, str, str]) -> Store:
    notebook = Notebook()
    notebook.put(
        "gifts",
        [
            {"email": f"{who}@example.com", "day": day, "gift": "soap", "cost": 50, "why": why}
            for who, day, why in gifts
        ],
    )
    return noted(store, notebook)


def test_gifts_are_read_back_by_hand() -> None:
    orders = [("ann", "2025-01-05"), ("ann", "2025-06-10", 70), ("bob", "2025-06-01"), ("cat", "2025-01-05"), ("cat", "2025-07-31"), ("end", "2025-08-10")]  # fmt: skip
    found = ledger(
        given_to(shop(orders), ("ann", "2025-06-01", LOYAL), ("bob", "2025-06-01", LOYAL), ("cat", "2025-08-01", "")),
        date(2025, 8, 20),
    )
    rows = found.table.set_index("customer_id")
    assert rows.orders.tolist() == [0, 1, 0], "the order on the gift's own day does not count"
    assert rows.over.tolist() == [False, True, True]
    assert found.this_month == 1
    first, second = found.whys.to_dict("records")
    assert (first["why"], first["gifts"], first["people"], first["came_back"], first["revenue"], first["cost"]) == (LOYAL, 2, 2, 1, 70, 100)  # fmt: skip
    assert (second["gifts"], second["people"]) == (1, 0)
    assert np.isnan(second["rate"])


def test_candidates_are_those_put_right_the_talkers_and_the_loyal_and_none_who_waits_or_got_one() -> None:
    days = ("2025-01-05", "2025-02-05", "2025-03-05", "2025-04-05", "2025-05-05")
    orders = [(who, day, 100) for who in ("ann", "bob", "cat", "dan", "eve") for day in days] + [
        ("once", "2025-01-06"),
        ("eve", "2025-05-04", 100),
    ]
    good = "很好喝，會再買"
    reviews = [
        review("ann", "2025-05-01", 1, "壞掉了，很生氣", number="r1"), review("bob", "2025-05-01", 5, good), review("bob", "2025-05-02", 5, good),
        review("cat", "2025-05-04", 1, "壞掉了，很生氣", number="r2"), review("once", "2025-05-02", 5, good),
    ]  # fmt: skip
    store = opened(orders, reviews).store
    assert store is not None
    with_gift = given_to(store, ("dan", "2025-05-01", LOYAL))
    found = candidates(rfm(store), ledger(with_gift, date(2025, 5, 5)), opinions(store, score_all(store)), {"r1"})
    assert dict(zip(found.customer_id, found.why, strict=True)) == {
        "ann@example.com": COMPLAINED, "bob@example.com": KEPT_TALKING, "eve@example.com": LOYAL,
    }  # fmt: skip
    assert found.said.tolist() == [0, 2, 0]
    assert candidates(rfm(shop(bought("solo", 400))), ledger(given_to(store), date(2025, 5, 5))).empty
