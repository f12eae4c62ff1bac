"""The sentence encoder: a text's vector, and what it says of praise and aspects, in NumPy; weights from encoder.npz, pieces from encoder.model.

The network is that of Google's universal sentence encoder, multilingual, version 3: embeddings of pieces, convolutions over 2, 3 and 5 of them,
a mean over the text, and a residual network. Yang et al. 2020, Multilingual Universal Sentence Encoder for Semantic Retrieval.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np

ARTIFACT = Path(__file__).with_name("encoder.npz")
PIECES = Path(__file__).with_name("encoder.model")
WINDOWS = {2: 0, 3: 1, 5: 2}
"""Pieces in a convolution -> how many of them stand before the one it is for."""
LEFT, RIGHT = 2, 2
LONGEST = 128
"""Pieces of a text that are read, its start and end among them."""
PIECES_AT_ONCE, DISTINCT = 512, 500
START, END = 1, 2
RARE = 3e-4
"""Share of all pieces at which one counts half."""


@dataclass(frozen=True)
class Read:
    """sides: shape (n, 2), log-odds of blame and of praise against neither. aspects: shape (n, 8),
    0..1, how likely a text speaks of each of ASPECTS.
    """

    sides: np.ndarray
    aspects: np.ndarray


@dataclass(frozen=True)
class Encoder:
    """pieces: the tokenizer. table: shape (pieces, 512), bytes; a row is low + step * byte. weights: by name, float32."""

    pieces: Any
    table: np.ndarray
    low: np.ndarray
    step: np.ndarray
    weights: Mapping[str, np.ndarray]

    def read(self, folded: Sequence[str]) -> Read:
        """What the encoder makes of texts in the spelling of `text.fold`."""
        tokens = self.tokens(folded)
        order = sorted(range(len(tokens)), key=lambda row: len(tokens[row]))
        hidden = np.empty((len(tokens), self.weights["head"].shape[0]), dtype=np.float32)
        for batches in _groups(list(_batches(order, tokens)), tokens):
            held = {piece for rows in batches for row in rows for piece in tokens[row]}
            known = self._known(np.array(sorted(held)))
            for rows in batches:
                hidden[rows] = self._encoded([tokens[row] for row in rows], known)
        out = hidden @ self.weights["head"] + self.weights["head_b"]
        return Read(
            (out[:, [0, 2]] - out[:, [1]]).astype(float),
            1 / (1 + np.exp(-np.clip(out[:, 3:].astype(float), -50, 50))),
        )

    def meanings(self, folded: Sequence[str]) -> np.ndarray:
        """Vectors of length one that are near where texts speak of the same, good or bad; of nothing known, 0. shape (n, 512).

        Means of the embeddings, rare pieces before common ones: Arora et al. 2017, A Simple but Tough-to-Beat
        Baseline for Sentence Embeddings.
        """
        found = np.zeros((len(folded), self.table.shape[1]), dtype=np.float32)
        for row, pieces in enumerate(self.pieces.encode(list(folded))):
            known = np.array([piece for piece in pieces if piece > END], dtype=np.int64)
            rows = self.table[known] * self.step[known, None] + self.low[known, None]
            found[row] = (rows * self._rarity[known, None]).sum(axis=0)
        return found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9)

    @cached_property
    def _rarity(self) -> np.ndarray:
        often = np.exp([self.pieces.get_score(piece) for piece in range(len(self.table))])
        return (RARE / (RARE + often)).astype(np.float32)

    def tokens(self, folded: Sequence[str]) -> list[list[int]]:
        """Numbers of pieces, with start and end."""
        return [[START, *found[: LONGEST - 2], END] for found in self.pieces.encode(list(folded))]

    def _encoded(self, tokens: list[list[int]], known: _Known) -> np.ndarray:
        w = self.weights
        lengths = np.array([len(text) for text in tokens])
        flat = known.places(np.fromiter(chain.from_iterable(tokens), dtype=np.int64, count=int(lengths.sum())))
        starts = np.cumsum(lengths) - lengths
        around = _around(starts, lengths)
        nearby = np.append(flat, known.nothing)[around]
        features = np.empty((len(flat), w["ln_g"].shape[0]), dtype=np.float32)
        features[:, : known.embedded.shape[1]] = known.embedded[flat]
        end = known.embedded.shape[1]
        for width, before in WINDOWS.items():
            window = slice(LEFT - before, LEFT - before + width)
            first = np.zeros((len(flat), w[f"b1_{width}"].shape[0]), dtype=np.float32)
            for pieces, part in zip(nearby[:, window].T, known.first[width], strict=True):
                first += part[pieces]
            np.maximum(first, 0, out=first)
            first += known.projected[width][flat]
            start, end = end, end + first.shape[1]
            second = np.matmul(_windowed(first, around[:, window]), w[f"w2_{width}"])
            second += w[f"b2_{width}"]
            np.maximum(second, 0, out=second)
            np.add(second, first, out=features[:, start:end])
        features = _normed(features, w["ln_g"], w["ln_b"])
        many = lengths[:, None].astype(np.float32)
        mean = (np.add.reduceat(features, starts, axis=0) @ w["cnn_W"] + many * w["cnn_b"]) / np.sqrt(many)
        shortcut = np.maximum(np.maximum(mean @ w["d0"], 0) @ w["d1"] + mean @ w["p1"], 0)
        return np.tanh(shortcut @ w["p3"] + np.maximum(shortcut @ w["d2"], 0) @ w["d3"])

    def _known(self, numbers: np.ndarray) -> _Known:
        w = self.weights
        embedded = self.table[numbers] * self.step[numbers, None] + self.low[numbers, None]
        projected, first = {}, {}
        for width in WINDOWS:
            rows = _normed(embedded @ w[f"proj{width}"] + w[f"proj_b{width}"], w[f"ln_g{width}"], w[f"ln_b{width}"])
            parts = [
                np.vstack([rows @ part, np.zeros((1, part.shape[1]), dtype=np.float32)])
                for part in np.split(w[f"w1_{width}"], width)
            ]
            parts[0] += w[f"b1_{width}"]
            projected[width], first[width] = rows, parts
        return _Known(numbers, embedded, projected, first)


@dataclass(frozen=True)
class _Known:
    """What the network makes of pieces wherever they stand, once for all texts that hold them.

    numbers: of the pieces, sorted. nothing: the row that stands for no piece. embedded: shape (n, 512). projected: by width, shape (n, 256). first: by width and place in its window, what
    a piece there adds to the first convolution, shape (n + 1, 256); the last row is of no piece.
    """

    numbers: np.ndarray
    embedded: np.ndarray
    projected: Mapping[int, np.ndarray]
    first: Mapping[int, list[np.ndarray]]

    @property
    def nothing(self) -> int:
        return len(self.numbers)

    def places(self, flat: np.ndarray) -> np.ndarray:
        """Rows of the pieces of these numbers."""
        return np.searchsorted(self.numbers, flat)


def praise(sides: np.ndarray) -> np.ndarray:
    """Log-odds of p(positive), the share of praise plus half the share of neither, as `model.praise` has it. sides: shape (n, 2)."""
    odds = np.exp(np.clip(sides, -50, 50))
    return np.log((odds[:, 1] + 0.5) / (odds[:, 0] + 0.5))


@cache
def load(artifact: Path = ARTIFACT, pieces: Path = PIECES) -> Encoder:
    """The artifact as an encoder: once per server, some 25 MB; runs no code from the file."""
    import sentencepiece

    with np.load(artifact, allow_pickle=False) as stored:
        tables = {name: stored[name] for name in stored.files}
    weights = {
        name: table if table.dtype == np.float32 else table.astype(np.float32) * tables[f"{name}_step"]
        for name, table in tables.items()
        if not name.startswith("pieces") and not name.endswith("_step")
    }
    return Encoder(
        sentencepiece.SentencePieceProcessor(model_file=str(pieces)),
        tables["pieces"],
        tables["pieces_low"],
        tables["pieces_step"],
        weights,
    )


def _batches(order: list[int], tokens: list[list[int]]) -> Iterator[list[int]]:
    """Rows of about equal length, PIECES_AT_ONCE together."""
    rows: list[int] = []
    total = 0
    for row in order:
        if rows and total + len(tokens[row]) > PIECES_AT_ONCE:
            yield rows
            rows, total = [], 0
        rows.append(row)
        total += len(tokens[row])
    if rows:
        yield rows


def _groups(batches: list[list[int]], tokens: list[list[int]]) -> Iterator[list[list[int]]]:
    """Batches that together hold about DISTINCT different pieces."""
    group: list[list[int]] = []
    held: set[int] = set()
    for rows in batches:
        group.append(rows)
        held.update(*(tokens[row] for row in rows))
        if len(held) >= DISTINCT:
            yield group
            group, held = [], set()
    if group:
        yield group


def _around(starts: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """Of each piece, the places of those around it, LEFT before to RIGHT after; a place outside its text is the number of pieces."""
    total = int(lengths.sum())
    places = np.arange(total)[:, None] + np.arange(-LEFT, RIGHT + 1)
    first, end = np.repeat(starts, lengths)[:, None], np.repeat(starts + lengths, lengths)[:, None]
    return np.where((places >= first) & (places < end), places, total)


def _windowed(rows: np.ndarray, window: np.ndarray) -> np.ndarray:
    padded = np.concatenate([rows, np.zeros((1, rows.shape[1]), dtype=rows.dtype)])
    return padded[window].reshape(len(rows), -1)


def _normed(rows: np.ndarray, gain: np.ndarray, bias: np.ndarray) -> np.ndarray:
    rows = rows - rows.mean(axis=1, keepdims=True)
    spread = np.sqrt(np.einsum("ij,ij->i", rows, rows) / rows.shape[1] + 1e-12)
    rows /= spread[:, None]
    rows *= gain
    rows += bias
    return rows
