"""The names of segments and paces, and what is said to whom: wherever customers are listed."""

from __future__ import annotations

from analytics.contacts import short_name
from analytics.segments.advice import ADVICE, Step
from analytics.segments.rfm import NOT_YET, SEGMENTS, Rfm, rfm
from analytics.store import Store
from pages.shared import cut_points
from pages.shared.session import result
from pages.shared.text import N_, _, plain

PACE_NAMES = {
    "on_time": N_("On time"), "late": N_("A little late"), "sleeping": N_("Sleeping"), "lost": N_("Probably gone"),
}  # fmt: skip


def scored(store: Store) -> Rfm:
    """Every customer's scores and segment at the cut points in use, for a page that does not draw their choice."""
    return result(rfm, store, cut_points.in_use())


def names() -> dict[str, str]:
    """The ten segments, and "not yet a customer", in the reader's language."""
    return {segment: _(segment) for segment in (*SEGMENTS, NOT_YET)}


def step(one: Step) -> str:
    """A thing to do, and below it the reason."""
    return plain(f"**{_(one.do)}**  \n{_(one.why)}")


def message(segment: str, product: object) -> str:
    """The message to begin with, for a segment and a customer's usual product (missing: not known), which is named as one would say it."""
    advice = ADVICE[segment]
    return (
        _(advice.message, product=short_name(product))
        if isinstance(product, str) and product
        else _(advice.message_without_product)
    )
