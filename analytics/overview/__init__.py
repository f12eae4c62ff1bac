"""How the shop's repurchase stands."""

from analytics.overview.overview import (
    SMALL,
    STAGES,
    Finding,
    Overview,
    RevenueChange,
    Stage,
    findings,
    monthly,
    overview,
    returning_rules,
    revenue_change,
    spans,
    stage,
)

__all__ = [
    "Finding",
    "Overview",
    "RevenueChange",
    "SMALL",
    "STAGES",
    "Stage",
    "findings",
    "monthly",
    "overview",
    "returning_rules",
    "revenue_change",
    "spans",
    "stage",
]
