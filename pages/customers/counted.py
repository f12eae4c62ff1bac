"""What the cohort and repurchase pages count, once per view of a shop and choice: a click that asks for no new count runs no query."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from analytics import cohorts as cohort_analysis
from analytics import repurchase
from analytics.cohorts import Cohorts, Members
from analytics.cohorts import groups as cuts
from analytics.cohorts.groups import Comparison
from analytics.contacts import reach
from analytics.overview import monthly
from analytics.repurchase import Gaps, Ladder, Waiting
from analytics.segments.rfm import rfm
from analytics.statistics import Survival
from analytics.store import Store

_BY_DATA = {Store: lambda store: store.key}


@st.cache_data(scope="session", max_entries=8, hash_funcs=_BY_DATA, show_spinner=False)
def cohorts(store: Store, grain: str, step: int, known: tuple[str, ...]) -> Cohorts:
    """`analytics.cohorts.cohorts`."""
    return cohort_analysis.cohorts(store, grain, step=step, known=known)


@st.cache_data(scope="session", max_entries=8, hash_funcs=_BY_DATA, show_spinner=False)
def members(
    store: Store, grain: str, step: int, cell: tuple[date, int], measure: str, known: tuple[str, ...]
) -> Members:
    """`analytics.cohorts.members` of the cell (cohort, age)."""
    return cohort_analysis.members(store, cohorts(store, grain, step, known), *cell, measure, known=known)


@st.cache_data(scope="session", max_entries=16, hash_funcs=_BY_DATA, show_spinner=False)
def trend(store: Store, days: int, known: tuple[str, ...], burn_in: int) -> pd.DataFrame:
    """`analytics.cohorts.by_month` for one window."""
    return cohort_analysis.by_month(store, [days], known=known, burn_in=burn_in)


@st.cache_data(scope="session", max_entries=16, hash_funcs=_BY_DATA, show_spinner=False)
def within(store: Store, days: int) -> pd.Series:
    """The row of `analytics.repurchase.within` for one window."""
    return repurchase.within(store, [days]).iloc[0]


@st.cache_data(scope="session", max_entries=4, hash_funcs=_BY_DATA, show_spinner=False)
def rhythm(store: Store) -> tuple[Survival, Gaps, pd.DataFrame]:
    """Time to the second purchase, the gaps, and who passes their reminder day within 30 days."""
    gaps = repurchase.gaps(store)
    return repurchase.survival(store), gaps, repurchase.due(store, gaps)


@st.cache_data(scope="session", max_entries=4, hash_funcs=_BY_DATA, show_spinner=False)
def second(store: Store) -> pd.Series | None:
    """The days to the second purchase, of those who made one: `analytics.repurchase.Gaps.of(1)`."""
    return repurchase.gaps(store).of(1)


@st.cache_data(scope="session", max_entries=16, hash_funcs=_BY_DATA, show_spinner=False)
def ladder(store: Store, days: int, patience: int) -> Ladder:
    """`analytics.repurchase.ladder`."""
    return repurchase.ladder(store, days, patience)


@st.cache_data(scope="session", max_entries=4, hash_funcs=_BY_DATA, show_spinner=False)
def gap_counts(store: Store, width: int, step: int) -> pd.DataFrame:
    """`analytics.repurchase.gap_counts`."""
    return repurchase.gap_counts(store, width, step)


@st.cache_data(scope="session", max_entries=4, hash_funcs=_BY_DATA, show_spinner=False)
def months(store: Store) -> pd.DataFrame:
    """`analytics.overview.monthly`."""
    return monthly(store)


@st.cache_data(scope="session", max_entries=8, hash_funcs=_BY_DATA, show_spinner=False)
def comparison(
    store: Store,
    cut: str,
    least: int,
    campaign: tuple[tuple[date, date], ...],
    known: tuple[str, ...] = (),
    windows: tuple[int, ...] = (),
) -> Comparison:
    """The groups of one cut side by side: one of `analytics.cohorts.groups.CUTS`, or "segment" as the customers stand today.

    windows: the rates wanted; none: the curves instead.
    """
    if cut == "segment":
        today = rfm(store).customers.rename(columns={"segment": "name"})
        chosen = cuts.largest(today[["customer_id", "name"]], least=least, most=10)
    else:
        chosen = cuts.groups(store, cut, least=least, campaign=campaign, known=known)
    return cuts.compare(store, chosen, windows or cuts.AGES, curves=not windows)


@st.cache_data(scope="session", max_entries=4, hash_funcs=_BY_DATA, show_spinner=False)
def people(store: Store) -> Waiting:
    """`analytics.repurchase.waiting`."""
    return repurchase.waiting(store, repurchase.gaps(store))


@st.cache_data(scope="session", max_entries=6, hash_funcs=_BY_DATA, show_spinner=False)
def listed(store: Store, customers: tuple[str, ...], comma: str) -> pd.DataFrame:
    """`analytics.contacts.reach`."""
    return reach(store, customers, comma)
