"""How long clusters take, and what the starts on a sample lose against scikit-learn on everybody: python benchmarks/clusters.py

Made-up customers (gamma-mixed Poisson buying days, log-normal amounts), scored by nothing: only `analytics.clusters` is timed, with
scikit-learn imported before. The loss is ours / scikit-learn's inertia − 1 on the same matrix; below 0, ours is the better fit.
"""

from __future__ import annotations

import sys
import time
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).parents[1]))

from analytics.clusters import grouped, matrix
from analytics.segments.cuts import Cuts
from analytics.segments.rfm import Edges, Rfm


def made_up(n: int, seed: int = 0) -> Rfm:
    """n customers, a third of them with several buying days."""
    dice = np.random.default_rng(seed)
    days = 1 + dice.poisson(dice.gamma(0.6, 1.2, n) * dice.uniform(0.1, 2, n))
    customers = pd.DataFrame(
        {
            "customer_id": np.arange(n).astype(str),
            "recency": np.floor(dice.exponential(200 / np.sqrt(days))),
            "days": days,
            "revenue": np.round(days * dice.lognormal(6.5, 0.6, n)),
        }
    )
    nothing = Edges((0.0,) * 4, (0.0,) * 4, 0.0, float("nan"))
    return Rfm(date(2026, 1, 1), Cuts(), nothing, customers)


def main() -> None:
    from sklearn.cluster import KMeans
    from sklearn.metrics import adjusted_rand_score  # noqa: F401 - imported before the clock starts

    print(f"{'customers':>10} {'k':>2} {'seconds':>8} {'inertia':>14} {'vs sklearn n_init=10':>21} {'sklearn s':>10}")
    for n in (5_000, 60_000, 1_000_000):
        found = made_up(n)
        for k in (None, 8):
            started = time.perf_counter()
            ours = grouped(found, k)
            took = time.perf_counter() - started
            started = time.perf_counter()
            theirs = KMeans(ours.k, n_init=10, random_state=0).fit(matrix(found.customers)).inertia_
            their_time = time.perf_counter() - started
            print(
                f"{n:>10,} {ours.k:>2} {took:>8.2f} {ours.inertia:>14.4f} {ours.inertia / theirs - 1:>21.1e} {their_time:>10.2f}"
            )


if __name__ == "__main__":
    main()
