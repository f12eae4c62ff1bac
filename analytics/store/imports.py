"""Reading files in processes of their own: a file that exhausts or ends its reader does so to nobody else.

`Imports.begin(path, uploads, …)` gives an `Import` at once; the files are read when its turn comes, and become a database at `path`. A file
that takes more memory or time than files of its size do, or that ends the process, is left out with a sentence, and the others are read
again without it. `write_shop` is the same for those who want to wait, and for other folders than the server's.
"""

from __future__ import annotations

import atexit
import errno
import logging
import tempfile
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path

from analytics.errors import N_, InputError, NotKept, RegularsError, from_json
from analytics.sources import Upload
from analytics.store import kept, machine
from analytics.store.hand import WATCHED, Cancelled, Hand
from analytics.store.kept import Written
from analytics.store.store import Opened, ShopFacts

MEMORY, MEMORY_PER_BYTE = 700 << 20, 40
"""Bytes that an import may take at least, and for each byte of its files, within the computer's share for imports."""
LINE = 24
"""Imports that wait at most; who comes then is asked to come again."""
CULPRITS = 5
"""Files left out of one import because they ended it."""
ALONE = 60
"""Files of one import at most that are read one by one to find the one that ends their being put together."""

Told = Mapping[str, Mapping[str, str]]
"""What readers said about their files, by file: passwords, mappings, names of shops."""
_log = logging.getLogger(__name__)

TOO_MUCH = N_(
    "Reading {file} took more memory than an import may take here ({limit} MB), so it was stopped; export a shorter period, or save the "
    "file anew and give that."
)
TOO_LONG = N_(
    "Reading {file} was stopped after {seconds} seconds; export a shorter period, or save the file anew and give that."
)
ENDED = N_(
    "{file} cannot be read: it is damaged in a way that stops the reader. Download it again, or save it anew, and give that."
)
NO_DISK = N_("{file} cannot be read now, because the disk of the computer that reads it is full; try again later.")
FULL = N_("Too many files are waiting to be read ({n}). Please try again in a minute; nothing of yours was lost.")


class Full(NotKept):
    """So many imports wait already that another one would take too long."""


class Import:
    """One set of files on its way. ahead: files that come before them; 0: these are being read. reading: how many were read; None: it waits."""

    def __init__(self, job: dict, sizes: Sequence[int], line: Imports) -> None:
        self.job, self.sizes, self._line = job, list(sizes), line
        self.reading: int | None = None
        self.cancelled = False
        self._ended = threading.Event()
        self._written: Written | None = None
        self._error: BaseException | None = None

    @property
    def ahead(self) -> int:
        return self._line.ahead_of(self)

    @property
    def done(self) -> bool:
        return self._ended.is_set()

    def wait(self, seconds: float | None = None) -> bool:
        """Whether it ended within so many seconds."""
        return self._ended.wait(seconds)

    def result(self) -> Written:
        """What came of it. Raises OSError where the disk did not take the database, Cancelled where it was called off."""
        self._ended.wait()
        if self._error:
            raise self._error
        assert self._written is not None
        return self._written

    def cancel(self) -> None:
        """Call it off, at work or in the line."""
        self.cancelled = True
        self._line.forget(self)

    def end(self, written: Written | None, error: BaseException | None = None) -> None:
        """Say what came of it to whoever waits."""
        self._written, self._error = written, error
        self._ended.set()


class Imports:
    """So many imports at a time, the others in line behind them. hands: processes; None: one for each two cores."""

    def __init__(self, hands: int | None = None, line: int = LINE) -> None:
        self.hands = hands or max(1, machine.cores() // 2)
        self.line = line
        self._waiting: list[Import] = []
        self._at_work: list[Import] = []
        self._come = threading.Condition()
        self._threads: list[threading.Thread] = []
        self._closed = False

    def begin(
        self,
        path: Path,
        uploads: Iterable[tuple[str, Path]],
        *,
        told: Told | None = None,
        first: bool = False,
        sign: bool = True,
    ) -> Import:
        """Read files (name, path) into a database at `path`. Raises Full.

        told: what was said about the files, as `kept.write_shop` takes it. first: before all others, as many wait for it. sign: finish the
        database, so that it can be opened.
        """
        uploads = [(name, file.resolve()) for name, file in uploads]
        sizes = [file.stat().st_size if file.is_file() else 0 for _, file in uploads]
        job = {
            "path": str(path.resolve()),
            "uploads": [(name, str(file)) for name, file in uploads],
            "told": {name: dict(said) for name, said in (told or {}).items()}, "sign": sign,
        }  # fmt: skip
        new = Import(job, sizes, self)
        with self._come:
            if len(self._waiting) >= self.line and not first:
                raise Full(FULL, n=len(self._waiting))
            self._waiting.insert(0 if first else len(self._waiting), new)
            self._start()
            self._come.notify()
        return new

    def ahead_of(self, one: Import) -> int:
        """How many files are to be read before those of this import."""
        with self._come:
            if one not in self._waiting:
                return 0
            before = [*self._at_work, *self._waiting[: self._waiting.index(one)]]
            return sum(len(other.sizes) - (other.reading or 0) for other in before)

    def forget(self, one: Import) -> None:
        """Take an import out of the line, if it still stands there."""
        with self._come:
            if one in self._waiting:
                self._waiting.remove(one)
                one.end(None, Cancelled())

    def warm(self) -> None:
        """Start the processes now, so that the first import need not wait for that."""
        with self._come:
            self._start()

    def close(self) -> None:
        """End the processes, whatever they are at."""
        with self._come:
            self._closed = True
            for one in [*self._at_work, *self._waiting]:
                one.cancelled = True
            self._come.notify_all()
        for thread in self._threads:
            thread.join(timeout=3)

    def _start(self) -> None:
        while len(self._threads) < self.hands:
            thread = threading.Thread(target=self._serve, name="imports", daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self) -> None:
        hand = Hand()
        while True:
            with self._come:
                while not self._waiting and not self._closed:
                    self._come.wait()
                if self._closed:
                    hand.end()
                    return
                one = self._waiting.pop(0)
                self._at_work.append(one)
            try:
                one.end(_without_culprits(one, hand, machine.share(machine.IMPORTS) // self.hands))
            except BaseException as error:
                one.end(None, error)
            with self._come:
                self._at_work.remove(one)
            hand.ready()


def _without_culprits(one: Import, hand: Hand, most: int) -> Written:
    """Read the files; again without those that ended the process that read them."""
    problems: list[RegularsError] = []
    while True:
        for path in (Path(one.job["path"]), Path(one.job["path"] + ".wal")):
            path.unlink(missing_ok=True)
        memory = min(most, MEMORY + MEMORY_PER_BYTE * sum(one.sizes))
        answer = hand.do(one, memory)
        if "written" in answer:
            told = answer["written"]
            found = [*problems, *(from_json(problem) for problem in told["problems"])]
            return Written(told["key"], frozenset(told["read"]), frozenset(told["used"]), found, _facts(told["facts"]))
        if answer["ended"] == "itself" and one.reading == len(one.sizes) and 1 < one.reading <= ALONE:
            one.reading = _ends_alone(one, hand, memory)
        problem = _problem(answer, one, memory)
        problems.append(problem)
        if one.reading is None or one.reading >= len(one.sizes) or len(problems) == CULPRITS:
            return Written("", frozenset(), frozenset(), problems)
        del one.job["uploads"][one.reading], one.sizes[one.reading]


def _ends_alone(one: Import, hand: Hand, memory: int) -> int | None:
    """Which of the files ends its reader by itself, after all were read and before they were put together; None: none does."""
    uploads, sizes = one.job["uploads"], one.sizes
    try:
        for number, (upload, size) in enumerate(zip(uploads, sizes, strict=True)):
            one.job["uploads"], one.sizes = [upload], [size]
            Path(one.job["path"]).unlink(missing_ok=True)
            if "ended" in hand.do(one, memory):
                return number
    finally:
        one.job["uploads"], one.sizes = uploads, sizes
    return None


def _problem(answer: dict, one: Import, memory: int) -> RegularsError:
    """The sentence for an import that ended before its end."""
    at, names = one.reading, [name for name, _ in one.job["uploads"]]
    file = names[at] if at is not None and at < len(names) else ", ".join(names[:3]) + ("…" if len(names) > 3 else "")
    match answer["ended"]:
        case "memory":
            return InputError(TOO_MUCH, file=file, limit=memory >> 20)
        case "time":
            return InputError(TOO_LONG, file=file, seconds=round(answer["seconds"]))
        case "disk":
            raise OSError(errno.ENOSPC, "No space left on device", one.job["path"])
        case _:
            _log.warning("An import ended in the middle: %s", answer.get("where", "its process ended itself"))
            return InputError(ENDED, file=file)


def _facts(told: dict | None) -> ShopFacts | None:
    if told is None:
        return None
    days = {name: date.fromisoformat(told[name]) for name in ("as_of", "start", "first_ordered")}
    return ShopFacts(**(told | days))


@cache
def of_server() -> Imports:
    """The line that all readers of this server stand in."""
    line = Imports()
    atexit.register(line.close)
    return line


def write_shop(
    path: Path,
    uploads: Iterable[Upload],
    *,
    progress: Callable[[int, int, str], None] | None = None,
    **told: Mapping[str, str] | None,
) -> Written:
    """As `kept.write_shop`, in a process of its own; of uploads that are paths.

    progress: called with how many files were read, how many there are, and the name of the next. Raises Full.
    """
    given = [(upload.name, upload.data) for upload in uploads]
    one = of_server().begin(path, given, told={name: said for name, said in told.items() if said}, sign=False)
    said = -1
    while True:
        ended = one.wait(WATCHED if said >= 0 else 0)
        now = one.reading or 0
        if progress and now != said:
            progress(now, len(given), given[now][0] if now < len(given) else "")
        said = now
        if ended:
            return one.result()


def open_apart(uploads: Iterable[Upload], *, as_of: date | None = None, **told: Mapping[str, str] | None) -> Opened:
    """As `open_shop` of uploads that are paths, read in a process of its own: for files that can end, or exhaust, whoever reads them."""
    folder = tempfile.TemporaryDirectory(prefix="regulars-read-", ignore_cleanup_errors=True)
    atexit.register(folder.cleanup)
    path = Path(folder.name) / "shop.duckdb"
    written = write_shop(path, uploads, **told)
    if not written.key:
        return Opened(None, written.problems)
    kept.sign(path, written, written.problems)
    return kept.open_written(path, as_of)
