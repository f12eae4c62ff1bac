"""Figures of the repurchase rhythm: time to the second purchase, the ladder, and the gaps.

Words come with the rows: `label`, `text` and `hover` columns are written by the caller.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pandas as pd
import plotly.graph_objects as go

from analytics.charts import UNFINISHED, palette
from analytics.charts.lines import band, dashed, drawn, line
from analytics.charts.names import literal


def second_purchase(
    curves: Mapping[str, pd.DataFrame],
    *,
    hover: str,
    until: int,
    axis: str,
    marks: Mapping[int, str],
    banded: Collection[str] = (),
) -> go.Figure:
    """Share that has bought again by each day, as steps; with their bands the curves named in `banded`, or all where no more than two are.

    curves: name -> day, share, low, high (0 to 1). hover: a sentence with {name}, {day} and {share}. until: last day drawn. marks: day ->
    what happens then, as dashed lines.
    """
    traces = []
    colours = palette.GROUPS if len(curves) > 1 else (palette.OWN,)
    for (name, rows), colour in zip(curves.items(), colours, strict=False):
        rows = rows[rows.day <= until]
        if len(curves) <= 2 or name in banded:
            traces += band(rows.day, rows.low, rows.high, colour, steps=True)
        width = 2.5 if len(curves) <= 2 or name in banded else 1.5
        name = literal(name)
        said = hover.format(name=name, day="%{x}", share="%{y:.1%}") + "<extra></extra>"
        shown = {"name": name, "showlegend": len(curves) > 1, "hovertemplate": said}
        traces.append({**line(rows, "day", "share", colour, shape="hv", width=width), **shown})
    across = {"title": {"text": axis}, "range": [0, until]}
    return drawn(traces, {"xaxis": across, **_marked(marks, step=0)}, height=400, percent=True)


def ladder(rows: pd.DataFrame, names: Mapping[str, str]) -> go.Figure:
    """How many reached each step, and what became of them: went on, still in time, stopped.

    rows: label, went_on, still_in_time, stopped, text (written behind the bar), hover. names: of the three.
    """
    kinds = {"went_on": palette.GOOD, "still_in_time": palette.NEUTRAL, "stopped": palette.BAD}
    bars = [
        {
            "type": "bar", "orientation": "h", "x": rows[kind], "y": rows.label.tolist(), "name": names[kind],
            "hovertext": rows.hover.tolist(), "hoverinfo": "text",
            "marker": {"color": colour, **({"pattern": UNFINISHED} if kind == "still_in_time" else {})},
        }
        for kind, colour in kinds.items()
    ]  # fmt: skip
    total = rows.went_on + rows.still_in_time + rows.stopped
    words = {
        "type": "scatter", "x": total, "y": rows.label.tolist(), "mode": "text", "text": [f"  {text}" for text in rows.text],
        "textposition": "middle right", "hoverinfo": "skip", "showlegend": False, "cliponaxis": False,
    }  # fmt: skip
    layout = {
        "barmode": "stack",
        "bargap": 0.35,
        "legend": {"traceorder": "normal"},
        "xaxis": {"range": [0, float(total.max()) * 1.4 or 1]},
        "yaxis": {"type": "category", "autorange": "reversed", "rangemode": "normal", "ticklabelstandoff": 6},
    }
    return drawn([*bars, words], layout, height=120 + 48 * len(rows))


def gaps(counts: pd.DataFrame, *, width: int, until: int, marks: Mapping[float, str], axis: str) -> go.Figure:
    """Histogram of the days between two buying days. counts: from_day, gaps, hover. marks: day -> name (median, P80 …), dashed."""
    shown = counts[counts.from_day < until]
    bars = {
        "type": "bar", "x": shown.from_day + width / 2, "y": shown.gaps, "width": width * 0.92,
        "hovertext": shown.hover.tolist(), "hoverinfo": "text", "marker": {"color": palette.OWN},
    }  # fmt: skip
    layout = {"xaxis": {"title": {"text": axis}, "range": [0, until]}, "margin": {"t": 52}, **_marked(marks, step=0.07)}
    return drawn([bars], layout, height=360, legend=False)


def _marked(marks: Mapping[float, str], *, step: float) -> dict:
    """Dashed lines upwards from certain days, named above the plot, each name `step` higher than the one before."""
    places = enumerate(sorted(marks.items()))
    return {
        "shapes": [dashed(x0=day, x1=day, y0=0, y1=1, yref="paper") for day in sorted(marks)],
        "annotations": [
            {
                "x": day, "y": 1.01 + step * place, "yref": "paper", "text": what, "showarrow": False, "xanchor": "left",
                "yanchor": "bottom",
            }
            for place, (day, what) in places
        ],
    }  # fmt: skip
