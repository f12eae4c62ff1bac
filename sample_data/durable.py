"""The air purifier shop on Shopify: almost nobody needs a second one, and only filters bring buyers back."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sample_data.dice import Dice
from sample_data.fashion import HOURS
from sample_data.orders import Line, Order, Product
from sample_data.people import Customer, People
from sample_data.reviews import Review, feeling

START, END = date(2024, 11, 1), date(2026, 10, 31)
PLANTED = {
    "filter_buyers": 0.042,
    "filter_cycle_days": 180,
    "second_filter": 0.4,
    "same_day_second_order": 0.009,
    "season": {"11-03": 1.5, "04-10": 0.75},
    "reviews": 0.24,
}
MACHINE, FILTER = "空氣清淨機", "濾網耗材"
PRODUCTS = {
    product.key: product
    for product in (
        Product("airleaf-mini", "清境 AirLeaf Mini 空氣清淨機 6坪", 4980, 5980, MACHINE, 0, ("白", "灰"), "AL-M"),
        Product("airleaf-plus", "清境 AirLeaf Plus 空氣清淨機 12坪", 8480, 9980, MACHINE, 0, ("白", "灰"), "AL-P"),
        Product("airleaf-max", "清境 AirLeaf Max 空氣清淨機 20坪", 12900, 14900, MACHINE, 0, ("白",), "AL-X"),
        Product("filter-mini", "AirLeaf Mini 原廠複合濾網", 790, 890, FILTER, 180, (), "FT-M"),
        Product("filter-plus", "AirLeaf Plus 原廠複合濾網", 1080, 1280, FILTER, 180, (), "FT-P"),
        Product("filter-max", "AirLeaf Max 原廠複合濾網", 1380, 1580, FILTER, 180, (), "FT-X"),
    )
}
MODELS = {"airleaf-mini": 46, "airleaf-plus": 39, "airleaf-max": 15}
SHARES = {"": 78, "AIR500": 22}


class DurableShop:
    """The shop's whole life, thrown once from a seed."""

    def __init__(self, seed: int = 20241102) -> None:
        self.dice, self.people = Dice(seed), People(Dice(seed + 1))
        self.orders, self.reviews = list[Order](), list[Review]()
        for i in range((END - START).days + 1):
            day = START + timedelta(days=i)
            season = PLANTED["season"]["04-10" if 4 <= day.month <= 10 else "11-03"]
            for _ in range(self.dice.count(1.56 * season)):
                self.live(day)
        self.place(self.people(), END, [self.line("airleaf-mini")], sure=True)
        self.orders = sorted((x for x in self.orders if x.day <= END), key=lambda x: x.at)
        self.reviews = sorted((x for x in self.reviews if x.at.date() <= END), key=lambda x: x.at)
        for number, order in enumerate(self.orders, 2001):
            order.order_id = f"#AL{number}"
            order.traits["id"] = str(5900000000000 + number * 32768 + self.dice.whole(0, 9999))

    def live(self, day: date) -> None:
        """A customer's machine, and for a few the filters that follow."""
        dice, customer = self.dice, self.people()
        model = dice.weighted(MODELS)
        lines, spare = [self.line(model)], model.replace("airleaf", "filter")
        if dice.chance(0.09):
            lines.append(self.line(spare))
        order = self.place(customer, day, lines)
        if not order.counts:
            if dice.chance(0.4):
                self.place(customer, day + timedelta(days=dice.whole(1, 3)), lines)
            return
        if dice.chance(PLANTED["same_day_second_order"]):
            self.place(customer, day, [self.line(spare)])
        chance = PLANTED["filter_buyers"]
        while dice.chance(chance):
            day += timedelta(days=max(20, round(dice.spread(PLANTED["filter_cycle_days"], 0.3))))
            if day > END:
                return
            self.place(customer, day, [self.line(spare)], sure=True)
            chance = PLANTED["second_filter"]

    def line(self, key: str) -> Line:
        product = PRODUCTS[key]
        return Line(product, 1, product.price, self.dice.pick(product.variants) if product.variants else "")

    def place(self, customer: Customer, day: date, lines: list[Line], sure: bool = False) -> Order:
        """Put an order on record: discount, address, fate and perhaps a review. sure: neither cancelled nor refunded."""
        dice = self.dice
        at = datetime(day.year, day.month, day.day, dice.weighted(HOURS), dice.whole(0, 59), dice.whole(0, 59))
        coupon = dice.weighted(SHARES) if lines[0].product.category == MACHINE else ""
        order = Order("", customer, at, lines, 500 if coupon else 0, coupon)
        phone_only = customer.traits.setdefault("phone_only", dice.chance(0.03))
        order.traits = {
            "email": "" if phone_only else customer.email,
            "phone": customer.phone if phone_only else "",
            "contact": customer.phone,
            "receiver": customer.name,
            "town": customer.town,
            "street": f"{dice.pick(('光復', '成功', '建國', '大同', '中華', '信義'))}路{dice.whole(1, 300)}號",
            "marketing": customer.traits.setdefault("marketing", dice.weighted({"yes": 55, "no": 45})),
            "source": "web",
            "shipping": 0 if order.gross >= 2000 else 100,
            "method": "宅配到府",
            "payment": dice.weighted({"信用卡分期": 52, "信用卡": 30, "LINE Pay": 18}),
            "note": "",
            "vendor": "清境 AirLeaf",
            "location": "",
            "tags": "",
            "cancelled_at": None,
            "fulfilled_at": at + timedelta(hours=dice.whole(12, 70)),
            "financial": "paid",
        }
        if not sure:
            self.fate(order)
        if order.traits["fulfilled_at"] and order.traits["fulfilled_at"].date() > END:
            order.traits["fulfilled_at"] = None
        self.orders.append(order)
        if order.counts and dice.chance(PLANTED["reviews"]):
            self.reviews.append(
                feeling(dice, order, at + timedelta(days=dice.whole(6, 45), minutes=dice.whole(0, 900)), {}, 0.08)
            )
        return order

    def fate(self, order: Order) -> None:
        happens = self.dice.unit()
        if happens < 0.045:
            order.traits.update(
                cancelled_at=order.at + timedelta(hours=self.dice.whole(1, 40)), fulfilled_at=None, financial="refunded"
            )
            order.reason, order.refunded = "cancelled", order.gross - order.seller_discount
        elif happens < 0.075 and (order.day + timedelta(days=14)) <= END:
            order.traits["financial"], order.reason = "refunded", "refunded"
            order.refunded = order.gross - order.seller_discount
        elif happens < 0.09 and (order.day + timedelta(days=14)) <= END:
            order.traits["financial"], order.refunded = "partially_refunded", 300
