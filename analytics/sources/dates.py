"""Which strptime patterns a column of dates needs; none for year-first ones, which SQL reads by itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

_YEAR_FIRST = re.compile(r"\s*(?:西元|民國)?\s*[0-9]{3,4}\s*[-/.年]|\s*[0-9]{5}(?:\.[0-9]+)?\s*$")
_NUMERIC = re.compile(r"\s*([0-9]{1,2})\s*([-/.])\s*([0-9]{1,2})\s*\2\s*[0-9]{2,4}\b")
_OFFSET = re.compile(r"[0-9]:[0-9]{2}\s*([-+])([01][0-9]):?([0-9]{2})\s*$")
_DAYS = ("%d{0}%m{0}%Y", "%m{0}%d{0}%Y", "%d{0}%m{0}%y", "%m{0}%d{0}%y")
_WORDS = ("%d %b %Y", "%d %B %Y", "%b %d, %Y", "%B %d, %Y", "%b %d %Y", "%d-%b-%Y", "%d-%b-%y")
_CLOCKS = (
    " %H:%M:%S",
    " %H:%M",
    "",
    " %I:%M:%S %p",
    " %I:%M %p",
    ", %H:%M:%S",
    ", %H:%M",
    ", %I:%M:%S %p",
    ", %I:%M %p",
)


def patterns(values: Iterable[str | None]) -> tuple[str, ...]:
    """The patterns for these texts, the commonest first; empty where all are year-first or none can be read.

    `03/04/2025` is the third of April only if some text of the column has a first number above 12, else the fourth of March.
    """
    texts = {value.strip() for value in values if value and value.strip()}
    unread = {text for text in texts if not _YEAR_FIRST.match(text)}
    found: dict[str, int] = {}
    for pattern in _candidates(unread):
        read = {text for text in unread if _fits(text, pattern)}
        if read:
            found[pattern] = len(read)
            unread -= read
        if not unread:
            break
    return tuple(sorted(found, key=found.__getitem__, reverse=True))


def offset(values: Iterable[str | None]) -> int | None:
    """Minutes from UTC that most of these texts carry (`… +0800`: 480); None where most carry none."""
    found = [_OFFSET.search(value) for value in values if value]
    carried = [
        60 * int(match[2]) + int(match[3]) if match[1] == "+" else -60 * int(match[2]) - int(match[3])
        for match in found
        if match
    ]
    return max(sorted(set(carried)), key=carried.count) if 2 * len(carried) > len(found) else None


def _candidates(texts: set[str]) -> list[str]:
    numeric = [match for match in map(_NUMERIC.match, texts) if match]
    day_first = any(int(match[1]) > 12 for match in numeric)
    marks = sorted({match[2] for match in numeric})
    order = "%d" if day_first else "%m"
    days = [day.format(mark) for mark in marks for day in _DAYS if day.startswith(order)]
    return [day + clock for day in (*days, *_WORDS) for clock in _CLOCKS]


def _fits(text: str, pattern: str) -> bool:
    try:
        datetime.strptime(text, pattern)
    except ValueError:
        return False
    return True
