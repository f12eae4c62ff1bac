"""Campaigns of the owner's diary, marked on every chart over time: one helper for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from analytics.charts import palette
from analytics.charts.names import literal

Campaign = tuple[str, date, date]
"""Name, first and last day."""
LONGEST, NAMED = 10, 8
"""Signs of a name on a chart, and marks that are named: beyond these only their lines are drawn."""


def over_time(figure: go.Figure) -> bool:
    """Whether x is time: its ticks are written as days or months."""
    return "%Y" in (figure.layout.xaxis.tickformat or "")


def marked(figure: go.Figure, campaigns: Sequence[Campaign]) -> go.Figure:
    """The figure with a line, or a pale band, where a campaign ran; the figure itself where x is no time, or no campaign lies in it.

    A bar or point stands at the first day of its month or week, so a campaign is marked at the point that holds its days. Names out of the diary are text.
    """
    if not campaigns or not over_time(figure):
        return figure
    points = _points(figure)
    if len(points) < 2:
        return figure
    end = points[-1] + (points[-1] - points[-2])
    found: dict[tuple[int, int], list[str]] = {}
    for name, first, last in campaigns:
        if pd.Timestamp(last) < points[0] or pd.Timestamp(first) >= end:
            continue
        places = tuple(max(0, int(points.searchsorted(pd.Timestamp(day), "right")) - 1) for day in (first, last))
        found.setdefault(places, []).append(name)
    if not found:
        return figure
    shapes, notes = [], []
    named = sorted(found)[-NAMED:]
    for places, names in sorted(found.items()):
        x0, x1 = (points[place].isoformat() for place in places)
        of = {"yref": "paper", "y0": 0, "y1": 1, "layer": "below"}
        if x0 == x1:
            shapes.append({"type": "line", "x0": x0, "x1": x1, "line": {"color": palette.BENCHMARK, "dash": "dot", "width": 1.5}, **of})  # fmt: skip
        else:
            shapes.append({"type": "rect", "x0": x0, "x1": x1, "fillcolor": palette.BENCHMARK, "opacity": 0.15, "line": {"width": 0}, **of})  # fmt: skip
        if places in named:
            notes.append(
                {"x": x0, "y": 1, "yref": "paper", "xanchor": "left", "yanchor": "top", "textangle": -90, "showarrow": False, "font": {"size": 10, "color": palette.BENCHMARK},
                 "text": _short(names)}
            )  # fmt: skip
    layout = figure.layout.to_plotly_json()
    return figure.update_layout(
        shapes=[*layout.get("shapes", ()), *shapes], annotations=[*layout.get("annotations", ()), *notes]
    )


def _points(figure: go.Figure) -> pd.DatetimeIndex:
    """Where bars and points stand, from the first to the last."""
    values = [np.asarray(trace.x, dtype=object) for trace in figure.data if getattr(trace, "x", None) is not None]
    listed = pd.to_datetime(pd.Series(np.concatenate(values) if values else []), errors="coerce", format="mixed")
    return pd.DatetimeIndex(sorted(set(listed.dropna())))


def _short(names: Sequence[str]) -> str:
    first = names[0] if len(names[0]) <= LONGEST else f"{names[0][: LONGEST - 1]}…"
    return literal(first) + (f" +{len(names) - 1}" if len(names) > 1 else "")
