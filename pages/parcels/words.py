"""What the page says: names, and the first line of each view."""

from __future__ import annotations

from analytics.parcels import (
    BACK,
    COMPLETION,
    FEW,
    LATE,
    NOT_SHOWN,
    SHIPMENT,
    SLOW,
    UNHAPPY,
    WITHIN,
    Buyers,
    Days,
    Outcomes,
)
from pages.shared import text
from pages.shared.text import N_, _, number, percent, plural, points

VIEWS = {
    "ends": N_("Unclaimed, cancelled, returned"),
    "buyers": N_("Who picks up"),
    "days": N_("How long they take"),
}
RATES = {"unclaimed": N_("Not picked up"), "cancelled": N_("Order cancelled"), "returned": N_("Sent back")}
PARTS = {"payment": N_("Payment"), "delivery": N_("Delivery"), "product": N_("Product"), "month": N_("Month")}
OUTCOMES = RATES | {"lost": N_("Lost on the way")}
OUT_OF = {
    "unclaimed": N_("parcels that left and whose end is known"),
    "cancelled": N_("all orders"),
    "returned": N_("parcels that somebody took"),
}
NOT_TOLD = N_("(not told)")
MEASURES = {COMPLETION: N_("Order to completion"), SHIPMENT: N_("Order to shipment")}
AGAINST = {UNHAPPY: N_("Three stars or fewer"), BACK: N_("Bought again")}
GROUPS = {
    SHIPMENT: (N_("Same day"), N_("1 day"), N_("2 days"), N_("3 days or more")),
    COMPLETION: (N_("Up to 3 days"), N_("4 to 5 days"), N_("6 to 7 days"), N_("8 to 10 days"), N_("11 days or more")),
}


def of_ends(found: Outcomes) -> str:
    """What became of the orders."""
    whole = found.whole
    rest = plural(
        "The files do not say yet what became of the {n} order, so no rate can be told.",
        "The files do not say yet what became of any of the {n} orders, so no rate can be told.",
        int(whole.orders),
    ) if whole.open == whole.orders else text.sentences(
        _("{cancelled} of {orders} orders were cancelled ({share}).", cancelled=number(whole.cancelled), orders=number(whole.orders), share=percent(whole.cancelled_rate)),
        _("{returned} of {taken} parcels that somebody took came back, wholly or in part.", returned=number(whole.returned), taken=number(whole.taken)) if whole.taken else "",
    )  # fmt: skip
    if not whole.sent:
        return text.sentences(rest, _("These exports do not say which parcels nobody picked up."))
    return text.sentences(
        _("Nobody picked up {n} of {sent} parcels ({share}).", n=number(whole.unclaimed), sent=number(whole.sent), share=percent(whole.unclaimed_rate)),
        rest,
    )  # fmt: skip


def of_buyers(found: Outcomes, people: Buyers) -> str:
    """Who does not pick up."""
    if not found.whole.sent:
        return _("These exports do not say which parcels nobody picked up, so nobody can be told apart by it.")
    return _(
        "Of {known} to whom parcels were sent, {some} left one unclaimed, {again} of them more than one.",
        known=plural("{n} known buyer", "{n} known buyers", people.known), some=number(len(people.table)), again=number(len(people.again)),
    )  # fmt: skip


def of_days(took: Days) -> str:
    """How long parcels take."""
    times, parts = took.times, []
    if times.shipped:
        parts.append(
            _(
                "Half of the parcels left within {days} of the order (of {n}).",
                days=text.days(times.ship_days[1]),
                n=number(times.shipped),
            )
        )
    if times.completed:
        parts.append(
            _(
                "Half were completed within {days} of it (of {n}).",
                days=text.days(times.complete_days[1]),
                n=number(times.completed),
            )
        )
    if times.dated:
        parts.append(
            _(
                "{late} of {n} left later than they should ({share}).",
                late=number(times.late),
                n=number(times.dated),
                share=percent(times.late / times.dated),
            )
        )
    return text.sentences(*parts) or _("These exports do not say when parcels left or arrived.")  # fmt: skip


DIFFERENCES = {
    (LATE, UNHAPPY): N_("Of the reviewed parcels that left late, {x1} of {n1} got three stars or fewer ({rate1}); of those that left in time, {x2} of {n2} ({rate2})."),
    (LATE, BACK): N_("Of those whose first parcel left late, {x1} of {n1} bought again within {days} days ({rate1}); of those whose first one left in time, {x2} of {n2} ({rate2})."),
    (SLOW, UNHAPPY): N_("Of the reviewed parcels that took longer than the middle one, {x1} of {n1} got three stars or fewer ({rate1}); of the others, {x2} of {n2} ({rate2})."),
    (SLOW, BACK): N_("Of those whose first parcel took longer than the middle one, {x1} of {n1} bought again within {days} days ({rate1}); of the others, {x2} of {n2} ({rate2})."),
}  # fmt: skip
CHANCE, NO_CHANCE = (
    N_("No difference that can be told from chance: it lies between {low} and {high}."),
    N_("The difference is hardly chance: between {low} and {high}."),
)


def difference(row: object) -> str:
    """How late or slow parcels stand against the others, in stars or repurchase. row: of `Days.differences`."""
    figures = {
        "x1": number(row.x1), "n1": number(row.n1), "rate1": percent(row.x1 / row.n1 if row.n1 else None),
        "x2": number(row.x2), "n2": number(row.n2), "rate2": percent(row.x2 / row.n2 if row.n2 else None), "days": WITHIN,
    }  # fmt: skip
    said = _(DIFFERENCES[row.measure, row.outcome], **figures)
    if row.verdict == FEW:
        return text.sentences(said, _("Too few to compare."))
    verdict = CHANCE if row.verdict == NOT_SHOWN else NO_CHANCE
    return text.sentences(said, _(verdict, low=points(row.low), high=points(row.high)))
