"""Charts: colours that are told apart in both themes and by colour-blind readers too, and words that can be read on them."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from analytics.charts import base, palette
from analytics.repurchase.charts import second_purchase
from analytics.reviews.charts import STARS

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


def contrast(one: str, other: str) -> float:
    """Between two colours, 1 to 21 (WCAG 2.2)."""
    bright, dim = sorted((float(linear(colour) @ [0.2126, 0.7152, 0.0722]) for colour in (one, other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


@pytest.mark.parametrize("theme", THEMES)
def test_words_in_every_shade_of_the_triangle_can_be_read_from_the_back_row(theme: str) -> None:
    colours = palette.colours(theme)
    shades = [shade for _, shade in palette.SEQUENTIAL]
    places = np.linspace(0, 1, len(shades))  # those of the scale, but for the two shades between which it jumps
    read = [
        contrast(colours[word], colours[shade]) for word, shade in zip(palette.legible(places), shades, strict=True)
    ]
    assert min(read) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
def test_stars_go_from_one_end_of_a_scale_to_the_other(theme: str) -> None:
    """In hue each lies farther along the way from the best to the worst than the one before it, by a step that is seen."""
    colours = np.array([oklab(linear(palette.colours(theme)[slot]))[1:] for slot in STARS.values()])
    assert list(STARS) == ["stars_5", "stars_4", "stars_3", "stars_1_2"]
    way = (colours[-1] - colours[0]) / np.linalg.norm(colours[-1] - colours[0])
    assert (np.diff(colours @ way) > 0.02).all()


def test_of_many_curves_only_the_two_that_were_chosen_have_bands() -> None:
    steps = pd.DataFrame({"day": [0, 30], "share": [0, 0.2], "low": [0, 0.1], "high": [0, 0.3]})

    def drawn(groups: int, banded: tuple[str, ...] = ()) -> tuple[int, int]:
        """How many bands, how many curves."""
        curves = {f"g{n}": steps for n in range(groups)}
        figure = second_purchase(curves, hover="{name}{day}{share}", until=60, axis="d", marks={}, banded=banded)
        bands = sum(trace.fill is not None for trace in figure.data)
        return bands, sum(trace.name in curves for trace in figure.data)

    assert drawn(8, ("g1", "g5")) == (2, 8)
    assert drawn(8) == (0, 8)
    assert drawn(2) == (2, 2)


def test_no_chart_has_to_be_turned_or_untangled() -> None:
    root = palette.CONFIG.parents[1]
    sources = [
        path.read_text(encoding="utf-8") for room in ("analytics", "pages") for path in (root / room).rglob("*.py")
    ]
    assert len(sources) > 200
    assert not [
        kind for kind in ("sankey", "scatter3d", "surface3d") if any(kind in source.lower() for source in sources)
    ]
