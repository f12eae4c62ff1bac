"""Cohort figures: the triangle, curves by age, groups side by side, and the monthly trend.

Words come with the rows: `label`, `text` and `hover` columns are written by the caller.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from analytics.charts import CELL, FADED, FAINT, UNFINISHED, UNFINISHED_DASH, chosen_cell, palette
from analytics.charts.lines import band, benchmark, dashed, drawn, line


def triangle(
    cells: pd.DataFrame,
    sizes: pd.DataFrame,
    *,
    top: float,
    ages: Mapping[int, str],
    size_name: str,
    scale: Mapping[float, str],
) -> go.Figure:
    """Cohorts downwards, ages to the right; the cohort's size stands before its first age. A click selects a cell, but none of the summary.

    cells: label (the row's name), age, value (NaN: unfinished, hatched), faded, text, hover, cohort (ISO day; "" for the summary).
    sizes: one row per cohort, in the order of the rows: label, text, hover; size_name: the name over them. top: the value that gets the
    strongest colour. ages: age -> name on the axis. scale: value -> its name on the scale of colours.
    """
    of_all = cells.cohort.eq("") if "cohort" in cells else pd.Series(False, index=cells.index)
    summary, cells = cells[of_all], cells[~of_all]
    first, unknown = min(ages), cells.value.isna()
    words = {"textfont": {"color": palette.OWN}}
    so_far = {
        **_squares(cells[unknown]),
        **chosen_cell(FADED, FADED),
        **words,
        "marker": {"color": palette.NEUTRAL, "opacity": FADED, "pattern": UNFINISHED},
    }
    known, annotations = _unclickable(summary, top)
    annotations += [_words(first - 1.25, row, {"color": palette.OWN, "weight": 600}) for row in sizes.itertuples()]
    for rows, opacity in ((cells[~unknown & ~cells.faded], 1), (cells[~unknown & cells.faded], FAINT)):
        marker = {"color": rows.value.to_numpy(), "coloraxis": "coloraxis", "opacity": opacity}
        on_cell = {"textfont": {"color": palette.legible(rows.value / (top or 1))}} if opacity == 1 else words
        known.append({**_squares(rows), **chosen_cell(opacity, opacity), **on_cell, "marker": marker})
    scale = {
        "colorscale": palette.SEQUENTIAL,
        "cmin": 0,
        "cmax": top or 1,
        "showscale": bool(scale),
        "colorbar": _scale(scale),
    }
    across = {
        "side": "top", "range": [first - 2, max(ages) + 0.5], "tickvals": [first - 1.25, *ages],
        "ticktext": [f"<b>{size_name}</b>", *ages.values()],
        "tickangle": 0,
    }  # fmt: skip
    return drawn(
        [*known, so_far],
        {
            "barmode": "overlay", "bargap": 1 - CELL, "coloraxis": scale, "uniformtext": {"minsize": 8, "mode": "hide"},
            "xaxis": across, "yaxis": {"type": "category", "autorange": "reversed", "showgrid": False}, "annotations": annotations,
        },
        height=(136 if scale else 76) + 28 * len(sizes), legend=False,
    )  # fmt: skip


def _scale(names: Mapping[float, str]) -> dict:
    """The scale of colours, lying below the plot."""
    return {
        "orientation": "h", "x": 0, "xanchor": "left", "y": 0, "yanchor": "top", "ypad": 14, "len": 0.45, "thickness": 10,
        "outlinewidth": 0, "tickvals": list(names), "ticktext": list(names.values()),
    }  # fmt: skip


def _unclickable(rows: pd.DataFrame, top: float) -> tuple[list[dict], list[dict]]:
    """Cells that a click passes over: bars that Plotly does not notice, and their words as annotations, which have a hover and no click."""
    marker = {"color": rows.value.to_numpy(), "coloraxis": "coloraxis"}
    bars = {
        **_squares(rows), "hoverinfo": "skip", "customdata": None, "text": None, "marker": marker,
        "unselected": {"marker": {"opacity": 1}},
    }  # fmt: skip
    colours = palette.legible(rows.value / (top or 1))
    words = [_words(row.age, row, {"color": colour}) for row, colour in zip(rows.itertuples(), colours, strict=True)]
    return [bars] if len(rows) else [], words


def _words(age: float, row: Any, font: dict) -> dict:
    """What stands in a cell, with a hover of its own."""
    return {
        "x": age, "y": row.label, "text": row.text, "hovertext": row.hover, "showarrow": False, "width": 40, "height": 20, "font": font,
    }  # fmt: skip


def _squares(rows: pd.DataFrame) -> dict:
    return {
        "type": "bar",
        "orientation": "h",
        "base": rows.age.to_numpy() - CELL / 2,
        "x": np.full(len(rows), CELL),
        "y": rows.label.tolist(),
        "text": rows.text.tolist(),
        "hovertext": rows.hover.tolist(),
        "customdata": rows[["cohort", "age"]].values.tolist() if "cohort" in rows else None,
        "hoverinfo": "text",
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "cliponaxis": True,
        "showlegend": False,
    }


def curves(
    lines: Sequence[pd.DataFrame],
    mean: pd.DataFrame,
    *,
    axis: str,
    mean_name: str,
    money: str = "",
    target: float | None = None,
) -> go.Figure:
    """One line per cohort over its ages and the weighted mean with its band; a cohort's last, unfinished stretch is dotted.

    lines: per cohort: name, age, value, so_far (the value if nobody else came), hover. mean: age, value, low, high, hover. axis: what
    an age is. money: the currency sign of values that are money, else they are shares. target: a height to reach, dashed.
    """
    traces = band(mean.age, mean.low, mean.high, palette.OWN)
    for rows, colour in zip(lines, palette.GROUPS, strict=False):
        finished, name = rows[rows.value.notna()], rows.name.iloc[0]
        rest = rows[rows.age >= (finished.age.max() if len(finished) else 0)]
        same = {"name": name, "legendgroup": name, "mode": "lines+markers"}
        traces.append({**line(finished, "age", "value", colour), **same, "marker": {"size": 6}})
        traces.append(
            {
                **line(rest, "age", "so_far", colour, dash=UNFINISHED_DASH),
                **same,
                "marker": {"size": 7, "symbol": "circle-open"},
                "showlegend": not len(finished),
            }
        )
    shown = {"name": mean_name, "mode": "lines+markers", "marker": {"size": 7}}
    traces.append({**line(mean, "age", "value", palette.OWN, width=3), **shown})
    last = int(mean.age.max()) if len(mean) else 0
    layout = {
        "xaxis": {"title": {"text": axis}, "dtick": 1 if last <= 12 else 3, "rangemode": "nonnegative"},
        "yaxis": {"tickprefix": money},
        "shapes": [] if target is None else [dashed(y0=target, y1=target, x0=0, x1=1, xref="paper")],
    }
    return drawn(traces, layout, height=400, percent=not money, money_axis=bool(money))


def groups(rows: pd.DataFrame, *, shop: float, shop_name: str) -> go.Figure:
    """Each group's rate with its interval, the shop's own dashed; a click gives the group's place. rows: label, rate, low, high, faded,
    hover, and, where they differ from their order, place; first row on top.
    """
    dots = {
        **line(rows, "rate", "label", palette.OWN),
        "mode": "markers",
        "showlegend": False,
        "marker": {"size": 13, "color": palette.OWN, "opacity": np.where(rows.faded, FADED, 1)},
        "customdata": [[place] for place in (rows.place if "place" in rows else range(len(rows)))],
        "unselected": {"marker": {"opacity": FADED}},
        "error_x": {
            "type": "data", "array": rows.high - rows.rate, "arrayminus": rows.rate - rows.low, "color": palette.OWN,
            "thickness": 1.5, "width": 5,
        },
    }  # fmt: skip
    ends = [rows.label.iloc[0], rows.label.iloc[-1]]
    layout = {
        "xaxis": {"tickformat": ".0%", "rangemode": "tozero", "showgrid": True},
        "yaxis": {"type": "category", "autorange": "reversed", "rangemode": "normal", "ticklabelstandoff": 6},
    }
    return drawn([dots, benchmark([shop, shop], ends, shop_name)], layout, height=100 + 44 * len(rows))


def by_age(pairs: Sequence[pd.DataFrame], *, axis: str) -> go.Figure:
    """Groups at the same ages with their bands. pairs: per group: label, days, rate, low, high, hover (rows without a rate left out)."""
    traces = []
    for rows, colour in zip(pairs, palette.GROUPS, strict=False):
        traces += band(rows.days, rows.low, rows.high, colour)
        traces.append({**line(rows, "days", "rate", colour), "mode": "lines+markers", "name": rows.label.iloc[0]})
    across = {"title": {"text": axis}, "dtick": 30, "rangemode": "tozero"}
    return drawn(traces, {"xaxis": across}, height=340, percent=True)


def trend(rows: pd.DataFrame, *, shop: float, names: Mapping[str, str]) -> go.Figure:
    """N-day repurchase by first month with its interval; months of the burn-in are open marks, small ones faded.

    rows: month, rate, low, high, doubtful, faded, hover (known months only). names: rate, doubtful, shop.
    """
    marks = {
        "size": 9,
        "symbol": np.where(rows.doubtful, "circle-open", "circle"),
        "opacity": np.where(rows.faded, FADED, 1),
    }
    own = {**line(rows, "month", "rate", palette.OWN), "mode": "lines+markers", "marker": marks, "name": names["rate"]}
    traces = [*band(rows.month, rows.low, rows.high, palette.OWN), own]
    if rows.doubtful.any():
        marker = {"symbol": "circle-open", "size": 9, "color": palette.OWN}
        traces.append(
            {
                "type": "scatter",
                "x": [None],
                "y": [None],
                "mode": "markers",
                "marker": marker,
                "name": names["doubtful"],
            }
        )
    if len(rows):
        traces.append(benchmark([rows.month.iloc[0], rows.month.iloc[-1]], [shop, shop], names["shop"]))
    return drawn(traces, {"xaxis": {"nticks": 8}}, height=360, months=True, percent=True)
