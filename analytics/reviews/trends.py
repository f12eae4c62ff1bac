"""How reviews change over time: by text and by stars apart, by aspect, and as marks like those of a platform."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from analytics.reviews.aspects import ASPECTS
from analytics.reviews.opinions import BAD, Opinions, before, latest
from analytics.reviews.score import MIXED, NEGATIVE, NEUTRAL, POSITIVE, for_shares
from analytics.statistics import newcombe
from analytics.store import Store

LABELS = (NEGATIVE, MIXED, NEUTRAL, POSITIVE)
GRAINS = {"week": "W-SUN", "month": "M", "quarter": "Q"}
MENTIONS = 3
"""An aspect is listed from this many reviews up."""
DIMENSIONS = {
    "as_described": ("appearance", "size", "quality", "effect"),
    "service": ("service",),
    "delivery": ("shipping", "packing"),
}
"""Marks that platforms ask for -> the aspects that they are about."""
RECOMMENDS = r"(?i)(?<![不沒別難])(?:推薦|推荐|大推|激推|力推|分享給|介紹給|呷好道相報|recommend|told my friends?)"
"""Words by which a buyer passes a shop on."""
GOOD_MARK = 4.9
"""The mark that marketplaces ask of good shops."""
_SIGMAS = 3
_LEAST = 5
_TWICE = 2


def by_period(found: Opinions, grain: str = "month") -> pd.DataFrame:
    """One row per period from the first review's to the last's: period (its first day), reviews, with_text, negative, mixed, neutral,
    positive (counts of texts), negative_share … positive_share (of with_text), with_stars, stars_1 … stars_5, mean_stars, pictures
    (reviews with one), finished (the period ended by the last day covered). A silent period counts 0 and its shares are NaN.
    """
    dated = found.reviews[found.reviews.reviewed_at.notna()]
    if dated.empty:
        return pd.DataFrame()
    periods = _periods(dated, grain)
    counts = {"reviews": dated.review_key, "with_text": dated.text_label}
    table = pd.DataFrame({name: column.groupby(periods).count() for name, column in counts.items()})
    for label in LABELS:
        table[label] = (dated.text_label == label).groupby(periods).sum()
    table["with_stars"] = dated.rating.notna().groupby(periods).sum()
    for stars in range(1, 6):
        table[f"stars_{stars}"] = (dated.rating == stars).groupby(periods).sum()
    table["pictures"] = (dated.pictures > 0).groupby(periods).sum()
    table = table.reindex(pd.period_range(periods.min(), periods.max()), fill_value=0).astype(int)
    for label in LABELS:
        table[f"{label}_share"] = table[label] / table.with_text.where(table.with_text > 0)
    table["mean_stars"] = dated.rating.groupby(periods).mean().reindex(table.index)
    return _dated(table, found.until)


def calibrated_negative(found: Opinions) -> float:
    """The share of texts that are bad as a real shop's texts go, 0..1: the model's probabilities shifted; NaN: no text."""
    return float(1 - np.nanmean(for_shares(found.with_text.p_positive))) if len(found.with_text) else np.nan


@dataclass(frozen=True)
class Complaining:
    """Texts that hold a complaint (negative or mixed) in one span against the span before: complained of texts, and change (0..1) with
    Newcombe's 95 % interval; NaN where a span has no text.
    """

    complained: int
    texts: int
    before_complained: int
    before_texts: int
    change: float
    low: float
    high: float

    @property
    def rose(self) -> bool:
        """Whether the interval lies above zero, on MENTIONS complaints or more."""
        return self.low > 0 and self.complained >= MENTIONS


def complaining(now: Opinions, earlier: Opinions) -> Complaining:
    """Texts that complain, now against earlier."""
    x, y = (int(span.with_text.text_label.isin([NEGATIVE, MIXED]).sum()) for span in (now, earlier))
    n, m = len(now.with_text), len(earlier.with_text)
    return Complaining(x, n, y, m, *newcombe(x, n, y, m))


def most_complained(about: pd.DataFrame) -> tuple[list[str], int]:
    """The aspects of `aspects` complained of most, and by how many reviews each; none where no two reviews complain of one aspect."""
    most = int(about.complained.max()) if len(about) else 0
    return (list(about.aspect[about.complained == most]), most) if most >= _TWICE else ([], 0)


def disagreements(found: Opinions) -> pd.DataFrame:
    """Reviews whose stars and words say different things, the strongest first: the columns of reviews and kind: good_stars (four or five,
    but a text that clearly complains) or bad_stars (one or two, but a positive text).
    """
    table = found.reviews
    kind = np.select(
        [
            (table.rating >= 4) & table.clear & ~table.asks,
            (table.rating <= 2) & (table.text_label == POSITIVE),
        ],
        ["good_stars", "bad_stars"],
        default="",
    )
    apart = table.assign(kind=kind, strength=(table.p_positive - (kind == "good_stars")).abs())[kind != ""]
    return apart.sort_values(["strength", "review_key"], ascending=[False, True], ignore_index=True)


def marks(found: Opinions, grain: str = "month") -> pd.DataFrame:
    """One row per dimension and period: dimension, period, reviews (with stars), complained, mark (1..5; NaN: no review), finished.

    The mark is a mean over reviews with stars: 5 for a review that does not complain of the dimension, else its own stars, but at most 4.
    So it moves with complaints of that dimension alone, as the marks do that platforms ask for one by one and do not export.
    """
    dated = found.with_stars[found.with_stars.reviewed_at.notna()]
    parts = []
    for dimension, aspects in DIMENSIONS.items():
        keys = found.complained.loc[found.complained.aspect.isin(aspects), "review_key"]
        against = dated.review_key.isin(keys)
        mark = dated.rating.clip(upper=4).where(against, 5.0)
        periods = _periods(dated, grain)
        table = pd.DataFrame(
            {
                "reviews": mark.groupby(periods).size(),
                "complained": against.groupby(periods).sum(),
                "mark": mark.groupby(periods).mean(),
            }
        )
        parts.append(_dated(table, found.until).assign(dimension=dimension))
    return pd.concat(parts, ignore_index=True) if len(dated) else pd.DataFrame()


def aspects(found: Opinions, days: int = 90) -> pd.DataFrame:
    """One row per aspect spoken of in MENTIONS reviews or more of the last `days` days covered, most complaints first.

    aspect, reviews (that speak of it), praised, complained, share (complained of texts, 0..1), before (the same share of the `days`
    before; NaN: no text then), change, low, high (Newcombe's 95 % interval of the change).
    """
    now, then = (_told(span.reviews, span.mentions) for span in (latest(found, days), before(found, days)))
    rows = []
    for aspect in ASPECTS:
        x, n, y, m = now.complained[aspect], now.texts, then.complained[aspect], then.texts
        change, low, high = newcombe(x, n, y, m)
        rows.append(
            {
                "aspect": aspect,
                "reviews": now.spoke[aspect],
                "praised": now.praised[aspect],
                "complained": x,
                "texts": n,
                "share": x / n if n else np.nan,
                "before_complained": y,
                "before_texts": m,
                "before": y / m if m else np.nan,
                "change": change,
                "low": low,
                "high": high,
            }  # fmt: skip
        )
    table = pd.DataFrame(rows)
    return table[table.reviews >= MENTIONS].sort_values(["complained", "reviews"], ascending=False, ignore_index=True)


def complaints_by_period(found: Opinions, grain: str = "month") -> pd.DataFrame:
    """One row per aspect and period with a text: aspect, period, complained, texts, share (0..1), usual (the share of all other periods),
    unusual (three standard errors or more above usual, as on a p-chart, and at least five complaints), finished. Shewhart, W. A. (1931).
    """
    dated = found.with_text[found.with_text.reviewed_at.notna()]
    if dated.empty:
        return pd.DataFrame()
    periods = _periods(dated, grain)
    texts = periods.groupby(periods).size()
    parts = []
    for aspect in ASPECTS:
        keys = found.complained.loc[found.complained.aspect == aspect, "review_key"]
        complained = dated.review_key.isin(keys).groupby(periods).sum()
        table = pd.DataFrame({"complained": complained, "texts": texts})
        table["share"] = table.complained / table.texts
        others = table.texts.sum() - table.texts
        table["usual"] = (table.complained.sum() - table.complained) / others.where(others > 0)
        error = np.sqrt(table.usual * (1 - table.usual) / table.texts)
        table["unusual"] = (table.complained >= _LEAST) & (table.share > table.usual + _SIGMAS * error)
        parts.append(_dated(table, found.until).assign(aspect=aspect))
    return pd.concat(parts, ignore_index=True)


def surges(found: Opinions, grain: str = "month") -> pd.DataFrame:
    """The unusual rows of `complaints_by_period`, the latest first."""
    table = complaints_by_period(found, grain)
    if table.empty:
        return table
    return table[table.unusual].sort_values(["period", "complained"], ascending=False, ignore_index=True)


def goods_surges(found: Opinions, grain: str = "month") -> pd.DataFrame:
    """Products with unusually many unhappy reviews in a period, the latest first: product_id, product, period, complained, reviews, share (0..1), usual (the
    share of all its other periods), finished. Unusual as in `complaints_by_period`.
    """
    dated = found.reviews[found.reviews.reviewed_at.notna() & found.reviews["product"].notna()]
    if dated.empty:
        return pd.DataFrame()
    dated = dated.assign(
        product_id=dated.product_id.fillna(dated["product"]), period=_periods(dated, grain), bad=dated.state == BAD
    )
    table = dated.groupby(["product_id", "period"]).bad.agg(complained="sum", reviews="size").reset_index()
    of_all = table.groupby("product_id")[["complained", "reviews"]].transform("sum")
    others = of_all.reviews - table.reviews
    usual = (of_all.complained - table.complained) / others.where(others > 0)
    error = np.sqrt(usual * (1 - usual) / table.reviews)
    table = table.assign(share=table.complained / table.reviews, usual=usual)
    table = table[(table.complained >= _LEAST) & (table.share > usual + _SIGMAS * error)]
    names = dated.drop_duplicates("product_id", keep="last").set_index("product_id")["product"]
    table = table.assign(product=table.product_id.map(names)).set_index("period")
    return _dated(table, found.until).sort_values(["period", "complained", "product_id"], ascending=[False, False, True], ignore_index=True)  # fmt: skip


def answers_by_wait(store: Store, found: Opinions) -> pd.DataFrame:
    """Survey answers by days since the order that they are tied to.

    One row per span with an answer: from_day, to_day (NaN: open), answers, mean_score (0..10), promoters, detractors, nps (-100..100).
    """
    ordered_on = pd.to_datetime(store.query("reviews/customers").set_index("review_key").ordered_on)
    asked = found.reviews[found.reviews.score.notna()]
    waited = (asked.reviewed_at.dt.normalize() - asked.review_key.map(ordered_on)).dt.days
    rows = []
    for first, last in ((0, 7), (8, 14), (15, 30), (31, 60), (61, np.inf)):
        scores = asked.score[waited.between(first, last)]
        if len(scores):
            up, down = int((scores >= 9).sum()), int((scores <= 6).sum())
            rows.append(
                {"from_day": first, "to_day": last if np.isfinite(last) else np.nan, "answers": len(scores),
                 "mean_score": scores.mean(), "promoters": up, "detractors": down, "nps": 100 * (up - down) / len(scores)}
            )  # fmt: skip
    return pd.DataFrame(rows)


@dataclass(frozen=True)
class _Told:
    """Of one span: texts, and per aspect how many reviews spoke of it, praised it and complained of it."""

    texts: int
    spoke: pd.Series
    praised: pd.Series
    complained: pd.Series


def _told(reviews: pd.DataFrame, mentions: pd.DataFrame) -> _Told:
    inside = reviews[reviews.text_label.notna()]
    said = mentions[mentions.review_key.isin(inside.review_key)]

    def count(rows: pd.DataFrame) -> pd.Series:
        return rows.drop_duplicates(["review_key", "aspect"]).aspect.value_counts().reindex(list(ASPECTS), fill_value=0)

    return _Told(
        len(inside), count(said), count(said[said.polarity == POSITIVE]), count(said[said.polarity == NEGATIVE])
    )


def _periods(dated: pd.DataFrame, grain: str) -> pd.Series:
    return dated.reviewed_at.dt.to_period(GRAINS[grain])


def _dated(table: pd.DataFrame, until: date) -> pd.DataFrame:
    """The period index as its first day, and whether the period is over."""
    finished = table.index.end_time.normalize() <= pd.Timestamp(until)
    return table.assign(finished=finished, period=table.index.start_time).reset_index(drop=True)
