"""The folder of remembered shops of one person, and where it is."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

import platformdirs

from analytics.errors import N_, NotKept
from analytics.sources import Upload
from analytics.workspace import backup, disk, manifest
from analytics.workspace.folder import FILES, NOTEBOOK, gone
from analytics.workspace.manifest import Manifest
from analytics.workspace.notebook import Notebook
from analytics.workspace.shop import Added, Forgotten, Progress, Shop

HOME = "REGULARS_HOME"
"""Environment variable: the folder to use in place of this account's own."""
SHOPS, PEOPLE, LAST = "shops", "people", "last-opened"
_GOING = f"{disk.IN_THE_MAKING}forgotten-"


def home() -> Path:
    """The folder that holds everything remembered on this computer for this account; it may not be there yet."""
    given = os.environ.get(HOME, "").strip()
    return Path(given).expanduser().absolute() if given else platformdirs.user_data_path("Regulars", appauthor=False)


class Workspace:
    """The remembered shops of one person."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = home() if folder is None else folder

    @classmethod
    def of_person(cls, issuer: str, subject: str) -> Workspace:
        """The workspace of somebody who signed in: a folder of their own, named by a hash of who vouches for them and whom."""
        digest = hashlib.sha256(f"{len(issuer)}:{issuer}{subject}".encode()).hexdigest()
        return cls(home() / PEOPLE / digest)

    def shops(self) -> list[Shop]:
        """Every shop, by name; one whose shop.json cannot be read comes too, and says so when it is opened."""
        folder = self.folder / SHOPS
        if not folder.is_dir():
            return []
        found = [
            Shop(path) for path in folder.iterdir() if path.is_dir() and not path.name.startswith(disk.IN_THE_MAKING)
        ]
        return sorted(
            (shop for shop in found if (shop.folder / manifest.FILE).exists()), key=lambda shop: (_name(shop), shop.id)
        )

    def shop(self, wanted: str) -> Shop:
        """The shop of this id or name. Raises NotKept where there is none."""
        for shop in self.shops():
            if wanted == shop.id or wanted.strip().casefold() == _name(shop).casefold():
                return shop
        raise gone(wanted)

    def has(self, name: str) -> bool:
        """Whether a shop is called so."""
        return any(name.strip().casefold() == _name(shop).casefold() for shop in self.shops())

    def keep(
        self,
        name: str,
        uploads: Sequence[Upload],
        *,
        passwords: Mapping[str, str] | None = None,
        notebook: Notebook | None = None,
        progress: Progress | None = None,
    ) -> tuple[Shop | None, Added]:
        """Remember a new shop of these files. notebook: what was written down so far. None where none of the files can be read."""
        name = self._free_name(name)
        with self._making() as folder:
            if notebook:
                notebook.copy_to(folder / NOTEBOOK)
            manifest.write(folder, Manifest(name, manifest.now()))
            added = Shop(folder).add(uploads, passwords=passwords, progress=progress)
            shop = self._moved_in(folder, name) if added.files else None
        return shop, added

    def restore(self, file: Path | IO[bytes], called: str = "") -> Shop:
        """Bring a shop back from a backup; where one of its name is here, it gets a number. Raises NotKept where it is no whole backup.

        called: the name of a file that is no path.
        """
        with self._making() as folder:
            name = self._numbered(backup.unpack(file, called or Path(str(file)).name, folder).name)
            manifest.write(folder, Manifest(**{**vars(manifest.read(folder)), "name": name}))
            return self._moved_in(folder, name)

    def rename(self, shop: Shop, name: str) -> None:
        """Call a shop otherwise. Raises NotKept where another is called so."""
        if name.strip().casefold() != shop.name.casefold():
            self._free_name(name)
        shop.rename(_proper(name))

    def forget(self, shop: Shop) -> Forgotten:
        """Delete a shop for good: files, database, notebook."""
        with disk.explained(shop.folder), disk.locked(self._lock(shop.id), wait=5):
            if not shop.folder.is_dir():
                raise gone(shop.id)
            name, size = _name(shop), shop.bytes()
            with suppress(NotKept):
                notes = shop.notebook.count()
            files = sum(path.is_file() for path in (shop.folder / FILES).glob("*"))
            going = shop.folder.with_name(f"{_GOING}{shop.id}")
            disk.remove(going)
            disk.replace(shop.folder, going)
            with suppress(OSError):
                disk.remove(going)
        with suppress(OSError):
            self._lock(shop.id).unlink()
        return Forgotten(name, files, size, notes)

    def opened(self, shop: Shop) -> None:
        """Note that this shop was opened last; where that cannot be written, nothing happens."""
        with suppress(OSError):
            path = self.folder / LAST
            if not path.exists() or path.read_text("utf-8") != shop.id:
                disk.write(path, shop.id.encode())

    def last(self) -> Shop | None:
        """The shop opened last, else the first there is."""
        shops = self.shops()
        with suppress(OSError, UnicodeDecodeError):
            name = (self.folder / LAST).read_text("utf-8")
            shops = [shop for shop in shops if shop.id == name] or shops
        return shops[0] if shops else None

    def tidy(self) -> None:
        """Finish or clear away what a program left that was ended. To be called once when a program starts."""
        folder = self.folder / SHOPS
        if not folder.is_dir():
            return
        for path in folder.glob(f"{disk.IN_THE_MAKING}*"):
            if path.is_dir():
                with suppress(NotKept, OSError), disk.locked(self._held(path), wait=0):
                    disk.remove(path)
        made = {path for path in folder.glob(f"{disk.IN_THE_MAKING}*") if path.is_dir()}
        for path in [*folder.glob(f"{disk.IN_THE_MAKING}*"), *self.folder.glob(f"{disk.IN_THE_MAKING}*")]:
            with suppress(OSError):
                if path not in made and not any(path.name.startswith(one.name) for one in made):
                    path.unlink()
        for shop in self.shops():
            shop.tidy()

    def _lock(self, shop: str) -> Path:
        return self.folder / SHOPS / f"{shop}.lock"

    def _held(self, folder: Path) -> Path:
        """The lock of whoever prepares something in this folder."""
        return folder.with_name(f"{folder.name}.held")

    @contextmanager
    def _making(self) -> Iterator[Path]:
        """A folder in which a shop is prepared; nothing of it is left unless it moved in."""
        with disk.explained(self.folder):
            disk.private_folder(self.folder)
            disk.private_folder(self.folder / SHOPS)
            made = f"{disk.IN_THE_MAKING}{os.getpid()}-{os.urandom(4).hex()}"
            folder = self.folder / SHOPS / made
            try:
                with disk.locked(self._held(folder), wait=0):
                    disk.private_folder(folder)
                    yield folder
            finally:
                for path in (folder, self._lock(made), self._held(folder)):
                    with suppress(OSError):
                        disk.remove(path)

    def _moved_in(self, folder: Path, name: str) -> Shop:
        """Let a prepared shop be one of the remembered ones."""
        while True:
            place = folder.with_name(manifest.file_name(name, [path.name for path in folder.parent.iterdir()]))
            try:
                disk.again(lambda place=place: os.rename(folder, place))
            except OSError:
                if not place.exists():
                    raise
                continue
            return Shop(place)

    def _free_name(self, name: str) -> str:
        name = _proper(name)
        if not name:
            raise NotKept(N_("A shop needs a name."))
        if self.has(name):
            raise NotKept(
                N_("There is a remembered shop “{name}” already. Add the files to it, or choose another name."),
                name=name,
            )
        return name

    def _numbered(self, name: str) -> str:
        number, found = 1, name
        while self.has(found):
            number += 1
            found = f"{name} ({number})"
        return found


def _proper(name: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"[\x00-\x1f\x7f]", " ", name)).strip()[:60]


def _name(shop: Shop) -> str:
    try:
        return shop.name
    except NotKept:
        return shop.id
