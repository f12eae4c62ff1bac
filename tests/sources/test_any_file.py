"""Files as they come, in any mixture: sheets shown and hidden, records packed into cells, encodings, look-alikes, layouts of other markets."""

from __future__ import annotations

import csv
import io
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.sources import Upload, read
from tests.sources.test_odd_files import MARKETS, SHOPIFY, book, opened, sale, text

ANY = settings(deadline=None, max_examples=15)
FEW = settings(deadline=None, max_examples=5)
KINDS = st.sampled_from(["orders", "notes", "hidden", "hidden notes"])
PRODUCTS = {
    "big5": ["烏龍茶葉禮盒", "春蜜", "紅茶 三角茶包"],
    "gbk": ["乌龙茶礼盒", "蜂蜜", "红茶 茶包"],
    "cp949": ["녹차 세트", "꿀 선물", "홍차 티백"],
    "cp932": ["煎茶セット", "はちみつ", "ほうじ茶ティーバッグ"],
    "cp1252": ["Café crème", "Crème brûlée", "Gewürztee für Gäste"],
    "utf-16": ["烏龍茶", "녹차 세트", "煎茶セット"],
    "utf-8-sig": ["烏龍茶", "Café crème", "はちみつ"],
}


def read_one(data: bytes | str, name: str = "orders_export_1.csv") -> tuple[list, list[str]]:
    """What was read of a file, and its problems in words."""
    upload = Upload(name, data.encode() if isinstance(data, str) else data)
    sources, problems = read([upload], passwords={}, mappings={}, shops={})
    return sources, [str(problem) for problem in problems]


def numbers(sources: list) -> list[str]:
    """The order numbers in file order, each once a run."""
    return [number for source in sources for number in source.raw.runs["order_id"].to_pylist()]


@ANY
@given(st.lists(KINDS, min_size=1, max_size=5))
def test_all_sheets_of_the_layout_are_read_the_hidden_ones_only_where_no_other_is(kinds: list[str]) -> None:
    sheets, shown, hidden = {"first": [["nothing here"]]}, [], []  # the one that is open cannot be hidden
    for place, kind in enumerate(kinds):
        of_orders = kind in ("orders", "hidden")
        sheets[f"s{place}"] = [SHOPIFY, sale(place)] if of_orders else [["done by Ann"], ["call Bob"]]
        if of_orders:
            (hidden if kind == "hidden" else shown).append(f"#{place}")
    sources, problems = read_one(
        book(sheets, hidden=[f"s{n}" for n, kind in enumerate(kinds) if "hidden" in kind]), "a.xlsx"
    )
    assert numbers(sources) == (shown or hidden)
    assert bool(problems) == (not (shown or hidden))
    if len(shown) > 1:
        assert [source.name for source in sources] == [f"a.xlsx/s{number[1:]}" for number in shown]


@ANY
@given(
    st.lists(st.sampled_from(["tea", 'cup, "blue"', "honey; 2 kg", "茶"]), min_size=1, max_size=6),
    st.integers(0, 2**6 - 1),
    st.sampled_from(["", ";", ";;", ","]),
)  # fmt: skip
def test_records_packed_into_one_cell_are_the_records(products: list[str], packed: int, after: str) -> None:
    plain = text([SHOPIFY, *(sale(n, product=name) for n, name in enumerate(products, 1))]).splitlines()
    lines = [plain[0]]
    for place, line in enumerate(plain[1:]):
        lines.append('"' + line.replace('"', '""') + '"' + after if packed >> place & 1 else line)
    if packed & 1:
        lines[0] = '"' + lines[0] + '"' + after
    [source], problems = read_one("\n".join(lines))
    assert (numbers([source]), problems) == ([f"#{n}" for n in range(1, len(products) + 1)], [])
    described = source.raw.products["product"].to_pylist()
    assert [described[key] for key in source.raw.lines["product_key"].to_pylist()] == products


@ANY
@given(st.sampled_from(sorted(PRODUCTS)), st.integers(0, 3), st.randoms(use_true_random=False))
def test_an_encoding_is_told_wherever_its_letters_stand(encoding: str, plain: int, random: Random) -> None:
    products = ["tea"] * plain + PRODUCTS[encoding] * 2
    random.shuffle(products)
    [source], problems = read_one(
        text([SHOPIFY, *(sale(n, product=name) for n, name in enumerate(products, 1))]).encode(encoding)
    )
    assert (sorted(source.raw.products["product"].to_pylist()), problems) == (sorted(set(products)), [])


@ANY
@given(
    st.lists(st.booleans(), min_size=1, max_size=5),
    st.sets(st.sampled_from(["Notes", "Recovery URL", "Shipping Name", "Tags"])),
    st.booleans(),
)  # fmt: skip
def test_a_file_is_one_of_checkouts_only_where_no_row_of_it_was_paid(
    paid: list[bool], more: set[str], has_paid_at: bool
) -> None:
    header = [*SHOPIFY, *(["Paid at"] if has_paid_at else []), *sorted(more)]
    rows = [
        [*sale(n, Financial_Status="paid" if was else ""), *(["2025-01-05"] if has_paid_at and was else [""] * has_paid_at), *("x" for _ in more)]
        for n, was in enumerate(paid, 1)
    ]  # fmt: skip
    sources, problems = read_one(text([header, *rows]))
    assert bool(sources) == any(paid)
    assert ["checkout" in words for words in problems] == [True] * (not any(paid))


INCOME = [
    "訂單編號,錢包入帳金額", "訂單編號,退款編號,錢包入帳日期", "訂單編號,撥款完成日期", "Order ID,Total Released Amount (₱)", "Order ID,Payout Completed Date", "No. Pesanan,Total Penghasilan (Rp)",
    "No. Pesanan,Tanggal Dana Dilepaskan", "หมายเลขคำสั่งซื้อ,จำนวนเงินทั้งหมดที่โอนแล้ว (฿)", "Mã đơn hàng,Tổng tiền đã thanh toán (₫)",
    "Mã đơn hàng,Ngày hoàn thành thanh toán", "ID do pedido,Quantia total lançada (R$)",
]  # fmt: skip


@ANY
@given(st.sampled_from(INCOME), st.lists(st.sampled_from(["Username", "Fee", "備註"]), unique=True), st.integers(0, 20))
def test_an_income_report_of_any_region_is_named(header: str, more: list[str], above: int) -> None:
    rows = [["note"]] * above + [[*header.split(","), *more], ["A1", "100", *more], ["A2", "200", *more]]
    sources, [problem] = read_one(text(rows), "income.csv")
    assert not sources
    assert "not an order export" in problem


@FEW
@given(st.lists(st.sampled_from(["TWD", "NT$", "", "USD", "jpy"]), min_size=3, max_size=8))
def test_orders_in_other_currencies_are_left_out_alone(written: list[str]) -> None:
    written = [*written, *["TWD"] * (len(written) + 1)]
    found = opened(text([SHOPIFY, *(sale(n, Currency=code) for n, code in enumerate(written, 1))]))
    others = [f"#{n}" for n, code in enumerate(written, 1) if code in ("USD", "jpy")]
    left_out = found.store.table("excluded_orders")
    assert sorted(left_out["order_id"]) == sorted(others)
    assert set(left_out["reason"]) <= {"currency"}
    assert found.store.shop.orders == len(written) - len(others)


@ANY
@given(
    st.sampled_from(sorted(MARKETS)),
    st.randoms(use_true_random=False),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_a_layout_is_known_whatever_the_order_of_its_columns(platform: str, random: Random, encoding: str) -> None:
    header, rows, _ = MARKETS[platform]
    table = [header.split(","), *csv.reader(rows)]
    places = list(range(len(table[0])))
    random.shuffle(places)
    out = io.StringIO()
    csv.writer(out).writerows([[row[place] for place in places] + ["x"] for row in table])
    [source], problems = read_one(out.getvalue().encode(encoding), "export.csv")
    assert (source.platform.name, source.rows, problems) == (platform, len(rows), [])


YOTPO = [
    "Review ID",
    "Review Creation Date",
    "Review Score",
    "Review Title",
    "Review Content",
    "Reviewer Email",
    "Product Title",
]
KUDOBUZZ = ["display_name", "email", "rating", "title", "message", "created_at_platform", "product_title"]


@ANY
@given(
    st.sampled_from([("yotpo", YOTPO), ("kudobuzz", KUDOBUZZ)]),
    st.lists(st.integers(1, 5), min_size=1, max_size=5),
    st.randoms(use_true_random=False),
)  # fmt: skip
def test_reviews_of_other_apps_keep_their_stars_whatever_the_order_of_the_columns(
    app: tuple[str, list[str]], stars: list[int], random: Random
) -> None:
    platform, header = app
    known = {
        "Review Score": "",
        "rating": "",
        "Review Creation Date": "2022-07-01",
        "created_at_platform": "2022-07-01",
    }
    header = random.sample(header, len(header))
    rows = [
        [str(given) if name in ("Review Score", "rating") else known.get(name, f"{name} {n}") for name in header]
        for n, given in enumerate(stars)
    ]
    [source], problems = read_one(text([header, *rows]), "reviews.csv")
    assert (source.platform.name, problems) == (platform, [])
    assert source.raw.lines["rating"].to_pylist() == [str(given) for given in stars]


@pytest.mark.parametrize("far", [3, 400])
def test_rows_pasted_far_down_may_be_guarded_where_the_first_are_not(far: int) -> None:
    rows = [sale(n) for n in range(far)] + [[f'="{cell}"' for cell in sale(far)]]
    [source], _ = read_one(text([SHOPIFY, *rows]))
    assert numbers([source]) == [f"#{n}" for n in range(far + 1)]
    assert source.raw.runs["email"].to_pylist()[-1] == f"buyer{far}@example.com"
