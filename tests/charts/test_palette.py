"""The colours: every slot filled in both themes, and those that stand side by side told apart by colour-blind readers too."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import plotly.graph_objects as go
import pytest

from analytics.charts import base, palette

SEES = {
    "normal": np.eye(3),
    "protanopia": np.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
    "deuteranopia": np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]),
    "tritanopia": np.array([[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]),
}  # fmt: skip
"""Linear RGB as each eye takes it (Machado, Oliveira and Fernandes 2009, severity 1)."""

TOGETHER = [
    (palette.NEW, palette.EXISTING, palette.REACTIVATED),
    (palette.GOOD, palette.NEUTRAL, palette.BAD),
    (palette.OWN, palette.BENCHMARK),
]
THEMES = ("light", "dark")


def linear(colour: str) -> np.ndarray:
    """#RRGGBB as linear RGB, 0 to 1."""
    channels = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def oklab(rgb: np.ndarray) -> np.ndarray:
    """Linear RGB in Oklab (Ottosson 2020), where a distance of 0.02 is just seen."""
    cones = np.array([[0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566], [0.0883024619, 0.2817188376, 0.6299787005]])  # fmt: skip
    opponents = np.array([[0.2104542553, 0.7936177850, -0.0040720468], [1.9779984951, -2.4285922050, 0.4505937099], [0.0259040371, 0.7827717662, -0.8086757660]])  # fmt: skip
    return opponents @ np.cbrt(cones @ np.clip(rgb, 0, 1))


@pytest.mark.parametrize("eye", SEES)
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("group", TOGETHER, ids=["buyers", "outcomes", "lines"])
def test_colours_that_stand_together_are_told_apart(group: tuple[str, ...], theme: str, eye: str) -> None:
    seen = [oklab(SEES[eye] @ linear(palette.colours(theme)[slot])) for slot in group]
    assert min(np.linalg.norm(a - b) for a, b in combinations(seen, 2)) > 0.08


@pytest.mark.parametrize("theme", THEMES)
def test_the_sequential_scale_goes_one_way(theme: str) -> None:
    lightness = [oklab(linear(palette.colours(theme)[slot]))[0] for _, slot in palette.SEQUENTIAL]
    steps = np.diff(lightness)
    assert (steps < 0).all() if theme == "light" else (steps > 0).all()


@pytest.mark.parametrize("theme", THEMES)
def test_a_figure_outside_streamlit_gets_the_themes_colours(theme: str) -> None:
    figure = base()
    figure.add_bar(x=[1], y=[2], marker={"color": palette.NEW})
    figure.add_heatmap(z=[[1, 2]], colorscale=palette.SEQUENTIAL)
    coloured = palette.coloured(figure, theme)
    assert isinstance(coloured, go.Figure)
    assert coloured.data[0].marker.color == palette.colours(theme)[palette.NEW]
    assert "#0000" not in coloured.to_json()
