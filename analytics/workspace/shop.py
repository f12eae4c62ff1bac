"""One remembered shop: a folder with its exports, the database made of them, and the notebook.

    shop.json            its name and its files: what the shop is
    files/               the exports as they came; what had a password, without it
    shop.<key>.duckdb    the tables made of them; made again when missing, damaged, or made by other code
    notebook.sqlite      what the owner wrote

A change is prepared under names that begin with `.making-`, and happens when shop.json is replaced. Whatever moment a program ends at, the
shop is as it was before or as it is after; the next one to open it finishes or clears away what was left.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import duckdb

from analytics.errors import N_, InputError, NotKept, RegularsError
from analytics.sources import Upload
from analytics.store import Opened, kept, open_shop
from analytics.store.staging import statement
from analytics.workspace import disk, keeping, manifest, people
from analytics.workspace.manifest import KeptFile, Manifest
from analytics.workspace.notebook import Notebook

FILES, NOTEBOOK = "files", "notebook.sqlite"
INCOMING = f"{disk.IN_THE_MAKING}files"
LITTER = ("thumbs.db", "desktop.ini")
_SLACK = 3  # seconds between a file's coming and the time that the disk writes down
PATIENCE = 60
"""Seconds to wait for another program that changes the shop."""
Progress = Callable[[int, int, str], None]
"""Called with the files read so far, all of them, and the name of the one to come."""


@dataclass(frozen=True)
class Came:
    """What a change of files did to the shop: orders added, changed (of which now cancelled, now refunded), the same as before, and gone; and reviews."""

    added: int = 0
    changed: int = 0
    cancelled: int = 0
    refunded: int = 0
    same: int = 0
    gone: int = 0
    reviews_added: int = 0
    reviews_gone: int = 0


@dataclass(frozen=True)
class Added:
    """What became of files that were to be added.

    files: names of those kept now. there: names of those that were there already. decrypted: how many were kept without their password.
    came: what they changed. problems: one for each file that could not be read, or held nothing; those are not kept.
    """

    files: tuple[str, ...]
    there: tuple[str, ...]
    decrypted: int
    came: Came
    problems: tuple[RegularsError, ...]


@dataclass(frozen=True)
class Looked:
    """What somebody did to the folder by hand. new: files put there that are not in the shop. missing: files that are gone."""

    new: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Forgotten:
    """What was deleted: the shop's name, how many files, their bytes with the database's, and how many rows of notes."""

    name: str
    files: int
    bytes: int
    notes: int


class Shop:
    """A shop in a folder. id: the folder's name, for addresses; it stays when the shop is renamed."""

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
    def key(self) -> str:
        """Names the data: it changes with the files, with what was said about them, and with the code that reads them."""
        return self._key(self.manifest)

    def _key(self, of: Manifest) -> str:
        told = [self.notebook.told("store"), self.notebook.told("mapping")]
        names = [f"{file.name}|{file.digest}" for file in of.files]
        said = [f"{file}|{words}" for one in told for file, words in one.items()]
        return hashlib.sha256("\n".join([kept.program(), *names, "", *said]).encode()).hexdigest()[:16]

    def open(self, progress: Progress | None = None) -> Opened:
        """The shop: from its database, else made again from its files; in memory where nothing can be written. No files: no store."""
        of = self.manifest
        if not of.files:
            return Opened(None)
        with suppress(kept.Damaged):
            return self._written(of)
        try:
            with self._changing():
                of = self.manifest
                with suppress(kept.Damaged):
                    return self._written(of)
                disk.remove(self._database(of))
                self._have_made(of, progress)
            return self._written(of)
        except (NotKept, kept.Damaged):
            uploads = self._uploads(of, progress)
            return open_shop(uploads, shops=self.notebook.told("store"), mappings=self.notebook.told("mapping"))

    def add(
        self, uploads: Sequence[Upload], *, passwords: Mapping[str, str] | None = None, progress: Progress | None = None
    ) -> Added:
        """Put files on top of those that are there: all of those that can be read, or in case of trouble none.

        passwords: by the uploads' names; they are not kept. Raises NotKept where the folder does not take the files; nothing is changed then.
        """
        with self._changing():
            before = self.manifest
            self._have_made(before, progress)
            arrived, there, locked = self._arrived(before, uploads, passwords or {})
            if not arrived:
                return Added((), there, 0, Came(), tuple(locked))
            made = self._make(before.with_files(arrived), progress)
            good = [file for file in arrived if file.name in made.written.used]
            refused = {file.name for file in arrived} - made.written.used
            problems = [problem for problem in made.written.problems if _upload_of(problem) in refused]
            there += tuple(sorted(refused - {_upload_of(problem) for problem in problems}))
            if good and refused & made.written.read:
                made = self._make(before.with_files(good), progress)
            came = Came()
            if good:
                lasting = [problem for problem in made.written.problems if _upload_of(problem) not in refused]
                came = self._replaced(before, before.with_files(good), made, lasting)
            names, decrypted = tuple(file.name for file in good), sum(file.decrypted for file in good)
            return Added(names, there, decrypted, came, (*locked, *problems))

    def take_out(self, names: Iterable[str]) -> Came:
        """Take files out of the shop and delete them."""
        with self._changing():
            before = self.manifest
            after = before.without(names)
            if after.files:
                made = self._make(after, None)
                return self._replaced(before, after, made, made.written.problems)
            came = self._compared(before, None)
            manifest.write(self.folder, after)
            self._clear_away(after)
            return came

    def take_in_by_hand(self, progress: Progress | None = None, passwords: Mapping[str, str] | None = None) -> Added:
        """Add the files that somebody put into the folder."""
        new = [self.folder / FILES / name for name in self.look().new]
        added = self.add([Upload(path.name, path) for path in new], passwords=passwords, progress=progress)
        refused = {_upload_of(problem) for problem in added.problems}
        with disk.explained(self.folder):
            for path in new:
                if path.name not in refused and path.name not in {file.name for file in self.files}:
                    disk.remove(path)
        return added

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

    def rename(self, name: str) -> None:
        """Call the shop otherwise. Whether the name is free is for the workspace to say."""
        with self._changing():
            manifest.write(self.folder, replace(self.manifest, name=name))

    def tidy(self) -> None:
        """Finish or clear away what a program left that was ended; nothing while another changes the shop, or where nothing can be written."""
        with suppress(NotKept), self._changing(wait=0):
            pass

    def bytes(self) -> int:
        """What the folder takes on the disk."""
        return sum(path.stat().st_size for path in self.folder.rglob("*") if path.is_file())

    @contextmanager
    def _changing(self, wait: float = PATIENCE) -> Iterator[None]:
        """Be the only one who changes the shop; what a disk says becomes a sentence, and what was begun is cleared away."""
        with disk.explained(self.folder), disk.locked(self.folder.with_name(f"{self.id}.lock"), wait=wait):
            if not (self.folder / manifest.FILE).exists():
                raise gone(self.id)
            self._clear_away(self.manifest)
            try:
                yield
            except BaseException:
                with suppress(Exception):
                    self._clear_away(self.manifest)
                raise
            self._sweep()

    def _arrived(
        self, before: Manifest, uploads: Sequence[Upload], passwords: Mapping[str, str]
    ) -> tuple[list[KeptFile], tuple[str, ...], list[RegularsError]]:
        """Write the uploads' content where it is prepared: the files, the names of those that are there already, and the problems."""
        arrived: list[KeptFile] = []
        there: list[str] = []
        problems: list[RegularsError] = []
        here = self.folder / FILES
        taken = {file.name for file in before.files} | set(before.gone) | {path.name for path in here.iterdir()}
        disk.private_folder(self.folder / INCOMING)
        digests = {file.digest for file in before.files}
        for upload in uploads:
            try:
                data, decrypted = keeping.without_password(upload, passwords)
            except InputError as error:
                problems.append(error)
                continue
            digest = hashlib.sha256(data).hexdigest()
            if digest in digests:
                there.append(upload.name)
                continue
            by_hand = isinstance(upload.data, Path) and upload.data.parent == here and not decrypted
            name = upload.name if by_hand else manifest.file_name(upload.name, taken)
            disk.write_through(self.folder / INCOMING / name, data)
            taken.add(name)
            digests.add(digest)
            arrived.append(KeptFile(name, digest, len(data), manifest.now(), decrypted))
        return arrived, tuple(there), problems

    def path(self, file: KeptFile) -> Path:
        """Where a file is: in its folder, or still where it was prepared."""
        path, prepared = self.folder / FILES / file.name, self.folder / INCOMING / file.name
        return prepared if prepared.exists() and not path.exists() else path

    def _uploads(self, of: Manifest, progress: Progress | None) -> Iterator[Upload]:
        for number, file in enumerate(of.files):
            if progress:
                progress(number, len(of.files), file.name)
            yield Upload(file.name, self.path(file))
        if progress:
            progress(len(of.files), len(of.files), "")

    def _database(self, of: Manifest) -> Path:
        return self.folder / f"shop.{self._key(of)}.duckdb"

    def _written(self, of: Manifest) -> Opened:
        path = self._database(of)
        if not path.exists():
            raise kept.Damaged(path.name)
        return kept.open_written(path)

    def _have_made(self, of: Manifest, progress: Progress | None) -> None:
        """Make the database of the shop as it is, where there is none."""
        if not of.files or self._database(of).exists():
            return
        made = self._make(of, progress)
        if made.written.key:
            kept.sign(made.path, made.written, made.written.problems)
            disk.replace(made.path, self._database(of))

    def _make(self, of: Manifest, progress: Progress | None) -> _Made:
        """Prepare the database of these files."""
        path = self.folder / f"{disk.IN_THE_MAKING}shop.duckdb"
        disk.remove(path)
        told = {"shops": self.notebook.told("store"), "mappings": self.notebook.told("mapping")}
        return _Made(path, kept.write_shop(path, self._uploads(of, progress), **told))

    def _replaced(self, before: Manifest, after: Manifest, made: _Made, problems: list[RegularsError]) -> Came:
        """Make the change happen: the database first, as what nobody asks for yet; then the manifest; then the files move in."""
        if made.written.key:
            kept.sign(made.path, made.written, problems)
        came = self._compared(before, made.path if made.written.key else None)
        if made.written.key:
            disk.replace(made.path, self._database(after))
        manifest.write(self.folder, after)
        self._clear_away(after)
        with suppress(kept.Damaged, NotKept):
            people.learn(self._written(after).store, self.notebook)
        return came

    def _compared(self, before: Manifest, after: Path | None) -> Came:
        """What changes when the database of `before` gives way to the one at `after`; None: to nothing."""
        old = self._database(before)
        con = duckdb.connect(":memory:")
        try:
            for name, path in (("before", old if old.exists() else None), ("after", after)):
                if path:
                    con.execute(f"attach '{str(path).replace(chr(39), chr(39) * 2)}' as {name} (read_only)")
            some = "after" if after else "before"
            for name, missing in (("before", not old.exists()), ("after", after is None)):
                if missing:
                    con.execute(f"attach ':memory:' as {name}")
                    con.execute(f"create schema {name}.staged")
                    for table in ("checked", "reviews"):
                        con.execute(f"create view {name}.staged.{table} as select * from {some}.staged.{table} limit 0")  # noqa: S608
            asked = con.execute(statement("workspace/came"))
            columns = [column[0] for column in asked.description]
            return Came(**dict(zip(columns, asked.fetchone(), strict=True)))
        finally:
            con.close()

    def _take_as_they_are(self, changed: Sequence[KeptFile]) -> None:
        with self._changing():
            of = self.manifest
            now = {}
            for file in changed:
                path = self.folder / FILES / file.name
                now[file.name] = replace(file, digest=_digest(path), size=path.stat().st_size, added=manifest.now())
            manifest.write(self.folder, replace(of, files=tuple(now.get(file.name, file) for file in of.files)))

    def _clear_away(self, of: Manifest) -> None:
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
        current = self._database(of).name
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


@dataclass(frozen=True)
class _Made:
    path: Path
    written: kept.Written


def gone(name: str) -> NotKept:
    """The shop is not there (any more)."""
    return NotKept(N_("There is no remembered shop “{name}”; it may have been forgotten in another window."), name=name)


def _upload_of(problem: RegularsError) -> str:
    return (getattr(problem, "file", None) or "").split("/")[0]


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
    return name.startswith((".", "~$")) or name.lower() in LITTER or name.lower().endswith((".tmp", ".crdownload", ".part"))
