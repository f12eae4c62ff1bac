"""Reviews copied from a page as text become rows."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.sources import Upload
from analytics.sources.pasted import rows, table
from analytics.store import open_shop

PAGE = """用戶名稱　訂單編號　評價
tea_lover88
訂單編號：250301ABCDEFGH
山嵐烏龍茶
規格：150 克
★★★★★
很香，包裝也仔細
會再買
2025/03/02 10:15
回覆
mei_0912
訂單編號：250302ABCDEFGJ
2 星
等了一週才到
2025/3/5 下午1:05:00
賣家回覆
抱歉讓您久等
"""


def test_a_page_of_ratings_becomes_a_row_per_review() -> None:
    first, second = rows(PAGE).to_dict("records")
    assert first == {
        "reviewed_at": "2025-03-02 10:15:00",
        "account": "tea_lover88",
        "order_id": "250301ABCDEFGH",
        "rating": "5",
        "text": "很香，包裝也仔細\n會再買",
        "product": "山嵐烏龍茶",
        "variant": "150 克",
        "reply": "",
    }
    assert (second["rating"], second["text"], second["reply"]) == ("2", "等了一週才到", "抱歉讓您久等")
    assert (second["account"], second["reviewed_at"]) == ("mei_0912", "2025-03-05 13:05:00")


def test_cells_of_a_copied_table_are_told_by_what_they_look_like() -> None:
    found = rows("2026/1/24 上午9:05:00\tcarol77\t260101ABCDEFGH\t4\t不錯\n2026/1/25\tdora\t260102ABCDEFGH\t1\t破了")
    assert found["account"].tolist() == ["carol77", "dora"]
    assert found["rating"].tolist() == ["4", "1"]
    assert found["text"].tolist() == ["不錯", "破了"]


def test_without_order_numbers_blank_lines_or_times_tell_where_a_review_begins() -> None:
    spaced = rows("a***1\n2025-03-01 10:00\n好喝\n\nb***2\n2025-03-02 11:00\n太甜")
    assert spaced["text"].tolist() == ["好喝", "太甜"]
    assert rows("a***1\n2025-03-01 10:00\n好喝\nb***2\n2025-03-02 11:00\n太甜").equals(spaced)
    assert rows("好喝\n2025-03-01\n太甜\n2025-03-02")["text"].tolist() == ["好喝", "太甜"]


def test_nothing_pasted_is_no_review() -> None:
    assert rows("").empty
    assert rows(" \n\t\n").empty


def test_what_is_taken_opens_as_reviews() -> None:
    opened = open_shop([Upload("pasted", table(rows(PAGE)).encode())])
    assert not opened.problems
    reviews = opened.store.table("reviews")
    assert sorted(reviews["rating"]) == [2, 5]
    assert sorted(reviews["text"]) == ["很香，包裝也仔細\n會再買", "等了一週才到"]
    opened.store.close()


WORDS = st.text("好茶很香不錯太甜了，。", min_size=4, max_size=20)
REVIEW = st.tuples(
    st.from_regex(r"[a-z]{4,8}_[0-9]{2}", fullmatch=True),
    st.from_regex(r"2503[0-2][1-9][0-9A-Z]{8}", fullmatch=True),
    st.integers(1, 5),
    WORDS,
)


@settings(deadline=None)
@given(st.lists(REVIEW, min_size=1, max_size=6), st.booleans(), st.sampled_from(["\n", "\n\n", "\t"]))
def test_any_page_gives_each_review_once(told: list[tuple[str, str, int, str]], stars: bool, between: str) -> None:
    pages = [
        between.join([who, f"訂單編號 {number}", "★" * rating if stars else f"{rating} 星", words, "2025/03/04 10:00"])
        for who, number, rating, words in told
    ]
    found = rows("\n".join(pages))
    assert found[["account", "order_id", "rating", "text"]].values.tolist() == [
        [who, number, str(rating), words] for who, number, rating, words in told
    ]
