"""Customers grouped by k-means on log1p of recency, frequency and money: a second view beside the ten segments.

Same data, same clusters, in every process and whatever the row order: rows are sorted by their values, the seed is fixed, and k-means
runs on one thread (with several, sums in another order can move a customer on a border). Hartigan & Wong (1979); k by the silhouette,
Rousseeuw, P. J. (1987), J. Comput. Appl. Math. 20, 53–65; stability by the adjusted Rand index, Hubert & Arabie (1985).
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.errors import N_, InputError, TooLittleData
from analytics.segments.rfm import SEGMENTS, Rfm, add_shares

MEASURES = ("recency", "days", "revenue")
LEAST_CUSTOMERS, LEAST_REPEAT_SHARE, LEAST_DISTINCT = 50, 0.05, 20
KS = range(2, 9)
_ALL, _SAMPLE = 10_000, 5_000  # the silhouette takes all customers up to _ALL, above that a sample
_STARTS, _START_SAMPLE = 10, 30_000  # k-means++ starts; above this many customers they run on samples of so many
_FIRST_TOL, _LARGE_TOL = 1e-3, 1e-7
_REFITS = 10


@dataclass(frozen=True)
class Clusters:
    """Customers in k groups, 1 the most valuable by mean revenue.

    customers: one row per customer, ordered by customer_id: customer_id, recency (days), days, revenue, cluster (1 to k).
    profiles: one row per cluster: cluster, customers, share, revenue, revenue_share, mean_revenue, and the medians recency, days, revenue_median;
    the centre in standard deviations from the shop's mean of the logarithms, z_recency, z_days, z_revenue; and its words: recency_is (recent,
    while, long), days_is (once, few, often), revenue_is (low, middle, high), each against the shop's own thirds.
    curve: one row per k of KS that the data allow: k, silhouette (−1 to 1; of a sample above 10,000 customers). best: the k with the highest.
    inertia: sum of squared distances to the centres in the standardised space. centres: shape (k, 3), there.
    stability: adjusted Rand index between these clusters and those of re-fits on resamples, mean of ten, up to 1; 0: no better than chance.
    """

    k: int
    best: int
    customers: pd.DataFrame
    profiles: pd.DataFrame
    curve: pd.DataFrame
    centres: np.ndarray
    inertia: float
    stability: float

    @property
    def silhouette(self) -> float:
        """That of the k in use."""
        return float(self.curve.set_index("k").silhouette[self.k])

    @property
    def structure(self) -> str:
        """The silhouette in a word, after Kaufman & Rousseeuw (1990): none (to 0.25), weak (to 0.5), reasonable (to 0.7) or strong."""
        return ("none", "weak", "reasonable", "strong")[
            int(np.searchsorted([0.25, 0.5, 0.7], self.silhouette, side="right"))
        ]

    @property
    def steadiness(self) -> str:
        """The stability in a word: shaky (below 0.6), fair (to 0.85) or stable."""
        return ("shaky", "fair", "stable")[int(np.searchsorted([0.6, 0.85], self.stability, side="right"))]


@dataclass(frozen=True)
class Curve:
    """The silhouette by k. table: as `Clusters.curve`. key: names the data that it stands on."""

    key: str
    table: pd.DataFrame


def matrix(customers: pd.DataFrame) -> np.ndarray:
    """log1p of recency, days and revenue (negative revenue as 0), standardised; shape (n, 3). A measure that is the same for all: 0."""
    logs = np.log1p(customers[list(MEASURES)].to_numpy(dtype=float).clip(min=0))
    spread = logs.std(axis=0)
    return (logs - logs.mean(axis=0)) / np.where(spread > 1e-12, spread, 1.0)


def curve(found: Rfm) -> Curve:
    """The curve of `Clusters` by itself: it is the same for every k, and most of the work."""
    customers, ks = _ready(found)
    with _one_thread():
        return Curve(found.key, _curve(matrix(customers), ks, 0))


def grouped(found: Rfm, k: int | None = None, told: Curve | None = None, *, random_state: int = 0) -> Clusters:
    """Clusters of scored customers; k: how many, or None for the highest silhouette. told: their `curve`, where it is known.

    Raises TooLittleData, with the reason, where clusters would say nothing that the segments do not.
    """
    customers, ks = _ready(found)
    if k is not None and k not in ks:
        raise InputError(N_("{got} clusters were asked for; this shop allows 2 to {most}."), got=k, most=ks[-1])
    x = matrix(customers)
    with _one_thread():
        curve = _curve(x, ks, random_state) if told is None else told.table
        best = int(curve.k[curve.silhouette.round(9).idxmax()])
        model = _fit(x, k or best, random_state)
        stability = _stability(x, model, random_state)
    by_value = (
        customers.revenue.groupby(model.labels_).mean().sort_values(ascending=False, kind="stable").index.to_numpy()
    )
    customers = customers.assign(cluster=np.argsort(by_value)[model.labels_] + 1)
    customers = customers[["customer_id", *MEASURES, "cluster"]].sort_values("customer_id", ignore_index=True)
    centres = model.cluster_centers_[by_value]
    return Clusters(
        k=k or best,
        best=best,
        customers=customers,
        profiles=_profiles(customers, centres),
        curve=curve,
        centres=centres,
        inertia=float(model.inertia_),
        stability=stability,
    )


def against_segments(found: Rfm, clustered: Clusters) -> pd.DataFrame:
    """Customers by cluster (rows, 1 to k) and segment (columns, SEGMENTS), 0 where there are none."""
    both = found.customers[["customer_id", "segment"]].merge(
        clustered.customers[["customer_id", "cluster"]], on="customer_id"
    )
    return pd.crosstab(both.cluster, both.segment).reindex(columns=list(SEGMENTS), fill_value=0)


def _ready(found: Rfm) -> tuple[pd.DataFrame, list[int]]:
    """The customers in an order that hangs on their values alone, and the k that they allow."""
    distinct = _refuse(found.customers)
    return found.customers.sort_values(list(MEASURES), ignore_index=True), [k for k in KS if k < distinct]


def _one_thread() -> AbstractContextManager:
    import sklearn.cluster  # noqa: F401 - loaded before its threads are limited
    from threadpoolctl import threadpool_limits

    return threadpool_limits(limits=1)


def _refuse(customers: pd.DataFrame) -> int:
    """Raise with the reason where clustering says nothing; else how many different customers there are."""
    n = len(customers)
    if n < LEAST_CUSTOMERS:
        raise TooLittleData(
            N_(
                "Clusters need at least {least} customers and this shop has {n}; the ten segments work from the first customer on."
            ),
            least=LEAST_CUSTOMERS,
            n=n,
        )
    repeated = int((customers.days >= 2).sum())
    if repeated < LEAST_REPEAT_SHARE * n:
        raise TooLittleData(
            N_(
                "Only {repeated} of {n} customers have bought on a second day. Clusters would sort one-time buyers by date and amount and no more; the segments and the second purchase are where to look."
            ),
            repeated=repeated,
            n=n,
        )
    distinct = len(customers[list(MEASURES)].drop_duplicates())
    if distinct < LEAST_DISTINCT:
        raise TooLittleData(
            N_(
                "These {n} customers are too much alike: there are only {distinct} different combinations of days since, buying days and revenue, so clusters would be made up."
            ),
            n=n,
            distinct=distinct,
        )
    return distinct


def _fit(x: np.ndarray, k: int, random_state: int) -> object:
    """The best of ten starts, run until nothing moves. Above 30,000 customers: of the best of ten on each of three samples, run on over all."""
    from sklearn.cluster import KMeans

    if len(x) <= _START_SAMPLE:
        return KMeans(k, n_init=_STARTS, tol=0, random_state=random_state).fit(x)
    tries = []
    for seed in range(random_state, random_state + 3):
        start = KMeans(k, n_init=_STARTS, random_state=seed).fit(_sampled(x, _START_SAMPLE, seed)).cluster_centers_
        tries.append(KMeans(k, init=start, n_init=1, tol=_FIRST_TOL, random_state=seed).fit(x))
    best = min(tries, key=lambda fit: fit.inertia_).cluster_centers_
    return KMeans(k, init=best, n_init=1, tol=_LARGE_TOL, random_state=random_state).fit(x)


def _curve(x: np.ndarray, ks: list[int], random_state: int) -> pd.DataFrame:
    from sklearn.cluster import KMeans

    looked_at = x if len(x) <= _ALL else _sampled(x, _SAMPLE, random_state)
    labelings = [KMeans(k, n_init=_STARTS, random_state=random_state).fit_predict(looked_at) for k in ks]
    return pd.DataFrame({"k": ks, "silhouette": silhouettes(looked_at, labelings)})


def silhouettes(x: np.ndarray, labelings: list[np.ndarray]) -> list[float]:
    """The mean silhouette of each labeling (labels 0, 1, …), as scikit-learn's; one pass over the distances for all of them together."""
    counts = [np.bincount(labels) for labels in labelings]
    hot = np.concatenate([np.eye(len(size))[labels] for size, labels in zip(counts, labelings, strict=True)], axis=1)
    squares = (x**2).sum(axis=1)
    sums = np.empty((len(x), hot.shape[1]))
    for at in range(0, len(x), 500):
        part = slice(at, at + 500)
        distances = squares[part, None] + squares - 2 * x[part] @ x.T
        np.sqrt(np.maximum(distances, 0, out=distances), out=distances)
        distances[np.arange(len(distances)), np.arange(at, at + len(distances))] = 0
        sums[part] = distances @ hot
    found, start, rows = [], 0, np.arange(len(x))
    for size, labels in zip(counts, labelings, strict=True):
        to_each = sums[:, start : start + len(size)]
        start += len(size)
        own = size[labels]
        inside = to_each[rows, labels] / np.maximum(own - 1, 1)
        means = to_each / size
        means[rows, labels] = np.inf
        outside = means.min(axis=1)
        found.append(
            float(np.where(own > 1, (outside - inside) / np.maximum(np.maximum(inside, outside), 1e-300), 0).mean())
        )
    return found


def _stability(x: np.ndarray, model: object, random_state: int) -> float:
    from sklearn.cluster import KMeans
    from sklearn.metrics import adjusted_rand_score

    dice = np.random.default_rng(random_state)
    judged = _sampled(x, _SAMPLE, random_state)
    ours = model.predict(judged)
    scores = []
    for refit in range(_REFITS):
        drawn = x[dice.integers(0, len(x), min(len(x), _SAMPLE))]
        again = KMeans(model.n_clusters, n_init=3, random_state=random_state + refit).fit(drawn)
        scores.append(adjusted_rand_score(ours, again.predict(judged)))
    return float(np.mean(scores))


def _sampled(x: np.ndarray, size: int, random_state: int) -> np.ndarray:
    if len(x) <= size:
        return x
    return x[np.sort(np.random.default_rng(random_state).choice(len(x), size, replace=False))]


def _profiles(customers: pd.DataFrame, centres: np.ndarray) -> pd.DataFrame:
    profiles = customers.groupby("cluster").agg(
        customers=("customer_id", "size"),
        revenue=("revenue", "sum"),
        mean_revenue=("revenue", "mean"),
        recency=("recency", "median"),
        days=("days", "median"),
        revenue_median=("revenue", "median"),
    )
    add_shares(profiles)
    profiles[["z_recency", "z_days", "z_revenue"]] = centres
    thirds = customers[["recency", "revenue"]].quantile([1 / 3, 2 / 3])
    profiles["recency_is"] = _word(profiles.recency, thirds.recency, ("recent", "while", "long"))
    profiles["days_is"] = _word(profiles.days, [1.5, 3.5], ("once", "few", "often"))
    profiles["revenue_is"] = _word(profiles.revenue_median, thirds.revenue, ("low", "middle", "high"))
    return profiles.reset_index()


def _word(values: pd.Series, edges: object, words: tuple[str, str, str]) -> list[str]:
    """The word for each value: the first up to the lower edge, the second up to the upper, the third above."""
    return [words[place] for place in np.searchsorted(np.asarray(edges, dtype=float), values.to_numpy(dtype=float))]
