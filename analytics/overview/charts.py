"""The overview's figures: revenue by month and kind of buyer, and what moved it."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from analytics.charts import UNFINISHED, base, name_months, palette

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
    """What moved revenue: for customers, frequency and order value, how much each kind of buyer added or took away.

    table: RevenueChange.table. labels: customers, frequency, order_value, new, existing, guest. prefix: the currency sign.
    """
    figure = base(height=300, money_axis=True)
    parts = ["customers", "frequency", "order_value"]
    for row in table.itertuples():
        values = [getattr(row, part) for part in parts]
        figure.add_bar(
            x=[labels[part] for part in parts],
            y=values,
            name=labels[row.kind],
            marker={"color": KINDS[row.kind]},
            hovertemplate=f"%{{x}} · {labels[row.kind]}<br>{prefix}%{{y:+,.0f}}<extra></extra>",
        )
    figure.update_layout(barmode="relative")
    figure.update_yaxes(zeroline=True, rangemode="normal", tickprefix=prefix)
    return figure
