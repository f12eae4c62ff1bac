"""The second opinion: what the sentence encoder makes of texts, kept by text so that no text is ever read twice.

An opinion is a few bytes per text, of no use without it: it can be kept with a shop, or shipped for the demo shops. Scores join it with the
n-grams, which take no time. See `score.analyse`.
"""

from __future__ import annotations

import hashlib
import io
import threading
import zipfile
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits

from analytics.reviews import encoder
from analytics.reviews.model import load
from analytics.reviews.reading import CHINESE, ENGLISH, read
from analytics.reviews.text import clean, fold

LONGEST = 5_000
"""Characters of a text that are read; hardly any review has as many."""
SHIPPED = Path(__file__).with_name("demo_opinions.npz")
AT_ONCE = 256
STEPS = 12
"""Log-odds are kept in twelfths, from -10.5 to 10.5."""
LIKELY, POSSIBLE = 0.8, 0.15
"""A clause speaks of an aspect where the encoder thinks it likely, or where it thinks it possible and a word of the aspect is in it."""

Opinions = Mapping[str, bytes]
"""Text key -> opinion: three bytes for the whole text and three for each clause: log-odds of praise, aspects likely, aspects possible."""


@cache
def version() -> str:
    """Names the encoder that an opinion is from; opinions of another one are worth nothing."""
    return hashlib.sha256(encoder.ARTIFACT.read_bytes() + encoder.PIECES.read_bytes()).hexdigest()[:12]


def shown(text: object) -> str:
    """A text as it is read and shown: clean, and not longer than LONGEST."""
    return clean(text)[:LONGEST]


def key(text: object) -> str:
    """The key of a text: equal texts, equal keys; whoever has only the key does not learn the text."""
    return hashlib.sha256(shown(text).encode("utf-8")).hexdigest()[:20]


def read_carefully(texts: Sequence[str], by: encoder.Encoder | None = None) -> dict[str, bytes]:
    """The opinion of each text by its key, b"" of one in a language that the model does not read. Never raises on any text; takes some two
    milliseconds a text, on one core: what NumPy's own threads gain in time they spend several times over on waiting. by: the encoder, else
    the artifact.
    """
    asked = {key(text): _parts(shown(text)) for text in texts}
    distinct = list(dict.fromkeys(chain.from_iterable(asked.values())))
    with threadpool_limits(limits=1, user_api="blas"):
        packed = _packed((by or encoder.load()).read(distinct)) if distinct else []
    of_part = dict(zip(distinct, packed, strict=True))
    return {name: b"".join([of_part[part] for part in parts]) for name, parts in asked.items()}


def _parts(text: str) -> list[str]:
    """The whole text and each of its clauses, as the encoder reads them; none of a text in another language. A single clause is the whole."""
    reading = read(text, load())
    if reading.language not in (CHINESE, ENGLISH) or not reading.clauses:
        return []
    clauses = [fold(clause) for clause in reading.clauses]
    return [fold(text) if len(clauses) > 1 else clauses[0], *clauses]


def unpacked(opinion: bytes) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Of the whole text (first) and each clause: log-odds of praise; aspects likely and aspects possible, booleans of shape (1 + clauses, 8)."""
    rows = np.frombuffer(opinion, dtype=np.uint8).reshape(-1, 3)
    bits = [(rows[:, [column]] >> np.arange(8, dtype=np.uint8)) & 1 > 0 for column in (1, 2)]
    return (rows[:, 0].astype(float) - 128) / STEPS, *bits


def _packed(found: encoder.Read) -> list[bytes]:
    odds = np.clip(np.round(encoder.praise(found.sides) * STEPS), -127, 127).astype(np.int16) + 128
    powers = 1 << np.arange(8)
    sure, may = ((found.aspects > least) @ powers for least in (LIKELY, POSSIBLE))
    return [row.tobytes() for row in np.stack([odds, sure, may], axis=1).astype(np.uint8)]


@cache
def shipped() -> Opinions:
    """The opinions on the demo shops' texts, shipped ahead; none where they are of another encoder."""
    return kept(SHIPPED)


def kept(path: Path) -> Opinions:
    """The opinions in a file; none where there is no such file, where it is damaged, or of another encoder."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            if str(stored["version"]) != version():
                return {}
            keys, lengths, raw = stored["keys"].tolist(), stored["lengths"].tolist(), stored["raw"].tobytes()
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error):
        return {}
    ends = np.cumsum(lengths).tolist()
    return {name: raw[end - length : end] for name, length, end in zip(keys, lengths, ends, strict=True)}


def written(opinions: Opinions) -> bytes:
    """Opinions as the content of a file, for `kept`."""
    keys = sorted(opinions)
    file = io.BytesIO()
    np.savez_compressed(
        file,
        version=np.array(version()),
        keys=np.array(keys, dtype="U"),
        lengths=np.array([len(opinions[name]) for name in keys], dtype=np.uint16),
        raw=np.frombuffer(b"".join(opinions[name] for name in keys), dtype=np.uint8),
    )
    return file.getvalue()


def ship(texts: Iterable[str], path: Path = SHIPPED) -> None:
    """Writes the opinions on these texts, to be shipped."""
    path.write_bytes(written(read_carefully(sorted(set(texts)))))


_ONE_AT_A_TIME = threading.Lock()
"""Shops are read one after another: two at once would only make both slower, and the pages too."""


@dataclass
class CarefulReading:
    """A shop's texts being read in a thread of its own. opinions: what there is by now, only ever added to. total: distinct texts."""

    opinions: dict[str, bytes] = field(default_factory=dict)
    total: int = 0
    failed: bool = False
    _stopped: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    @property
    def done(self) -> bool:
        """Whether every text has been read."""
        return len(self.opinions) >= self.total

    @property
    def share(self) -> float:
        """How much of it has been read, 0..1."""
        return min(1.0, len(self.opinions) / self.total) if self.total else 1.0

    def stop(self) -> None:
        """Reads no further; a batch that was begun is ended."""
        self._stopped.set()

    def wait(self, seconds: float | None = None) -> None:
        """Until it has ended, at most so long."""
        if self._thread:
            self._thread.join(seconds)


def begin(
    texts: Iterable[object],
    known: Opinions | None = None,
    reader: Callable = read_carefully,
    keep: Callable[[Opinions], object] | None = None,
) -> CarefulReading:
    """Reads texts in the background, each once; those with an opinion already are not read again.

    keep: called once with all opinions there are, in the background, when the last text is read or the reading is stopped.
    """
    by_key = {key(text): shown(text) for text in texts}
    before = {**shipped(), **(known or {})}
    reading = CarefulReading({name: before[name] for name in by_key if name in before}, len(by_key))
    left = [text for name, text in by_key.items() if name not in reading.opinions]

    def run() -> None:
        for start in range(0, len(left), AT_ONCE):
            with _ONE_AT_A_TIME:
                if reading._stopped.is_set():
                    break
                try:
                    reading.opinions.update(reader(left[start : start + AT_ONCE]))
                except Exception:
                    reading.failed = True
                    raise
        if keep:
            keep(dict(reading.opinions))

    if left or keep:
        reading._thread = threading.Thread(target=run, name="careful-reading", daemon=True)
        reading._thread.start()
    return reading
