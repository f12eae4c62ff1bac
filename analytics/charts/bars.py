"""Shares as bars that lie, one below the other, with names that may be long."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from analytics.charts import palette
from analytics.charts.lines import drawn


def bars(rows: pd.DataFrame, *, usual: str = "", row: int = 32) -> go.Figure:
    """Shares as bars, first row on top, and where there is one the usual share as a mark.

    rows: label, share, usual (NaN: none), text, hover. usual: its name. row: pixels of each, more where names stand on two lines.
    """
    shown = {
        "type": "bar", "orientation": "h", "x": rows.share, "y": rows.label.tolist(), "marker": {"color": palette.EXISTING},
        "text": rows.text.tolist(), "textposition": "outside", "cliponaxis": False, "hovertext": rows.hover.tolist(),
        "hoverinfo": "text", "showlegend": False,
    }  # fmt: skip
    marks = {
        "type": "scatter", "mode": "markers", "x": rows.usual, "y": rows.label.tolist(), "name": usual, "hoverinfo": "skip",
        "marker": {"symbol": "line-ns-open", "size": 18, "color": palette.BENCHMARK, "line": {"width": 3, "color": palette.BENCHMARK}},
    }  # fmt: skip
    layout = {
        "xaxis": {
            "tickformat": ".0%",
            "range": [0, float(np.nanmax([*rows.share, *rows.usual, 0.01])) * 1.3],
            "showgrid": True,
        },
        "yaxis": {"type": "category", "autorange": "reversed", "rangemode": "normal", "ticklabelstandoff": 6},
        "bargap": 0.35,
    }
    known = rows.usual.notna().any()
    return drawn(
        [shown, *([marks] if known else [])],
        layout,
        height=70 + row * len(rows) + (20 if known else 0),
        legend=bool(known),
    )
