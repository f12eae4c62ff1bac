"""Who comes back, by when they first came: cohort cells, their weighted mean, the monthly trend, and the customers behind a cell.

A cohort is a period (week, month, quarter) of the first buying day. Its age counts the periods since, or steps of 30 days since each
customer's own first day. A cell whose period ends after the as-of day is unfinished: its count is "so far", its value unknown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np
import pandas as pd

from analytics.errors import N_, RegularsError, TooLittleData
from analytics.repurchase import WINDOWS, patience
from analytics.statistics import SMALL, Standing, kaplan_meier, usual_change, wilson
from analytics.store import Store

GRAINS = ("week", "month", "quarter")
AGE_DAYS = 30
MEASURES = {"retention": "active", "cumulative": "repurchased", "later": "later", "revenue": "revenue"}
"""What a cell says, and the column of its numerator.

retention: bought in period k. cumulative: a second buying day by the end of k. later: bought in k or after it. revenue: all money up
to the end of k, per customer of the cohort.
"""
LATEST = 3
"""Cohorts that are held against as many before."""
TINY = 5
"""With this many customers or fewer a cell's count comes first."""


@dataclass(frozen=True)
class Cohorts:
    """The cohorts of a shop at one grain.

    grain: of GRAINS. step: 0 for calendar periods, else the days of one age. cells: one row per cohort and age that has begun by the
    as-of day: cohort (first day of its period), age (0, 1, …), size (customers), active, repurchased, later (customers; see MEASURES),
    revenue (money so far), finished, doubtful (the cohort lies in the burn-in). burn_in: days at the start of the data in which a
    "new" customer may be an old one.
    """

    grain: str
    step: int
    cells: pd.DataFrame
    burn_in: int

    @cached_property
    def sizes(self) -> pd.DataFrame:
        """One row per cohort: cohort, size, doubtful, ages (how many of its cells are finished)."""
        starts = np.flatnonzero(self.cells.age.to_numpy() == 0)
        first = self.cells.iloc[starts]
        ages = np.add.reduceat(self.cells.finished.to_numpy(dtype=int), starts) if len(starts) else []
        return first[["cohort", "size", "doubtful"]].assign(ages=ages).reset_index(drop=True)

    @property
    def doubtful_share(self) -> float:
        """Customers won in the burn-in / customers won: the share that may be old customers, 0 to 1."""
        sizes = self.sizes
        return float(sizes["size"][sizes.doubtful].sum() / sizes["size"].sum())

    def measured(self, measure: str) -> pd.DataFrame:
        """The cells by one measure: cohort, age, size, finished, doubtful, count (the numerator so far), value, low, high.

        value: 0 to 1, or money per customer for revenue; NaN: unfinished. low, high: Wilson's 95 % (NaN for revenue).
        """
        column = MEASURES[_known(measure, tuple(MEASURES), N_("The measure is {got}; it can be {wanted}."))]
        table = self.cells[["cohort", "age", "size", "finished", "doubtful", column]]
        table.columns = [*table.columns[:-1], "count"]
        return _with_value(table, measure, known=table.finished.to_numpy())

    def summary(self, measure: str, *, sure_only: bool = False) -> pd.DataFrame:
        """The weighted mean of each age: Σ numerators / Σ sizes over the finished cells only.

        One row per age with a finished cell: age, cohorts, size, count, value, low, high. sure_only: without doubtful cohorts. Age 0 of
        retention and of later is 100 % by definition and left out.
        """
        column = MEASURES[_known(measure, tuple(MEASURES), N_("The measure is {got}; it can be {wanted}."))]
        cells = self.cells
        keep = cells.finished.to_numpy() & (cells.age.to_numpy() >= int(measure in ("retention", "later")))
        if sure_only:
            keep &= ~cells.doubtful.to_numpy()
        age, size, count = (cells[name].to_numpy()[keep] for name in ("age", "size", column))
        cohorts, sizes = np.bincount(age), np.bincount(age, size).astype(int)
        counts = np.bincount(age, count)
        told = np.flatnonzero(cohorts)
        table = {"age": told, "cohorts": cohorts[told], "size": sizes[told], "count": counts[told]}
        return _with_value(pd.DataFrame(table), measure)

    def standing(self, measure: str, age: int) -> Standing | None:
        """How the latest cohorts that have finished an age stand there: LATEST of them, against as many before and those a year before.

        None: too few cohorts without a doubt have come so far. What is usual comes from the changes from cohort to cohort.
        """
        rows = self.measured(measure)
        rows = rows[(rows.age == age) & rows.finished & ~rows.doubtful].reset_index(drop=True)
        length = LATEST if len(rows) >= 2 * LATEST else 1
        if len(rows) < 2:
            return None
        latest, before = rows.tail(length), rows.iloc[-2 * length : -length]
        back = pd.Timedelta(days=364) if self.grain == "week" else pd.DateOffset(years=1)
        values, spans = [], []
        for part in (latest, before, rows[rows.cohort.isin(latest.cohort - back)]):
            told = len(part) == length and part["size"].sum() >= SMALL
            values.append(float(part["count"].sum() / part["size"].sum()) if told else np.nan)
            spans.append((part.cohort.iloc[0].date(), self._last_day(part.cohort.iloc[-1])) if told else None)
        relative = measure == "revenue"
        usual, changes = usual_change(rows.value.where(rows["size"] >= SMALL), length, relative=relative)
        return Standing(*values, usual=usual, relative=relative, spans=tuple(spans), months=changes)

    def _last_day(self, cohort: pd.Timestamp) -> date:
        offset = {"week": pd.Timedelta(days=7), "month": pd.DateOffset(months=1), "quarter": pd.DateOffset(months=3)}
        return (cohort + offset[self.grain] - pd.Timedelta(days=1)).date()

    def line(self, measure: str, *, until: int, sure_only: bool = False) -> pd.DataFrame:
        """All cohorts as one line over the ages up to `until` that never falls where the measure cannot: age, size, value, low, high.

        cumulative: Kaplan–Meier over the ages, those still awaited counted for as long as they have been watched; size: customers still
        awaited just before. revenue: one fixed set of customers, those of the cohorts that have finished the last age drawn, which is the
        latest that at least SMALL customers have reached. Else `summary`.
        """
        if measure not in ("cumulative", "revenue"):
            rows = self.summary(measure, sure_only=sure_only)
            return rows[rows.age <= until].reset_index(drop=True)
        cells = self.cells[self.cells.finished & (self.cells.age <= until)]
        cells = cells[~cells.doubtful] if sure_only else cells
        return self._product_limit(cells) if measure == "cumulative" else self._fixed_set(cells)

    def _product_limit(self, cells: pd.DataFrame) -> pd.DataFrame:
        new = cells.repurchased - cells.groupby("cohort").repurchased.shift(fill_value=0)
        last = ~cells.cohort.duplicated(keep="last")
        by_age = pd.DataFrame(
            {"day": cells.age, "events": new, "censored": (cells["size"] - cells.repurchased).where(last, 0)}
        )
        curve = kaplan_meier(by_age.groupby("day", as_index=False).sum()).table
        return pd.DataFrame(
            {
                "age": curve.day, "size": curve.at_risk, "count": curve.events.cumsum(), "value": 1 - curve.survival,
                "low": 1 - curve.high, "high": 1 - curve.low,
            }
        )  # fmt: skip

    def _fixed_set(self, cells: pd.DataFrame) -> pd.DataFrame:
        reached = cells.groupby("age")["size"].sum()
        enough = reached[reached >= SMALL]
        last = (enough if len(enough) else reached).index.max()
        same = cells[cells.cohort.isin(cells.cohort[cells.age == last]) & (cells.age <= last)]
        summed = same.groupby("age", as_index=False)[["size", "revenue"]].sum().rename(columns={"revenue": "count"})
        return summed.assign(value=summed["count"] / summed["size"], low=np.nan, high=np.nan)

    @property
    def table(self) -> pd.DataFrame:
        """The cells for a file: cohort, age, size, active, repurchased, revenue, finished; counts of unfinished cells are blank."""
        out = self.cells[["cohort", "age", "size", "active", "repurchased", "revenue", "finished"]].copy()
        for column in ("active", "repurchased"):
            out[column] = out[column].astype("Int64").where(out.finished)
        out["revenue"] = out.revenue.round(2).where(out.finished)
        return out


@dataclass(frozen=True)
class Members:
    """The customers behind one cell: came (counted in it) and missing (of the same cohort, not counted). Columns as in `customers`,
    with revenue_by_then; the largest revenue first."""

    came: pd.DataFrame
    missing: pd.DataFrame


def cohorts(store: Store, grain: str = "month", *, step: int = 0) -> Cohorts:
    """The shop's cohorts. step: 0 for calendar periods, or 30 for ages in 30-day steps."""
    _known(grain, GRAINS, N_("The period is {got}; it can be {wanted}."))
    if step not in (0, AGE_DAYS):
        raise RegularsError(
            N_("Ages go in steps of {wanted} days or in calendar periods, not in steps of {got}."),
            got=step,
            wanted=AGE_DAYS,
        )
    found = Cohorts(grain, step, *_cells(store, grain, step))
    if found.cells.empty:
        raise TooLittleData(
            N_(
                "No customer was won here: orders that name their buyer are needed (a guest order or a masked buyer names nobody)."
            )
        )
    return found


def cohort_table(store: Store, grain: str = "month") -> pd.DataFrame:
    """`Cohorts.table` in calendar periods; without rows where no order names its buyer."""
    return Cohorts(grain, 0, *_cells(store, grain, 0)).table


def _cells(store: Store, grain: str, step: int) -> tuple[pd.DataFrame, int]:
    cells = store.query("cohorts/cells", grain=grain, step=step)
    burn_in = patience(store)
    cells["doubtful"] = _doubtful(store, cells.cohort, burn_in)
    return cells, burn_in


def members(
    store: Store,
    cohort: date,
    age: int,
    measure: str = "retention",
    *,
    grain: str = "month",
    step: int = 0,
) -> Members:
    """The customers of one cell of `cohorts(store, grain, step=step)`."""
    _known(measure, tuple(MEASURES), N_("The measure is {got}; it can be {wanted}."))
    of_cohort = store.query("cohorts/customers", grain=grain, step=step, cohort=cohort, age=int(age))
    counted = of_cohort.revenue_by_then > 0 if measure == "revenue" else of_cohort[MEASURES[measure]]
    of_cohort = of_cohort.drop(columns=["active", "repurchased", "later"])
    return Members(of_cohort[counted].reset_index(drop=True), of_cohort[~counted].reset_index(drop=True))


def by_month(store: Store, windows: Sequence[int] = WINDOWS, *, burn_in: int | None = None) -> pd.DataFrame:
    """N-day repurchase by month of the first buying day.

    One row per window and month: month, days, size, repurchased, rate, low, high, finished, doubtful. Unfinished: not every customer of
    the month is N days old yet, so repurchased is missing and rate, low and high are NaN; these are NaN too where nobody was won.
    burn_in: days, if already known.
    """
    table = store.query("cohorts/by_month", days=[int(days) for days in windows])
    told = table.finished & (table["size"] > 0)
    table["rate"] = (table.repurchased / table["size"]).where(told)
    low, high = wilson(table.repurchased, table["size"])
    table["low"], table["high"] = np.where(told, low, np.nan), np.where(told, high, np.nan)
    table["repurchased"] = table.repurchased.astype("Int64").where(table.finished)
    table["doubtful"] = _doubtful(store, table.month, patience(store) if burn_in is None else burn_in)
    return table[["month", "days", "size", "repurchased", "rate", "low", "high", "finished", "doubtful"]]


def payback_age(revenue: pd.DataFrame, cost: float, margin: float = 1.0) -> int | None:
    """The first age at which revenue per customer × margin covers the cost of winning one; None: not yet.

    revenue: `Cohorts.line("revenue")`. cost: money per new customer. margin: 0 to 1.
    """
    covered = revenue[revenue.value * margin >= cost]
    return int(covered.age.iloc[0]) if len(covered) else None


def _doubtful(store: Store, periods: pd.Series, burn_in: int) -> pd.Series:
    return periods < pd.Timestamp(store.shop.first_ordered + timedelta(days=burn_in))


def _with_value(table: pd.DataFrame, measure: str, known: np.ndarray | None = None) -> pd.DataFrame:
    count, size = (table[name].to_numpy(dtype=float) for name in ("count", "size"))
    low, high = wilson(count, size) if measure != "revenue" else (np.full(len(table), np.nan),) * 2
    found = {"value": count / size, "low": low, "high": high}
    return table.assign(
        **{name: side if known is None else np.where(known, side, np.nan) for name, side in found.items()}
    )


def _known(got: str, wanted: tuple[str, ...], sentence: str) -> str:
    if got not in wanted:
        raise RegularsError(sentence, got=repr(got), wanted=", ".join(wanted))
    return got
