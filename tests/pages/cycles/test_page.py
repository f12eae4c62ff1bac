"""The cycles page: the planted 45 days and the proof in sentences, the list with its files, every view in small shops, and what is left out."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from pages.shared import menu
from tests.support import app
from tests.support.browser import settled
from tests.support.goods import bought, line, shopee_csv
from tests.support.rows import SMALL, shopify_csv

PAGE = menu.file("cycles")
VIEWS = ("remind", "cycles", "one", "proof", "care")


def test_the_planted_cycle_and_the_proof_are_said():
    at = app.at_page(PAGE, shop="tea", lang="zh_TW")
    assert all(part in at.subheader[0].value for part in ("日日順暢益生菌", "45 天", "490 段"))
    cards = [(metric.value, metric.delta) for metric in at.metric]
    assert cards[0][0] == "86"
    assert cards[3] == ("48 %", "最好的笨方法 33 %")
    assert "名單比較準" in app.markdown(at)
    assert {"send_on", "product", "due_day", "message"} & set(at.dataframe[0].value) == {
        "send_on",
        "product",
        "due_day",
    }
    assert {button.proto.label for button in at.get("download_button")} >= {"存成行事曆（.ics）", "下載名單（CSV）"}


def test_who_was_written_to_lately_is_left_out_and_counted():
    at = app.at_page(PAGE, shop="tea", cycles_states=["this_week"])
    before = len(at.dataframe[0].value)
    everybody = at.session_state["current"].store.table("customers").customer_id
    assert before > 20
    at.text_area(key="cycles_contacted").set_value("\n".join(everybody))
    app.rerun(at)
    assert "were written to lately" in app.markdown(at)
    assert "Nobody is in this list" in app.captions(at)


def test_the_contact_log_leaves_out_by_itself_and_says_why():
    at = app.at_page(PAGE, shop="tea", cycles_states=["this_week"])
    assert "The contact log is empty" in app.captions(at)
    store = at.session_state["current"].store
    everybody = store.table("customers").customer_id.tolist()
    day = str(store.shop.as_of)
    notebook = at.session_state["notebook_tea"]
    log = [
        {"customer": who, "day": day, "list": "mine", "held_out": place % 2 == 0} for place, who in enumerate(everybody)
    ]
    notebook.put("contact_log", log)
    app.rerun(at)
    said = app.markdown(at)
    assert "were written to lately" in said
    assert "are held out of a list that still runs" in said
    assert "Nobody is in this list" in app.captions(at)
    assert f"({len(log):,} entries)" in app.captions(at)
    for key, value in (("cycles_rule", "plain"), ("cycles_view", "care")):
        at.segmented_control(key=key).set_value(value)
        app.rerun(at)
        assert "were written to lately" in app.markdown(at), key
    at.session_state["week_within"] = 0
    app.rerun(at)
    assert "were written to lately" not in app.markdown(at)


@pytest.mark.parametrize("shop", ["fashion", "durable"])
def test_where_nothing_is_used_up_that_is_said(shop: str):
    at = app.at_page(PAGE, shop=shop)
    assert "No product here is bought again" in at.subheader[0].value
    assert "nothing to remind of by product" in at.info[0].value


def test_where_the_list_finds_no_more_the_plain_rule_is_used():
    at = app.at_page(PAGE, shop="uci")
    assert "so the plain rule is used" in at.subheader[0].value
    assert at.segmented_control(key="cycles_rule").value == "plain"
    assert "by the rule" in app.markdown(at)


@pytest.mark.parametrize("orders", [*SMALL.values(), [("", "2025-01-05")]], ids=[*SMALL, "a guest"])
def test_small_shops_have_every_view(orders: list):
    at = app.opened(PAGE, ("orders_export_1.csv", shopify_csv(orders)))
    for _view in app.in_every_view(at, "cycles_view", VIEWS):
        assert at.title[0].value.endswith("?")


def test_a_product_with_a_hostile_name_of_500_letters_is_only_a_name():
    name = "$x$ <b>*茶*</b> [a](b) 30包" + "長" * 500
    orders = [bought(f"c{n}", day, line(name, id="1")) for n in range(35) for day in ("2025-01-01", "2025-02-01")]
    orders += [bought("late", "2025-06-01", "壺")]
    at = app.opened(PAGE, ("Order.all.csv", shopee_csv(orders)), cycles_view="cycles")
    assert "lasts 31 days per unit" in at.subheader[0].value
    assert "\\$x\\$" in at.subheader[0].value
    assert len(at.subheader[0].value) < 250
    assert "<b>" not in "".join(app.figures(at))


def test_the_days_are_saved_as_a_calendar_and_a_click_shows_whom_to_ask(open_page: Callable[..., Page]):
    page = open_page("cycles?lang=en&shop=tea")
    settled(page)
    with page.expect_download() as saved:
        page.get_by_role("button", name="Days as a calendar (.ics)").click()
    text = saved.value.path().read_text(encoding="utf-8")
    assert text.startswith("BEGIN:VCALENDAR")
    assert text.count("BEGIN:VEVENT") > 3
    page.get_by_test_id("stButtonGroup").get_by_text("A word of care").click()
    expect(
        page.get_by_text("has not bought again since").or_(page.get_by_text("have not bought again since"))
    ).to_be_visible()
