"""Segments as figures: the R × F map, areas, and who moved where."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from analytics.charts import base, palette, share_cells
from analytics.charts.areas import squarified
from analytics.charts.lines import drawn
from analytics.segments.movement import Movement
from analytics.segments.rfm import GRID, NOT_YET, SEGMENTS

COLOURS = {
    "Champions": palette.GOOD,
    "Loyal": palette.EXISTING,
    "PotentialLoyalist": palette.MORE[0],
    "New": palette.NEW,
    "Promising": palette.SEQUENTIAL[3][1],
    "NeedAttention": palette.MORE[1],
    "AboutToSleep": palette.NEUTRAL,
    "CantLose": palette.BAD,
    "AtRisk": palette.DIVERGING[1][1],
    "Hibernating": palette.BENCHMARK,
    NOT_YET: palette.NEUTRAL,
}
"""Segment -> its colour on every page."""

_AREA = (20, 9)  # sides of the rectangle that the areas fill: about those of the chart
_LARGEST = 40  # pixels across of the largest bubble


def grid(
    cells: pd.DataFrame,
    labels: Mapping[str, str],
    recency: Sequence[str],
    days: Sequence[str],
    *,
    write: Callable[[float], str],
    measure: str = "customers",
    prefix: str = "",
) -> go.Figure:
    """The 25 cells as bubbles on a map of the ten segments; a bubble's area is its customers or its revenue.

    cells: Rfm.cells. labels: the ten segments, customers, revenue, share, r, f. recency, days: what the scores 1 to 5 mean in days. measure:
    customers or revenue. write: that measure as text. prefix: the currency sign. Each point's customdata begins with its r and f.
    """
    shapes, annotations = [], []
    for segment in SEGMENTS:
        inside = [(f, r) for r, names in GRID.items() for f, name in enumerate(names, start=1) if name == segment]
        left, right = min(f for f, _ in inside) - 0.5, max(f for f, _ in inside) + 0.5
        low, high = min(r for _, r in inside) - 0.5, max(r for _, r in inside) + 0.5
        area = {"type": "rect", "x0": left, "x1": right, "y0": low, "y1": high, "layer": "below"}
        shapes.append({**area, "opacity": 0.2, "fillcolor": COLOURS[segment], "line": {"width": 0}})
        shapes.append({**area, "line": {"width": 3, "color": palette.BACKGROUND}})
        name = labels[segment] if right - left > 1 else _wrapped(labels[segment], 6)
        annotations.append({
            "x": left, "y": high, "text": f"<b>{name}</b>", "showarrow": False, "xanchor": "left", "yanchor": "top", "xshift": 5, "yshift": -3,
            "align": "left", "font": {"size": 12, "color": palette.OWN},
        })  # fmt: skip
    annotations.append({
        "x": 0, "y": 1, "xref": "paper", "yref": "paper", "xanchor": "center", "yanchor": "bottom", "yshift": 4, "text": labels["r"],
        "showarrow": False,
    })  # fmt: skip
    shown = cells[cells.customers > 0]
    largest = max(shown[measure].max() if len(shown) else 0, 1e-9)
    bubbles = {
        "type": "scatter", "x": shown.f, "y": shown.r, "mode": "markers+text", "text": [write(value) for value in shown[measure]],
        "textposition": "bottom center", "textfont": {"size": 12, "color": palette.OWN}, "cliponaxis": False,
        "marker": {
            "size": shown[measure].clip(lower=0), "sizemode": "area", "sizeref": 2 * largest / _LARGEST**2, "sizemin": 3,
            "color": [COLOURS[segment] for segment in shown.segment], "opacity": 1, "line": {"width": 1, "color": palette.BACKGROUND},
        },
        "customdata": list(
            zip(shown.r, shown.f, shown.segment.map(labels), shown.customers, shown.share, shown.revenue, strict=True)
        ),
        "hovertemplate": (
            "<b>%{customdata[2]}</b> · R %{customdata[0]} F %{customdata[1]}<br>"
            f"{labels['customers']} %{{customdata[3]:,}} (%{{customdata[4]:.1%}})<br>"
            f"{labels['revenue']} {prefix}%{{customdata[5]:,.0f}}<extra></extra>"
        ),
        "unselected": {"marker": {"opacity": 0.35}},
    }  # fmt: skip
    scores = {"range": [0.5, 5.5], "tickvals": list(range(1, 6))}
    layout = {
        "shapes": shapes, "annotations": annotations, "margin": {"t": 30},
        "xaxis": {**scores, "ticktext": [_wrapped(words, 9) for words in days], "tickangle": 0, "title": {"text": labels["f"]}},
        "yaxis": {**scores, "ticktext": [_wrapped(words, 12) for words in recency], "showgrid": False, "rangemode": "normal"},
    }  # fmt: skip
    return drawn([bubbles], layout, height=620, legend=False)


def areas(
    segments: pd.DataFrame, labels: Mapping[str, str], *, measure: str = "customers", prefix: str = ""
) -> go.Figure:
    """The ten segments as areas by customers or revenue; a click gives the segment. segments: Rfm.segments. labels: the ten segments,
    customers, revenue.
    """
    shown = segments[segments[measure] > 0].sort_values([measure, "segment"], ascending=[False, True])
    share = "share" if measure == "customers" else "revenue_share"
    places = squarified(shown[measure].tolist(), *_AREA)
    rows = list(zip(shown.itertuples(), places, strict=True))
    bars = {
        "type": "bar", "x": [x + wide / 2 for x, _y, wide, _high in places], "width": [wide for _x, _y, wide, _high in places],
        "base": [y for _x, y, _wide, _high in places], "y": [high for _x, _y, _wide, high in places],
        "marker": {"color": [COLOURS[segment] for segment in shown.segment], "line": {"width": 3, "color": palette.BACKGROUND}},
        "text": [
            f"<b>{labels[row.segment]}</b><br>{getattr(row, share):.1%}" if wide > 1.6 and high > 1.1 else ""
            for row, (_x, _y, wide, high) in rows
        ],
        "textposition": "inside", "insidetextanchor": "middle", "textangle": 0, "customdata": [[segment] for segment in shown.segment],
        "hovertext": [
            f"<b>{labels[row.segment]}</b><br>{labels['customers']} {row.customers:,}<br>{labels['revenue']} {prefix}{row.revenue:,.0f}"
            f"<br>{getattr(row, share):.1%}"
            for row, _place in rows
        ],
        "hoverinfo": "text", "unselected": {"marker": {"opacity": 0.5}},
    }  # fmt: skip
    figure = base(height=440, legend=False)
    figure.add_traces([bars])
    figure.update_layout(barmode="overlay", margin={"l": 0, "r": 0, "t": 0, "b": 0})
    figure.update_xaxes(visible=False, range=[0, _AREA[0]])
    figure.update_yaxes(visible=False, range=[0, _AREA[1]])
    return figure


def matrix(moved: Movement, labels: Mapping[str, str]) -> go.Figure:
    """Customers by segment before (rows) and after (columns); shade: the share of the row. A click gives the places of both. labels: the ten
    segments, NotYet, before, after, customers.
    """
    wide = rows_moved(moved)
    figure = share_cells(
        wide,
        rows=[labels[segment] for segment in wide.index],
        columns=[labels[segment] for segment in wide.columns],
        hover=f"{{row}} → {{column}}<br>{labels['customers']} {{count}} ({{share}})",
        height=520,
    )
    figure.update_xaxes(title={"text": labels["after"]})
    figure.update_yaxes(title={"text": labels["before"]})
    return figure


def rows_moved(moved: Movement) -> pd.DataFrame:
    """`moved.matrix` without the segments in which nobody was before."""
    return moved.matrix[moved.matrix.sum(axis=1) > 0]


def _wrapped(words: str, width: int) -> str:
    """The words on several lines, broken at spaces."""
    return "<br>".join(textwrap.wrap(words, width, break_long_words=False))
