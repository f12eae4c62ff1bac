"""The Shopee Taiwan order export of 2026: its 57 columns, and an order's rows as they stood on the day of an export."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from sample_data.orders import Order, columns
from sample_data.people import masked

PHONE_HEADER = "收件者電話\n(若您是自行配送請使用後方蝦皮專線和包裹查詢碼聯繫買家)"
LINE_HEADER = "蝦皮專線和包裹查詢碼 \n(請複製下方完整編號提供給您配合的物流商當做聯絡電話)"
HEADER = (
    *columns(
        "訂單編號,訂單狀態,不成立原因,熱門商品,退貨 / 退款狀態,買家帳號,訂單成立日期,商品總價,買家支付運費,蝦皮補助運費"
    ),
    *columns(
        "退貨運費,買家總支付金額,蝦皮補貼金額,蝦幣折抵,銀行信用卡活動折抵,優惠代碼,賣家負擔優惠券,賣家負擔蝦幣回饋券"
    ),
    *columns(
        "蝦皮負擔優惠券,成交手續費,其他服務費,金流與系統處理費,分期付款期數,金流與系統處理費率,成交手續費規則名稱"
    ),
    *columns(
        "商品名稱,商品ID,商品選項名稱,規格ID,蝦皮商品編碼 (商品ID_規格ID),商品原價,商品活動價格,主商品貨號,商品選項貨號"
    ),
    *columns("數量,退貨數量,促銷組合指標,蝦皮促銷組合折扣:促銷組合標籤,收件地址"),
    PHONE_HEADER,
    LINE_HEADER,
    *columns(
        "取件門市店號,城市,行政區,郵遞區號,收件者姓名,寄送方式,出貨方式,備貨時間,付款方式,最晚出貨日期,包裹查詢號碼"
    ),
    *columns("買家付款時間,實際出貨時間,訂單完成時間,買家備註,備註"),
)
ALWAYS = {
    "熱門商品": "否",
    "退貨運費": "0",
    "蝦皮補貼金額": "0",
    "蝦幣折抵": "0",
    "銀行信用卡活動折抵": "0",
    "賣家負擔優惠券": "0",
    "賣家負擔蝦幣回饋券": "0",
    "蝦皮負擔優惠券": "0",
    "其他服務費": "0",
    "金流與系統處理費率": "2.5%",
    "成交手續費規則名稱": "一般賣家",
    "退貨數量": "0",
    "促銷組合指標": "N",
    "備貨時間": "2",
}
COMPLETED, CANCELLED, UNPAID = "已完成", "不成立", "尚未付款"
LOST = "包裹遺失，物流商已賠付"


@dataclass
class Fate:
    """What becomes of an order, and when. returns: units given back per line. None: never happens."""

    paid_at: datetime | None
    cancelled_at: datetime | None = None
    cancel_reason: str = ""
    shipped_at: datetime | None = None
    delivered_at: datetime | None = None
    completed_at: datetime | None = None
    returned_at: datetime | None = None
    returns: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Snapshot:
    """How an order stood when it was exported."""

    status: str
    cancel_reason: str = ""
    return_status: str = ""
    returns: Mapping[int, int] = field(default_factory=dict)


def snapshot(fate: Fate, exported: date) -> Snapshot:
    """The order's status at the end of the day `exported`."""
    now = datetime.combine(exported, time(23, 59))
    if fate.cancelled_at and fate.cancelled_at <= now:
        return Snapshot(CANCELLED, fate.cancel_reason)
    if fate.paid_at is None or fate.paid_at > now:
        return Snapshot(UNPAID)
    if fate.shipped_at is None or fate.shipped_at > now:
        return Snapshot("待出貨")
    if fate.delivered_at is None or fate.delivered_at > now:
        return Snapshot("運送中")
    if fate.returned_at and fate.returned_at <= now:
        return Snapshot(COMPLETED, "", "已同意退貨/退款", fate.returns)
    if fate.completed_at is None or fate.completed_at > now:
        return Snapshot("已送達")
    until = fate.delivered_at.date() + timedelta(days=15)
    if until > exported:
        return Snapshot(f"已完成(鑑賞期內)，但買家仍可在鑑賞期 {until} 前申請退貨/退款。")
    return Snapshot(COMPLETED)


def reason(order: Order, shot: Snapshot) -> str | None:
    """Why the order does not count as it stood, or None."""
    if shot.status == CANCELLED and "遺失" not in shot.cancel_reason:
        return "cancelled"
    if shot.status == UNPAID:
        return "unpaid"
    if order.gross == 0:
        return "free"
    returned = sum(line.price * shot.returns.get(i, 0) for i, line in enumerate(order.lines))
    if returned and returned >= order.gross - order.seller_discount:
        return "refunded"
    return None


def rows(order: Order, fate: Fate, shot: Snapshot, exported: date) -> list[list[str]]:
    """One row of 57 texts per line of the order; the order's own columns repeat."""
    now = datetime.combine(exported, time(23, 59))
    traits, buyer = order.traits, order.customer
    cancelled = shot.status == CANCELLED
    free_shipping = order.gross >= 490
    offsets = order.seller_discount + traits["coins"] + traits["platform_voucher"] + traits["card"]
    paid = 0 if cancelled else max(0, order.gross + (0 if free_shipping else 60) - offsets)
    town = traits["town"]
    whole = {
        **ALWAYS,
        "訂單編號": order.order_id,
        "訂單狀態": shot.status,
        "不成立原因": shot.cancel_reason,
        "退貨 / 退款狀態": shot.return_status,
        "買家帳號": buyer.account if buyer else "",
        "訂單成立日期": stamp(order.at),
        "商品總價": str(order.gross),
        "買家支付運費": "0" if free_shipping else "60",
        "蝦皮補助運費": "60" if free_shipping else "0",
        "買家總支付金額": str(paid),
        "蝦幣折抵": str(traits["coins"]),
        "銀行信用卡活動折抵": str(traits["card"]),
        "優惠代碼": order.coupon,
        "賣家負擔優惠券": str(order.seller_discount),
        "蝦皮負擔優惠券": str(traits["platform_voucher"]),
        "成交手續費": "0" if cancelled else str(round(order.gross * 0.06)),
        "金流與系統處理費": str(round(paid * 0.025)),
        "收件地址": f"{town[0]}{town[1]}******",
        PHONE_HEADER: f"******{traits['tail']}",
        "城市": town[0],
        "行政區": town[1],
        "郵遞區號": town[2],
        "收件者姓名": masked(traits["receiver"]),
        "寄送方式": traits["carrier"],
        "出貨方式": "賣家宅配" if traits["carrier"] == "中華郵政" else "超商寄件",
        "取件門市店號": traits["branch"],
        "付款方式": traits["payment"],
        "最晚出貨日期": stamp(order.at + timedelta(days=2)) if not cancelled else "-",
        "包裹查詢號碼": traits["parcel"] if fate.shipped_at and fate.shipped_at <= now else "",
        "買家付款時間": happened(fate.paid_at, now),
        "實際出貨時間": happened(fate.shipped_at, now),
        "訂單完成時間": "-" if cancelled else happened(fate.completed_at, now),
        "買家備註": traits["note"],
    }
    result = []
    for i, line in enumerate(order.lines):
        product = line.product
        spec = f"{product.product_id[:6]}{(product.variants or ('',)).index(line.variant):02d}"
        mine = {
            "熱門商品": "是" if product.category == "保健食品" else "否",
            "商品名稱": product.name,
            "商品ID": product.product_id,
            "商品選項名稱": line.variant,
            "規格ID": spec,
            "蝦皮商品編碼 (商品ID_規格ID)": f"{product.product_id}_{spec}",
            "商品原價": str(product.list_price),
            "商品活動價格": str(line.price),
            "主商品貨號": product.key,
            "商品選項貨號": f"{product.key}-{spec[-2:]}" if line.variant else "",
            "數量": str(line.quantity),
            "退貨數量": str(shot.returns.get(i, 0)),
        }
        row = whole | mine
        result.append([row.get(name, "") for name in HEADER])
    return result


def stamp(at: datetime) -> str:
    return at.strftime("%Y-%m-%d %H:%M")


def happened(at: datetime | None, now: datetime) -> str:
    """The time when it happened, `-` when it has not."""
    return stamp(at) if at and at <= now else "-"


def file_name(first: date, last: date) -> str:
    return f"Order.all.{first:%Y%m%d}_{last:%Y%m%d}.xlsx"
