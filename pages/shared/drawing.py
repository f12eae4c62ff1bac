"""Figures as the browser gets them: drawn and written once for what they show, and put on the page by every run.

`st.plotly_chart` copies, checks and writes a figure at each run, which costs more than all else in a click. `show` hands over what is
written already. It stands on the insides of the one Streamlit version that requirements.txt names.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st
from streamlit.elements.lib.form_utils import current_form_id
from streamlit.elements.lib.layout_utils import LayoutConfig
from streamlit.elements.lib.utils import compute_and_register_element_id
from streamlit.elements.plotly_chart import PlotlyChartSelectionSerde, parse_selection_mode
from streamlit.proto.PlotlyChart_pb2 import PlotlyChart
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.state import register_widget

from analytics.charts.marks import Campaign, marked
from analytics.charts.names import harmless
from analytics.workspace import Notebook
from pages.shared import present, session
from pages.shared.made import made

_CONFIG = json.dumps({"displayModeBar": False})
_TALL = 450
"""Pixels of a figure that does not say how tall it is: Plotly's own."""


@dataclass(frozen=True)
class Finished:
    """A figure as the browser gets it. spec: its JSON. height: pixels. key: tells it from others."""

    spec: str
    height: int
    key: str


def drawn(chart: Callable[..., go.Figure], *given: Any, **named: Any) -> Finished:
    """The figure `chart(*given, **named)`, drawn once for what it is given (see `made`)."""
    return made(_drawn, chart, given, named, present.on(), campaigns())


def _drawn(
    chart: Callable[..., go.Figure], given: tuple, named: dict, presented: bool, diary: Sequence[Campaign]
) -> Finished:
    return finished(chart(*given, **named), presented=presented, diary=diary)


def campaigns() -> list[Campaign]:
    """The owner's diary of campaigns, which every chart over time is marked with."""
    return made(_campaigns, session.notebook()) if session.current().store else []


def _campaigns(notebook: Notebook) -> list[Campaign]:
    rows = notebook.rows("campaigns")
    first = pd.to_datetime(rows.first_day, errors="coerce")
    last = pd.to_datetime(rows.last_day.fillna(rows.first_day), errors="coerce")
    spans = zip(rows["name"], first, last, strict=True)
    return [(name, begin.date(), end.date()) for name, begin, end in spans if begin <= end]


def finished(figure: go.Figure, *, presented: bool, diary: Sequence[Campaign]) -> Finished:
    """A figure in which no text is HTML, with the campaigns of the diary, for a projector where one presents."""
    figure = marked(figure, diary)
    figure = harmless(present.enlarged(figure) if presented else figure)
    spec = figure.to_json(validate=False)
    return Finished(
        spec, int(figure.layout.height or _TALL), hashlib.md5(spec.encode(), usedforsecurity=False).hexdigest()
    )


def show(figure: Finished, *, alt: str, key: str | None, select: bool) -> Any:
    """What `st.plotly_chart` does with a figure; what is chosen on it, where select is True."""
    main, alt = st._main, alt.strip()
    chart = PlotlyChart(
        theme="streamlit", form_id=current_form_id(main), spec=figure.spec, config=_CONFIG, alt=alt or None,
    )  # fmt: skip
    chart.id = compute_and_register_element_id(
        "plotly_chart", user_key=key, key_as_main_identity=False, dg=main, plotly_spec=figure.key, is_selection_activated=select, alt=alt,
    )  # fmt: skip
    layout = LayoutConfig(width="stretch", height=figure.height)
    if not select:
        main._enqueue("plotly_chart", chart, layout_config=layout)
        return None
    chart.selection_mode.extend(parse_selection_mode("points"))
    serde = PlotlyChartSelectionSerde()
    state = register_widget(
        chart.id, on_change_handler=None, deserializer=serde.deserialize, serializer=serde.serialize, ctx=get_script_run_ctx(),
        value_type="string_value",
    )  # fmt: skip
    main._enqueue("plotly_chart", chart, layout_config=layout)
    return state.value
