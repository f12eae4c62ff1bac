"""Tables in text: delimiter and first records told from the start of the file, the wanted columns streamed as text, nothing copied.

Arrow's reader takes the file where it lies in memory, so no temporary file is written. What it refuses (rows with more or fewer cells
than the header, stray bytes) goes through Python's csv module, which keeps every row.
"""

from __future__ import annotations

import csv
import io
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.csv as arrow_csv

from analytics.errors import N_, Note
from analytics.sources.encodings import SAMPLE, UTF8, Encoding, detect, first_undecodable, is_text, legacy
from analytics.sources.records import DELIMITERS, STRAY, Known, headed, kept, merit, packed, prefix, records, unpacked

PIECE, BLOCK, ROWS = 1 << 23, 1 << 21, 20_000
"""Bytes that one thread parses at a time, and of them at once; rows that Python's reader gives at once."""
PARSERS = 2
LINES_OF_A_CELL = 10_000
"""A cell with more lines is taken for a stray quotation mark; the rest of the file is then one piece."""
LINE_ENDS = ("\n", "\r")
ONCE = pa.dictionary(pa.int32(), pa.string())

RAGGED = Note(N_("Some rows have more or fewer cells than the header; each is kept, as far as the header goes."))
UNCLOSED = Note(
    N_(
        "A quotation mark near the end is never closed, so all that follows it is one cell; compare the last orders with your back office."
    )
)
UNPACKED = Note(N_("Some records stood in one cell each; they were taken apart."))
CUT = Note(
    N_(
        "The file ends in the middle of a row, so it was cut short; the last cell of that row is left unread. Download the file again."
    )
)
UNDECODABLE = Note(N_("Some characters could not be decoded and show as �."))

T = TypeVar("T")
R = TypeVar("R")

csv.field_size_limit(1 << 30)


@dataclass(frozen=True)
class Wanted:
    """Which cells of a table are wanted: the columns at `positions` of the records after the `after`-th of its head (-1: of all).

    width: cells of a record. repeating: positions of which each distinct text is to be kept once (Arrow's dictionaries), where a reader can.
    """

    positions: Sequence[int]
    after: int
    width: int
    repeating: AbstractSet[int] = frozenset()


@dataclass(frozen=True)
class TextTable:
    """One table in text.

    head: its first records (at most HEAD), lists of cells of differing lengths, blank lines left out. ends: for each of them, the
    byte where it ends. encoding, delimiter, quotes (whether cells may stand in quotation marks): how to read the rest. around: the delimiter
    of the cells in which whole records stand, "" where none do.
    """

    data: memoryview
    encoding: Encoding
    delimiter: str
    head: list[list[str]]
    ends: list[int]
    quotes: bool = True
    around: str = ""

    @property
    def label(self) -> str:
        """The encoding, for people."""
        return self.encoding.label

    def batches(self, wanted: Wanted, notes: set[Note]) -> Iterator[pa.RecordBatch]:
        """The wanted cells as text, blank: null, columns named by their position. notes: what was odd is added here.

        Raises UnreadableAsGiven when a record or byte does not fit; `lenient_batches` then reads the file from its start.
        """
        if self.around:
            raise UnreadableAsGiven("records stand in cells")
        names = [str(position) for position in wanted.positions]
        last = str(wanted.width - 1)
        options = (
            arrow_csv.ReadOptions(
                block_size=BLOCK,
                use_threads=False,
                column_names=[str(position) for position in range(wanted.width)],
                encoding=_codec_for_arrow(self.encoding.codec),
            ),
            arrow_csv.ParseOptions(
                delimiter=self.delimiter, quote_char='"' if self.quotes else False, newlines_in_values=self.quotes
            ),
            arrow_csv.ConvertOptions(
                include_columns=[*names, *({last} - set(names))],
                column_types=dict.fromkeys([*names, last], pa.string())
                | {str(position): ONCE for position in wanted.repeating},
                null_values=[""],
                strings_can_be_null=True,
            ),
        )

        def parsed(piece: memoryview) -> list[pa.RecordBatch]:
            read = list(arrow_csv.open_csv(pa.BufferReader(pa.py_buffer(piece)), *options))
            end = next((batch.column(last)[-1].as_py() for batch in reversed(read) if batch.num_rows), None)
            if end and end.endswith(LINE_ENDS):
                raise UnreadableAsGiven("the last cell is not closed")
            return [batch.select(names) for batch in read]

        try:
            for batches in _ahead(parsed, self._pieces(self._end(wanted.after))):
                yield from batches
        except (pa.ArrowInvalid, UnicodeError) as error:
            raise UnreadableAsGiven(str(error)) from error

    def _pieces(self, start: int) -> Iterator[memoryview]:
        """The bytes from `start` on in pieces of about PIECE, each of whole records: of those with an even number of quotation marks.

        Where marks stand inside unquoted cells a piece may end within a record. That is seen: its cells are too few, or the last one of
        them holds the line end.
        """
        while start < self.data.nbytes:
            end = self._records_end(start)
            yield self.data[start:end]
            start = end

    def _records_end(self, start: int) -> int:
        """Where the first record ends that ends at least PIECE behind `start`."""
        whole = self.data.nbytes
        if self.encoding.codec.startswith("utf-16"):
            return whole
        end, marks = start, 0
        for _ in range(LINES_OF_A_CELL):
            counted, newline = end, _NEWLINE.search(self.data, max(end, start + PIECE))
            end = newline.end() if newline else whole
            marks += np.count_nonzero(np.frombuffer(self.data[counted:end], np.uint8) == ord('"'))
            if end == whole or not self.quotes or marks % 2 == 0:
                return end
        return whole

    def lenient_batches(self, wanted: Wanted, notes: set[Note]) -> Iterator[pa.RecordBatch]:
        """The same as `batches`, slower, whatever the records look like."""
        if first_undecodable(self.data, self.encoding.codec) is not None:
            notes.add(UNDECODABLE)
        text = io.TextIOWrapper(
            pa.BufferReader(pa.py_buffer(self.data[self._end(wanted.after) :])),
            self.encoding.codec,
            errors="replace",
            newline="",
        )
        rows: list[list[str]] = []
        ragged, short = 0, 0
        quoting = csv.QUOTE_MINIMAL if self.quotes else csv.QUOTE_NONE
        for row in csv.reader(text, delimiter=self.around or self.delimiter, quoting=quoting):
            if not row:
                continue
            if len(row) != wanted.width or self.around:
                row, was_packed = unpacked(row, self.delimiter, wanted.width // 2)
                if was_packed:
                    notes.add(UNPACKED)
            if len(row) != wanted.width:
                ragged, short = ragged + 1, short + (len(row) < wanted.width)
            if len(rows) == ROWS:
                yield _batch(rows, wanted.positions)
                rows = []
            rows.append(row)
        if rows and short == 1 and len(rows[-1]) < wanted.width and self._cut():
            notes.add(CUT)
            rows[-1][-1] = ""
            ragged -= 1
        if ragged:
            notes.add(RAGGED)
        if rows:
            if rows[-1][-1].endswith(LINE_ENDS):
                notes.add(UNCLOSED)
            yield _batch(rows, wanted.positions)

    def unquoted(self) -> TextTable:
        """The same file read with quotation marks as letters, as scripts write text between tabs."""
        return replace(self, quotes=False)

    def _cut(self) -> bool:
        """Whether the last record has no line end."""
        return not bytes(self.data[-2:]).strip(b"\0").endswith((b"\n", b"\r"))

    def _end(self, record: int) -> int:
        return self.encoding.bom if record < 0 else self.ends[record]

    def in_legacy_encoding(self) -> TextTable:
        """The same file with the encoding told anew, for when what looked like UTF-8 turns out further down not to be."""
        if self.encoding != Encoding(UTF8) or first_undecodable(self.data, UTF8) is None:
            return self
        return replace(self, encoding=legacy(self.data, lambda _: True))


def _ahead(function: Callable[[T], R], items: Iterable[T]) -> Iterator[R]:
    """The function's results in order, the next ones worked out by other threads while one is taken in."""
    with ThreadPoolExecutor(PARSERS) as pool:
        waiting: deque[Future[R]] = deque()
        for item in items:
            waiting.append(pool.submit(function, item))
            if len(waiting) > PARSERS:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


class UnreadableAsGiven(Exception):
    """The strict reader met a record or a byte that does not fit."""


def open_text(data: memoryview, known: Known) -> TextTable | None:
    """The table in `data`, or None where that is not text. known: whether records begin with a header row of a known layout."""
    encoding = detect(data)
    if not is_text(data, encoding):
        return None
    if encoding == Encoding(UTF8) and not _reads_as_utf8(data):
        encoding = legacy(data, headed(known))
    return _opened(data, encoding, known)


def _reads_as_utf8(data: memoryview) -> bool:
    bad = first_undecodable(data[:SAMPLE], UTF8)
    return bad is None or (data.nbytes > SAMPLE and bad > SAMPLE - 4)


def _opened(data: memoryview, encoding: Encoding, known: Known) -> TextTable:
    size = SAMPLE
    while True:
        whole = encoding.bom + size >= data.nbytes
        text = prefix(data, encoding, size)
        readings = {delimiter: records(text, delimiter, whole=whole) for delimiter in DELIMITERS}
        best = max(DELIMITERS, key=lambda delimiter: merit(readings[delimiter][0], known))
        head, ends = readings[best]
        if whole or size > data.nbytes or all(rows for rows, _ in readings.values()):
            break
        size *= 8
    around = ""
    if any(unpacked(row, delimiter, 2)[1] for row in head for delimiter in DELIMITERS):
        around, best, head, ends = packed(readings, best, known)
    bytes_to = [encoding.bom + len(text[:end].encode(encoding.codec, kept(encoding))) for end in ends]
    head = [[STRAY.sub("�", cell) for cell in row] for row in head]
    return TextTable(data, encoding, best, head, bytes_to, around=around)


_NEWLINE = re.compile(b"\n")


def _codec_for_arrow(codec: str) -> str:
    return "utf8" if codec == UTF8 else codec


def _batch(rows: list[list[str]], positions: Sequence[int]) -> pa.RecordBatch:
    columns = [pa.array([row[at] or None if at < len(row) else None for row in rows], pa.string()) for at in positions]
    return pa.RecordBatch.from_arrays(columns, names=[str(position) for position in positions])
