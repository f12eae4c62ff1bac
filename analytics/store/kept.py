"""A shop's database as a file: written once, then opened as often as wanted, by several programs at a time.

The file is never changed after it was written; other data make another file. It holds the schema `staged`, the table `files`, the
schema `whole` with the tables of the shop without filters, and one row of facts, `written`, the last to be written. Filters make their
views in the memory of whoever opened it. Made by another program, or damaged, it is made again from the files that it was made of.
"""

from __future__ import annotations

import errno
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
from analytics.store.database import Damaged, Database, add_macros, covered_until
from analytics.store.statements import QUERIES
from analytics.store.store import Filters, Opened, ShopFacts, Store, staged

WHOLE = "whole"
"""The schema that holds the tables of the shop without filters."""


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
    dates: Mapping[str, str] | None = None,
) -> Written:
    """Write the database of these files to `path`, where nothing is yet. It can be opened once it is signed.

    Raises OSError and duckdb.Error where the disk does not take it; what was begun then lies at `path`.
    """
    con = duckdb.connect(str(path))
    try:
        told = {"passwords": passwords or {}, "mappings": mappings or {}, "shops": shops or {}, "dates": dates or {}}
        key, problems = staged(con, uploads, **told)
        if not key:
            return Written("", frozenset(), frozenset(), problems)
        store = Store(Database(con, None), key, Filters(), WHOLE)
        asked = "select name, orders > 0 from files union all select name, rows > 0 from staged.review_files"
        read = {name.split("/")[0] for name, _ in con.execute(asked).fetchall()}
        refused = {getattr(problem, "file", None) for problem in problems}
        used = {name.split("/")[0] for name, some in con.execute(asked).fetchall() if some and name not in refused}
        return Written(key, frozenset(read), frozenset(used), problems, store.shop)
    finally:
        con.close()


def sign(path: Path, written: Written, problems: list[RegularsError]) -> None:
    """Finish a database: from now on the file holds all of it. problems: those that are to be told whenever it is opened.

    Raises as `write_shop` does: closing a database alone says nothing when the disk is full, and leaves what did not fit beside the file.
    """
    con = duckdb.connect(str(path))
    try:
        con.execute("create table written (key varchar, facts varchar, problems varchar)")
        facts = json.dumps(asdict(written.facts), default=str)
        told = json.dumps([problem.as_json() for problem in problems], default=str)
        con.execute("insert into written values (?, ?, ?)", [written.key, facts, told])
        con.execute("force checkpoint")
    finally:
        con.close()
    if path.with_name(f"{path.name}.wal").exists():
        raise OSError(errno.EIO, "not all of it could be written", str(path))


def open_written(path: Path, as_of: date | None = None) -> Opened:
    """The shop in a file that `write_shop` wrote and `sign` finished. Raises Damaged where it is none; several programs may have it open.

    as_of: as in `open_shop`; the tables of the shop without filters are made anew for it.
    """
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
        facts = _facts(facts)
        as_written = as_of is None and covered_until(con) == facts.as_of
        database = Database(con, as_of, (f"{place.kept}.{WHOLE}", facts) if as_written else None, place)
        problems = [errors.from_json(told) for told in json.loads(problems)]
    except (duckdb.Error, ValueError, KeyError) as error:
        place.close()
        raise Damaged(path.name) from error
    return Opened(Store(database, key, Filters()), problems)


def _placed(path: Path) -> engine.Place:
    try:
        return engine.at(path)
    except duckdb.Error as error:
        raise Damaged(path.name) from error


def _facts(text: str) -> ShopFacts:
    told = json.loads(text)
    days = {name: date.fromisoformat(told[name]) for name in ("as_of", "start", "first_ordered")}
    return ShopFacts(**(told | days))
