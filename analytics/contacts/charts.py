"""One customer as a figure: orders by day, and the segment along the year."""

from __future__ import annotations

from collections.abc import Mapping

import plotly.graph_objects as go

from analytics.charts import base, palette
from analytics.charts.names import literal
from analytics.contacts.customer import Customer
from analytics.segments.charts import COLOURS


def timeline(card: Customer, labels: Mapping[str, str], *, prefix: str = "") -> go.Figure:
    """One customer's orders as stems by day and revenue; below them the segment at the end of each 30 days. labels: the ten segments."""
    figure = base(height=320, legend=False, money_axis=True)
    orders, history = card.orders, card.history
    stems_x = [day for moment in orders.ordered_at for day in (moment, moment, None)]
    stems_y = [height for value in orders.revenue for height in (0, value, None)]
    figure.add_scatter(x=stems_x, y=stems_y, mode="lines", line={"color": palette.OWN, "width": 2}, hoverinfo="skip")
    figure.add_scatter(
        x=orders.ordered_at,
        y=orders.revenue,
        mode="markers",
        marker={"size": 10, "color": palette.OWN},
        customdata=orders.products.fillna("").map(
            lambda names: literal(names if len(names) < 60 else f"{names[:59]}…")
        ),
        hovertemplate=f"%{{x|%Y-%m-%d}}<br>{prefix}%{{y:,.0f}}<br>%{{customdata}}<extra></extra>",
    )
    figure.add_scatter(
        x=history.as_of,
        y=[0] * len(history),
        yaxis="y2",
        mode="markers",
        marker={"symbol": "square", "size": 14, "color": [COLOURS[segment] for segment in history.segment]},
        customdata=history.segment.map(labels),
        hovertemplate="%{x|%Y-%m-%d} · %{customdata}<extra></extra>",
    )
    figure.update_layout(
        yaxis={"domain": [0.2, 1], "tickprefix": prefix},
        yaxis2={"domain": [0, 0.1], "visible": False, "fixedrange": True, "range": [-1, 1]},
        xaxis={"anchor": "y2"},
    )
    figure.update_xaxes(tickformat="%Y-%m", nticks=6)
    return figure
