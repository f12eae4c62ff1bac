"""Tables as the browser gets them: written once for what they hold, and put on the page by every run.

`st.dataframe` turns a table and its columns into Arrow and JSON at each run. `show` hands over what is written already. It stands on the
insides of the one Streamlit version that requirements.txt names, as drawing.py does.
"""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler
from streamlit.elements.arrow import ArrowMixin, DataframeSelectionSerde
from streamlit.elements.lib.form_utils import current_form_id
from streamlit.elements.lib.layout_utils import LayoutConfig
from streamlit.elements.lib.utils import compute_and_register_element_id
from streamlit.proto.Dataframe_pb2 import Dataframe
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.state import register_widget

MOST = 20_000
"""Cells of a table that is written once; larger ones are rare, and much to keep."""


class _Taken(ArrowMixin):
    """Takes what `st.dataframe` would put on the page. name: tells the table's styles from those of others."""

    def __init__(self, name: str) -> None:
        self.name = name

    def _get_delta_path_str(self) -> str:
        return self.name

    def _enqueue(self, _kind: str, table: Dataframe, **_how: Any) -> None:
        self.table = table


def written(rows: pd.DataFrame | Styler, columns: dict[str, Any], name: str) -> Dataframe:
    """A table of which nothing can be chosen, as the browser gets it. columns: name -> how it is shown, of `st.column_config`."""
    taken = _Taken(name)
    taken.dataframe(rows, column_config=columns, hide_index=True, alt=name, placeholder="–", lazy=False)
    return taken.table


def show(table: Dataframe, rows: int, *, height: int | str, key: str | None, select: bool, begin: Any) -> list[int]:
    """What `st.dataframe` does with a table of so many rows; the chosen row, where select is True. begin: the selection to begin with."""
    main, layout = st._main, LayoutConfig(width="stretch", height=None if height == "auto" else height)
    if not select:
        main._enqueue("dataframe", table, layout_config=layout)
        return []
    chosen = Dataframe()
    chosen.CopyFrom(table)
    chosen.form_id = current_form_id(main)
    chosen.selection_mode.append(Dataframe.SelectionMode.SINGLE_ROW)
    if begin:
        begin = {"selection": {**begin["selection"], "columns": [], "cells": []}}
        chosen.selection_default = json.dumps(begin)
    chosen.id = compute_and_register_element_id(
        "dataframe", user_key=key, dg=main, key_as_main_identity={"selection_mode", "is_selection_activated"},
        selection_mode=("single-row",), is_selection_activated=True,
    )  # fmt: skip
    serde = DataframeSelectionSerde(selection_default=begin, num_rows=rows)
    state = register_widget(
        chosen.id, on_change_handler=None, deserializer=serde.deserialize, serializer=serde.serialize, ctx=get_script_run_ctx(),
        value_type="string_value",
    )  # fmt: skip
    if state.value_changed:
        chosen.selection_state = json.dumps(state.value)
    main._enqueue("dataframe", chosen, layout_config=layout, has_one_shot_effect=state.value_changed)
    return [row for row in state.value["selection"]["rows"] if row < rows]
