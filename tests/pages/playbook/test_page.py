"""The playbook's page: suggestions taken in, what is never promised, words of care that reach the week, a gift given and counted."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from pages.playbook import words
from pages.shared import menu
from tests.support.app import at_page, captions, everything, markdown, opened, rerun
from tests.support.review_rows import WORDS, reviews_csv
from tests.support.rows import SMALL, shopify_csv

PAGE = menu.file("playbook")


@pytest.fixture(scope="module")
def tea() -> AppTest:
    return at_page(PAGE, shop="tea", lang="en")


def notebook(at: AppTest) -> object:
    return at.session_state["notebook_tea"]


def test_the_ten_most_asked_are_taken_in_counted_and_leave_as_replies_and_faq(tea: AppTest) -> None:
    assert "Of the most asked 10 are not in your table yet." in tea.subheader[0].value
    tea.button(key="playbook_take_all").click()
    rerun(tea)
    rows = notebook(tea).rows("playbook")
    assert len(rows) == 10
    notebook(tea).put("playbook", [{"question": "日日順暢", "answer": "保證有效", "never": "保證"}])
    rerun(tea)
    assert "The answer to “日日順暢” holds what you never promise: 保證." in "".join(one.value for one in tea.warning)
    at = tea.switch_page(PAGE)
    at.query_params["playbook_view"] = "out"
    rerun(at)
    assert "保證有效" in at.code[0].value
    assert "Q：日日順暢\nA：保證有效" in at.code[1].value
    assert "still hold “…”" in captions(at)


def test_a_pasted_chat_is_counted_and_can_be_forgotten() -> None:
    at = at_page(PAGE, shop="durable", lang="en", playbook_view="asked")
    at.text_area(key="playbook_pasted").set_value("請問濾網多久換一次？\n請問濾網多久換一次\n謝謝")
    at.button(key="playbook_read").click()
    rerun(at)
    assert "3 messages were read." in markdown(at)
    assert "Chat 3" in captions(at)
    assert "請問濾網多久換一次" in at.dataframe[0].value["examples"].str.cat()
    at.button(key="playbook_forget").click()
    rerun(at)
    assert "Chat 3" not in captions(at)


def test_words_of_care_stand_in_the_weeks_messages() -> None:
    at = at_page(PAGE, shop="tea", lang="en", playbook_view="care")
    at.text_area(key="playbook_care_tea__7_question").set_value("喝得習慣嗎？")
    at.text_area(key="playbook_care_tea__7_tip").set_value("溫水更好。")
    elsewhere = {"product_id": "", "day": 14, "slot": "tip", "words": "written in another window since"}
    notebook(at).put("care_words", [elsewhere])
    [keep] = [button for button in at.button if button.label == "Keep these words"]
    keep.click()
    rerun(at)
    assert elsewhere in notebook(at).rows("care_words").to_dict("records"), "only what was changed here is written"
    assert at.text_area(key="playbook_care_tea__14_tip").value == elsewhere["words"]
    at.switch_page(menu.file("week"))
    at.query_params["week_view"], at.query_params["week_list"] = "worksheet", "care_7"
    rerun(at)
    assert at.code[1].value == "喝得習慣嗎？\n溫水更好。"


def test_a_gift_is_given_counted_against_the_months_number_and_rests() -> None:
    at = at_page(PAGE, shop="tea", lang="en", playbook_view="gifts", playbook_candidate="0")
    assert "0 of 10 gifts of this month are given; 10 are left." in markdown(at)
    before = at.dataframe[0].value
    at.text_input(key="gift_name").set_value("tea")
    [give] = [button for button in at.button if button.label.startswith("Give it to")]
    give.click()
    rerun(at)
    assert "1 of 10 gifts of this month are given; 9 are left." in markdown(at)
    assert at.dataframe[0].value.revenue.iloc[0] == before.revenue.iloc[1], "the first one rests"
    assert "1 gift; none of them 60 days ago yet." in markdown(at)
    at.number_input(key="playbook_quota_tea").set_value(1)
    rerun(at)
    assert "This month’s gifts are all given." in captions(at)


def test_small_shops_and_reviews_alone_have_every_view() -> None:
    small = opened(PAGE, ("orders.csv", shopify_csv(SMALL["one month"])))
    alone = opened(PAGE, ("reviews.csv", reviews_csv(WORDS)), lang="zh_TW")
    for view in words.VIEWS:
        for at, said in ((small, "Nothing to read yet"), (alone, "則文字")):
            at.query_params["playbook_view"] = view
            rerun(at)
            assert said in at.subheader[0].value
            assert "{" not in everything(at)
    assert "請放進訂單檔" in "".join(one.value for one in alone.info)
