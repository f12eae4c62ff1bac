"""What each colour means. The colours themselves stand in .streamlit/config.toml, once for light and once for dark.

A chart uses the names below. They are slots, not colours: Streamlit's Plotly theme replaces them in the browser with the colours of
the theme in use, so a chart follows the reader's light/dark switch without being drawn again. Outside Streamlit `coloured()` does the
same. One colour has one meaning on every page; pair it with a label, a dash or a mark, never with colour alone.

NEW, EXISTING, REACTIVATED    buyers by what the shop knew of them
GOOD, NEUTRAL, BAD            reviews, outcomes, states
OWN, BENCHMARK                the shop's own line; what it is held against (dashed)
MORE                          two further colours for groups that have no meaning of their own
GROUPS                        an order for such groups: products, regions, clusters
SEQUENTIAL, DIVERGING         Plotly colour scales: shares; differences (bad end first). `legible` says in which colour to write on SEQUENTIAL
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Literal

import numpy as np
import plotly.graph_objects as go

CONFIG = Path(__file__).parents[2] / ".streamlit" / "config.toml"

NEW, EXISTING, REACTIVATED = "#000001", "#000002", "#000003"
GOOD, NEUTRAL, BAD = "#000004", "#000005", "#000006"
OWN, BENCHMARK = "#000007", "#000008"
MORE = ("#000009", "#000010")
GROUPS = (EXISTING, NEW, GOOD, REACTIVATED, MORE[0], BAD, MORE[1], NEUTRAL)
TURN = 0.6
"""Where the sequential scale jumps over the shades on which neither dark nor light words can be read."""
SEQUENTIAL = [
    [at, f"#0000{11 + i}"]
    for i, at in enumerate((*(TURN * i / 5 for i in range(6)), *(TURN + (1 - TURN) * i / 3 for i in range(4))))
]
DIVERGING = [[i / 9, f"#0000{21 + i}"] for i in range(10)]
BACKGROUND = "#000038"


def legible(places: Sequence[float] | np.ndarray) -> list[str]:
    """The colour of words on these places of SEQUENTIAL (0 to 1): 4.5 : 1 or more against each of them, in both themes."""
    return [BACKGROUND if place > TURN else OWN for place in np.asarray(places, dtype=float)]


_SLOT = re.compile(r"#0000[0-3]\d")


@cache
def _section(theme: str) -> dict[str, str | list[str]]:
    """The settings of config.toml under [theme.light] or [theme.dark]."""
    return tomllib.loads(CONFIG.read_text(encoding="utf-8"))["theme"][theme]


@cache
def colours(theme: Literal["light", "dark"] = "light") -> dict[str, str]:
    """Slot -> the colour config.toml gives it in this theme."""
    section = _section(theme)
    listed = section["chartCategoricalColors"] + section["chartSequentialColors"] + section["chartDivergingColors"]
    return {f"#0000{slot:02}": colour for slot, colour in enumerate(listed, start=1)} | {
        BACKGROUND: section["backgroundColor"]
    }


def coloured(figure: go.Figure, theme: Literal["light", "dark"] = "light") -> go.Figure:
    """The figure with real colours in it, for anything but a Streamlit page: a notebook, a report, a picture file."""
    known, section = colours(theme), _section(theme)
    plain = go.Figure(figure).update_layout(
        template="none",
        paper_bgcolor=section["backgroundColor"],
        plot_bgcolor=section["backgroundColor"],
        font_color=section["textColor"],
    )
    return go.Figure(json.loads(_SLOT.sub(lambda found: known.get(found[0], found[0]), plain.to_json())))
