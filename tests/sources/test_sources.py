"""From uploads to raw tables: every row kept as written, one error for each file that cannot be used, and the other files still load."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.errors import InputError, NotRecognised, PasswordNeeded, from_json, told_once
from analytics.sources import Source, Upload, csvtext, guess, read
from analytics.sources.headers import normalise
from analytics.sources.names import Snapshots, shop, window
from tests.support.workbooks import (
    csv_file,
    encrypted,
    excelize_workbook,
    header_rows,
    old_workbook,
    saved_workbook,
    zip_file,
)

HEADERS = [
    "Name",
    "Email",
    "Financial Status",
    "Subtotal",
    "Created at",
    "Lineitem quantity",
    "Lineitem name",
    "Lineitem price",
]
ANN = ["#1", "ann@example.com", "paid", "10.00", "2025-01-02 03:04:05 +0800", "1", "tea", "10.00"]
BOB = ["#2", "bob@example.com", "paid", "20.00", "2025-01-03 03:04:05 +0800", "2", "cup", "10.00"]


def all_of(*uploads: tuple[str, bytes], **given) -> tuple[list[Source], list]:
    options = {"passwords": {}, "mappings": {}, "shops": {}} | given
    return read([Upload(name, data) for name, data in uploads], **options)


def one(data: bytes, name: str = "orders.csv", **given) -> Source:
    sources, problems = all_of((name, data), **given)
    assert not problems
    return sources[0]


def problem(data: bytes, name: str = "orders.csv", **given) -> InputError:
    sources, [error] = all_of((name, data), **given)
    assert not sources
    return error


def cells(source: Source, *columns: str) -> list[tuple]:
    """What the file says on each line, its order's and product's columns with it."""
    raw = source.raw
    runs, products, contexts = raw.runs.to_pylist(), raw.products.to_pylist(), raw.contexts.to_pylist()
    lines = [line | products[line["product_key"]] | runs[line["run"]] for line in raw.lines.to_pylist()]
    return [tuple({**line, **contexts[line["context_key"]]}[column] for column in columns) for line in lines]


def test_headers_are_the_same_text_whatever_wrote_them():
    decomposed = "Nga\u0300y gu\u031b\u0309i ha\u0300ng"
    assert normalise([decomposed, " 收件者電話 \n(若您是自行配送)", "*หมายเลข", "Tracking Number*", "a\n b", "Cidade", "Cidade", "", "\ufeffName"]) == [
        "Ngày gửi hàng", "收件者電話", "หมายเลข", "Tracking Number", "a b", "Cidade", "Cidade (2)", "#8", "Name",
    ]  # fmt: skip
    assert normalise(["Tổng số tiền Người mua", "Tổng số tiền người mua"]) == [
        "Tổng số tiền Người mua",
        "Tổng số tiền người mua",
    ]


def test_only_mapped_columns_are_kept_as_text_in_file_order():
    source = one(csv_file([[*HEADERS, "Notes"], [*BOB, "x"], [*ANN, "y"]]))
    raw = source.raw
    assert set(raw.runs.column_names) == {"order_id", "email", "subtotal", "ordered_at"} | {
        "run",
        "first_line",
        "rows",
        "anchored",
        "context_key",
    }
    assert set(raw.lines.column_names) == {"quantity", "price"} | {"line", "run", "product_key"}
    assert (raw.products.column_names, raw.contexts.column_names) == (
        ["product", "product_key"],
        ["status", "context_key"],
    )
    assert cells(source, "order_id", "ordered_at") == [("#2", BOB[4]), ("#1", ANN[4])]
    assert (source.platform.name, source.region.key, source.layout, source.rows) == ("shopify", "all", "first", 2)


ENCODINGS = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8 (BOM)", "utf-16": "UTF-16", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16", "cp950": "Big5", "gbk": "GBK"}  # fmt: skip


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize(("newline", "delimiter"), [("\n", ","), ("\r\n", ";"), ("\r\n", "\t")])
def test_text_is_read_in_every_encoding_and_dialect(encoding, newline, delimiter):
    rows = [HEADERS, [*ANN[:6], "高山烏龍茶\n150g，禮盒", "1"], [*BOB[:6], f'5" {delimiter}壺', "2"]]
    source = one(csv_file(rows, encoding, newline, delimiter))
    assert source.encoding == ENCODINGS[encoding]
    assert cells(source, "product") == [("高山烏龍茶\n150g，禮盒",), (f'5" {delimiter}壺',)]


def test_big5_and_gbk_are_told_apart_by_headers_that_are_known():
    headers = header_rows()["TW_2025"]
    rows = [headers, [f"買{n}" for n in range(len(headers))]]
    assert one(csv_file(rows, "cp950")).encoding == "Big5"
    assert one(csv_file(rows, "gbk")).encoding == "GBK"


def test_big5_that_begins_after_a_long_plain_start_is_still_big5():
    rows = [HEADERS, *[ANN] * 6_000, [*BOB[:6], "高山烏龍茶與紅茶禮盒", "1"]]
    source = one(csv_file(rows, "cp950"))
    assert (source.encoding, source.rows) == ("Big5", 6_001)
    assert cells(source, "product")[-1] == ("高山烏龍茶與紅茶禮盒",)


def test_a_few_stray_bytes_do_not_make_another_encoding():
    data = csv_file([HEADERS, [*ANN[:6], "高山烏龍茶", "1"]]) + b"#2,\xff,paid,1,2025-01-02,1,tea,1\n"
    source = one(data)
    assert source.encoding == "UTF-8"
    assert cells(source, "email", "product") == [("ann@example.com", "高山烏龍茶"), ("�", "tea")]
    assert any("could not be decoded" in note for note in source.notes)


def test_customers_called_null_survive_and_blank_cells_are_null():
    names = ["null", "NA", "None", "nan", "n/a", "NULL", "", " "]
    rows = [[f"#{n}", name, "paid", "1", "2025-01-02", "1", "tea", "1"] for n, name in enumerate(names)]
    for data in (csv_file([HEADERS, *rows]), excelize_workbook([HEADERS, *rows]), old_workbook([HEADERS, *rows])):
        assert [email for (email,) in cells(one(data), "email")] == [*names[:6], None, " "]


def test_rows_of_other_lengths_are_kept_and_noted():
    data = csv_file([HEADERS, ANN, BOB[:3], [*BOB, "more", "and more"], ANN])
    source = one(data)
    assert cells(source, "order_id", "price") == [("#1", "10.00"), ("#2", None), ("#2", "10.00"), ("#1", "10.00")]
    assert any("more or fewer cells" in note for note in source.notes)


def test_a_delimiter_more_at_the_end_of_every_row_is_no_fault():
    source = one(csv_file([HEADERS, [*ANN, ""], [*BOB, ""]]))
    assert cells(source, "order_id", "price") == [("#1", "10.00"), ("#2", "10.00")]
    assert not source.notes


def test_rows_above_the_header_and_blank_rows_are_no_orders():
    rows = [["訂單報表", "2025"], [], ["產生時間", "2025-01-31"], HEADERS, ANN, [""] * 8, BOB]
    for data in (csv_file(rows), saved_workbook(rows)):
        assert cells(one(data), "order_id") == [("#1",), ("#2",)]


def test_identical_rows_are_kept():
    assert one(csv_file([HEADERS, ANN, ANN])).rows == 2


def test_a_sheet_called_orders_is_preferred_and_excels_own_cells_become_text():
    rows = [HEADERS, ["#1", "ann", "paid", 1390.0, 45292.5, 1, True, 37.25]]
    source = one(saved_workbook(rows), "a.xlsx")
    assert cells(source, "subtotal", "ordered_at", "quantity", "product", "price") == [
        ("1390", "45292.5", "1", "true", "37.25")
    ]


def test_order_ids_on_an_orders_first_line_only_are_filled_down():
    header = [
        "Order Name",
        "Order Number",
        "Date",
        "Channel",
        "Subtotal",
        "Total Amount",
        "Financial Status",
        "Item Name",
        "Quantity",
        "Item Price",
    ]
    rows = [header, ["#1", "1", "2025-01-02", "web", "10", "10", "paid", "tea", "1", "5"], [""] * 7 + ["cup", "1", "5"]]
    columns = {
        "order_id": "Order Number",
        "ordered_at": "Date",
        "gross": "Subtotal",
        "product": "Item Name",
        "quantity": "Quantity",
    }
    mapping = guess.mapping_toml("till", columns, "first")
    source = one(csv_file(rows), mappings={"orders.csv": mapping})
    assert cells(source, "order_id", "gross", "product") == [("1", "10", "tea"), ("1", "10", "cup")]
    assert source.raw.runs.num_rows == 1


def test_items_in_one_text_become_one_row_each():
    headers = header_rows()["TW_2018"]
    items = "[1] 商品名稱:烏龍茶; 商品選項名稱:150g; 價格: $ 100; 數量: 2; 商品選項貨號: T1; \n[2] 商品名稱:茶杯; 價格: $ 50; 數量: 1; 商品選項貨號: C1;"
    order = {"訂單編號": "A", "買家帳號": "ann", "訂單狀態": "已完成", "商品資訊": items}
    rest = {"訂單編號": "B", "買家帳號": "bob", "訂單狀態": "已完成", "商品資訊": "?"}
    rows = [headers, *([row.get(header, "") for header in headers] for row in (order, rest))]
    source = one(csv_file(rows, "cp950"))
    assert cells(source, "order_id", "product", "price", "quantity") == [
        ("A", "烏龍茶", "100", "2"),
        ("A", "茶杯", "50", "1"),
        ("B", "?", None, None),
    ]
    assert (source.layout, source.encoding) == ("repeated", "Big5")
    assert any("could not be taken apart" in note for note in source.notes)


def test_one_bad_file_leaves_the_others():
    good, late = csv_file([HEADERS, ANN]), csv_file([HEADERS, BOB])
    sources, problems = all_of(
        ("empty.csv", b""), ("a.csv", good), ("locked.xlsx", encrypted(excelize_workbook([HEADERS, *[ANN] * 400]), "1")), ("b.csv", late)
    )  # fmt: skip
    assert [source.name for source in sources] == ["a.csv", "b.csv"]
    assert [type(error) for error in problems] == [InputError, PasswordNeeded]


def test_the_same_content_twice_is_read_once_with_a_note():
    data = csv_file([HEADERS, ANN])
    [source], problems = all_of(("a.csv", data), ("a (1).csv", data), ("all.zip", zip_file({"a.csv": data})))
    assert not problems
    assert any("same content" in note for note in source.notes)


def test_a_header_alone_and_a_table_without_a_header_say_what_to_do():
    assert "no orders under it" in str(problem(csv_file([HEADERS])))
    assert "is empty" in str(problem(saved_workbook([]), "a.xlsx"))
    assert "no table: none of its first rows has two cells" in str(problem(b"hello\nworld\n"))


def test_a_hundred_thousand_columns_are_refused():
    wide = [[f"column\n{n}" for n in range(100_000)], ["1"] * 100_000]
    assert "at most 2000" in str(problem(csv_file(wide)))
    assert "3000 columns" in str(problem(saved_workbook([row[:3_000] for row in wide]), "a.xlsx"))


def test_files_without_orders_are_named_with_the_way_to_the_right_one():
    income = [
        ["我的進帳", ""],
        ["訂單編號", "買家帳號", "訂單成立日期", "錢包入帳金額"],
        ["A", "ann", "2025-01-02", "90"],
    ]
    assert "Shopee income report" in str(problem(saved_workbook(income, "Income"), "Income.xlsx"))
    customers = [["First Name", "Last Name", "Email", "Total Spent", "Total Orders"], ["A", "B", "a@b.c", "1", "1"]]
    assert "Shopify admin > Orders" in str(problem(csv_file(customers)))


TILL = [
    ["單號", "時間", "客人", "品名", "數量", "單價"],
    ["T1", "24/01/2025 13:05", "ann", "tea", "1", "37,50"],
    ["T2", "03/02/2025 13:05", "bob", "cup", "2", "1.250,00"],
]


def test_an_unknown_table_comes_with_its_rows_and_guessed_roles():
    error = problem(csv_file(TILL), "till.csv")
    assert isinstance(error, NotRecognised)
    assert error.preview.to_numpy().tolist() == TILL[1:]
    assert list(error.preview.columns) == TILL[0]
    assert error.guess == {
        "order_id": "單號",
        "ordered_at": "時間",
        "account": "客人",
        "product": "品名",
        "quantity": "數量",
        "price": "單價",
    }


def test_a_layout_that_lacks_one_column_says_which_and_what_the_others_are():
    header = [
        "訂單編號",
        "結帳時間",
        "商品名稱",
        "數量",
        "單價",
        "賣家折扣碼金額",
        "運費",
        "結帳總金額",
        "交易狀況",
        "買方",
    ]
    error = problem(
        csv_file([header, ["R1", "2025/03/01 10:00", "茶", "2", "100", "20", "60", "240", "完成", "ann"]]), "ruten.csv"
    )
    assert "Ruten but has no column 買家帳號" in str(error)
    assert {role: error.guess.get(role) for role in ("order_id", "ordered_at", "price", "quantity", "status", "gross")} == {
        "order_id": "訂單編號", "ordered_at": "結帳時間", "price": "單價", "quantity": "數量", "status": "交易狀況", "gross": None,
    }  # fmt: skip


def test_a_mapping_reads_its_file_and_the_others_like_it():
    error = problem(csv_file(TILL), "till.csv")
    mapping = guess.mapping_toml("till", error.guess)
    sources, problems = all_of(
        ("till.csv", csv_file(TILL)), ("february.xlsx", saved_workbook(TILL)), ("other.csv", csv_file([["a", "b"], ["1", "2"]])),
        mappings={"till.csv": mapping},
    )  # fmt: skip
    assert [(source.platform.name, source.rows) for source in sources] == [("till", 2), ("till", 2)]
    assert [type(error) for error in problems] == [NotRecognised]
    assert sources[0].styles == {"price": ",", "quantity": ","}
    assert sources[0].dates == ("%d/%m/%Y %H:%M",)


def test_a_mapping_that_cannot_be_understood_is_one_problem_among_others():
    sources, problems = all_of(("a.csv", csv_file([HEADERS, ANN])), mappings={"b.csv": "no toml"})
    assert len(sources) == 1
    assert "not a TOML file" in str(problems[0])


def test_a_refused_mapping_is_one_sentence_for_all_files_that_it_was_given_for():
    files = [("a.csv", b"alpha,beta\n1,2\n"), ("b.csv", b"gamma,delta\n1,2\n")]
    _, problems = all_of(*files, mappings=dict.fromkeys(("a.csv", "b.csv"), "no toml"))
    carried = [from_json(problem.as_json()) for problem in problems]
    assert [type(problem) for problem in carried] == [InputError, NotRecognised, NotRecognised]
    assert [str(problem) for problem in told_once(carried)] == [str(problems[0])]


def test_a_header_of_megabytes_is_one_short_sentence():
    error = problem(b"a" * (10 << 20) + b",b\n1,2\n", "long.csv")
    assert isinstance(error, NotRecognised)
    assert len(str(error)) < 300


@pytest.mark.parametrize(
    ("name", "days", "owner"),
    [
        ("Order.all.20250101_20250131.xlsx", (date(2025, 1, 1), date(2025, 1, 31)), None),
        ("好茶_goodtea_Order.all.order_creation_date.20250101_20250131_part_1_of_8 (1).xlsx", (date(2025, 1, 1), date(2025, 1, 31)), "好茶_goodtea"),
        ("all.zip/Order.toship.20250101_20250131.xlsx", (date(2025, 1, 1), date(2025, 1, 31)), None),
        ("Order.all.20251301_20251331.xlsx", None, None),
        ("Order.all.20250131_20250101.xlsx", None, None),
        ("orders_export_1.csv", None, None),
    ],
)  # fmt: skip
def test_names_tell_the_days_and_the_shop(name, days, owner):
    assert window(name) == days
    assert shop(name) == owner


def test_parts_are_one_export_and_a_second_download_is_another():
    names = Snapshots()
    first, second = (names.name(f"Order.all.20250101_20250131_part_{n}_of_2.xlsx", "tea") for n in (1, 2))
    again = names.name("Order.all.20250101_20250131_part_1_of_2 (1).xlsx", "tea")
    other_shop = names.name("Order.all.20250101_20250131_part_1_of_2.xlsx", "cups")
    assert first == second
    assert len({first, again, other_shop}) == 3
    assert names.name("a.csv", "tea") != names.name("a.csv", "tea")


def test_the_shop_is_the_owners_word_then_the_files_then_the_platforms():
    data = csv_file([HEADERS, ANN])
    assert one(data, "orders.csv").shop == "Shopify"
    assert one(data, "orders.csv", shops={"orders.csv": "Tea house"}).shop == "Tea house"


@settings(max_examples=15, deadline=None)
@given(
    st.lists(
        st.tuples(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12), st.sampled_from(["1", "", "a,b;c\t\"d\"\r\ne"])),
        min_size=1, max_size=8,
    ),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)  # fmt: skip
def test_every_cell_comes_back_as_it_was_written(texts: Sequence[tuple[str, str]], encoding: str):
    rows = [[f"#{n}", text, "paid", other, "2025-01-02", "1", "茶", "1"] for n, (text, other) in enumerate(texts)]
    source = one(csv_file([HEADERS, *rows], encoding))
    assert cells(source, "email", "subtotal") == [(text or None, other or None) for text, other in texts]


@settings(max_examples=40, deadline=None)
@given(
    texts=st.lists(st.text(alphabet='a"\n,茶', max_size=12), min_size=1, max_size=40),
    piece=st.integers(1, 60),
    quotes=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_a_text_read_in_pieces_is_the_text_read_whole(texts: Sequence[str], piece: int, quotes: int):
    text = io.StringIO(newline="")
    rows = [[f"#{n}", text, "paid", "1", "2025-01-02", "1", "茶", "1"] for n, text in enumerate(texts)]
    csv.writer(text, quoting=quotes, lineterminator="\n").writerows([HEADERS, *rows])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csvtext, "PIECE", piece)
        source = one(text.getvalue().encode())
    assert cells(source, "order_id", "email") == [(f"#{n}", text or None) for n, text in enumerate(texts)]
    assert not source.notes


def test_an_inch_mark_in_a_bare_cell_loses_no_row_at_the_end_of_a_piece(monkeypatch):
    monkeypatch.setattr(csvtext, "PIECE", 100)
    lines = [
        ",".join(HEADERS),
        *(",".join([f"#{n}", "a@b.c", "paid", "1", "2025-01-02", "1", '12" pan', "1"]) for n in range(50)),
    ]
    source = one("\n".join(lines).encode())
    assert cells(source, "order_id", "product") == [(f"#{n}", '12" pan') for n in range(50)]


def test_a_mark_in_a_bare_cell_before_a_cell_of_two_lines_moves_no_border(monkeypatch):
    """The border falls inside #1's last cell, where Arrow would take the open cell for the end of the file."""
    monkeypatch.setattr(csvtext, "PIECE", 90)
    header = ["Name", "Lineitem name", *HEADERS[1:6], "Lineitem price", "Notes"]
    rows = [
        '#0,12" pan,a@b.c,paid,1,2025-01-02,1,1,',
        '#1,tea,a@b.c,paid,1,2025-01-02,1,1,"please\n',
        'hurry"',
        '#2,"tea, green",a@b.c,paid,1,2025-01-02,1,1,',
    ]
    source = one("\n".join([",".join(header), *rows, ""]).encode())
    assert cells(source, "order_id", "product") == [("#0", '12" pan'), ("#1", "tea"), ("#2", "tea, green")]


def test_a_quotation_mark_that_is_never_closed_is_said():
    rows = [[f"#{n}", "a@b.c", "paid", "1", "2025-01-02", "1", "tea", "1"] for n in range(5)]
    lines = [",".join(row) for row in rows]
    source = one("\n".join([",".join(HEADERS), *lines[:2], lines[2][:-1] + '"1', *lines[3:], ""]).encode())
    assert source.rows == 3
    assert any("never closed" in note for note in source.notes)


def test_a_row_with_its_own_fields_and_no_id_is_an_order_of_its_own():
    raw = one(csv_file([HEADERS, ANN, ["", *BOB[1:]], ["", *[""] * 4, "1", "pot", "1.00"]])).raw
    assert raw.runs.select(["order_id", "email", "rows"]).to_pylist() == [
        {"order_id": "#1", "email": "ann@example.com", "rows": 1},
        {"order_id": "", "email": "bob@example.com", "rows": 2},
    ]


def test_a_column_may_be_mapped_to_two_roles():
    mapping = guess.mapping_toml("till", {"order_id": "a", "product": "a", "ordered_at": "b"}, "repeated")
    source = one(csv_file([["a", "b", "c"], ["T1", "2025-01-02", "x"]]), mappings={"orders.csv": mapping})
    assert cells(source, "order_id", "product") == [("T1", "T1")]


def test_buyers_who_differ_in_a_western_letter_late_in_the_file_stay_apart():
    rows = [HEADERS, *[ANN] * 6_000, ["#9", "café", *BOB[2:]], ["#10", "cafè", *BOB[2:]]]
    late = {email for (email,) in cells(one(csv_file(rows, "cp1252")), "email")} - {ANN[1]}
    assert len(late) == 2
    assert not any("�" in email for email in late)


def test_lines_of_an_order_apart_in_the_file_are_its_lines_and_its_fields_stand_once():
    rows = [ANN, ["#1", *[""] * 4, "1", "cup", "3.00"], BOB, ["#1", *[""] * 4, "2", "pot", "9.00"]]
    raw = one(csv_file([HEADERS, *rows])).raw
    assert raw.lines["run"].to_pylist() == [0, 0, 1, 2]
    assert raw.runs.select(["order_id", "first_line", "rows", "anchored"]).to_pylist() == [
        {"order_id": "#1", "first_line": 0, "rows": 2, "anchored": True},
        {"order_id": "#2", "first_line": 2, "rows": 1, "anchored": True},
        {"order_id": "#1", "first_line": 3, "rows": 1, "anchored": False},
    ]
    assert raw.products["product"].to_pylist() == ["tea", "cup", "pot"]
    assert raw.lines["product_key"].to_pylist() == [0, 1, 1, 2]


@pytest.mark.parametrize("encoding", ["utf-8", "cp950", "utf-16"])
def test_damaged_text_is_read_as_far_as_it_goes(encoding):
    whole = csv_file([HEADERS, *[[*ANN[:6], "高山烏龍茶", str(n)] for n in range(60)]], encoding)
    chance = random.Random(5)
    for _ in range(8):
        data = bytearray(whole)
        for _ in range(5):
            data[chance.randrange(len(data))] = chance.randrange(256)
        sources, problems = all_of(("a.csv", bytes(data)))
        assert len(sources) + len(problems) == 1
