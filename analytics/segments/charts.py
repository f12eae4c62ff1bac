"""Segments as figures: the R × F map, the treemap, and who moved where."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from analytics.charts import add_shares, base, palette
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

_LEFT = (*SEGMENTS[:3], NOT_YET, *SEGMENTS[3:])  # those who were no customers yet, beside the newcomers they became
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
    figure = base(height=620, legend=False)
    for segment in SEGMENTS:
        inside = [(f, r) for r, names in GRID.items() for f, name in enumerate(names, start=1) if name == segment]
        left, right = min(f for f, _ in inside) - 0.5, max(f for f, _ in inside) + 0.5
        low, high = min(r for _, r in inside) - 0.5, max(r for _, r in inside) + 0.5
        figure.add_shape(
            type="rect", x0=left, x1=right, y0=low, y1=high, layer="below", opacity=0.2,
            fillcolor=COLOURS[segment], line={"width": 0},
        )  # fmt: skip
        figure.add_shape(
            type="rect", x0=left, x1=right, y0=low, y1=high, layer="below",
            line={"width": 3, "color": palette.BACKGROUND},
        )  # fmt: skip
        figure.add_annotation(
            x=left, y=high, text=f"<b>{labels[segment] if right - left > 1 else _wrapped(labels[segment], 6)}</b>", showarrow=False, xanchor="left", yanchor="top", xshift=5, yshift=-3,
            align="left", font={"size": 12, "color": palette.OWN},
        )  # fmt: skip
    shown = cells[cells.customers > 0]
    largest = max(shown[measure].max() if len(shown) else 0, 1e-9)
    figure.add_scatter(
        x=shown.f,
        y=shown.r,
        mode="markers+text",
        text=[write(value) for value in shown[measure]],
        textposition="bottom center",
        textfont={"size": 12, "color": palette.OWN},
        cliponaxis=False,
        marker={
            "size": shown[measure].clip(lower=0),
            "sizemode": "area",
            "sizeref": 2 * largest / _LARGEST**2,
            "sizemin": 3,
            "color": [COLOURS[segment] for segment in shown.segment],
            "opacity": 1,
            "line": {"width": 1, "color": palette.BACKGROUND},
        },
        customdata=list(
            zip(shown.r, shown.f, shown.segment.map(labels), shown.customers, shown.share, shown.revenue, strict=True)
        ),
        hovertemplate=(
            "<b>%{customdata[2]}</b> · R %{customdata[0]} F %{customdata[1]}<br>"
            f"{labels['customers']} %{{customdata[3]:,}} (%{{customdata[4]:.1%}})<br>"
            f"{labels['revenue']} {prefix}%{{customdata[5]:,.0f}}<extra></extra>"
        ),
        unselected={"marker": {"opacity": 0.35}},
    )
    scores = list(range(1, 6))
    figure.update_xaxes(
        range=[0.5, 5.5],
        tickvals=scores,
        ticktext=[_wrapped(words, 9) for words in days],
        tickangle=0,
        title={"text": labels["f"]},
    )
    figure.update_yaxes(
        range=[0.5, 5.5],
        tickvals=scores,
        ticktext=[_wrapped(words, 12) for words in recency],
        showgrid=False,
        rangemode="normal",
    )
    figure.add_annotation(
        x=0,
        y=1,
        xref="paper",
        yref="paper",
        xanchor="center",
        yanchor="bottom",
        yshift=4,
        text=labels["r"],
        showarrow=False,
    )
    figure.update_layout(margin={"t": 30})
    return figure


def treemap(
    segments: pd.DataFrame, labels: Mapping[str, str], *, measure: str = "customers", prefix: str = ""
) -> go.Figure:
    """The ten segments as areas by customers or revenue. segments: Rfm.segments. labels: the ten segments, customers, revenue."""
    figure = base(height=440, legend=False)
    shown = segments[segments[measure] > 0]
    share = "share" if measure == "customers" else "revenue_share"
    figure.add_treemap(
        labels=shown.segment.map(labels),
        parents=[""] * len(shown),
        values=shown[measure],
        customdata=list(zip(shown.customers, shown.revenue, shown[share], strict=True)),
        marker={
            "colors": [COLOURS[segment] for segment in shown.segment],
            "line": {"width": 2, "color": palette.BACKGROUND},
        },
        texttemplate="<b>%{label}</b><br>%{customdata[2]:.1%}",
        hovertemplate=(
            f"<b>%{{label}}</b><br>{labels['customers']} %{{customdata[0]:,}}<br>"
            f"{labels['revenue']} {prefix}%{{customdata[1]:,.0f}}<br>%{{customdata[2]:.1%}}<extra></extra>"
        ),
        tiling={"pad": 2},
        pathbar={"visible": False},
    )
    return figure


def flow(moved: Movement, labels: Mapping[str, str]) -> go.Figure:
    """A Sankey from segments before to segments after. labels: the ten segments, NotYet, before, after, customers.

    A band is pale red where customers slipped to a colder state.
    """
    figure = base(height=560, legend=False)
    before = [segment for segment in _LEFT if segment in set(moved.moves.before)]
    after = [segment for segment in SEGMENTS if segment in set(moved.moves.after)]
    start = {segment: place for place, segment in enumerate(before)}
    end = {segment: place + len(before) for place, segment in enumerate(after)}
    figure.add_sankey(
        arrangement="snap",
        node={
            "x": [0.001] * len(before) + [0.999] * len(after),
            "y": _middles(moved.moves.groupby("before").customers.sum()[before])
            + _middles(moved.moves.groupby("after").customers.sum()[after]),
            "label": [labels[segment] for segment in (*before, *after)],
            "color": [COLOURS[segment] for segment in (*before, *after)],
            "customdata": [labels["before"]] * len(before) + [labels["after"]] * len(after),
            "hovertemplate": f"%{{customdata}} · %{{label}}<br>{labels['customers']} %{{value:,}}<extra></extra>",
            "pad": 12,
            "thickness": 14,
            "line": {"width": 0},
        },
        link={
            "source": moved.moves.before.map(start),
            "target": moved.moves.after.map(end),
            "value": moved.moves.customers,
            "color": [palette.DIVERGING[2][1] if slipped else palette.NEUTRAL for slipped in moved.moves.slipped],
            "hovertemplate": f"%{{source.label}} → %{{target.label}}<br>{labels['customers']} %{{value:,}}<extra></extra>",
        },
    )
    return figure


def matrix(moved: Movement, labels: Mapping[str, str]) -> go.Figure:
    """Customers by segment before (rows) and after (columns); shade: the share of the row. labels: as for `flow`."""
    figure = base(height=520, legend=False)
    wide = moved.matrix[moved.matrix.sum(axis=1) > 0]
    add_shares(
        figure,
        wide,
        rows=[labels[segment] for segment in wide.index],
        columns=[labels[segment] for segment in wide.columns],
        hover=f"%{{y}} → %{{x}}<br>{labels['customers']} %{{customdata:,}} (%{{z:.0%}})",
    )
    figure.update_xaxes(title={"text": labels["after"]})
    figure.update_yaxes(title={"text": labels["before"]})
    return figure


def _middles(heights: pd.Series) -> list[float]:
    """Where the middles of bars of these heights lie, stacked from 0 to 1 with small gaps."""
    gap = 0.02
    shares = heights / heights.sum() * (1 - gap * (len(heights) - 1))
    return list(shares.cumsum() - shares / 2 + gap * np.arange(len(heights)))


def _wrapped(words: str, width: int) -> str:
    """The words on several lines, broken at spaces."""
    return "<br>".join(textwrap.wrap(words, width, break_long_words=False))
