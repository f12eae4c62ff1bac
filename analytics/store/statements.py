"""The text of the queries, which lie beside the Python that asks them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

QUERIES = Path(__file__).parents[1]
"""Where the rooms are whose folders hold the queries."""


@cache
def statement(name: str) -> str:
    """The text of the query `subject/name`: analytics/subject/name.sql."""
    return (QUERIES / f"{name}.sql").read_text(encoding="utf-8")
