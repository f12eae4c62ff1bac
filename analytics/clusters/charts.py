"""Clusters as figures: how many there are, where they lie, what marks each, and how they cross the segments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from analytics.charts import base, palette, share_cells
from analytics.charts.lines import drawn
from analytics.clusters import Clusters

SHOWN = 1_500
"""Customers drawn in a scatter: more are a sample of so many."""

SYMBOLS = ("circle", "square", "diamond", "triangle-up", "cross", "x", "star", "triangle-down")


def sample(customers: pd.DataFrame) -> pd.DataFrame:
    """The customers to draw: all, or SHOWN of them, the same ones each time."""
    return customers.sample(SHOWN, random_state=0) if len(customers) > SHOWN else customers


def curve(found: Clusters, labels: Mapping[str, str]) -> go.Figure:
    """The silhouette by number of clusters; the number in use is marked. labels: k, silhouette, chosen."""
    tried = {
        "type": "scatter", "x": found.curve.k, "y": found.curve.silhouette, "mode": "lines+markers", "line": {"color": palette.OWN, "width": 2},
        "marker": {"size": [15 if k == found.k else 7 for k in found.curve.k]},
        "hovertemplate": f"{labels['k']} %{{x}}<br>{labels['silhouette']} %{{y:.2f}}<extra></extra>",
    }  # fmt: skip
    layout = {
        "annotations": [
            {"x": found.k, "y": found.silhouette, "text": labels["chosen"], "showarrow": False, "yshift": 20}
        ],
        "xaxis": {"title": {"text": labels["k"]}, "tickvals": found.curve.k},
        "yaxis": {"title": {"text": labels["silhouette"]}, "range": [0, max(found.curve.silhouette.max() * 1.25, 0.3)]},
    }
    return drawn([tried], layout, height=260, legend=False)


def scatter(found: Clusters, names: Sequence[str], labels: Mapping[str, str], *, prefix: str = "") -> go.Figure:
    """Customers by days since the last order and revenue (both on log scales), one colour and mark per cluster; size: buying days. A click
    gives the customer's place in found.customers.

    names: of the clusters 1 to k, each beginning with its letter. labels: recency, days, revenue.
    """
    figure = base(height=460)
    shown = sample(found.customers)
    for place, name in enumerate(names):
        group = shown[shown.cluster == place + 1]
        figure.add_scatter(
            x=group.recency + 1,
            y=group.revenue.clip(lower=1),
            mode="markers",
            name=name[:1],
            marker={
                "color": palette.GROUPS[place],
                "symbol": SYMBOLS[place],
                "size": 5 + 3 * np.log2(group.days.clip(lower=1)).clip(upper=4),
                "opacity": 0.7,
            },
            customdata=np.column_stack([group.index, group.recency, group.days]),
            unselected={"marker": {"opacity": 0.3}},
            hovertemplate=(
                f"{name}<br>{labels['recency']} %{{customdata[1]}}<br>{labels['days']} %{{customdata[2]}}<br>"
                f"{labels['revenue']} {prefix}%{{y:,.0f}}<extra></extra>"
            ),
        )
    days = [0, 1, 3, 7, 14, 30, 60, 120, 240, 480, 960]
    figure.update_xaxes(
        type="log", title={"text": labels["recency"]}, tickvals=[day + 1 for day in days], ticktext=days
    )
    figure.update_yaxes(
        type="log", title={"text": labels["revenue"]}, tickprefix=prefix, rangemode="normal", nticks=5, tickformat=","
    )
    return figure


def profiles(found: Clusters, names: Sequence[str], labels: Mapping[str, str]) -> go.Figure:
    """What marks each cluster: for recency, frequency and revenue, how far its centre lies from the shop's middle, in standard deviations. A
    click gives the cluster.

    labels: recency, days, revenue, deviation.
    """
    figure = base(height=340)
    measures = ("recency", "days", "revenue")
    for place, row in enumerate(found.profiles.itertuples()):
        figure.add_bar(
            x=[labels[measure] for measure in measures],
            y=[getattr(row, f"z_{measure}") for measure in measures],
            name=names[place][:1],
            marker={"color": palette.GROUPS[place]},
            customdata=[[place + 1]] * len(measures),
            hovertemplate=f"{names[place]}<br>%{{x}} %{{y:+.1f}}<extra></extra>",
        )
    figure.update_layout(barmode="group")
    figure.update_yaxes(rangemode="normal", zeroline=True, title={"text": labels["deviation"]})
    return figure


def crossed(table: pd.DataFrame, names: Sequence[str], labels: Mapping[str, str]) -> go.Figure:
    """Clusters (rows) against segments (columns): customers, shaded by the share of the row. A click gives the places of both.

    labels: the ten segments, customers.
    """
    return share_cells(
        table,
        rows=[name[:1] for name in names],
        columns=[labels[segment] for segment in table.columns],
        hover=f"{{row}} · {{column}}<br>{labels['customers']} {{count}} ({{share}})",
        height=140 + 44 * len(table),
    )
