"""Ship today: the demo's orders as strips, cards kept and written down as given, and what is said where nothing waits."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.support.app import everything, markdown, opened, rerun
from tests.support.parcels import MARCH, parcel, shopee_csv
from tests.support.rows import SMALL, shopify_csv

SHIPPING = "pages/shipping/page.py"
WAITING = ("Order.all.20250301_20250310.csv", shopee_csv(MARCH))


def test_cards_are_kept_given_and_counted():
    at = opened(SHIPPING, WAITING)
    assert "3 orders wait to be sent on data until 2025-03-10; 2 of them get a card." in at.subheader[0].value
    assert not at.warning
    [table] = at.dataframe
    assert table.value["note"].dropna().tolist() == ["請盡快出貨"]
    [write] = [button for button in at.button if button.label == "Write down that 2 cards went in"]
    write.click()
    rerun(at)
    assert "2 cards are written down as given" in markdown(at)
    at.button_group(key="shipping_view").set_value("cards")
    rerun(at)
    at.text_input(key="shipping_code_first").set_value("HELLO*1*")
    [keep] = [button for button in at.button if button.label == "Keep the cards"]
    keep.click()
    rerun(at)
    assert "First order: came back with the code: 0 of 1 given (0.0 %, between 0.0 % and 79.3 %)" in markdown(at)
    at.button_group(key="shipping_view").set_value("strips")
    rerun(at)
    [strip] = [text.value for text in at.markdown if "P010" in text.value]
    assert r"HELLO\*1\*" in strip  # a code is text
    assert "purchase no. 1" in strip
    assert "☐ 茶 × 1" in strip


@pytest.mark.parametrize(
    ("files", "said"),
    [
        (
            [("Order.all.csv", shopee_csv([parcel("ann", "2025-03-01 10:00")]))],
            "Nothing waits to be sent on data until 2025-03-01.",
        ),
        (
            [("orders_export_1.csv", shopify_csv(SMALL["one order"]))],
            "These exports do not say which orders are still to be sent.",
        ),
        (
            [
                ("Order.all.20250201_20250228.csv", shopee_csv([parcel("ann", "2025-02-27 10:00", "待出貨")])),
                ("Order.all.20250301_20250310.csv", shopee_csv([parcel("bob", "2025-03-02 10:00")], first=2)),
            ],
            "1 of an older one was still to be sent then.",
        ),
    ],
)
def test_where_nothing_waits_it_says_why(files, said):
    at = opened(SHIPPING, *files)
    assert said in everything(at)


def test_an_order_that_the_filters_keep_off_the_list_is_not_forgotten():
    at = opened(SHIPPING, WAITING, leave_out_days="1")  # ann, who bought on two days, has one of the three
    assert "2 orders wait to be sent" in at.subheader[0].value
    assert at.warning[0].value.startswith("1 more order waits to be sent and is not listed")


@pytest.mark.browser
def test_printing_brings_out_the_strips_alone(open_page: Callable[..., Page]) -> None:
    page = open_page("shipping?lang=en&shop=durable&shipping_view=strips")
    strips = page.locator("[class*='st-key-shipping_strip_']")
    expect(strips.first).to_be_visible()
    page.emulate_media(media="print")
    expect(strips.first).to_be_visible()
    expect(page.get_by_role("heading", name="What goes out today, and with which card?")).to_be_hidden()
    expect(page.get_by_role("button", name="Write down that")).to_be_hidden()
