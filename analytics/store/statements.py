"""The text of the queries, which lie beside the Python that asks them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

QUERIES = Path(__file__).parents[1]
"""Where the rooms are whose folders hold the queries."""


@cache
def statement(name: str) -> str:
    """The text of the query `subject/name`: analytics/subject/name.sql."""
    return (QUERIES / f"{name}.sql").read_text(encoding="utf-8")


def make(con: duckdb.DuckDBPyConnection, table: str, name: str, **params: object) -> None:
    """Make a table of the result of the query `subject/name`, which is planned once: a relation would be planned as itself, and again as a table."""
    con.execute(f"create table {table} as\n{statement(name)}", params or None)


def fill(con: duckdb.DuckDBPyConnection, table: str, name: str, **params: object) -> None:
    """Add the result of the query `subject/name` to a table."""
    con.execute(f"insert into {table}\n{statement(name)}", params or None)


def view(con: duckdb.DuckDBPyConnection, name: str, query: str) -> None:
    """Make a view of the query `subject/name`, which takes no values."""
    con.execute(f"create view {name} as\n{statement(query)}")
