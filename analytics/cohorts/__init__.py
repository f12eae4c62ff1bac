"""Who comes back, by when and how they were won."""

from analytics.cohorts.cohorts import (
    AGE_DAYS,
    GRAINS,
    MEASURES,
    TINY,
    Cohorts,
    Members,
    by_month,
    cohort_table,
    cohorts,
    members,
    payback_age,
)

__all__ = [
    "AGE_DAYS",
    "Cohorts",
    "GRAINS",
    "MEASURES",
    "Members",
    "TINY",
    "by_month",
    "cohort_table",
    "cohorts",
    "members",
    "payback_age",
]
