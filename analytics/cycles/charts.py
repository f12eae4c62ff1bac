"""The cycles page's charts: how long each product lasts, and the days of one product."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from analytics.charts import palette
from analytics.charts.lines import drawn


def boxes(rows: pd.DataFrame, names: Mapping[str, str], *, axis: str) -> go.Figure:
    """The middle half of the days per unit of each product, its median, and up to the 80th percentile; the owner's days as a diamond. First row on top.

    rows: label, p25, median, p75, p80, days_per_pack (NaN: the owner says nothing), hover. names: measured, owner. axis: the title of the days.
    """
    box = {
        "type": "box", "orientation": "h", "y": rows.label.tolist(), "q1": rows.p25, "median": rows["median"], "q3": rows.p75,
        "lowerfence": rows.p25, "upperfence": rows.p80, "name": names["measured"], "hoverinfo": "skip", "fillcolor": palette.EXISTING,
        "line": {"color": palette.OWN, "width": 1.5}, "opacity": 0.85, "showlegend": True,
    }  # fmt: skip
    hover = {
        "type": "scatter", "mode": "markers", "x": rows["median"], "y": rows.label.tolist(), "hovertext": rows.hover.tolist(),
        "hoverinfo": "text", "showlegend": False, "marker": {"size": 26, "opacity": 0.001, "color": palette.OWN},
    }  # fmt: skip
    own = rows[rows.days_per_pack.notna()]
    diamonds = {
        "type": "scatter", "mode": "markers", "x": own.days_per_pack, "y": own.label.tolist(), "name": names["owner"], "hoverinfo": "skip",
        "marker": {"symbol": "diamond", "size": 11, "color": palette.NEW},
    }  # fmt: skip
    layout = {
        "xaxis": {"title": {"text": axis}, "rangemode": "tozero", "showgrid": True},
        "yaxis": {"type": "category", "autorange": "reversed", "rangemode": "normal", "ticklabelstandoff": 6},
        "boxgap": 0.4,
    }
    return drawn([box, hover, *([diamonds] if len(own) else [])], layout, height=110 + 34 * len(rows))
