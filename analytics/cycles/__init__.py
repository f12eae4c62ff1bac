"""How long products last, whom to remind of them, and whether the reminders would have found more than plain rules."""

from analytics.cycles.backtest import BACK, DAYS, LIST, PLAIN, Backtest, backtest
from analytics.cycles.cycles import LEAST, REFILL, Cycles, bought_again, by_units, cycles
from analytics.cycles.reminders import (
    COMING,
    LATE,
    LEFT_OUT,
    LOST,
    NEXT_WEEK,
    SLEEPING,
    STATES,
    THIS_WEEK,
    Due,
    Plan,
    calendar,
    due,
    plain,
    plan,
)

__all__ = [
    "BACK",
    "Backtest",
    "COMING",
    "Cycles",
    "DAYS",
    "Due",
    "LATE",
    "LEAST",
    "LEFT_OUT",
    "LIST",
    "LOST",
    "NEXT_WEEK",
    "PLAIN",
    "Plan",
    "REFILL",
    "SLEEPING",
    "STATES",
    "THIS_WEEK",
    "backtest",
    "bought_again",
    "by_units",
    "calendar",
    "cycles",
    "due",
    "plain",
    "plan",
]
