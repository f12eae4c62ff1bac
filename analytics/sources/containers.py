"""What an uploaded file really is, by its content: tables in text, workbooks, and zips and encryption around them.

`members(upload)` takes the wrapping off. The name's ending is never trusted: Shopee's `.xls` may hold an xlsx, and an encrypted xlsx is
an OLE2 file like a true `.xls`.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.parsers.expat import ExpatError

import pyarrow as pa

from analytics.errors import N_, InputError, PasswordNeeded, WrongPassword

LIMIT = 1 << 30
"""Bytes of the largest file read, and of the most that a packed one may unpack to."""
MEMBERS = 1_000
"""Files read from one zip."""
CELLS = 40_000_000
"""Cells of the largest sheet, counted as the rectangle up to its last cell: what a reader sets memory aside for."""

OLE2, ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", (b"PK\x03\x04", b"PK\x05\x06")
OTHER_ARCHIVES = (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b")
BINARY = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"MZ", b"SQLite format 3", b"PAR1")
WEB_PAGE = re.compile(rb"\s*<(?:!doctype html|html|table|\?xml|meta)", re.IGNORECASE)
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    KeyError,
    IndexError,
    ExpatError,
)


@dataclass(frozen=True)
class Upload:
    """A file as it was given: its name and its content, or the path of it."""

    name: str
    data: bytes | memoryview | Path


@dataclass(frozen=True)
class Member:
    """One table file out of an upload.

    name: the upload's name, and for a file in a zip `zip name/its name`. upload: the upload's name. kind: text, xlsx or xls.
    data: its bytes, decrypted; of a text file given as such never a copy.
    """

    name: str
    upload: str
    kind: str
    data: memoryview


def members(upload: Upload, passwords: Mapping[str, str]) -> Iterator[Member | InputError]:
    """The table files in `upload`, each decrypted and unpacked when its turn comes, and an error for each that cannot be had.

    passwords: by file name; one given for another file is tried too, as a shop's exports all have the same.
    """
    name = upload.name
    try:
        data = _view(upload.data)
    except OSError:
        yield InputError(N_("{file} cannot be opened; check that it is there and give it again."), file=name)
        return
    if data.nbytes > LIMIT:
        yield InputError(
            N_("{file} has {size}, but at most {limit} can be read; export a shorter period or split the file."),
            file=name, size=f"{data.nbytes / LIMIT:.1f} GB", limit="1 GB",
        )  # fmt: skip
        return
    yield from _unwrapped(name, upload.name, data, passwords, depth=0)


def _view(data: bytes | memoryview | Path) -> memoryview:
    """The content without a copy; a path is mapped into memory."""
    if isinstance(data, Path):
        data = pa.memory_map(str(data)).read_buffer() if data.stat().st_size else b""
    return memoryview(data).cast("B")


def _unwrapped(
    name: str, upload: str, data: memoryview, passwords: Mapping[str, str], *, depth: int
) -> Iterator[Member | InputError]:
    try:
        if data[:8] == OLE2:
            data = _decrypted(name, upload, data, passwords)
            if data[:8] == OLE2:
                yield Member(name, upload, "xls", data)
                return
        if data[:4] in ZIP:
            yield from _unzipped(name, upload, data, passwords, depth=depth)
            return
        yield Member(name, upload, "text", _text(name, data))
    except InputError as error:
        yield error
    except DAMAGED:
        yield _damaged(name)


def _text(name: str, data: memoryview) -> memoryview:
    """`data` where it can be a table in text; else an InputError that says what it is."""
    start = bytes(data[:512])
    if not start.strip():
        raise InputError(N_("{file} is empty, but an order export was expected; export it again."), file=name)
    if start.startswith(OTHER_ARCHIVES):
        raise InputError(
            N_("{file} is a packed archive other than .zip; unpack it and give the files in it."), file=name
        )
    if WEB_PAGE.match(start):
        raise _other_spreadsheet(name)
    if start.startswith(BINARY):
        raise _no_table(name)
    return data


def _decrypted(name: str, upload: str, data: memoryview, passwords: Mapping[str, str]) -> memoryview:
    """The workbook inside an encrypted one; `data` itself where it is a plain `.xls`."""
    import msoffcrypto
    from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError, ParseError

    try:
        office = msoffcrypto.OfficeFile(io.BytesIO(data))
        if not office.is_encrypted():
            return data
    except FileFormatError as error:
        raise _no_table(name) from error
    except ParseError as error:
        raise _damaged(name) from error
    for password in _candidates(name, upload, passwords):
        plain = io.BytesIO()
        try:
            office.load_key(password=password, verify_password=True)
            office.decrypt(plain)
        except (InvalidKeyError, DecryptionError):
            continue
        except ParseError as error:
            raise _damaged(name) from error
        return plain.getbuffer()
    raise _locked(name, given=bool(_own(name, upload, passwords)))


def _own(name: str, upload: str, passwords: Mapping[str, str]) -> str | None:
    return passwords.get(name) or passwords.get(name.rsplit("/")[-1]) or passwords.get(upload)


def _candidates(name: str, upload: str, passwords: Mapping[str, str]) -> list[str]:
    own = _own(name, upload, passwords)
    return list(dict.fromkeys(password for password in [own, *passwords.values()] if password))


def _locked(name: str, *, given: bool) -> InputError:
    if given:
        return WrongPassword(
            N_(
                "The password given does not open {file}; enter it again (Shopee: by default the last six digits of the shop's phone number)."
            ),
            file=name,
        )
    return PasswordNeeded(
        N_(
            "{file} is protected by a password; enter it to open the file (Shopee: by default the last six digits of the shop's phone number)."
        ),
        file=name,
    )


def _unzipped(
    name: str, upload: str, data: memoryview, passwords: Mapping[str, str], *, depth: int
) -> Iterator[Member | InputError]:
    """A workbook as one member, a zip as those in it; one zip inside another is opened too."""
    archive = zipfile.ZipFile(pa.BufferReader(pa.py_buffer(data)))
    parts = {info.filename.replace("\\", "/").lower() for info in archive.infolist()}
    if sum(info.file_size for info in archive.infolist()) > LIMIT:
        raise _too_large_unpacked(name)
    if "xl/workbook.xml" in parts:
        _check_workbook(name, data, archive)
        yield Member(name, upload, "xlsx", data)
        return
    if "xl/workbook.bin" in parts or "mimetype" in parts:
        raise _other_spreadsheet(name)
    if "[content_types].xml" in parts:
        raise _no_table(name)
    inside = [info for info in archive.infolist() if not _is_litter(info)]
    if not inside:
        raise _nothing_inside(name)
    if depth > 1:
        raise InputError(
            N_("{file} is a zip inside a zip inside a zip; unpack it and give the files in it."), file=name
        )
    if len(inside) > MEMBERS:
        raise InputError(
            N_("{file} holds {count} files, but at most {limit} are read; give only the order exports in it."),
            file=name, count=len(inside), limit=MEMBERS,
        )  # fmt: skip
    found = False
    for info in inside:
        full = f"{name}/{_part_name(info)}"
        try:
            content = _extracted(full, upload, archive, info, passwords)
        except InputError as error:
            found = True
            yield error
            continue
        except DAMAGED:
            found = True
            yield _damaged(full)
            continue
        for member in _unwrapped(full, upload, memoryview(content), passwords, depth=depth + 1):
            found = found or isinstance(member, Member) or _worth_telling(full)
            if isinstance(member, Member) or _worth_telling(full):
                yield member
    if not found:
        raise _nothing_inside(name)


def _worth_telling(name: str) -> bool:
    """Whether a file in a zip was meant to be read: a picture or a note beside the exports is passed over in silence."""
    return name.lower().endswith((".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".zip"))


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


def _extracted(
    name: str, upload: str, archive: zipfile.ZipFile, info: zipfile.ZipInfo, passwords: Mapping[str, str]
) -> bytes:
    """One file of a zip. zipfile reads no further than the declared size, so an archive that lies about it is damaged, not large."""
    if not info.flag_bits & 1:
        return _read(name, archive, info, None)
    for password in _candidates(name, upload, passwords):
        try:
            return _read(name, archive, info, password.encode())
        except (RuntimeError, zipfile.BadZipFile, zlib.error) as error:
            if isinstance(error, NotImplementedError):
                raise _unknown_zip(name) from error
    raise _locked(name, given=bool(_own(name, upload, passwords)))


def _read(name: str, archive: zipfile.ZipFile, info: zipfile.ZipInfo, password: bytes | None) -> bytes:
    try:
        return archive.read(info, pwd=password)
    except NotImplementedError as error:
        raise _unknown_zip(name) from error


def _check_workbook(name: str, data: memoryview, archive: zipfile.ZipFile) -> None:
    """Inflate every part once, counting, before a reader that trusts declared sizes and the furthest cell gets to see it."""
    left = LIMIT
    for info in archive.infolist():
        if info.compress_size * 1_100 < LIMIT // 100 and not info.filename.lower().endswith(".xml"):
            continue
        part = _compressed(data, info)
        extent = _Extent(name)
        for chunk in [part.tobytes()] if info.compress_type == zipfile.ZIP_STORED else _inflated(part):
            left -= len(chunk)
            if left < 0:
                raise _too_large_unpacked(name)
            extent.feed(chunk)


def _compressed(data: memoryview, info: zipfile.ZipInfo) -> memoryview:
    at = info.header_offset
    name_length, extra_length = struct.unpack("<HH", data[at + 26 : at + 30])
    start = at + 30 + name_length + extra_length
    return data[start : start + info.compress_size]


def _inflated(compressed: memoryview) -> Iterator[bytes]:
    inflate, step = zlib.decompressobj(-15), 1 << 20
    for at in range(0, compressed.nbytes, step):
        pending: bytes | memoryview = compressed[at : at + step]
        while len(pending) and not inflate.eof:
            yield inflate.decompress(pending, step)
            pending = inflate.unconsumed_tail
    yield inflate.flush()


class _Extent:
    """How far a sheet reaches: its widest cell, and its last one. A reader sets memory aside for the whole rectangle."""

    CELL = re.compile(rb' r="([A-Z]{1,3})([0-9]{1,7})"')

    def __init__(self, name: str) -> None:
        self.name, self.rest, self.widest, self.wider = name, b"", b"", self.CELL

    def feed(self, xml: bytes) -> None:
        """Take the next piece of the sheet; an InputError where the rectangle is larger than CELLS."""
        xml = self.rest + xml
        if self.wider.search(xml):
            self.widest = max((self.widest, *(cell[0] for cell in self.CELL.findall(xml))), key=_column_number)
            self.wider = _wider_than(self.widest)
        self.rest = xml[max(xml.rfind(b' r="'), len(xml) - 32) :]
        last, at = None, len(xml)
        while not last and at > 0:
            at = xml.rfind(b' r="', 0, at)
            last = self.CELL.match(xml, max(at, 0))
        if last and int(last[2]) * _column_number(self.widest) > CELLS:
            raise InputError(
                N_("{file} has a sheet that reaches to cell {cell}; delete its empty rows and columns, or give the file as it was downloaded."),
                file=self.name, cell=(self.widest + last[2]).decode(),
            )  # fmt: skip


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _wider_than(letters: bytes) -> re.Pattern[bytes]:
    """A pattern for the cells to the right of this column."""
    choices = [rb"[A-Z]{%d,3}" % (len(letters) + 1)] if len(letters) < 3 else []
    for place, letter in enumerate(letters):
        if letter < ord("Z"):
            choices.append(letters[:place] + rb"[%c-Z][A-Z]{%d}" % (letter + 1, len(letters) - place - 1))
    return re.compile(rb' r="(?:' + b"|".join(choices) + rb")[0-9]") if choices else re.compile(rb"(?!)")


def _damaged(name: str) -> InputError:
    return InputError(
        N_("{file} is damaged or was cut short on its way; download it again and give the whole file."), file=name
    )


def _no_table(name: str) -> InputError:
    return InputError(
        N_("{file} is neither a CSV file nor an Excel workbook; give the export as it was downloaded."), file=name
    )


def _nothing_inside(name: str) -> InputError:
    return InputError(
        N_("{file} holds no CSV file and no Excel workbook; put the exports into it as they were downloaded."),
        file=name,
    )


def _too_large_unpacked(name: str) -> InputError:
    return InputError(
        N_("{file} would unpack to more than {limit}; give the order exports in it one by one."),
        file=name,
        limit="1 GB",
    )


def _unknown_zip(name: str) -> InputError:
    return InputError(
        N_("{file} is packed in a way that cannot be opened here; unpack it and give the files in it."), file=name
    )


def _other_spreadsheet(name: str) -> InputError:
    return InputError(
        N_("{file} is an .xlsb, .ods or web page and cannot be read as it is; open it in Excel and save it as .xlsx."),
        file=name,
    )
