"""Of the demo shops' reviews with four or five stars, which the text model takes for unhappy, beside the complaints put into them.

    python benchmarks/complaints.py

The model card quotes these figures. By the label alone, and by the stricter rule that the pages follow.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from analytics.reviews import careful
from analytics.reviews.score import MIXED, NEGATIVE, analyse, complains_clearly
from sample_data.make import make_durable, make_fashion, make_tea


def main() -> None:
    """Make the three shops anew, for what was put into each review, and count."""
    reviews = []
    for make in (make_tea, make_fashion, make_durable):
        with tempfile.TemporaryDirectory() as folder:
            reviews += [review for review in make(Path(folder))[1] if review.rating >= 4]
    texts = [review.text for review in reviews]
    scored = analyse(texts, opinions=careful.read_carefully(texts))
    planted = np.array([bool(review.complaints) for review in reviews])
    rules = {"label": scored.reviews.label.isin([NEGATIVE, MIXED]).to_numpy(), "clear": complains_clearly(scored)}
    for name, flagged in rules.items():
        right = (flagged & planted).sum()
        print(
            f"{name}: {right} of {flagged.sum()} flagged hold a complaint ({right / flagged.sum():.2f}), "
            f"of {planted.sum()} there are ({right / planted.sum():.2f})"
        )


if __name__ == "__main__":
    main()
