"""One month of a tea shop, told in the Shopee layout of each country and year; the sums of `make_exports.py` are done by hand.

Prices here are in NT$: tea 300, honey 450. Other countries multiply them.

    A1  tea_lover88  1st, 00:30   2 tea, 1 honey = 1050; seller's voucher 50, Shopee's 30, coins 20
    A2  tea_lover88               1 tea and once more 1 tea: two identical lines = 600
    A3  null                      1 honey = 450; delivered, the sentence about returns
    A4  mei_0912                  1 tea, cancelled
    A5  mei_0912                  1 tea = 300; in Taiwan cancelled because the parcel was lost, elsewhere with a bundle discount of 20, which is in the price
    A6  NA                        3 tea = 900, of which 1 came back (where the layout counts returns)
    A7  hao.tea                   1 honey = 450, all of it came back (where the layout counts returns)
    A8  hao.tea                   1 honey, not paid
    A9  lin_chen                  1 honey = 450, a status no one has seen
    A10 wang_88                   1 gift = 0
    A11 (blank)                   1 tea = 300; the seller pays 30 of coin cashback
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from tests.support.workbooks import header_rows, table


@dataclass(frozen=True)
class Line:
    """One line of an order. price: NT$ a unit."""

    product: str
    price: int
    units: int = 1
    returned: int = 0


@dataclass(frozen=True)
class Sale:
    """One order; amounts in NT$."""

    code: str
    account: str
    when: str
    status: str
    lines: tuple[Line, ...]
    reason: str = ""
    voucher: int = 0
    coin_voucher: int = 0
    bundle: int = 0
    shopee_voucher: int = 0
    coins: int = 0

    @property
    def merchandise(self) -> int:
        return sum(line.price * line.units for line in self.lines)

    @property
    def paid(self) -> int:
        if self.status in ("cancelled", "lost", "unpaid"):
            return 0
        return self.merchandise - self.voucher - self.shopee_voucher - self.coins + 60


def tea(units: int = 1, returned: int = 0) -> Line:
    return Line("高山烏龍茶 150g", 300, units, returned)


def honey(returned: int = 0) -> Line:
    return Line("龍眼蜂蜜 700g", 450, 1, returned)


STORY = {
    sale.code: sale
    for sale in (
        Sale(
            "A1", "tea_lover88", "03-01 00:30", "completed", (tea(2), honey()), voucher=50, shopee_voucher=30, coins=20
        ),
        Sale("A2", "tea_lover88", "03-20 14:05", "completed", (tea(), tea())),
        Sale("A3", "null", "03-05 09:10", "sentence", (honey(),)),
        Sale("A4", "mei_0912", "03-06 20:00", "cancelled", (tea(),), reason="買家要求取消"),
        Sale("A5", "mei_0912", "03-09 11:00", "lost", (tea(),), reason="包裹遺失"),
        Sale("A6", "NA", "03-11 08:45", "completed", (tea(3, returned=1),)),
        Sale("A7", "hao.tea", "03-12 22:15", "completed", (honey(returned=1),)),
        Sale("A8", "hao.tea", "03-15 10:00", "unpaid", (honey(),)),
        Sale("A9", "lin_chen", "03-31 23:50", "unlisted", (honey(),)),
        Sale("A10", "wang_88", "03-18 12:00", "completed", (Line("茶包試喝", 0),)),
        Sale("A11", "", "03-22 16:30", "shipping", (tea(),), coin_voucher=30),
    )
}
ABROAD = STORY | {"A5": replace(STORY["A5"], status="completed", reason="", bundle=20)}


@dataclass(frozen=True)
class Layout:
    """One layout: its headers by role, its statuses, how it writes amounts and times. Roles it lacks are left out."""

    headers: str
    year: int
    roles: dict[str, str]
    statuses: dict[str, str]
    money: Callable[[float], str]
    seconds: str = ""
    always: dict[str, str] = field(default_factory=dict)


def rows(layout: Layout, sales: dict[str, Sale]) -> list[list[str]]:
    """Header and rows: a row per line, order fields on each."""
    cells = [
        {layout.roles[role]: value for role, value in fields.items() if role in layout.roles} | layout.always
        for sale in sales.values()
        for fields in ({**order_fields(layout, sale), **line_fields(layout, line)} for line in sale.lines)
    ]
    return table(header_rows()[layout.headers], cells)


def order_fields(layout: Layout, sale: Sale) -> dict[str, str]:
    month_day, clock = sale.when.split()
    placed = f"{layout.year}-{month_day} {clock}{layout.seconds}"
    return {
        "id": f"{layout.year % 100}{month_day.replace('-', '')}TEA00{sale.code:0>3}",
        "account": sale.account,
        "placed": placed,
        "paid_at": "-" if sale.status == "unpaid" else placed,
        "status": layout.statuses[sale.status],
        "reason": sale.reason,
        "merchandise": layout.money(sale.merchandise),
        "voucher": layout.money(sale.voucher),
        "coin_voucher": layout.money(sale.coin_voucher),
        "bundle": layout.money(sale.bundle),
        "shopee_voucher": layout.money(sale.shopee_voucher),
        "coins": layout.money(sale.coins),
        "shipping": layout.money(60),
        "paid": layout.money(sale.paid),
    }


def line_fields(layout: Layout, line: Line) -> dict[str, str]:
    return {
        "product": line.product,
        "deal": layout.money(line.price),
        "original": layout.money(line.price + 50),
        "line": layout.money(line.price * line.units),
        "units": str(line.units),
        "returned": str(line.returned),
    }


def rows_2018(sales: dict[str, Sale]) -> list[list[str]]:
    """Taiwan's layout of 2018: a row per order, its lines in 商品資訊."""
    cells = []
    for sale in sales.values():
        fields = order_fields(TW_2018, sale)
        lines = "\r\n".join(
            f"[{n}] 商品名稱:{line.product}; 商品選項名稱:; 價格: $ {line.price}; 數量: {line.units}; 商品選項貨號: T-{line.price}; 主商品貨號: ; "
            for n, line in enumerate(sale.lines, 1)
        )
        named = {TW_2018.roles[role]: value for role, value in fields.items() if role in TW_2018.roles}
        cells.append(named | {"商品資訊": lines} | TW_2018.always)
    return table(header_rows()["TW_2018"], cells)


def plain(amount: float) -> str:
    return str(amount)


def thousands_with_cents(amount: float) -> str:
    return f"{amount * 1000}.00"


def dotted_thousands(amount: float) -> str:
    return f"{amount * 1000:,}".replace(",", ".")


def tenths(amount: float) -> str:
    return f"{amount / 10:.2f}"


def tenths_with_comma(amount: float) -> str:
    return tenths(amount).replace(".", ",")


def american(amount: float) -> str:
    return f"{amount * 10:,.2f}"


TW_STATUSES = {
    "completed": "已完成",
    "sentence": "已完成(鑑賞期內)，但買家仍可在鑑賞期 2025-03-20 前申請退貨/退款。",
    "cancelled": "不成立",
    "lost": "不成立",
    "unpaid": "尚未付款",
    "unlisted": "配送異常",
    "shipping": "運送中",
}
TW_ALWAYS = {
    "收件地址": "******",
    "收件者姓名": "m***y",
    "付款方式": "貨到付款",
    "寄送方式": "7-ELEVEN",
    "取件門市店號": "000001",
}
TW_ROLES = {
    "id": "訂單編號", "status": "訂單狀態", "reason": "不成立原因", "account": "買家帳號", "placed": "訂單成立日期", "merchandise": "商品總價",
    "shipping": "買家支付運費", "paid": "買家總支付金額", "coins": "蝦幣折抵", "paid_at": "買家付款時間", "product": "商品名稱", "original": "商品原價",
    "deal": "商品活動價格", "units": "數量", "returned": "退貨數量",
}  # fmt: skip
TW_2018 = Layout(
    "TW_2018", 2018,
    {
        "id": "訂單編號", "status": "訂單狀態", "account": "買家帳號", "placed": "訂單成立時間", "paid_at": "買家完成付款時間", "merchandise": "訂單小計 (TWD)",
        "shipping": "買家支付的運費", "paid": "訂單總金額", "coins": "蝦幣折抵", "shopee_voucher": "蝦皮發放折扣券", "voucher": "賣家自設折扣券",
    },
    TW_STATUSES | {"lost": "已完成", "unlisted": "退件中"}, plain, always={"收件者姓名": "m***y", "付款方式": "貨到付款"},
)  # fmt: skip
TW_2020 = Layout(
    "TW_2020", 2020,
    {
        "id": "訂單編號 (單)", "status": "訂單狀態 (單)", "reason": "取消原因", "account": "買家帳號 (單)", "placed": "訂單成立時間 (單)",
        "merchandise": "訂單小計 (單)", "shipping": "買家支付的運費 (單)", "paid": "訂單總金額 (單)", "coins": "蝦幣折抵 (單)",
        "voucher": "賣家折扣券折抵金額 (單)", "coin_voucher": "蝦幣回饋券", "shopee_voucher": "蝦皮折扣券折抵金額 (單)", "product": "商品名稱 (品)",
        "original": "商品原價 (品)", "deal": "商品活動價格 (品)", "units": "數量", "paid_at": "買家付款時間 (單)",
    },
    TW_STATUSES, plain, always={"收件者姓名 (單)": "m***y"},
)  # fmt: skip
TW_2025 = Layout(
    "TW_2025", 2025, TW_ROLES | {"voucher": "賣場優惠券", "coin_voucher": "賣家蝦幣回饋券", "shopee_voucher": "優惠券"}, TW_STATUSES, plain,
    always=TW_ALWAYS,
)  # fmt: skip
TW_2026 = Layout(
    "TW_2026", 2026, TW_ROLES | {"voucher": "賣家負擔優惠券", "coin_voucher": "賣家負擔蝦幣回饋券", "shopee_voucher": "蝦皮負擔優惠券"},
    TW_STATUSES, plain, always=TW_ALWAYS | {"商品ID": "24681012", "熱門商品": "否"},
)  # fmt: skip
TW_TOSHIP = replace(
    TW_2026,
    headers="TW_2026_TOSHIP",
    roles={role: header for role, header in TW_2026.roles.items() if role != "reason"},
    statuses=dict.fromkeys(TW_STATUSES, "待出貨"),
)
VN_2023 = Layout(
    "VN_2023", 2023,
    {
        "id": "Mã đơn hàng", "placed": "Ngày đặt hàng", "status": "Trạng Thái Đơn Hàng", "reason": "Lý do hủy", "product": "Tên sản phẩm",
        "original": "Giá gốc", "deal": "Giá ưu đãi", "units": "Số lượng", "returned": "Returned quantity", "line": "Tổng giá bán (sản phẩm)",
        "merchandise": "Tổng giá trị đơn hàng (VND)", "voucher": "Mã giảm giá của Shop", "coin_voucher": "Hoàn Xu",
        "shopee_voucher": "Mã giảm giá của Shopee", "bundle": "Giảm giá từ Combo của Shop", "paid": "Tổng số tiền người mua thanh toán",
        "account": "Người Mua", "paid_at": "Thời gian đơn hàng được thanh toán",
    },
    {
        "completed": "Hoàn thành", "cancelled": "Đã hủy", "unpaid": "Chờ thanh toán", "shipping": "Đang giao", "unlisted": "Đang xử lý",
        "sentence": "Người mua xác nhận đã nhận được hàng, tuy nhiên vẫn có thể gửi yêu cầu Trả hàng/Hoàn tiền tới ngày 2023-03-20.",
    },
    thousands_with_cents, always={"Tên Người nhận": "x******y", "Số điện thoại": "******99"},
)  # fmt: skip
VN_2026 = replace(
    VN_2023,
    headers="VN_2026",
    year=2026,
    roles={role: header for role, header in VN_2023.roles.items() if role not in ("line", "returned")}
    | {"line": "Tổng số tiền Người mua thanh toán", "returned": "Số lượng sản phẩm được hoàn trả"},
    statuses={meaning: unicodedata.normalize("NFD", text) for meaning, text in VN_2023.statuses.items()},
)
ID_2026 = Layout(
    "ID_2026", 2026,
    {
        "id": "No. Pesanan", "status": "Status Pesanan", "reason": "Alasan Pembatalan", "placed": "Waktu Pesanan Dibuat",
        "paid_at": "Waktu Pembayaran Dilakukan", "product": "Nama Produk", "original": "Harga Awal", "deal": "Harga Setelah Diskon",
        "units": "Jumlah", "returned": "Returned quantity", "line": "Subtotal Pesanan", "voucher": "Voucher Ditanggung Penjual",
        "coin_voucher": "Cashback Koin", "shopee_voucher": "Voucher Ditanggung Shopee", "bundle": "Paket Diskon (Diskon dari Penjual)",
        "coins": "Potongan Koin Shopee", "shipping": "Ongkos Kirim Dibayar oleh Pembeli", "paid": "Total Pembayaran",
        "account": "Username (Pembeli)",
    },
    {
        "completed": "Selesai", "cancelled": "Batal", "unpaid": "Belum Bayar", "shipping": "Sedang Dikirim", "unlisted": "Diproses",
        "sentence": "Pesanan diterima, namun Pembeli masih dapat mengajukan pengembalian hingga 2026-03-20.",
    },
    dotted_thousands, always={"Berat Produk": "100 gr", "Nama Penerima": "m***y"},
)  # fmt: skip
TH_2026 = Layout(
    "TH_2026", 2026,
    {
        "id": "หมายเลขคำสั่งซื้อ", "status": "สถานะการสั่งซื้อ", "reason": "เหตุผลในการยกเลิกคำสั่งซื้อ", "account": "ชื่อผู้ใช้ (ผู้ซื้อ)",
        "placed": "วันที่ทำการสั่งซื้อ", "paid_at": "เวลาการชำระสินค้า", "product": "ชื่อสินค้า", "original": "ราคาตั้งต้น", "deal": "ราคาขาย",
        "units": "จำนวน", "returned": "จำนวนที่ส่งคืน", "line": "ราคาขายสุทธิ", "voucher": "โค้ดส่วนลดชำระโดยผู้ขาย",
        "coin_voucher": "โค้ด Coins Cashback ชำระโดยผู้ขาย", "bundle": "ส่วนลด bundle deal ชำระโดยผู้ขาย", "coins": "ส่วนลดจากการใช้เหรียญ",
        "shopee_voucher": "โค้ดส่วนลดชำระโดย Shopee (เช่น โค้ดจากโปรแกรม ร้านโค้ดคุ้ม, โค้ดส่วนลด Shopee, โค้ดส่วนลด Shopee Mall)",
        "shipping": "ค่าจัดส่งที่ชำระโดยผู้ซื้อ", "paid": "จำนวนเงินทั้งหมด",
    },
    {
        "completed": "สำเร็จแล้ว", "cancelled": "ยกเลิกแล้ว", "unpaid": "ที่ต้องชำระ", "shipping": "การจัดส่ง", "unlisted": "กำลังตรวจสอบ",
        "sentence": "ผู้ซื้อได้รับสินค้าแล้ว โปรดทราบว่าผู้ซื้อสามารถยื่นคำขอคืนเงิน/คืนสินค้าได้จนถึง 2026-03-20",
    },
    plain, always={"ชื่อผู้รับ": "m***y", "Hot Listing": "N"},
)  # fmt: skip
EN = Layout(
    "EN", 2025,
    {
        "id": "Order ID", "status": "Order Status", "reason": "Cancel reason", "placed": "Order Creation Date", "paid_at": "Order Paid Time",
        "product": "Product Name", "original": "Original Price", "deal": "Deal Price", "units": "Quantity", "returned": "Returned quantity",
        "line": "Product Subtotal", "voucher": "Seller Voucher", "coin_voucher": "Seller Absorbed Coin Cashback",
        "shopee_voucher": "Shopee Voucher", "bundle": "Seller Bundle Discount", "coins": "Shopee Coins Offset",
        "shipping": "Buyer Paid Shipping Fee", "paid": "Grand Total", "account": "Username (Buyer)",
    },
    {
        "completed": "Completed", "cancelled": "Cancelled", "unpaid": "Unpaid", "shipping": "Shipping", "unlisted": "In review",
        "sentence": "Order Received. Buyer may still raise a return/refund request until 2025-03-20.",
    },
    tenths, always={"Receiver Name": "m***y", "Country": "MY"},
)  # fmt: skip
PH = replace(
    EN,
    headers="PH",
    roles=EN.roles
    | {
        "voucher": "Seller Voucher(PHP)",
        "coin_voucher": "Coin Cashback Voucher Amount Sponsored by Seller",
        "shopee_voucher": "Shopee Voucher(PHP)",
        "bundle": "Seller Bundle Discount(PHP)",
        "coins": "Shopee Coins Offset(PHP)",
    },
    money=plain,
    always={"Receiver Name": "m***y", "Country": "PH"},
)
BR_2026 = Layout(
    "BR_2026", 2026,
    {
        "id": "ID do pedido", "status": "Status do pedido", "reason": "Cancelar Motivo", "placed": "Data de criação do pedido",
        "paid_at": "Hora do pagamento do pedido", "product": "Nome do Produto", "original": "Preço original", "deal": "Preço acordado",
        "units": "Quantidade", "line": "Subtotal do produto", "voucher": "Cupom do vendedor", "coin_voucher": "Coin Cashback Voucher",
        "shopee_voucher": "Cupom", "bundle": "Desconto da Leve Mais por Menos do vendedor", "coins": "Compensar Moedas Shopee",
        "shipping": "Taxa de envio pagas pelo comprador", "paid": "Total global", "account": "Nome de usuário (comprador)",
    },
    {
        "completed": "Concluído", "cancelled": "Cancelado", "unpaid": "Não pago", "shipping": "Enviado", "unlisted": "Em disputa",
        "sentence": "O comprador pode pedir uma devolução até 20/03/2026",
    },
    tenths_with_comma, seconds=":00", always={"Desconto do vendedor": "5,00", "Desconto do vendedor (2)": "0,00", "Cidade (2)": "Recife"},
)  # fmt: skip
BR_AMERICAN = replace(BR_2026, money=american, always={"Cidade (2)": "Recife"})
