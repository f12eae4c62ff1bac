"""How a column writes its dates: the strptime patterns it needs, and which of three numbers is the day; neither for year-first ones, which SQL reads by itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

_YEAR_FIRST = re.compile(
    r"\s*(?:(?:西元|公元|(?:中[華华])?民[國国])?\s*[0-9]{3,4}\s*[-/.年년]|(?:中[華华])?民[國国]\s*[0-9]{2}\s*[-/.年]|[0-9]{5}(?:[.,][0-9]+)?\s*$|[01][0-9]{6}\s*$"
    r"|(?:19|20)[0-9]{6}(?:[T ]|[0-9]{4}\s*$|[0-9]{6}\s*$|\s*$))"
)
_NUMERIC = re.compile(r"\s*([0-9]{1,2})\s*([-/.])\s*([0-9]{1,2})\s*\2\s*([0-9]{4}|[0-9]{2})(?![0-9])")
_OFFSET = re.compile(r"[0-9]:[0-9]{2}\s*([-+])([01][0-9]):?([0-9]{2})\s*$")
_ZONE = re.compile(r"(:[0-9]{2})(?:\.[0-9]+)?\s*(?:Z|UTC|GMT)?\s*(?:[-+][0-9]{2}:?[0-9]{2})?$")
_DAYS = {"dmy": ("%d{0}%m{0}%Y", "%d{0}%m{0}%y"), "mdy": ("%m{0}%d{0}%Y", "%m{0}%d{0}%y"), "ymd": ("%y{0}%m{0}%d",)}
_WORDS = (
    "%d %b %Y", "%d %B %Y", "%b %d, %Y", "%B %d, %Y", "%b %d %Y", "%d-%b-%Y", "%d-%b-%y", "%a, %d %b %Y", "%a %b %d %Y",
)  # fmt: skip
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
BUDDHIST, ERA = 2400, 543
"""From which year on a year is of the Buddhist era, and how far that is ahead."""
OLDEST = 1990


@dataclass(frozen=True)
class Clock:
    """How dates are written. patterns: for strptime, the commonest first. ordering: ymd, dmy or mdy, "" where no date needs it.

    in_doubt: a date whose day could as well be its month, where nothing tells which (month first is then assumed); "" otherwise.
    """

    patterns: tuple[str, ...] = ()
    ordering: str = ""
    in_doubt: str = ""


def clock(
    values: Iterable[str | None],
    *,
    day_first: bool | None = None,
    window: tuple[date, date] | None = None,
    today: date | None = None,
) -> Clock:
    """How these texts write their dates.

    `03/04/2025` is the third of April if some text has a first number above 12 or more texts are dates of the past that way, or of the window
    that the file's name tells; in doubt by day_first. Of two-digit years those are the year that make dates, are few, and near to now.
    """
    texts = {value.strip() for value in values if value}
    unread = {_ZONE.sub(r"\1", text) for text in texts if text and not _YEAR_FIRST.match(text)}
    matches = [match for match in map(_NUMERIC.match, sorted(unread)) if match]
    triples = {tuple(map(int, match.group(1, 3, 4))) for match in matches}
    ordering, is_open = _ordering(triples, day_first, window, today or date.today()) if triples else ("", False)
    in_doubt = next((match[0].strip() for match in matches if match[1] != match[3]), "") if is_open else ""
    buddhist = any(year >= BUDDHIST for *_, year in triples)
    found: dict[str, int] = {}
    for pattern in _candidates(unread, "" if buddhist else ordering):
        read = {text for text in unread if _fits(text, pattern)}
        if read:
            found[pattern] = len(read)
            unread -= read
        if not unread:
            break
    return Clock(tuple(sorted(found, key=found.__getitem__, reverse=True)), ordering, in_doubt)


def patterns(values: Iterable[str | None]) -> tuple[str, ...]:
    """The strptime patterns for these texts; empty where all are year-first or none can be read."""
    return clock(values).patterns


def looks_like_one(text: str) -> bool:
    """Whether a text is a date, in any of the ways that are read."""
    read = re.match(
        r"\s*(?:西元|公元|(?:中[華华])?民[國国])?\s*[0-9]{2,4}\s*[-/.年년]\s*[0-9]{1,2}\s*[-/.月월]\s*[0-9]", text
    )
    compact = re.fullmatch(
        r"\s*(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])[0-3][0-9](?:[T ]?[0-9]{2}:?[0-9]{2}(?::?[0-9]{2})?)?\s*", text
    )
    if read or compact:
        return True
    return (
        len(re.findall(r"[0-9]+", text)) > 1
        and not re.fullmatch(r"\s*[-+]?[0-9]+[.,][0-9]+\s*", text)
        and bool(patterns([text]))
    )


def offset(values: Iterable[str | None]) -> int | None:
    """Minutes from UTC that most of these texts carry (`… +0800`: 480); None where most carry none."""
    found = [_OFFSET.search(value) for value in values if value]
    carried = [
        60 * int(match[2]) + int(match[3]) if match[1] == "+" else -60 * int(match[2]) - int(match[3])
        for match in found
        if match
    ]
    return max(sorted(set(carried)), key=carried.count) if 2 * len(carried) > len(found) else None


def _ordering(
    triples: set[tuple[int, ...]], day_first: bool | None, window: tuple[date, date] | None, today: date
) -> tuple[str, bool]:
    """Which of three numbers are year, month and day, and whether day and month could be the other way round."""
    whole = any(year > 99 for *_, year in triples)
    scores = {
        order: _score(triples, order, window, today) for order in (("mdy", "dmy") if whole else ("ymd", "mdy", "dmy"))
    }
    best = max(scores, key=lambda order: scores[order])
    if best == "ymd" or scores["mdy"][:2] != scores["dmy"][:2] or all(one == two for one, two, _ in triples):
        return best, False
    if day_first is None:
        return "mdy", True
    return ("dmy" if day_first else "mdy"), False


def _score(
    triples: set[tuple[int, ...]], order: str, window: tuple[date, date] | None, today: date
) -> tuple[int, int, int, int]:
    """How many of the triples are dates until now, and in the window; then, the larger the better, how few years they are of, and how near."""
    days = [
        day
        for day in (_day(triple, order) for triple in triples)
        if day and day.year >= OLDEST and day <= today + timedelta(1)
    ]
    inside = sum(window[0] <= day <= window[1] for day in days) if window else 0
    years = {day.year for day in days}
    return len(days), inside, -len(years), max(years, default=0)


def _day(triple: Sequence[int], order: str) -> date | None:
    named = dict(zip(order, triple, strict=True))
    year = named["y"] + 2000 if named["y"] < 100 else named["y"] - (ERA if named["y"] >= BUDDHIST else 0)
    try:
        return date(year, named["m"], named["d"])
    except ValueError:
        return None


def _candidates(texts: set[str], ordering: str) -> list[str]:
    marks = sorted({match[2] for match in map(_NUMERIC.match, texts) if match})
    days = [day.format(mark) for mark in marks for day in _DAYS.get(ordering, ())]
    return [day + time for day in (*days, *_WORDS) for time in _CLOCKS]


def _fits(text: str, pattern: str) -> bool:
    try:
        datetime.strptime(text, pattern)
    except ValueError:
        return False
    return True
