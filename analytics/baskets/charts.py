"""The baskets page's charts: order values around a line, and what gifts with purchase could leave at each line."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from analytics.charts import palette
from analytics.charts.lines import dashed, drawn


def by_value(rows: pd.DataFrame, line: float, names: Mapping[str, str], *, axis: str) -> go.Figure:
    """Orders by value, those of one product below those of several; the line dashed, the strips beside it with their numbers.

    rows: low, high (money), orders, several, text (above the bar; "" mostly), hover. names: several, one. axis: the title of the values.
    """
    middle, width = (rows.low + rows.high) / 2, (rows.high - rows.low) * 0.92
    stacked = [
        {
            "type": "bar", "x": middle, "width": width, "y": counts, "name": names[name], "marker": {"color": colour},
            "hovertext": rows.hover.tolist(), "hoverinfo": "text", "text": text, "textposition": "outside", "cliponaxis": False,
        }
        for name, counts, colour, text in (
            ("one", rows.orders - rows.several, palette.NEUTRAL, None),
            ("several", rows.several, palette.OWN, rows.text.tolist()),
        )
    ]  # fmt: skip
    top = max(float(rows.orders.max()), 1.0) * 1.15
    layout = {
        "barmode": "stack",
        "xaxis": {"title": {"text": axis}, "showgrid": False, "tickformat": ","},
        "yaxis": {"range": [0, top]},
        "shapes": [dashed(x0=line, x1=line, y0=0, y1=1, yref="paper")],
    }
    return drawn(stacked, layout, height=380)


def gifts(rows: pd.DataFrame, *, axis: str) -> go.Figure:
    """What each line could leave at most, as bars up or down. rows: label, result (money), hover. axis: the title of the lines."""
    bars = {
        "type": "bar", "x": rows.label.tolist(), "y": rows.result,
        "marker": {"color": [palette.GOOD if result > 0 else palette.BAD for result in rows.result]},
        "hovertext": rows.hover.tolist(), "hoverinfo": "text", "showlegend": False,
    }  # fmt: skip
    low, high = min(float(rows.result.min()), 0.0), max(float(rows.result.max()), 0.0)
    room = 0.15 * (high - low or 1.0)
    layout = {
        "xaxis": {"type": "category", "title": {"text": axis}},
        "yaxis": {"range": [low - (room if low < 0 else 0), high + (room if high > 0 else 0)], "zeroline": True, "tickformat": "~s"},
        "bargap": 0.45,
    }  # fmt: skip
    return drawn([bars], layout, height=340, legend=False)
