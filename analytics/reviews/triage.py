"""Whom to answer first: unhappy reviews with who wrote them, how long ago, and what the shop stands to lose; and the owner's notes on them."""

from __future__ import annotations

import io
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.errors import N_, InputError, TooLittleData
from analytics.export import csv_bytes
from analytics.reviews.opinions import BAD, GOOD, UNSURE, Opinions
from analytics.segments.cuts import Cuts
from analytics.segments.rfm import rfm
from analytics.store import Store

OPEN, CONTACTED, SOLVED, LEFT = "open", "contacted", "solved", "left"
STATUSES = (OPEN, CONTACTED, SOLVED, LEFT)
"""Where a review stands: nothing done yet; written to or called; put right; nothing to be done."""

PROCESS, PRODUCT, PRICE, UNCLEAR = "process", "product", "price", "unclear"
FAULTS = (PROCESS, PRODUCT, PRICE, UNCLEAR)
FAULT_OF = {
    "shipping": PROCESS, "packing": PROCESS, "service": PROCESS,
    "quality": PRODUCT, "size": PRODUCT, "appearance": PRODUCT, "effect": PRODUCT,
    "price": PRICE,
}  # fmt: skip
"""Aspect complained of -> whose fault it is at first sight: how the shop works, or what it sells. The owner may say otherwise."""

TAGS = ("worry", "mood", "pain")
"""What stands behind a complaint: something feared (煩惱), a mood (心情), something that truly hinders (痛點)."""

LOYAL = ("Champions", "Loyal", "CantLose")
NOTE_COLUMNS = ("review_id", "status", "owner", "fault", "tag", "note")
TONES = {
    "New": "new", "Promising": "new", "Champions": "loyal", "Loyal": "loyal", "PotentialLoyalist": "loyal", "NeedAttention": "at_risk",
    "AboutToSleep": "at_risk", "CantLose": "at_risk", "AtRisk": "at_risk", "Hibernating": "at_risk",
}  # fmt: skip
"""Segment -> the lines of the reply templates that are for its customers."""
_STATES = {BAD: 0, UNSURE: 1, GOOD: 2}


@dataclass(frozen=True)
class Queue:
    """Reviews to act on.

    table: one row per review: unhappy ones first (those with four or five stars and an unhappy text after the others), then the unsure
    ones; of each those to call first, then by the money at stake and the latest first: review_key, review_id, state, reviewed_at, age
    (whole days up to the last day covered; NaN: no day), rating, score, text, language, label, p_positive, aspects (as in Scores), asks, against
    (aspects complained of, the worst first, as a list), fault (of FAULTS; the owner's word before the guess), product, order_id, order_revenue, customer_id, who
    (masked), account, email, phone, days (buying days), revenue (of all the customer's orders), segment (missing: not known), high_value,
    call_first (unhappy, not by four or five stars, and a high-value or loyal customer), reply, status, owner (who sees to it), tag, note.
    """

    table: pd.DataFrame

    def shown(self, states: tuple[str, ...] = (BAD, UNSURE), statuses: tuple[str, ...] = (OPEN,)) -> pd.DataFrame:
        """The rows of these states and statuses."""
        return self.table[self.table.state.isin(states) & self.table.status.isin(statuses)].reset_index(drop=True)


def cases(store: Store, found: Opinions, cuts: Cuts | None = None) -> pd.DataFrame:
    """Every review of the period as a case, in the order of a Queue, without what the owner noted: fault is the guess.

    cuts: of the segments; None: by percentiles.
    """
    table = found.reviews.merge(store.query("reviews/customers"), on="review_key", how="left")
    table = table.merge(segments_of(store, cuts), on="customer_id", how="left")
    table["high_value"] = table.high_value.fillna(False).astype(bool)
    table["age"] = (pd.Timestamp(found.until) - table.reviewed_at.dt.normalize()).dt.days
    against: dict[int, list[str]] = {}
    for key, aspect in zip(found.complained.review_key, found.complained.aspect, strict=True):
        against.setdefault(key, []).append(aspect)
    table["against"] = [against.get(key, []) for key in table.review_key]
    table["who"] = table.label_customer.where(table.label_customer.notna(), table.name.str.slice(0, 1) + "**")
    table["order_id"] = table.order_id.where(table.order_id.notna(), table.order_ref)
    kind_stars = table.rating >= 4
    table["call_first"] = (table.state == BAD) & ~kind_stars & (table.high_value | table.segment.isin(LOYAL))
    table["fault"] = [FAULT_OF[aspects[0]] if aspects else UNCLEAR for aspects in table.against]
    at_stake = table.revenue.fillna(table.order_revenue).fillna(0)
    place = table.state.map(_STATES) + np.where((table.state == BAD) & kind_stars, 0.5, 0)
    table = table.assign(place=place, at_stake=at_stake).sort_values(
        ["place", "call_first", "at_stake", "reviewed_at", "review_key"], ascending=[True, False, False, False, True]
    )
    return table.drop(columns=["place", "at_stake", "label_customer"]).reset_index(drop=True)


def queue(of: pd.DataFrame, notes: pd.DataFrame | None = None) -> Queue:
    """The cases with what the owner noted. of: as `cases` gives them; notes: as `read_notes` does."""
    noted = _noted(of, notes)
    return Queue(
        of.assign(
            status=noted.status.where(noted.status != "", np.where(of.reply.notna(), CONTACTED, OPEN)),
            fault=noted.fault.where(noted.fault != "", of.fault),
            tag=noted.tag,
            owner=noted.owner,
            note=noted.note,
        )
    )


def within(found: Queue, days: int | None) -> Queue:
    """The cases of the last `days` days covered; None: all."""
    return found if days is None else Queue(found.table[found.table.age < days].reset_index(drop=True))


def narrowed(table: pd.DataFrame, aspect: str = "", only_calls: bool = False) -> pd.DataFrame:
    """Rows of a queue that complain of an aspect ("": any), and of customers to call first, if only those are wanted."""
    wanted = pd.Series([not aspect or aspect in against for against in table.against], index=table.index, dtype=bool)
    return table[wanted & (table.call_first | (not only_calls))].reset_index(drop=True)


def at_stake(table: pd.DataFrame) -> tuple[float, int]:
    """What the customers of these rows of a queue have bought, each once (NaN: of none is it known), and how many customers that is."""
    known = table[table.revenue.notna()].drop_duplicates("customer_id")
    return (float(known.revenue.sum()) if len(known) else np.nan), len(known)


def faults_by_month(found: Queue) -> pd.DataFrame:
    """Complaints by month and fault, every fault in every month that has a complaint: month (its first day), fault, complaints."""
    bad = found.table[(found.table.state == BAD) & found.table.reviewed_at.notna()]
    months = bad.reviewed_at.dt.to_period("M")
    counted = bad.groupby([months, bad.fault]).size()
    index = pd.MultiIndex.from_product([sorted(months.unique()), FAULTS], names=["month", "fault"])
    table = counted.reindex(index, fill_value=0).rename("complaints").reset_index()
    return table.assign(month=table.month.dt.start_time if len(table) else pd.Series(dtype="datetime64[us]"))


def no_notes() -> pd.DataFrame:
    """Notes on nothing: one row per review noted, all text: NOTE_COLUMNS."""
    return pd.DataFrame({name: pd.Series(dtype="str") for name in NOTE_COLUMNS})


def notes_file(notes: pd.DataFrame) -> bytes:
    """The notes as a small CSV file, to be kept by the owner and loaded again."""
    return csv_bytes(notes[list(NOTE_COLUMNS)])


def read_notes(data: bytes, file: str) -> pd.DataFrame:
    """The notes in a file that `notes_file` made, also after Excel saved it; unknown words in a column are left blank."""
    try:
        table = pd.read_csv(io.BytesIO(data), dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except (ValueError, pd.errors.ParserError) as error:
        raise _not_notes(file) from error
    if not {"review_id", "status"} <= set(table.columns):
        raise _not_notes(file)
    table = table.reindex(columns=list(NOTE_COLUMNS), fill_value="")
    for name, known in (("status", STATUSES), ("fault", FAULTS), ("tag", TAGS)):
        table[name] = table[name].where(table[name].isin(known), "")
    unquoted = table.review_id.str.removeprefix("'")
    written = {name: table[name].str.removeprefix("'") for name in ("owner", "note")}
    return table.assign(review_id=unquoted, **written).drop_duplicates("review_id", keep="last")


def _not_notes(file: str) -> InputError:
    return InputError(
        N_(
            "{file} holds no notes on reviews; load the file that this page saved (review_id, status, owner, fault, tag, note)."
        ),
        file=file,
    )


def _noted(table: pd.DataFrame, notes: pd.DataFrame | None) -> pd.DataFrame:
    known = (no_notes() if notes is None else notes).drop_duplicates("review_id", keep="last").set_index("review_id")
    return known.reindex(table.review_id).fillna("").set_index(table.index)


def segments_of(store: Store, cuts: Cuts | None) -> pd.DataFrame:
    """customer_id, segment and high_value of every customer; none where nobody is known."""
    try:
        return rfm(store, cuts).customers[["customer_id", "segment", "high_value"]]
    except TooLittleData:
        return pd.DataFrame({"customer_id": pd.Series(dtype="str"), "segment": None, "high_value": None})
