"""The clothes shop on Shopify: won by discounts, left after them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sample_data.dice import Dice
from sample_data.orders import Line, Order, Product
from sample_data.people import Customer, People
from sample_data.reviews import Review, feeling

START, END = date(2025, 1, 1), date(2026, 10, 31)
SALES = ((date(2025, 1, 2), date(2025, 1, 19)), (date(2025, 6, 20), date(2025, 7, 20)), (date(2025, 11, 7), date(2025, 11, 12)),
         (date(2026, 1, 2), date(2026, 1, 18)), (date(2026, 6, 19), date(2026, 7, 19)))  # fmt: skip
CODES = {"WELCOME10": 0.10, "IG15": 0.15, "SALE30": 0.30, "VIP10": 0.10, "": 0.0}
PLANTED = {
    "second_purchase_by_first_coupon": {"none": 0.50, "10-15 %": 0.21, "30 %": 0.08},
    "channel_factor_on_second_purchase": {"web": 1.0, "instagram": 0.8, "pos": 1.0},
    "later_purchases": [0.46, 0.56, 0.6],
    "first_coupon_by_channel": {
        "web": {"": 44, "WELCOME10": 56},
        "instagram": {"": 22, "IG15": 78},
        "pos": {"": 92, "WELCOME10": 8},
        "in a sale": {"": 25, "SALE30": 75},
    },
    "repeat_coupon": {"": 46, "VIP10": 36, "WELCOME10": 8, "IG15": 10},
    "size_complaints_share_of_reviews": {"straight-jeans": 0.34, "all others": 0.07},
    "complaint_factor_on_next_purchase": {"answered": 1.1, "unanswered": 0.3},
    "reviews_answered": {"complaints": 0.6, "others": 0.5},
    "replies_copied": 0.62,
}
TOP, BOTTOM, DRESS, OUTER, SMALL = "上衣", "下身", "洋裝", "外套", "配件"
SML, FREE = ("S", "M", "L"), ("F",)


def goods(key: str, name: str, price: int, category: str, colours: str, sizes: tuple[str, ...], sku: str) -> Product:
    """A product whose variants are every colour in every size."""
    variants = tuple(f"{colour} / {size}" for colour in colours.split() for size in sizes)
    return Product(key, name, price, round(price * 1.25, -1), category, 0, variants, sku)


PRODUCTS = {
    product.key: product
    for product in (
        goods("linen-wide-pants", "亞麻寬褲", 1280, BOTTOM, "燕麥 黑 霧藍", SML, "LW01"),
        goods("straight-jeans", "直筒牛仔褲", 1480, BOTTOM, "淺藍 深藍 黑", (*SML, "XL"), "SJ02"),
        goods("pleated-skirt", "百褶長裙", 1080, BOTTOM, "奶茶 墨綠 黑", FREE, "PS03"),
        goods("cotton-tee", "重磅純棉T恤", 490, TOP, "白 黑 霧藍 抹茶", SML, "CT04"),
        goods("boxy-shirt", "落肩襯衫", 880, TOP, "白 條紋 粉藍", FREE, "BS05"),
        goods("knit-vest", "針織背心", 690, TOP, "燕麥 可可 黑", FREE, "KV06"),
        goods("rib-long-sleeve", "坑條長袖上衣", 590, TOP, "白 奶茶 黑", SML, "RL07"),
        goods("linen-dress", "亞麻綁帶洋裝", 1680, DRESS, "燕麥 霧藍", SML, "LD08"),
        goods("shirt-dress", "襯衫洋裝", 1580, DRESS, "白 深藍", SML, "SD09"),
        goods("knit-cardigan", "短版針織外套", 1180, OUTER, "奶茶 灰 黑", FREE, "KC10"),
        goods("utility-jacket", "工裝外套", 2180, OUTER, "卡其 黑", SML, "UJ11"),
        goods("wool-coat", "羊毛混紡大衣", 3680, OUTER, "駝 黑", SML, "WC12"),
        goods("canvas-tote", "帆布托特包", 590, SMALL, "米白 黑", FREE, "TB13"),
        goods("crew-socks", "中筒襪三入組", 290, SMALL, "素色 條紋", FREE, "CS14"),
        goods("bucket-hat", "漁夫帽", 580, SMALL, "卡其 黑", FREE, "BH15"),
    )
}
SEASONS = {
    "summer": {"linen-wide-pants": 16, "cotton-tee": 18, "linen-dress": 10, "boxy-shirt": 9, "pleated-skirt": 8, "straight-jeans": 10, "bucket-hat": 5, "canvas-tote": 6, "shirt-dress": 6, "crew-socks": 4},
    "winter": {"knit-vest": 11, "rib-long-sleeve": 14, "knit-cardigan": 13, "utility-jacket": 8, "wool-coat": 5, "straight-jeans": 13, "pleated-skirt": 8, "boxy-shirt": 6, "canvas-tote": 5, "crew-socks": 6},
}  # fmt: skip
NOTES = {
    "": 92,
    "請放管理室，謝謝": 3,
    "送禮用\n請附小卡：生日快樂": 2,
    "尺寸若不合會再聯絡\n謝謝": 2,
    "麻煩週六到貨": 1,
}


class FashionShop:
    """The shop's whole life, thrown once from a seed."""

    def __init__(self, seed: int = 20250101) -> None:
        self.dice, self.people = Dice(seed), People(Dice(seed + 1))
        self.orders, self.reviews = list[Order](), list[Review]()
        for i in range((END - START).days + 1):
            day = START + timedelta(days=i)
            for _ in range(self.dice.count((2.5 + 1.2 * i / 668) * (1.9 if sale(day) else 1))):
                self.live(day)
        self.orders = sorted((x for x in self.orders if x.day <= END), key=lambda x: x.at)
        self.reviews = sorted((x for x in self.reviews if x.at.date() <= END), key=lambda x: x.at)
        for number, order in enumerate(self.orders, 1001):
            order.order_id = f"#{number}"
            order.traits["id"] = str(6100000000000 + number * 32768 + self.dice.whole(0, 9999))

    def live(self, day: date) -> None:
        """All of a customer's purchases, from the first one on `day`."""
        dice, customer, bought = self.dice, self.people(), 0
        channel = dice.weighted({"web": 60, "instagram": 25, "pos": 15})
        customer.traits["reach"] = dice.weighted(
            {"guest": 45, "phone": 25, "email": 30} if channel == "pos" else {"phone": 8, "email": 92}
        )
        customer.traits["marketing"] = "yes" if dice.chance(0.62) else "no"
        coupons = PLANTED["first_coupon_by_channel"]
        coupon = dice.weighted(coupons["in a sale" if sale(day) and channel != "pos" else channel])
        while day <= END:
            order = self.place(customer, day, channel, coupon)
            if customer.traits["reach"] == "guest":
                return
            if order.traits["cancelled_at"] or order.traits["financial"] == "refunded":
                if not dice.chance(0.3):
                    return
                day += timedelta(days=dice.whole(1, 5))
                continue
            bought += 1
            if dice.chance(0.012):
                self.place(customer, day, channel, coupon)
            review = order.traits.get("review")
            if review and "size" in review.trouble and dice.chance(0.3):
                self.exchange(order, review.at.date() + timedelta(days=3))
            if not dice.chance(self.come_back(bought, order)):
                return
            day += timedelta(days=max(3, round(dice.spread(46, 0.7))))
            coupon = dice.weighted({"SALE30": 60, "": 40} if sale(day) else PLANTED["repeat_coupon"])
            channel = channel if dice.chance(0.85) else dice.weighted({"web": 80, "instagram": 20})

    def come_back(self, bought: int, order: Order) -> float:
        """The chance of another buying day after this, the customer's `bought`-th."""
        if bought == 1:
            chance = PLANTED["second_purchase_by_first_coupon"][depth(order)]
            chance *= PLANTED["channel_factor_on_second_purchase"][order.traits["source"]]
        else:
            chance = PLANTED["later_purchases"][min(bought, 4) - 2]
        review = order.traits.get("review")
        if review and review.kind in {"complaint", "mixed"}:
            chance *= PLANTED["complaint_factor_on_next_purchase"]["answered" if review.answered else "unanswered"]
        return chance

    def place(self, customer: Customer, day: date, channel: str, coupon: str, lines: list[Line] | None = None) -> Order:
        """Put an order on record: lines, discount, address, fate and perhaps a review."""
        dice, traits = self.dice, customer.traits
        at = datetime(
            day.year,
            day.month,
            day.day,
            dice.whole(11, 20) if channel == "pos" else dice.weighted(HOURS),
            dice.whole(0, 59),
            dice.whole(0, 59),
        )
        season = SEASONS["summer" if 4 <= day.month <= 9 else "winter"]
        keys = [dice.weighted(season) for _ in range(dice.weighted({1: 56, 2: 29, 3: 11, 4: 4}))]
        lines = lines or [self.line(PRODUCTS[key]) for key in keys]
        if dice.chance(0.004):
            lines.append(Line(lines[0].product, lines[0].quantity, lines[0].price, lines[0].variant))
        guest = traits["reach"] == "guest"
        order = Order("", None if guest else customer, at, lines, coupon=coupon)
        order.seller_discount = round(order.gross * CODES[coupon])
        shapes = (customer.phone, f"{customer.phone[:4]} {customer.phone[4:7]} {customer.phone[7:]}")
        order.traits = {
            "email": dice.pick((customer.email, customer.email, customer.email, customer.email.title()))
            if traits["reach"] == "email"
            else "",
            "phone": dice.pick(shapes) if traits["reach"] == "phone" else "",
            "contact": customer.phone,
            "receiver": customer.name,
            "town": customer.town,
            "street": f"{dice.pick(('中正', '民生', '和平', '文化', '復興', '中山', '忠孝'))}路{dice.whole(1, 400)}號",
            "marketing": "no" if guest else traits["marketing"],
            "source": channel,
            "shipping": 0 if channel == "pos" or order.gross - order.seller_discount >= 1200 else 80,
            "method": dice.weighted({"7-ELEVEN 取貨": 50, "全家取貨": 25, "宅配到府": 25}),
            "payment": "現金" if channel == "pos" else dice.weighted({"信用卡": 56, "LINE Pay": 28, "貨到付款": 16}),
            "note": "" if channel == "pos" else dice.weighted(NOTES),
            "vendor": "森日常 Mori Wear",
            "location": "台北永康店",
            "tags": "VIP" if coupon == "VIP10" else "",
            "cancelled_at": None,
            "fulfilled_at": at if channel == "pos" else at + timedelta(hours=dice.whole(8, 60)),
            "financial": "paid",
        }
        self.fate(order)
        self.orders.append(order)
        self.review(order)
        return order

    def fate(self, order: Order) -> None:
        """Cancellations, refunds and cash still to come, as they stand on the last day."""
        dice, traits = self.dice, order.traits
        happens, later = dice.unit(), order.at + timedelta(days=dice.whole(7, 18))
        if traits["source"] != "pos" and happens < 0.035:
            traits["cancelled_at"], traits["fulfilled_at"] = order.at + timedelta(hours=dice.whole(1, 40)), None
            traits["financial"] = (
                "voided" if traits["payment"] == "貨到付款" else dice.weighted({"refunded": 88, "paid": 12})
            )
            order.refunded = order.gross - order.seller_discount if traits["financial"] == "refunded" else 0
            order.reason = "cancelled"
        elif happens < 0.068 and later.date() <= END:
            traits["financial"], order.reason = "refunded", "refunded"
            order.refunded = order.gross - order.seller_discount
        elif happens < 0.125 and later.date() <= END and len(order.lines) > 1:
            traits["financial"] = "partially_refunded"
            order.refunded = round(order.lines[-1].value * (1 - CODES[order.coupon]))
        elif traits["payment"] == "貨到付款" and (END - order.day).days < 6:
            traits["financial"] = "pending"
        elif happens > 0.998 and traits["payment"] == "信用卡":
            traits["financial"] = "authorized"
        if traits["fulfilled_at"] and traits["fulfilled_at"].date() > END:
            traits["fulfilled_at"] = None

    def review(self, order: Order) -> None:
        dice = self.dice
        if not (order.counts and order.customer and dice.chance(0.31)):
            return
        shares = PLANTED["size_complaints_share_of_reviews"]
        trouble = (
            {"size": shares.get(order.lines[0].product.key, shares["all others"])}
            if order.lines[0].product.category != SMALL
            else {}
        )
        review = feeling(
            dice, order, order.at + timedelta(days=dice.whole(4, 16), minutes=dice.whole(0, 900)), trouble, 0.11
        )
        answered = PLANTED["reviews_answered"]["complaints" if review.kind in {"complaint", "mixed"} else "others"]
        review.answered = (
            review.kind != "blank" and dice.chance(answered) and review.at.date() <= END - timedelta(days=3)
        )
        order.traits["review"] = review
        self.reviews.append(review)

    def exchange(self, wrong: Order, day: date) -> None:
        """Another size sent out at no charge: an order of value 0."""
        line = wrong.lines[0]
        other = Line(
            line.product, 1, line.price, self.dice.pick([x for x in line.product.variants if x != line.variant])
        )
        order = self.place(wrong.customer, day, wrong.traits["source"], "", [other])
        if order.counts:
            order.coupon, order.seller_discount, order.refunded, order.reason = "EXCHANGE", order.gross, 0, "free"
            order.traits.update(financial="paid", shipping=0, tags="換貨")

    def line(self, product: Product) -> Line:
        return Line(
            product,
            2 if product.category == SMALL and self.dice.chance(0.12) else 1,
            product.price,
            self.dice.pick(product.variants),
        )


HOURS = dict(enumerate([5, 3, 1, 0.5, 0.3, 0.3, 0.6, 1, 2, 3, 4, 5, 7, 6, 5, 5, 5, 5, 5, 6, 8, 10, 11, 9]))


def sale(day: date) -> bool:
    return any(low <= day <= high for low, high in SALES)


def depth(order: Order) -> str:
    """How deep the order's coupon cut: none, 10-15 % or 30 %."""
    return "none" if not order.coupon else "30 %" if CODES[order.coupon] == 0.30 else "10-15 %"
