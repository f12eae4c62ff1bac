"""A shop in one zip: its exports and its notebook. The database is not in it; it is made again where the shop is brought back."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import tempfile
import zipfile
import zlib
from contextlib import closing
from pathlib import Path
from typing import IO

from analytics.errors import N_, NotKept
from analytics.workspace import disk, manifest
from analytics.workspace.folder import FILES, NOTEBOOK
from analytics.workspace.manifest import Manifest
from analytics.workspace.notebook import Notebook
from analytics.workspace.shop import Shop

PACKED = (".xlsx", ".xlsm", ".xls", ".zip", ".gz")
"""Endings of files that packing makes no smaller."""


def pack(shop: Shop, file: Path) -> Path:
    """Write a backup of the shop, whole or not at all. Raises NotKept where a file of it cannot be read, or the disk does not take it."""
    beside = file.with_name(f"{disk.IN_THE_MAKING}{file.name}")
    with disk.explained(file.parent), tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / NOTEBOOK
        shop.notebook.copy_to(copy)
        of = shop.manifest
        try:
            with zipfile.ZipFile(beside, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
                archive.write(shop.folder / manifest.FILE, manifest.FILE)
                archive.write(copy, NOTEBOOK)
                for one in of.files:
                    how = zipfile.ZIP_STORED if one.name.lower().endswith(PACKED) else zipfile.ZIP_DEFLATED
                    archive.write(shop.path(one), f"{FILES}/{one.name}", how)
            disk.replace(beside, file)
        finally:
            beside.unlink(missing_ok=True)
    return file


def packed(shop: Shop) -> bytes:
    """A backup of the shop, in memory, as `pack` writes it."""
    with tempfile.TemporaryDirectory() as folder:
        return pack(shop, Path(folder) / "shop.zip").read_bytes()


def unpack(file: Path | IO[bytes], name: str, folder: Path) -> Manifest:
    """Put what a backup (called `name`) holds into an empty folder. Raises NotKept where it is none, or not whole."""
    try:
        with zipfile.ZipFile(file) as archive:
            of = manifest.parsed(_limited(archive, manifest.FILE, 1 << 26), name)
            room = sum(one.size for one in of.files) + archive.getinfo(NOTEBOOK).file_size
            _room(folder, room)
            (folder / NOTEBOOK).write_bytes(_limited(archive, NOTEBOOK, archive.getinfo(NOTEBOOK).file_size))
            disk.private_folder(folder / FILES)
            for one in of.files:
                _file(archive, one, folder / FILES / one.name)
        with closing(sqlite3.connect(folder / NOTEBOOK)) as con:
            if con.execute("pragma quick_check").fetchone() != ("ok",):
                raise ValueError(NOTEBOOK)
        Notebook(folder / NOTEBOOK).settings()
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        KeyError,
        ValueError,
        RuntimeError,
        sqlite3.DatabaseError,
    ) as error:
        raise NotKept(
            N_("{name} is not a whole backup of a shop. Take the zip that “Back up” made, as it was saved."),
            name=name,
        ) from error
    manifest.write(folder, Manifest(of.name, of.made, of.files))
    return of


def _file(archive: zipfile.ZipFile, one: manifest.KeptFile, path: Path) -> None:
    """One export out of a backup, no more of it than was packed."""
    digest, left = hashlib.sha256(), one.size
    with archive.open(f"{FILES}/{one.name}") as packed, path.open("wb") as out:
        while block := packed.read(1 << 20):
            left -= len(block)
            if left < 0:
                break
            digest.update(block)
            out.write(block)
        out.flush()
        os.fsync(out.fileno())
    if left or digest.hexdigest() != one.digest:
        raise ValueError(one.name)
    os.utime(path, (one.added_at.timestamp(),) * 2)


def _limited(archive: zipfile.ZipFile, name: str, limit: int) -> bytes:
    with archive.open(name) as packed:
        data = packed.read(limit + 1)
    if len(data) > limit:
        raise ValueError(name)
    return data


def _room(folder: Path, wanted: int) -> None:
    free = shutil.disk_usage(folder).free
    if wanted > free:
        raise NotKept(
            N_("The backup needs {wanted}, and {free} are free where the shops are kept ({folder}). Make room and try again; nothing was changed."),
            wanted=disk.size(wanted), free=disk.size(free), folder=str(folder.parent),
        )  # fmt: skip
