"""The notebook of a shop: what the owner wrote, in one small SQLite file, or for one session in memory.

Every change is one transaction, and several programs may write at a time. A notebook of an older version is brought up to date when it
is opened; one of a newer version is not touched.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import threading
import uuid
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pandas as pd

from analytics.errors import N_, NotKept
from analytics.store.statements import statement
from analytics.workspace import disk, people
from analytics.workspace.tables import NAMES, TABLES

VERSIONS = ("workspace/notebook_1", "workspace/notebook_2", "workspace/notebook_3")
"""Scripts that make the notebook, and bring it from one version to the next."""
PATIENCE = 10
"""Seconds to wait while another program writes."""


class Notebook:
    """What the owner wrote about one shop.

    path: of the file, made when it is first written to; None: in memory, for one session.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path
        self._name = hashlib.sha256(str(path).encode()).hexdigest()[:16] if path else uuid.uuid4().hex
        self._lock, self._changes = threading.Lock(), 0
        self._tables: dict[str, tuple[int, pd.DataFrame]] = {}
        self._memory = _connected(":memory:") if path is None else None
        if self._memory:
            self._up_to_date(self._memory)

    @property
    def key(self) -> str:
        """Names what is written now, so that a result is made anew after a change; notebooks in which nothing was ever written share theirs."""
        return f"{self._name}:{revision}" if (revision := self.revision) else "unwritten"

    @property
    def revision(self) -> int:
        """How many changes were made so far."""
        if self._memory:
            return self._changes
        with self._reading() as con:
            return con.execute("select number from revision").fetchone()[0] if con else 0

    def setting(self, name: str, default: Any = None) -> Any:
        """The value of a setting; `default` where it was never kept."""
        return self.settings().get(name, default)

    def settings(self) -> dict[str, Any]:
        """Every setting kept, name -> value."""
        with self._reading() as con:
            rows = con.execute("select name, value from settings order by name").fetchall() if con else []
        return {name: json.loads(value) for name, value in rows}

    def keep(self, **settings: Any) -> None:
        """Keep settings: anything that JSON holds. None forgets one."""
        with self.changing() as con:
            for name, value in settings.items():
                con.execute("delete from settings where name = ?", [name])
                if value is not None:
                    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
                    con.execute("insert into settings values (?, ?)", [name, text])

    def told(self, about: str) -> dict[str, str]:
        """File -> what was said of it. about: `store`, the shop that it is of; `mapping`, how it is read (TOML); `date`, whether 03/04 begins with the "day" or the "month"."""
        place = {"store": 1, "mapping": 2, "date": 3}[about]
        with self._reading() as con:
            told = "select file, store, mapping, date from files_told order by file"
            rows = con.execute(told).fetchall() if con else []
        return {row[0]: row[place] for row in rows if row[place] is not None}

    def tell(self, about: str, file: str, words: str | None) -> None:
        """Say something of a file, as in `told`; None: nothing any more."""
        change = {
            "store": "insert into files_told (file, store) values (?, ?) on conflict do update set store = excluded.store",
            "mapping": "insert into files_told (file, mapping) values (?, ?) on conflict do update set mapping = excluded.mapping",
            "date": "insert into files_told (file, date) values (?, ?) on conflict do update set date = excluded.date",
        }[about]
        with self.changing() as con:
            con.execute(change, [file, words])
            con.execute("delete from files_told where store is null and mapping is null and date is null")

    def rows(self, table: str) -> pd.DataFrame:
        """A table, one row per what `notebook_*.sql` say. Those of people come with person (a number) and the NAMES each goes by.

        person is a number; missing values are None; `held_out` and `consent` are 1, 0 or missing; days are texts YYYY-MM-DD.
        """
        revision = self.revision
        if self._tables.get(table, (None,))[0] != revision:
            self._tables[table] = revision, self._read(table)
        return self._tables[table][1].copy(deep=False)

    def _read(self, table: str) -> pd.DataFrame:
        of = TABLES[table]
        own = ", ".join(f"t.{column.name}" for column in of.columns)
        names = "".join(f"people.{name}, " for name in NAMES) if of.of_people else ""
        number = "t.person, " if of.of_people else ""
        joined = " join people using (person)" if of.of_people else ""
        query = f"select {number}{names}{own} from {table} t{joined} order by t.rowid"  # noqa: S608 - names of our own
        with self._reading() as con:
            found = con.execute(query).fetchall() if con else []
        columns = [*(["person"] if of.of_people else []), *(column.name for column in of.all_columns)]
        frame = pd.DataFrame(found, columns=columns, dtype=object)
        return frame.astype({"person": "int64"}) if of.of_people else frame

    def put(self, table: str, rows: Iterable[Mapping[str, Any]]) -> int:
        """Add rows; one with the same key as a row that is there takes its place. The number of rows taken.

        A row of people names the person by any of NAMES, or by `person`. What a row does not say of an old one stays as it was.
        """
        taken = 0
        with self.changing() as con:
            for row in self._with_people(con, table, rows):
                _put(con, table, row)
                taken += 1
        return taken

    def drop(self, table: str, keys: Iterable[Mapping[str, Any]]) -> None:
        """Take rows out. keys: values of the table's key (TABLES), or of some of its columns."""
        columns = {column.name for column in TABLES[table].columns} | {"person"}
        with self.changing() as con:
            for key in keys:
                names = [name for name in key if name in columns]
                if not names:
                    raise ValueError(f"a key of {table} has some of {sorted(columns)}")
                where = " and ".join(f"{name} is ?" for name in names)
                con.execute(f"delete from {table} where {where}", [key[name] for name in names])  # noqa: S608
            people.forget_unnamed(con)

    def empty(self, table: str) -> None:
        """Take every row out."""
        with self.changing() as con:
            con.execute(f"delete from {table}")  # noqa: S608 - a name out of TABLES
            people.forget_unnamed(con)

    def count(self) -> int:
        """Rows that the owner wrote, settings and what was said of files included."""
        with self._reading() as con:
            if con is None:
                return 0
            return sum(con.execute(f"select count(*) from {table}").fetchone()[0] for table in TABLES)  # noqa: S608

    def copy_to(self, path: Path) -> None:
        """A copy as it stands, at one moment, in a file of its own."""
        with self._reading() as con, closing(_connected(path)) as target:
            if con:
                con.backup(target)
            self._up_to_date(target)
            target.execute("pragma journal_mode = delete")

    @contextmanager
    def changing(self) -> Iterator[sqlite3.Connection]:
        """A transaction: all of it is kept, or nothing. Raises NotKept where it cannot be."""
        with self._explained(), self._connection(write=True) as con:
            con.execute("begin immediate")
            try:
                yield con
                con.execute("update revision set number = number + 1")
                con.execute("commit")
                self._changes += 1
            except BaseException:
                _undo(con)
                raise

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection | None]:
        """A connection to read on; None where nothing was written yet."""
        with self._explained(), self._connection(write=False) as con:
            yield con

    @contextmanager
    def _connection(self, *, write: bool) -> Iterator[sqlite3.Connection | None]:
        if self._memory:
            with self._lock:
                yield self._memory
            return
        if not write and not self.path.exists():
            yield None
            return
        with closing(_connected(self.path, write=write)) as con:
            begun = write or con.execute("pragma user_version").fetchone() != (0,)
            if begun:
                self._up_to_date(con, write=write)
            yield con if begun else None

    def _explained(self) -> Any:
        return disk.explained(self.path.parent if self.path else Path())

    def _up_to_date(self, con: sqlite3.Connection, *, write: bool = True) -> None:
        version = con.execute("pragma user_version").fetchone()[0]
        if version > len(VERSIONS):
            raise newer("notebook.sqlite")
        if version == len(VERSIONS):
            return
        if not write:
            with closing(_connected(self.path)) as changing:
                self._up_to_date(changing)
            return
        con.execute("begin immediate")
        try:
            version = con.execute("pragma user_version").fetchone()[0]
            for script in VERSIONS[version:]:
                for change in statement(script).split(";\n"):
                    con.execute(change)
            con.execute(f"pragma user_version = {len(VERSIONS)}")
            con.execute("commit")
        except BaseException:
            _undo(con)
            raise

    def _with_people(
        self, con: sqlite3.Connection, table: str, rows: Iterable[Mapping[str, Any]]
    ) -> Iterator[Mapping[str, Any]]:
        if not TABLES[table].of_people:
            yield from rows
            return
        rows = list(rows)
        known = people.Known(con, rows)
        for row in rows:
            person = row.get("person")
            yield {**row, "person": known.person(row) if person is None else person}


def newer(name: str) -> NotKept:
    """A file of the workspace was written by a newer program."""
    return NotKept(N_("This shop was last opened with a newer version of the program, and this one does not know its {name}. Start the newer version; nothing was changed."), name=name)  # fmt: skip


def _connected(path: Path | str, *, write: bool = True) -> sqlite3.Connection:
    """A connection that begins and ends transactions only where it is told to. Without write: also where nothing can be written."""
    options = {"timeout": PATIENCE, "isolation_level": None, "check_same_thread": False}
    con = sqlite3.connect(path, **options)
    try:
        if path != ":memory:":
            con.execute("pragma journal_mode = wal")
        con.execute("pragma foreign_keys = on")
        con.execute("pragma user_version")
    except sqlite3.OperationalError:
        con.close()
        if write:
            raise
        # A folder that cannot be written to: nobody writes there, so what is in the file cannot change meanwhile.
        address = f"{Path(path).absolute().as_uri()}?mode=ro&immutable=1"
        con = sqlite3.connect(address, uri=True, **options)
    return con


def _undo(con: sqlite3.Connection) -> None:
    """End a transaction as if it had not been; a full disk has ended it already."""
    if con.in_transaction:
        con.execute("rollback")


def _put(con: sqlite3.Connection, table: str, row: Mapping[str, Any]) -> None:
    of = TABLES[table]
    columns = {column.name for column in of.columns} | {"person"}
    given = {name: _plain(value) for name, value in row.items() if name in columns}
    given |= {
        column.name: column.default
        for column in of.columns
        if column.default is not None and given.get(column.name) is None
    }
    where = " and ".join(f"{name} is ?" for name in of.key)
    key = [given.get(name) for name in of.key]
    others = [name for name in given if name not in of.key]
    if con.execute(f"select 1 from {table} where {where}", key).fetchone():  # noqa: S608 - names out of TABLES
        if others:
            changes = ", ".join(f"{name} = ?" for name in others)
            con.execute(f"update {table} set {changes} where {where}", [*(given[name] for name in others), *key])  # noqa: S608
        return
    marks = ", ".join("?" * len(given))
    con.execute(f"insert into {table} ({', '.join(given)}) values ({marks})", list(given.values()))  # noqa: S608


def _plain(value: Any) -> Any:
    """A value as SQLite takes it: numbers, texts, None; True as 1; days and moments as texts."""
    if value is None or value != value:
        return None
    if isinstance(value, bool):
        return int(value)
    if hasattr(value, "isoformat"):
        return str(value)[:19]
    return value.item() if hasattr(value, "item") else value
