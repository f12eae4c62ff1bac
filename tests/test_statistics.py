"""Intervals and survival, against figures worked out by hand and against statsmodels."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.duration.survfunc import SurvfuncRight
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from analytics.statistics import kaplan_meier, newcombe, wilson


def test_wilson_of_a_known_case():
    low, high = wilson(3, 10)
    assert (round(float(low), 4), round(float(high), 4)) == (0.1078, 0.6032)


def test_wilson_of_nobody_is_unknown():
    assert np.isnan(wilson(0, 0)[0])


@given(st.integers(0, 300), st.integers(1, 300))
def test_wilson_equals_statsmodels(successes, n):
    successes = min(successes, n)
    expected = proportion_confint(successes, n, method="wilson")
    assert np.allclose([float(side) for side in wilson(successes, n)], expected, atol=1e-12)


@given(st.integers(0, 50), st.integers(1, 50), st.integers(0, 50), st.integers(1, 50))
def test_newcombe_equals_statsmodels(x1, n1, x2, n2):
    x1, x2 = min(x1, n1), min(x2, n2)
    _, low, high = newcombe(x1, n1, x2, n2)
    assert np.allclose(
        (low, high), confint_proportions_2indep(x1, n1, x2, n2, method="newcomb", compare="diff"), atol=1e-9
    )


def grouped(days: list[int], events: list[bool]) -> pd.DataFrame:
    frame = pd.DataFrame({"day": days, "event": events})
    return frame.groupby("day").event.agg(events="sum", censored=lambda e: (~e).sum()).reset_index()


def test_kaplan_meier_by_hand():
    curve = kaplan_meier(grouped([10, 20, 20, 30], [True, True, False, False]))
    assert curve.table.survival.tolist() == [0.75, 0.5, 0.5]
    assert curve.table.at_risk.tolist() == [4, 3, 1]
    assert curve.median_days == 20
    assert curve.repurchased_by(9) == 0
    assert curve.repurchased_by(10) == 0.25
    assert np.isnan(curve.repurchased_by(31)), "nobody was watched that long"


def test_a_median_that_is_not_reached_is_unknown():
    assert np.isnan(kaplan_meier(grouped([5, 9, 9], [True, False, False])).median_days)


@given(st.lists(st.tuples(st.integers(1, 60), st.booleans()), min_size=1, max_size=80))
def test_kaplan_meier_equals_statsmodels(rows):
    days, events = [day for day, _ in rows], [event for _, event in rows]
    curve = kaplan_meier(grouped(days, events)).table
    at_events = curve[curve.events > 0]
    if at_events.empty:
        assert (curve.survival == 1).all()
        return
    expected = SurvfuncRight(days, events)
    assert at_events.day.tolist() == expected.surv_times.tolist()
    assert at_events.survival.to_numpy() == pytest.approx(expected.surv_prob, abs=1e-9)
