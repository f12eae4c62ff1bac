"""Both real files as Shopify exports and as monthly Shopee workbooks, opened and held against the independent answers.

    python benchmarks/expected.py [--folder DIR]

Takes some minutes: the two years alone are a million rows of workbooks.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from analytics.report import summary
from analytics.sources import Upload
from analytics.store import open_shop
from benchmarks import uci_exports
from tests.support.real import EXPECTED, FILES, assert_expected


def main() -> None:
    """Write each file in both layouts, open it, and print that it met the answers and how long opening took."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "regulars-expected")
    folder = parser.parse_args().folder
    for name, path in FILES.items():
        invoices = uci_exports.read(path)
        here = folder / path.stem
        here.mkdir(parents=True, exist_ok=True)
        uci_exports.write_shopify(invoices, here / "orders_export_1.csv")
        books = uci_exports.write_shopee(invoices, here)
        for layout, paths in (("Shopify", [here / "orders_export_1.csv"]), ("Shopee", books)):
            start = time.perf_counter()
            opened = open_shop([Upload(export.name, export) for export in paths])
            seconds = time.perf_counter() - start
            assert not opened.problems, opened.problems
            assert_expected(summary(opened.store), EXPECTED[name])
            opened.store.close()
            print(f"{name} as {layout}: {len(paths)} files, opened in {seconds:.1f} s, every figure as expected")


if __name__ == "__main__":
    main()
