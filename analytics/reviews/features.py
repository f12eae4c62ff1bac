"""Finds character n-grams in many texts at once: each becomes a 64-bit number, looked up in a sorted table."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

LONGEST = 4
_PRIME = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(29)


def hashes(codes: np.ndarray) -> np.ndarray:
    """Hashes of n-grams, one per row. codes: shape (m, n) of code points."""
    value = np.zeros(len(codes), dtype=np.uint64)
    for column in codes.T.astype(np.uint64):
        value = _extend(value, column)
    return value


def _extend(value: np.ndarray, code: np.ndarray) -> np.ndarray:
    mixed = (value ^ (code + np.uint64(1))) * _PRIME
    return mixed ^ (mixed >> _SHIFT)


def ngrams(segments: Sequence[str], longest: int = LONGEST) -> tuple[np.ndarray, np.ndarray]:
    """All n-grams (n = 1 to longest) inside each segment.

    Returns (hash, segment number), both of shape (number of n-grams,); grouped by n, within one n by place.
    """
    joined = "\0".join(segments) + "\0"
    codes = np.frombuffer(joined.encode("utf-32-le"), dtype=np.uint32)
    gap = codes == 0
    segment = np.cumsum(gap) - gap
    value = np.zeros(len(codes), dtype=np.uint64)
    inside = ~gap
    found, owners = [], []
    for n in range(1, longest + 1):
        end = len(codes) - n + 1
        if end <= 0:
            break
        inside = inside[:end] & ~gap[n - 1 :]
        value = _extend(value[:end], codes[n - 1 :].astype(np.uint64))
        found.append(value[inside])
        owners.append(segment[:end][inside])
    return np.concatenate(found), np.concatenate(owners)


def spelled_hashes(ngrams: list[str]) -> np.ndarray:
    """The hash of each n-gram, in the order given."""
    lengths = np.array([len(ngram) for ngram in ngrams])
    codes = np.frombuffer("".join(ngrams).encode("utf-32-le"), dtype=np.uint32)
    starts = np.cumsum(lengths) - lengths
    keys = np.empty(len(ngrams), dtype=np.uint64)
    for length in np.unique(lengths):
        rows = np.flatnonzero(lengths == length)
        keys[rows] = hashes(codes[starts[rows][:, None] + np.arange(length)])
    return keys
