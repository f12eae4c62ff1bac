"""What a workbook unpacks to, and how far its sheets reach: counted before a reader that trusts what the file says of itself.

A reader sets memory aside for the whole rectangle up to a sheet's last cell, so one stray cell at XFD1048576 would end the process.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator

from analytics.errors import N_, InputError

CELLS = 40_000_000
"""Cells of the largest sheet, counted as the rectangle up to its last cell."""
RATIO, LARGE = 200, 64 << 20
"""How many times its packed size a file of LARGE bytes or more may have; a table of orders has some ten times."""
STEP = 1 << 20

NO_TABLE_PACKS_SO = N_(
    "{file} is packed as no table is ({part}), so it is not unpacked; export it again, or save it anew, and give that."
)


def check_entries(name: str, archive: zipfile.ZipFile) -> None:
    """An InputError where an archive's files lie over each other, or one of them is nearly nothing packed and very much unpacked."""
    end = 0
    for info in sorted(archive.infolist(), key=lambda info: info.header_offset):
        if info.header_offset < end or (info.file_size > LARGE and info.file_size > RATIO * info.compress_size):
            raise InputError(NO_TABLE_PACKS_SO, file=name, part=info.filename)
        end = info.header_offset + info.compress_size


def check_workbook(name: str, data: memoryview, archive: zipfile.ZipFile, limit: int) -> None:
    """Inflate the parts of the workbook `archive`, whose bytes are `data`; an InputError where they are more than `limit` bytes."""
    left = limit
    for info in archive.infolist():
        if not info.filename.lower().endswith(".xml") and info.compress_size * 1_100 < STEP:
            continue
        part, extent = _packed(data, info), _Extent(name)
        for chunk in [part.tobytes()] if info.compress_type == zipfile.ZIP_STORED else _inflated(part):
            left -= len(chunk)
            if left < 0:
                raise too_large_unpacked(name)
            extent.feed(chunk)


def too_large_unpacked(name: str) -> InputError:
    """The error for an archive that is simply too much."""
    return InputError(
        N_(
            "{file} would unpack to more than {limit}; give the order exports in it one by one, or export shorter periods."
        ),
        file=name,
        limit="1 GB",
    )


def _packed(data: memoryview, info: zipfile.ZipInfo) -> memoryview:
    at = info.header_offset
    name_length, extra_length = struct.unpack("<HH", data[at + 26 : at + 30])
    start = at + 30 + name_length + extra_length
    return data[start : start + info.compress_size]


def _inflated(packed: memoryview) -> Iterator[bytes]:
    inflate = zlib.decompressobj(-15)
    for at in range(0, packed.nbytes, STEP):
        pending: bytes | memoryview = packed[at : at + STEP]
        while len(pending) and not inflate.eof:
            yield inflate.decompress(pending, STEP)
            pending = inflate.unconsumed_tail
    yield inflate.flush()


class _Extent:
    """How far a sheet reaches: its widest cell, and its last one."""

    CELL = re.compile(rb' r="([A-Z]{1,3})([0-9]{1,7})"')
    COLUMN = re.compile(rb' r="([A-Z]{1,3})[0-9]{1,7}"')

    def __init__(self, name: str) -> None:
        self.name, self.rest, self.widest, self.wider = name, b"", b"", self.CELL

    def feed(self, xml: bytes) -> None:
        """Take the next piece of the sheet; an InputError where the rectangle is larger than CELLS."""
        xml = self.rest + xml
        if self.wider.search(xml):
            self.widest = max({self.widest, *self.COLUMN.findall(xml)}, key=_column_number)
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
