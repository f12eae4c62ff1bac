"""Lists of people to write to, and one customer on one card."""

from analytics.contacts.channels import CHANNELS, META_LEAST, for_channel, reached
from analytics.contacts.contacts import (
    FIRST_TO_KNOW,
    NOT_PRODUCTS,
    PACES,
    bought_around,
    contact_list,
    detectable,
    first_to_know,
    held_out_of,
    held_out_rows,
    in_order,
    pace,
    reachable,
    subscription_candidates,
    survey_sample,
    with_measures,
)
from analytics.contacts.short_names import short_name

__all__ = [
    "CHANNELS",
    "FIRST_TO_KNOW",
    "META_LEAST",
    "NOT_PRODUCTS",
    "PACES",
    "bought_around",
    "contact_list",
    "detectable",
    "first_to_know",
    "for_channel",
    "held_out_of",
    "held_out_rows",
    "in_order",
    "pace",
    "reachable",
    "reached",
    "short_name",
    "subscription_candidates",
    "survey_sample",
    "with_measures",
]
