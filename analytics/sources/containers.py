"""What an uploaded file really is, by its content: tables in text, workbooks, and zips and encryption around them.

`members(upload)` takes the wrapping off. The name's ending is never trusted: Shopee's `.xls` may hold an xlsx, and an encrypted xlsx is
an OLE2 file like a true `.xls`.
"""

from __future__ import annotations

import io
import mmap
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from xml.parsers.expat import ExpatError

import pyarrow as pa
from blake3 import blake3

from analytics.errors import N_, InputError, PasswordNeeded, WrongPassword
from analytics.sources.inflation import check_entries, check_workbook, too_large_unpacked
from analytics.sources.unusable import damaged, empty, no_table, nothing_inside, other_spreadsheet

LIMIT = 1 << 30
"""Bytes of the largest file read, and of the most that the zips of one upload, or a workbook in it, may unpack to."""
MEMBERS = 1_000
"""Files read from one zip."""
SPINS = 1_000_000
"""Rounds of hashing that a password may ask for; Excel asks for 100,000."""
DEPTH = 2
"""Zips inside each other."""

OLE2, ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", (b"PK\x03\x04", b"PK\x05\x06")
OTHER_ARCHIVES = (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b")
BINARY = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"MZ", b"SQLite format 3", b"PAR1")
WEB_PAGE = re.compile(rb"\s*<(?:!doctype html|html|table|\?xml|meta)", re.IGNORECASE)
TABLES = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".zip")
NO_TABLES = (
    ".md", ".json", ".py", ".pyc", ".ipynb", ".toml", ".yml", ".yaml", ".ini", ".cfg", ".log", ".html", ".htm", ".xml", ".js", ".css", ".sql",
    ".db", ".sqlite", ".parquet", ".pdf", ".doc", ".docx", ".ppt", ".pptx", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".heic", ".mp4", ".exe",
)  # fmt: skip
"""Files in a zip that are not even looked at."""
DEFAULT_PASSWORD = "VelvetSweatshop"
"""What Excel encrypts with where it only guards a workbook against changes."""
DAMAGED = (
    zipfile.BadZipFile, zlib.error, struct.error, ExpatError, EOFError, OSError, ValueError, LookupError, TypeError, RuntimeError, AssertionError,
)  # fmt: skip
"""What the readers of zips and of encryption raise at damaged ones."""


@dataclass(frozen=True)
class Upload:
    """A file as it was given: its name and its content, or the path of it."""

    name: str
    data: bytes | memoryview | Path


@dataclass(frozen=True)
class Member:
    """One table file out of an upload.

    name: the upload's name, and for a file in a zip `zip name/its name`. upload: the upload's name. kind: text, xlsx or xls.
    data: its bytes, decrypted; of a text file given as such never a copy. beside: it lies in a zip and its name is not that of a table.
    """

    name: str
    upload: str
    kind: str
    data: memoryview
    beside: bool = False


def members(upload: Upload, passwords: Mapping[str, str]) -> Iterator[Member | InputError]:
    """The table files in `upload`, each decrypted and unpacked when its turn comes, and an error for each that cannot be had.

    passwords: by the key of a file's content or by its name; one given for another file is tried too, as a shop's exports all have the same.
    """
    try:
        data = _view(upload.data)
    except OSError:
        yield InputError(N_("{file} cannot be opened; check that it is there and give it again."), file=upload.name)
        return
    if data.nbytes > LIMIT:
        yield InputError(
            N_("{file} has {size}, but at most {limit} can be read; export a shorter period or split the file."),
            file=upload.name, size=f"{data.nbytes / LIMIT:.1f} GB", limit="1 GB",
        )  # fmt: skip
        return
    yield from _Wrapping(upload.name, passwords).off(upload.name, data)


def content_key(data: memoryview) -> str:
    """The key of a file: of what is in it, whatever it is called (BLAKE3, 64 hexadecimal digits)."""
    return blake3(data).hexdigest()


def _view(data: bytes | memoryview | Path) -> memoryview:
    """The content without a copy; a path is mapped into memory."""
    if isinstance(data, Path):
        data = _mapped(data) if data.stat().st_size else b""
    return memoryview(data).cast("B")


def _mapped(path: Path) -> pa.Buffer | mmap.mmap:
    try:
        return pa.memory_map(str(path)).read_buffer()
    except UnicodeEncodeError:  # a name beyond ASCII under LC_ALL=C
        with path.open("rb") as file:
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


class _Wrapping:
    """What is around the tables of one upload. left: bytes that its zips may still unpack to."""

    def __init__(self, upload: str, passwords: Mapping[str, str]) -> None:
        self.upload, self.passwords, self.left = upload, passwords, LIMIT

    def off(self, name: str, data: memoryview, depth: int = 0) -> Iterator[Member | InputError]:
        """The tables in `data`, and an error for each that cannot be had. depth: zips around it."""
        try:
            if data[:8] == OLE2:
                data = self._decrypted(name, data)
            if data[:8] == OLE2:
                yield Member(name, self.upload, "xls", data)
            elif data[:4] in ZIP:
                yield from self._unzipped(name, data, depth)
            else:
                yield Member(name, self.upload, "text", _text(name, data))
        except InputError as error:
            error.key = content_key(data)
            yield error
        except DAMAGED:
            yield damaged(name)

    def _decrypted(self, name: str, data: memoryview) -> memoryview:
        """The workbook inside an encrypted one; `data` itself where it is a plain `.xls`."""
        import msoffcrypto
        from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError, ParseError

        try:
            office = msoffcrypto.OfficeFile(io.BytesIO(data))
            if not office.is_encrypted():
                return data
            if getattr(office, "info", None) and int(office.info.get("spinValue", 0)) > SPINS:
                raise damaged(name)
        except FileFormatError as error:
            raise no_table(name) from error
        except (ParseError, DecryptionError) as error:
            raise damaged(name) from error
        for password in self._candidates(name, data):
            plain = io.BytesIO()
            try:
                office.load_key(password=password, **({"verify_password": True} if office.format == "ooxml" else {}))
                office.decrypt(plain)
            except (InvalidKeyError, DecryptionError):
                continue
            except ParseError as error:
                raise damaged(name) from error
            return plain.getbuffer()
        raise self._locked(name, data)

    def _own_password(self, name: str, data: memoryview) -> str | None:
        if not self.passwords:
            return None
        keys = (content_key(data), name, name.rsplit("/", 1)[-1], self.upload)
        return next((self.passwords[key] for key in keys if self.passwords.get(key)), None)

    def _candidates(self, name: str, data: memoryview) -> list[str]:
        given = [self._own_password(name, data), *self.passwords.values(), DEFAULT_PASSWORD]
        return list(dict.fromkeys(filter(None, given)))

    def _locked(self, name: str, data: memoryview) -> InputError:
        if self._own_password(name, data):
            return WrongPassword(
                N_("The password given does not open {file}; enter it again (Shopee: by default the last six digits of the shop's phone number)."),
                file=name,
            )  # fmt: skip
        return PasswordNeeded(
            N_("{file} is protected by a password; enter it to open the file (Shopee: by default the last six digits of the shop's phone number)."),
            file=name,
        )  # fmt: skip

    def _unzipped(self, name: str, data: memoryview, depth: int) -> Iterator[Member | InputError]:
        """A workbook as one member, a zip as those in it."""
        archive = zipfile.ZipFile(pa.BufferReader(pa.py_buffer(data)))
        parts = {info.filename.replace("\\", "/").lower() for info in archive.infolist()}
        size, is_workbook = sum(info.file_size for info in archive.infolist()), "xl/workbook.xml" in parts
        if size > (LIMIT if is_workbook else self.left):
            raise too_large_unpacked(name)
        check_entries(name, archive)
        if is_workbook:
            check_workbook(name, data, archive, LIMIT)
            yield Member(name, self.upload, "xlsx", data)
            return
        if "xl/workbook.bin" in parts or "mimetype" in parts:
            raise other_spreadsheet(name)
        if "[content_types].xml" in parts:
            raise no_table(name)
        if depth == DEPTH:
            raise InputError(
                N_("{file} is a zip inside a zip inside a zip; unpack it and give the files in it."), file=name
            )
        self.left -= size
        inside = [info for info in archive.infolist() if not _is_litter(info)]
        if len(inside) > MEMBERS:
            raise InputError(
                N_("{file} holds {count} files, but at most {limit} are read; give only the order exports in it."),
                file=name, count=len(inside), limit=MEMBERS,
            )  # fmt: skip
        found = False
        for info in inside:
            for member in self._part(f"{name}/{_part_name(info)}", archive, info, depth, data):
                found = True
                yield member
        if not found:
            raise nothing_inside(name)

    def _part(
        self, name: str, archive: zipfile.ZipFile, info: zipfile.ZipInfo, depth: int, data: memoryview
    ) -> Iterator[Member | InputError]:
        """The tables in one file of a zip. A picture or a paper beside the exports is passed over in silence."""
        beside = not name.lower().endswith(TABLES) or name.lower().endswith(".txt")
        if name.lower().endswith(NO_TABLES):
            return
        try:
            content = self._extracted(name, archive, info, data)
        except (InputError, *DAMAGED) as error:
            if not beside:
                error = error if isinstance(error, InputError) else damaged(name)
                error.key = content_key(data)
                yield error
            return
        for member in self.off(name, memoryview(content), depth + 1):
            if isinstance(member, Member):
                yield replace(member, beside=member.beside or beside)
            elif not beside:
                yield member

    def _extracted(self, name: str, archive: zipfile.ZipFile, info: zipfile.ZipInfo, data: memoryview) -> bytes:
        """One file of a zip. No more than its declared size is read, so an archive that lies about that is damaged, not large."""
        try:
            if not info.flag_bits & 1:
                return archive.read(info)
            for password in self._candidates(name, data):
                try:
                    return archive.read(info, pwd=password.encode())
                except (zipfile.BadZipFile, zlib.error):
                    continue
                except RuntimeError as error:
                    if isinstance(error, NotImplementedError):
                        raise
        except NotImplementedError as error:
            raise InputError(
                N_("{file} is packed in a way that cannot be opened here; unpack it and give the files in it."),
                file=name,
            ) from error
        raise self._locked(name, data)


def _text(name: str, data: memoryview) -> memoryview:
    """`data` where it can be a table in text; else an InputError that says what it is."""
    start = bytes(data[:512])
    if not start.strip():
        raise empty(name)
    if start.startswith(OTHER_ARCHIVES):
        raise InputError(
            N_("{file} is a packed archive other than .zip; unpack it and give the files in it."), file=name
        )
    if WEB_PAGE.match(start):
        raise other_spreadsheet(name)
    if start.startswith(BINARY):
        raise no_table(name)
    return data


def _is_litter(info: zipfile.ZipInfo) -> bool:
    parts = info.filename.split("/")
    return (
        info.is_dir()
        or "__MACOSX" in parts
        or parts[-1].startswith(".")
        or parts[-1].lower() in ("thumbs.db", "desktop.ini")
    )


def _part_name(info: zipfile.ZipInfo) -> str:
    """The name of a file in a zip; without the flag for UTF-8, Windows wrote it in the code page of its country."""
    if info.flag_bits & 0x800 or info.filename.isascii():
        return info.filename
    raw = info.filename.encode("cp437", "replace")
    for encoding in ("utf-8", "cp950", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename
