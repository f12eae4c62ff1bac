"""Reading a reader's files: in another process, in line behind others', with a word on how far it is."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from analytics.errors import InputError, RegularsError
from analytics.store import imports
from analytics.store.imports import Import, Told
from pages.shared import uploads
from pages.shared.text import _, plural

LOOK = 0.25
"""Seconds between looks at how far an import is; what the reader does meanwhile comes through as often."""
ABOUT = ("passwords", "mappings", "shops", "dates")


@dataclass(frozen=True)
class Read:
    """What became of files. key: of them and of what was said about them. path: the database, None where nothing could be read."""

    key: str
    path: Path | None
    problems: tuple[RegularsError, ...]


def read(files: Sequence[UploadedFile], told: Told, pasted: Mapping[str, str]) -> Read:
    """What became of the files, read now unless that has been done. told: of ABOUT, by a file's key. pasted: tables of reviews, by name.

    Raises imports.Full where too many others wait.
    """
    key = _key(files, told, pasted)
    known: Read | None = st.session_state.get("read")
    if known and known.key == key and (known.path is None or known.path.exists()):
        return known
    under_way: tuple[str, Import, Path] | None = st.session_state.get("reading")
    if not under_way or under_way[0] != key:
        path = uploads.folder() / f"{key}.duckdb"
        given = [(file.name, uploads.path_of(file)) for file in files]
        given += [(name, _written(name, table)) for name, table in pasted.items()]
        uploads.under_way(None)
        one = imports.of_server().begin(path, given, told=told)
        uploads.under_way(one)
        st.session_state["reading"] = under_way = (key, one, path)
    _, one, path = under_way
    _wait(one, len(files) + len(pasted))
    del st.session_state["reading"]
    uploads.under_way(None)
    found = _found(one, key, path, files)
    if known and known.path and known.path != path:
        known.path.unlink(missing_ok=True)
    st.session_state["read"] = found
    return found


def _found(one: Import, key: str, path: Path, files: Sequence[UploadedFile]) -> Read:
    try:
        written = one.result()
    except OSError:
        names = ", ".join(file.name for file in files[:3]) + ("…" if len(files) > 3 else "")
        return Read(key, None, (InputError(imports.NO_DISK, file=names),))
    return Read(key, path if written.key else None, tuple(written.problems))


def _written(name: str, table: str) -> Path:
    """A pasted table as a file beside the uploads."""
    path = uploads.folder() / f"pasted-{hashlib.sha256(name.encode()).hexdigest()[:16]}.csv"
    path.write_text(table, encoding="utf-8", newline="")
    return path


def _key(files: Sequence[UploadedFile], told: Told, pasted: Mapping[str, str]) -> str:
    said = [f"{about}|{file}|{words}" for about in ABOUT for file, words in sorted(told[about].items())]
    said += [f"pasted|{name}|{table}" for name, table in sorted(pasted.items())]
    return hashlib.sha256("\n".join([*(f"{file.file_id}|{file.name}" for file in files), *said]).encode()).hexdigest()[
        :16
    ]


def _wait(one: Import, files: int) -> None:
    """Say where in the line it stands and how far it is, until it ends."""
    if one.wait(LOOK):
        return
    place = st.empty()
    said = ""
    with place.container(), st.spinner(_("Reading {n} files…", n=files), show_time=True):
        words = st.empty()
        while not one.wait(LOOK):
            now = _how_far(one, files)
            if now != said:
                words.caption(now)
                said = now
            else:
                words.caption(said)
    place.empty()


def _how_far(one: Import, files: int) -> str:
    if ahead := one.ahead:
        return plural("{n} file is in front of yours.", "{n} files are in front of yours.", ahead)
    if one.reading is not None and one.reading < files:
        return _("File {n} of {all}", n=one.reading + 1, all=files)
    return _("Counting …")
