"""The sentence encoder: a text's vector, and what it says of praise and aspects, in NumPy; weights from encoder.npz, pieces from encoder.model.

The network is that of Google's universal sentence encoder, multilingual, version 3: embeddings of pieces, convolutions over 2, 3 and 5 of them,
a mean over the text, and a residual network. Yang et al. 2020, Multilingual Universal Sentence Encoder for Semantic Retrieval.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
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
PIECES_AT_ONCE = 512
START, END = 1, 2


@dataclass(frozen=True)
class Read:
    """meanings: shape (n, 512), of length one; near where texts mean the same. sides: shape (n, 2), log-odds of blame and of praise against neither. aspects: shape (n, 8),
    0..1, how likely a text speaks of each of ASPECTS.
    """

    meanings: np.ndarray
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
        return self.judge(*self.summed(folded))

    def summed(self, folded: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
        """The features of each text's pieces summed, shape (n, 1280), and how many pieces, shape (n,). Those of the parts of a text add up to
        those of the whole, but for what windows over two parts would see: so a text and its clauses are read in one go.
        """
        tokens = self.tokens(folded)
        order = sorted(range(len(tokens)), key=lambda row: len(tokens[row]))
        sums = np.empty((len(tokens), self.weights["cnn_W"].shape[0]), dtype=np.float32)
        for rows in _batches(order, tokens):
            sums[rows] = self._features([tokens[row] for row in rows])
        return sums, np.array([len(text) for text in tokens], dtype=np.float32)

    def judge(self, sums: np.ndarray, pieces: np.ndarray) -> Read:
        """What sums of features say; as `summed` gives them."""
        w, many = self.weights, pieces[:, None]
        mean = (sums @ w["cnn_W"] + many * w["cnn_b"]) / np.sqrt(np.maximum(many, 1))
        shortcut = np.maximum(np.maximum(mean @ w["d0"], 0) @ w["d1"] + mean @ w["p1"], 0)
        hidden = np.tanh(shortcut @ w["p3"] + np.maximum(shortcut @ w["d2"], 0) @ w["d3"])
        out = hidden @ w["head"] + w["head_b"]
        length = np.sqrt(np.einsum("ij,ij->i", hidden, hidden))[:, None]
        return Read(
            hidden / np.maximum(length, 1e-9),
            (out[:, [0, 2]] - out[:, [1]]).astype(float),
            1 / (1 + np.exp(-np.clip(out[:, 3:].astype(float), -50, 50))),
        )

    def tokens(self, folded: Sequence[str]) -> list[list[int]]:
        """Numbers of pieces, with start and end."""
        return [[START, *found[: LONGEST - 2], END] for found in self.pieces.encode(list(folded))]

    def _features(self, tokens: list[list[int]]) -> np.ndarray:
        w = self.weights
        lengths = np.array([len(text) for text in tokens])
        flat = np.fromiter(chain.from_iterable(tokens), dtype=np.int64, count=int(lengths.sum()))
        starts = np.cumsum(lengths) - lengths
        around = _around(starts, lengths)
        embedded = self.table[flat] * self.step[flat, None] + self.low[flat, None]
        found = [embedded]
        for width, before in WINDOWS.items():
            projected = _normed(
                embedded @ w[f"proj{width}"] + w[f"proj_b{width}"], w[f"ln_g{width}"], w[f"ln_b{width}"]
            )
            window = around[:, LEFT - before : LEFT - before + width]
            first = np.maximum(_windowed(projected, window) @ w[f"w1_{width}"] + w[f"b1_{width}"], 0) + projected
            found.append(np.maximum(_windowed(first, window) @ w[f"w2_{width}"] + w[f"b2_{width}"], 0) + first)
        features = _normed(np.concatenate(found, axis=1), w["ln_g"], w["ln_b"])
        return np.add.reduceat(features, starts, axis=0)


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
        if not name.startswith("pieces_") and not name.endswith("_step")
    }
    chunk = tables["pieces_chunk"]
    return Encoder(
        sentencepiece.SentencePieceProcessor(model_file=str(pieces)),
        tables["pieces_table"],
        tables["pieces_low"][chunk],
        tables["pieces_scale"][chunk],
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
    return rows / spread[:, None] * gain + bias
