"""Customers grouped by k-means: a second view beside the segments."""

from analytics.clusters.clusters import (
    KS,
    LEAST_CUSTOMERS,
    LEAST_DISTINCT,
    LEAST_REPEAT_SHARE,
    MEASURES,
    Clusters,
    Curve,
    against_segments,
    curve,
    grouped,
    matrix,
    silhouettes,
)

__all__ = [
    "Clusters",
    "Curve",
    "KS",
    "LEAST_CUSTOMERS",
    "LEAST_DISTINCT",
    "LEAST_REPEAT_SHARE",
    "MEASURES",
    "against_segments",
    "curve",
    "grouped",
    "matrix",
    "silhouettes",
]
