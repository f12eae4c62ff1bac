"""A few orders of a clothes shop in the layouts of Shopify, SHOPLINE, Pinkoi, EasyStore, TikTok Shop, Lazada and WooCommerce."""

from __future__ import annotations

from collections.abc import Mapping

from tests.support.workbooks import header_rows, table

Cell = str | int | float
Fields = Mapping[str, Cell]


def spread(
    layout: str, orders: list[tuple[Fields, list[Fields]]], *, every: tuple[str, ...] = (), first: bool = True
) -> list[list[Cell]]:
    """Header and rows: order fields on the first line only (and `every` of them on each), or on all lines when `first` is False."""
    cells = [
        (order if number == 0 or not first else {name: order[name] for name in every if name in order}) | line
        for order, lines in orders
        for number, line in enumerate(lines)
    ]
    return table(header_rows()[layout], cells)


def shopify() -> list[list[Cell]]:
    """A Taiwanese store, newest order first.

    #1001 mei 980 + 2 × 150 = 1280 − code 100 = 1180, on the 1st at 00:30 (+0800) · #1002 MEI (other case) 150 + 150, identical lines = 300
    #1003 `null` 500 · #1004 cancelled though paid · #1005 voided · #1006 refunded · #1007 lin 980, refunded 200 = 780 · #1008 lin, cash on
    delivery 150 · #1009 a phone 500 · #1010 no e-mail, no phone 300 · #1011 the same phone, written otherwise, 150 · #1012 a gift
    #1013 lin 150, a status no one has seen
    """

    def order(
        number: int, email: str, when: str, subtotal: int, lines: list[tuple[str, int, int]], **more: Cell
    ) -> tuple[Fields, list[Fields]]:
        fields = {
            "Name": f"#{number}", "Email": email, "Financial Status": "paid", "Paid at": f"{when} +0800", "Accepts Marketing": "yes",
            "Currency": "TWD", "Subtotal": f"{subtotal}.00", "Shipping": "60.00", "Taxes": "0.00", "Total": f"{subtotal + 60}.00",
            "Discount Amount": "0.00", "Created at": f"{when} +0800", "Refunded Amount": "0.00", "Id": f"5550000{number:06}", "Source": "web",
            "Billing Name": "m***y",
        }  # fmt: skip
        named = {name.replace("_", " "): value for name, value in more.items()}
        items = [
            {"Lineitem name": name, "Lineitem quantity": units, "Lineitem price": f"{price}.00", "Vendor": "Linen"}
            for name, units, price in lines
        ]
        return fields | named, items

    shirt, socks, tote = ("Linen shirt - M", 1, 980), ("Socks, striped", 1, 150), ("Tote", 1, 500)
    orders = [
        order(1001, "mei@example.com", "2025-03-01 00:30:00", 1180, [shirt, ("Socks, striped", 2, 150)], Discount_Code="WELCOME", Discount_Amount="100.00", Notes="Please ring,\nthen wait.\n\nThank you"),
        order(1002, " MEI@Example.com", "2025-03-20 14:05:00", 300, [socks, socks]),
        order(1003, "null", "2025-03-05 09:10:00", 500, [tote], Billing_Name="null"),
        order(1004, "hao@example.com", "2025-03-06 20:00:00", 980, [shirt], Cancelled_at="2025-03-07 08:00:00 +0800"),
        order(1005, "hao@example.com", "2025-03-08 11:00:00", 500, [tote], Financial_Status="voided"),
        order(1006, "hao@example.com", "2025-03-09 11:00:00", 500, [tote], Financial_Status="refunded", Refunded_Amount="560.00"),
        order(1007, "lin@example.com", "2025-03-10 11:00:00", 980, [shirt], Financial_Status="partially_refunded", Refunded_Amount="200.00"),
        order(1008, "lin@example.com", "2025-03-11 11:00:00", 150, [socks], Financial_Status="pending", Payment_Method="Cash on Delivery (COD)"),
        order(1009, "", "2025-03-12 11:00:00", 500, [tote], Phone="0912-345-678"),
        order(1010, "", "2025-03-13 11:00:00", 300, [("Socks, striped", 2, 150)], Source="pos"),
        order(1011, "", "2025-03-14 11:00:00", 150, [socks], Billing_Phone="(0912) 345 678"),
        order(1012, "wang@example.com", "2025-03-15 11:00:00", 0, [("Gift card sleeve", 1, 0)]),
        order(1013, "lin@example.com", "2025-03-31 23:50:00", 150, [socks], Financial_Status="disputed"),
    ]  # fmt: skip
    return spread("SHOPIFY", orders[::-1], every=("Name", "Email", "Created at", "Phone"))


def shopify_phones() -> list[list[Cell]]:
    """An older file with fewer columns, of a store that asks for no e-mail.

    #A-1 99.99 and #A-2 2 × 49.50: one phone in two shapes · #A-3 voided · #A-4 20.00, a phone only for shipping · #A-5 cancelled though paid
    #A-6 10.01, a phone that Excel guards with an apostrophe
    """

    def order(code: str, when: str, subtotal: str, units: int, price: str, **more: Cell) -> tuple[Fields, list[Fields]]:
        fields = {
            "Name": f"#A-{code}", "Financial Status": "paid", "Currency": "USD", "Subtotal": subtotal, "Total": subtotal, "Created at": when,
            "Refunded Amount": "0.00",
        }  # fmt: skip
        named = {name.replace("_", " "): value for name, value in more.items()}
        return fields | named, [{"Lineitem name": "亚麻衬衫", "Lineitem quantity": units, "Lineitem price": price}]

    orders = [
        order("6", "2023-07-04 09:00:00 -0700", "10.01", 1, "10.01", Billing_Phone="'5550001111"),
        order(
            "5",
            "2023-07-03 09:00:00 -0700",
            "99.99",
            1,
            "99.99",
            Billing_Phone="5550002222",
            Cancelled_at="2023-07-03 10:00:00 -0700",
        ),
        order("4", "2023-07-02 09:00:00 -0700", "20.00", 1, "20.00", Shipping_Phone="5550003333"),
        order(
            "3", "2023-07-01 09:00:00 -0700", "99.99", 1, "99.99", Billing_Phone="5550002222", Financial_Status="voided"
        ),
        order("2", "2023-06-30 20:00:00 -0700", "99.00", 2, "49.50", Billing_Phone="380-000-1111"),
        order("1", "2023-05-31 23:06:04 -0700", "99.99", 1, "99.99", Billing_Phone="(380) 000-1111"),
    ]
    return spread("SHOPIFY_OLD", orders)


def shopline() -> list[list[Cell]]:
    """Numbers are numbers in this workbook.

    S1 C001 980 + 2 × 150 = 1280 − promotion 100 − store credit 30 − points 20 = 1130 · S2 C001 150 + 150, identical lines = 300 · S3 cancelled
    S4 C002 980, refunded 200 = 780 · S5 refunded whole · S6 no customer, 500 − 50 by hand = 450 · S7 an e-mail only, a status no one has seen, 150
    """

    def order(
        code: str, when: str, subtotal: int, lines: list[tuple[str, int, int]], more: Fields
    ) -> tuple[Fields, list[Fields]]:
        fields = {
            "訂單號碼": f"#2025030100{code}", "訂單日期": when, "訂單狀態": "已完成", "付款狀態": "已付款", "貨幣": "TWD", "訂單小計": subtotal, "運費": 60,
            "優惠折扣": 0, "自訂折扣合計": 0, "折抵購物金": 0, "點數折現": 0, "已退款金額": 0, "付款總金額": subtotal + 60, "訂單來源": "官網",
        }  # fmt: skip
        return fields | more, [
            {"商品名稱": name, "數量": units, "商品原價": price, "商品結帳價": price, "商品類型": "商品"}
            for name, units, price in lines
        ]

    orders = [
        order("1", "2025-03-01 00:30:00", 1280, [("亞麻襯衫", 1, 980), ("條紋襪", 2, 150)], {"顧客 ID": "C001", "優惠折扣": 100, "折抵購物金": 30, "點數折現": 20}),
        order("2", "2025-03-20 14:05:00", 300, [("條紋襪", 1, 150), ("條紋襪", 1, 150)], {"顧客 ID": "C001"}),
        order("3", "2025-03-05 09:10:00", 500, [("帆布袋", 1, 500)], {"顧客 ID": "C002", "訂單狀態": "已取消"}),
        order("4", "2025-03-06 09:10:00", 980, [("亞麻襯衫", 1, 980)], {"顧客 ID": "C002", "已退款金額": 200}),
        order("5", "2025-03-07 09:10:00", 500, [("帆布袋", 1, 500)], {"顧客 ID": "C003", "已退款金額": 500, "付款狀態": "已退款"}),
        order("6", "2025-03-08 09:10:00", 500, [("帆布袋", 1, 500)], {"自訂折扣合計": 50}),
        order("7", "2025-03-31 23:50:00", 150, [("條紋襪", 1, 150)], {"電郵": "amy@example.com", "訂單狀態": "待審核"}),
    ]  # fmt: skip
    return spread("SHOPLINE", orders, every=("訂單號碼",))


def pinkoi() -> list[list[Cell]]:
    """Numbers are numbers in this workbook.

    P1 amy_c 480 + 2 × 220 = 920 − 50 = 870 · P2 amy_c 220 + 220, identical lines = 440 · P3 null, its one unit refunded · P4 bob 2 × 480 = 960,
    one refunded = 480 · P5 no buyer 220
    """

    def order(
        code: str, when: str, buyer: str, lines: list[tuple[str, int, int]], discount: int = 0, **refund: Cell
    ) -> tuple[Fields, list[Fields]]:
        total = sum(units * price for _, units, price in lines) + 80 - discount
        fields = {
            "訂單成立日期": when,
            "訂單編號": code,
            "買家": buyer,
            "運費": 80,
            "折抵": discount,
            "總金額": total,
            "貨幣別": "TWD",
            "付款方式": "信用卡",
        }
        return fields, [
            {"購買品項": name, "數量": units, "商品單價": price, "小計": units * price} | refund
            for name, units, price in lines
        ]

    orders = [
        order("P2503010001", "2025-03-01 00:30:00", "amy_c", [("手染杯墊", 1, 480), ("木湯匙", 2, 220)], discount=50),
        order("P2503200002", "2025-03-20 14:05:00", "amy_c", [("木湯匙", 1, 220), ("木湯匙", 1, 220)]),
        order("P2503050003", "2025-03-05 09:10:00", "null", [("手染杯墊", 1, 480)], 退款商品數量=1, 退款商品金額=480),
        order("P2503060004", "2025-03-06 09:10:00", "bob", [("手染杯墊", 2, 480)], 退款商品數量=1, 退款商品金額=480),
        order("P2503310005", "2025-03-31 23:50:00", "", [("木湯匙", 1, 220)]),
    ]
    return spread("PINKOI", orders, every=("訂單編號",))


def easystore() -> list[list[Cell]]:
    """Order number on the first line only; no customer columns, so every order is a guest's.

    1001 100 + 2 × 50 = 200 − 20 = 180 · 1002 50 + 50, identical lines = 100 · 1003 voided · 1004 100, refunded 30 = 70 · 1005 refunded · 1006 unpaid
    """

    def order(
        number: str, when: str, status: str, subtotal: str, lines: list[tuple[str, int, str]], **more: Cell
    ) -> tuple[Fields, list[Fields]]:
        fields = {
            "Order Name": f"#{number}", "Order Number": number, "Date": when, "Channel": "Online Store", "Subtotal": subtotal,
            "Shipping Fee": "10.00", "Order Discount": "0.00", "Financial Status": status, "Refunded Amount": "0.00",
        }  # fmt: skip
        named = {name.replace("_", " "): value for name, value in more.items()}
        return fields | named, [
            {"Item Name": name, "Quantity": units, "Item Price": price} for name, units, price in lines
        ]

    shirt, socks = ("Linen shirt", 1, "100.00"), ("Socks", 1, "50.00")
    orders = [
        order(
            "1001",
            "2025-03-01 00:30:00",
            "paid",
            "200.00",
            [shirt, ("Socks", 2, "50.00")],
            Order_Discount="20.00",
            Total_Amount="190.00",
        ),
        order("1002", "2025-03-20 14:05:00", "paid", "100.00", [socks, socks], Total_Amount="110.00"),
        order("1003", "2025-03-05 09:10:00", "voided", "100.00", [shirt], Total_Amount="110.00"),
        order(
            "1004",
            "2025-03-06 09:10:00",
            "partially_refunded",
            "100.00",
            [shirt],
            Total_Amount="110.00",
            Refunded_Amount="30.00",
        ),
        order(
            "1005",
            "2025-03-07 09:10:00",
            "refunded",
            "100.00",
            [shirt],
            Total_Amount="110.00",
            Refunded_Amount="110.00",
        ),
        order("1006", "2025-03-08 09:10:00", "unpaid", "100.00", [shirt], Total_Amount="110.00"),
    ]
    return spread("EASYSTORE", orders)


def tiktok() -> list[list[Cell]]:
    """A row of descriptions below the header, days before months.

    T1 tea_lover88 2 × 100 − seller 20 (TikTok's 10 stay revenue) + 50 = 230 · T2 50 + 50, identical lines = 100 · T3 cancelled · T4 null 2 × 100,
    one returned = 100 · T5 all returned · T6 unpaid · T7 a masked buyer 50 · T8 amy 50, a status no one has seen
    """

    def line(name: str, units: int, price: int, seller: int = 0, platform: int = 0, returned: int = 0) -> Fields:
        before = units * price
        return {
            "SKU ID": f"17{price:05}", "Product Name": name, "Quantity": str(units), "Sku Quantity of return": str(returned),
            "SKU Unit Original Price": str(price), "SKU Subtotal Before Discount": str(before), "SKU Platform Discount": str(platform),
            "SKU Seller Discount": str(seller), "SKU Subtotal After Discount": str(before - seller - platform),
        }  # fmt: skip

    def order(
        number: int, when: str, buyer: str, status: str, lines: list[Fields], refund: int = 0
    ) -> tuple[Fields, list[Fields]]:
        paid = sum(int(each["SKU Subtotal After Discount"]) for each in lines) + 10
        fields = {
            "Order ID": f"57600000000000{number:04}", "Order Status": status, "Created Time": when, "Paid Time": when, "Buyer Username": buyer,
            "Order Amount": str(paid), "Order Refund Amount": str(refund), "Shipping Fee After Discount": "10", "Recipient": "m***y",
        }  # fmt: skip
        return fields, lines

    orders = [
        order(
            1,
            "01/03/2025 00:30:00",
            "tea_lover88",
            "Completed",
            [line("Shirt", 2, 100, seller=20, platform=10), line("Socks", 1, 50, platform=5)],
        ),
        order(2, "20/03/2025 14:05:00", "tea_lover88", "Completed", [line("Socks", 1, 50), line("Socks", 1, 50)]),
        order(3, "05/03/2025 09:10:00", "hao.tea", "Canceled", [line("Shirt", 1, 100)]),
        order(4, "06/03/2025 09:10:00", "null", "Delivered", [line("Shirt", 2, 100, returned=1)], refund=100),
        order(5, "07/03/2025 09:10:00", "hao.tea", "Completed", [line("Socks", 1, 50, returned=1)], refund=60),
        order(6, "08/03/2025 09:10:00", "hao.tea", "Unpaid", [line("Socks", 1, 50)]),
        order(7, "13/03/2025 09:10:00", "t****8", "Shipped", [line("Socks", 1, 50)]),
        order(8, "31/03/2025 23:50:00", "amy", "Investigating", [line("Socks", 1, 50)]),
    ]
    header, *rows = spread("TIKTOK", orders, first=False)
    return [header, ["Platform unique order ID.", *["Explained here."] * (len(header) - 1)], *rows]


def tiktok_us() -> list[list[Cell]]:
    """The same in the United States: months before days, twelve hours. Keeps T1, T2, T4, T7 and T8 of `tiktok`."""
    american = {
        "01/03/2025 00:30:00": "03/01/2025 12:30:00 AM",
        "20/03/2025 14:05:00": "03/20/2025 2:05:00 PM",
        "06/03/2025 09:10:00": "03/06/2025 9:10:00 AM",
        "13/03/2025 09:10:00": "03/13/2025 9:10:00 AM",
        "31/03/2025 23:50:00": "03/31/2025 11:50:00 PM",
    }
    header, described, *rows = tiktok()
    when = header.index("Created Time")
    return [
        header,
        described,
        *([american.get(str(cell), cell) for cell in row] for row in rows if row[when] in american),
    ]


def lazada() -> list[list[Cell]]:
    """A row per unit.

    L1 amy c: shirt, shirt, socks = 100 + 100 + 50 − seller 10 − 10 (Lazada's 5 stay revenue) = 230 · L2 amy c 50 · L3 cancelled · L4 null, returned
    L5 bob 100 · L6 a masked name 50 · L7 amy c 50, a status no one has seen
    """

    def order(number: int, when: str, buyer: str, status: str, units: list[tuple[str, int, int, int]]) -> list[Fields]:
        return [
            {
                "orderItemId": f"9{number:03}{place}", "orderNumber": f"8880000{number:04}", "createTime": when, "customerName": buyer,
                "status": status, "itemName": name, "sellerSku": name.upper(), "unitPrice": f"{price}.00",
                "sellerDiscountTotal": f"-{seller}.00", "platformDiscountTotal": f"-{platform}.00",
                "paidPrice": f"{price - seller - platform}.00", "shippingFee": "5.00", "payMethod": "COD",
            }
            for place, (name, price, seller, platform) in enumerate(units)
        ]  # fmt: skip

    shirt, socks = ("Shirt", 100, 0, 0), ("Socks", 50, 0, 0)
    rows = [
        *order(1, "01 Mar 2025 00:30", "amy c", "confirmed", [("Shirt", 100, 10, 5), ("Shirt", 100, 10, 0), socks]),
        *order(2, "20 Mar 2025 14:05", "amy c", "shipped", [socks]),
        *order(3, "05 Mar 2025 09:10", "hao", "canceled", [shirt]),
        *order(4, "06 Mar 2025 09:10", "null", "returned", [shirt]),
        *order(5, "07 Mar 2025 09:10", "bob", "confirmed", [shirt]),
        *order(6, "08 Mar 2025 09:10", "b****b", "confirmed", [socks]),
        *order(7, "31 Mar 2025 23:50", "amy c", "In Transit: Returning to seller", [socks]),
    ]
    return table(header_rows()["LAZADA"], rows)


def woocommerce() -> list[list[Cell]]:
    """A row per order, a comma inside a product's name.

    101 Amy Chen 1180 · 102 Amy Chen 300 · 103 cancelled · 104 refunded · 105 not paid · 106 null 500 · 107 no name 150 · 108 Bob, on hold, 500
    """
    columns = header_rows()["WOOCOMMERCE"]
    return [
        columns,
        ["2025-03-31 23:50:00", "108", "NT$560", "on-hold", "Bob", "new", "1× Tote", 1, "", "500"],
        ["2025-03-22 16:30:00", "107", "NT$210", "processing", "", "new", "1× Socks, striped", 1, "", "150"],
        [
            "2025-03-20 14:05:00",
            "102",
            "NT$360",
            "completed",
            "Amy Chen",
            "returning",
            "1× Socks, striped, 1× Socks, striped",
            2,
            "",
            "300",
        ],
        ["2025-03-18 12:00:00", "106", "NT$560", "processing", "null", "new", "1× Tote", 1, "", "500"],
        ["2025-03-07 09:10:00", "105", "NT$560", "pending", "Hao", "new", "1× Tote", 1, "", "500"],
        ["2025-03-06 09:10:00", "104", "NT$560", "refunded", "Hao", "new", "1× Tote", 1, "", "500"],
        ["2025-03-05 09:10:00", "103", "NT$560", "cancelled", "Hao", "new", "1× Tote", 1, "", "500"],
        [
            "2025-03-01 00:30:00",
            "101",
            "NT$1,240",
            "completed",
            "Amy Chen",
            "new",
            "1× Linen shirt, 2× Socks, striped",
            3,
            "WELCOME",
            "1180",
        ],
    ]


def shopify_customers() -> list[list[Cell]]:
    """Shopify's customers export: no orders in it."""
    customer = {
        "Customer ID": "'555",
        "First Name": "Mei",
        "Email": "mei@example.com",
        "Total Spent": "1480.00",
        "Total Orders": 2,
    }
    return table(header_rows()["SHOPIFY_CUSTOMERS"], [customer])


def ads() -> list[list[Cell]]:
    """Shopee's ads report, notes above its header."""
    return [
        ["所有CPC成效報告"],
        ["期間", "2025/03/01 - 2025/03/31"],
        [],
        header_rows()["SHOPEE_ADS"],
        ["24681012", "高山烏龍茶", 1000, 30, 500, 2000],
    ]
