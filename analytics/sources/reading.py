"""The files of one reading, one after the other: each loaded once, told apart by its content, and settled together with the other parts of its export."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from analytics.errors import N_, InputError, Note, NotRecognised, RegularsError, note
from analytics.sources import buyers, names
from analytics.sources.containers import Member, content_key
from analytics.sources.csvtext import TextTable
from analytics.sources.dates import Clock
from analytics.sources.opening import Sheet, opened, recognised, refuse_look_alike
from analytics.sources.platform_files import from_toml
from analytics.sources.platforms import Match, Platform, Region
from analytics.sources.runs import Raw
from analytics.sources.tables import Loaded, amount_styles, date_clock, find_header, load, time_offset
from analytics.sources.unusable import nothing_inside

Value = TypeVar("Value")

NOTHING_UNDER = {
    "orders": N_(
        "{file} has a header but no orders under it; export a period with orders (on Shopee: all orders, not only those to ship)."
    ),
    "reviews": N_("{file} has a header but no reviews under it; export a period with reviews."),
}
TWICE = Note(N_("Another file had the same content; it is read once."))
DOUBT = N_(
    "{date} and its other dates could begin with the day or with the month, as no number is above 12; the month is taken to come first."
)
SHEETS = N_("Sheets that are no order export were left aside: {sheets}.")
SAME_NAME = N_("Another file is called {name} too; they are kept apart by what they hold.")


@dataclass(frozen=True)
class Source:
    """One file that was read, or one sheet of it where several are.

    name: of the file, `zip/file` in a zip, `file/sheet` of a sheet; a second one of the same name gets a number. raw: its text, which staging
    takes away. layout: of LAYOUTS; never `order`, whose items are rows by now. encoding: for people. window: the days in its name. snapshot:
    the same for the parts of one export. digest: of the file's content, its key. notes: what was odd. styles: amount column -> decimal sign.
    dates, ordering, in_doubt: how its times are written, as dates.Clock. offset: minutes from UTC that its times carry; None: they carry none.
    shop_told: the owner named the shop. must: a row without a status is no order.
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
    notes: tuple[Note, ...]
    styles: Mapping[str, str]
    dates: tuple[str, ...]
    offset: int | None = None
    ordering: str = ""
    in_doubt: str = ""
    shop_told: bool = False
    must: bool = False
    family: str = ""

    @property
    def export(self) -> tuple[str, str, str]:
        """What one snapshot of a shop's orders is: its parts share it."""
        return self.platform.name, self.region.key, self.snapshot

    @property
    def written(self) -> tuple[str, str, str]:
        """What was written by one program at one time, so in one way: the parts of an export, and the sheets of a workbook."""
        return self.platform.name, self.region.key, self.family or self.snapshot


def mapped(mappings: Mapping[str, str]) -> tuple[dict[str, Platform], dict[str, RegularsError]]:
    """The owner's mappings by file, and for those that cannot be understood why; the same error for files that have the same one."""
    platforms: dict[str, Platform] = {}
    refused: dict[str, RegularsError] = {}
    errors: dict[str, RegularsError] = {}
    for file, toml in mappings.items():
        try:
            if toml not in errors:
                platforms[file] = from_toml(toml)
                continue
        except RegularsError as error:
            errors[toml] = error
        refused[file] = errors[toml]
    return platforms, refused


class Reading:
    """The files of one call of `read`."""

    def __init__(
        self,
        shops: Mapping[str, str],
        mappings: Mapping[str, Platform],
        dates: Mapping[str, str],
        refused: Mapping[str, RegularsError],
    ) -> None:
        self.shops, self.mappings, self.dates, self.refused = shops, mappings, dates, refused
        self.problems: list[RegularsError] = list(dict.fromkeys(refused.values()))
        self.sources: dict[tuple[str, str], Source] = {}
        self.parts: dict[tuple[str, str, str], list[Loaded]] = defaultdict(list)
        self.answers: dict[tuple[str, str, str], bool] = {}
        self.twice: set[str] = set()
        self.digests: set[str] = set()
        self.sizes: set[int] = set()
        self.called: dict[str, int] = defaultdict(int)
        self.snapshots = names.Snapshots()

    def take(self, members: Iterable[Member | InputError]) -> None:
        """Load the files of one upload. What is beside the tables of a zip is passed over in silence, unless nothing else is there."""
        beside: list[tuple[Member, RegularsError]] = []
        tables = 0
        for member in members:
            if isinstance(member, InputError):
                self.problems.append(member)
                tables += 1
                continue
            try:
                self.add(member)
                tables += 1
            except RegularsError as error:
                if member.beside:
                    beside.append((member, error))
                    continue
                tables += 1
                if isinstance(error, InputError):
                    error.key = error.key or content_key(member.data)
                if isinstance(error, NotRecognised):
                    error.refused = bool(_of(member, error.key, self.refused))
                self.problems.append(error)
        if beside and not tables:
            self.problems.append(nothing_inside(beside[0][0].upload))

    def add(self, member: Member) -> None:
        """Load one file, unless one of the same content is there already."""
        with ThreadPoolExecutor(1) as hashing:
            digest = hashing.submit(content_key, member.data)
            if member.data.nbytes in self.sizes and digest.result() in self.digests:
                self.twice.add(digest.result())
            else:
                self._load(member, digest)
                self.digests.add(digest.result())
            self.sizes.add(member.data.nbytes)

    def _load(self, member: Member, digest: Future[str]) -> None:
        own = _of(member, digest, self.mappings)
        others = list(self.mappings.values())
        sheets = opened(member, lambda head: _knows(head, own, others))
        read: list[Source] = []
        failed: list[tuple[str, RegularsError]] = []
        for sheet in sheets:
            try:
                read.append(self._load_sheet(member, sheet, own, others, digest))
            except RegularsError as error:
                failed.append((sheet.name, error))
        if not read:
            raise failed[0][1]
        left_aside = [
            *sheets[0].left_aside,
            *(name for name, error in failed if error.template not in NOTHING_UNDER.values()),
        ]
        if left_aside:
            read[0] = replace(read[0], notes=(*read[0].notes, note(SHEETS, sheets=", ".join(left_aside))))
        for source in read:
            self.sources[source.digest, source.name] = source

    def _load_sheet(
        self, member: Member, sheet: Sheet, own: Platform | None, others: Sequence[Platform], digest: Future[str]
    ) -> Source:
        table = sheet.table
        header = find_header(table.head, own, others)
        match = recognised(member.name, table, header)
        if header.row < 0 and isinstance(table, TextTable) and table.delimiter == "\t":
            table = table.unquoted()
        loaded = load(table, header, match)
        if not loaded.seen.rows:
            raise InputError(NOTHING_UNDER[match.region.kind], file=member.name)
        if match.region.caution:
            loaded.seen.notes.add(Note(match.region.caution))
        if match.region.kind == "orders":
            refuse_look_alike(member.name, table, header, match, loaded)
            of_owner = match.platform is own or match.platform in others
            loaded.seen.notes.update(buyers.forget_nobody(loaded, match, header.names, of_owner=of_owner))
        source = self._source(member, sheet, match, loaded, digest)
        self.parts[source.written].append(loaded)
        return source

    def _source(self, member: Member, sheet: Sheet, match: Match, loaded: Loaded, digest: Future[str]) -> Source:
        unnamed = match.platform.label if match.region.kind == "orders" else ""
        told = _of(member, digest, self.shops)
        shop = told or names.shop(member.name) or names.shop(member.upload) or unnamed
        snapshot = self.snapshots.name(member.name, shop) if not sheet.name else f"{digest.result()}/{sheet.name}"
        source = Source(
            name=self._name(member.name if not sheet.name else f"{member.name}/{sheet.name}", digest.result(), loaded),
            raw=loaded.raw,
            platform=match.platform,
            region=match.region,
            encoding=loaded.encoding,
            layout="repeated" if match.region.layout == "order" else match.region.layout,
            rows=loaded.seen.rows,
            window=names.window(member.name) or names.window(member.upload),
            snapshot=snapshot,
            shop=shop,
            digest=digest.result(),
            notes=tuple(sorted(loaded.seen.notes, key=str)),
            styles={},
            dates=match.region.dates,
            offset=time_offset(loaded, match.region.times[0]),
            shop_told=told is not None,
            must=bool(match.region.must) and loaded.has_status,
            family=digest.result() if sheet.name else "",
        )
        answer = _of(member, digest, self.dates)
        if answer in ("day", "month"):
            self.answers[source.written] = answer == "day"
        return source

    def _name(self, name: str, digest: str, loaded: Loaded) -> str:
        """The name, with a number where another file has it already."""
        self.called[name] += 1
        if self.called[name] == 1:
            return name
        loaded.seen.notes.add(note(SAME_NAME, name=name))
        return f"{name} ({self.called[name]})"

    def finished(self) -> list[Source]:
        """The files read, in the order given: how the numbers and dates of each export are written, and a note on those that came twice."""
        first = {source.written: source for source in reversed(self.sources.values())}
        styles = {written: amount_styles(parts) for written, parts in self.parts.items()}
        clocks = self._clocks(first)
        return [
            replace(
                source,
                notes=self._notes(source, clocks[source.written]),
                styles=styles[source.written],
                dates=source.dates or clocks[source.written].patterns,
                ordering=clocks[source.written].ordering,
                in_doubt=clocks[source.written].in_doubt,
            )
            for source in self.sources.values()
        ]

    def _notes(self, source: Source, clock: Clock) -> tuple[Note, ...]:
        late = [TWICE] if source.digest in self.twice else []
        late += [note(DOUBT, date=clock.in_doubt)] if clock.in_doubt else []
        return (*source.notes, *late)

    def _clocks(self, first: Mapping[tuple[str, str, str], Source]) -> dict[tuple[str, str, str], Clock]:
        """How each export writes its dates. What one does not tell is as in the others of its platform, if these agree."""
        found = {written: self._clock(first[written], self.answers.get(written)) for written in self.parts}
        for written, clock in found.items():
            if clock.in_doubt:
                others = {
                    other.ordering for (platform, *_), other in found.items() if platform == written[0] and not other.in_doubt
                } & {"dmy", "mdy"}  # fmt: skip
                if len(others) == 1:
                    found[written] = self._clock(first[written], others == {"dmy"})
        return found

    def _clock(self, source: Source, answer: bool | None) -> Clock:
        day_first = True if answer is None and source.region.day_first else answer
        return date_clock(self.parts[source.written], source.region.times, day_first=day_first, window=source.window)


def _of(member: Member, digest: Future[str] | str, by_name: Mapping[str, Value]) -> Value | None:
    """What is given for a file under its key, its full name, its own name or its zip's name."""
    if not by_name:
        return None
    keys = (
        digest if isinstance(digest, str) else digest.result(),
        member.name,
        member.name.rsplit("/", 1)[-1],
        member.upload,
    )
    return next((by_name[key] for key in keys if key in by_name), None)


def _knows(head: Sequence[Sequence[str]], own: Platform | None, others: Sequence[Platform]) -> bool:
    header = find_header(head, own, others)
    return header is not None and header.known
