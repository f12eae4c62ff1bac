"""The real UCI shop as exports: amounts to the cent in both layouts, and what does not count kept so that it does not."""

from __future__ import annotations

import json
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pandas as pd

from benchmarks import uci_exports
from sample_data import uci

DEMO = Path(uci.__file__).parent / "uci" / "orders_export.zip"
DATA = DEMO.parents[3] / "shared" / "data"
TEXT = {"dtype": str, "keep_default_na": False}
AT = datetime(2011, 1, 5, 10, 0)
LINES = [
    ("500", "A1", "MUG", 3, AT, Decimal("1.255"), "12345", "France"),
    ("500", "A2", "", -2, AT, Decimal("0"), "12345", "France"),
    ("C501", "A1", "MUG", -3, AT, Decimal("1.255"), "12345", "France"),
    ("A502", "B", "Adjust bad debt", 1, AT, Decimal("-11062.06"), "", "United Kingdom"),
    ("503", "A3", "LOST", -7, AT, Decimal("0"), "", "United Kingdom"),
    ("504", "A1", "MUG", 1, datetime(2011, 2, 7, 9, 30), Decimal("0.001"), "", "Utopia"),
]


def ten_thousandths(texts: pd.Series) -> pd.Series:
    return texts.map(lambda text: int(Decimal(text) * 10_000))


def test_invoices_add_up_and_know_whether_they_are_cancelled():
    shop = uci.invoices(LINES)
    assert [(x.number, x.cancelled, uci.amount(x.total)) for x in shop] == [
        ("500", False, "3.765"),
        ("503", False, "0.00"),
        ("A502", True, "11062.06"),
        ("C501", True, "3.765"),
        ("504", False, "0.001"),
    ]
    assert shop[0].items[1] == uci.Item("A2", "A2", 2, 0)


def test_the_shopify_export_says_the_total_once_per_order(tmp_path):
    assert uci_exports.write_shopify(uci.invoices(LINES), tmp_path / "orders.csv") == 6
    rows = pd.read_csv(tmp_path / "orders.csv", **TEXT)
    assert list(rows["Name"]) == ["#504", "#C501", "#A502", "#503", "#500", "#500"]
    assert list(rows["Subtotal"]) == ["0.001", "3.765", "11062.06", "0.00", "3.765", ""]
    assert list(rows["Cancelled at"] != "") == [False, True, True, False, False, False]
    assert list(rows["Email"]) == ["", "customer12345@example.com", "", "", *["customer12345@example.com"] * 2]


def test_the_shopee_workbooks_are_monthly_and_end_on_the_last_day_that_counts(tmp_path):
    paths = uci_exports.write_shopee(uci.invoices(LINES), tmp_path)
    assert [path.name for path in paths] == ["Order.all.20110101_20110131.xlsx", "Order.all.20110201_20110207.xlsx"]
    rows = pd.read_excel(paths[0], engine="calamine", **TEXT)
    assert list(rows["訂單編號"]) == ["500", "500", "503", "A502", "C501"]
    assert list(rows["訂單狀態"]) == ["已完成", "已完成", "已完成", "不成立", "不成立"]
    assert list(rows["商品總價"]) == ["3.765", "3.765", "0.00", "11062.06", "3.765"]
    assert list(rows["商品活動價格"]) == ["1.255", "0.00", "0.00", "11062.06", "1.255"]


def test_the_demo_shop_has_the_published_totals():
    lines = pd.read_csv(DEMO, **TEXT)
    heads = lines[lines["Financial Status"] != ""].set_index("Name")
    units = lines["Lineitem quantity"].astype(int) * ten_thousandths(lines["Lineitem price"])
    totals = ten_thousandths(heads["Subtotal"])
    assert (units.groupby(lines["Name"]).sum() == totals.sort_index()).all()
    counted = heads[(heads["Cancelled at"] == "") & (totals > 0)]
    buyers = counted[counted["Email"] != ""]
    assert (len(lines), len(buyers), len(counted) - len(buyers), buyers["Email"].nunique()) == (50_408, 2167, 59, 366)
    assert round(totals[counted.index].sum() / 10_000, 2) == 1_082_823.86
    assert round(totals[buyers.index].sum() / 10_000, 2) == 1_027_145.87
    assert counted["Created at"].max()[:10] == "2011-12-08"


if DATA.exists():

    def test_the_sample_gives_the_expected_totals():
        name = "uci_online_retail_sample.csv.gz"
        expected = json.loads((DATA / "expected.json").read_text("utf-8"))[name]
        shop = uci_exports.read(DATA / name)
        counted = [x for x in shop if not x.cancelled and x.total]
        buyers = [x for x in counted if x.customer]
        assert sum(len(x.items) for x in shop) == expected["lines_in_file"]
        assert (len(buyers), len(counted) - len(buyers)) == (expected["orders"], expected["guest_orders"])
        assert round(sum(x.total for x in counted) / 10_000, 2) == expected["revenue_with_guests"]
        assert round(sum(x.total for x in buyers) / 10_000, 2) == expected["revenue_known_customers"]


def test_the_large_exports_share_no_order_or_buyer_between_copies(tmp_path):
    assert uci_exports.write_big_shopify(tmp_path / "big.csv", 12_000) == 3 * 5621
    rows = pd.read_csv(tmp_path / "big.csv", usecols=["Name", "Email", "Phone", "Financial Status", "Id"], **TEXT)
    heads = rows[rows["Financial Status"] != ""]
    assert heads["Name"].is_unique
    who = heads["Email"].str.lower().where(heads["Email"] != "", heads["Phone"].str.replace(" ", ""))
    assert who[who != ""].groupby(heads["Name"].str.split("-").str[0]).unique().explode().is_unique
    assert uci_exports.write_big_shopee(tmp_path / "big.xlsx", 11_000) == 11_000
    book = pd.read_excel(tmp_path / "big.xlsx", engine="calamine", usecols=["訂單編號", "買家帳號"], **TEXT)
    assert len(book) == 11_000
    assert (book.groupby("訂單編號")["買家帳號"].nunique() == 1).all()
