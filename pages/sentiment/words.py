"""The words of the review pages: names of labels, aspects, states and faults, the answers, and the findings."""

from __future__ import annotations

import pandas as pd

from analytics.reviews import outcomes as after
from analytics.reviews import trends
from analytics.reviews.opinions import Opinions
from analytics.reviews.summary import Summary
from pages.shared.made import made
from pages.shared.reviews.labels import ASPECTS, aspects_of
from pages.shared.text import N_, _, days, literal, month, number, percent, plural, sentences

LABELS = {"positive": N_("Good"), "neutral": N_("Neutral"), "mixed": N_("Good and bad"), "negative": N_("Bad")}
STARS = {"stars_5": N_("5 stars"), "stars_4": N_("4 stars"), "stars_3": N_("3 stars"), "stars_1_2": N_("1 or 2 stars")}
DIMENSIONS = {"as_described": N_("As described"), "service": N_("Service"), "delivery": N_("Delivery and packing")}
FEW = 30
"""Texts from which on the answer speaks of shares."""
GRAINS = {"month": N_("Month"), "week": N_("Week"), "quarter": N_("Quarter")}
PARTS = {
    "aspects": N_("What about"), "products": N_("Products"), "texts": N_("Topics and questions"), "apart": N_("Stars and words apart"),
    "after": N_("After the review"), "survey": N_("Survey"), "files": N_("What was read"),
}  # fmt: skip
SPLITS = {"stars": N_("By stars"), "text": N_("By text"), "answer": N_("By answer")}
GROUPS = {
    "stars_1_3": N_("1 to 3 stars"), "stars_4": N_("4 stars"), "stars_5": N_("5 stars"), **LABELS,
    "complaint_unanswered": N_("Complaint, not answered"), "complaint_answered": N_("Complaint, answered"),
    "no_complaint": N_("No complaint"),
}  # fmt: skip


def answer(now: Opinions, about: pd.DataFrame, span: int) -> str:
    """The answer in one sentence: how many of the latest texts are good, how many complain, and of what most."""
    texts = now.with_text
    if texts.empty and now.with_stars.empty:
        return plural(
            "There is {n} review of the last {span}.",
            "There are {n} reviews of the last {span}.",
            len(now.reviews),
            span=days(span),
        )
    if texts.empty:
        return _(
            "The last {span} brought {n} reviews with {stars} stars on average, and no words to read.",
            span=days(span), n=number(len(now.with_stars)), stars=number(now.with_stars.rating.mean(), 2),
        )  # fmt: skip
    return sentences(_told(texts.text_label, span), _most(about))


def _told(labels: pd.Series, span: int) -> str:
    """How many texts are good and how many complain: counts where they are few, shares else."""
    good, bad = labels == "positive", labels.isin(["negative", "mixed"])
    if len(labels) < FEW:
        return plural(
            "{n} text of the last {span}: {good} good, {bad} with a complaint. That is too few to speak of shares.",
            "{n} texts of the last {span}: {good} good, {bad} with a complaint. That is too few to speak of shares.",
            len(labels),
            span=days(span),
            good=number(good.sum()),
            bad=number(bad.sum()),
        )
    return _(
        "Of {n} texts of the last {span}, {good} are good and {bad} hold a complaint.",
        n=number(len(labels)), span=days(span), good=percent(good.mean(), 0), bad=percent(bad.mean(), 0),
    )  # fmt: skip


def _most(about: pd.DataFrame) -> str:
    aspects, n = trends.most_complained(about)
    if not aspects:
        return ""
    if len(aspects) == 1:
        return _("Most complain of: {aspect} ({n}).", aspect=aspects_of(aspects), n=number(n))
    return _("Most complain of: {aspects} ({n} each).", aspects=aspects_of(aspects), n=number(n))


def findings(found: Opinions, told: Summary) -> list[str]:
    """At most five: a clear rise of complaints, months with unusually many, aspects that changed, the product with most, answers, texts
    against stars.
    """
    said, about, goods, outcome = [], told.about, told.goods, told.outcome
    if told.complaining.rose:
        said.append(_rise(told.complaining, about))
    for row in made(trends.surges, found).head(2).itertuples():
        said.append(
            _(
                "{aspect}: {share} of the texts of {month} complain of it ({n} of {texts}); usually it is {usual}. What was different then?",
                aspect=_(ASPECTS[row.aspect]),
                share=percent(row.share, 0),
                month=month(row.period),
                n=number(row.complained),
                texts=number(row.texts),
                usual=percent(row.usual),
            )  # fmt: skip
        )
    for row in about[(about.low > 0) & (about.complained >= trends.MENTIONS)].head(1).itertuples():
        said.append(
            _(
                "Complaints about {aspect} rose by {change} percentage points against the time before, to {share} ({n} of {texts} texts).",
                aspect=_(ASPECTS[row.aspect]),
                change=number(100 * row.change, 1),
                share=percent(row.share),
                n=number(row.complained),
                texts=number(row.texts),
            )  # fmt: skip
        )
    worst = goods[goods.per_100.notna() & (goods.complaints >= 5)].head(1)
    usual = 100 * goods.complaints[goods.orders > 0].sum() / goods.orders.sum() if goods.orders.sum() else float("nan")
    for row in worst[worst.ranked_by > 1.5 * usual].itertuples():
        said.append(
            _(
                "{product} has {n} complaints per 100 orders, the shop {usual}; most are about: {aspect}. See to its page and its quality first.",
                product=literal(row.product),
                n=number(row.per_100, 1),
                usual=number(usual, 1),
                aspect=_(ASPECTS[row.main_aspect]) if row.main_aspect in ASPECTS else "–",
            )  # fmt: skip
        )
    if len(outcome.table[outcome.table.group == after.ANSWERED]) and outcome.of(after.ANSWERED).eligible:
        difference = outcome.difference(after.ANSWERED, after.UNANSWERED)
        if difference.told:
            a, b = outcome.of(after.ANSWERED), outcome.of(after.UNANSWERED)
            said.append(
                _(
                    "Of customers whose complaint was answered {answered} bought again within {days}, of the others {unanswered} ({n} "
                    "and {m}). Who gets an answer is not chance, but answering costs little.",
                    answered=percent(a.rate),
                    unanswered=percent(b.rate),
                    days=days(outcome.days),
                    n=number(a.eligible),
                    m=number(b.eligible),
                )  # fmt: skip
            )
    kind = made(trends.disagreements, told.now)
    hidden = int((kind.kind == "good_stars").sum())
    if hidden:
        said.append(
            plural(
                "{n} review of four or five stars reads as holding a complaint; stars alone hide it.",
                "{n} reviews of four or five stars read as holding a complaint; stars alone hide them.",
                hidden,
            )
        )
    return said[:5]


def _rise(told: trends.Complaining, about: pd.DataFrame) -> str:
    rise = _(
        "Texts with a complaint rose by {change} percentage points against the time before (95 % range: {low} to {high}), to {share} ({n} of {texts}; before: {m} of "
        "{before}).",
        change=number(100 * told.change, 1),
        low=number(100 * told.low, 1),
        high=number(100 * told.high, 1),
        share=percent(told.complained / told.texts, 0),
        n=number(told.complained),
        texts=number(told.texts),
        m=number(told.before_complained),
        before=number(told.before_texts),
    )
    return sentences(rise, _most(about))
