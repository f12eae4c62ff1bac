"""The tea and supplements shop on Shopee Taiwan: who buys what, when they come back, and what went wrong."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sample_data import shopee_tw
from sample_data.dice import Dice
from sample_data.orders import Line, Order
from sample_data.people import Customer, People
from sample_data.reviews import Review, feeling
from sample_data.shopee_tw import Fate
from sample_data.tea_goods import CARRIERS, DAILY, EXTRA, EXTRAS, FIRST, HOURS, LETTERS, NOTES, PRODUCTS, REASONS

OPENED, START, END = date(2024, 5, 1), date(2024, 11, 1), date(2026, 10, 31)
OUT_OF_STOCK = (date(2025, 9, 8), date(2025, 10, 19))
SLOW_PARCELS = (date(2026, 5, 29), date(2026, 6, 26))
CAMPAIGNS = {"11.11": ((11, 9), (11, 11)), "12.12": ((12, 10), (12, 12))}
FREE_SHIPPING = 490
PLANTED = {
    "opened_before_the_first_file": str(OPENED),
    "cycle_days_per_pack": 45,
    "second_purchase": {"PRO": 0.82, "daily products": 0.45, "COL": 0.18, "gift box": 0.10, "others": 0.30},
    "later_purchases": [0.62, 0.72, 0.78],
    "campaign_factor_on_second_purchase": 0.42,
    "early_visits": {"share": 0.11, "days": [6, 32]},
    "out_of_stock": {"from": str(OUT_OF_STOCK[0]), "to": str(OUT_OF_STOCK[1]), "products": ["PRO", "LUT", "VTB", "OOL"], "refills_lost": 0.95},
    "add_on_below_the_free_shipping_line": {"line": FREE_SHIPPING, "from": 330, "chance": 0.62},
    "cold_brew_with_bottle": 0.55,
    "factor_after_1_to_3_stars": 0.4,
    "slow_parcels": {"from": str(SLOW_PARCELS[0]), "to": str(SLOW_PARCELS[1]), "share_of_reviews": 0.28},
    "wholesale_accounts": ["mingxuan_office_tea", "hotel_linden_purchase", "yoga_house_taichung"],
    "staff_accounts": ["shanlan_staff01", "shanlan_staff02"],
}  # fmt: skip


class TeaShop:
    """The shop's whole life, thrown once from a seed. fates: what becomes of each order; reviews: newest last."""

    def __init__(self, seed: int = 20241106) -> None:
        self.dice, self.orders, self.reviews = Dice(seed), list[Order](), list[Review]()
        self.fates: dict[Order, Fate] = {}
        self.people, self._ids = People(Dice(seed + 1)), set[str]()
        for day in days(OPENED, END):
            for _ in range(self.dice.count(arrivals(day))):
                self.live(self.people(), day)
        for account in PLANTED["wholesale_accounts"]:
            self.buy_wholesale(self.people("wholesale", account))
        for account in PLANTED["staff_accounts"]:
            self.buy_as_staff(self.people("staff", account))
        self.orders = sorted((x for x in self.orders if START <= x.day <= END), key=lambda x: (x.at, x.order_id))
        self.reviews = sorted(
            (x for x in self.reviews if x.at.date() <= END and x.order.day >= START), key=lambda x: x.at
        )

    def live(self, customer: Customer, day: date) -> None:
        """All of a customer's purchases, from the first one on `day`."""
        dice, bought, key, quantity = self.dice, 0, "", 0
        customer.traits["true_first_day"] = day
        while day <= END:
            if not key:
                key = self.first_product(day)
                quantity = self.packs(key)
            order = self.place(customer, day, self.basket(key, quantity, day), first=bought == 0)
            if self.fates[order].cancelled_at and order.traits.get("lost") is None:
                if not dice.chance(0.55):
                    return
                day = max(day, self.fates[order].cancelled_at.date()) + timedelta(days=dice.whole(0, 1))
                continue
            if dice.chance(0.012):
                self.place(customer, day, [self.line(dice.weighted(EXTRAS), 1, day)])
            bought += 1
            gap = self.wait(key, quantity)
            if not dice.chance(self.come_back(bought, key, order)):
                if not dice.chance(0.03):
                    return
                gap = dice.whole(200, 330)
            day += timedelta(days=gap)
            if key in PLANTED["out_of_stock"]["products"] and OUT_OF_STOCK[0] <= day <= OUT_OF_STOCK[1]:
                if dice.chance(PLANTED["out_of_stock"]["refills_lost"]):
                    return
                day = OUT_OF_STOCK[1] + timedelta(days=dice.whole(1, 6))
            key, quantity = (
                ("", 0) if gap <= PLANTED["early_visits"]["days"][1] else self.next_product(key, quantity, day)
            )

    def come_back(self, bought: int, key: str, order: Order) -> float:
        """The chance of another buying day after this, the customer's `bought`-th."""
        planted = PLANTED["second_purchase"]
        if bought == 1:
            group = "daily products" if key in DAILY else "gift box" if key == "GFT" else "others"
            chance = planted.get(key, planted[group])
            chance *= PLANTED["campaign_factor_on_second_purchase"] if campaign(order.day) else 1
        else:
            chance = PLANTED["later_purchases"][min(bought, 4) - 2]
        review = order.traits.get("review")
        return chance * (PLANTED["factor_after_1_to_3_stars"] if review and review.rating <= 3 else 1)

    def wait(self, key: str, quantity: int) -> int:
        """Days until the next purchase: the packs used up, some weeks, or an early visit for something else."""
        if self.dice.chance(PLANTED["early_visits"]["share"]):
            return self.dice.whole(*PLANTED["early_visits"]["days"])
        days_per_pack = PRODUCTS[key].days
        return max(
            2, round(self.dice.spread(days_per_pack * quantity, 0.16) if days_per_pack else self.dice.spread(62, 0.5))
        )

    def first_product(self, day: date) -> str:
        season = (1, 8) <= (day.month, day.day) <= (2, 10) or (9, 1) <= (day.month, day.day) <= (9, 24)
        return self.available(
            dict(FIRST) | ({"GFT": 14} if season else {}) | ({"COL": 20} if campaign(day) else {}), day
        )

    def next_product(self, key: str, quantity: int, day: date) -> tuple[str, int]:
        same = 0.87 if key in DAILY else 0.45 if key not in {"GFT", "BOT"} else 0
        if self.dice.chance(same) and key == self.available({key: 1}, day):
            return key, quantity if self.dice.chance(0.75) else self.packs(key)
        key = self.available({k: w for k, w in FIRST.items() if k != key}, day)
        return key, self.packs(key)

    def available(self, weights: dict[str, float], day: date) -> str:
        if OUT_OF_STOCK[0] <= day <= OUT_OF_STOCK[1]:
            weights = {k: w for k, w in weights.items() if k not in PLANTED["out_of_stock"]["products"]} or {"BUR": 1}
        return self.dice.weighted(weights)

    def packs(self, key: str) -> int:
        return self.dice.weighted({1: 66, 2: 27, 3: 7}) if key in DAILY else self.dice.weighted({1: 90, 2: 10})

    def basket(self, key: str, quantity: int, day: date) -> list[Line]:
        """The lines of an order that is about `key`, cheap add-ons towards free shipping included."""
        dice, lines = self.dice, [self.line(key, quantity, day)]
        if key == "BOT" and dice.chance(PLANTED["cold_brew_with_bottle"]):
            lines.append(self.line("CLD", 1, day))
        if dice.chance(0.2):
            other = self.available({k: w for k, w in FIRST.items() if k not in {key, "CLD", "BOT"}}, day)
            lines.append(self.line(other, 1, day))
        if quantity == 2 and dice.chance(0.03):
            lines[0].quantity = 1
            lines.insert(1, Line(lines[0].product, 1, lines[0].price, lines[0].variant))
        rule = PLANTED["add_on_below_the_free_shipping_line"]
        if rule["from"] <= total(lines) < FREE_SHIPPING and dice.chance(rule["chance"]):
            for extra in dice.sample(list(EXTRAS), len(EXTRAS)):
                if total(lines) < FREE_SHIPPING:
                    lines.append(self.line(extra, 1, day))
        elif dice.chance(0.03):
            lines.append(self.line(dice.weighted(EXTRAS), 1, day))
        return lines

    def line(self, key: str, quantity: int, day: date) -> Line:
        product = PRODUCTS[key]
        price = round(product.price * 0.88) if campaign(day) and product.category != EXTRA else product.price
        return Line(product, quantity, price, self.dice.pick(product.variants) if product.variants else "")

    def place(self, customer: Customer, day: date, lines: list[Line], first: bool = False, sure: bool = False) -> Order:
        """Put an order on record: money, fate and perhaps a review. sure: neither cancelled nor free."""
        dice = self.dice
        at = datetime(day.year, day.month, day.day, dice.weighted(HOURS), dice.whole(0, 59))
        if not sure and dice.chance(0.0015):
            lines = [Line(PRODUCTS["CLD"], 1, 0, "")]
        discount = voucher(dice, total(lines), first, campaign(day))
        guest = customer.kind == "buyer" and dice.chance(0.003)
        order = Order(
            self.order_id(at), None if guest else customer, at, lines, discount, f"SHAN{discount}" if discount else ""
        )
        payment = dice.weighted({"貨到付款": 34, "信用卡": 38, "蝦皮晚點付": 14, "蝦皮錢包": 8, "銀行轉帳": 6})
        carrier = dice.weighted(CARRIERS)
        order.traits = {
            "coins": dice.whole(1, 40) if dice.chance(0.3) else 0,
            "platform_voucher": dice.pick((20, 30, 60)) if dice.chance(0.35 if campaign(day) else 0.12) else 0,
            "card": dice.pick((15, 25, 50)) if payment == "信用卡" and dice.chance(0.08) else 0,
            "town": customer.town,
            "receiver": customer.name,
            "tail": customer.phone[-2:],
            "carrier": carrier,
            "branch": "" if carrier == "中華郵政" else f"{dice.whole(100000, 269999)}",
            "payment": payment,
            "parcel": f"TW{day:%y%m}{dice.whole(1000000, 9999999)}",
            "note": dice.weighted(NOTES),
        }
        self.orders.append(order)
        self.fates[order] = fate = self.fate(order, sure)
        if fate.completed_at and not fate.returned_at and customer.kind == "buyer" and dice.chance(0.27):
            trouble = {"shipping": PLANTED["slow_parcels"]["share_of_reviews"]} if slow(day) else {}
            review = feeling(dice, order, fate.completed_at + timedelta(minutes=dice.whole(2, 4000)), trouble)
            order.traits["review"] = review
            self.reviews.append(review)
        return order

    def fate(self, order: Order, sure: bool) -> Fate:
        dice, at = self.dice, order.at
        transfer = order.traits["payment"] == "銀行轉帳"
        fate = Fate(at + timedelta(minutes=dice.whole(60, 2400) if transfer else 0))
        hours = {
            "ship": dice.whole(12, 50),
            "travel": dice.whole(30, 80) + (dice.whole(60, 150) if slow(order.day) else 0),
        }
        fate.shipped_at = at + timedelta(hours=hours["ship"])
        fate.delivered_at = fate.shipped_at + timedelta(hours=hours["travel"])
        fate.completed_at = fate.delivered_at + timedelta(hours=dice.whole(2, 60))
        if sure or not dice.chance(0.125):
            if not sure and dice.chance(0.02):
                fate.returned_at = fate.completed_at + timedelta(days=dice.whole(2, 9))
                whole = dice.chance(0.4)
                fate.returns = {i: x.quantity if whole else 1 for i, x in enumerate(order.lines) if whole or i == 0}
            return fate
        if dice.chance(0.02):
            order.traits["lost"] = True
            return Fate(fate.paid_at, at + timedelta(days=dice.whole(8, 12)), shopee_tw.LOST, fate.shipped_at)
        reason = dice.weighted(REASONS)
        if reason == "逾期未付款":
            return Fate(None, at + timedelta(days=3), reason)
        if reason == "買家逾期未取件":
            return Fate(fate.paid_at, fate.delivered_at + timedelta(days=7), reason, fate.shipped_at, fate.delivered_at)
        return Fate(fate.paid_at, at + timedelta(hours=dice.whole(1, 11)), reason)

    def buy_wholesale(self, customer: Customer) -> None:
        day = START + timedelta(days=self.dice.whole(0, 60))
        while day <= END:
            keys = self.dice.sample(sorted(DAILY), self.dice.whole(1, 3))
            lines = [self.line(self.available({key: 1}, day), self.dice.whole(8, 24), day) for key in keys]
            for line in lines:
                line.price = round(line.product.price * 0.8)
            self.place(customer, day, lines, sure=True)
            day += timedelta(days=self.dice.whole(26, 44))

    def buy_as_staff(self, customer: Customer) -> None:
        day = START + timedelta(days=self.dice.whole(0, 20))
        while day <= END:
            lines = [self.line(self.available(FIRST, day), 1, day), self.line(self.dice.weighted(EXTRAS), 1, day)]
            order = self.place(customer, day, lines, sure=True)
            order.seller_discount, order.coupon = round(order.gross * 0.3), "STAFF30"
            day += timedelta(days=self.dice.whole(6, 15))

    def order_id(self, at: datetime) -> str:
        while True:
            order_id = f"{at:%y%m%d}{self.dice.text(LETTERS, 8)}"
            if order_id not in self._ids:
                self._ids.add(order_id)
                return order_id


def days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=i) for i in range((last - first).days + 1)]


def arrivals(day: date) -> float:
    """New customers expected on a day: growth, a Sunday peak, campaigns."""
    if day < START:
        return 1.9
    rate = 2.6 + 2.9 * (day - START).days / (END - START).days
    return rate * (1.25 if day.weekday() in (6, 0) else 0.93) * (8 if campaign(day) else 1)


def campaign(day: date) -> str:
    """The campaign that a day belongs to, or ''."""
    return next((name for name, (low, high) in CAMPAIGNS.items() if low <= (day.month, day.day) <= high), "")


def slow(day: date) -> bool:
    return SLOW_PARCELS[0] <= day <= SLOW_PARCELS[1]


def total(lines: list[Line]) -> int:
    return sum(line.value for line in lines)


def voucher(dice: Dice, value: int, first: bool, campaign: str) -> int:
    """The seller's voucher on an order, NT$."""
    share = 0.6 if campaign else 0.2 if first else 0.14
    return (50 if campaign else 30) if value >= 299 and dice.chance(share) else 0
