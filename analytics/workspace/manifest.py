"""What a remembered shop is made of, `shop.json`: its name and its files. Replacing this one small file is what makes a change happen."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path

from analytics.errors import N_, NotKept
from analytics.workspace import disk
from analytics.workspace.notebook import newer

FORMAT = 1
"""Version of the folder: what is in shop.json, and which files lie beside it."""
FILE = "shop.json"
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?")
_LONGEST = 120


@dataclass(frozen=True)
class KeptFile:
    """One export that is kept. name: in `files/`. digest: SHA-256 of its content. size: bytes. added: when. decrypted: it came with a password."""

    name: str
    digest: str
    size: int
    added: str
    decrypted: bool = False

    @property
    def added_at(self) -> datetime:
        return datetime.fromisoformat(self.added)


@dataclass(frozen=True)
class Manifest:
    """name: of the shop. files: in the order in which they came. gone: names of files taken out that may still have to be deleted."""

    name: str
    made: str
    files: tuple[KeptFile, ...] = ()
    gone: tuple[str, ...] = ()
    format: int = field(default=FORMAT)

    def with_files(self, files: Iterable[KeptFile]) -> Manifest:
        return replace(self, files=(*self.files, *files))

    def without(self, names: Iterable[str]) -> Manifest:
        """Without these files, which are to be deleted."""
        out = set(names)
        left = tuple(file for file in self.files if file.name not in out)
        held = [file.name for file in self.files if file.name in out]
        return replace(self, files=left, gone=tuple(dict.fromkeys([*self.gone, *held])))


def now() -> str:
    """This moment, as manifests write it."""
    return datetime.now().isoformat(sep=" ", timespec="seconds")


def read(folder: Path) -> Manifest:
    """The manifest of a shop's folder. Raises NotKept where it cannot be read, or is a newer program's."""
    return parsed((folder / FILE).read_bytes(), folder.name)


def parsed(data: bytes, where: str) -> Manifest:
    """A manifest out of its text. where: for the sentence, when it is none."""
    try:
        told = json.loads(data)
        if told["format"] > FORMAT:
            raise newer(FILE)
        files = tuple(
            KeptFile(str(f["name"]), str(f["digest"]), int(f["size"]), str(f["added"]), bool(f["decrypted"]))
            for f in told["files"]
        )
        for name in (*(file.name for file in files), *told["gone"]):
            if name != file_name(name):
                raise ValueError(name)
        return Manifest(str(told["name"]), str(told["made"]), files, tuple(told["gone"]), int(told["format"]))
    except (ValueError, KeyError, TypeError) as error:
        raise NotKept(
            N_(
                "{name} is damaged: its {file} cannot be read. The exports are still in its folder “files”; remember the shop again from them."
            ),
            name=where,
            file=FILE,
        ) from error


def write(folder: Path, manifest: Manifest) -> None:
    """Make a change happen: whole, or not at all."""
    disk.write(folder / FILE, json.dumps(asdict(manifest), ensure_ascii=False, indent=1).encode())


def file_name(name: str, taken: Iterable[str] = ()) -> str:
    """A name that every system can give a file, as near to `name` as can be, and none of `taken` whatever the case of its letters."""
    base = _FORBIDDEN.sub("_", name.replace("\\", "/").rsplit("/", 1)[-1]).strip(" .")
    base = re.sub(r"^(~\$|\.)+", "", base).strip(" .") or "file"
    base = f"_{base}" if _RESERVED.fullmatch(base) else base
    stem, dot, ending = base.rpartition(".") if 0 < len(base) - base.rfind(".") <= 6 and "." in base else (base, "", "")
    stem = stem[: _LONGEST - len(ending)].rstrip(" .") or "file"
    held = {one.casefold() for one in taken}
    number, found = 1, f"{stem}{dot}{ending}"
    while found.casefold() in held:
        number += 1
        found = f"{stem} ({number}){dot}{ending}"
    return found
