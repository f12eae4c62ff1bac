"""What the repurchase page says: names of views and steps, its answer, and what to notice."""

from __future__ import annotations

import math
from datetime import date

import pandas as pd

from analytics.repurchase import LEAST, STEPS, Gaps, Ladder
from analytics.statistics import SMALL
from pages.shared import text
from pages.shared.rates import FEW, too_soon
from pages.shared.text import N_, _, number, percent, plural, share

VIEWS = {
    "time": N_("Second purchase"),
    "ladder": N_("Where they stop"),
    "gaps": N_("Days between"),
    "mix": N_("New and old"),
    "people": N_("People to write to"),
}
PEOPLE = {
    "reminders": N_("Reminder due within 30 days"),
    "second": N_("Near a second purchase"),
    "loyal": N_("Two purchases or more"),
}
MIX = {"buyers": N_("Buyers"), "revenue": N_("Revenue")}
NOBODY = N_(
    "No customer was won here: orders that name their buyer are needed (a guest order or a masked buyer names nobody)."
)


def step_name(step: int) -> str:
    """A step as a pair: 1 → 2; the last holds all further ones: 5 → 6+."""
    return f"{step} → {step + 1}{'+' * (step == STEPS)}"


def answer(rate: pd.Series, gaps: Gaps, start: date, end: date) -> str:
    """The page's answer: the N-day rate, and how long those took who came back."""
    days, first = text.days(rate.days), gaps.table.set_index("step")
    if not rate.eligible:
        said = _("Nobody won here has been watched for {days} yet.", days=days)
    else:
        said = _(
            "{share} of the customers won from {span} came back within {days}.",
            share=share(rate.rate, int(rate.eligible)), span=text.span(start, end), days=days,
        )  # fmt: skip
    if 1 not in first.index:
        few = _(FEW) if 0 < rate.eligible < SMALL else ""
        return text.sentences(said, few, _("Nobody has bought a second time yet."))
    gap = first.loc[1]
    few = _(FEW) if min(rate.eligible, gap.gaps) < SMALL else too_soon(rate, gaps.of(1))
    return text.sentences(
        said,
        plural(
            "{n} customer has bought a second time so far, after {median}.",
            "{n} customers have bought a second time so far, half of them within {median}.",
            int(gap.gaps), median=text.days(gap["median"]),
        ),
        few,
    )  # fmt: skip


def steps(found: Ladder) -> pd.DataFrame:
    """The rungs with their words: label, text, hover, and the table's own columns."""
    patience = text.days(found.patience)
    rung = N_(
        "{customers} customers bought {step} times: {went_on} went on, {waiting} are silent for {patience} at most, {stopped} for longer"
    )
    rows = list(found.table.itertuples())
    return found.table.assign(
        label=[_("bought {n}×", n=row.step) for row in rows],
        pair=[step_name(row.step) for row in rows],
        text=[
            "" if text.missing(row.rate)
            else f"→ {percent(row.rate, 0)}" if row.eligible >= SMALL
            else f"→ {row.continued:,}/{row.eligible:,}"
            for row in rows
        ],
        hover=[
            _(
                rung, customers=number(row.customers), step=row.step, went_on=number(row.went_on),
                waiting=number(row.still_in_time), stopped=number(row.stopped), patience=patience,
            )
            for row in rows
        ],
    )  # fmt: skip


def findings(found: Ladder) -> list[str]:
    """What the ladder shows: the hardest step if one stands apart, and where most customers stop."""
    table, days = found.table.set_index("step"), text.days(found.days)
    said = []
    if found.hardest is not None:
        row = table.loc[found.hardest]
        others = table.drop(found.hardest)
        best = others[others.eligible >= SMALL].rate.max()
        sentence = N_(
            "The step {step} is the hardest: {share} take it within {days}, against up to {best} on the others."
        )
        if found.hardest == 1:
            sentence = N_(
                "The second purchase is the hardest: {share} make it within {days}; of the later steps up to {best} are taken. Put the effort into the weeks after the first parcel."
            )
        said.append(
            _(
                sentence,
                step=step_name(found.hardest),
                share=share(row.rate, int(row.eligible)),
                days=days,
                best=percent(best),
            )
        )
    stopped = table[table.stopped > 0].stopped
    if len(stopped):
        step = int(stopped.idxmax())
        said.append(
            plural(
                "Most stop after {n} purchase: {stopped} of {customers} customers have been silent for more than {patience}.",
                "Most stop after {n} purchases: {stopped} of {customers} customers have been silent for more than {patience}.",
                step, stopped=number(stopped[step]), customers=number(table.customers[step]),
                patience=text.days(found.patience),
            )
        )  # fmt: skip
    waiting = int(table.still_in_time.sum())
    if waiting:
        said.append(
            plural(
                "{n} customer last bought {patience} ago at most: a good time to stay in touch.",
                "{n} customers last bought {patience} ago at most: a good time to stay in touch.",
                waiting,
                patience=text.days(found.patience),
            )
        )
    return said


def rhythm(found: Gaps, step: int, due: pd.DataFrame) -> list[str]:
    """What the gaps of one step (0: all) say: their middle half and their median, and when a reminder comes at a good time."""
    row, passing = found.table.set_index("step").loc[step], due.set_index("step").customers
    said = [
        _(
            "Half of these {n} gaps lie between {low} and {high}. The usual day (median) is day {median}; by day {late}, 80 % were over.",
            n=number(row.gaps), low=text.days(row.p25), high=text.days(row.p75), median=number(row["median"]),
            late=number(math.ceil(row.p80)),
        )
    ]  # fmt: skip
    day = found.remind(step)
    if day is None:
        return [*said, _("Fewer than {n} repeat purchases: too few to name a reminder day.", n=LEAST)]
    why = _("Before the usual day it is too early to remind; after the 80 % day most of those who come back have come.")
    if not step:
        each = _(
            "Each step has its own reminder day: see the table. In the next 30 days {n} customers pass theirs.",
            n=number(passing.sum()),
        )
        return [*said, why, each]
    if row.gaps < SMALL:
        why = _("Fewer than 30 gaps: day {day}, the 80 % day of all gaps, stands in as the reminder day.", day=day)
    passed = plural(
        "In the next 30 days {n} customer at this step passes day {day}.",
        "In the next 30 days {n} customers at this step pass day {day}.",
        int(passing.get(step, 0)), day=day,
    )  # fmt: skip
    return [*said, why, passed]
