"""Shares of a few groups as bars with their ranges, the shop's own as a dashed line."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from analytics.charts import FADED, palette
from analytics.charts.lines import dashed, drawn
from analytics.statistics import SMALL


def shares(rows: pd.DataFrame, *, shop: float, bad: bool = False) -> go.Figure:
    """One bar per row, the first on top; those that stand on fewer than SMALL faded.

    rows: label, n, rate, low, high (0 to 1; NaN: out of none), text, hover. shop: the whole's share (NaN: not drawn). bad: more is worse.
    """
    rate = rows.rate.fillna(0)
    colour = palette.BAD if bad else palette.EXISTING
    bars = {
        "type": "bar", "orientation": "h", "x": rate, "y": rows.label.tolist(), "showlegend": False,
        "marker": {"color": colour, "opacity": np.where(rows.n < SMALL, FADED, 1).tolist()},
        "error_x": {
            "type": "data", "array": (rows.high - rate).fillna(0), "arrayminus": (rate - rows.low).fillna(0), "color": palette.OWN, "thickness": 1,
            "width": 3,
        },
        "hovertext": rows.hover.tolist(), "hoverinfo": "text",
    }  # fmt: skip
    reach = float(np.nanmax([*rows.high, shop, 0.01]))
    words = {
        "type": "scatter", "mode": "text", "x": np.maximum(rows.high.fillna(0), rate) + reach * 0.02, "y": rows.label.tolist(), "text": rows.text.tolist(),
        "textposition": "middle right", "hoverinfo": "skip", "showlegend": False, "cliponaxis": False,
    }  # fmt: skip
    layout = {
        "xaxis": {"tickformat": ".0%" if reach > 0.1 else ".1%", "range": [0, reach * 1.6], "showgrid": True},
        "yaxis": {"type": "category", "autorange": "reversed", "rangemode": "normal", "ticklabelstandoff": 6},
        "bargap": 0.35,
        "shapes": [] if shop != shop else [dashed(x0=shop, x1=shop, y0=0, y1=1, yref="paper")],
    }
    return drawn([bars, words], layout, height=80 + 36 * len(rows), legend=False)
