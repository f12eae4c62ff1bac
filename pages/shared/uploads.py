"""Where readers' files are: on this computer's disk, in a private folder, one for each session, for as long as that session lasts.

Streamlit keeps what is dropped into an upload box in memory. `path_of` moves it out once it is asked for. `server.py` calls `forget` when a
session has ended; what a server leaves that is killed, the next one to start clears away.
"""

from __future__ import annotations

import atexit
import copyreg
import os
import re
import shutil
import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path

from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from analytics.store import engine
from analytics.store.imports import Import

PREFIX = "regulars-"
_under_way: dict[str, Import] = {}

copyreg.pickle(UploadedFile, lambda file: file.file_id)
"""A text instead of a recipe means "the object itself": Streamlit copies a file's whole content on every click otherwise."""


@cache
def root() -> Path:
    """The folder of this process (POSIX: for this account alone); gone when the process ends."""
    _clear_after_others()
    folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-")).resolve()
    engine.share(folder)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _clear_after_others() -> None:
    """Delete the folders of processes that are no more."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*-*"):
        process = re.fullmatch(rf"{PREFIX}(\d+)-\w+", folder.name)
        if process and not _runs(int(process[1])):
            shutil.rmtree(folder, ignore_errors=True)


def _runs(process: int) -> bool:
    """Whether there is a process of this number; on Windows, where asking would end it, so long as its files are in use."""
    if os.name == "nt":
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def folder() -> Path:
    """The folder of this session."""
    return _folder(_session())


def path_of(file: UploadedFile) -> Path:
    """Where the content of an uploaded file is. Its bytes leave the memory; the file itself reads as empty from then on."""
    path = folder() / re.sub(r"\W", "_", file.file_id)
    if not path.exists():
        beside = path.with_suffix(".part")
        beside.write_bytes(file.getvalue())
        beside.replace(path)
    _let_go(file)
    return path


def _let_go(file: UploadedFile) -> None:
    file.seek(0)
    file.truncate()
    context = get_script_run_ctx()
    if context is None:
        return
    for record in context.uploaded_file_mgr.get_files(context.session_id, [file.file_id]):
        if record.data:
            context.uploaded_file_mgr.add_file(context.session_id, record._replace(data=b""))


def under_way(one: Import | None) -> None:
    """Note what this session waits for, in place of what it waited for before, which is called off; None: for nothing."""
    session = _session()
    before = _under_way.pop(session, None)
    if before is not None and before is not one:
        before.cancel()
    if one is not None:
        _under_way[session] = one


def forget(session: str) -> None:
    """The session has ended: nobody waits for its import, and its files go."""
    if one := _under_way.pop(session, None):
        one.cancel()
    if root.cache_info().currsize:
        shutil.rmtree(_folder(session, make=False), ignore_errors=True)


def forget_file(session: str, file_id: str) -> None:
    """The reader took a file out of the box."""
    if root.cache_info().currsize:
        with suppress(OSError):
            (_folder(session, make=False) / re.sub(r"\W", "_", file_id)).unlink(missing_ok=True)


def size(session: str) -> int:
    """Bytes on disk of a session's files."""
    folder = _folder(session, make=False)
    return sum(path.stat().st_size for path in folder.iterdir()) if folder.is_dir() else 0


def room() -> int:
    """Bytes that are free where files are kept."""
    return shutil.disk_usage(root()).free


def _folder(session: str, *, make: bool = True) -> Path:
    path = root() / re.sub(r"\W", "_", session)
    if make:
        path.mkdir(mode=0o700, exist_ok=True)
    return path


def _session() -> str:
    context = get_script_run_ctx()
    return context.session_id if context else "alone"
