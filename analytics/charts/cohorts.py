"""Cohort figures: the triangle, curves by age, groups side by side, and the monthly trend.

Words come with the rows: `label`, `text` and `hover` columns are written by the caller.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from analytics.charts import BENCHMARK_DASH, FADED, UNFINISHED, UNFINISHED_DASH, base, palette

CELL = 0.94
"""Share of its square that a cell fills."""
BAND = 0.16
"""Opacity of an interval around a line."""


def triangle(cells: pd.DataFrame, sizes: pd.DataFrame, *, top: float, ages: Mapping[int, str]) -> go.Figure:
    """Cohorts downwards, ages to the right; the cohort's size stands before its first age. A click selects a cell.

    cells: label (the row's name), age, value (NaN: unfinished, hatched), faded, text, hover, cohort (ISO day; "" for the summary).
    sizes: one row per cohort, in the order of the rows: label, text, hover. top: the value that gets the darkest colour. ages: age ->
    name on the axis.
    """
    figure = base(height=76 + 28 * len(sizes), legend=False)
    figure.add_bar(
        **_squares(sizes.assign(age=min(ages) - 1.25), width=1.5),
        marker={"color": palette.NEUTRAL, "opacity": 0.001},
        selected={"marker": {"opacity": 0.001}},
        unselected={"marker": {"opacity": 0.001}, "textfont": {"color": palette.OWN}},
        textfont={"weight": 600, "color": palette.OWN},
    )
    # Plotly fails on a click where a trace has `unselected` text without `selected`.
    known, so_far = cells[cells.value.notna()], cells[cells.value.isna()]
    for rows, opacity, words in ((known[~known.faded], 1, None), (known[known.faded], FADED, palette.OWN)):
        figure.add_bar(
            **_squares(rows),
            customdata=rows[["cohort", "age"]],
            textfont={"color": words},
            marker={"color": rows.value, "coloraxis": "coloraxis", "opacity": opacity},
            selected={"marker": {"opacity": 1}},
            unselected={"marker": {"opacity": opacity * FADED}, "textfont": {"color": palette.OWN}},
        )
    figure.add_bar(
        **_squares(so_far),
        customdata=so_far[["cohort", "age"]],
        textfont={"color": palette.OWN},
        marker={"color": palette.NEUTRAL, "opacity": FADED, "pattern": UNFINISHED},
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": FADED / 2}, "textfont": {"color": palette.OWN}},
    )
    figure.update_layout(
        barmode="overlay",
        bargap=1 - CELL,
        coloraxis={"colorscale": palette.SEQUENTIAL, "cmin": 0, "cmax": top or 1, "showscale": False},
        uniformtext={"minsize": 8, "mode": "hide"},
    )
    first = min(ages) - 1
    figure.update_xaxes(
        side="top", range=[first - 1, max(ages) + 0.5], tickvals=list(ages), ticktext=list(ages.values()), tickangle=0
    )
    figure.update_yaxes(type="category", autorange="reversed", showgrid=False)
    return figure


def _squares(rows: pd.DataFrame, width: float = 1) -> dict:
    return {
        "orientation": "h",
        "base": rows.age - width * CELL / 2,
        "x": np.full(len(rows), width * CELL),
        "y": rows.label,
        "text": rows.text,
        "hovertext": rows.hover,
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
    figure = base(height=400, percent=not money, money_axis=bool(money))
    band(figure, mean.age, mean.low, mean.high, palette.OWN)
    for line, colour in zip(lines, palette.GROUPS, strict=False):
        finished = line[line.value.notna()]
        name = line.name.iloc[0]
        figure.add_scatter(
            x=finished.age, y=finished.value, name=name, mode="lines+markers", line={"color": colour, "width": 2},
            marker={"size": 6}, hovertext=finished.hover, hoverinfo="text", legendgroup=name,
        )  # fmt: skip
        rest = line[line.age >= (finished.age.max() if len(finished) else 0)]
        figure.add_scatter(
            x=rest.age, y=rest.so_far, mode="lines+markers", line={"color": colour, "width": 2, "dash": UNFINISHED_DASH},
            marker={"size": 7, "symbol": "circle-open"}, hovertext=rest.hover, hoverinfo="text", legendgroup=name,
            name=name, showlegend=not len(finished),
        )  # fmt: skip
    figure.add_scatter(
        x=mean.age, y=mean.value, name=mean_name, mode="lines+markers", line={"color": palette.OWN, "width": 3},
        marker={"size": 7}, hovertext=mean.hover, hoverinfo="text",
    )  # fmt: skip
    if target is not None:
        figure.add_hline(y=target, line={"color": palette.BENCHMARK, "dash": BENCHMARK_DASH, "width": 2})
    figure.update_yaxes(tickprefix=money)
    figure.update_xaxes(title={"text": axis}, dtick=1 if mean.age.max() <= 12 else 3, rangemode="nonnegative")
    return figure


def groups(rows: pd.DataFrame, *, shop: float, shop_name: str) -> go.Figure:
    """Each group's rate with its interval, the shop's own dashed. rows: label, rate, low, high, faded, hover; first row on top."""
    figure = base(height=100 + 44 * len(rows))
    figure.add_scatter(
        x=rows.rate, y=rows.label, mode="markers", showlegend=False, hovertext=rows.hover, hoverinfo="text",
        marker={"size": 13, "color": palette.OWN, "opacity": np.where(rows.faded, FADED, 1)},
        error_x={
            "type": "data", "array": rows.high - rows.rate, "arrayminus": rows.rate - rows.low, "color": palette.OWN,
            "thickness": 1.5, "width": 5,
        },
    )  # fmt: skip
    figure.add_scatter(
        x=[shop, shop], y=[rows.label.iloc[0], rows.label.iloc[-1]], mode="lines", name=shop_name, hoverinfo="skip",
        line={"color": palette.BENCHMARK, "dash": BENCHMARK_DASH, "width": 2},
    )  # fmt: skip
    figure.update_xaxes(tickformat=".0%", rangemode="tozero", showgrid=True)
    figure.update_yaxes(type="category", autorange="reversed", rangemode="normal", ticklabelstandoff=6)
    return figure


def by_age(pairs: Sequence[pd.DataFrame], *, axis: str) -> go.Figure:
    """Groups at the same ages with their bands. pairs: per group: label, days, rate, low, high, hover (rows without a rate left out)."""
    figure = base(height=340, percent=True)
    for rows, colour in zip(pairs, palette.GROUPS, strict=False):
        band(figure, rows.days, rows.low, rows.high, colour)
        figure.add_scatter(
            x=rows.days, y=rows.rate, name=rows.label.iloc[0] if len(rows) else "", mode="lines+markers",
            line={"color": colour, "width": 2.5}, hovertext=rows.hover, hoverinfo="text",
        )  # fmt: skip
    figure.update_xaxes(title={"text": axis}, dtick=30, rangemode="tozero")
    return figure


def trend(rows: pd.DataFrame, *, shop: float, names: Mapping[str, str]) -> go.Figure:
    """N-day repurchase by first month with its interval; months of the burn-in are open marks, small ones faded.

    rows: month, rate, low, high, doubtful, faded, hover (known months only). names: rate, doubtful, shop.
    """
    figure = base(height=360, months=True, percent=True)
    band(figure, rows.month, rows.low, rows.high, palette.OWN)
    figure.add_scatter(
        x=rows.month, y=rows.rate, name=names["rate"], mode="lines+markers", line={"color": palette.OWN, "width": 2.5},
        hovertext=rows.hover, hoverinfo="text",
        marker={
            "size": 9, "symbol": np.where(rows.doubtful, "circle-open", "circle"),
            "opacity": np.where(rows.faded, FADED, 1),
        },
    )  # fmt: skip
    if rows.doubtful.any():
        figure.add_scatter(
            x=[None], y=[None], name=names["doubtful"], mode="markers",
            marker={"symbol": "circle-open", "size": 9, "color": palette.OWN},
        )  # fmt: skip
    if len(rows):
        figure.add_scatter(
            x=[rows.month.iloc[0], rows.month.iloc[-1]], y=[shop, shop], mode="lines", name=names["shop"],
            line={"color": palette.BENCHMARK, "dash": BENCHMARK_DASH, "width": 2}, hoverinfo="skip",
        )  # fmt: skip
    figure.update_xaxes(nticks=8)
    return figure


def band(figure: go.Figure, x: pd.Series, low: pd.Series, high: pd.Series, colour: str, *, steps: bool = False) -> None:
    """A pale interval around a line; steps: each value holds until the next. Drawn where both ends are known, two points at least."""
    told = (low.notna() & high.notna()).to_numpy()
    if told.sum() < 2:
        return
    across, lower, upper = (side.to_numpy()[told] for side in (x, low, high))
    if steps:
        across, lower, upper = np.repeat(across, 2)[1:], np.repeat(lower, 2)[:-1], np.repeat(upper, 2)[:-1]
    figure.add_scatter(
        x=np.concatenate([across, across[::-1]]), y=np.concatenate([upper, lower[::-1]]), fill="toself", mode="lines",
        fillcolor=colour, line={"width": 0, "color": colour}, opacity=BAND, hoverinfo="skip", showlegend=False,
    )  # fmt: skip
