"""Which encoding a text file is in, told by its bytes, and in doubt by which reading has headers that are known."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from dataclasses import dataclass

UTF8 = "utf-8"
BOMS = ((codecs.BOM_UTF8, UTF8), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
LEGACY = ("cp950", "gb18030")
WIDER = {"cp950": "big5hkscs"}
LABELS = {
    UTF8: "UTF-8",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "cp950": "Big5",
    "big5hkscs": "Big5",
    "gb18030": "GBK",
    "cp1252": "Windows-1252",
}
SAMPLE = 1 << 18


@dataclass(frozen=True)
class Encoding:
    """codec: Python's name. bom: bytes of the mark before the text. label: what people call it."""

    codec: str
    bom: int = 0

    @property
    def label(self) -> str:
        """`UTF-8`, `Big5` …; Python's name for the rarer ones."""
        return LABELS.get(self.codec, self.codec) + (" (BOM)" if self.codec == UTF8 and self.bom else "")


def detect(data: memoryview) -> Encoding:
    """The encoding by the mark at the start, else UTF-16 by its zero bytes, else UTF-8 where the first part reads as that.

    Text that is no UTF-8 is named by `legacy`, which needs to know what headers look like.
    """
    start = bytes(data[:SAMPLE])
    for mark, codec in BOMS:
        if start.startswith(mark):
            return Encoding(codec, len(mark))
    low, high = start[1::2].count(0), start[::2].count(0)
    if max(low, high) > len(start) // 10:
        return Encoding("utf-16-le" if low > high else "utf-16-be")
    return Encoding(UTF8)


def is_text(data: memoryview, encoding: Encoding) -> bool:
    """Whether the first part has hardly any control characters but white space."""
    text = bytes(data[encoding.bom : SAMPLE]).decode(encoding.codec, "replace")
    odd = {character for character in set(text) if character < " " and not character.isspace() and character != "\x1a"}
    return sum(map(text.count, odd)) * 50 <= len(text)


def first_undecodable(data: memoryview, codec: str) -> int | None:
    """Where the first byte stands that `codec` cannot read; None where all of it reads."""
    decoder = codecs.getincrementaldecoder(codec)()
    for at in range(0, data.nbytes, SAMPLE):
        try:
            decoder.decode(data[at : at + SAMPLE], at + SAMPLE >= data.nbytes)
        except UnicodeDecodeError as error:
            return at + error.start
    return None


def legacy(data: memoryview, known: Callable[[str], bool]) -> Encoding:
    """The encoding of text that is no UTF-8: Big5 or GBK if only that reading has known headers in it, else the likeliest.

    known: whether a text begins with a header row of a known layout.
    """
    start = bytes(data[:SAMPLE])
    fitting = [codec for codec in LEGACY if known(start.decode(codec, "replace"))]
    if len(fitting) == 1:
        return Encoding(_wide_enough(data, fitting[0]))
    bad = first_undecodable(data, UTF8) or 0
    around = bytes(data[max(bad - SAMPLE, 0) : bad + SAMPLE])
    sample = start + around[around.find(b"\n") + 1 :]
    if _valid_utf8(sample) >= 0.5:
        return Encoding(UTF8)
    ordinary = {"cp950": _ordinary_big5(sample), "gb18030": _ordinary_gbk(sample)}
    codec = max(ordinary, key=ordinary.__getitem__)
    return Encoding(_wide_enough(data, codec) if ordinary[codec] > 0.7 else _by_statistics(sample))


def _wide_enough(data: memoryview, codec: str) -> str:
    """`codec`, or the larger set of the same family where only that reads all of the file."""
    wider = WIDER.get(codec)
    if wider and first_undecodable(data, codec) is not None and first_undecodable(data, wider) is None:
        return wider
    return codec


def _by_statistics(sample: bytes) -> str:
    from charset_normalizer import from_bytes

    telling = b"\n".join(line for line in sample.split(b"\n") if not line.isascii())
    best = from_bytes(telling[:20_000]).best()
    return best.encoding if best else "cp1252"


def _valid_utf8(sample: bytes) -> float:
    """Share of the characters beyond ASCII that are whole in UTF-8, from 0 to 1: a few stray bytes do not make another encoding."""
    text = sample.decode(UTF8, "surrogateescape")
    beyond = [character for character in text if character > "\x7f"]
    return sum(not "\udc80" <= character <= "\udcff" for character in beyond) / max(len(beyond), 1)


def _ordinary_big5(sample: bytes) -> float:
    """Share of the two-byte characters that are of Big5's level 1 or its punctuation, from 0 to 1."""
    return _share(sample, lambda lead, trail: 0xA1 <= lead <= 0xC6 and (0x40 <= trail <= 0x7E or 0xA1 <= trail <= 0xFE))


def _ordinary_gbk(sample: bytes) -> float:
    """Share of the two-byte characters that are of GB 2312's level 1 or its punctuation, from 0 to 1."""
    return _share(sample, lambda lead, trail: (0xA1 <= lead <= 0xA3 or 0xB0 <= lead <= 0xD7) and trail >= 0xA1)


def _share(sample: bytes, ordinary: Callable[[int, int], bool]) -> float:
    pairs = good = at = 0
    while at + 1 < len(sample):
        if sample[at] < 0x80:
            at += 1
            continue
        pairs += 1
        good += ordinary(sample[at], sample[at + 1])
        at += 2
    return good / pairs if pairs else 0.0
