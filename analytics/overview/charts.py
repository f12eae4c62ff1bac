"""The overview's figures: revenue by month and kind of buyer, and what moved it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from analytics.charts import UNFINISHED, base, name_months, palette
from analytics.charts.lines import benchmark, drawn, line

KINDS = {
    "new": palette.NEW,
    "existing": palette.EXISTING,
    "reactivated": palette.REACTIVATED,
    "guest": palette.NEUTRAL,
}


def by_month(
    months: pd.DataFrame, labels: Mapping[str, str], *, measure: str = "revenue", prefix: str = ""
) -> go.Figure:
    """Stacked bars by month, one colour per kind of buyer; an unfinished month is hatched and says so in its hover.

    months: rows of months.sql. measure: "revenue" or "buyers" (guests cannot be counted as buyers). labels: new, existing,
    reactivated, guest, unfinished. prefix: the currency sign.
    """
    figure = base(money_axis=measure == "revenue")
    pattern = ["" if finished else UNFINISHED["shape"] for finished in months.finished]
    remark = ["" if finished else f"<br>{labels['unfinished']}" for finished in months.finished]
    for kind, colour in KINDS.items():
        column = f"{kind}_{measure}"
        if column not in months or not months[column].any():
            continue
        figure.add_bar(
            x=months.period,
            y=months[column],
            name=labels[kind],
            customdata=remark,
            marker={"color": colour, "pattern": {**UNFINISHED, "shape": pattern}},
            hovertemplate=f"%{{x|%Y-%m}} · {labels[kind]}<br>{prefix}%{{y:,.0f}}%{{customdata}}<extra></extra>",
        )
    figure.update_layout(barmode="stack")
    figure.update_xaxes(tickformat="%Y-%m", ticklabelmode="period", nticks=8)
    name_months(figure, months.period)
    figure.update_yaxes(tickprefix=prefix)
    return figure


def change_parts(table: pd.DataFrame, labels: Mapping[str, str], *, prefix: str = "") -> go.Figure:
    """What moved revenue, as a waterfall: what customers, orders per customer and order value added or took away, each from where the one
    before it left off, and the change they make together.

    table: RevenueChange.table. labels: customers, frequency, order_value, change. prefix: the currency sign.
    """
    parts = ["customers", "frequency", "order_value"]
    moved = np.array([float(table[part].sum()) for part in parts])
    ends = np.cumsum([0.0, *moved])
    heights = [*moved, float(ends[-1])]
    bars = {
        "type": "bar", "x": [labels[name] for name in (*parts, "change")], "base": [*np.minimum(ends[:-1], ends[1:]), min(0.0, ends[-1])],
        "y": np.abs(heights), "text": [f"{prefix}{'+' if one >= 0 else '−'}{abs(one):,.0f}" for one in heights],
        "marker": {"color": [*(palette.GOOD if one >= 0 else palette.BAD for one in moved), palette.NEUTRAL]},
        "textposition": "outside", "cliponaxis": False, "hoverinfo": "x+text", "showlegend": False,
    }  # fmt: skip
    room = 0.15 * (float(ends.max() - ends.min()) or 1)
    span = [float(ends.min()) - room * (ends.min() < 0), float(ends.max()) + room]
    return drawn(
        [bars],
        {"yaxis": {"tickprefix": prefix, "rangemode": "normal", "range": span, "zeroline": True}, "bargap": 0.4},
        height=300, legend=False, money_axis=True,
    )  # fmt: skip


def concentration(table: pd.DataFrame, hover: Sequence[str], *, axes: tuple[str, str], even: str) -> go.Figure:
    """How much of the revenue the best customers bring, from the best few to all of them, beside what it would be if all spent the same.

    table: Overview.concentration; hover: a sentence for each row. axes: what is across and what is upwards. even: the dashed line's name.
    """
    rows = pd.DataFrame({"x": table.top, "y": table.top_revenue / table.revenue, "hover": list(hover)})
    start = pd.DataFrame({"x": [0.0], "y": [0.0], "hover": [""]})
    traces = [
        {**benchmark([0, 1], [0, 1], even), "showlegend": True},
        {**line(pd.concat([start, rows], ignore_index=True), "x", "y", palette.OWN), "showlegend": False},
    ]
    across, up = ({"title": {"text": words}, "tickformat": ".0%", "range": [0, 1.02]} for words in axes)
    return drawn(traces, {"xaxis": across, "yaxis": up}, height=300, percent=True)
