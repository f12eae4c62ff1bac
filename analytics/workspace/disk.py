"""Changes on disk that happen whole or not at all, one writer at a time, and why a disk did not take them.

A file is written beside its place and renamed onto it. Windows refuses that for a moment while a virus scanner or a search index looks
at either, so it is tried again; while Excel has the file open it refuses for good, and the sentence says so.
"""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb

from analytics.errors import N_, NotKept

TRIES = 8
"""How often a rename or a deletion is tried, over some three seconds."""
IN_THE_MAKING = ".making-"
"""Files and folders whose names begin so are of a change under way, or of one that was cut off."""


def private_folder(folder: Path) -> Path:
    """The folder, made if it is not there, for this account alone (POSIX: 0700)."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def again(change: Callable[[], object]) -> None:
    """Do it; while Windows says that the file is in use, a few times more."""
    for turn in range(TRIES):
        try:
            change()
            return
        except PermissionError:
            if os.name != "nt" or turn == TRIES - 1:
                raise
            time.sleep(0.02 * 2**turn)


def replace(source: Path, target: Path) -> None:
    """Rename onto the target, whatever is there; durable once it returns."""
    again(lambda: os.replace(source, target))
    _settle(target.parent)


def remove(path: Path) -> None:
    """Delete a file or a whole folder; one that is not there is fine."""
    if path.is_dir() and not path.is_symlink():
        again(lambda: shutil.rmtree(path))
    else:
        again(lambda: path.unlink(missing_ok=True))


def write(path: Path, data: bytes | memoryview) -> None:
    """Put a file there, whole: whoever reads it sees the old one or the new one."""
    beside = path.with_name(f"{IN_THE_MAKING}{path.name}")
    try:
        write_through(beside, data)
        replace(beside, path)
    except OSError:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise


def write_through(path: Path, data: bytes | memoryview) -> None:
    """Write a file that nobody reads yet, down to the disk."""
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _settle(folder: Path) -> None:
    """Make renames in this folder outlast a power cut, where the system lets one say so."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def locked(path: Path, *, wait: float) -> Iterator[None]:
    """Hold the lock `path`, for one writer among all programs of this computer; the system frees it when its holder ends, however.

    wait: seconds to try for. Raises NotKept when another still holds it then.
    """
    until = time.monotonic() + wait
    with path.open("a+b") as file:
        while not _taken(file.fileno()):
            if time.monotonic() >= until:
                raise busy()
            time.sleep(0.05)
        try:
            yield
        finally:
            _freed(file.fileno())


if os.name == "nt":
    import msvcrt

    def _taken(handle: int) -> bool:
        os.lseek(handle, 0, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _freed(handle: int) -> None:
        os.lseek(handle, 0, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _taken(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _freed(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_UN)


def busy() -> NotKept:
    """Another window or program changes this shop right now."""
    return NotKept(
        N_("Another window or program is writing to this shop. Try again in a moment; nothing was changed here.")
    )


@contextmanager
def explained(folder: Path) -> Iterator[None]:
    """Turn what a disk or a database on it says into a sentence for the owner. folder: where it was to be written."""
    try:
        yield
    except (OSError, sqlite3.Error, duckdb.Error) as error:
        raise _sentence(error, folder) from error


_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG} if hasattr(errno, "EDQUOT") else {errno.ENOSPC, errno.EFBIG}
_FORBIDDEN = ("readonly", "read-only", "permission denied", "unable to open database file")
_IN_USE = 32  # Windows: another program has the file open


def _sentence(error: Exception, folder: Path) -> NotKept:
    number, said = getattr(error, "errno", None), str(error).lower()
    file = Path(str(getattr(error, "filename", None) or folder)).name
    folder = folder.parent if folder.name.startswith(IN_THE_MAKING) else folder
    if number in _FULL or "no space left" in said or "disk is full" in said or "file too large" in said:
        return NotKept(
            N_(
                "The disk is full: {free} are free where the shops are kept ({folder}). Make room and try again; nothing was changed."
            ),
            free=_free(folder),
            folder=str(folder),
        )
    if getattr(error, "winerror", None) == _IN_USE:
        return NotKept(
            N_(
                "{name} is open in another program (Excel, perhaps). Close it there and try again; nothing was changed."
            ),
            name=file,
        )
    if number in {errno.EROFS, errno.EACCES, errno.EPERM} or any(word in said for word in _FORBIDDEN):
        return NotKept(
            N_(
                "The folder {folder} cannot be written to. Allow this account to write there, or choose another folder with REGULARS_HOME; nothing was changed."
            ),
            folder=str(folder),
        )
    if "locked" in said and isinstance(error, sqlite3.Error):
        return busy()
    return NotKept(
        N_("{name} could not be written or read ({reason}). Try again; nothing was changed."),
        name=file,
        reason=type(error).__name__ if isinstance(error, duckdb.Error) else (error.args or ("",))[-1],
    )


def _free(folder: Path) -> str:
    try:
        return size(shutil.disk_usage(folder).free)
    except OSError:
        return size(0)


def size(n: int) -> str:
    """Bytes as people say them: 12 KB, 3.4 MB, 1.2 GB."""
    for unit, digits in (("KB", 0), ("MB", 1), ("GB", 1)):
        n /= 1000
        if n < 1000 or unit == "GB":
            return f"{n:.{digits}f} {unit}"
    raise AssertionError
