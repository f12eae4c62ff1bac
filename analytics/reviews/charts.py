"""Figures of what reviews say: texts and stars over time, marks, aspects, complaints by month, and what comes after a review.

Words come with the rows: `label`, `text` and `hover` columns are written by the caller.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from analytics.charts import BENCHMARK_DASH, CELL, FADED, FAINT, UNFINISHED, UNFINISHED_DASH, base, chosen_cell, palette
from analytics.statistics import SMALL

BAR = 0.88
"""Share of the time between two periods that a bar fills."""
FEW = 6
"""Fewer periods than this leave room beside them, so that one bar is not as wide as the chart."""
TICKS = 5
"""At most so many periods are named below a chart."""
TEXTS = {"positive": palette.GOOD, "neutral": palette.NEUTRAL, "mixed": palette.REACTIVATED, "negative": palette.BAD}
_STEPS = [colour for _place, colour in palette.DIVERGING]
STARS = {"stars_5": _STEPS[-1], "stars_4": _STEPS[-3], "stars_3": palette.NEUTRAL, "stars_1_2": _STEPS[0]}
"""From the best to the worst, along one scale."""
DIMENSIONS = {"as_described": palette.OWN, "service": palette.REACTIVATED, "delivery": palette.EXISTING}
FAULTS = {"process": palette.EXISTING, "product": palette.NEW, "price": palette.MORE[0], "unclear": palette.NEUTRAL}


def shares(table: pd.DataFrame, of: str, names: Mapping[str, str], unfinished: str, height: int = 300) -> go.Figure:
    """Stacked shares per period, the best at the foot. table: period, finished, the counts in `of` and of each kind.

    names: kind (of TEXTS or STARS) -> its name, in the order of stacking. unfinished: what a hatched bar says in its hover.
    """
    figure = base(height=height, months=True, percent=True)
    total = table[of].where(table[of] > 0)
    colours = TEXTS | STARS
    for kind, name in names.items():
        hover = [
            f"{period:%Y-%m}<br>{name} {count:,} / {n:,}{'' if finished else '<br>' + unfinished}"
            for period, count, n, finished in zip(table.period, table[kind], table[of], table.finished, strict=True)
        ]
        figure.add_bar(
            x=table.period, y=table[kind] / total, name=name, hovertext=hover, hoverinfo="text",
            marker={
                "color": colours[kind], "opacity": np.where(table[of] < SMALL, FADED, 1),
                "pattern": {**UNFINISHED, "shape": ["" if finished else UNFINISHED["shape"] for finished in table.finished]},
            },
        )  # fmt: skip
    figure.update_layout(barmode="stack", legend={"traceorder": "normal"})
    _name_periods(figure, table.period)
    figure.update_yaxes(range=[0, 1])
    return figure


def marks(table: pd.DataFrame, names: Mapping[str, str], *, good: float, good_name: str) -> go.Figure:
    """One line per dimension and the mark that is asked of good shops, dashed; the stretch into an unfinished period is dotted.

    table: dimension, period, reviews, mark, finished, hover. names: of the dimensions.
    """
    figure = base(height=320, months=True)
    for dimension, name in names.items():
        rows = table[(table.dimension == dimension) & table.mark.notna()]
        over, rest = rows[rows.finished], rows.tail(2 if (~rows.finished).any() else 0)
        figure.add_scatter(
            x=over.period, y=over.mark, name=name, mode="lines+markers", hovertext=over.hover, hoverinfo="text", legendgroup=name,
            line={"color": DIMENSIONS[dimension], "width": 2.5},
            marker={"size": 7, "opacity": np.where(over.reviews < SMALL, FADED, 1)},
        )  # fmt: skip
        figure.add_scatter(
            x=rest.period, y=rest.mark, name=name, mode="lines+markers", hovertext=rest.hover, hoverinfo="text", legendgroup=name,
            showlegend=over.empty, line={"color": DIMENSIONS[dimension], "width": 2.5, "dash": UNFINISHED_DASH},
            marker={"symbol": "circle-open", "size": 7},
        )  # fmt: skip
    known = table.mark.dropna()
    if len(table):
        figure.add_scatter(
            x=[table.period.min(), table.period.max()], y=[good, good], name=good_name, mode="lines", hoverinfo="skip",
            line={"color": palette.BENCHMARK, "dash": BENCHMARK_DASH, "width": 2},
        )  # fmt: skip
    _name_periods(figure, table.period)
    figure.update_yaxes(
        range=[min(4.5, known.min() - 0.05) if len(known) else 4, 5.02], tickformat=".1f", rangemode="normal"
    )
    return figure


def aspects(rows: pd.DataFrame, names: Mapping[str, str]) -> go.Figure:
    """Reviews that praise an aspect to the right, that complain of it to the left. A click gives the aspect and the side.

    rows: aspect, label, praised, complained, hover_praised, hover_complained; the first row on top. names: praised, complained.
    """
    figure = base(height=110 + 38 * len(rows))
    sides = {"complained": (palette.BAD, -1, "negative"), "praised": (palette.GOOD, 1, "positive")}
    for side, (colour, sign, polarity) in sides.items():
        figure.add_bar(
            orientation="h", x=sign * rows[side], y=rows.label, name=names[side], hovertext=rows[f"hover_{side}"], hoverinfo="text",
            text=[f"{n:,}" if n else "" for n in rows[side]], textposition="auto", cliponaxis=False, marker={"color": colour},
            customdata=np.array([[aspect, polarity] for aspect in rows.aspect]).reshape(-1, 2),
        )  # fmt: skip
    most = int(max(rows.praised.max(), rows.complained.max(), 1)) if len(rows) else 1
    figure.update_layout(barmode="relative", bargap=0.3, legend={"traceorder": "normal"})
    figure.update_xaxes(range=[-1.15 * most, 1.15 * most], showticklabels=False, zeroline=True)
    figure.update_yaxes(type="category", autorange="reversed", rangemode="normal", ticklabelstandoff=6)
    return figure


def complaints(cells: pd.DataFrame, order: Sequence[str], *, top: float) -> go.Figure:
    """Complaints by aspect (downwards) and period. A click gives the aspect and the period's first day.

    cells: aspect, label, period, share (0 to 1), text, faded, hover. order: labels from the top down. top: the share of the darkest colour.
    """
    figure = base(height=64 + 34 * len(order), legend=False)
    periods = sorted(cells.period.unique())
    places = {period: place for place, period in enumerate(periods)}
    for faded in (False, True):
        rows = cells[cells.faded == faded]
        at = rows.period.map(places).to_numpy(dtype=float)
        figure.add_bar(
            orientation="h", base=at - CELL / 2, x=np.full(len(rows), CELL), y=rows.label, text=rows.text, hovertext=rows.hover,
            hoverinfo="text", textposition="inside", insidetextanchor="middle", textangle=0, cliponaxis=True, showlegend=False,
            customdata=[[aspect, f"{period:%Y-%m-%d}"] for aspect, period in zip(rows.aspect, rows.period, strict=True)],
            textfont={"color": palette.OWN if faded else palette.legible(rows.share / (top or 1))},
            marker={"color": rows.share, "coloraxis": "coloraxis", "opacity": FAINT if faded else 1},
            **chosen_cell(1, FAINT if faded else 1),
        )  # fmt: skip
    every = max(1, -(-len(periods) // 5))
    shown = list(places.values())[::every]
    figure.update_layout(
        barmode="overlay", bargap=1 - CELL, uniformtext={"minsize": 8, "mode": "hide"},
        coloraxis={"colorscale": palette.SEQUENTIAL, "cmin": 0, "cmax": top or 1, "showscale": False},
    )  # fmt: skip
    figure.update_xaxes(
        side="top", range=[-0.5, len(periods) - 0.5], tickvals=shown, ticktext=[f"{periods[place]:%Y-%m}" for place in shown], tickangle=0,
    )  # fmt: skip
    figure.update_yaxes(
        type="category", categoryorder="array", categoryarray=list(order), autorange="reversed", rangemode="normal", showgrid=False,
    )  # fmt: skip
    return figure


def rates(rows: pd.DataFrame, *, against: float, against_name: str) -> go.Figure:
    """Each group's rate with its interval; a group held against them dashed. rows: label, rate, low, high, eligible, hover; first on top."""
    figure = base(height=100 + 42 * len(rows))
    known = rows[rows.rate.notna()]
    figure.add_scatter(
        x=known.rate, y=known.label, mode="markers", showlegend=False, hovertext=known.hover, hoverinfo="text",
        marker={"size": 13, "color": palette.OWN, "opacity": np.where(known.eligible < SMALL, FADED, 1)},
        error_x={
            "type": "data", "array": known.high - known.rate, "arrayminus": known.rate - known.low, "color": palette.OWN,
            "thickness": 1.5, "width": 5,
        },
    )  # fmt: skip
    if against == against and len(known):
        figure.add_scatter(
            x=[against, against], y=[known.label.iloc[0], known.label.iloc[-1]], mode="lines", name=against_name, hoverinfo="skip",
            line={"color": palette.BENCHMARK, "dash": BENCHMARK_DASH, "width": 2},
        )  # fmt: skip
    figure.update_xaxes(tickformat=".0%", rangemode="tozero", showgrid=True)
    figure.update_yaxes(
        type="category", categoryorder="array", categoryarray=list(rows.label), autorange="reversed", rangemode="normal", ticklabelstandoff=6,
    )  # fmt: skip
    return figure


def funnel(rows: pd.DataFrame) -> go.Figure:
    """Parcel, review, second purchase as bars. rows: label, n, text (behind the bar), hover."""
    figure = base(height=80 + 46 * len(rows), legend=False)
    figure.add_bar(
        orientation="h", x=rows.n, y=rows.label, text=rows.text, textposition="outside", cliponaxis=False, hovertext=rows.hover,
        hoverinfo="text", marker={"color": [palette.OWN, *[palette.EXISTING] * (len(rows) - 1)]},
    )  # fmt: skip
    figure.update_xaxes(range=[0, 1.45 * float(rows.n.max() or 1)], showgrid=False, showticklabels=False)
    figure.update_yaxes(type="category", autorange="reversed", rangemode="normal", ticklabelstandoff=6)
    return figure


def faults(table: pd.DataFrame, names: Mapping[str, str]) -> go.Figure:
    """Complaints per month by whose fault they are. table: month, fault, complaints. names: of FAULTS."""
    figure = base(height=280, months=True)
    for fault, name in names.items():
        rows = table[table.fault == fault]
        figure.add_bar(
            x=rows.month, y=rows.complaints, name=name, marker={"color": FAULTS[fault]},
            hovertemplate=f"%{{x|%Y-%m}} · {name}<br>%{{y:,}}<extra></extra>",
        )  # fmt: skip
    figure.update_layout(barmode="stack", legend={"traceorder": "normal"})
    if len(table):
        _name_periods(figure, pd.Series(pd.date_range(table.month.min(), table.month.max(), freq="MS")))
    most = table.groupby("month").complaints.sum().max()
    figure.update_yaxes(tickformat=",d", dtick=1 if most <= TICKS else None)
    return figure


def _name_periods(figure: go.Figure, periods: pd.Series) -> None:
    """A label right below every bar, or below every second, third … from the latest back; days where the periods are weeks.

    periods: the first days, none left out.
    """
    starts = pd.Series(sorted(periods.unique()))
    if starts.empty:
        return
    every = -(-len(starts) // TICKS)
    named = starts[::-1][::every][::-1]
    weeks = bool((starts.dt.day != 1).any())
    apart = starts.diff().min() if len(starts) > 1 else pd.Timedelta(days=7 if weeks else 30)
    beside = max(0.6, (FEW - len(starts)) / 2)
    figure.update_layout(margin={"r": 28})
    figure.update_traces(width=BAR * apart.total_seconds() * 1000, selector={"type": "bar"})
    figure.update_xaxes(
        tickvals=list(named), ticktext=[f"{start:%m-%d}" if weeks else f"{start:%Y-%m}" for start in named],
        range=[starts.iloc[0] - beside * apart, starts.iloc[-1] + beside * apart], ticklabeloverflow="allow",
    )  # fmt: skip
