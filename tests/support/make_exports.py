"""Makes `tests/exports`: small files in the real container of each platform, region and year, beside each what has to come out of it.

    python -m tests.support.make_exports

What has to come out was worked out by hand from the stories told in `exports_shopee.py`, `exports_others.py` and `exports_reviews.py`;
the sums stand here as they were done. A file dropped into `tests/exports` by hand needs the same `<name>.expected.json` and is tested like these.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from tests.support import exports_others as others
from tests.support import exports_reviews as opinions
from tests.support.exports_shopee import (
    ABROAD,
    BR_2026,
    BR_AMERICAN,
    EN,
    ID_2026,
    PH,
    STORY,
    TH_2026,
    TW_2020,
    TW_2025,
    TW_2026,
    TW_TOSHIP,
    VN_2023,
    VN_2026,
    honey,
    rows,
    rows_2018,
    tea,
)  # fmt: skip
from tests.support.workbooks import (
    csv_file,
    decrypted,
    encrypted,
    excelize_workbook,
    header_rows,
    old_workbook,
    saved_workbook,
    zip_file,
)

EXPORTS = Path(__file__).parents[1] / "exports"
PASSWORD = "123456"

TAIWAN = {
    "platform": "shopee",
    "region": "TW",
    "rows": 13,
    "orders": 7,
    "customers": 5,
    "guest_orders": 1,
    "revenue": 1000 + 600 + 450 + 300 + 600 + 450 + 270,
    "excluded": {"cancelled": 1, "refunded": 1, "unpaid": 1, "free": 1},
    "first_order": "2025-03-01",
}
"""A1, A2, A3, A5 (lost, paid out), A6 (two of three kept), A9, A11. Customers: tea_lover88, null, mei_0912, NA, lin_chen."""

TAIWAN_2026 = TAIWAN | {"first_order": "2026-03-01"}

TAIWAN_2020 = TAIWAN | {
    "region": "TW2020",
    "orders": 8,
    "customers": 6,
    "revenue": 1000 + 600 + 450 + 300 + 900 + 450 + 450 + 270,
    "excluded": {"cancelled": 1, "unpaid": 1, "free": 1},
    "first_order": "2020-03-01",
}
"""No column counts returns: A6 whole, and A7 by hao.tea."""

TAIWAN_2018 = TAIWAN_2020 | {
    "region": "TW2018",
    "revenue": 1000 + 600 + 450 + 300 + 900 + 450 + 450 + 300,
    "first_order": "2018-03-01",
}
"""No column for coin cashback: A11 whole. The file has a row per order; rows counts the lines in its cells."""

TOSHIP = TAIWAN | {
    "orders": 9,
    "customers": 6,
    "guest_orders": 1,
    "revenue": 1000 + 600 + 450 + 300 + 300 + 600 + 450 + 450 + 270,
    "excluded": {"refunded": 1, "free": 1},
    "first_order": "2026-03-01",
}
"""Everything is waiting to be shipped: A4 and A8 count too. Customers: also hao.tea, by A8."""

OVERLAP = TAIWAN | {
    "rows": 10,
    "orders": 6,
    "customers": 5,
    "guest_orders": 0,
    "revenue": 1000 + 450 + 600 + 450 + 600 + 450,
    "excluded": {"superseded": 2},
}
"""A1 and A3 from the older window, A6, A8, A2 and A9 from the newer. Customers: tea_lover88, null, NA, hao.tea, lin_chen."""

VIETNAM = TAIWAN | {
    "region": "VN",
    "revenue": (1000 + 600 + 450 + 300 + 600 + 450 + 270) * 1000,
    "first_order": "2023-03-01",
}
"""Abroad no parcel is lost: A5 is a good sale, and the bundle discount of 20 is in its deal price of 300 already."""

BRAZIL = VIETNAM | {
    "region": "BR",
    "orders": 8,
    "customers": 6,
    "revenue": (1000 + 600 + 450 + 300 + 900 + 450 + 450 + 270) / 10,
    "excluded": {"cancelled": 1, "unpaid": 1, "free": 1},
    "first_order": "2026-03-01",
}
"""No column counts returns: A6 whole, and A7 by hao.tea."""

SHOPIFY = {
    "platform": "shopify",
    "region": "all",
    "rows": 15,
    "orders": 9,
    "customers": 4,
    "guest_orders": 1,
    "revenue": 1180 + 300 + 500 + 780 + 150 + 500 + 300 + 150 + 150,
    "excluded": {"cancelled": 2, "refunded": 1, "free": 1},
    "first_order": "2025-03-01",
}
"""#1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1013. Customers: mei@example.com, null, lin@example.com, 0912345678."""

SHOPIFY_PHONES = SHOPIFY | {
    "rows": 6,
    "orders": 4,
    "customers": 3,
    "guest_orders": 0,
    "revenue": 99.99 + 99.00 + 20.00 + 10.01,
    "excluded": {"cancelled": 2},
    "first_order": "2023-05-31",
}

SHOPLINE = {
    "platform": "shopline",
    "region": "TW",
    "rows": 9,
    "orders": 5,
    "customers": 3,
    "guest_orders": 1,
    "revenue": 1130 + 300 + 780 + 450 + 150,
    "excluded": {"cancelled": 1, "refunded": 1},
    "first_order": "2025-03-01",
}

PINKOI = {
    "platform": "pinkoi",
    "region": "TW",
    "rows": 7,
    "orders": 4,
    "customers": 2,
    "guest_orders": 1,
    "revenue": 870 + 440 + 480 + 220,
    "excluded": {"refunded": 1},
    "first_order": "2025-03-01",
}

EASYSTORE = {
    "platform": "easystore",
    "region": "all",
    "rows": 8,
    "orders": 3,
    "customers": 0,
    "guest_orders": 3,
    "revenue": 180 + 100 + 70,
    "excluded": {"cancelled": 1, "refunded": 1, "unpaid": 1},
    "first_order": "2025-03-01",
}

TIKTOK = {
    "platform": "tiktok",
    "region": "all",
    "rows": 10,
    "orders": 5,
    "customers": 3,
    "guest_orders": 1,
    "revenue": 230 + 100 + 100 + 50 + 50,
    "excluded": {"cancelled": 1, "refunded": 1, "unpaid": 1},
    "first_order": "2025-03-01",
}

LAZADA = {
    "platform": "lazada",
    "region": "all",
    "rows": 9,
    "orders": 5,
    "customers": 2,
    "guest_orders": 1,
    "revenue": 230 + 50 + 100 + 50 + 50,
    "excluded": {"cancelled": 1, "refunded": 1},
    "first_order": "2025-03-01",
}

WOOCOMMERCE = {
    "platform": "woocommerce",
    "region": "all",
    "rows": 10,
    "orders": 5,
    "customers": 3,
    "guest_orders": 1,
    "revenue": 1180 + 300 + 500 + 150 + 500,
    "excluded": {"cancelled": 1, "refunded": 1, "unpaid": 1},
    "first_order": "2025-03-01",
}


REVIEWS = {
    "rows": 6,
    "reviews": 4,
    "with_text": 3,
    "stars": 5 + 2 + 4 + 5,
    "left_out": {"duplicate": 1, "unreadable": 1},
    "first_review": "2025-03-02",
    "last_review": "2025-03-31",
}
"""mei, lin, hao (no words), ann. Written in UTC, the evening of 31 March is the first of April in Taipei."""

SURVEY = {
    "platform": "survey",
    "rows": 11,
    "reviews": 10,
    "with_text": 6,
    "scores": 10 + 10 + 9 + 9 + 10 + 9 + 8 + 7 + 6 + 0,
    "left_out": {"unreadable": 1},
    "first_review": "2025-03-02",
    "last_review": "2025-03-11",
}


def of_app(platform: str, **more: object) -> dict:
    """What has to come out of a review app's file."""
    return {"platform": platform, **REVIEWS, **more}


def review_fixtures() -> dict[str, tuple[bytes, dict]]:
    """The same for files of reviews."""
    april = {"last_review": "2025-04-01"}
    return {
        "reviews_judgeme.csv": (
            csv_file(opinions.with_spam("judgeme", "{} UTC")),
            of_app("judgeme", **april, rows=7, left_out={"duplicate": 1, "unreadable": 1, "spam": 1}),
        ),
        "reviews_judgeme_template.csv": (
            csv_file(opinions.reviews("judgeme_template", "{} UTC"), newline="\r\n"),
            of_app("judgeme", **april),
        ),
        "reviews_loox.csv": (csv_file(opinions.reviews("loox")), of_app("loox")),
        "reviews_loox_template.xlsx": (saved_workbook(opinions.reviews("loox_template"), "Sheet1"), of_app("loox")),
        "reviews_shopify_product_reviews.csv": (
            csv_file(opinions.reviews("shopify_reviews", "{} -0500")),
            of_app("shopify_reviews"),
        ),
        "reviews_yotpo.csv": (csv_file(opinions.days_first("yotpo"), "utf-8-sig", delimiter=";"), of_app("yotpo")),
        "reviews_okendo.csv": (csv_file(opinions.reviews("okendo", "{}Z")), of_app("okendo", **april)),
        "reviews_okendo_export.csv": (csv_file(opinions.reviews("okendo_export")), of_app("okendo")),
        "reviews_opinew.csv": (csv_file(opinions.reviews("opinew")), of_app("opinew")),
        "reviews_ryviu.csv": (csv_file(opinions.reviews("ryviu")), of_app("ryviu")),
        "reviews_stamped.csv": (csv_file(opinions.reviews("stamped"), "utf-16", delimiter="\t"), of_app("stamped")),
        "蝦皮評價_2025-03-31.tsv": (
            opinions.shopee_page().encode(),
            of_app("shopee_reviews", reviews=5, stars=5 + 2 + 5 + 5 + 4, left_out={"duplicate": 1}),
        ),
        "survey_nps.csv": (csv_file(opinions.survey(), "cp950"), SURVEY),
        "survey_nps.xlsx": (
            saved_workbook(opinions.survey_en(), "Form responses 1"),
            SURVEY
            | {"rows": 3, "reviews": 3, "with_text": 2, "scores": 9 + 4, "left_out": {}, "last_review": "2025-03-04"},
        ),
    }


def income() -> bytes:
    """Shopee's income report: notes above its header, the order export's names among its headers."""
    header = header_rows()["SHOPEE_INCOME"]
    line = ["250301TEA000A1", "", "tea_lover88", "2025-03-01", "信用卡", "2025-03-08", "1050", "-50", "0", "931"]
    return saved_workbook([["我的進帳"], ["期間", "2025-03-01 - 2025-03-31"], [], header, line], "Income")


def overlapping() -> bytes:
    """Two windows that share the 10th to the 15th: of A6 and A8 the newer snapshot counts, as a whole."""
    older = {
        "A1": STORY["A1"],
        "A3": STORY["A3"],
        "A6": replace(STORY["A6"], lines=(tea(3),)),
        "A8": STORY["A8"],
    }
    newer = {
        "A6": STORY["A6"],
        "A8": replace(STORY["A8"], status="completed", lines=(honey(),)),
        "A2": STORY["A2"],
        "A9": STORY["A9"],
    }
    return zip_file(
        {
            "Order.all.20250301_20250315.xlsx": excelize_workbook(rows(TW_2025, older)),
            "Order.all.20250310_20250331.xlsx": excelize_workbook(rows(TW_2025, newer)),
        }
    )


def parts() -> bytes:
    """One export in two parts, the first order torn between them."""
    header, *lines = rows(TW_2026, STORY)
    name = "Order.all.order_creation_date.20260301_20260331_part_{}_of_2.xlsx"
    return zip_file(
        {
            name.format(1): excelize_workbook([header, *lines[:1]]),
            name.format(2): excelize_workbook([header, *lines[1:]]),
        }
    )


def fixtures() -> dict[str, tuple[bytes, dict]]:
    """File name -> its bytes and what has to come out of it."""
    tw_2025, tw_2026 = rows(TW_2025, STORY), rows(TW_2026, STORY)
    return {
        "shopee_TW_2018_big5.csv": (csv_file(rows_2018(STORY), "big5", "\r\n"), TAIWAN_2018),
        "shopee_TW_2020_true.xls": (old_workbook(rows(TW_2020, STORY)), TAIWAN_2020),
        "shopee_TW_2025.Order.all.20250301_20250331.xlsx": (excelize_workbook(tw_2025), TAIWAN),
        "shopee_TW_2025_resaved.Order.all.20250301_20250331.xlsx": (saved_workbook(tw_2025), TAIWAN),
        "shopee_TW_2025_xlsx_inside.xls": (excelize_workbook(tw_2025), TAIWAN),
        "shopee_TW_2025_unicode_text.txt": (csv_file(tw_2025, "utf-16", "\r\n", "\t"), TAIWAN),
        "shopee_TW_2025_cp950.csv": (csv_file(tw_2025, "cp950", "\r\n"), TAIWAN),
        "shopee_TW_2025_overlap.zip": (overlapping(), OVERLAP),
        "shopee_TW_2026.Order.all.20260301_20260331.xlsx": (excelize_workbook(tw_2026), TAIWAN_2026),
        "shopee_TW_2026_resaved (1).xlsm": (saved_workbook(tw_2026), TAIWAN_2026),
        "shopee_TW_2026_encrypted.Order.all.20260301_20260331.xlsx": (
            excelize_workbook(tw_2026),
            TAIWAN_2026 | {"password": PASSWORD},
        ),
        "shopee_TW_2026_parts.zip": (parts(), TAIWAN_2026),
        "shopee_TW_2026.Order.toship.20260301_20260331.xlsx": (excelize_workbook(rows(TW_TOSHIP, STORY)), TOSHIP),
        "shopee_VN_2023.Order.all.20230301_20230331.xlsx": (excelize_workbook(rows(VN_2023, ABROAD)), VIETNAM),
        "shopee_VN_2026_resaved.xlsx": (saved_workbook(rows(VN_2026, ABROAD)), VIETNAM | {"first_order": "2026-03-01"}),
        "shopee_ID_2026.Order.all.20260301_20260331.xlsx": (
            excelize_workbook(rows(ID_2026, ABROAD)),
            VIETNAM | {"region": "ID", "first_order": "2026-03-01"},
        ),
        "shopee_TH_2026.Order.all.20260301_20260331.xlsx": (
            excelize_workbook(rows(TH_2026, ABROAD)),
            VIETNAM | {"region": "TH", "revenue": 3670, "first_order": "2026-03-01"},
        ),
        "shopee_TH_2026_bom.csv": (
            csv_file(rows(TH_2026, ABROAD), "utf-8-sig"),
            VIETNAM | {"region": "TH", "revenue": 3670, "first_order": "2026-03-01"},
        ),
        "shopee_EN_2025.Order.all.20250301_20250331.xlsx": (
            excelize_workbook(rows(EN, ABROAD)),
            VIETNAM | {"region": "EN", "revenue": 367.00, "first_order": "2025-03-01"},
        ),
        "shopee_PH_2025.Order.all.20250301_20250331.xlsx": (
            excelize_workbook(rows(PH, ABROAD)),
            VIETNAM | {"region": "PH", "revenue": 3670, "first_order": "2025-03-01"},
        ),
        "shopee_BR_2026.Order.all.order_creation_date.20260301_20260331.xlsx": (
            excelize_workbook(rows(BR_2026, ABROAD)),
            BRAZIL,
        ),
        "shopee_BR_2026_american_numbers.xlsx": (
            excelize_workbook(rows(BR_AMERICAN, ABROAD)),
            BRAZIL | {"revenue": 44200},
        ),
        "shopify_orders_export_1.csv": (csv_file(others.shopify()), SHOPIFY),
        "shopify_orders_export_crlf.csv": (csv_file(others.shopify(), newline="\r\n"), SHOPIFY),
        "shopify_phones_gbk.csv": (csv_file(others.shopify_phones(), "gbk", "\r\n"), SHOPIFY_PHONES),
        "shopline.xls": (old_workbook(others.shopline(), "Sales"), SHOPLINE),
        "pinkoi.xlsx": (saved_workbook(others.pinkoi(), "Sheet1"), PINKOI),
        "easystore_bom.csv": (csv_file(others.easystore(), "utf-8-sig"), EASYSTORE),
        "tiktok.xlsx": (saved_workbook(others.tiktok(), "OrderSKUList"), TIKTOK),
        "tiktok_us.csv": (
            csv_file(others.tiktok_us(), "utf-8-sig"),
            TIKTOK | {"rows": 7, "excluded": {}},
        ),
        "lazada.xlsx": (saved_workbook(others.lazada(), "sheet1"), LAZADA),
        "woocommerce.csv": (csv_file(others.woocommerce()), WOOCOMMERCE),
        "Income.20250301_20250331.xlsx": (income(), {"not_orders": "Shopee income report (我的進帳)"}),
        "shopee_ads.csv": (csv_file(others.ads(), "utf-8-sig"), {"not_orders": "Shopee ads report (蝦皮廣告)"}),
        "customers_export.csv": (csv_file(others.shopify_customers()), {"not_orders": "Shopify customers export"}),
        **review_fixtures(),
    }


def main() -> None:
    """Write the files; an encrypted one only when what is behind its password has changed."""
    EXPORTS.mkdir(exist_ok=True)
    for name, (data, expected) in fixtures().items():
        path = EXPORTS / name
        path.with_name(name + ".expected.json").write_text(json.dumps(expected, indent=2) + "\n", encoding="utf-8")
        if "password" not in expected:
            path.write_bytes(data)
        elif not path.exists() or decrypted(path.read_bytes(), expected["password"]) != data:
            path.write_bytes(encrypted(data, expected["password"]))


if __name__ == "__main__":
    main()
