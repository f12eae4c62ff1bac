"""The product page: what it says, the planted stock-out in a sentence, and the sheet that changes every page."""

from __future__ import annotations

import csv
import io

import pytest

from pages.shared import menu
from tests.support import app
from tests.support.goods import bought, line, shopee_csv
from tests.support.rows import SMALL, shopify_csv

PAGE = menu.file("products")
SHOP = shopee_csv(
    [
        bought("ann", "2025-01-01", line("【好茶】春茶 30入 送禮", id="1", variant="紅"), line("壺", id="2")),
        bought("ann", "2025-02-01", line("春茶 30入", id="1", variant="綠")),
        bought("bob", "2025-02-02", line("春茶 30入", id="1"), line("運費", 60, id="9")),
        bought("cat", "2025-02-03", line("茶葉春", id="3")),
    ]
)


def opened(data: bytes = SHOP, **query: str):
    return app.opened(PAGE, ("Order.all.csv", data), **query)


def test_the_answer_the_cards_and_what_was_put_together():
    at = opened()
    assert "春茶 30入 brings 60 %" in at.subheader[0].value
    assert [metric.value for metric in at.metric][:1] == ["3"]
    said = app.everything(at)
    assert "1 product is known under several titles" in said
    assert "運費" in said


def test_the_planted_stock_out_is_said_in_sentences():
    at = app.at_page(PAGE, shop="tea", lang="zh_TW")
    said = [text.value for text in at.markdown if "一筆也沒賣出" in text.value]
    assert len(said) == 4
    assert all("2025-09-08" in text for text in said)
    assert any("日日順暢益生菌" in text for text in said)


def test_one_product_shows_its_weeks_and_what_it_is_made_of():
    at = opened(products_view="one")
    assert len(app.figures(at)) == 1
    assert {"紅", "綠"} <= set(at.dataframe[0].value.variant.dropna())
    assert len(at.get("page_link")) >= 3


@pytest.mark.parametrize("orders", [SMALL["one order"], SMALL["no repeat"], [("", "2025-01-05")]])
def test_small_shops_and_guests_alone_have_every_view(orders: list):
    at = opened(shopify_csv(orders))
    for _view in app.in_every_view(at, "products_view", ["figures", "one", "still", "sheet"]):
        assert at.title[0].value.endswith("?")


def test_orders_without_products_say_so():
    at = opened(shopee_csv([bought("ann", "2025-01-01", line(""))]))
    assert "None of these orders names a product" in app.everything(at)


def test_merging_is_seen_on_every_page_and_undone():
    at = opened(products_view="sheet")
    at.selectbox(key="products_merge").set_value("3")
    app.rerun(at)
    at.selectbox(key="products_into").set_value("1")
    app.rerun(at)
    at.button(key="products_merge_now").click()
    app.rerun(at)
    assert at.metric[0].value == "2"
    assert "with your product sheet" in app.captions(at)
    at.button(key="products_reset").click()
    app.rerun(at)
    assert at.metric[0].value == "3"
    assert "with your product sheet" not in app.captions(at)


def test_splitting_makes_a_product_of_its_own():
    at = opened(products_view="sheet")
    at.selectbox(key="products_part").set_value("綠")
    app.rerun(at)
    at.button(key="products_split_now").click()
    app.rerun(at)
    assert at.metric[0].value == "4"


def test_a_sheet_is_saved_edited_and_loaded_again():
    from analytics.products import sheet_file
    from analytics.store import Sheet
    from tests.support.goods import goods_shop

    store = goods_shop([bought("ann", "2025-01-01", line("春茶 30入", id="1"), line("壺", id="2"))])
    table = list(csv.reader(io.StringIO(sheet_file.write(store, Sheet()).decode("utf-8-sig"))))
    head = [cell.split()[0] for cell in table[0]]
    table[1][head.index("short_name")], table[1][head.index("days_per_pack")] = "好茶", "30"
    out = io.StringIO()
    csv.writer(out).writerows(table)
    at = opened(products_view="sheet")
    at.file_uploader(key="products_file").set_value([("product-sheet.csv", out.getvalue().encode("cp950"), "text/csv")])
    app.rerun(at)
    app.rerun(at)
    assert "好茶 brings" in at.subheader[0].value
    assert "Your sheet says something of 1 product" in app.captions(at)
    at.file_uploader(key="products_file").set_value([("notes.csv", b"a,b\n1,2\n", "text/csv")])
    app.rerun(at)
    assert "holds no product sheet" in app.everything(at)


def test_a_cell_that_is_changed_in_the_table_becomes_a_row_of_the_sheet():
    import pandas as pd

    from analytics.store import Sheet, SheetRow
    from pages.products.sheet import _changed

    shown = pd.DataFrame({"product_id": ["1", "2"], "part": ["", ""]})
    view = pd.DataFrame({"short_name": ["", ""], "family": ["", ""], "kind": ["", "Gift"], "pack_size": [30.0, None], "days_per_pack": [None, None], "cost": [None, None]})  # fmt: skip
    edited = view.copy()
    edited.loc[0, ["short_name", "days_per_pack"]] = [" tea ", 20.0]
    kinds = {"Gift": "gift"}
    sheet = Sheet.of([SheetRow("1", family="x", cost=3)])
    assert _changed(shown, view, view.copy(), kinds, sheet) == []
    assert _changed(shown, view, edited, kinds, sheet) == [
        SheetRow("1", short_name="tea", family="x", days_per_pack=20.0, cost=3)
    ]
