"""What of an upload is kept: its content as it came, and of what has a password the content without it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from analytics.errors import InputError, PasswordNeeded, WrongPassword
from analytics.sources.containers import Member, Upload, members

LOCKED = (PasswordNeeded, WrongPassword)


def has_password(upload: Upload) -> bool:
    """Whether it, or something in it, cannot be opened without a password."""
    return any(isinstance(member, LOCKED) for member in members(upload, {}))


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
