"""Figures built in one go from plain dicts, and the lines, bands and benchmarks that they are made of."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from analytics.charts import BENCHMARK_DASH, base, palette

BAND = 0.16
"""Opacity of an interval around a line."""


def drawn(traces: Sequence[dict], layout: dict, **options: object) -> go.Figure:
    """A figure in the house style from plain dicts, in one go: piece by piece takes Plotly eight times as long.

    options: of `charts.base`.
    """
    merged = dict(_layout(**options))
    for name, value in layout.items():
        merged[name] = {**merged.get(name, {}), **value} if isinstance(value, dict) else value
    return go.Figure(data=list(traces), layout=merged)


@cache
def _layout(**options: object) -> dict:
    layout = base(**options).layout.to_plotly_json()
    layout.pop("template", None)
    return layout


def line(rows: pd.DataFrame, x: str, y: str, colour: str, **look: object) -> dict:
    """A line through columns x and y of rows, with their `hover`, where they have one, as it is. look: of the line (width, dash, shape)."""
    said = {"hovertext": rows.hover.tolist(), "hoverinfo": "text"} if "hover" in rows else {}
    drawn_line = {"color": colour, "width": 2.5, **look}
    return {"type": "scatter", "x": rows[x], "y": rows[y], "mode": "lines", "line": drawn_line, **said}


def benchmark(x: list, y: list, name: str) -> dict:
    """What the shop's own figures are held against: a dashed line through the points."""
    look = {"color": palette.BENCHMARK, "dash": BENCHMARK_DASH, "width": 2}
    return {"type": "scatter", "x": x, "y": y, "mode": "lines", "name": name, "line": look, "hoverinfo": "skip"}


def dashed(**where: object) -> dict:
    """A dashed line across the plot. where: x0, x1, y0, y1 and, for paper coordinates, xref or yref."""
    return {"type": "line", "line": {"color": palette.BENCHMARK, "dash": BENCHMARK_DASH, "width": 1.5}, **where}


def band(x: pd.Series, low: pd.Series, high: pd.Series, colour: str, *, steps: bool = False) -> list[dict]:
    """A pale interval around a line; steps: each value holds until the next. One trace, or none with fewer than two known points."""
    told = (low.notna() & high.notna()).to_numpy()
    if told.sum() < 2:
        return []
    across, lower, upper = (side.to_numpy()[told] for side in (x, low, high))
    if steps:
        across, lower, upper = np.repeat(across, 2)[1:], np.repeat(lower, 2)[:-1], np.repeat(upper, 2)[:-1]
    return [
        {
            "type": "scatter", "x": np.concatenate([across, across[::-1]]), "y": np.concatenate([upper, lower[::-1]]),
            "mode": "lines", "fill": "toself", "fillcolor": colour, "line": {"width": 0, "color": colour},
            "opacity": BAND, "hoverinfo": "skip", "showlegend": False,
        }
    ]  # fmt: skip
