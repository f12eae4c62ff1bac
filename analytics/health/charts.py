"""Orders per month, those that count and those that do not, so that a hole in the files is seen."""

from __future__ import annotations

from datetime import date

import pandas as pd
import plotly.graph_objects as go

from analytics.charts import base, name_months, palette


def months(table: pd.DataFrame, *, labels: dict[str, str], silent: list[date]) -> go.Figure:
    """table: month, orders, left_out. labels: "orders", "left_out", "silent". silent: months marked as holes."""
    figure = base(height=280, months=True)
    figure.add_bar(x=table["month"], y=table["orders"], name=labels["orders"], marker={"color": palette.OWN})
    figure.add_bar(x=table["month"], y=table["left_out"], name=labels["left_out"], marker={"color": palette.NEUTRAL})
    if silent:
        figure.add_scatter(
            x=silent,
            y=[0] * len(silent),
            name=labels["silent"],
            mode="markers",
            marker={"symbol": "x", "size": 11, "color": palette.BAD},
        )
    figure.update_layout(barmode="stack")
    name_months(figure, table["month"])
    figure.update_yaxes(tickformat=",")
    return figure
