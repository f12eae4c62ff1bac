"""The first records of a text, and by which letter their cells are told apart; also of records that stand whole in one cell each."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence

from analytics.sources.encodings import Encoding

DELIMITERS = (",", "\t", ";", "|")
HEAD = 80
"""Records that the start of a file is judged by."""
STRAY = re.compile("[\ud800-\udfff]")
Known = Callable[[Sequence[Sequence[str]]], bool]
"""Whether records begin with a header row of a known layout."""


def packed(
    readings: Mapping[str, tuple[list[list[str]], list[int]]],
    plain: str,
    known: Known,
) -> tuple[str, str, list[list[str]], list[int]]:
    """The delimiters around and in records of which some stand in one cell each, and the first records; the plain reading where none are better."""
    choices = [("", plain, readings[plain][0])]
    for around in sorted(DELIMITERS, key=lambda delimiter: delimiter == plain):
        for delimiter in DELIMITERS:
            choices.append((around, delimiter, [unpacked(row, delimiter, 2)[0] for row in readings[around][0]]))
    around, delimiter, head = max(choices, key=lambda choice: (*merit(choice[2], known), _even(choice[2])))
    return around, delimiter, head, readings[around or delimiter][1]


def _even(head: list[list[str]]) -> float:
    """Share of the records that have as many cells as most."""
    widths = [len(row) for row in head]
    return max(map(widths.count, set(widths)), default=0) / max(len(widths), 1)


def unpacked(row: list[str], delimiter: str, least: int) -> tuple[list[str], bool]:
    """The record that stands in a row's first and only cell that is not blank, and whether one does: at least `least` + 1 cells."""
    if not row or delimiter not in row[0] or any(cell.strip() for cell in row[1:]):
        return row, False
    inner = next(csv.reader(io.StringIO(row[0], newline=""), delimiter=delimiter), [])
    return (inner, True) if len(inner) > max(least, 2) else (row, False)


def prefix(data: memoryview, encoding: Encoding, size: int) -> str:
    """The start of the text; stray bytes become surrogates, so that its length in bytes can still be told."""
    start = bytes(data[encoding.bom : encoding.bom + size])
    if encoding.codec.startswith("utf-16"):
        start = start[: len(start) // 2 * 2]
    return start.decode(encoding.codec, kept(encoding))


def kept(encoding: Encoding) -> str:
    """How a codec is told to keep bytes that are no letters."""
    return "surrogatepass" if encoding.codec.startswith("utf-16") else "surrogateescape"


def records(text: str, delimiter: str, *, whole: bool) -> tuple[list[list[str]], list[int]]:
    """The first records of `text` and the character where each ends; the last one only if the text ends with it."""
    lines = io.StringIO(text, newline="")
    read: list[int] = []
    reader = csv.reader((read.append(len(line)) or line for line in lines), delimiter=delimiter)
    head, ends, end = [], [], 0
    for row in reader:
        end += sum(read)
        read.clear()
        if end == len(text) and not whole:
            break
        if any(cell.strip() for cell in row):
            head.append(row)
            ends.append(end)
        if len(head) == HEAD:
            break
    return head, ends


def merit(head: list[list[str]], known: Known) -> tuple[bool, float]:
    """How well a delimiter fits: known headers first, then the cells that most records have."""
    widths = sorted(len(row) for row in head)
    return known(head), float(widths[len(widths) // 2]) if widths else 0.0


def headed(known: Known) -> Callable[[str], bool]:
    """Whether a text begins with a header row of a known layout, by any delimiter."""
    return lambda text: any(known(records(text, delimiter, whole=False)[0]) for delimiter in DELIMITERS)
