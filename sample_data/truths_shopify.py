"""What is planted in the two Shopify demo shops, and what came of it."""

from __future__ import annotations

from collections import defaultdict

from sample_data import durable, fashion
from sample_data.durable import DurableShop
from sample_data.fashion import FashionShop, depth
from sample_data.people import Customer
from sample_data.reviews import Review
from sample_data.truths import Ledger, review_truths, share


def fashion_truths(shop: FashionShop) -> dict[str, object]:
    """All truths of the clothes shop as plain values."""
    ledger = Ledger(shop.orders, fashion.END)
    firsts = {who: ledger.first_orders(who)[0] for who in ledger.days}
    codes: dict[str, list[Customer]] = defaultdict(list)
    depths: dict[str, list[Customer]] = defaultdict(list)
    channels: dict[str, list[Customer]] = defaultdict(list)
    for who, order in firsts.items():
        codes[order.coupon or "none"].append(who)
        depths[depth(order)].append(who)
        channels[order.traits["source"]].append(who)
    repeats = [order for order in ledger.counted if order.customer and order.day > ledger.first(order.customer)]
    return {
        "planted": fashion.PLANTED,
        **ledger.totals(),
        "by_first_month": ledger.by_first_month(),
        "first_coupon": {name: ledger.group(who) for name, who in sorted(codes.items())},
        "first_coupon_depth": {name: ledger.group(who) for name, who in sorted(depths.items())},
        "first_channel": {name: ledger.group(who) for name, who in sorted(channels.items())},
        "revenue_by_channel": by_channel(ledger),
        "welcome_code_on_repeat_orders": share(
            sum(x.coupon == "WELCOME10" for x in repeats), len(repeats), "welcome", "repeat_orders"
        ),
        "phone_only_customers": sum(who.traits["reach"] == "phone" for who in ledger.days),
        "partially_refunded_orders": sum(x.traits["financial"] == "partially_refunded" for x in ledger.counted),
        "refunded_amount_of_orders_that_count": sum(x.refunded for x in ledger.counted),
        "gateways_90_days": ledger.gateways(),
        "reviews": review_truths(shop.reviews),
        "size_complaints_by_product": size_complaints(shop.reviews),
        "after_first_day_review_90_days": after_review(shop.reviews, ledger),
    }


def durable_truths(shop: DurableShop) -> dict[str, object]:
    """All truths of the air purifier shop as plain values."""
    ledger = Ledger(shop.orders, durable.END)
    repeats = [order for order in ledger.counted if order.day > ledger.first(order.customer)]
    filters = [order for order in repeats if {x.product.category for x in order.lines} == {durable.FILTER}]
    same_day = sum(len(ledger.first_orders(who)) > 1 for who in ledger.days)
    return {
        "planted": durable.PLANTED,
        **ledger.totals(),
        "by_first_month": ledger.by_first_month(),
        "repeat_orders": len(repeats),
        "repeat_orders_of_filters_only": len(filters),
        "customers_with_two_orders_on_the_first_day": same_day,
        "cycles": ledger.cycles([key for key, product in durable.PRODUCTS.items() if product.days]),
        "reviews": review_truths(shop.reviews),
    }


def by_channel(ledger: Ledger) -> dict[str, int]:
    """Revenue of orders that count by channel, NT$."""
    totals: dict[str, int] = defaultdict(int)
    for order in ledger.counted:
        totals[order.traits["source"]] += order.revenue
    return dict(sorted(totals.items()))


def size_complaints(reviews: list[Review]) -> dict[str, dict[str, float]]:
    """Per product reviewed: how many of its reviews complain of the size."""
    products: dict[str, list[bool]] = defaultdict(list)
    for review in reviews:
        products[review.order.lines[0].product.key].append("size" in review.complaints)
    return {key: share(sum(x), len(x), "size_complaints", "reviews") for key, x in sorted(products.items())}


def after_review(reviews: list[Review], ledger: Ledger) -> dict[str, dict[str, float]]:
    """Reviewers of the first day's order by what they wrote: who bought again within 90 days."""
    written = {x.order: x for x in reviews}
    groups: dict[str, list[Customer]] = {"no complaint": [], "complaint, answered": [], "complaint, unanswered": []}
    for who in ledger.days:
        mine = [written[order] for order in ledger.first_orders(who) if order in written]
        if mine:
            handled = "answered" if mine[0].answered else "unanswered"
            groups[f"complaint, {handled}" if mine[0].complaints else "no complaint"].append(who)
    return {name: ledger.within(customers, 90) for name, customers in groups.items()}
