"""Names out of the data in figures: Plotly reads its labels and hovers as HTML, links included."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

_OURS = re.compile(r"<(?!/?(?:b|br|extra)>)")


def literal(name: object) -> str:
    """A name out of the data, so that nothing in it is read as HTML or as a place for a value."""
    return str(name).replace("&", "&amp;").replace("<", "&lt;").replace("%{", "%\u2060{")


def harmless(figure: go.Figure) -> go.Figure:
    """The figure, in which no text is HTML but for our own line ends and bold type; it is changed in place."""
    for part in (*figure._data, figure._layout):
        _cleaned(part)
    return figure


def _cleaned(part: Any) -> Any:
    if isinstance(part, str):
        return _OURS.sub("&lt;", part) if "<" in part else part
    if isinstance(part, dict):
        for key, value in part.items():
            part[key] = _cleaned(value)
    elif isinstance(part, list):
        part[:] = [_cleaned(value) for value in part]
    elif isinstance(part, tuple):
        return tuple(map(_cleaned, part))
    elif isinstance(part, np.ndarray | pd.Series | pd.Index):
        array = np.asarray(part)
        if array.dtype.kind in "OU" and any("<" in str(value) for value in array.flat):
            return np.array([_cleaned(value) for value in array.flat], object).reshape(array.shape)
    return part
