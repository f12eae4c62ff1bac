"""How the shop's repurchase stands."""

from analytics.overview.findings import Finding, findings
from analytics.overview.overview import (
    STAGES,
    Overview,
    RevenueChange,
    Stage,
    monthly,
    overview,
    returning_rules,
    revenue_change,
    spans,
    stage,
)

__all__ = [
    "STAGES",
    "Finding",
    "Overview",
    "RevenueChange",
    "Stage",
    "findings",
    "monthly",
    "overview",
    "returning_rules",
    "revenue_change",
    "spans",
    "stage",
]
