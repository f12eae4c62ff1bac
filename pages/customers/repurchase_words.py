"""What the repurchase page says: names of views and steps, its answer, and what to notice."""

from __future__ import annotations

from datetime import date

import pandas as pd

from analytics.repurchase import STEPS, Gaps, Ladder
from pages.customers.cohort_words import too_soon
from pages.shared import text
from pages.shared.text import N_, _, number, percent, share

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
        return text.sentences(said, _("Nobody has bought a second time yet."))
    gap = first.loc[1]
    return text.sentences(
        said,
        _(
            "Of the {n} who did buy again, half did so within {median}.",
            n=number(gap.gaps), median=text.days(gap["median"]),
        ),
        too_soon(rate, gaps.patience) if rate.eligible else "",
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
        text=["" if text.missing(row.rate) else f"→ {percent(row.rate, 0)}" for row in rows],
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
        best = others[others.eligible >= 30].rate.max()
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
            _(
                "Most stop after {n} purchase(s): {stopped} of {customers} customers have been silent for more than {patience}.",
                n=step, stopped=number(stopped[step]), customers=number(table.customers[step]),
                patience=text.days(found.patience),
            )
        )  # fmt: skip
    waiting = int(table.still_in_time.sum())
    if waiting:
        said.append(
            _(
                "{n} customers are still within the usual time; a message now reaches them before they are lost.",
                n=number(waiting),
            )
        )
    return said
