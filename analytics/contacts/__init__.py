"""Lists of people to write to, and one customer on one card."""

from analytics.contacts.contacts import (
    FIRST_TO_KNOW,
    PACES,
    bought_around,
    contact_list,
    detectable,
    first_to_know,
    held_out_of,
    pace,
    reach,
    subscription_candidates,
    survey_sample,
)

__all__ = [
    "FIRST_TO_KNOW",
    "PACES",
    "bought_around",
    "contact_list",
    "detectable",
    "first_to_know",
    "held_out_of",
    "pace",
    "reach",
    "subscription_candidates",
    "survey_sample",
]
