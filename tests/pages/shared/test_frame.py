"""The frame around every page: language, shop, filters and their sentence, the page's name and words, without a browser."""

from __future__ import annotations

import pytest

from pages.shared import glossary, menu, text
from tests.support.app import PAGES, app, at_page, captions, markdown, rerun, upload
from tests.support.rows import order, shopify_csv

ANN_AND_BOB = shopify_csv(
    [
        order("ann", "2025-01-05", 100),
        order("ann", "2025-03-05", 200),
        order("bob", "2025-01-06", 5_000),
        order("cat", "2025-02-07", 300, cancelled="2025-02-08 10:00:00 +0800"),
    ]
)


def test_a_first_visit_shows_the_tea_shop_in_chinese() -> None:
    at = app()
    assert at.selectbox(key="shop").value == "tea"
    assert "山嵐" in captions(at)
    assert "2026-10-31，全部賣場" in captions(at)


def test_the_browsers_language_is_the_first_one() -> None:
    at = app(locale="en-GB")
    assert "to 2026-10-31, all stores" in captions(at)


def test_the_url_names_the_language_whatever_the_browser_speaks() -> None:
    assert "to 2026-10-31, all stores" in captions(app(lang="en"))
    assert "全部賣場" in captions(app(locale="en-GB", lang="zh_TW"))


def test_switching_the_language_keeps_shop_and_filters_and_goes_into_the_url() -> None:
    at = app(shop="fashion", period="12m")
    at.segmented_control(key="lang").set_value("en")
    rerun(at)
    assert at.selectbox(key="shop").value == "fashion"
    assert at.selectbox(key="period").value == "12m"
    assert at.query_params == {"shop": "fashion", "period": "12m", "lang": "en"}


def test_what_makes_no_sense_in_a_url_is_left_aside() -> None:
    at = app(shop="nosuch", period="zzz", lang="xx", leave_out_days="-3", include=["cancelled", "nonsense"])
    assert at.selectbox(key="shop").value == "tea"
    assert at.multiselect(key="include").value == ["cancelled"]
    assert "2026-10-31，全部賣場，已取消也算" in captions(at)


@pytest.mark.parametrize("page", menu.PAGES)
def test_every_page_asks_its_question_under_its_name_and_explains_its_words(page: str) -> None:
    at = at_page(menu.file(page))
    said = [caption.value for caption in at.caption]
    assert next(one for one in said if one.startswith(":material")).endswith(menu.PAGES[page][0])
    assert at.title[0].value.endswith("?")
    if page not in ("glossary", "data"):
        [words] = [caption.help for caption in at.caption if caption.value == "Words of this page"]
        with text.speaking("en"):
            explained = {term: f"**{glossary.named(term)}**" in words for term in glossary.TERMS}
        assert explained == {term: not term.pages or page in term.pages for term in glossary.TERMS}


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_without_a_shop(page: str) -> None:
    assert at_page(page, shop="mine").title


def test_an_upload_is_chosen_and_survives_page_switches() -> None:
    at = upload(app(), ("orders.csv", ANN_AND_BOB))
    assert at.selectbox(key="shop").value == "mine"
    assert "我的檔案，2025-01-05 至 2025-03-05" in captions(at)
    at.switch_page("pages/data/page.py")
    rerun(at)
    assert at.metric[0].value == "3"
    at.switch_page("pages/overview/page.py")
    rerun(at)
    assert "我的檔案，2025-01-05 至 2025-03-05" in captions(at)


def test_the_period_is_said_and_followed() -> None:
    at = upload(app(), ("orders.csv", ANN_AND_BOB))
    at.selectbox(key="period").set_value("own")
    rerun(at)
    at.date_input(key="until").set_value("2025-02-28")
    rerun(at)
    assert "2025-01-05 至 2025-02-28" in captions(at)
    at.date_input(key="until").set_value("2019-02-28")
    rerun(at)
    assert "這段期間沒有訂單" in captions(at)
    assert "2025-01-05 至 2025-03-05" in captions(at)


def test_customers_are_left_out_by_rule_and_by_list_and_never_named_in_the_url() -> None:
    at = upload(app(), ("orders.csv", ANN_AND_BOB))
    at.text_area(key="leave_out_listed").set_value("ANN@example.com\nnobody@example.com")
    rerun(at)
    assert "找到 1 位顧客" in captions(at)
    assert "排除 1 位顧客" in captions(at)
    assert "ann" not in str(at.query_params)
    at.text_area(key="leave_out_listed").set_value("")
    at.number_input(key="leave_out_revenue").set_value(1_000.0)
    rerun(at)
    assert "排除累計營收超過 NT$1,000 的顧客" in captions(at)


def test_names_are_masked_until_asked_for() -> None:
    at = upload(app(), ("orders.csv", ANN_AND_BOB))
    options = at.multiselect(key="leave_out_chosen").options
    assert [name.split(" ·")[0] for name in options] == ["b***@example.com", "a***@example.com"]
    at.toggle(key="names").set_value(True)
    rerun(at)
    assert at.multiselect(key="leave_out_chosen").options[0].startswith("bob@example.com")


def test_a_file_that_cannot_be_read_is_named_and_the_others_load() -> None:
    at = upload(app(), ("orders.csv", ANN_AND_BOB), ("empty.csv", b""))
    assert "empty.csv" in markdown(at)
    assert "我的檔案，2025-01-05 至 2025-03-05" in captions(at)


def test_a_second_session_sees_nothing_of_the_first() -> None:
    upload(app(), ("orders.csv", ANN_AND_BOB))
    second = app(shop="mine")
    assert "2025-01-05" not in captions(second)
    assert second.title[0].value == "還沒有訂單"


def test_a_reason_is_switched_back_in_on_the_data_page() -> None:
    at = upload(app(), ("orders.csv", ANN_AND_BOB))
    at.switch_page("pages/data/page.py")
    rerun(at)
    assert at.metric[0].value == "3"
    at.session_state["data_reason_cancelled"] = True
    rerun(at)
    at.toggle(key="data_include_cancelled").set_value(True)
    rerun(at)
    assert at.metric[0].value == "4"
    assert at.query_params["include"] == "cancelled"


UNKNOWN = "單號,下單日,客人,品名,總金額\nA1,2025/01/03,小明,紅茶,100\nA2,2025/02/09,小明,綠茶,240\n".encode()


def test_an_unknown_file_is_mapped_by_hand_and_the_mapping_can_be_dropped() -> None:
    at = upload(app(), ("我的.csv", UNKNOWN))
    at.switch_page("pages/data/page.py")
    rerun(at)
    key = at.session_state["current"].problems[0].key
    at.selectbox(key=f"data_map_{key}_account").set_value("客人")
    at.selectbox(key=f"data_map_{key}_order_id").set_value("")
    at.button[0].click()
    rerun(at)
    assert "一定要有" in markdown(at)
    at.selectbox(key=f"data_map_{key}_order_id").set_value("單號")
    at.button[0].click()
    rerun(at)
    assert [metric.value for metric in at.metric[:2]] == ["2", "NT\\$340"]
    at.button(key=f"data_again_{key}").click()
    rerun(at)
    assert at.title[0].value in ("還沒有訂單", "還讀不到訂單")
