"""A shop's database as a file: written once, then opened as often as wanted, by several programs at a time.

The file is never changed after it was written; other data make another file. It holds the schema `staged`, the table `files`, the
schema `whole` with the tables of the shop without filters, and one row of facts, `written`, the last to be written. Filters make their
views in the memory of whoever opened it. Made by another program, or damaged, it is made again from the files that it was made of.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from pathlib import Path

import duckdb

from analytics import errors
from analytics.errors import RegularsError
from analytics.sources import Upload
from analytics.store import engine
from analytics.store.staging import QUERIES
from analytics.store.store import Database, Filters, Opened, ShopFacts, Store, add_macros, covered_until, staged

WHOLE = "whole"
"""The schema that holds the tables of the shop without filters."""


class Damaged(Exception):
    """The file is not one that `write_shop` wrote, or not all of it."""


@cache
def program() -> str:
    """Names the code that makes databases; one made by other code is made again."""
    rooms = sorted(path for room in ("store", "sources") for path in (QUERIES / room).rglob("*"))
    texts = [path.read_bytes() for path in rooms if path.suffix in (".py", ".sql", ".toml")]
    return hashlib.sha256(b"\0".join([duckdb.__version__.encode(), *texts])).hexdigest()[:12]


@dataclass(frozen=True)
class Written:
    """What came of writing files into a database.

    key: names the data; "": there was nothing to open. read: the names of the files that could be read; used: of those of which something
    was kept. problems: one for each that could not be read.
    """

    key: str
    read: frozenset[str]
    used: frozenset[str]
    problems: list[RegularsError]
    facts: ShopFacts | None = None


def write_shop(
    path: Path,
    uploads: Iterable[Upload],
    *,
    passwords: Mapping[str, str] | None = None,
    mappings: Mapping[str, str] | None = None,
    shops: Mapping[str, str] | None = None,
) -> Written:
    """Write the database of these files to `path`, where nothing is yet. It can be opened once it is signed.

    Raises OSError and duckdb.Error where the disk does not take it; what was begun then lies at `path`.
    """
    con = duckdb.connect(str(path))
    try:
        key, problems = staged(con, uploads, passwords=passwords or {}, mappings=mappings or {}, shops=shops or {})
        if not key:
            return Written("", frozenset(), frozenset(), problems)
        store = Store(Database(con, None), key, Filters(), WHOLE)
        asked = "select name, orders > 0 from files union all select name, rows > 0 from staged.review_files"
        read = {name.split("/")[0] for name, _ in con.execute(asked).fetchall()}
        used = {name.split("/")[0] for name, some in con.execute(asked).fetchall() if some}
        return Written(key, frozenset(read), frozenset(used), problems, store.shop)
    finally:
        con.close()


def sign(path: Path, written: Written, problems: list[RegularsError]) -> None:
    """Finish a database. problems: those that are to be told whenever it is opened."""
    con = duckdb.connect(str(path))
    try:
        con.execute("create table written (key varchar, facts varchar, problems varchar)")
        facts = json.dumps(asdict(written.facts), default=str)
        con.execute("insert into written values (?, ?, ?)", [written.key, facts, _problems_text(problems)])
    finally:
        con.close()


def open_written(path: Path) -> Opened:
    """The shop in a file that `write_shop` wrote and `sign` finished. Raises Damaged where it is none; several programs may have it open."""
    place = _placed(path)
    con = place.con
    try:
        add_macros(con)
        [(key, facts, problems)] = con.table(f"{place.kept}.main.written").fetchall()
        con.execute("create schema staged")
        tables = (
            "select table_name from information_schema.tables where table_catalog = $kept and table_schema = 'staged'"
        )
        for (name,) in con.execute(tables, {"kept": place.kept}).fetchall():
            con.execute(f'create view staged."{name}" as from {place.kept}.staged."{name}"')
        con.execute(f"create view files as from {place.kept}.main.files")
        kept = _facts(facts)
        grown = covered_until(con) != kept.as_of
        database = Database(con, None, None if grown else (f"{place.kept}.{WHOLE}", kept), place)
        return Opened(Store(database, key, Filters()), _problems(problems))
    except (duckdb.Error, ValueError) as error:
        place.close()
        raise Damaged(path.name) from error


def _placed(path: Path) -> engine.Place:
    try:
        return engine.at(path)
    except duckdb.Error as error:
        raise Damaged(path.name) from error


def _facts(text: str) -> ShopFacts:
    told = json.loads(text)
    days = {name: date.fromisoformat(told[name]) for name in ("as_of", "start", "first_ordered")}
    return ShopFacts(**(told | days))


def _problems_text(problems: list[RegularsError]) -> str:
    told = [
        {"kind": type(problem).__name__, "template": problem.template, "values": problem.values} for problem in problems
    ]
    return json.dumps(told, default=str)


def _problems(text: str) -> list[RegularsError]:
    """The problems as they were when the file was written; those of a table of unknown layout without its first rows."""
    found = []
    for told in json.loads(text):
        kind = getattr(errors, told["kind"], errors.InputError)
        kind = errors.InputError if kind is errors.NotRecognised else kind
        found.append(kind(told["template"], **told["values"]))
    return found
