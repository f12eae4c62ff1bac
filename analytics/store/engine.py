"""The DuckDB of this process: written shops are opened in it side by side, under one limit of memory and with one set of threads.

A shop's file is attached read-only, once however often it is open; beside it an empty database in memory takes what filters make of it.
"""

from __future__ import annotations

import itertools
import tempfile
import threading
from contextlib import suppress
from pathlib import Path

import duckdb

from analytics.store import machine

_places = itertools.count(1)
_lock = threading.RLock()
_running: list[_Instance] = []
_folders: list[Path] = []


class Place:
    """Where one opened shop is: `con` is a connection to its own database `name`, `kept` is the name of its file's.

    con.cursor() gives another connection, which has to say which database it is about.
    """

    def __init__(self, instance: _Instance, path: Path) -> None:
        number, self._closed = next(_places), False
        self._instance, self._path, self.name = instance, path, f"shop_{number}"
        self.kept = instance.attached(path, f"kept_{number}")
        instance.taken(path)
        self.con = instance.con.cursor()
        self.con.execute(f"attach ':memory:' as {self.name}")
        self.con.execute(f"use {self.name}")

    def close(self) -> None:
        """Free what the shop took. The file stays."""
        with _lock:
            if not self._closed:
                self._closed = True
                self.con.close()
                self._instance.left(self._path, self.name)


def at(path: Path) -> Place:
    """Open the database file at this path. Raises duckdb.Error where it is none."""
    with _lock:
        path = path.resolve()
        for instance in _running:
            if path.is_relative_to(instance.reach) and instance.is_of(path):
                return Place(instance, path)
        instance = _Instance(next((folder for folder in _folders if path.is_relative_to(folder)), path))
        _running.append(instance)
        return Place(instance, path)


def share(folder: Path) -> None:
    """Let all shops in this folder, and the folders in it, be opened in one DuckDB that stays; a shop elsewhere has one of its own."""
    with _lock:
        _folders.append(folder.resolve())


class _Instance:
    """One DuckDB, whose settings nobody changes. reach: the only file that it may read, or the folder whose files it may."""

    def __init__(self, reach: Path) -> None:
        self.reach, self.files = reach, {}
        self.state = _state(reach)
        self.stays = reach in _folders
        limit = f"{max(256, machine.share(machine.SHOPS) >> 20)}MiB"
        spilled = (reach if self.stays else Path(tempfile.gettempdir())) / "regulars-spilled"
        config = {
            "memory_limit": limit,
            "threads": machine.cores(),
            "temp_directory": str(spilled),
            "allocator_background_threads": True,  # else memory that closed shops leave stays with the process
        }
        self.con = duckdb.connect(":memory:", config=config)
        try:
            if self.stays:
                self.con.execute(f"set allowed_directories = ['{_quoted(reach)}']")
            else:
                self.attached(reach, "kept")
        except duckdb.Error:
            self.con.close()
            raise
        self.con.execute("set enable_external_access = false")
        self.con.execute("set lock_configuration = true")

    def is_of(self, path: Path) -> bool:
        """Whether the file is the one that was opened: a single one may have been made again, or damaged, meanwhile."""
        return self.stays or _state(path) == self.state

    def attached(self, path: Path, name: str) -> str:
        """The name of a file's database, which is attached unless it is so already."""
        name, places = self.files.get(path, (name, 0))
        if path not in self.files:
            self.con.execute(f"attach '{_quoted(path)}' as {name} (read_only)")
        self.files[path] = (name, places)
        return name

    def taken(self, path: Path) -> None:
        name, places = self.files[path]
        self.files[path] = (name, places + 1)

    def left(self, path: Path, place: str) -> None:
        """One place less; with a file's last one the file is let go of."""
        with _lock:
            name, places = self.files[path]
            with suppress(duckdb.Error):
                self.con.execute(f"detach {place}")
            if places > 1:
                self.files[path] = (name, places - 1)
            elif self.stays:
                del self.files[path]
                with suppress(duckdb.Error):
                    self.con.execute(f"detach {name}")
            else:
                _running.remove(self)
                self.con.close()


def _state(path: Path) -> tuple[int, ...]:
    try:
        found = path.stat()
    except OSError:
        return ()
    return (found.st_ino, found.st_size, found.st_mtime_ns)


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
