"""Writes demo_opinions.npz, the second opinions on the demo shops' reviews, so that no server has to read them; run by hand.

python -m analytics.reviews.ship sample_data/tea sample_data/fashion sample_data/durable
"""

from __future__ import annotations

import argparse
from pathlib import Path

from analytics.reviews import careful
from analytics.reviews.opinions import texts_of
from analytics.sources import Upload
from analytics.store import open_shop

READ = {".xlsx", ".csv", ".tsv", ".gz", ".zip"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("shops", nargs="+", type=Path, metavar="FOLDER")
    parser.add_argument("--out", type=Path, default=careful.SHIPPED)
    given = parser.parse_args()
    texts: set[str] = set()
    for folder in given.shops:
        files = [Upload(path.name, path) for path in sorted(folder.iterdir()) if path.suffix in READ]
        texts.update(texts_of(open_shop(files).store))
    careful.ship(texts, given.out)


if __name__ == "__main__":
    main()
