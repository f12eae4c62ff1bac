"""The cards of the sentiment page: texts and stars of the latest days against the time before, each with what it counts."""

from __future__ import annotations

import pandas as pd

from analytics.reviews import nps, trends
from analytics.reviews.opinions import Opinions
from analytics.statistics import newcombe
from pages.shared.made import made
from pages.shared.text import _, number, percent, plural, points, share
from pages.shared.widgets import Card, about


def cards(now: Opinions, before: Opinions) -> list[Card]:
    """Good texts, unhappy texts, stars, and the balance of a survey's answers (of stars where there is no survey)."""
    return [*_texts(now, before), *_stars(now, before), *_balance(now)][:4]


def _texts(now: Opinions, before: Opinions) -> list[Card]:
    texts, earlier = now.with_text.text_label, before.with_text.text_label
    if texts.empty:
        return []
    kinds = {
        _("Good texts"): (
            ["positive"],
            True,
            _("Texts that the model reads as good, of all texts that it can read."),
        ),
        _("Unhappy texts"): (
            ["negative", "mixed"],
            False,
            _("Texts that read as bad or hold a clearly bad part, of all texts that the model can read."),
        ),
    }
    row = []
    for label, (wanted, wished, formula) in kinds.items():
        x, y = int(texts.isin(wanted).sum()), int(earlier.isin(wanted).sum())
        change, low, high = newcombe(x, len(texts), y, len(earlier))
        told = low > 0 or high < 0
        notes = ""
        if not wished:
            notes = _(
                "The model flags too many rather than too few. Weighed for how rare bad reviews are in real shops, about {share} of the texts "
                "are bad as a whole.",
                share=percent(made(trends.calibrated_negative, now)),
            )
        row.append(
            Card(
                label,
                percent(x / len(texts)),
                about(formula, numerator=x, denominator=len(texts), as_of=now.until, notes=notes),
                change=points(change) if len(earlier) else "",
                note="" if len(earlier) else plural("{n} review", "{n} reviews", len(texts)),
                good=(change > 0) == wished if told else None,
            )
        )
    return row


def _stars(now: Opinions, before: Opinions) -> list[Card]:
    stars, earlier = now.with_stars.rating, before.with_stars.rating
    if stars.empty:
        return []
    change = stars.mean() - earlier.mean()
    return [
        Card(
            _("Stars"),
            f"{number(stars.mean(), 2)} ★",
            about(
                _("Mean of the stars given. Measured apart from the texts: many write a complaint under five stars."),
                numerator=number(stars.sum()),
                denominator=len(stars),
                as_of=now.until,
            ),
            change=f"{'+' if change > 0 else ''}{number(change, 2)}" if len(earlier) else "",
            note=plural("{n} review", "{n} reviews", len(stars)),
        )
    ]


def _balance(now: Opinions) -> list[Card]:
    scores = now.reviews.score.dropna()
    stars = now.with_stars.rating
    if len(scores):
        found = made(nps.nps, scores)
        title, formula = (
            _("NPS"),
            _("Promoters (9, 10) less detractors (0 to 6), per hundred answers to a question from 0 to 10."),
        )
    elif len(stars):
        found = made(nps.star_balance, stars)
        title, formula = (
            _("Star balance"),
            _("Five stars less three and fewer, per hundred. Not an NPS: nobody was asked whether they recommend."),
        )
    else:
        return []
    return [
        Card(
            title,
            _signed(found.score),
            about(
                formula,
                numerator=f"{number(found.happy)} − {number(found.unhappy)}",
                denominator=found.n,
                as_of=now.until,
                notes=_("95 % range: {low} to {high}.", low=_signed(found.low), high=_signed(found.high)),
            ),
            note=_("{low} to {high}", low=_signed(found.low), high=_signed(found.high)),
        )
    ]


def _signed(value: float) -> str:
    return f"{'+' if value > 0 else ''}{number(value)}"


def shared(reviews: pd.DataFrame) -> str:
    """What says that buyers spread the word: reviews with a picture, and with words that recommend."""
    texts = reviews.text.dropna()
    told = texts.str.contains(trends.RECOMMENDS)
    return _(
        "With a picture: {pictures} of the reviews. Recommending in words: {words} of the texts.",
        pictures=share((reviews.pictures > 0).mean(), len(reviews), "reviews"),
        words=share(told.mean() if len(texts) else float("nan"), len(texts), "reviews"),
    )
