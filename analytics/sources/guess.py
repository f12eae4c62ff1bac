"""Which column is which in a table that no platform describes: guessed from header words and cells, corrected by the owner, kept as TOML."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

import pandas as pd

from analytics.sources import dates
from analytics.sources.headers import is_a_name

ROLES = (
    "order_id",
    "ordered_at",
    "account",
    "email",
    "phone",
    "product",
    "quantity",
    "price",
    "gross",
    "status",
    "currency",
)
"""What is guessed, and asked of the owner. `line_total` takes the place of `gross` where an order's lines have amounts of their own."""

_WORDS = {
    "order_id": r"購物車編號|訂單(編號|號碼|序號|代碼)|订单(编号|号)|單號|单号|交易(編號|序號|号)|發票號碼|(order|invoice|receipt|transaction)\s*(id|no|num|number|#|name|code)\b|注文(番号|id)|주문\s*번호|mã đơn|nomor pesanan|no\.? pesanan|número do pedido|หมายเลขคำสั่งซื้อ|^(order|注文|訂單|订单)$",
    "ordered_at": r"(訂單|订单|下單|下单|訂購|成立|建立|購買|购买|交易|結帳|轉單|确认|確認)\S*(日期|時間|时间|日)|(order|creat|purchas|transaction)\w*\s*(date|time|day|at|on)|注文(日|日時)|購入日|受注日|주문\s*(일|날짜)|ngày (đặt|mua|tạo)|tanggal|data d[oae]|วันที่|^(date|datetime|time|timestamp|日期|時間|时间|日時|日付)$",
    "account": r"買家|买家|顧客|顾客|客戶|客户|會員|会员|客人|訂購人|购买人|帳號|账号|姓名|名前|이름|buyer|customer|client|member|user\s*name|username|account|顧客(名|id|番号)|お客様|購入者|氏名|구매자|고객|khách|người mua|pembeli|pelanggan|comprador|cliente|ผู้ซื้อ|ลูกค้า",
    "email": r"e-?mail|電郵|電子(郵件|信箱)|邮箱|メール|이메일",
    "phone": r"電話|手機|手机|电话|phone|mobile|cell|携帯|휴대|điện thoại|telepon|telefone|โทรศัพท์",
    "product": r"商品名|品名|產品|产品|商品|品項|项目名|product\s*(name|title)?|item\s*(name|title|desc)?|lineitem name|description|商品名|品目|상품|sản phẩm|mặt hàng|produk|barang|produto|ชื่อสินค้า|สินค้า",
    "quantity": r"數量|数量|件數|件数|qty|quantity|units?$|個数|点数|수량|số lượng|jumlah|kuantitas|quantidade|จำนวน",
    "price": r"單價|单价|售價|售价|價格|价格|price|unit\s*(price|cost)|単価|価格|단가|가격|đơn giá|giá|harga|preço|ราคา",
    "gross": r"總(金額|計|價|額)|总(金额|计|价|额)|合計|小計|小计|金額|金额|實付|实付|應付|多少錢|total|amount|revenue|sales|subtotal|合計|金額|총액|합계|금액|tổng|thành tiền|doanh thu|valor|ยอด|รวม",
    "status": r"狀態|状态|交易狀況|status|state$|ステータス|状態|상태|trạng thái|สถานะ",
    "currency": r"幣別|貨幣|币种|currency|通貨|통화|tiền tệ|moeda|mata uang",
}  # fmt: skip
_NOT = {
    "order_id": r"日期|時間|狀態|date|time|status|金額|amount|total",
    "account": r"商品|電話|手機|e-?mail|電郵|信箱|地址|備註|支付|運費|付款|phone|mobile|address|type|note|remark|paid|類型|等級",
    "product": r"編號|貨號|代碼|規格|選項|單價|價|數量|金額|總|小計|id$|sku|price|qty|quantity|type|類型|code|count|amount|total|weight|重量|原價|分類|category",
    "price": r"總|合計|原價|小計|total|original|compare|運費|折扣|discount|list",
    "gross": r"運費|折扣|優惠|手續費|稅|shipping|discount|tax|fee|數量|qty|quantity|count|退款|refund|折抵|weight",
    "ordered_at": r"出貨|付款|完成|取消|送達|到貨|ship|paid|payment|deliver|complet|cancel|updat|birth|生日|預計",
    "quantity": r"退|return|refund|庫存|stock|價|金額|price|amount",
    "status": r"^item|付款|配送|物流|出貨|退|payment|fulfil|shipping|delivery|return|refund",
    "email": r"marketing|opt|accept|訂閱",
    "phone": r"店",
}

CANCELLED = (
    "取消", "已取消", "不成立", "訂單取消", "取消訂單", "作廢", "已作廢", "订单取消", "cancelled", "canceled", "Cancelled", "Canceled",
    "CANCELLED", "CANCELED", "voided", "Void", "キャンセル", "キャンセル済み", "취소", "취소완료", "Đã hủy", "Đã huỷ", "Batal", "Dibatalkan",
    "Cancelado", "ยกเลิก", "ยกเลิกแล้ว",
)  # fmt: skip
REFUNDED = (
    "退款", "已退款", "全額退款", "退貨", "已退貨", "refunded", "Refunded", "REFUNDED", "returned", "Returned", "返金", "返金済み", "返品",
    "환불", "Đã hoàn tiền", "Reembolsado", "คืนเงิน",
)  # fmt: skip
LOOKED_AT, COLUMNS = 200, 100
"""Characters of a cell, and columns of a table, that are looked at; an export of orders has 79 at most."""
UNPAID = (
    "未付款", "待付款", "尚未付款", "等待付款", "unpaid", "Unpaid", "UNPAID", "pending payment", "Pending payment", "未払い", "未入金",
    "입금대기", "Chờ thanh toán", "Belum Bayar", "Não pago", "ที่ต้องชำระ",
)  # fmt: skip
COUNTS = (
    "完成", "已完成", "訂單完成", "已付款", "待出貨", "已出貨", "出貨", "運送中", "已送達", "已取貨", "配送結束", "处理中", "處理中", "paid",
    "Paid", "PAID", "completed", "Completed", "COMPLETED", "complete", "Complete", "processing", "Processing", "shipped", "Shipped",
    "delivered", "Delivered", "fulfilled", "Fulfilled", "発送済み", "完了", "배송완료", "Hoàn thành", "Selesai", "Concluído", "สำเร็จแล้ว",
)  # fmt: skip


def roles(preview: pd.DataFrame) -> dict[str, str]:
    """Canonical column -> header for the roles that could be guessed from headers and the cells under them; each header at most once."""
    scores = [
        (_word_score(role, str(header)) + _cell_score(role, preview[header]), -place, role, str(header))
        for role in ROLES
        for place, header in enumerate(preview.columns[:COLUMNS])
    ]
    found: dict[str, str] = {}
    for score, _, role, header in sorted(scores, key=lambda entry: entry[:2], reverse=True):
        if score >= 2 and role not in found and header not in found.values():
            found[role] = header
    if _is_of_lines(preview, found):
        found["line_total"] = found.pop("gross")
    return {role: found[role] for role in (*ROLES, "line_total") if role in found}


def layout(preview: pd.DataFrame, columns: Mapping[str, str]) -> str:
    """`first` where the rows after an order's first one leave the order's amount or id blank, else `repeated`."""
    order = preview[columns["order_id"]]
    later = (order == "") | order.duplicated()
    if (order == "").iloc[1:].any():
        return "first"
    whole = next((columns[name] for name in ("gross", "subtotal", "buyer_paid") if name in columns), None)
    return "first" if whole and later.any() and (preview.loc[later, whole] == "").all() else "repeated"


def mapping_toml(
    name: str, columns: Mapping[str, str], layout: str = "repeated", dates: Sequence[str] = (), *, currency: str = "TWD"
) -> str:
    """The mapping as the text of a platform file: canonical column -> header, recognised by just these headers.

    name: what the owner calls the platform. layout: repeated, first, order or unit. dates: strptime patterns, empty to let them be told
    from the file. currency: that of files without a currency column. Buyers are told apart by e-mail, account and phone, by a name last.
    """
    by_trust = ("email", "phone", "account") if is_a_name(columns.get("account", "")) else ("email", "account", "phone")
    customer = [role for role in by_trust if role in columns] or ["account"]
    anchor = next(
        (role for role in ("gross", "subtotal", "buyer_paid", "status", "account") if role in columns), "order_id"
    )
    lines = [
        f"platform = {_toml(name)}",
        f"label = {_toml(name)}",
        "",
        "[regions.all]",
        f"currency = {_toml(currency)}",
        f"layout = {_toml(layout)}",
        f"needs = {_toml(list(dict.fromkeys(columns.values())))}",
        f"customer = {_toml(customer)}",
        *(['status_of = "line"'] if layout in ("repeated", "unit") and "status" in columns else []),
        *(["refund_rows = true"] if {"gross", "subtotal"} & columns.keys() else []),
        *([f"anchor = {_toml(anchor)}"] if layout == "first" else []),
        *([f"dates = {_toml(list(dates))}"] if dates else []),
        "",
        "[regions.all.columns]",
        *(f"{role} = {_toml(header)}" for role, header in columns.items()),
        "",
        "[regions.all.statuses]",
        *(f"{key} = {_toml(list(texts))}" for key, texts in _STATUSES.items()),
    ]
    return "\n".join(lines) + "\n"


_STATUSES = {"cancelled": CANCELLED, "refunded": REFUNDED, "unpaid": UNPAID, "counts": COUNTS}


def _toml(value: str | list[str]) -> str:
    """A TOML text or list of texts; JSON's are the same but for the delete character."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _word_score(role: str, header: str) -> float:
    header = re.sub(r"[_\-]+", " ", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", header))
    match = re.search(_WORDS[role], header, re.IGNORECASE)
    if not match or (role in _NOT and re.search(_NOT[role], header, re.IGNORECASE)):
        return 0.0
    fit = len(match[0]) / max(len(header), 1)
    return 2 + (fit / 4 if role == "account" and is_a_name(header) else fit)


def _cell_score(role: str, cells: pd.Series) -> float:
    """From -2, the cells cannot be this, to 2, they look like it."""
    texts = [str(cell).strip()[:LOOKED_AT] for cell in cells if str(cell).strip()]
    if not texts:
        return -1.0 if role in ("order_id", "ordered_at", "product") else 0.0
    share = sum(_looks_like(role, text) for text in texts) / len(texts)
    if role in ("email", "ordered_at"):
        return 2.0 if share > 0.9 else -2.0 if share < 0.5 else 0.0
    if role in ("quantity", "price", "gross"):
        return 0.5 if share > 0.9 else -2.0 if share < 0.5 else 0.0
    if role in ("order_id", "status", "product"):
        return 0.0 if share > 0.5 else -2.0
    return 0.0


@lru_cache(maxsize=10_000)
def _looks_like(role: str, text: str) -> bool:
    number = re.fullmatch(r"[^0-9]{0,5}[0-9][0-9.,' ]*[^0-9]{0,3}", text) is not None
    if role == "email":
        return re.fullmatch(r"[^@\s]+@[^@\s]+", text) is not None
    if role == "ordered_at":
        return dates.looks_like_one(text)
    if role == "quantity":
        return re.fullmatch(r"[0-9]{1,4}(?:[.,]0+)?", text) is not None
    if role in ("price", "gross"):
        return number
    if role == "order_id":
        return any(character.isdigit() for character in text) and " " not in text.strip()
    return not number or role == "product"


def _is_of_lines(preview: pd.DataFrame, found: Mapping[str, str]) -> bool:
    """Whether the amount guessed as the order's is each line's.

    It is where it differs inside an order, or is price × quantity in orders of several lines; with no such order, where it is price ×
    quantity and named like a line's.
    """
    if not {"gross", "order_id"} <= found.keys():
        return False
    filled = preview[preview[found["gross"]] != ""]
    order, gross = filled[found["order_id"]], filled[found["gross"]]
    if bool(gross.groupby(order).nunique().gt(1).any()):
        return True
    if not {"price", "quantity"} <= found.keys():
        return False
    several = order.duplicated(keep=False)
    if not several.any() and not re.search(r"小計|小计|subtotal|thành tiền|line", found["gross"], re.IGNORECASE):
        return False
    of_line = _plain_numbers(filled[found["price"]]) * _plain_numbers(filled[found["quantity"]])
    looked_at = several if several.any() else ~several
    return bool(((of_line - _plain_numbers(gross)).abs() < 0.005)[looked_at].all())


def _plain_numbers(texts: pd.Series) -> pd.Series:
    """Numbers of texts whose marks are thousands, which is enough to compare products; NaN where there is none."""
    return pd.to_numeric(texts.str.replace(r"[^0-9.]", "", regex=True), errors="coerce")
