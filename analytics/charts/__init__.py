"""What every chart shares: margins, grid, hover, legend, and how an unfinished period is drawn.

A chart function takes a result and returns a Figure: `figure = base(); figure.add_bar(…); return figure`. Colours come from
`charts.palette`, words from the caller (`labels={"new": "…"}`), so that analytics stays free of languages.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from analytics.charts import palette

UNFINISHED = {"shape": "/", "solidity": 0.45, "size": 6}
"""Marker pattern of a bar whose period is not over: `marker={"color": …, "pattern": UNFINISHED}`."""

UNFINISHED_DASH = "dot"
"""Line dash of the last stretch of a line that leads into an unfinished period."""

BENCHMARK_DASH = "dash"
"""Line dash of every benchmark or target, in palette.BENCHMARK."""

FADED = 0.45
"""Opacity of anything that stands on fewer than 30 customers."""

FAINT = 0.35
"""The same of a cell with words on it: fainter, so that they can be read."""

CELL = 0.94
"""Share of its square that a cell fills."""


def base(
    height: int = 380, *, legend: bool = True, months: bool = False, percent: bool = False, money_axis: bool = False
) -> go.Figure:
    """An empty figure in the house style.

    height: pixels. legend: above the plot, left. months: x holds first days of months, written 2026-10 in every language.
    percent: y holds shares from 0 to 1. money_axis: y holds amounts, written out (20,000): neither language shortens them as Plotly does.
    """
    figure = go.Figure()
    figure.update_layout(
        height=height,
        margin={"l": 8, "r": 8, "t": 36 if legend else 12, "b": 8},
        showlegend=legend,
        legend={"orientation": "h", "x": 0, "xanchor": "left", "y": 1.02, "yanchor": "bottom", "title": {"text": ""}},
        hovermode="closest",
        hoverlabel={"align": "left"},
        bargap=0.25,
        dragmode=False,
        xaxis={"showgrid": False, "zeroline": False, "automargin": True, "fixedrange": True},
        yaxis={"zeroline": False, "automargin": True, "fixedrange": True, "rangemode": "tozero"},
        separators=".,",
    )
    if months:
        figure.update_xaxes(tickformat="%Y-%m", hoverformat="%Y-%m")
    if money_axis:
        figure.update_yaxes(tickformat=",")
    if percent:
        figure.update_yaxes(tickformat=".0%", hoverformat=".1%")
    return figure


def name_months(figure: go.Figure, months: Sequence) -> None:
    """Write a label under each month where there are few: left to itself, the axis of one or two months has none of them."""
    if len(months) <= 6:
        figure.update_xaxes(tickvals=list(months), ticklabelmode="instant")


def share_cells(
    counts: pd.DataFrame, *, rows: Sequence[str], columns: Sequence[str], hover: str, height: int
) -> go.Figure:
    """A table of counts drawn cell by cell, the first row on top, shaded by each cell's share of its row. A click gives the places of row
    and column.

    hover: with {row}, {column}, {count} and {share}.
    """
    shares = counts.div(counts.sum(axis=1), axis=0).fillna(0)
    cells = [(row, column) for row in range(len(counts)) for column in range(len(columns)) if counts.iat[row, column]]
    place = [shares.iat[cell] for cell in cells]
    bars = {
        "type": "bar", "orientation": "h", "base": [column - CELL / 2 for _row, column in cells], "x": [CELL] * len(cells),
        "y": [row for row, _column in cells], "width": CELL, "text": [f"{counts.iat[cell]:,}" for cell in cells],
        "textfont": {"color": palette.legible(place)}, "textposition": "inside", "insidetextanchor": "middle", "textangle": 0,
        "marker": {"color": place, "coloraxis": "coloraxis"}, "customdata": [list(cell) for cell in cells],
        "hovertext": [
            hover.format(row=rows[row], column=columns[column], count=f"{counts.iat[row, column]:,}", share=f"{shares.iat[row, column]:.0%}")
            for row, column in cells
        ],
        "hoverinfo": "text", "showlegend": False, **chosen_cell(1, 1),
    }  # fmt: skip
    figure = base(height=height, legend=False)
    figure.add_traces([bars])
    figure.update_layout(
        barmode="overlay", uniformtext={"minsize": 8, "mode": "hide"},
        coloraxis={"colorscale": palette.SEQUENTIAL, "cmin": 0, "cmax": 1, "showscale": False},
    )  # fmt: skip
    figure.update_xaxes(
        tickvals=list(range(len(columns))), ticktext=list(columns), tickangle=-45, range=[-0.5, len(columns) - 0.5]
    )
    figure.update_yaxes(
        tickvals=list(range(len(rows))), ticktext=list(rows), range=[len(rows) - 0.5, -0.5], showgrid=False
    )
    return figure


def chosen_cell(chosen: float, others: float) -> dict:
    """How a cell looks when it, or another, has been clicked: their opacities. Plotly fails on text of the others without a look of its own
    for the one.
    """
    return {
        "selected": {"marker": {"opacity": chosen}},
        "unselected": {"marker": {"opacity": others * FAINT}, "textfont": {"color": palette.OWN}},
    }
