"""What is planted in the tea shop, and what came of it."""

from __future__ import annotations

from sample_data.tea import CAMPAIGNS, END, FREE_SHIPPING, PLANTED, START, TeaShop, campaign
from sample_data.tea_goods import DAILY
from sample_data.truths import Ledger, review_truths, share


def tea_truths(shop: TeaShop) -> dict[str, object]:
    """All truths of the tea shop as plain values."""
    ledger = Ledger(shop.orders, END)
    special = {*PLANTED["wholesale_accounts"], *PLANTED["staff_accounts"]}
    plain = Ledger([x for x in shop.orders if not x.customer or x.customer.account not in special], END)
    values = [order.gross for order in ledger.counted]
    return {
        "planted": PLANTED,
        **ledger.totals(),
        "without_staff_and_wholesale": plain.totals(),
        "by_first_month": ledger.by_first_month(),
        "campaigns": campaigns(ledger),
        "gateways_90_days": ledger.gateways(),
        "cycles": ledger.cycles(sorted(DAILY)),
        "pair": ledger.pair("BOT", "CLD"),
        "free_shipping": {
            "line": FREE_SHIPPING,
            "orders_by_value": {
                f"{low}-{low + 49}": sum(low <= x < low + 50 for x in values) for low in range(340, 690, 50)
            },
        },
        "left_truncation": left_truncation(ledger),
        "identical_lines": sum(identical_lines(order) for order in shop.orders),
        "lost_parcels_that_count": sum(
            "lost" in x.traits and shop.fates[x].cancelled_at.date() <= END for x in ledger.counted
        ),
        "reviews": review_truths(shop.reviews),
        "after_review_90_days": after_review(shop, ledger),
    }


def campaigns(ledger: Ledger) -> dict[str, object]:
    """Customers won in a campaign window, against those first seen in the rest of the same months and at all other times."""
    result = {}
    for name, ((month, _), _) in CAMPAIGNS.items():
        for year in (START.year, END.year - 1):
            same = [who for who in ledger.days if (ledger.first(who).year, ledger.first(who).month) == (year, month)]
            won = [who for who in same if campaign(ledger.first(who)) == name]
            rest = [who for who in same if who not in set(won)]
            result[f"{year} {name}"] = {"won": ledger.group(won), "rest_of_the_month": ledger.group(rest)}
    everyone = {who: campaign(ledger.first(who)) for who in ledger.days}
    result["all campaigns"] = ledger.group([who for who, name in everyone.items() if name])
    result["all other days"] = ledger.group([who for who, name in everyone.items() if not name])
    return result


def left_truncation(ledger: Ledger) -> dict[str, dict[str, float]]:
    """Per first month seen: how many of its customers had in truth bought before the first file."""
    months: dict[str, list[bool]] = {}
    for who in ledger.days:
        old = who.traits.get("true_first_day", START) < START
        months.setdefault(f"{ledger.first(who):%Y-%m}", []).append(old)
    return {month: share(sum(x), len(x), "old_customers", "customers") for month, x in sorted(months.items()) if any(x)}


def identical_lines(order) -> int:
    """Rows of the order that repeat another row of it word for word."""
    lines = [(line.product.key, line.variant, line.quantity, line.price) for line in order.lines]
    return len(lines) - len(set(lines))


def after_review(shop: TeaShop, ledger: Ledger) -> dict[str, dict[str, float]]:
    """First-day reviewers by stars: who bought again within 90 days of the first day."""
    stars = {x.order: x.rating for x in shop.reviews}
    groups: dict[str, list] = {"1-3": [], "4-5": []}
    for who in ledger.days:
        given = [stars[order] for order in ledger.first_orders(who) if order in stars]
        if given:
            groups["1-3" if given[0] <= 3 else "4-5"].append(who)
    return {name: ledger.within(customers, 90) for name, customers in groups.items()}
