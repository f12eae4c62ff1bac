"""What of an upload is kept: its content as it came, and of what has a password the content without it."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

from analytics.errors import InputError, PasswordNeeded, WrongPassword
from analytics.sources.containers import OLE2, ZIP, Member, Upload, members

LOCKED = (PasswordNeeded, WrongPassword)


def has_password(upload: Upload) -> bool:
    """Whether it, or something in it, cannot be opened without a password."""
    return _may_be_locked(upload) and any(isinstance(member, LOCKED) for member in members(upload, {}))


def _may_be_locked(upload: Upload) -> bool:
    """Whether it is worth unpacking to find out: this process should unpack nothing for the sake of a file without a password."""
    data = upload.data if isinstance(upload.data, Path) else io.BytesIO(upload.data)
    try:
        with zipfile.ZipFile(data) as archive:
            return any(_part_may_be_locked(archive, info) for info in archive.infolist())
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError, RuntimeError):
        pass
    if isinstance(data, Path):
        with data.open("rb") as file:
            return file.read(8) == OLE2
    return data.getvalue()[:8] == OLE2


def _part_may_be_locked(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bool:
    if info.flag_bits & 1:
        return True
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return False  # the others unpack all at once
    with archive.open(info) as part:
        begins = part.read(8)
    return begins == OLE2 or (begins[:4] in ZIP and not info.filename.lower().endswith(".xlsx"))


def without_password(upload: Upload, passwords: Mapping[str, str]) -> tuple[bytes | memoryview, bool]:
    """The content as it is kept, and whether a password was taken off. Raises PasswordNeeded or WrongPassword where it stays locked.

    A zip that holds locked files becomes a zip of the tables in it, under the same names.
    """
    if not has_password(upload):
        data = upload.data.read_bytes() if isinstance(upload.data, Path) else upload.data
        return data, False
    opened = list(members(upload, passwords))
    for member in opened:
        if isinstance(member, LOCKED):
            raise member
    tables = [member for member in opened if isinstance(member, Member)]
    if not tables:
        raise next(member for member in opened if isinstance(member, InputError))
    if tables[0].name == upload.name:
        return tables[0].data, True
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for table in tables:
            archive.writestr(table.name.removeprefix(f"{upload.name}/"), table.data)
    return packed.getbuffer(), True
