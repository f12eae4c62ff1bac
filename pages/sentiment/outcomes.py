"""What comes after a review on the sentiment page: repurchase by what was written, the funnel, and surveys."""

from __future__ import annotations

import streamlit as st

from analytics.reviews import charts, trends
from analytics.reviews import outcomes as analysis
from analytics.reviews.opinions import Opinions
from analytics.reviews.outcomes import Funnel, Outcomes
from analytics.store import Store
from pages.sentiment import words
from pages.shared import drawing, text, widgets
from pages.shared.links import linked
from pages.shared.made import made
from pages.shared.session import result
from pages.shared.text import _, number, percent, words_of
from pages.shared.widgets import Column


def after(store: Store, found: Opinions, outcome: Outcomes) -> None:
    """Repurchase by stars, text and answer, with the warning, and the way from parcel to review to second purchase."""
    if store.shop.orders == 0:
        st.caption(
            _(
                "These are reviews without orders, so nobody can say who bought again. Add the order exports at the side."
            )
        )
        return
    joined = found.reviews.order_key.notna().mean()
    if not joined:
        st.caption(_("None of these reviews could be tied to an order, so nobody can say who bought again."))
        return
    st.markdown(
        f":material/warning: {_('Who writes chooses to: these are differences between people, not the effect of a review or of an answer.')}"
    )
    split = linked(st.segmented_control, _("Grouped"), words_of(words.SPLITS), key="sentiment_split", required=True)
    _rates(outcome, split, found)
    _funnel(result(analysis.funnel, store, outcome.days, every=outcome.every), outcome)


def _rates(outcome: Outcomes, split: str, found: Opinions) -> None:
    rows = outcome.table[outcome.table.split == split]
    if split == "answer" and not found.can_tell_answers:
        st.caption(
            _("These files hold no replies of the shop, so answered and unanswered complaints cannot be told apart.")
        )
        return
    if not rows.eligible.sum():
        st.caption(_("No reviewed purchase is {days} old yet.", days=text.days(outcome.days)))
        return
    rows = rows.assign(label=[_(words.GROUPS[group]) for group in rows.group])
    rows["hover"] = [
        f"{row.label}<br>{percent(row.rate)}（{number(row.repurchased)} / {number(row.eligible)}）<br>{percent(row.low)} – {percent(row.high)}"
        for row in rows.itertuples()
    ]
    silent = outcome.unreviewed
    widgets.chart(
        drawing.drawn(
            charts.rates,
            rows,
            against=float("nan") if silent is None else silent.rate,
            against_name=_("Wrote no review"),
        ),
        name=f"repurchase-by-{split}",
        unit=_("Dot: share of the purchases followed by another one in time; line: 95 % range."),
        title=_("Bought again within {days} of the reviewed purchase", days=text.days(outcome.days)),
        alt=_(
            "Points with intervals: the share that bought again, by what they wrote; a dashed line for those who wrote nothing."
        ),
    )
    widgets.table(
        rows,
        {
            "label": Column(_("Who wrote")),
            "eligible": Column(_("Purchases old enough"), "number"),
            "repurchased": Column(_("Bought again"), "number"),
            "rate": Column(_("Rate"), "percent"),
            "low": Column(_("from"), "percent", help=_("95 % range.")),
            "high": Column(_("to"), "percent"),
        },
        name=f"repurchase-by-{split}",
    )


def _funnel(found: Funnel, outcome: Outcomes) -> None:
    steps = found.table.set_index("step")
    if not steps.n["purchases"]:
        return
    names = {
        "purchases": _("Purchases"),
        "reviewed": _("… with a review"),
        "back": _("… who bought again"),
        "silent_back": _("Without a review, bought again"),
    }
    rows = found.table.assign(label=[names[step] for step in found.table.step])
    rows["text"] = [
        number(row.n) if row.step == "purchases" else f"{number(row.n)} · {percent(row.share)}"
        for row in rows.itertuples()
    ]
    rows["hover"] = [
        f"{row.label}<br>{number(row.n)} / {number(row.of)}<br>{percent(row.low)} – {percent(row.high)}"
        for row in rows.itertuples()
    ]
    widgets.chart(
        drawing.drawn(charts.funnel, rows),
        name="review-funnel",
        unit=_("Length of a bar: purchases."),
        title=_("From parcel to review to second purchase"),
        alt=_("Bars: purchases, how many of them were reviewed, and how many were followed by another purchase."),
    )
    median = _("Half of the reviews come within {days} of the purchase.", days=text.days(found.median_days))
    since = _(
        "Counted are purchases since {day}, the first that was reviewed, that are at least {days} old.",
        day=text.day(found.since),
        days=text.days(outcome.days),
    )
    st.caption(text.sentences(since, "" if text.missing(found.median_days) else median))


def survey(store: Store, found: Opinions) -> None:
    """Answers to a survey by the days since the order."""
    rows = made(trends.answers_by_wait, store, found)
    if rows.empty:
        st.caption(_("No answer could be tied to an order, so they cannot be told by the days since it."))
        return
    span = [
        _("{low} to {high} days", low=number(row.from_day), high=number(row.to_day)) if row.to_day == row.to_day
        else _("from {low} days on", low=number(row.from_day))
        for row in rows.itertuples()
    ]  # fmt: skip
    widgets.table(
        rows.assign(span=span),
        {
            "span": Column(_("Since the order")),
            "answers": Column(_("Answers"), "number"),
            "mean_score": Column(_("Mean score"), "decimal"),
            "promoters": Column(_("9 or 10"), "number"),
            "detractors": Column(_("0 to 6"), "number"),
            "nps": Column(_("NPS"), "number"),
        },
        name="survey",
    )
