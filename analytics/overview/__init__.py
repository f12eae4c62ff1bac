"""How the shop's repurchase stands."""

from analytics.overview.against import against
from analytics.overview.beginning import Beginning, Headline, headline
from analytics.overview.findings import Finding, Target, findings
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
    "Beginning",
    "Finding",
    "Headline",
    "Overview",
    "RevenueChange",
    "STAGES",
    "Stage",
    "Target",
    "against",
    "findings",
    "headline",
    "monthly",
    "overview",
    "returning_rules",
    "revenue_change",
    "spans",
    "stage",
]
