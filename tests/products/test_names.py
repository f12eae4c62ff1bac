"""What products are called: short, never two alike, and never without their pack size."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.products import apart, spoken, spoken_names
from analytics.store import Filters, Sheet, SheetRow
from tests.support.goods import bought, goods_shop, line

TEA = "【山嵐】日日順暢益生菌 45包/盒 調整體質 順暢代謝"


def said(*titles: str) -> list[str]:
    return list(apart([(title, title, f"id{place}") for place, title in enumerate(titles, 1)]).values())


def test_a_title_is_called_by_its_name_and_its_pack():
    assert spoken(TEA) == "日日順暢益生菌 45包/盒"
    assert spoken("高濃度魚油 2024新款 60顆 迷你好吞") == "高濃度魚油 60顆"
    assert spoken("PACK OF 72 CAKE CASES") == "Pack of 72 cake cases"
    assert spoken("壺") == "壺"


def test_two_that_would_be_called_alike_are_told_apart_by_amounts_words_or_ids():
    assert said(TEA, TEA.replace("45", "90")) == ["日日順暢益生菌 45包/盒", "日日順暢益生菌 90包/盒"]
    assert said("益生菌膠囊 10包 x2盒", "益生菌膠囊 10包 x3盒") == ["益生菌膠囊 10包 x2盒", "益生菌膠囊 10包 x3盒"]
    assert said("【春】蜜香紅茶 藍罐 75g", "【秋】蜜香紅茶 紅罐 75g") == [
        "蜜香紅茶 春 藍罐 75g",
        "蜜香紅茶 秋 紅罐 75g",
    ]
    assert said("長" * 499 + "甲", "長" * 499 + "乙") == [f"{'長' * 40} (id{n})" for n in (1, 2)]


def test_the_owners_short_name_goes_before():
    store = goods_shop([bought("ann", "2025-01-01", line(TEA, id="1"), line("日日順暢 好茶", id="2"))])
    named = store.filtered(Filters(sheet=Sheet.of([SheetRow("2", short_name="日日順暢益生菌 45包/盒")])))
    assert spoken_names(store) == {TEA: "日日順暢益生菌 45包/盒", "日日順暢 好茶": "日日順暢"}
    assert sorted(spoken_names(named)) == sorted([TEA, "日日順暢益生菌 45包/盒"])
    assert len(set(spoken_names(named).values())) == 2


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["", "【山嵐】", "[熱銷] "]), st.sampled_from(["益生菌膠囊", "Probiotic", "茶 " * 60]),
            st.sampled_from(["45包", "45包/盒", "90包", "x2", "2024 新款", ""]), st.sampled_from(["", " 順暢", " 45包", "🔥"]),
        ).map(" ".join),
        unique=True, max_size=8,
    )
)  # fmt: skip
def test_no_two_products_are_ever_called_alike(titles: list[str]):
    names = said(*titles)
    assert len(names) == len(set(names)) == len(titles)
    assert all(0 < len(name) < 120 for name in names)
