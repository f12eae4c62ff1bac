"""From uploaded files to their text: `read` opens, recognises and loads each file, and says what it could not use, and why."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

import pandas as pd

from analytics.errors import N_, InputError, NotRecognised, RegularsError
from analytics.sources import guess, names
from analytics.sources.containers import Member, Upload, damaged, empty, members, no_table
from analytics.sources.csvtext import TextTable, open_text
from analytics.sources.platform_files import from_toml
from analytics.sources.platforms import OPINIONS, Match, Platform, Region
from analytics.sources.rows import Raw
from analytics.sources.tables import (
    COLUMNS,
    Header,
    Loaded,
    amount_styles,
    date_patterns,
    find_header,
    load,
    preview,
    time_offset,
    whole,
)
from analytics.sources.workbooks import SheetTable, Unopenable, open_workbook

__all__ = ["Source", "Upload", "read", "read_whole"]

Value = TypeVar("Value")

NOTHING_UNDER = {
    "orders": N_(
        "{file} has a header but no orders under it; export a period with orders (on Shopee: all orders, not only those to ship)."
    ),
    "reviews": N_("{file} has a header but no reviews under it; export a period with reviews."),
}
TWICE = N_("Another file had the same content; it is read once.")


@dataclass(frozen=True)
class Source:
    """One file that was read.

    name: of the file, `zip/file` in a zip. raw: its text, which staging takes away. layout: of LAYOUTS; never
    `order`, whose items are rows by now. encoding: for people. window: the days in its name. snapshot: the same for the parts of one
    export. digest: of its content. notes: what was odd, each a msgid. styles: amount column -> decimal sign. dates: strptime patterns of
    its times, none for year-first ones. offset: minutes from UTC that its times carry; None: they carry none.
    """

    name: str
    raw: Raw
    platform: Platform
    region: Region
    encoding: str
    layout: str
    rows: int
    window: tuple[date, date] | None
    snapshot: str
    shop: str
    digest: str
    notes: tuple[str, ...]
    styles: Mapping[str, str]
    dates: tuple[str, ...]
    offset: int | None = None

    @property
    def export(self) -> tuple[str, str, str]:
        """What one snapshot of a shop's orders is: its parts share it."""
        return self.platform.name, self.region.key, self.snapshot


def read(
    uploads: Iterable[Upload],
    *,
    passwords: Mapping[str, str],
    mappings: Mapping[str, str],
    shops: Mapping[str, str],
) -> tuple[list[Source], list[RegularsError]]:
    """The text of every file that can be used; one error for each that cannot.

    passwords, mappings (TOML of an owner's own layout) and shops (names of shops) are by file name, for a file in a zip by `zip/file`, its
    own name or the zip's. A mapping also serves every other file that has its headers and that no platform knows.
    """
    reading = _Reading(shops, *_platforms(mappings))
    for upload in uploads:
        for member in members(upload, passwords):
            if isinstance(member, InputError):
                reading.problems.append(member)
                continue
            try:
                reading.add(member)
            except RegularsError as error:
                reading.problems.append(error)
    return reading.finished(), reading.problems


class _Reading:
    """The files of one call of `read`, one after the other."""

    def __init__(
        self,
        shops: Mapping[str, str],
        mappings: Mapping[str, Platform],
        problems: list[RegularsError],
    ) -> None:
        self.shops, self.mappings, self.problems = shops, mappings, problems
        self.sources: dict[str, Source] = {}
        self.parts: dict[tuple[str, str, str], list[Loaded]] = defaultdict(list)
        self.twice: set[str] = set()
        self.sizes: set[int] = set()
        self.snapshots = names.Snapshots()

    def add(self, member: Member) -> None:
        """Load one file, unless one of the same content is there already."""
        with ThreadPoolExecutor(1) as hashing:
            digest = hashing.submit(_digest, member.data)
            if member.data.nbytes in self.sizes and digest.result() in self.sources:
                self.twice.add(digest.result())
            else:
                self._load(member, digest)
            self.sizes.add(member.data.nbytes)

    def _load(self, member: Member, digest: Future[str]) -> None:
        own = _of(member, self.mappings)
        others = list(self.mappings.values())
        table = _opened(member, lambda head: _knows(head, own, others))
        header = find_header(table.head, own, others)
        match = _recognised(member, table, header)
        if header.row < 0 and isinstance(table, TextTable) and table.delimiter == "\t":
            table = table.unquoted()
        loaded = load(table, header, match)
        if not loaded.seen.rows:
            raise InputError(NOTHING_UNDER[match.region.kind], file=member.name)
        source = self._source(member, match, loaded, digest.result())
        self.sources[digest.result()] = source
        self.parts[source.export].append(loaded)

    def _source(self, member: Member, match: Match, loaded: Loaded, digest: str) -> Source:
        unnamed = match.platform.label if match.region.kind == "orders" else ""
        shop = _of(member, self.shops) or names.shop(member.name) or names.shop(member.upload) or unnamed
        return Source(
            name=member.name,
            raw=loaded.raw,
            platform=match.platform,
            region=match.region,
            encoding=loaded.encoding,
            layout="repeated" if match.region.layout == "order" else match.region.layout,
            rows=loaded.seen.rows,
            window=names.window(member.name) or names.window(member.upload),
            snapshot=self.snapshots.name(member.name, shop),
            shop=shop,
            digest=digest,
            notes=tuple(sorted(loaded.seen.notes)),
            styles={},
            dates=match.region.dates,
            offset=time_offset(loaded, match.region.times[0]),
        )

    def finished(self) -> list[Source]:
        """The files read, in the order given: how the numbers and dates of each export are written, and a note on those that came twice."""
        times = {source.export: source.region.times for source in self.sources.values()}
        styles = {export: amount_styles(parts) for export, parts in self.parts.items()}
        patterns = {export: date_patterns(parts, times[export]) for export, parts in self.parts.items()}
        return [
            replace(
                source,
                notes=(*source.notes, TWICE) if digest in self.twice else source.notes,
                styles=styles[source.export],
                dates=source.dates or patterns[source.export],
            )
            for digest, source in self.sources.items()
        ]


def read_whole(upload: Upload, fits: Callable[[Sequence[Sequence[str]]], bool]) -> pd.DataFrame:
    """Every cell of a file's first table as text, whatever it holds; its first row names the columns. Raises InputError.

    fits: whether the first records, cut by one of the delimiters or standing in one of the sheets, look like the table that is wanted.
    """
    member = next(iter(members(upload, {})))
    if isinstance(member, InputError):
        raise member
    return whole(_opened(member, fits))


def _digest(data: memoryview) -> str:
    return hashlib.sha256(data).hexdigest()


def _platforms(mappings: Mapping[str, str]) -> tuple[dict[str, Platform], list[RegularsError]]:
    """The owner's mappings by file name, and an error for each that cannot be understood."""
    platforms, problems = {}, []
    for file, toml in mappings.items():
        try:
            platforms[file] = from_toml(toml)
        except RegularsError as error:
            problems.append(error)
    return platforms, problems


def _of(member: Member, by_name: Mapping[str, Value]) -> Value | None:
    """What is given for a file under its full name, its own name or its zip's name."""
    keys = (member.name, member.name.rsplit("/", 1)[-1], member.upload)
    return next((by_name[key] for key in keys if key in by_name), None)


def _knows(head: Sequence[Sequence[str]], own: Platform | None, others: Sequence[Platform]) -> bool:
    header = find_header(head, own, others)
    return header is not None and header.known


def _opened(member: Member, known: Callable[[Sequence[Sequence[str]]], bool]) -> TextTable | SheetTable:
    """The table in a file; an InputError where there is none."""
    try:
        table = (
            open_text(member.data, known) if member.kind == "text" else open_workbook(member.data, member.kind, known)
        )
    except Unopenable as error:
        raise damaged(member.name) from error
    if table is None:
        raise no_table(member.name) if member.kind == "text" else empty(member.name)
    if not table.head:
        raise empty(member.name)
    widest = max(len(row) for row in table.head)
    if widest > COLUMNS:
        raise InputError(
            N_("{file} has {columns} columns, but an order export has at most {limit}; give it as it was downloaded."),
            file=member.name, columns=widest, limit=COLUMNS,
        )  # fmt: skip
    return table


def _recognised(member: Member, table: TextTable | SheetTable, header: Header | None) -> Match:
    """The layout of a table whose header was found; an error that tells what it is instead, or what is missing."""
    if header is None:
        header = Header(0, [f"#{place}" for place in range(1, len(table.head[0]) + 1)])
    if header.other:
        raise InputError(
            N_("{file} is not an order export but this: {what}; get the orders here: {instead}."),
            file=member.name, what=header.other.name, instead=header.other.instead,
        )  # fmt: skip
    match = header.match
    if match and match.region.complete(match.columns):
        return match
    rows = preview(table, header)
    if match is None:
        raise NotRecognised(
            N_("{file} is a table of unknown layout with {columns} columns ({first} …); say which column is which, or give a platform's order export."),
            file=member.name, preview=rows, guess=guess.roles(rows), columns=len(header.names), first=", ".join(header.names[:3]),
        )  # fmt: skip
    headers = {role: header.names[place] for role, place in match.columns.items() if role in guess.ROLES}
    needed = ("order_id", "ordered_at") if match.region.kind == "orders" else OPINIONS
    missing = next(role for role in needed if role in match.region.columns and role not in match.columns)
    raise NotRecognised(
        N_("{file} looks like an export from {platform} but has no column {missing}; export it with all columns, or say which column is which."),
        file=member.name, preview=rows, guess={**guess.roles(rows), **headers}, platform=match.platform.label,
        missing=" / ".join(match.region.columns[missing]),
    )  # fmt: skip
