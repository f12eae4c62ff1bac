"""What happens after a review: who buys again, by stars, by text and by whether a complaint was answered; and per product.

Reviewers choose themselves: who writes is not who does not, and who complains is not who keeps silent. These are differences between
groups of people, never the effect of a review or an answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from analytics.reviews.opinions import BAD, Opinions
from analytics.reviews.score import MIXED, NEGATIVE, NEUTRAL, POSITIVE
from analytics.statistics import newcombe, wilson
from analytics.store import Store

BY_STARS = {"stars_1_3": (1, 3), "stars_4": (4, 4), "stars_5": (5, 5)}
ANSWERED, UNANSWERED, NO_COMPLAINT = "complaint_answered", "complaint_unanswered", "no_complaint"
_PRIOR = 20
"""Orders that a product's complaint rate is pulled to the shop's by, so that three orders do not lead the table."""


@dataclass(frozen=True)
class Difference:
    """One group's rate against another's: change (0..1), low, high (Newcombe's 95 % interval); NaN where a group is empty."""

    change: float
    low: float
    high: float

    @property
    def told(self) -> bool:
        """Whether the interval leaves zero out."""
        return bool(self.low > 0 or self.high < 0)


@dataclass(frozen=True)
class Outcomes:
    """N-day repurchase after a reviewed purchase.

    table: one row per split (stars, text, answer) and group: split, group, eligible (purchases old enough), repurchased, rate, low, high
    (0..1; NaN: nobody). A customer whose purchase has several reviews counts once, by the worst.
    unreviewed: the same for purchases without a review, since the first reviewed one: one row.
    """

    table: pd.DataFrame
    unreviewed: pd.Series | None
    days: int
    every: bool

    def of(self, group: str) -> pd.Series:
        """The row of one group."""
        return self.table.set_index("group").loc[group]

    def difference(self, group: str, other: str) -> Difference:
        """group's rate less other's."""
        a, b = self.of(group), self.of(other)
        return Difference(*newcombe(a.repurchased, a.eligible, b.repurchased, b.eligible))


def outcomes(store: Store, found: Opinions, days: int = 90, *, every: bool = False) -> Outcomes:
    """Repurchase within `days` of the reviewed purchase. every: all reviewed purchases, not only the customers' first ones."""
    purchases = store.query("reviews/purchases")
    old_enough = purchases[(purchases.days_watched >= days) & purchases.in_period & (every | (purchases.nth == 1))]
    said = found.reviews[["review_key", "rating", "text_label", "state", "reply"]]
    table = old_enough.merge(said, on="review_key")
    table["back"] = (table.days_to_next <= days).fillna(False)
    table["complained"] = table.state == BAD
    groups = [_grouped(table, "stars", "rating", {name: _between(*edges) for name, edges in BY_STARS.items()})]
    texts = {label: _equals(label) for label in (NEGATIVE, MIXED, NEUTRAL, POSITIVE)}
    severity = {NEGATIVE: 0, MIXED: 1, NEUTRAL: 2, POSITIVE: 3}
    groups.append(_grouped(table.assign(worst=table.text_label.map(severity)), "text", "text_label", texts, by="worst"))
    answered = np.select([~table.complained, table.reply.notna()], [NO_COMPLAINT, ANSWERED], default=UNANSWERED)
    order = {UNANSWERED: 0, ANSWERED: 1, NO_COMPLAINT: 2}
    handled = table.assign(handled=answered, worst=pd.Series(answered, index=table.index).map(order))
    if not found.can_tell_answers:
        handled = handled.iloc[:0]
    groups.append(_grouped(handled, "answer", "handled", {name: _equals(name) for name in order}, by="worst"))
    funnel_rows = store.query("reviews/funnel", days=int(days), every=every)
    silent = funnel_rows[~funnel_rows.reviewed].rename(columns={"purchases": "eligible"})
    return Outcomes(
        _rated(pd.concat(groups, ignore_index=True)),
        _rated(silent).iloc[0] if len(silent) else None,
        days,
        every,
    )


def _between(low: int, high: int):
    return lambda column: column.between(low, high)


def _equals(value: str):
    return lambda column: column == value


def _grouped(table: pd.DataFrame, split: str, column: str, groups: dict, by: str | None = None) -> pd.DataFrame:
    """One row per group; of several reviews of one purchase the one that comes first by `by` (default: `column`)."""
    known = table[table[column].notna()].sort_values([by or column, "review_key"])
    once = known.drop_duplicates(["customer_id", "nth"])
    rows = []
    for name, inside in groups.items():
        members = once[inside(once[column])]
        rows.append({"split": split, "group": name, "eligible": len(members), "repurchased": int(members.back.sum())})
    return pd.DataFrame(rows)


def _rated(table: pd.DataFrame) -> pd.DataFrame:
    rate = table.repurchased / table.eligible.where(table.eligible > 0)
    low, high = wilson(table.repurchased, table.eligible)
    return table.assign(rate=rate, low=low, high=high)


@dataclass(frozen=True)
class Funnel:
    """Parcel, review, second purchase: purchases old enough for the window, since the first reviewed one.

    table: one row per step: step (purchases, reviewed, back, silent_back), n, of (the step it is a share of), share, low, high (0..1; NaN:
    nobody). median_days: from the purchase to its first review; NaN: none. since: the first day counted; None: nothing to count.
    """

    table: pd.DataFrame
    median_days: float
    since: date | None


def funnel(store: Store, days: int = 90, *, every: bool = False) -> Funnel:
    """How many purchases are reviewed, and of the reviewed and the silent ones how many are followed by another within `days`."""
    rows = store.query("reviews/funnel", days=int(days), every=every).set_index("reviewed")
    counts = rows[["purchases", "repurchased"]].reindex([True, False], fill_value=0)
    reviewed, silent = counts.loc[True], counts.loc[False]
    purchases = int(reviewed.purchases + silent.purchases)
    steps = [
        ("purchases", purchases, purchases),
        ("reviewed", int(reviewed.purchases), purchases),
        ("back", int(reviewed.repurchased), int(reviewed.purchases)),
        ("silent_back", int(silent.repurchased), int(silent.purchases)),
    ]
    table = pd.DataFrame(steps, columns=["step", "n", "of"])
    table["share"] = table.n / table["of"].where(table["of"] > 0)
    table["low"], table["high"] = wilson(table.n, table["of"])
    return Funnel(
        table,
        float(rows.median_days.get(True, np.nan)),
        rows.since.min().date() if len(rows) else None,
    )


def products(store: Store, found: Opinions, days: int = 90) -> pd.DataFrame:
    """One row per product with a review, most complaints per 100 orders first (shrunk towards the shop's, so that few orders do not lead).

    product, reviews, complaints (reviews in state BAD), orders (missing: not among the orders), per_100 (complaints per 100 orders; NaN
    likewise), ranked_by (the same shrunk), mean_stars, returned_share (returned or refunded of all placed), eligible, repurchased, rate,
    low, high (first buyers back within `days`, 0..1), main_aspect (complained of most; missing: none).
    """
    reviewed = found.reviews[found.reviews["product"].notna()]
    aspect = (
        found.complained.merge(reviewed[["review_key", "product"]], on="review_key")
        .groupby(["product", "aspect"])
        .size()
        .reset_index(name="n")
        .sort_values(["n", "aspect"], ascending=[False, True])
        .drop_duplicates("product")
        .set_index("product")
        .aspect
    )
    table = (
        reviewed.assign(complaint=reviewed.state == BAD, stars=reviewed.rating)
        .groupby("product")
        .agg(reviews=("review_key", "size"), complaints=("complaint", "sum"), mean_stars=("stars", "mean"))
        .reset_index()
    )
    table["main_aspect"] = table["product"].map(aspect)
    sold = store.query("reviews/products", days=int(days))
    table = table.merge(sold, on="product", how="left")
    known = table.orders > 0
    table["per_100"] = 100 * table.complaints / table.orders.where(known)
    usual = table.complaints[known].sum() / table.orders[known].sum() if known.any() else np.nan
    table["ranked_by"] = 100 * (table.complaints + _PRIOR * usual) / (table.orders.where(known) + _PRIOR)
    table["returned_share"] = table.returned / table.placed.where(table.placed > 0)
    table = _rated(table.assign(eligible=table.eligible.fillna(0), repurchased=table.repurchased.fillna(0)))
    return table.sort_values(
        ["ranked_by", "complaints", "product"], ascending=[False, False, True], ignore_index=True, na_position="last"
    )
