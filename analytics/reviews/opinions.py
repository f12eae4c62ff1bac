"""The reviews of a shop with what the text model makes of them: what every analysis of reviews begins with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np
import pandas as pd

from analytics.errors import N_, TooLittleData
from analytics.reviews import careful
from analytics.reviews.questions import questions
from analytics.reviews.score import MIXED, NEGATIVE, NEUTRAL, analyse, complains_clearly, labels_from_stars
from analytics.store import Store

_MAY_ASK = r"[?？]|嗎|请问|請問|想問|想问"
CAREFUL = "-carefully"
BAD, UNSURE, GOOD = "bad", "unsure", "good"


@dataclass(frozen=True)
class Scores:
    """What the text model says of every review of a shop, whatever the filter.

    reviews: one row per review, index review_key: text (as it may be shown; missing: stars only), text_key (`careful.key`), language (zh, en, other, none),
    p_positive (0..1; NaN: not a text the model reads), text_label (negative, neutral, positive, mixed; missing likewise), aspects
    ("shipping:positive;…"), asks (the text is mostly a question), clear (the text complains, and clearly so: `complains_clearly`).
    mentions: one row per review, aspect and clause: review_key, aspect, polarity, p_positive, clause.
    key: names the shop, as Store.key does, and whether there were second opinions.
    """

    key: str
    reviews: pd.DataFrame
    mentions: pd.DataFrame


@dataclass(frozen=True)
class Opinions:
    """The reviews of one view of a shop.

    reviews: one row per review of the period, by time: the columns of the table `reviews` (text as it may be shown; rating and score NaN where
    there is none) and of Scores.reviews,
    stars_label (by stars alone; missing: no stars), label (by text, else by stars), state (BAD: one or two stars, or a text that is negative
    or mixed, under four or five stars only a clear one; UNSURE: three stars, a text that is neutral or reads unhappy but not clearly, a
    question, or nothing that can be judged; GOOD). mentions: as in Scores, of these reviews.
    before: the reviews and mentions before the period, for comparing with what was.
    until: the last day that the reviews cover. key: names the view, as Store.key does.
    """

    key: str
    reviews: pd.DataFrame
    mentions: pd.DataFrame
    before: tuple[pd.DataFrame, pd.DataFrame]
    until: date

    @cached_property
    def with_text(self) -> pd.DataFrame:
        """Reviews whose text the model reads."""
        return self.reviews[self.reviews.text_label.notna()]

    @cached_property
    def with_stars(self) -> pd.DataFrame:
        """Reviews with one to five stars."""
        return self.reviews[self.reviews.rating.notna()]

    @cached_property
    def complained(self) -> pd.DataFrame:
        """One row per review and aspect that it complains of, with the clause that is the worst: review_key, aspect, p_positive, clause."""
        bad = self.mentions[self.mentions.polarity == NEGATIVE]
        worst = bad.sort_values(["p_positive", "review_key"]).drop_duplicates(["review_key", "aspect"])
        return worst.drop(columns="polarity").sort_values(["review_key", "p_positive"], ignore_index=True)

    @property
    def can_tell_answers(self) -> bool:
        """Whether any review has a reply; without one, the files hold none and nothing can be said of answers."""
        return bool(self.reviews.reply.notna().any())


def texts_of(store: Store) -> list[str]:
    """The text of every review that a shop has, as it is shown; "" where there is none."""
    return store.table("reviews").text.map(careful.shown, na_action="ignore").fillna("").tolist()


def score_all(store: Store, second: careful.Opinions | None = None) -> Scores:
    """Score every review that a shop has. Takes a second for some ten thousand; equal texts are read once.

    second: the second opinions that there are; a text without one is scored by its n-grams alone.
    """
    table = store.table("reviews")[["review_key"]]
    shown = pd.Series(texts_of(store), index=table.index, dtype="str")
    codes, texts = pd.factorize(shown)
    found = analyse(texts, opinions=second)
    of_text = found.reviews.take(codes).set_index(pd.Index(table.review_key, name="review_key"))
    read = of_text.p_positive.notna().to_numpy() & (shown != "").to_numpy()
    reviews = pd.DataFrame(
        {
            "text": shown.where(shown != "").to_numpy(),
            "text_key": np.array([careful.key(text) for text in texts], dtype=object)[codes],
            "language": of_text.language.to_numpy(),
            "p_positive": np.where(read, of_text.p_positive, np.nan),
            "text_label": np.where(read, of_text.label, None),
            "aspects": of_text.aspects.to_numpy(),
            "asks": _mostly_asking(texts)[codes],
            "clear": complains_clearly(found)[codes] & read,
        },
        index=of_text.index,
    )
    said = pd.DataFrame({"review": codes, "review_key": table.review_key.to_numpy()})
    mentions = said.merge(found.mentions, on="review").drop(columns="review")
    return Scores(
        f"{store.key}{CAREFUL if second else ''}",
        reviews,
        mentions.sort_values("review_key", kind="stable", ignore_index=True),
    )


def _mostly_asking(texts: Sequence[str]) -> np.ndarray:
    """Of each text, whether questions make up more than half of it."""
    listed = pd.Series(texts, dtype="str")
    likely = listed[listed.str.contains(_MAY_ASK)]
    asked = questions(likely).asked
    length = asked.question.str.len().groupby(asked.review).sum().reindex(range(len(likely)), fill_value=0)
    asks = np.zeros(len(listed), dtype=bool)
    asks[likely.index] = length.to_numpy() * 2 > likely.str.len().to_numpy()
    return asks


def opinions(store: Store, scores: Scores) -> Opinions:
    """The reviews of this view of the shop. scores: of the whole shop. Raises TooLittleData where the view has no review."""
    table = store.table("reviews").drop(columns="text")
    if not table.in_period.any():
        raise TooLittleData(
            N_("There are no reviews here. Add a file of reviews beside the orders, or widen the filter.")
        )
    table = table.join(scores.reviews, on="review_key").astype({"rating": float, "score": float})
    stars = table.rating.to_numpy()
    table["stars_label"] = labels_from_stars(stars)
    table["label"] = table.text_label.where(table.text_label.notna(), table.stars_label)
    unhappy = table.text_label.isin([NEGATIVE, MIXED]) & ~table.asks
    bad = (stars <= 2) | unhappy & ((table.rating < 4) | table.rating.isna() | table.clear) | (table.score <= 6)
    unknown = table.label.isna() & table.score.isna()
    unsure = (stars == 3) | unhappy | (table.label == NEUTRAL) | table.score.between(7, 8) | table.asks | unknown
    table["state"] = np.select([bad, unsure], [BAD, UNSURE], default=GOOD)
    now, then = table[table.in_period], table[~table.in_period]
    until = max(store.shop.as_of, *(day.date() for day in table.reviewed_at.dropna().tail(1)))
    return Opinions(
        f"{store.key}{CAREFUL if scores.key.endswith(CAREFUL) else ''}",
        now.reset_index(drop=True),
        scores.mentions[scores.mentions.review_key.isin(now.review_key)].reset_index(drop=True),
        (then.reset_index(drop=True), scores.mentions[scores.mentions.review_key.isin(then.review_key)]),
        until,
    )


def latest(found: Opinions, days: int) -> Opinions:
    """The reviews of the last `days` days covered. Reviews without a day are left out."""
    return _between(found, found.until - timedelta(days=days - 1), found.until)


def before(found: Opinions, days: int) -> Opinions:
    """The reviews of the `days` days before those of `latest`, also from before the period."""
    last = found.until - timedelta(days=days)
    return _between(found, last - timedelta(days=days - 1), last)


def _between(found: Opinions, first: date, last: date) -> Opinions:
    reviews = pd.concat([found.before[0], found.reviews], ignore_index=True)
    mentions = pd.concat([found.before[1], found.mentions], ignore_index=True)
    inside = reviews[reviews.reviewed_at.dt.normalize().between(pd.Timestamp(first), pd.Timestamp(last))]
    said = mentions[mentions.review_key.isin(inside.review_key)]
    nothing = reviews.iloc[:0], mentions.iloc[:0]
    return Opinions(
        f"{found.key}-{first}-{last}", inside.reset_index(drop=True), said.reset_index(drop=True), nothing, last
    )
