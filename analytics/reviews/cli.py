"""`python -m analytics sentiment FILE --text COLUMN`: adds language, p_positive, label and aspects to a table of reviews."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TextIO

import charset_normalizer
import pandas as pd

from analytics.errors import N_, InputError
from analytics.reviews.score import analyse

TEXT_HEADERS = (
    "text",
    "review",
    "body",
    "content",
    "comment",
    "評價內容",
    "評論內容",
    "評價",
    "評論",
    "留言",
    "review content",
    "review body",
)
STAR_HEADERS = ("rating", "stars", "star", "score", "星數", "星等", "評分", "review score")


def run(path: Path, text_column: str | None, out: Path | TextIO) -> pd.DataFrame:
    """Reads a CSV or TSV, scores its texts, writes every row back as UTF-8 CSV with four columns more, and returns them.

    text_column: header of the reviews; None: the first header that is known to mean so. Raises InputError if there is none.
    """
    table = read_table(Path(path))
    column = text_column or _known(table, TEXT_HEADERS)
    if column not in table.columns:
        raise InputError(
            N_("{file} has no column {column}: choose one of {columns} with --text."),
            file=Path(path).name,
            column=column or "text",
            columns=", ".join(table.columns),
        )
    stars = _known(table, STAR_HEADERS)
    ratings = pd.to_numeric(table[stars], errors="coerce") if stars else None
    scored = analyse(table[column], ratings).reviews
    added = scored.assign(p_positive=scored["p_positive"].round(4))
    both = pd.concat([table.drop(columns=[name for name in added if name in table]), added], axis=1)
    both.to_csv(out, index=False, encoding="utf-8-sig" if isinstance(out, Path) else None, lineterminator="\n")
    return both


def read_table(path: Path) -> pd.DataFrame:
    """All cells as text; the encoding and the delimiter are found out. Raises InputError for an empty or unreadable file."""
    raw = path.read_bytes()
    guess = charset_normalizer.from_bytes(raw[:200_000]).best()
    text = None
    for encoding in ("utf-8-sig", guess.encoding if guess else "utf-8", "cp950"):
        try:
            text = raw.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    if not text or not text.strip():
        raise InputError(
            N_("{file} holds no readable rows: save the reviews as CSV in UTF-8 and try again."), file=path.name
        )
    first = text.lstrip().split("\n", 1)[0]
    delimiter = max(("\t", ";", ","), key=first.count)
    rows = list(csv.reader(text.splitlines(keepends=True), delimiter=delimiter))
    header, *body = [row for row in rows if row]
    width = len(header)
    filled = [(row + [""] * width)[:width] for row in body]
    return pd.DataFrame(filled, columns=[name.strip() for name in header], dtype=str)


def _known(table: pd.DataFrame, headers: tuple[str, ...]) -> str | None:
    by_lower = {name.lower(): name for name in table.columns}
    return next((by_lower[header] for header in headers if header in by_lower), None)
