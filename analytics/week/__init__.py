"""What to do this week, for whom, and how last week went."""

from analytics.week.chances import Chances, chances
from analytics.week.festivals import coming, festivals
from analytics.week.standing import FIGURES, LastWeek, last_week, unhappy_reviews
from analytics.week.tasks import (
    ANSWER,
    CAMPAIGN,
    CARE_7,
    CARE_14,
    CARE_30,
    CHORES,
    COMPLAINT,
    CONTACTED,
    DECLINED,
    FESTIVAL,
    HELD_OUT,
    KINDS,
    LATE,
    MOST,
    OTHER_LIST,
    READ_OUT,
    REASONS,
    REFILL,
    SECOND,
    STOCK,
    THANK,
    TITLES,
    TOO_OFTEN,
    UNREVIEWED,
    WORSE,
    WORSE_PRODUCT,
    Task,
    Week,
    planned,
)  # fmt: skip
from analytics.week.week import monday_after, week

__all__ = [
    "ANSWER", "CAMPAIGN", "CARE_14", "CARE_30", "CARE_7", "CHORES", "COMPLAINT", "CONTACTED", "Chances", "DECLINED", "FESTIVAL", "FIGURES", "HELD_OUT", "KINDS",
    "LATE", "LastWeek", "MOST", "OTHER_LIST", "READ_OUT", "REASONS", "REFILL", "SECOND", "STOCK", "THANK", "TITLES", "TOO_OFTEN", "Task",
    "UNREVIEWED", "WORSE", "WORSE_PRODUCT", "Week", "chances", "coming", "festivals", "last_week", "monday_after", "planned", "unhappy_reviews", "week",
]  # fmt: skip
