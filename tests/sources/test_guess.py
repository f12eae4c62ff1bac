"""Roles guessed for tables that no platform describes, and the mapping that an owner keeps."""

from __future__ import annotations

import pandas as pd
import pytest

from analytics.sources import guess
from analytics.sources.platform_files import from_toml
from analytics.sources.recognition import recognise


def preview(headers: str, *rows: tuple) -> pd.DataFrame:
    return pd.DataFrame([list(map(str, row)) for row in rows], columns=headers.split(","), dtype=str)


CASHIER = preview(
    "交易單號,交易時間,會員姓名,會員手機,品名,數量,單價,小計,交易狀態,付款方式",
    ("T1", "2025/1/2 13:05", "王小明", "0912345678", "高山茶", 1, 100, 100, "已完成", "現金"),
    ("T1", "2025/1/2 13:05", "王小明", "0912345678", "茶杯", 2, 50, 100, "已完成", "現金"),
    ("T2", "2025/1/3 18:00", "李大華", "0922345678", "茶杯", 1, 50, 50, "已完成", "刷卡"),
)


def test_a_taiwanese_till_is_guessed_whole():
    assert guess.roles(CASHIER) == {
        "order_id": "交易單號",
        "ordered_at": "交易時間",
        "account": "會員姓名",
        "phone": "會員手機",
        "product": "品名",
        "quantity": "數量",
        "price": "單價",
        "status": "交易狀態",
        "line_total": "小計",
    }


@pytest.mark.parametrize(
    ("table", "wanted"),
    [
        (
            preview(
                "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country",
                ("536365", "85123A", "HEART HOLDER", 6, "12/1/2010 8:26", "2.55", "17850", "UK"),
            ),
            {"order_id": "InvoiceNo", "ordered_at": "InvoiceDate", "account": "CustomerID", "product": "Description",
             "quantity": "Quantity", "price": "UnitPrice"},
        ),
        (
            preview(
                "購物車編號(TG),主單編號(TM),訂單編號(TS),訂單轉單日,訂單狀態,商品名稱,商品單價,商品數量,訂單實際付款金額,會員手機",
                ("TG1", "TM1", "TS1", "2025/03/01 10:00", "已完成", "茶", 100, 2, 180, "0912345678"),
                ("TG1", "TM1", "TS2", "2025/03/01 10:00", "已完成", "杯", 50, 1, 50, "0912345678"),
            ),
            {"order_id": "購物車編號(TG)", "ordered_at": "訂單轉單日", "phone": "會員手機", "product": "商品名稱", "quantity": "商品數量",
             "price": "商品單價", "status": "訂單狀態", "line_total": "訂單實際付款金額"},
        ),
        (
            preview(
                "注文番号,注文日時,購入者氏名,メールアドレス,商品名,個数,単価,合計金額,ステータス",
                ("123-1", "2025/01/02 13:05:00", "山田", "y@example.com", "お茶", 1, 1000, 1000, "発送済み"),
            ),
            {"order_id": "注文番号", "ordered_at": "注文日時", "account": "購入者氏名", "email": "メールアドレス",
             "product": "商品名", "quantity": "個数", "price": "単価", "gross": "合計金額", "status": "ステータス"},
        ),
        (
            preview(
                "Mã đơn,Ngày tạo,Khách hàng,Sản phẩm,Số lượng,Đơn giá,Trạng thái",
                ("D1", "02/01/2025", "An", "Trà", 1, "100.000", "Hoàn thành"),
            ),
            {"order_id": "Mã đơn", "ordered_at": "Ngày tạo", "account": "Khách hàng", "product": "Sản phẩm",
             "quantity": "Số lượng", "price": "Đơn giá", "status": "Trạng thái"},
        ),
    ],
    ids=["en", "91APP", "ja", "vi"],
)  # fmt: skip
def test_headers_of_other_languages_are_guessed(table, wanted):
    assert guess.roles(table) == wanted


def test_cells_overrule_a_header_that_misleads():
    table = preview("date,order,name,amount", ("tea", "A1", "2025-01-02", "10"), ("cup", "A2", "2025-01-03", "20"))
    assert "ordered_at" not in guess.roles(table) or guess.roles(table)["ordered_at"] != "date"


def test_an_amount_on_an_orders_first_line_only_makes_the_layout_first():
    table = preview(
        "Order Number,Date,Customer Name,Item,Amount",
        ("1", "2025-01-02", "Ann", "tea", "15.00"), ("1", "2025-01-02", "", "cup", ""), ("2", "2025-01-03", "Bob", "cup", "5.00"),
    )  # fmt: skip
    assert guess.layout(table, guess.roles(table)) == "first"
    assert guess.layout(CASHIER, guess.roles(CASHIER)) == "repeated"


def test_a_mapping_is_a_platform_file_that_knows_its_table_again():
    columns = guess.roles(CASHIER)
    platform = from_toml(guess.mapping_toml('我的 "POS"', columns, "repeated", ["%d/%m/%Y"]))
    match = recognise(list(CASHIER.columns), [platform])
    assert match is not None
    assert match.platform.label == '我的 "POS"'
    assert {role: CASHIER.columns[place] for role, place in match.columns.items()} == columns
    assert match.region.customer == ("phone", "account"), "the account is a name there"
    assert match.region.dates == ("%d/%m/%Y",)
    assert "已取消" in match.region.statuses.cancelled
