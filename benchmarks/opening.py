"""How long it takes from an upload's bytes to a ready store, beside what reading the same file costs other tools.

    python benchmarks/opening.py [--folder DIR] [--runs N] [--lines 1000000] [--rows 100000]

Each variant runs in a process of its own, the variants in turn; printed are the medians of wall time and of the process's peak memory.
Targets: Shopify store at most 2.5 × "DuckDB, ten columns" and at most 3 × the file in memory; Shopee store at most 1.6 × "calamine
to_python" and at most 1/7 of "pandas read_excel".
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks import fresh

TEN = [
    "Name", "Email", "Financial Status", "Subtotal", "Created at", "Lineitem quantity", "Lineitem name", "Lineitem price",
    "Cancelled at", "Refunded Amount",
]  # fmt: skip


def store(path: Path) -> Callable[[], object]:
    """From bytes in memory to a ready store."""
    from analytics.sources import Upload
    from analytics.store import open_shop

    data = path.read_bytes()
    return lambda: open_shop([Upload(path.name, data)]).store.shop


def duckdb_ten(path: Path) -> Callable[[], object]:
    """DuckDB's own reader, ten columns as text into a table."""
    import duckdb

    con = duckdb.connect()
    return lambda: (
        con.read_csv(str(path), all_varchar=True).select(*(duckdb.ColumnExpression(name) for name in TEN)).to_table("t")
    )


def pandas_ten(path: Path) -> Callable[[], object]:
    """pandas' own reader, the same ten columns as text."""
    import pandas as pd

    return lambda: len(pd.read_csv(path, usecols=TEN, dtype=str, keep_default_na=False))


def calamine(path: Path) -> Callable[[], object]:
    """python-calamine's rows as Python lists."""
    import python_calamine

    return lambda: len(python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python())


def pandas_default(path: Path) -> Callable[[], object]:
    """pandas' read_excel as it comes (openpyxl)."""
    import pandas as pd

    return lambda: len(pd.read_excel(path))


SHOPIFY = {"store": store, "DuckDB, ten columns": duckdb_ten, "pandas, ten columns": pandas_ten}
SHOPEE = {"store": store, "calamine to_python": calamine, "pandas read_excel": pandas_default}


def measure(variant: str, path: Path) -> None:
    """Run one variant once in this process; print seconds and peak megabytes as JSON."""
    run = (SHOPIFY | SHOPEE)[variant](path)
    start = time.perf_counter()
    run()
    seconds = time.perf_counter() - start
    print(json.dumps([seconds, fresh.peak()]))


def compare(title: str, path: Path, variants: dict, runs: int) -> None:
    """Run the variants in turn and print their medians and the store's ratios."""
    results: dict[str, list[list[float]]] = {name: [] for name in variants}
    for _ in range(runs):
        for name in variants:
            results[name].append(fresh.run(__file__, "--variant", name, "--path", path))
    size = path.stat().st_size / 2**20
    print(f"\n{title}: {path.name}, {size:.0f} MB")
    own = statistics.median(seconds for seconds, _ in results["store"])
    for name, figures in results.items():
        seconds, peak = (statistics.median(figure[i] for figure in figures) for i in (0, 1))
        print(
            f"  {name:22} {seconds:7.2f} s   peak {peak:6.0f} MB ({peak / size:.1f} × file)   store / this: {own / seconds:.2f}"
        )


def main() -> None:
    """Make the two big files where they are not there yet, then compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "regulars-benchmarks")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--lines", type=int, default=1_000_000)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--variant")
    parser.add_argument("--path", type=Path)
    options = parser.parse_args()
    if options.variant:
        measure(options.variant, options.path)
        return
    from benchmarks.uci_exports import write_big_shopee, write_big_shopify

    options.folder.mkdir(parents=True, exist_ok=True)
    csv, xlsx = options.folder / f"shopify_{options.lines}.csv", options.folder / f"shopee_{options.rows}.xlsx"
    if not csv.exists():
        write_big_shopify(csv, options.lines)
    if not xlsx.exists():
        write_big_shopee(xlsx, options.rows)
    compare("Shopify", csv, SHOPIFY, options.runs)
    compare("Shopee Taiwan", xlsx, SHOPEE, options.runs)


if __name__ == "__main__":
    main()
