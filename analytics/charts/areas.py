"""Areas that fill a rectangle, as nearly square as can be, drawn as bars so that a click selects one (Plotly selects no part of a treemap)."""

from __future__ import annotations

from collections.abc import Sequence


def squarified(values: Sequence[float], width: float, height: float) -> list[tuple[float, float, float, float]]:
    """(left, bottom, width, height) for each of the values, largest first, as large as its share; the largest stands at the top left.

    values: above 0, descending. Bruls, M., Huizing, K. & van Wijk, J. (2000), Squarified treemaps.
    """
    left, bottom, wide, high = 0.0, 0.0, float(width), float(height)
    scale = width * height / sum(values) if values else 0
    rest, found = [value * scale for value in values], []
    while rest:
        side = min(wide, high)
        row = rest[:1]
        while len(row) < len(rest) and _worst(rest[: len(row) + 1], side) <= _worst(row, side):
            row = rest[: len(row) + 1]
        thick, along = sum(row) / side, 0.0
        for area in row:
            long = area / thick
            if high <= wide:
                found.append((left, bottom + high - along - long, thick, long))
            else:
                found.append((left + along, bottom + high - thick, long, thick))
            along += long
        if high <= wide:
            left, wide = left + thick, wide - thick
        else:
            high -= thick
        rest = rest[len(row) :]
    return found


def _worst(areas: Sequence[float], side: float) -> float:
    """How far from a square the worst of the areas is, laid in a row along this side: 1 is a square."""
    total = sum(areas)
    return max(side**2 * max(areas) / total**2, total**2 / (side**2 * min(areas)))
