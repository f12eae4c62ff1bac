"""Campaigns on charts over time."""

from __future__ import annotations

from datetime import date

import pandas as pd
import plotly.graph_objects as go

from analytics.charts import base
from analytics.charts.marks import NAMED, marked


def chart(*, months: bool = True) -> go.Figure:
    figure = base(months=months)
    return figure.add_bar(x=pd.to_datetime(["2025-10-01", "2025-11-01", "2025-12-01"]), y=[1, 2, 3])


def test_a_campaign_is_marked_at_the_bar_that_holds_its_days_and_its_name_is_text() -> None:
    figure = marked(chart(), [("<b>11.11 the day of days", date(2025, 11, 28), date(2025, 11, 30))])
    [shape] = figure.layout.shapes
    assert (shape.type, shape.x0[:10], shape.x1[:10]) == ("line", "2025-11-01", "2025-11-01")
    assert figure.layout.annotations[0].text == "&lt;b>11.11 …"


def test_a_long_one_is_a_band_and_two_of_a_month_share_a_mark() -> None:
    one, two = ("a", date(2025, 10, 5), date(2025, 12, 6)), ("b", date(2025, 10, 9), date(2025, 12, 8))
    figure = marked(chart(), [one, two])
    [shape] = figure.layout.shapes
    assert (shape.type, shape.x0[:10], shape.x1[:10]) == ("rect", "2025-10-01", "2025-12-01")
    assert figure.layout.annotations[0].text == "a +1"


def test_no_mark_without_time_a_campaign_or_its_days() -> None:
    inside = ("a", date(2025, 11, 5), date(2025, 11, 5))
    assert not marked(chart(months=False), [inside]).layout.shapes
    assert not marked(chart(), []).layout.shapes
    outside = [("a", date(2024, 1, 1), date(2024, 1, 2)), ("b", date(2026, 1, 1), date(2026, 1, 2))]
    assert not marked(chart(), outside).layout.shapes
    assert not marked(base(months=True), [inside]).layout.shapes


def test_many_campaigns_are_all_drawn_and_the_latest_named() -> None:
    months = pd.date_range("2024-01-01", periods=24, freq="MS")
    figure = base(months=True).add_bar(x=months, y=list(range(24)))
    found = marked(figure, [(str(day.month), day.date(), day.date()) for day in months])
    assert (len(found.layout.shapes), len(found.layout.annotations)) == (24, NAMED)
