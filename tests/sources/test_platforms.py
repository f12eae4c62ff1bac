"""Headers are recognised as one layout each, whatever form they come in; a TOML file that is wrong says what is wrong with it."""

from __future__ import annotations

import random
import re
import unicodedata
from pathlib import Path

import pytest

from analytics import sources
from analytics.errors import InputError
from analytics.sources.headers import normalise
from analytics.sources.platform_files import from_toml, load
from analytics.sources.platforms import KINDS
from analytics.sources.recognition import not_orders, recognise
from tests.support.workbooks import header_rows

MINE = """platform = "x"
[regions.all]
layout = "order"
currency = "TWD"
needs = ["單號"]
{line}
[regions.all.columns]
order_id = "單號"
ordered_at = "下單日"
items = "品名"
"""

LAYOUTS = {
    "TW_2018": ("shopee", "TW2018"),
    "TW_2020": ("shopee", "TW2020"),
    "TW_2025": ("shopee", "TW"),
    "TW_2026": ("shopee", "TW"),
    "TW_2026_TOSHIP": ("shopee", "TW"),
    "VN_2023": ("shopee", "VN"),
    "VN_2026": ("shopee", "VN"),
    "ID_2021": ("shopee", "ID"),
    "ID_2026": ("shopee", "ID"),
    "TH_2026": ("shopee", "TH"),
    "EN": ("shopee", "EN"),
    "PH": ("shopee", "PH"),
    "BR_2026": ("shopee", "BR"),
    "SHOPIFY": ("shopify", "all"),
    "SHOPIFY_OLD": ("shopify", "all"),
    "SHOPLINE": ("shopline", "TW"),
    "PINKOI": ("pinkoi", "TW"),
    "EASYSTORE": ("easystore", "all"),
    "TIKTOK": ("tiktok", "all"),
    "LAZADA": ("lazada", "all"),
    "WOOCOMMERCE": ("woocommerce", "all"),
    "COUPANG": ("coupang", "KR"),
    "SMARTSTORE": ("smartstore", "KR"),
    "AMAZON": ("amazon", "all"),
}
NOT_ORDERS = {
    "SHOPEE_INCOME": "Shopee income report (我的進帳)",
    "SHOPEE_ADS": "Shopee ads report (蝦皮廣告)",
    "SHOPIFY_CUSTOMERS": "Shopify customers export",
    "SHOPIFY_CUSTOMERS_OLD": "Shopify customers export",
    "SHOPIFY_PRODUCTS": "Shopify products export",
    "MOMO_SETTLEMENT": "momo settlement (商店對帳)",
}
HEADERS = header_rows()
FOLDER = Path(sources.__file__).with_name("platforms")
REGIONS = [(platform, region) for platform in load() for region in platform.regions]
MAPPING = """
platform = "mine"
[regions.all]
layout = "repeated"
needs = ["No", "Day"]
customer = ["email"]
[regions.all.columns]
order_id = "No"
ordered_at = "Day"
"""


def found(layout: str) -> dict[str, str]:
    """Canonical column -> the header that it was found under."""
    headers = normalise(HEADERS[layout])
    return {name: headers[position] for name, position in recognise(headers).columns.items()}


@pytest.mark.parametrize("layout", HEADERS)
def test_every_header_row_is_listed_here(layout: str) -> None:
    assert layout in LAYOUTS or layout in NOT_ORDERS


@pytest.mark.parametrize("layout", LAYOUTS)
def test_each_layout_is_recognised(layout: str) -> None:
    match = recognise(normalise(HEADERS[layout]))
    assert (match.platform.name, match.region.key) == LAYOUTS[layout]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_only_one_region_fits_a_header_row(layout: str) -> None:
    headers = normalise(HEADERS[layout])
    assert [(platform.name, region.key) for platform, region in REGIONS if region.fits(headers)] == [LAYOUTS[layout]]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_order_of_the_columns_does_not_matter(layout: str) -> None:
    headers = normalise(HEADERS[layout])
    shuffled = random.Random(0).sample(headers, len(headers))
    match = recognise(shuffled)
    assert match.region.key == LAYOUTS[layout][1]
    assert {name: shuffled[position] for name, position in match.columns.items()} == found(layout)


@pytest.mark.parametrize(("layout", "name"), NOT_ORDERS.items())
def test_files_without_orders_are_named_and_never_recognised(layout: str, name: str) -> None:
    headers = normalise(HEADERS[layout])
    assert not_orders(headers).name == name
    assert recognise(headers) is None


@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_order_file_is_taken_for_another_file(layout: str) -> None:
    assert not_orders(normalise(HEADERS[layout])) is None


def test_unknown_headers_are_nobodys() -> None:
    assert recognise(["date", "who", "how much"]) is None
    assert not_orders(["date", "who", "how much"]) is None


@pytest.mark.parametrize("layout", LAYOUTS)
def test_each_layout_knows_what_an_order_is_worth(layout: str) -> None:
    columns = found(layout)
    assert columns.keys() & {"subtotal", "gross", "price", "line_total"}
    assert columns.keys() >= {"order_id", "ordered_at"}


@pytest.mark.parametrize(
    ("platform", "region"), REGIONS, ids=[f"{platform.name}.{region.key}" for platform, region in REGIONS]
)
def test_layouts_are_complete(platform, region) -> None:
    assert set(region.columns) <= KINDS[region.kind]
    listed = [
        text
        for texts in (
            region.statuses.cancelled,
            region.statuses.refunded,
            region.statuses.unpaid,
            region.statuses.counts,
        )
        for text in texts
    ]
    assert len(listed) == len(set(listed)), "one status has two meanings"
    if region.layout == "order":
        assert re.compile(region.item_pattern).groupindex.keys() >= {"product", "quantity"}
    assert region.currency == "" or re.fullmatch("[A-Z]{3}", region.currency)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.toml")), ids=lambda path: path.stem)
def test_a_platform_file_says_where_its_facts_come_from(path: Path) -> None:
    first = path.read_text("utf-8").split("platform =")[0]
    assert "\n# Source. " in first
    assert all(line.startswith("#") or not line for line in first.split("\n"))


def test_amounts_come_from_the_columns_they_should() -> None:
    assert found("TW_2026")["gross"] == "商品總價"
    assert found("TW_2026")["seller_discount"] == "賣家負擔優惠券"
    assert found("TW_2025")["platform_discount"] == "優惠券"
    assert found("TW_2026")["platform_discount"] == "蝦皮負擔優惠券"
    assert found("VN_2026")["buyer_paid"] == "Tổng số tiền người mua thanh toán"
    assert "line_total" not in found("VN_2026")
    assert found("BR_2026")["city"] == "Cidade (2)"
    assert found("SHOPIFY")["subtotal"] == "Subtotal"
    assert found("SMARTSTORE")["line_total"] == "최종 상품별 총 주문금액"
    assert found("AMAZON")["line_total"] == "item-price"
    assert "price" not in found("AMAZON")


@pytest.mark.parametrize(
    ("layout", "shipped", "arrived", "due"),
    [
        ("TW_2026", "實際出貨時間", "訂單完成時間", "最晚出貨日期"),
        ("COUPANG", "출고일(발송일)", "배송완료일", "주문시 출고예정일"),
        ("SMARTSTORE", "발송일", None, "발송기한"),
    ],
)
def test_times_of_a_parcel_come_from_the_columns_they_should(
    layout: str, shipped: str, arrived: str | None, due: str
) -> None:
    columns = found(layout)
    assert (columns["shipped_at"], columns.get("completed_at"), columns["ship_by"]) == (shipped, arrived, due)


MEANINGS = {
    ("shopee", "TW"): {
        "counts": "待出貨|運送中|已送達|已完成|已完成(鑑賞期內)，但買家仍可在鑑賞期2025-04-03前申請退貨/退款。",
        "cancelled": "不成立", "unpaid": "尚未付款",
    },
    ("shopee", "VN"): {"counts": "Hoàn thành|Đang giao|Người mua xác nhận đã nhận được hàng, tuy nhiên … tới ngày 2023-04-01", "cancelled": "Đã hủy"},
    ("shopee", "ID"): {
        "counts": "Perlu Dikirim|Sedang Dikirim|Telah Dikirim|Selesai|Pesanan diterima, namun Pembeli masih dapat mengajukan pengembalian hingga 2026-08-04.",
        "cancelled": "Batal|Dibatalkan", "unpaid": "Belum Bayar",
    },
    ("shopee", "TH"): {
        "counts": "ที่ต้องจัดส่ง|การจัดส่ง|จัดส่งสำเร็จแล้ว|สำเร็จแล้ว|ผู้ซื้อได้รับสินค้าแล้ว โปรดทราบว่าผู้ซื้อสามารถยื่นคำขอคืนเงิน/คืนสินค้าได้จนถึง 2026-06-07",
        "cancelled": "ยกเลิกแล้ว",
    },
    ("shopee", "EN"): {"counts": "To ship|Shipping|Completed", "cancelled": "Cancelled"},
    ("shopee", "PH"): {"counts": "To ship|Shipping|Completed", "cancelled": "Cancelled"},
    ("shopee", "BR"): {
        "counts": "A Enviar|Enviado|Entregue|Pedido Recebido|Concluído|O comprador pode pedir uma devolução até 2026-03-31",
        "cancelled": "Cancelado", "unpaid": "Não pago",
    },
    ("shopify", "all"): {"counts": "paid|pending|authorized|partially_paid|partially_refunded", "cancelled": "voided", "refunded": "refunded"},
    ("lazada", "all"): {"counts": "confirmed|shipped", "cancelled": "canceled", "refunded": "returned|Package Returned"},
    ("momo", "TW"): {"counts": "配送結束", "cancelled": "取消訂單|配送異常", "refunded": "已回收"},
    ("amazon", "all"): {"counts": "Shipped|Unshipped", "cancelled": "Cancelled", "unpaid": "Pending", "refunded": "Shipped - Returned to Seller"},
    ("ruten", "TW"): {"cancelled": "已領取退貨"},
}  # fmt: skip


@pytest.mark.parametrize("layout", MEANINGS, ids=".".join)
def test_a_status_seen_in_a_file_means_what_it_says(layout: tuple[str, str]) -> None:
    [statuses] = [region.statuses for platform, region in REGIONS if (platform.name, region.key) == layout]
    for meaning, written in MEANINGS[layout].items():
        for text in written.split("|"):
            whole = text in getattr(statuses, meaning)
            assert whole or (meaning == "counts" and any(part in text for part in statuses.counts_containing)), text


def test_headers_in_any_form_are_the_same_header() -> None:
    composed, decomposed = ("Giá ưu đãi", unicodedata.normalize("NFD", "Giá ưu đãi"))
    assert composed != decomposed
    assert normalise([decomposed]) == normalise([composed]) == ["Giá ưu đãi"]
    assert normalise(["Tracking Number*", "*หมายเลขติดตามพัสดุ"]) == ["Tracking Number", "หมายเลขติดตามพัสดุ"]
    assert normalise(["收件者電話\n(若您是自行配送請使用後方蝦皮專線和包裹查詢碼聯繫買家)"]) == ["收件者電話"]
    assert normalise(["退貨 /\n 退款狀態"]) == ["退貨 / 退款狀態"]
    assert normalise(["Cidade", "Bairro", "Cidade"]) == ["Cidade", "Bairro", "Cidade (2)"]


def test_headers_that_differ_in_case_stay_apart() -> None:
    pair = ["Tổng số tiền Người mua thanh toán", "Tổng số tiền người mua thanh toán"]
    assert normalise(pair) == pair


def test_statuses_match_in_either_unicode_form() -> None:
    vietnam = next(region for platform, region in REGIONS if region.key == "VN")
    assert unicodedata.normalize("NFD", "Đã hủy") in vietnam.statuses.cancelled
    assert unicodedata.normalize("NFC", "Đã hủy") in vietnam.statuses.cancelled


def test_the_lines_of_an_order_are_found_inside_one_cell() -> None:
    taiwan = next(region for platform, region in REGIONS if region.key == "TW2018")
    text = "[1] 商品名稱:茶 (大;新); 商品選項名稱:紅; 價格: $ 1,069; 數量: 2; 商品選項貨號: 舊47\n新48; 主商品貨號: 47; \r\n[2] 商品名稱:蜜; 價格: $ 260; 數量: 1;"
    assert [
        match.group("product", "variant", "price", "quantity", "sku")
        for match in re.finditer(taiwan.item_pattern, text)
    ] == [
        ("茶 (大;新)", "紅", "1,069", "2", "舊47\n新48"),
        ("蜜", None, "260", "1", None),
    ]
    woocommerce = next(region for platform, region in REGIONS if platform.name == "woocommerce")
    assert [
        match.group("quantity", "product")
        for match in re.finditer(woocommerce.item_pattern, "1× Socks, striped, 12× Mug,large")
    ] == [
        ("1", "Socks, striped"),
        ("12", "Mug,large"),
    ]


def test_the_layout_that_maps_more_headers_wins_and_the_first_of_equals() -> None:
    poor = from_toml(MAPPING)
    rich = from_toml(MAPPING.replace('"mine"', '"richer"') + 'email = "Mail"\n')
    headers = ["No", "Day", "Mail"]
    assert recognise(headers, [poor, rich]).platform.name == "richer"
    assert recognise(headers, [rich, poor]).platform.name == "richer"
    twin = from_toml(MAPPING.replace('"mine"', '"twin"'))
    assert recognise(headers, [poor, twin]).platform.name == "mine"
    assert recognise(headers, [twin, poor]).platform.name == "twin"


def test_a_mapping_saved_by_its_owner_is_a_platform() -> None:
    platform = from_toml(MAPPING)
    match = recognise(["Day", "No"], [platform])
    assert (platform.label, match.region.key, match.columns) == ("mine", "all", {"order_id": 1, "ordered_at": 0})


@pytest.mark.parametrize(
    ("wrong", "right", "said"),
    [
        ('order_id = "No"', 'order_no = "No"', "order_no"),
        ('layout = "repeated"', 'layout = "sideways"', "sideways"),
        ('layout = "repeated"', 'layout = "first"', "anchor"),
        ('layout = "repeated"', "", "layout"),
        ('ordered_at = "Day"', "", "ordered_at"),
        ('needs = ["No", "Day"]', "", "needs"),
        ('needs = ["No", "Day"]', "needs = 3", "needs"),
        ('customer = ["email"]', 'customer = ["name"]', "name"),
        ('customer = ["email"]', 'costumer = ["email"]', "costumer"),
        ('customer = ["email"]', "item_pattern = '(?P<product>'", "item_pattern"),
        ('customer = ["email"]', "item_pattern = '(?P<thing>x)'", "thing"),
        ('customer = ["email"]', "skip_rows = -1", "skip_rows"),
        ("[regions.all.columns]", "[regions.all", "TOML"),
        ("[regions.all]", 'extra = "x"', "extra"),
    ],
)
def test_what_is_wrong_with_a_mapping_is_said(wrong: str, right: str, said: str) -> None:
    with pytest.raises(InputError, match=re.escape(said)) as raised:
        from_toml(MAPPING.replace(wrong, right), file="saved.toml")
    assert raised.value.file == "saved.toml"
    assert "saved.toml" in str(raised.value)


def test_a_mapping_without_a_layout_is_refused() -> None:
    with pytest.raises(InputError, match=re.escape("[regions.…]")):
        from_toml('platform = "mine"')


@pytest.mark.parametrize(
    "pattern", ["(?P<product>(?:a|aa)+)$", "(?P<product>(a+)+)", "(?P<product>(?:a?){20,})", "(?P<product>(x*y)*)"]
)
def test_a_pattern_that_might_never_end_is_refused(pattern: str) -> None:
    with pytest.raises(InputError, match="might never end"):
        from_toml(MINE.format(line=f"item_pattern = '{pattern}'"))


@pytest.mark.parametrize("pattern", ["(?P<product>[^,]+),?", "(?P<quantity>[0-9]{1,3})x(?P<product>.+?);"])
def test_a_pattern_that_ends_is_taken(pattern: str) -> None:
    assert from_toml(MINE.format(line=f"item_pattern = '{pattern}'")).regions[0].item_pattern == pattern


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a = " + "[" * 5000, "not a TOML file"),
        (MINE.format(line='dates = ["%Q"]'), "%Q"),
        (MINE.format(line='dates = ["%"]'), "%"),
    ],
)
def test_a_mapping_too_deep_or_with_an_unknown_date_is_said(text: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        from_toml(text)


def test_a_header_is_cut_where_nobody_reads_on() -> None:
    assert [len(header) for header in normalise(["h" * 10_000, "b"])] == [1000, 1]
