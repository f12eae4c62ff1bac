"""Header texts made comparable: the same header compares equal however the exporter, Excel or an editor wrote it."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

_NOTES = ("(若您", "(請複製")


def normalise(headers: Sequence[str]) -> list[str]:
    """The headers in the same order: NFC, whitespace and line feeds folded, `*` at either end and Taiwan's long notes dropped.

    Case is kept (Vietnam has two headers that differ only in case). A repeated header gets its number, as in `Cidade (2)`; a blank
    one becomes its place, as in `column 3`. All are distinct, and normalising twice changes nothing.
    """
    taken: set[str] = set()
    normal = []
    for place, header in enumerate(headers, 1):
        name = _one(header) or f"column {place}"
        candidate, count = name, 1
        while candidate in taken:
            count += 1
            candidate = f"{name} ({count})"
        taken.add(candidate)
        normal.append(candidate)
    return normal


def _one(header: str) -> str:
    folded = " ".join(unicodedata.normalize("NFC", header).replace("\ufeff", "").split())
    for note in _NOTES:
        folded = folded.split(note)[0]
    return folded.strip("* ")
