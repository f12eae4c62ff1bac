"""What the repurchase page says: names of views and steps, its answer, and what to notice."""

from __future__ import annotations

import math
from datetime import date

import pandas as pd

from analytics.cohorts.groups import Comparison
from analytics.repurchase import LEAST, STEPS, Gaps, Ladder
from analytics.statistics import SMALL
from pages.shared import text
from pages.shared.rates import FEW, too_soon
from pages.shared.text import N_, _, literal, number, percent, plural, share

VIEWS = {
    "time": N_("Second purchase"),
    "ladder": N_("Where they stop"),
    "gaps": N_("Days between"),
    "mix": N_("New and old"),
    "people": N_("People to write to"),
}
PEOPLE = {
    "late": N_("Turning late within 30 days"),
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
    """What the gaps of one step (0: all) say: their middle half and their median, and from when somebody is late."""
    row, passing = found.table.set_index("step").loc[step], due.set_index("step").customers
    said = [
        _(
            "Half of these {n} gaps lie between {low} and {high}. The usual day (median) is day {median}; by day {late}, 80 % were over.",
            n=number(row.gaps), low=text.days(row.p25), high=text.days(row.p75), median=number(row["median"]),
            late=number(math.ceil(row.p80)),
        )
    ]  # fmt: skip
    day = found.late(step)
    if day is None:
        return [*said, _("Fewer than {n} repeat purchases: too few to say who is late.", n=LEAST)]
    why = _(
        "By the 80 % day most of those who come back have come: whoever is silent then is late. The time to write lies before it, about the usual day."
    )
    if not step:
        each = _(
            "Each step has its own day: see the table. In the next 30 days {n} customers turn late.",
            n=number(passing.sum()),
        )
        return [*said, why, each]
    if row.gaps < SMALL:
        why = _("Fewer than 30 gaps: day {day}, the 80 % day of all gaps, stands in for it.", day=day)
    passed = plural(
        "In the next 30 days {n} customer at this step turns late (day {day}).",
        "In the next 30 days {n} customers at this step turn late (day {day}).",
        int(passing.get(step, 0)), day=day,
    )  # fmt: skip
    return [*said, why, passed]


def of_groups(found: Comparison, cut: str, labels: list[str]) -> str:
    """Which groups lie farthest apart by day 180; "": their ranges meet, or there is nothing to compare."""
    if cut == "segment":
        return ""
    again = found.again((180,))
    told = again[again.at_risk >= SMALL]
    if len(told) < 2:
        return ""
    best, worst = told.loc[told.share.idxmax()], told.loc[told.share.idxmin()]
    if best.low <= worst.high:
        return ""
    return _(
        "By day 180 {high} of {best} have bought again, and {low} of {worst}; of {n} groups these lie farthest apart.",
        high=percent(best.share), best=literal(labels[int(best.place)]), low=percent(worst.share),
        worst=literal(labels[int(worst.place)]), n=len(told),
    )  # fmt: skip


def of_ladder(found: Ladder) -> str:
    """How many take each step in time."""
    told = found.table[found.table.eligible >= SMALL]
    if told.empty:
        return ""
    steps = [
        _("{step}: {share}", step=step_name(row.step), share=share(row.rate, int(row.eligible)))
        for row in told.itertuples()
    ]
    return _(
        "From one purchase to the next within {days}: {steps}.", days=text.days(found.days), steps=text.listed(steps)
    )


def of_gaps(row: pd.Series, step: str | None) -> str:
    """The usual gap and the day from which somebody is late."""
    if row.gaps < LEAST:
        return ""
    values = {
        "median": text.days(row["median"]), "low": number(row.p25), "high": text.days(row.p75), "late": text.days(math.ceil(row.p80)),
        "n": number(row.gaps),
    }  # fmt: skip
    if step is None:
        return _(
            "Those who come back usually do so after {median} (half of {n} gaps: {low} to {high}); from {late} on a silent customer is late.",
            **values,
        )
    return _(
        "Step {step}: usually {median} (half of {n} gaps: {low} to {high}); from {late} on a silent customer is late.",
        step=step,
        **values,
    )


def of_mix(months: pd.DataFrame, measure: str, currency: str) -> str:
    """The latest finished month by kind of buyer."""
    finished = months[months.finished]
    if finished.empty:
        return ""
    last = finished.iloc[-1]
    write = number if measure == "buyers" else (lambda value: text.money(value, currency))
    total = sum(last[f"{kind}_{measure}"] for kind in ("new", "existing", "reactivated"))
    if not total:
        return ""
    known = last[f"existing_{measure}"] + last[f"reactivated_{measure}"]
    sentence = {
        "buyers": N_("{month}: {known} of {total} buyers had bought before ({share}), {new} came for the first time."),
        "revenue": N_(
            "{month}: {known} of {total} came from those who had bought before ({share}), {new} from new customers."
        ),
    }[measure]
    return _(
        sentence, month=text.month(last.period), known=write(known), total=write(total), share=percent(known / total),
        new=write(last[f"new_{measure}"]),
    )  # fmt: skip


def of_people(which: str, n: int) -> str:
    """Whom the list holds and how many they are."""
    return {
        "late": plural("{n} customer turns late within the next 30 days.", "{n} customers turn late within the next 30 days.", n),
        "second": plural("{n} one-time buyer is in the usual time of the second purchase.", "{n} one-time buyers are in the usual time of the second purchase.", n),
        "loyal": plural("{n} customer has bought twice or more.", "{n} customers have bought twice or more.", n),
    }[which]  # fmt: skip
