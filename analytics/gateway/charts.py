"""The gateway page's charts: first products by how many begin with them and how many come back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from analytics.charts import FADED, palette
from analytics.charts.lines import BAND, dashed, drawn

COLOURS = {"above": palette.GOOD, "below": palette.BAD, "": palette.NEUTRAL}
SYMBOLS = {"above": "triangle-up", "below": "triangle-down", "": "circle"}


def quadrant(
    rows: pd.DataFrame,
    *,
    shop: float,
    many: float,
    names: Mapping[str, str],
    axes: tuple[str, str],
    quarters: Sequence[str],
) -> go.Figure:
    """First products: to the right many first buyers, upwards more who come back; the shop's line dashed. A click gives its place.

    rows: place (what a click gives), label (drawn where `named`), named, x (first buyers old enough, 1 or more), rate (the steadied one), low, high (of the rate as counted), side ("above",
    "below" the rest, surely, or ""), faded, hover. shop: the shop's rate. many: where many begin. names: above, below, "" for the legend. axes: titles. quarters: the names of the corners, as in QUARTERS.
    """
    ends = np.log10([max(rows.x.min(), 1) * 0.8, rows.x.max() * 1.4])
    traces = []
    for side, colour in COLOURS.items():
        part = rows[rows.side == side]
        if len(part):
            traces.append(
                {
                    "type": "scatter", "mode": "markers+text", "x": part.x, "y": part.rate, "name": names[side],
                    "text": np.where(part.named, part.label, "").tolist(), "textposition": _beside(part.x, ends), "cliponaxis": False,
                    "customdata": part.place.tolist(), "hovertext": part.hover.tolist(), "hoverinfo": "text",
                    "marker": {"size": 12, "color": colour, "symbol": SYMBOLS[side], "opacity": np.where(part.faded, FADED, 1).tolist()},
                    "error_y": {
                        "type": "data", "array": part.high - part.rate, "arrayminus": part.rate - part.low, "color": colour,
                        "thickness": 1, "width": 0,
                    },
                    "selected": {"marker": {"opacity": 1}}, "unselected": {"marker": {"opacity": 2 * BAND}},
                }
            )  # fmt: skip
    ticks = [step * 10**power for power in range(7) for step in (1, 2, 5)]
    across = {"type": "log", "showgrid": False, "tickvals": ticks, "ticktext": [f"{tick:,}" for tick in ticks], "range": ends.tolist()}  # fmt: skip
    corners = [("right", "top"), ("right", "bottom"), ("left", "top"), ("left", "bottom")]
    layout = {
        "annotations": [
            {
                "text": name, "xref": "paper", "yref": "paper", "x": float(side_x == "right"), "y": float(up == "top"), "xanchor": side_x,
                "yanchor": up, "showarrow": False, "font": {"color": palette.BENCHMARK, "size": 13},
            }
            for name, (side_x, up) in zip(quarters, corners, strict=True)
        ],
        "xaxis": {"title": {"text": axes[0]}, **across},
        "yaxis": {"title": {"text": axes[1]}},
        "shapes": [
            dashed(y0=shop, y1=shop, x0=0, x1=1, xref="paper"),
            dashed(x0=many, x1=many, y0=0, y1=1, yref="paper", line={"color": palette.BENCHMARK, "dash": "dot", "width": 1}),
        ],
    }  # fmt: skip
    return drawn(traces, layout, height=460, percent=True)


def _beside(x: pd.Series, ends: np.ndarray) -> list[str]:
    """On which side of its dot a name stands: inward at the edges, so that none is cut."""
    across = (np.log10(x) - ends[0]) / (ends[1] - ends[0])
    return np.select([across > 0.75, across < 0.2], ["top left", "top right"], default="top center").tolist()
