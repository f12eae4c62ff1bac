"""`python -m analytics sentiment FILE --text COLUMN`: adds language, p_positive, label and aspects to a table of reviews."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

import pandas as pd

from analytics.errors import N_, InputError
from analytics.reviews import careful
from analytics.reviews.score import analyse
from analytics.sources import Upload, read_whole

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


def run(path: Path, text_column: str | None, out: Path | TextIO, *, fast: bool = False) -> pd.DataFrame:
    """Reads a table (CSV, TSV or a workbook), scores its texts, writes every row back as UTF-8 CSV with four columns more, and returns them.

    text_column: header of the reviews; None: the first header that is known to mean so. Raises InputError if there is none. fast: by n-grams
    alone, thirty times as fast.
    """
    texts = {text_column} if text_column else set(TEXT_HEADERS)

    def fits(head: Sequence[Sequence[str]]) -> bool:
        named = any(cell.strip() in texts or cell.strip().lower() in texts for cell in head[0])
        return named and all(len(row) <= len(head[0]) for row in head)

    table = read_whole(Upload(path.name, path), fits)
    column = text_column or _known(table, TEXT_HEADERS)
    if column not in table.columns:
        raise InputError(
            N_("{file} has no column {column}: choose one of {columns} with --text."),
            file=path.name,
            column=column or "text",
            columns=", ".join(table.columns),
        )
    stars = _known(table, STAR_HEADERS)
    ratings = pd.to_numeric(table[stars], errors="coerce") if stars else None
    second = None if fast else careful.read_carefully(table[column].unique().tolist())
    scored = analyse(table[column], ratings, opinions=second).reviews
    added = scored.assign(p_positive=scored["p_positive"].round(4))
    both = pd.concat([table.drop(columns=[name for name in added if name in table]), added], axis=1)
    both.to_csv(out, index=False, encoding="utf-8-sig" if isinstance(out, Path) else None, lineterminator="\n")
    return both


def _known(table: pd.DataFrame, headers: tuple[str, ...]) -> str | None:
    by_lower = {name.lower(): name for name in table.columns}
    return next((by_lower[header] for header in headers if header in by_lower), None)
