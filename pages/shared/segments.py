"""The names of segments and paces, and what is said to whom: wherever customers are listed."""

from __future__ import annotations

from analytics.contacts import short_name
from analytics.segments.advice import ADVICE, GONE, Step
from analytics.segments.rfm import NOT_YET, SEGMENTS, Rfm, rfm
from analytics.store import Store
from pages.shared import cut_points, text
from pages.shared.session import result
from pages.shared.text import N_, _, plain

PACE_NAMES = {
    "on_time": N_("On time"), "late": N_("A little late"), "sleeping": N_("Sleeping"), "lost": N_("Probably gone"),
}  # fmt: skip


def of_all_history(store: Store) -> str:
    """Where the reader chose a start of the period: that whoever is listed here is judged by all of history; else ""."""
    if store.filters.start is None:
        return ""
    return _(
        "Who is who here is judged by everything bought up to {day}: the start of the period ({start}) changes nobody's group.",
        day=text.day(store.shop.as_of),
        start=text.day(store.shop.start),
    )


def scored(store: Store) -> Rfm:
    """Every customer's scores and segment at the cut points in use, for a page that does not draw their choice."""
    return result(rfm, store, cut_points.in_use(store))


def names() -> dict[str, str]:
    """The ten segments, and "not yet a customer", in the reader's language."""
    return {segment: _(segment) for segment in (*SEGMENTS, NOT_YET)}


def step(one: Step) -> str:
    """A thing to do, and below it the reason."""
    return plain(f"**{_(one.do)}**  \n{_(one.why)}")


def message(segment: str, product: object) -> str:
    """The message to begin with, for a segment (or "Gone") and a customer's usual product (missing: not known), named as one would say it."""
    advice = GONE if segment == "Gone" else ADVICE[segment]
    return (
        _(advice.message, product=short_name(product))
        if isinstance(product, str) and product
        else _(advice.message_without_product)
    )
