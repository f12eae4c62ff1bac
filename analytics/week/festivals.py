"""Festivals for which Taiwanese shops write to their customers, and the next one.

Days of the lunar calendar as the Central Weather Administration's almanac (中央氣象署 日曆資料表) gives them.
"""

from __future__ import annotations

from datetime import date, timedelta

from analytics.errors import N_

AHEAD = 21
"""Days before a festival from which on regular customers are told."""
_FIXED = {
    N_("Valentine's Day"): (2, 14), N_("Women's Day"): (3, 8), N_("Father's Day"): (8, 8), N_("Double Eleven"): (11, 11),
    N_("Double Twelve"): (12, 12), N_("Christmas"): (12, 25),
}  # fmt: skip
_LUNAR = {
    N_("Lunar New Year"): ("2025-01-29", "2026-02-17", "2027-02-06", "2028-01-26", "2029-02-13", "2030-02-03"),
    N_("Dragon Boat Festival"): ("2025-05-31", "2026-06-19", "2027-06-09", "2028-05-28", "2029-06-16", "2030-06-05"),
    N_("Mid-Autumn Festival"): ("2025-10-06", "2026-09-25", "2027-09-15", "2028-10-03", "2029-09-22", "2030-09-12"),
}
_MOTHERS_DAY = N_("Mother's Day")


def festivals(year: int) -> dict[str, date]:
    """Name (a msgid) -> day, in one year; those of the lunar calendar from 2025 to 2030."""
    first_of_may = date(year, 5, 1)
    found = {name: date(year, month, day) for name, (month, day) in _FIXED.items()}
    found[_MOTHERS_DAY] = first_of_may + timedelta(days=(6 - first_of_may.weekday()) % 7 + 7)
    for name, days in _LUNAR.items():
        for day in map(date.fromisoformat, days):
            if day.year == year:
                found[name] = day
    return found


def coming(as_of: date, ahead: int = AHEAD) -> tuple[str, date] | None:
    """The first festival within so many days after a day; None: there is none."""
    days = [(day, name) for year in (as_of.year, as_of.year + 1) for name, day in festivals(year).items()]
    soon = sorted((day, name) for day, name in days if timedelta(0) < day - as_of <= timedelta(days=ahead))
    return (soon[0][1], soon[0][0]) if soon else None
