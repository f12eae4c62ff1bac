"""The product page's charts: what sold lately against the time before, and one product week by week."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from analytics.charts import FADED, UNFINISHED, palette
from analytics.charts.lines import drawn


def lately(rows: pd.DataFrame, names: Mapping[str, str]) -> go.Figure:
    """Orders of each product lately as bars, and of the time before as a mark; first row on top.

    rows: label, lately, before, moved (the change is more than chance; others pale), hover. names: lately, before.
    """
    bars = {
        "type": "bar", "orientation": "h", "x": rows.lately, "y": rows.label.tolist(), "name": names["lately"],
        "marker": {"color": palette.OWN, "opacity": [1 if moved else 0.6 for moved in rows.moved]},
        "hovertext": rows.hover.tolist(), "hoverinfo": "text",
    }  # fmt: skip
    marks = {
        "type": "scatter", "mode": "markers", "x": rows.before, "y": rows.label.tolist(), "name": names["before"],
        "marker": {"symbol": "line-ns-open", "size": 18, "color": palette.BENCHMARK, "line": {"width": 3, "color": palette.BENCHMARK}},
        "hovertext": rows.hover.tolist(), "hoverinfo": "text",
    }  # fmt: skip
    layout = {
        "bargap": 0.35,
        "yaxis": {"type": "category", "autorange": "reversed", "rangemode": "normal", "ticklabelstandoff": 6},
        "xaxis": {"rangemode": "tozero", "showgrid": True},
    }
    return drawn([bars, marks], layout, height=90 + 30 * len(rows))


def weeks(rows: pd.DataFrame, silent: pd.DataFrame, names: Mapping[str, str]) -> go.Figure:
    """Orders of one product by week; days without a sale, of a steady seller, are hatched over the whole height; an unfinished week is faded.

    rows: week, orders, finished, hover. silent: first_day, last_day, hover. names: orders, silent.
    """
    top = max(float(rows.orders.max()), 1.0) * 1.05 if len(rows) else 1.0
    bars = {
        "type": "bar", "x": rows.week + pd.Timedelta(days=3.5), "y": rows.orders, "width": 6 * 86_400_000, "name": names["orders"],
        "marker": {"color": palette.OWN, "opacity": [1 if finished else FADED for finished in rows.finished]},
        "hovertext": rows.hover.tolist(), "hoverinfo": "text",
    }  # fmt: skip
    spans = {
        "type": "bar",
        "x": silent.first_day + (silent.last_day - silent.first_day + pd.Timedelta(days=1)) / 2,
        "y": [top] * len(silent),
        "width": ((silent.last_day - silent.first_day).dt.days + 1) * 86_400_000 if len(silent) else [],
        "name": names["silent"],
        "marker": {"color": palette.BAD, "opacity": FADED, "pattern": UNFINISHED},
        "hovertext": silent.hover.tolist(),
        "hoverinfo": "text",
    }
    layout = {"barmode": "overlay", "xaxis": {"nticks": 8}, "yaxis": {"range": [0, top]}}
    return drawn([*([spans] if len(silent) else []), bars], layout, height=340, months=True, legend=len(silent) > 0)
