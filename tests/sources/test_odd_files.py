"""Files as spreadsheets, pages and hurried people leave them: sheets, packed records, blanks, dates, encodings, layouts of other markets."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, timedelta

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.sources import Upload
from analytics.store import Opened, open_shop
from tests.support.rows import order, shopify_csv
from tests.support.workbooks import encrypted, excelize_workbook, saved_workbook, zip_file

SHOPIFY = ["Name", "Email", "Financial Status", "Currency", "Subtotal", "Total", "Created at", "Lineitem quantity", "Lineitem name",
           "Lineitem price", "Cancelled at", "Id"]  # fmt: skip


def sale(number: int, when: object = "2025-01-05 10:00:00 +0800", product: str = "tea", **more: object) -> list[object]:
    cells = [f"#{number}", f"buyer{number}@example.com", "paid", "TWD", 100, 100, when, 1, product, 100, "", f"5550000{number:06}"]  # fmt: skip
    return [more.get(name.replace(" ", "_"), cell) for name, cell in zip(SHOPIFY, cells, strict=True)]


def text(rows: Sequence[Sequence[object]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


def opened(data: bytes | str, name: str = "orders_export_1.csv", **told: dict[str, str]) -> Opened:
    return open_shop([Upload(name, data.encode() if isinstance(data, str) else data)], **told)


def orders(data: bytes | str, name: str = "orders_export_1.csv") -> int:
    found = opened(data, name)
    assert found.store is not None, found.problems
    return found.store.shop.orders


def days(*written: object) -> list[str]:
    found = opened(text([SHOPIFY, *(sale(n, when) for n, when in enumerate(written, 1))]))
    assert found.store is not None, found.problems
    return [f"{day:%Y-%m-%d}" for day in found.store.table("orders").sort_values("order_id")["ordered_at"]]


def book(sheets: dict[str, list[list[object]]], hidden: Sequence[str] = (), **options: bool) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, **options}) as made:
        for name, rows in sheets.items():
            sheet = made.add_worksheet(name)
            if name in hidden:
                sheet.hide()
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return buffer.getvalue()


def test_every_sheet_of_the_layout_is_read_and_listed_and_hidden_ones_only_alone() -> None:
    months = {"notes": [["done by Ann"]], "Jan": [SHOPIFY, sale(1), sale(2)], "Feb": [SHOPIFY, sale(3)], "old": [SHOPIFY, sale(4)]}  # fmt: skip
    store = opened(book(months, hidden=["old"]), "2025.xlsx").store
    assert store.table("files")["name"].tolist() == ["2025.xlsx/Feb", "2025.xlsx/Jan"]
    assert store.shop.orders == 3
    assert orders(book({"notes": [["done by Ann"]], "old": [SHOPIFY, sale(4)]}, hidden=["old"]), "a.xlsx") == 1


@pytest.mark.parametrize("above", [1, 11, 45])
def test_a_header_is_found_below_many_rows(above: int) -> None:
    rows = [[f"note {n}"] for n in range(above)]
    assert orders(saved_workbook([*rows, SHOPIFY, sale(1)], "Sheet1"), "a.xlsx") == 1


def test_records_that_stand_in_one_cell_each_are_taken_apart_wholly_or_in_part() -> None:
    lines = text([SHOPIFY, *(sale(n) for n in range(1, 6))]).splitlines()
    whole = text([[line] for line in lines])
    part = "\n".join(text([[line]]).strip() if number in (2, 4) else line for number, line in enumerate(lines))
    assert orders(whole) == orders(part) == 5


@settings(deadline=None, max_examples=3)
@given(st.sets(st.integers(1, 8), min_size=1, max_size=4))
def test_a_header_repeated_anywhere_is_no_order_and_is_said(places: set[int]) -> None:
    rows = [sale(n) for n in range(1, 9)]
    for place in sorted(places, reverse=True):
        rows.insert(place, SHOPIFY)
    store = opened(text([SHOPIFY, *rows])).store
    assert store.shop.orders == 8
    assert f'"n": {len(places)}' in " ".join(store.table("files").loc[0, "notes"])


def test_what_is_beside_the_tables_of_a_zip_is_passed_over_unless_nothing_else_is_there() -> None:
    beside = {"README.md": b"# hi", "a.json": b"{}", "__MACOSX/._a.csv": b"\0\1", "x.pyc": b"\0\0"}
    found = opened(zip_file({**beside, "orders_export_1.csv": shopify_csv([("ann", "2025-01-05")])}), "a.zip")
    assert (found.store.shop.orders, found.problems) == (1, [])
    assert opened(zip_file(beside), "a.zip").problems


def test_a_locked_workbook_opens_with_its_password() -> None:
    data = encrypted(saved_workbook([SHOPIFY, sale(1)], "Sheet1"), "123456")
    assert opened(data, "a.xlsx", passwords={"a.xlsx": "123456"}).store.shop.orders == 1


BLANKS = ["", "nan", "NaN", "NaT", "None", "NULL", "null", "N/A", "-", "－", "(空白)", "\\N", "undefined"]


@settings(deadline=None, max_examples=3)
@given(st.lists(st.sampled_from(BLANKS), min_size=4, max_size=9))
def test_words_for_nothing_cancel_no_order(written: list[str]) -> None:
    rows = [sale(n, Cancelled_at=blank) for n, blank in enumerate(written, 1)]
    assert orders(text([SHOPIFY, *rows])) == len(written)


FORMS = [
    lambda day: f"{day:%Y-%m-%d} 10:05:00 +0800",
    lambda day: f"{day:%Y%m%d}",
    lambda day: f"民國{day.year - 1911}年{day.month}月{day.day}日",
    lambda day: f"中華民國 {day.year - 1911} 年 {day.month} 月 {day.day} 日",
    lambda day: f"{day.year - 1911}/{day.month:02}/{day.day:02}",
    lambda day: f"{day.year + 543}-{day.month:02}-{day.day:02} 10:05",
    lambda day: f'="{day:%Y/%m/%d} 10:05"',
    lambda day: f"{day:%Y/%m/%d} 下午1:05:00",
    lambda day: f"{(day - date(1899, 12, 30)).days}.5",
]


@settings(deadline=None, max_examples=4)
@given(st.dates(date(2021, 1, 1), date(2025, 12, 31)), st.permutations(FORMS))
def test_a_day_in_any_spelling_is_that_day(day: date, forms: list) -> None:
    assert days(*(form(day) for form in forms)) == [f"{day}"] * len(forms)


def test_numbers_of_three_parts_are_told_by_the_rest_of_their_column() -> None:
    assert days("15/03/2025 10:05:00 +0800", "01/03/2025 10:05:00 +0800") == ["2025-03-15", "2025-03-01"]
    assert days("25/03/01", "25/12/31") == ["2025-03-01", "2025-12-31"]
    assert days("13/03/2568", "01/04/2568") == ["2025-03-13", "2025-04-01"]


def test_day_numbers_of_a_workbook_that_counts_from_1904() -> None:
    since = (date(2025, 3, 1) - date(1904, 1, 1)).days
    data = book({"orders": [SHOPIFY, sale(1, since + 0.5)]}, date_1904=True)
    assert f"{opened(data, 'a.xlsx').store.shop.first_ordered}" == "2025-03-01"


def test_day_or_month_is_in_doubt_until_the_owner_says() -> None:
    data = text([SHOPIFY, sale(1, "03/04/2025 10:00"), sale(2, "05/06/2025 10:00")])
    store = opened(data).store
    [(key, doubt)] = store.table("files")[["key", "doubtful_date"]].values.tolist()
    assert (doubt, f"{store.shop.first_ordered}") == ("03/04/2025", "2025-03-04")
    told = opened(data, dates={key: "day"}).store
    assert f"{told.shop.first_ordered}" == "2025-04-03"
    assert told.table("files")["doubtful_date"].isna().all()


@pytest.mark.parametrize("years", [1, 30])
def test_orders_of_days_to_come_do_not_move_the_as_of_day(years: int) -> None:
    later = date.today() + timedelta(days=366 * years)
    store = opened(
        shopify_csv([order("ann", "2025-01-05"), order("bob", "2025-01-06"), order("cat", f"{later}")])
    ).store
    assert f"{store.shop.as_of}" == "2025-01-06"
    assert store.table("excluded_orders")["reason"].tolist() == ["future"]


@pytest.mark.parametrize(
    ("encoding", "products"),
    [
        ("cp1252", ["Crème brûlée", "Pâté"]),
        ("cp950", ["山嵐烏龍茶", "蜂蜜禮盒"]),
        ("gbk", ["亚麻衬衫", "乌龙茶"]),
        ("cp949", ["녹차 세트", "꿀 선물"]),
        ("cp932", ["煎茶セット", "はちみつ"]),
    ],
)
def test_an_encoding_is_told_by_its_words(encoding: str, products: list[str]) -> None:
    data = text([SHOPIFY, *(sale(n, product=name) for n, name in enumerate(products * 3, 1))]).encode(encoding)
    store = opened(data).store
    assert sorted(store.table("order_lines")["product"].unique()) == sorted(products)


def test_abandoned_checkouts_are_named_with_the_way_to_the_orders() -> None:
    rows = [sale(n, Financial_Status="") for n in (1, 2)]
    [problem] = opened(text([[*SHOPIFY, "Paid at"], *([*row, ""] for row in rows)])).problems
    assert "checkout" in str(problem).lower()


MARKETS = {
    "momo": (
        "訂單編號,訂單狀態,轉單日,商品名稱,數量,商品售價,客戶編號,單品折價券(商品自折),銷退原因",
        ["M1,配送結束,2025/03/01,茶,2,100,C1,20,", "M1,取消訂單,2025/03/01,杯,1,50,C1,,不想要了", "M2,已回收,2025/03/02,茶,1,100,C2,,",
         "M3,配送異常,2025/03/03,茶,1,100,C3,,", "M4,配送結束,2025/03/04,茶,1,100,C4,,配送異常結案"],
        (1, 180),
    ),
    "coupang": (
        "주문번호,주문일,등록상품명,구매수(수량),옵션판매가(판매단가),구매자,구매자전화번호",
        ["1,2025-03-01 10:00:00,녹차,2,100,김,010-1234-5678", "2,2025-03-02 10:00:00,녹차,1,100,이,010-8765-4321"],
        (2, 300),
    ),
    "smartstore": (
        "상품주문번호,주문번호,주문상태,클레임상태,구매자ID,주문일시,상품명,수량,상품가격,최종 상품별 총 주문금액",
        ["11,1,구매확정,,kim,2025-03-01 10:00,녹차,2,100,190", "12,1,취소,취소완료,kim,2025-03-01 10:00,꿀,1,50,50",
         "21,2,배송중,,lee,2025-03-02 10:00,녹차,1,100,100"],
        (2, 290),
    ),
    "cyberbiz": (
        "訂單編號,訂單狀態,付款狀態,配送狀態,退貨狀態,成立日期,會員信箱,商品名稱,單價,數量,商品總金額",
        ["1,已結案,已付款,已送達,,2025-03-01,ann@example.com,茶,100,2,250", "1,已結案,已付款,已送達,,2025-03-01,ann@example.com,杯,50,1,250",
         "2,已取消,未付款,未出貨,,2025-03-02,bob@example.com,茶,100,1,100", "3,已結案,已付款,已送達,已退貨,2025-03-03,cat@example.com,茶,100,1,100"],
        (1, 250),
    ),
    "shopify": (
        "Name,Email,Financial Status,Currency,Created at,Lineitem quantity,Lineitem name,Lineitem price",
        ["#1,ann@example.com,paid,TWD,2025-03-01 10:00:00 +0800,2,tea,100", "#1,ann@example.com,,,2025-03-01 10:00:00 +0800,1,cup,50"],
        (1, 250),
    ),
    "easystore": (
        "Order Number,Date,Subtotal,Order Discount,Credit Used,Financial Status,Item Name,Quantity,Item Price",
        ["1,2025-03-01 10:00,250,20,10,paid,tea,2,100", ",,,,,,cup,1,50"],
        (1, 220),
    ),
    "amazon": (
        "amazon-order-id,purchase-date,order-status,product-name,quantity,currency,item-price,item-promotion-discount",
        ["111-1,2025-03-01T10:00:00+00:00,Shipped,tea,2,USD,20.00,2.00", "111-1,2025-03-01T10:00:00+00:00,Shipped,cup,1,USD,5.00,0.00",
         "111-2,2025-03-02T10:00:00+00:00,Cancelled,tea,0,USD,0.00,0.00", "111-3,2025-03-03T10:00:00+00:00,Pending,tea,1,USD,,"],
        (1, 23),
    ),
    "ruten": (
        "訂單編號,結帳時間,商品名稱,規格,數量,單價,賣家折扣碼金額,露天折扣碼金額,運費,結帳總金額,交易狀況,買家帳號",
        ["R1,2025/03/01 10:00,茶,大,2,100,20,10,60,280,完成,ann", "R1,2025/03/01 10:00,杯,,1,50,20,10,60,280,完成,ann",
         "R2,2025/03/02 10:00,茶,大,1,100,0,0,60,160,已領取退貨,bob"],
        (1, 230),
    ),
}  # fmt: skip


@pytest.mark.parametrize("platform", MARKETS)
def test_a_layout_of_another_market_gives_what_was_worked_out_by_hand(platform: str) -> None:
    header, rows, (count, revenue) = MARKETS[platform]
    store = opened("\n".join([header, *rows]), "export.csv").store
    assert store.table("files")["platform"].tolist() == [platform]
    assert (store.shop.orders, float(store.table("orders")["revenue"].sum())) == (count, revenue)


@pytest.mark.parametrize(
    ("platform", "header", "row"),
    [
        ("yotpo", "Review ID,Review Creation Date,Review Score,Review Title,Review Content,Reviewer Email", "1,2022-07-01,5,Great,Lovely tea,a@example.com"),
        ("kudobuzz", "display_name,email,rating,title,message,created_at_platform", "Ann,a@example.com,5,Great,Lovely tea,2022-07-01"),
        ("shopee_reviews", "nama pengguna,produk,review,rating,waktu transaksi", "ann_tea,Teh,Lovely tea,5,2022-07-01 10:05"),
    ],
)  # fmt: skip
def test_reviews_of_other_apps_are_read(platform: str, header: str, row: str) -> None:
    store = opened(f"{header}\n{row}\n", "reviews.csv").store
    assert store.query("reviews/files")["platform"].tolist() == [platform]
    [(rating, words)] = store.table("reviews")[["rating", "text"]].values.tolist()
    assert (rating, words.split("\n")[-1]) == (5, "Lovely tea")


@pytest.mark.parametrize("make", [excelize_workbook, saved_workbook])
def test_a_workbook_whose_sheet_ends_before_its_footer_is_said_to_be_cut_short(make: Callable[..., bytes]) -> None:
    headers = ["訂單編號", "訂單狀態", "買家帳號", "訂單成立日期", "商品總價", "商品名稱", "數量"]
    rows = [[f"25010100000{n:02d}", "已完成", f"a{n}", "2025-01-01 10:00", "100", "tea", "1"] for n in range(60)]
    whole, out = zipfile.ZipFile(io.BytesIO(make([headers, *rows]))), io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for part in whole.namelist():
            xml = whole.read(part)
            if "worksheets/sheet" in part:
                xml = xml[: xml.rindex(b"</row>", 0, len(xml) // 2) + 6]
            archive.writestr(part, xml)
    found = open_shop([Upload("Order.all.xlsx", out.getvalue())])
    assert found.store is None
    assert "cut short" in str(found.problems[0])


@pytest.mark.parametrize(
    "words", ["/?leave_out_days=inf\n/?shop=x\n", 'zh_TW = "x"\nen = "x"\n', "a = " + "[" * 2000, "just words"]
)
def test_a_text_of_one_column_is_no_table_and_asks_for_no_mapping(words: str) -> None:
    found = opened(words, "notes.csv")
    assert found.store is None
    assert [type(problem).__name__ for problem in found.problems] == ["InputError"]
    assert "no table" in str(found.problems[0])


def test_a_mapping_of_brackets_alone_is_one_sentence() -> None:
    found = opened(b"a,b\n1,2\n", "odd.csv", mappings={"odd.csv": "a = " + "[" * 4000})
    assert "too many brackets" in str(found.problems[0])
