"""Lists of people to write to, and one customer on one card."""

from analytics.contacts.contacts import (
    FIRST_TO_KNOW,
    NOT_PRODUCTS,
    NOTICEABLE,
    PACES,
    SHARES,
    Holdout,
    bought_around,
    contact_list,
    detectable,
    first_to_know,
    held_out_of,
    holdout,
    pace,
    reach,
    subscription_candidates,
    survey_sample,
)

__all__ = [
    "FIRST_TO_KNOW",
    "Holdout",
    "NOTICEABLE",
    "NOT_PRODUCTS",
    "PACES",
    "SHARES",
    "bought_around",
    "contact_list",
    "detectable",
    "first_to_know",
    "held_out_of",
    "holdout",
    "pace",
    "reach",
    "subscription_candidates",
    "survey_sample",
]
