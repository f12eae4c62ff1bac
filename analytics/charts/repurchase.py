"""Figures of the repurchase rhythm: time to the second purchase, the ladder, and the gaps.

Words come with the rows: `label`, `text` and `hover` columns are written by the caller.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from analytics.charts import BENCHMARK_DASH, UNFINISHED, base, palette
from analytics.charts.cohorts import band


def second_purchase(
    curves: Mapping[str, pd.DataFrame], *, until: int, axis: str, marks: Mapping[int, str]
) -> go.Figure:
    """Share that has bought again by each day, with its band, as steps.

    curves: name -> day, share, low, high (0 to 1), hover. until: last day drawn. marks: day -> what happens then, as dashed lines.
    """
    figure = base(height=400, percent=True)
    colours = palette.GROUPS if len(curves) > 1 else (palette.OWN,)
    for (name, rows), colour in zip(curves.items(), colours, strict=False):
        rows = rows[rows.day <= until]
        band(figure, rows.day, rows.low, rows.high, colour, steps=True)
        figure.add_scatter(
            x=rows.day, y=rows.share, name=name, mode="lines", line={"width": 2.5, "shape": "hv", "color": colour},
            hovertext=rows.hover, hoverinfo="text", showlegend=len(curves) > 1,
        )  # fmt: skip
    for day, what in marks.items():
        figure.add_vline(
            x=day, line={"color": palette.BENCHMARK, "dash": BENCHMARK_DASH, "width": 1.5},
            annotation={"text": what, "yanchor": "bottom", "y": 1, "yref": "paper", "showarrow": False},
        )  # fmt: skip
    figure.update_xaxes(title={"text": axis}, range=[0, until])
    return figure


def ladder(rows: pd.DataFrame, names: Mapping[str, str]) -> go.Figure:
    """How many reached each step, and what became of them: went on, still in time, stopped.

    rows: label, went_on, still_in_time, stopped, text (written behind the bar), hover. names: of the three.
    """
    figure = base(height=120 + 48 * len(rows))
    kinds = {"went_on": palette.GOOD, "still_in_time": palette.NEUTRAL, "stopped": palette.BAD}
    for kind, colour in kinds.items():
        figure.add_bar(
            orientation="h", x=rows[kind], y=rows.label, name=names[kind], hovertext=rows.hover, hoverinfo="text",
            marker={"color": colour, "pattern": {**UNFINISHED, "shape": UNFINISHED["shape"] if kind == "still_in_time" else ""}},
        )  # fmt: skip
    total = rows.went_on + rows.still_in_time + rows.stopped
    figure.add_scatter(
        x=total, y=rows.label, mode="text", text=rows.text, textposition="middle right", hoverinfo="skip",
        showlegend=False, cliponaxis=False,
    )  # fmt: skip
    figure.update_layout(barmode="stack", bargap=0.35, legend={"traceorder": "normal"})
    figure.update_xaxes(range=[0, float(total.max()) * 1.3 or 1], showgrid=False)
    figure.update_yaxes(type="category", autorange="reversed", rangemode="normal", ticklabelstandoff=6)
    return figure


def gaps(counts: pd.DataFrame, *, width: int, until: int, marks: Mapping[float, str], axis: str) -> go.Figure:
    """Histogram of the days between two buying days. counts: from_day, gaps, hover. marks: day -> name (median, P80 …), dashed."""
    figure = base(height=360, legend=False)
    shown = counts[counts.from_day < until]
    figure.add_bar(
        x=shown.from_day + width / 2, y=shown.gaps, width=width * 0.92, hovertext=shown.hover, hoverinfo="text",
        marker={"color": palette.OWN},
    )  # fmt: skip
    for place, (day, what) in enumerate(sorted(marks.items())):
        figure.add_vline(
            x=day, line={"color": palette.BENCHMARK, "dash": BENCHMARK_DASH, "width": 1.5},
            annotation={
                "text": what, "showarrow": False, "yref": "paper", "y": 1.01 + 0.07 * place, "yanchor": "bottom",
                "xanchor": "left",
            },
        )  # fmt: skip
    figure.update_layout(margin={"t": 52})
    figure.update_xaxes(title={"text": axis}, range=[0, until])
    return figure
