"""What is true of a demo shop, counted from the simulation's own objects and never from the files or the analysis code."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from statistics import median

from sample_data.orders import Order
from sample_data.people import Customer
from sample_data.reviews import Review

WINDOWS = (30, 60, 90, 180, 365)


class Ledger:
    """The orders that count, by customer. as_of: the last day the shop's files cover."""

    def __init__(self, orders: Iterable[Order], as_of: date) -> None:
        self.as_of = as_of
        self.orders = list(orders)
        self.counted = [order for order in self.orders if order.counts]
        self.by_customer: dict[Customer, list[Order]] = defaultdict(list)
        for order in self.counted:
            if order.customer:
                self.by_customer[order.customer].append(order)
        self.days = {who: sorted({order.day for order in mine}) for who, mine in self.by_customer.items()}

    def first(self, who: Customer) -> date:
        return self.days[who][0]

    def first_orders(self, who: Customer) -> list[Order]:
        """The orders of the customer's first buying day."""
        return [order for order in self.by_customer[who] if order.day == self.first(who)]

    def within(
        self, customers: Iterable[Customer], n: int, again: Callable[[Customer], date | None] | None = None
    ) -> dict[str, float]:
        """Who bought again within n days of the first buying day, of those whose first day is at least n days before the as-of day."""
        again = again or (lambda who: self.days[who][1] if len(self.days[who]) > 1 else None)
        old = [who for who in customers if (self.as_of - self.first(who)).days >= n]
        returned = [who for who in old if (day := again(who)) and (day - self.first(who)).days <= n]
        return share(len(returned), len(old), "repurchased", "eligible")

    def group(self, customers: Iterable[Customer]) -> dict[str, object]:
        """Size, lifetime and N-day repurchase of some customers."""
        chosen = list(customers)
        lifetime = share(sum(len(self.days[who]) > 1 for who in chosen), len(chosen), "repurchased", "customers")
        return {"lifetime": lifetime, "within_days": {str(n): self.within(chosen, n) for n in WINDOWS}}

    def totals(self) -> dict[str, object]:
        """The figures of the whole shop. order_share and revenue_share: of known customers' orders, those after the first buying day."""
        known = [order for order in self.counted if order.customer]
        later = [order for order in known if order.day > self.first(order.customer)]
        value = {order: order.revenue for order in known}
        early = [order for order in known if order.day == self.first(order.customer)]
        return {
            "orders": len(self.counted),
            "guest_orders": len(self.counted) - len(known),
            "customers": len(self.days),
            "revenue": sum(order.revenue for order in self.counted),
            "revenue_known_customers": sum(value.values()),
            "first_order": str(min(order.day for order in self.counted)),
            "as_of": str(self.as_of),
            "excluded": dict(sorted(Counter(order.reason for order in self.orders if order.reason).items())),
            "order_share": round(len(later) / len(known), 6),
            "revenue_share": round(sum(value[x] for x in later) / sum(value.values()), 6),
            "average_repurchases": round(sum(len(x) - 1 for x in self.days.values()) / len(self.days), 6),
            "aov_first": round(sum(value[x] for x in early) / len(early), 4),
            "aov_repeat": round(sum(value[x] for x in later) / len(later), 4),
            **self.group(self.days),
        }

    def by_first_month(self) -> dict[str, dict[str, object]]:
        """Per month of the first buying day: customers, and who bought again within 90 days."""
        months: dict[str, list[Customer]] = defaultdict(list)
        for who in self.days:
            months[f"{self.first(who):%Y-%m}"].append(who)
        return {month: {"customers": len(x), "within_90": self.within(x, 90)} for month, x in sorted(months.items())}

    def gateways(self, n: int = 90) -> dict[str, dict[str, object]]:
        """Per product in the baskets of first buying days: who bought anything, and the same product, again within n days."""
        holders: dict[str, list[Customer]] = defaultdict(list)
        bought = self.product_days()
        for who in self.days:
            for key in {line.product.key for order in self.first_orders(who) for line in order.lines}:
                holders[key].append(who)
        result = {}
        for key, customers in sorted(holders.items()):
            same = {who: days[1] for who in customers if len(days := bought[who, key]) > 1}
            result[key] = {
                "first_buyers": len(customers),
                "any_product": self.within(customers, n),
                "same_product": self.within(customers, n, same.get),
            }
        return result

    def product_days(self) -> dict[tuple[Customer, str], list[date]]:
        """The days on which each customer bought each product."""
        days: dict[tuple[Customer, str], set[date]] = defaultdict(set)
        for who, orders in self.by_customer.items():
            for order in orders:
                for line in order.lines:
                    days[who, line.product.key].add(order.day)
        return {key: sorted(x) for key, x in days.items()}

    def cycles(self, keys: Iterable[str]) -> dict[str, dict[str, object]]:
        """Per product and quantity bought: the median days until the same customer next bought it."""
        units: Counter[tuple[Customer, str, date]] = Counter()
        for who, orders in self.by_customer.items():
            for order in orders:
                for line in order.lines:
                    units[who, line.product.key, order.day] += line.quantity
        gaps: dict[tuple[str, int], list[int]] = defaultdict(list)
        for (who, key), days in self.product_days().items():
            for day, after in zip(days, days[1:], strict=False):
                gaps[key, units[who, key, day]].append((after - day).days)
        wanted = {key: {q: gaps[key, q] for q in (1, 2, 3) if gaps.get((key, q))} for key in keys}
        return {
            key: {str(q): {"n": len(x), "median_days": median(x)} for q, x in of.items()} for key, of in wanted.items()
        }

    def pair(self, a: str, b: str) -> dict[str, float]:
        """How often two products share an order that counts."""
        baskets = [{line.product.key for line in order.lines} for order in self.counted]
        both, n_a, n_b = (sum(keys <= basket for basket in baskets) for keys in ({a, b}, {a}, {b}))
        return {
            "orders": len(baskets),
            a: n_a,
            b: n_b,
            "both": both,
            "lift": round(both * len(baskets) / (n_a * n_b), 4),
        }


def share(part: int, whole: int, part_name: str, whole_name: str) -> dict[str, float]:
    """Numerator, denominator and rate (0 to 1; None when nobody is old enough)."""
    return {part_name: part, whole_name: whole, "rate": round(part / whole, 6) if whole else None}


def review_truths(reviews: list[Review]) -> dict[str, object]:
    """Counts of the reviews as written: stars, kinds, complaints by aspect, complaints by month, replies copied."""
    by_month: dict[str, Counter[str]] = defaultdict(Counter)
    for review in reviews:
        by_month[f"{review.at:%Y-%m}"].update({"reviews": 1, **dict.fromkeys(review.complaints, 1)})
    replies = [review.reply for review in reviews if review.reply]
    said = Counter(replies)
    copied = share(sum(said[x] > 1 for x in replies), len(replies), "copied", "replies")
    return {
        "reviews": len(reviews),
        "with_text": sum(bool(review.text) for review in reviews),
        "english": sum(review.english and bool(review.text) for review in reviews),
        "stars": {str(star): n for star, n in sorted(Counter(review.rating for review in reviews).items())},
        "kinds": dict(sorted(Counter(review.kind for review in reviews).items())),
        "complaints": dict(Counter(x for review in reviews for x in review.complaints).most_common()),
        "cashback_wording": sum(review.cashback for review in reviews),
        "by_month": {month: dict(sorted(counts.items())) for month, counts in sorted(by_month.items())},
    } | ({"replies_copied": copied} if replies else {})
