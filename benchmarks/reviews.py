"""How long a shop of 20,000 different reviews waits: for what the n-grams say, and for the careful reading; and what memory the server needs.

python benchmarks/reviews.py
"""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from analytics.reviews import careful, encoder, whole
from analytics.reviews.model import load
from analytics.reviews.score import analyse

REVIEWS = 20_000


def resident() -> float:
    """Megabytes of this process."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 1e6


def main() -> None:
    texts = [f"{review.text}{number % 100}" for number, review in enumerate(whole.composed(REVIEWS))]
    load()
    analyse(texts[:500])
    start, cpu = time.perf_counter(), time.process_time()
    analyse(texts)
    print(f"{len(texts):,} by n-grams: {time.perf_counter() - start:.1f} s, {time.process_time() - cpu:.1f} s of CPU")
    before = resident()
    encoder.load()
    print(f"the encoder in memory: {resident() - before:.0f} MB")
    careful.read_carefully(texts[:300])
    print(f"after reading 300: {resident() - before:.0f} MB")
    start, cpu = time.perf_counter(), time.process_time()
    reading = careful.begin(texts)
    reading.wait()
    print(f"{len(texts):,} carefully: {time.perf_counter() - start:.1f} s, {time.process_time() - cpu:.1f} s of CPU")
    print(f"with all opinions kept: {resident() - before:.0f} MB")
    analyse(texts, opinions=reading.opinions)


if __name__ == "__main__":
    main()
