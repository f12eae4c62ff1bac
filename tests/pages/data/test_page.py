"""The import & health page: what it says of doubtful files, what it asks, and what the answers change."""

from __future__ import annotations

from pathlib import Path

import pytest

from analytics.sources import Upload
from analytics.sources.pasted import rows, table
from analytics.workspace import Workspace
from pages.shared import place, session
from tests.support.app import at_page, captions, everything, markdown, opened, rerun
from tests.support.rows import order, shopify_csv

PAGE = "pages/data/page.py"


def test_day_or_month_is_asked_and_the_answer_can_be_taken_back() -> None:
    csv = shopify_csv([order("ann", "03/04/2025 10:00"), order("bob", "05/06/2025 10:00")])
    at = opened(PAGE, ("orders_export_1.csv", csv))
    assert "begin with the day or with the month" in markdown(at)
    assert at.session_state["current"].whole.shop.first_ordered.isoformat() == "2025-03-04"
    at.button(key="data_day_first_shopify_all").click()
    rerun(at)
    assert "begin with the day or with the month" not in markdown(at)
    assert at.session_state["current"].whole.shop.first_ordered.isoformat() == "2025-04-03"
    at.button(key="data_again_day").click()
    rerun(at)
    assert "begin with the day or with the month" in markdown(at)


def test_a_remembered_shop_keeps_the_answer_on_day_and_month_and_the_pasted_reviews(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(place, "workspace", lambda: Workspace(tmp_path))
    csv = shopify_csv([order("ann", "03/04/2025 10:00"), order("bob", "05/06/2025 10:00")])
    shop, _added = Workspace(tmp_path).keep("茶舖", [Upload("orders_export_1.csv", csv)])
    here = {"shop": session.KEPT + shop.id}
    at = at_page(PAGE, **here)
    at.button(key="data_day_first_shopify_all").click()
    rerun(at)
    at.text_area(key="data_pasted_text").set_value("ann_tea\n2025/01/09 10:00\n★★★★★\n很香")
    rerun(at)
    at.button(key="data_pasted_take").click()
    rerun(at)
    for again in (at, at_page(PAGE, **here)):
        facts = again.session_state["current"].whole.shop
        assert (facts.first_ordered.isoformat(), facts.reviews) == ("2025-04-03", 1)
    assert [file.name for file in shop.files] == ["orders_export_1.csv", "Pasted reviews 1.csv"]


def test_what_was_answered_and_pasted_before_a_shop_is_remembered_goes_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(place, "workspace", lambda: Workspace(tmp_path))
    at = opened(PAGE, ("orders_export_1.csv", shopify_csv([order("ann", "03/04/2025 10:00")])))
    at.button(key="data_day_first_shopify_all").click()
    at.session_state["told_pasted"] = {"Pasted reviews 1": table(rows("a***1\n2025-03-01\n好喝"))}
    at.session_state["remembered_wanted"] = "茶舖"
    rerun(at)
    now = at.session_state["current"]
    assert now.remembered.name == "茶舖"
    assert (now.whole.shop.first_ordered.isoformat(), now.whole.shop.reviews) == ("2025-04-03", 1)


def test_each_thing_left_out_is_counted_and_says_what_to_do() -> None:
    csv = shopify_csv(
        [
            order("ann", "2025-01-05"),
            order("bob", "2025-01-06"),
            order("cat", ""),
            order("dan", "2062-01-05"),
            order("eve", "2025-01-07", status=""),
        ]
    ).replace(b"bob@example.com,paid,TWD", b"bob@example.com,paid,USD")
    said = everything(opened(PAGE, ("orders_export_1.csv", csv)))
    assert "another currency: 1 order in USD" in said
    assert "blank or unreadable order date: 1." in said
    assert "a day yet to come, or years after all others: 1." in said
    assert "Rows without any status, as carts left behind have none: 1." in said


def test_two_files_of_one_name_are_named_stores_by_what_they_hold() -> None:
    first = shopify_csv([order("ann", "2025-01-05"), order("bob", "2025-01-06")])
    second = shopify_csv([order("cat", "2025-02-05", name="#9001")])
    at = opened(PAGE, ("orders_export_1.csv", first), ("orders_export_1.csv", second))
    assert "Shopify (Shopify): 2 files" in everything(at)
    key = at.session_state["data_files"][1]
    at.session_state["told_shops"] = {key: "Outlet"}
    rerun(at)
    assert "Outlet (Shopify): 1 file" in everything(at)
    at.button(key="data_shops_undo").click()
    rerun(at)
    assert "Shopify (Shopify): 2 files" in everything(at)


def test_a_return_status_nobody_knows_is_listed_and_can_be_left_out() -> None:
    header = "訂單編號,訂單狀態,退貨 / 退款狀態,買家帳號,訂單成立日期,商品總價,商品名稱,商品活動價格,數量"
    lines = [
        "250301AAAAAA01,已完成,,ann,2025-03-01 10:00,100,茶,100,1",
        "250302AAAAAA02,已完成,神祕狀態,bob,2025-03-02 10:00,200,茶,200,1",
    ]
    at = opened(PAGE, ("Order.all.20250301_20250331.csv", "\n".join([header, *lines]).encode()))
    assert "return or refund status we do not know: 1" in everything(at)
    assert at.session_state["current"].store.shop.orders == 2
    at.toggle(key="data_status_神祕狀態").set_value(False)
    rerun(at)
    assert at.session_state["current"].store.shop.orders == 1


def test_pasted_reviews_are_shown_as_rows_taken_and_taken_back() -> None:
    at = opened(PAGE, ("orders_export_1.csv", shopify_csv([order("ann", "2025-01-05")])))
    at.text_area(key="data_pasted_text").set_value("ann_tea\n2025/01/09 10:00\n★★★★★\n很香")
    rerun(at)
    assert "1 review, as it will be read" in everything(at)
    at.button(key="data_pasted_take").click()
    rerun(at)
    assert at.session_state["current"].whole.shop.reviews == 1
    at.button(key="data_pasted_Pasted reviews 1").click()
    rerun(at)
    assert at.session_state["current"].whole.shop.reviews == 0


def test_reviews_alone_can_be_pasted() -> None:
    at = opened(PAGE)
    at.session_state["told_pasted"] = {"Pasted reviews 1": table(rows("a***1\n2025-03-01\n好喝"))}
    rerun(at)
    assert at.session_state["current"].shop == session.OWN
    assert at.session_state["current"].whole.shop.reviews == 1


def test_numbers_that_cannot_be_read_are_counted_and_listed() -> None:
    csv = shopify_csv(
        [
            order("ann", "2025-01-05", products=[("tea", 7777, None)]),
            order("bob", "2025-01-06", refunded=55.5),
            order("cat", "2025-01-07"),
        ]
    )
    csv = csv.replace(b"7777", b"*a few*").replace(b",55.5,", b",100%,")
    at = opened(PAGE, ("orders_export_1.csv", csv))
    assert "Quantities that are no number: 1, such as “*a few*”" in everything(at)
    assert "Rows whose refund cannot be read: 1." in everything(at)
    at.session_state["data_unread"] = True
    rerun(at)
    listed = [frame.value for frame in at.dataframe if "*a few*" in frame.value.to_string()]
    assert "100%" in listed[0].to_string()


def test_a_file_cut_short_says_so() -> None:
    csv = shopify_csv([order("ann", "2025-01-05"), order("bob", "2025-01-06"), order("cat", "2025-01-07", 1000)])
    at = opened(PAGE, ("orders_export_1.csv", csv[: csv.rindex(b",1000,") + 2]))
    notes = "".join(frame.value.to_string() for frame in at.dataframe)
    assert "ends in the middle of a row" in notes
    assert at.session_state["current"].whole.shop.orders == 2, "the 1 of 1000 is no amount"


def test_unknown_files_of_the_same_columns_are_asked_about_once_and_few_layouts_at_a_time() -> None:
    alike = [(f"{n}.csv", f"alpha,beta\n{n},2\n".encode()) for n in range(5)]
    others = [(f"other_{n}.csv", f"gamma{n},delta{n}\n1,2\n".encode()) for n in range(4)]
    at = opened(PAGE, *alike, *others)
    assert len([box for box in at.button_group if box.label == "The rows of this file are"]) == 3
    assert "4 more files have these columns and are read the same way." in captions(at)
    assert "And 2 more layouts, once these are read." in captions(at)
