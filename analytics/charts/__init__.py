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


def add_shares(
    figure: go.Figure, counts: pd.DataFrame, *, rows: Sequence[str], columns: Sequence[str], hover: str
) -> None:
    """A table of counts drawn cell by cell, the first row on top, shaded by each cell's share of its row. hover: a Plotly template, `%{customdata}` the count, `%{z}` the share."""
    figure.add_heatmap(
        x=columns,
        y=rows,
        z=counts.div(counts.sum(axis=1), axis=0),
        customdata=counts,
        text=counts.map(lambda count: f"{count:,}" if count else ""),
        texttemplate="%{text}",
        colorscale=palette.SEQUENTIAL,
        zmin=0,
        zmax=1,
        showscale=False,
        xgap=2,
        ygap=2,
        hovertemplate=hover + "<extra></extra>",
    )
    figure.update_xaxes(tickangle=-45)
    figure.update_yaxes(autorange="reversed", rangemode="normal")
