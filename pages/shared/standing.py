"""How a headline figure stands, in words: against the time before, a year ago, and what is usual in this shop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from analytics.statistics import LEAST_MONTHS, Standing
from pages.shared import text
from pages.shared.text import _, missing, number, percent, plural, points
from pages.shared.widgets import Card

WEEK = 7


def stood(
    card: Card,
    standing: Standing | None,
    write: Callable[[float], str],
    *,
    better: bool | None = None,
    differ: Callable[[float], str] = points,
) -> Card:
    """The card with how it stands, below it and behind its ⓘ. write: the figure in words. better: whether more is good (None: neither). differ: a
    difference in words, for figures that are not shares."""
    if standing is None or missing(standing.now):
        return card
    lines = [_against(standing, standing.before, _before(standing), better, differ)]
    lines.append(_against(standing, standing.year_ago, _("Against a year ago"), better, differ))
    said = "  \n".join(line for line in lines if line)
    return replace(
        card, against=said, about="\n\n".join(part for part in (card.about, details(standing, write, differ)) if part)
    )


def _before(standing: Standing) -> str:
    now = standing.spans[0]
    if now is None or standing.spans[1] is None or standing.chosen:
        return _("Against the time before")
    if _weekly(standing):
        return _("Against the week before")
    if now[0] == now[1]:
        return plural(
            "Against {n} month ago", "Against {n} months ago", round((now[0] - standing.spans[1][0]).days / 30.4)
        )
    return plural(
        "Latest month against the one before",
        "Latest {n} months against the {n} before",
        round((now[1] - now[0]).days / 30.4),
    )


def _against(standing: Standing, earlier: float, when: str, better: bool | None, differ: Callable[[float], str]) -> str:
    """One line of a card; "": that time is not known."""
    change, usual = standing.change(earlier), standing.is_usual(earlier)
    if missing(change):
        return ""
    moved = differ(change) if not standing.relative else f"{'+' if change > 0 else ''}{percent(change, 0)}"
    if usual is None:
        return _("{when}: {moved}", moved=moved, when=when)
    if usual:
        return _("{when}: {moved}, within the usual range", moved=moved, when=when)
    said = _("{when}: {moved}, more than usual", moved=moved, when=when)
    if better is None:
        return f"**{said}**"
    return f":{'green' if (change > 0) == better else 'red'}[**{said}**]"


def _weekly(standing: Standing) -> bool:
    """Whether the figures are of one week each, and what is usual is told by weeks."""
    now = standing.spans[0]
    return now is not None and (now[1] - now[0]).days == WEEK - 1 and not standing.chosen


def details(standing: Standing, write: Callable[[float], str], differ: Callable[[float], str] = points) -> str:
    """The figures behind the lines, with their days, and how wide the usual range is."""
    spans = [
        _("{span}: {value}", span=text.day(span[0]) if span[0] == span[1] else text.span(*span), value=write(value))
        for span, value in zip(standing.spans, (standing.now, standing.before, standing.year_ago), strict=True)
        if span and not missing(value)
    ]
    if missing(standing.usual):
        usual = (
            _("Fewer than {n} changes from week to week: what is usual cannot be said yet.", n=LEAST_MONTHS)
            if _weekly(standing)
            else _("Fewer than {n} changes from month to month: what is usual cannot be said yet.", n=LEAST_MONTHS)
        )
    else:
        width = percent(np.expm1(standing.usual), 0) if standing.relative else differ(standing.usual)
        said = {"width": width.lstrip("+"), "n": number(standing.months)}
        usual = (
            _(
                "By itself the figure moves by up to {width} from one week to the next ({n} changes from week to week).",
                **said,
            )
            if _weekly(standing)
            else _(
                "By itself the figure moves by up to {width} from one such time to the next ({n} changes from month to month).",
                **said,
            )
        )
    return text.plain("\n\n".join([*spans, usual]))
