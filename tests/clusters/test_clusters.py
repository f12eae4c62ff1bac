"""Clusters: the same everywhere, as good as scikit-learn's, and refused with a reason where they would say nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.cluster import KMeans
from sklearn.metrics import silhouette_score

from analytics.clusters import MEASURES, against_segments, grouped, matrix, silhouettes
from analytics.errors import InputError, TooLittleData
from analytics.segments.cuts import Cuts
from analytics.segments.rfm import SEGMENTS, Edges, Rfm, rfm
from benchmarks.clusters import made_up
from tests.support.real import FILES, real
from tests.support.rows import shop

ROOT = Path(__file__).parents[2]


def of(rows: list[tuple[float, int, float]]) -> Rfm:
    """Customers c0, c1, … of (recency, days, revenue)."""
    customers = pd.DataFrame(rows, columns=list(MEASURES))
    customers.insert(0, "customer_id", [f"c{place:04}" for place in range(len(customers))])
    return Rfm(made_up(1).as_of, Cuts(), Edges((0.0,) * 4, (0.0,) * 4, 0.0, float("nan")), customers)


THREE = (
    [(2 + place % 5, 12 + place % 4, 9000 + 10 * place) for place in range(30)]
    + [(150 + place, 3 + place % 2, 1500 + place) for place in range(30)]
    + [(400 + place, 1, 200 + place) for place in range(30)]
)


def test_three_plain_groups_are_found_ordered_by_value_and_described() -> None:
    found = grouped(of(THREE))
    assert found.k == found.best == 3
    assert found.customers.cluster.tolist() == [1] * 30 + [2] * 30 + [3] * 30
    assert found.profiles.customers.tolist() == [30, 30, 30]
    assert found.profiles.mean_revenue.is_monotonic_decreasing
    assert found.profiles.recency_is.tolist() == ["recent", "while", "long"]
    assert found.profiles.days_is.tolist() == ["often", "few", "once"]
    assert found.profiles.revenue_is.tolist() == ["high", "middle", "low"]
    assert found.profiles.share.sum() == pytest.approx(1)
    assert found.profiles.revenue_share.sum() == pytest.approx(1)
    assert found.structure == "strong"
    assert found.steadiness == "stable"
    assert found.stability == pytest.approx(1)
    assert found.curve.k.tolist() == list(range(2, 9))


def test_k_can_be_chosen_and_the_curve_stays() -> None:
    found = grouped(of(THREE), 4)
    assert (found.k, found.best) == (4, 3)
    assert found.curve.equals(grouped(of(THREE)).curve)
    assert sorted(found.customers.cluster.unique()) == [1, 2, 3, 4]
    for k in (1, 9, 0):
        with pytest.raises(InputError, match="2 to 8"):
            grouped(of(THREE), k)


def test_row_order_and_names_change_no_cluster() -> None:
    found = made_up(400, seed=3)
    ours = grouped(found, 5)
    turned = found.customers.sample(frac=1, random_state=1).reset_index(drop=True)
    again = grouped(Rfm(found.as_of, found.cuts, found.edges, turned), 5)
    assert again.customers.equals(ours.customers)
    assert again.inertia == ours.inertia
    renamed = found.customers.assign(customer_id=[f"z{9000 - place}" for place in range(400)])
    other = grouped(Rfm(found.as_of, found.cuts, found.edges, renamed), 5).customers
    assert (
        other.cluster.iloc[::-1].tolist()
        == ours.customers.sort_values("customer_id", key=lambda ids: ids.astype(int)).cluster.tolist()
    )


def test_the_same_clusters_in_another_process() -> None:
    program = (
        "from analytics.clusters import grouped; from benchmarks.clusters import made_up; "
        "found = grouped(made_up(3000, seed=5), 6); "
        "print(found.inertia.hex(), found.stability.hex(), ''.join(map(str, found.customers.cluster)))"
    )
    ours = grouped(made_up(3000, seed=5), 6)
    for threads in ("1", "2"):
        theirs = subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT,
            env={"OMP_NUM_THREADS": threads, "PYTHONHASHSEED": threads, "PATH": "/usr/bin:/bin"},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.split()
        assert theirs == [ours.inertia.hex(), ours.stability.hex(), "".join(map(str, ours.customers.cluster))]


@pytest.mark.parametrize("k", [2, 5, 8])
def test_inertia_is_scikit_learns_on_the_same_matrix(k: int) -> None:
    found = made_up(4000, seed=1)
    ours = grouped(found, k)
    x = matrix(found.customers)
    assert x.mean(axis=0) == pytest.approx(0, abs=1e-9)
    assert x.std(axis=0) == pytest.approx(1)
    assert ours.inertia == pytest.approx(KMeans(k, n_init=10, random_state=0).fit(x).inertia_, rel=1e-3)
    by_hand = found.customers.merge(ours.customers[["customer_id", "cluster"]], on="customer_id")
    assert ((x - ours.centres[by_hand.cluster - 1]) ** 2).sum() == pytest.approx(ours.inertia)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 6), st.integers(12, 700))
def test_silhouettes_are_scikit_learns(seed: int, k: int, n: int) -> None:
    dice = np.random.default_rng(seed)
    x = dice.normal(size=(n, 3)).round(1)
    labelings = [np.r_[np.arange(k), dice.integers(0, k, n - k)], np.r_[0, 1, np.ones(n - 2, dtype=int)]]
    assert silhouettes(x, labelings) == pytest.approx([silhouette_score(x, labels) for labels in labelings], abs=1e-6)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([(5, 2, 100)], "at least 50 customers and this shop has 1"),
        (THREE[:49], "at least 50 customers"),
        ([(place, 1, 100 + place) for place in range(200)], "Only 0 of 200 customers"),
        ([(place, 1, 100 + place) for place in range(97)] + [(3, 2, 500)] * 3, "Only 3 of 100 customers"),
        ([(5, 2, 100)] * 80, "too much alike"),
        ([(5, 2, -10)] * 80, "too much alike"),
    ],
)
def test_where_clusters_say_nothing_they_are_refused_with_the_reason(rows: list, said: str) -> None:
    with pytest.raises(TooLittleData, match=said):
        grouped(of(rows))


def test_negative_and_zero_revenue_and_a_measure_that_is_the_same_for_all() -> None:
    rows = [(place, 2 + place % 3, [-50, 0, 30][place % 3]) for place in range(90)]
    found = grouped(of(rows), 3)
    assert np.isfinite(found.centres).all()
    assert found.profiles.revenue_share.sum() == 0 or found.profiles.revenue_share.notna().all()
    same = grouped(of([(place, 2, 100) for place in range(90)]), 2)
    assert same.centres[:, 1:] == pytest.approx(0, abs=1e-9)


def test_against_segments_counts_every_customer_once() -> None:
    rows = [
        (f"c{who}", f"2025-{1 + (who * step) % 12:02}-{1 + who % 28:02}", 100 + who)
        for who in range(80)
        for step in range(1 + who % 4)
    ]
    found = rfm(shop(rows, as_of="2025-12-31"))
    ours = grouped(found, 4)
    crossed = against_segments(found, ours)
    assert crossed.columns.tolist() == list(SEGMENTS)
    assert crossed.index.tolist() == [1, 2, 3, 4]
    assert crossed.sum(axis=1).tolist() == ours.profiles.customers.tolist()
    assert crossed.sum().to_dict() == found.segments.set_index("segment").customers.to_dict()


@pytest.mark.parametrize("name", FILES)
def test_on_real_shops(name: str) -> None:
    found = rfm(real(name))
    for k in (None, 5):
        ours = grouped(found, k)
        assert len(ours.customers) == len(found.customers)
        x = matrix(found.customers)
        assert ours.inertia == pytest.approx(KMeans(ours.k, n_init=10, random_state=0).fit(x).inertia_, rel=1e-3)
        assert ours.stability > 0.6
        assert ours.silhouette > 0.25
