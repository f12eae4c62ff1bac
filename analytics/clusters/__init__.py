"""Customers grouped by k-means: a second view beside the segments."""

from analytics.clusters.clusters import (
    KS,
    LEAST_CUSTOMERS,
    LEAST_DISTINCT,
    LEAST_REPEAT_SHARE,
    MEASURES,
    Clusters,
    against_segments,
    clusters,
    grouped,
    matrix,
    silhouettes,
)

__all__ = [
    "Clusters",
    "KS",
    "LEAST_CUSTOMERS",
    "LEAST_DISTINCT",
    "LEAST_REPEAT_SHARE",
    "MEASURES",
    "against_segments",
    "clusters",
    "grouped",
    "matrix",
    "silhouettes",
]
