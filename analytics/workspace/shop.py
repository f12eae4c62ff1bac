"""One remembered shop: opening it, putting files on top and taking them out, and what that changed.

Its database is made of its files whenever it has to be; how the folder stays whole meanwhile is the matter of `folder.py`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import duckdb

from analytics.errors import InputError, NotKept, RegularsError
from analytics.sources import Upload
from analytics.store import Damaged, Opened, imports, kept, open_shop
from analytics.store.statements import statement
from analytics.workspace import disk, keeping, manifest, people
from analytics.workspace.folder import FILES, INCOMING, Folder
from analytics.workspace.manifest import KeptFile, Manifest

Progress = Callable[[int, int, str], None]
"""Called with the files read so far, all of them, and the name of the one to come."""

NOTED = {"mappings": "mapping", "shops": "store", "dates": "date"}
"""What readers are told about files -> what the notebook calls it."""

_KEY = re.compile("[0-9a-f]{64}")


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
class Forgotten:
    """What was deleted: the shop's name, how many files, their bytes with the database's, and how many rows of notes."""

    name: str
    files: int
    bytes: int
    notes: int


class Shop(Folder):
    """A shop remembered in a folder."""

    @property
    def key(self) -> str:
        """Names the data: it changes with the files, with what was said about them, and with the code that reads them."""
        return self._key(self.manifest)

    def _key(self, of: Manifest) -> str:
        names = [f"{file.name}|{file.digest}" for file in of.files]
        said = [f"{file}|{words}" for about in self._told(of).values() for file, words in about.items()]
        return hashlib.sha256("\n".join([kept.program(), *names, "", *said]).encode()).hexdigest()[:16]

    def _told(self, of: Manifest) -> dict[str, dict[str, str]]:
        """What the owner said about these files, by their names or by the keys of what they hold (a zip's files have their own), as readers take it."""
        names = {file.name for file in of.files}
        told = {about: self.notebook.told(noted) for about, noted in NOTED.items()}
        return {
            about: {file: words for file, words in said.items() if file.split("/")[0] in names or _KEY.fullmatch(file)}
            for about, said in told.items()
        }

    @property
    def made(self) -> bool:
        """Whether its database is there, so that it opens at once."""
        return self.database(self.manifest).exists()

    def make(self, progress: Progress | None = None) -> None:
        """Make its database where it is not there. Raises NotKept where it cannot be written."""
        with self.changing():
            self._have_made(self.manifest, progress)

    def mend(self) -> None:
        """Drop a database that is damaged: it is made again when the shop is opened."""
        with self.changing():
            disk.remove(self.database(self.manifest))

    def open(self, progress: Progress | None = None, as_of: date | None = None) -> Opened:
        """The shop: from its database, else made again from its files; in memory where nothing can be written. No files: no store.

        as_of: as in `open_shop`.
        """
        of = self.manifest
        if not of.files:
            return Opened(None)
        with suppress(Damaged):
            return self._written(of, as_of)
        try:
            if self.database(of).exists():
                self.mend()
            self.make(progress)
            of = self.manifest
            return self._written(of, as_of)
        except (NotKept, Damaged):
            return open_shop(self._uploads(of), as_of=as_of, **self._told(of))

    def add(
        self, uploads: Sequence[Upload], *, passwords: Mapping[str, str] | None = None, progress: Progress | None = None
    ) -> Added:
        """Put files on top of those that are there: all of those that can be read, or in case of trouble none.

        passwords: by the uploads' names; they are not kept. Raises NotKept where the folder does not take the files; nothing is changed then.
        """
        with self.changing():
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
        with self.changing():
            before = self.manifest
            after = before.without(names)
            if after.files:
                made = self._make(after, None)
                return self._replaced(before, after, made, made.written.problems)
            came = self._compared(before, None)
            manifest.write(self.folder, after)
            self.clear_away(after)
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

    def rename(self, name: str) -> None:
        """Call the shop otherwise. Whether the name is free is for the workspace to say."""
        with self.changing():
            manifest.write(self.folder, replace(self.manifest, name=name))

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

    def _uploads(self, of: Manifest) -> list[Upload]:
        return [Upload(file.name, self.path(file)) for file in of.files]

    def database(self, of: Manifest) -> Path:
        return self.folder / f"shop.{self._key(of)}.duckdb"

    def _written(self, of: Manifest, as_of: date | None = None) -> Opened:
        path = self.database(of)
        if not path.exists():
            raise Damaged(path.name)
        return kept.open_written(path, as_of)

    def _have_made(self, of: Manifest, progress: Progress | None) -> None:
        """Make the database of the shop as it is, where there is none."""
        if not of.files or self.database(of).exists():
            return
        made = self._make(of, progress)
        if made.written.key:
            kept.sign(made.path, made.written, made.written.problems)
            disk.replace(made.path, self.database(of))

    def _make(self, of: Manifest, progress: Progress | None) -> _Made:
        """Prepare the database of these files."""
        path = self.folder / f"{disk.IN_THE_MAKING}shop.duckdb"
        disk.remove(path)
        return _Made(path, imports.write_shop(path, self._uploads(of), progress=progress, **self._told(of)))

    def _replaced(self, before: Manifest, after: Manifest, made: _Made, problems: list[RegularsError]) -> Came:
        """Make the change happen: the database first, as what nobody asks for yet; then the manifest; then the files move in."""
        if made.written.key:
            kept.sign(made.path, made.written, problems)
        came = self._compared(before, made.path if made.written.key else None)
        if made.written.key:
            disk.replace(made.path, self.database(after))
        manifest.write(self.folder, after)
        self.clear_away(after)
        with suppress(Damaged, NotKept):
            people.learn(self._written(after).store, self.notebook)
        return came

    def _compared(self, before: Manifest, after: Path | None) -> Came:
        """What changes when the database of `before` gives way to the one at `after`; None: to nothing."""
        old = self.database(before)
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


@dataclass(frozen=True)
class _Made:
    path: Path
    written: kept.Written


def _upload_of(problem: RegularsError) -> str:
    return (getattr(problem, "file", None) or "").split("/")[0]
