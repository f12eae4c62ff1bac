"""The folder of a remembered shop, kept whole: what is in it, one change at a time, and clearing away what a change that was cut off left.

    shop.json            its name and its files: what the shop is
    files/               the exports as they came; what had a password, without it
    shop.<key>.duckdb    the tables made of them; made again when missing, damaged, or made by other code
    notebook.sqlite      what the owner wrote
    opinions.npz         what the careful reading made of the reviews; read again where missing, damaged, or of another model

A change is prepared under names that begin with `.making-`, and happens when shop.json is replaced. Whatever moment a program ends at, the
shop is as it was before or as it is after; the next one to open it finishes or clears away what was left.
"""

from __future__ import annotations

import hashlib
import os
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from analytics.errors import N_, NotKept
from analytics.workspace import disk, manifest
from analytics.workspace.manifest import KeptFile, Manifest
from analytics.workspace.notebook import Notebook

FILES, NOTEBOOK, OPINIONS = "files", "notebook.sqlite", "opinions.npz"
INCOMING = f"{disk.IN_THE_MAKING}files"
LITTER = ("thumbs.db", "desktop.ini")
PATIENCE = 60
"""Seconds to wait for another program that changes the shop."""
_SLACK = 3  # seconds between a file's coming and the time that the disk writes down


@dataclass(frozen=True)
class Looked:
    """What somebody did to the folder by hand. new: files put there that are not in the shop. missing: files that are gone."""

    new: tuple[str, ...]
    missing: tuple[str, ...]


class Folder(ABC):
    """A folder with a shop in it. id: the folder's name, for addresses; it stays when the shop is renamed."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.id = folder, folder.name

    @property
    def name(self) -> str:
        return self.manifest.name

    @property
    def manifest(self) -> Manifest:
        """As it stands on disk now."""
        with disk.explained(self.folder):
            return manifest.read(self.folder)

    @property
    def files(self) -> tuple[KeptFile, ...]:
        return self.manifest.files

    @cached_property
    def notebook(self) -> Notebook:
        """What the owner wrote about this shop."""
        return Notebook(self.folder / NOTEBOOK)

    @property
    def opinions(self) -> Path:
        """Where what was read out of the shop's reviews is kept, if it was."""
        return self.folder / OPINIONS

    def keep_opinions(self, content: bytes) -> None:
        """Keep what was read out of the shop's reviews; where it cannot be written, or the shop was forgotten meanwhile, nothing happens."""
        with suppress(OSError):
            disk.write(self.opinions, content)

    def look(self) -> Looked:
        """What somebody did to the folder of files by hand. A file that was changed there is taken as it is now."""
        of = self.manifest
        known = {file.name for file in of.files} | set(of.gone)
        with disk.explained(self.folder):
            folder = self.folder / FILES
            here = {path.name: path for path in folder.iterdir() if path.is_file()} if folder.is_dir() else {}
            new = tuple(sorted(name for name in here if name not in known and not _litter(name)))
            missing = tuple(file.name for file in of.files if file.name not in here and not self.path(file).exists())
            changed = [file for file in of.files if file.name in here and _differs(file, here[file.name])]
        if changed:
            self._take_as_they_are(changed)
        return Looked(new, missing)

    def tidy(self) -> None:
        """Finish or clear away what a program left that was ended; nothing while another changes the shop, or where nothing can be written."""
        with suppress(NotKept), self.changing(wait=0):
            pass

    def bytes(self) -> int:
        """What the folder takes on the disk."""
        return sum(path.stat().st_size for path in self.folder.rglob("*") if path.is_file())

    def path(self, file: KeptFile) -> Path:
        """Where a file is: in its folder, or still where it was prepared."""
        path, prepared = self.folder / FILES / file.name, self.folder / INCOMING / file.name
        return prepared if prepared.exists() and not path.exists() else path

    @abstractmethod
    def database(self, of: Manifest) -> Path:
        """Where the database of these files is, or would be."""

    @contextmanager
    def changing(self, wait: float = PATIENCE) -> Iterator[None]:
        """Be the only one who changes the shop; what a disk says becomes a sentence, and what was begun is cleared away."""
        with disk.explained(self.folder), disk.locked(self.folder.with_name(f"{self.id}.lock"), wait=wait):
            if not (self.folder / manifest.FILE).exists():
                raise gone(self.id)
            self.clear_away(self.manifest)
            try:
                yield
            except BaseException:
                with suppress(Exception):
                    self.clear_away(self.manifest)
                raise
            self._sweep()

    def _take_as_they_are(self, changed: Sequence[KeptFile]) -> None:
        with self.changing():
            of = self.manifest
            now = {}
            for file in changed:
                path = self.folder / FILES / file.name
                now[file.name] = replace(file, digest=_digest(path), size=path.stat().st_size, added=manifest.now())
            manifest.write(self.folder, replace(of, files=tuple(now.get(file.name, file) for file in of.files)))

    def clear_away(self, of: Manifest) -> None:
        """Move files in that a change has brought, delete those that it took out, and all that belongs to no state of the shop."""
        folder = disk.private_folder(self.folder / FILES)
        for file in of.files:
            prepared, place = self.folder / INCOMING / file.name, folder / file.name
            if prepared.exists():
                if place.exists() and _digest(place) != file.digest:
                    aside = manifest.file_name(file.name, [path.name for path in folder.iterdir()])
                    disk.replace(place, folder / aside)
                disk.replace(prepared, place)
        still = []
        for name in of.gone:
            try:
                disk.remove(folder / name)
            except OSError:
                still.append(name)
        if len(still) < len(of.gone):
            manifest.write(self.folder, replace(of, gone=tuple(still)))
        current = self.database(of).name
        for path in self.folder.glob("shop.*.duckdb"):
            if path.name != current:
                with suppress(OSError):
                    path.unlink()
        if self.notebook.path.exists():
            self.notebook.settings()
        self._sweep()

    def _sweep(self) -> None:
        """Delete what was in the making and is of no use."""
        for path in [*self.folder.glob(f"{disk.IN_THE_MAKING}*")]:
            with suppress(OSError):
                disk.remove(path)


def gone(name: str) -> NotKept:
    """The shop is not there (any more)."""
    return NotKept(N_("There is no remembered shop “{name}”; it may have been forgotten in another window."), name=name)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _differs(file: KeptFile, path: Path) -> bool:
    """Whether somebody changed a file that is kept; its content is looked at where it was written to after it came."""
    stat = path.stat()
    if stat.st_size == file.size and stat.st_mtime < file.added_at.timestamp() + _SLACK:
        return False
    if _digest(path) != file.digest:
        return True
    with suppress(OSError):
        os.utime(path, (file.added_at.timestamp(),) * 2)
    return False


def _litter(name: str) -> bool:
    return (
        name.startswith((".", "~$"))
        or name.lower() in LITTER
        or name.lower().endswith((".tmp", ".crdownload", ".part"))
    )
