"""How long a click on the cohort and repurchase pages takes, beside an empty script served by the same `streamlit run`.

    python benchmarks/pages.py [--lines uci_online_retail_two_years.parquet] [--shop tea] [--changes 30]

A client speaks Streamlit's own protocol over its socket, as the browser does: it uploads the shop, opens the page, then changes one
control after the other, each change waiting for the end of the run before. Printed: p50 of the milliseconds from the change to the end
of the run per control, the server's CPU milliseconds per change, and the multiple of the empty script's time (target: at most 3).
Without --lines a demo shop is used.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.reader import ROOT, Reader, cpu, reading, served

EMPTY = "import streamlit as st\nst.segmented_control('x', ['a', 'b'], key='x')\n"

COHORTS = [
    ("days", "cohorts_days", ["30", "180"]),
    ("measure", "cohorts_measure", ["Bought in that period", "Revenue per customer", "Bought again by then"]),
    ("period", "cohorts_grain", ["Quarter", "Week", "Month"]),
    ("age", "cohorts_ages", ["30-day steps", "Calendar"]),
    ("share or count", "cohorts_unit", ["As a count", "%"]),
    ("ages shown", "cohorts_width", ["24", "12"]),
    ("mean", "cohorts_sure", [True, False]),
    ("cell click", "cohorts_triangle", [["2010-03-01", 3], ["2010-06-01", 2]]),
    ("no cell", "cohorts_triangle", [None]),
    ("to curves", "cohorts_view", ["Curves", "By cohort"]),
    ("view: curves", "cohorts_view", ["Curves"]),
    ("curves: measure", "cohorts_measure", ["Bought in that period", "Revenue per customer", "Bought again by then"]),
    ("view: groups", "cohorts_view", ["By group"]),
    ("groups: cut", "cohorts_cut", ["First order: discount or full price", "First product", "Segment today"]),
    ("groups: back to products", "cohorts_cut", ["First product"]),
    ("groups: least", "cohorts_least", [50.0, 40.0]),
    ("groups: days", "cohorts_days", ["30", "90"]),
    ("view: trend", "cohorts_view", ["Month by month"]),
    ("trend: days", "cohorts_days", ["30", "365", "90"]),
]
REPURCHASE = [
    ("days", "repurchase_days", ["30", "180"]),
    ("cut", "repurchase_cut", ["First order: discount or full price", "First product", "All together"]),
    ("view: ladder", "repurchase_view", ["Where they stop"]),
    ("ladder: days", "repurchase_days", ["30", "365", "90"]),
    ("view: gaps", "repurchase_view", ["Days between"]),
    ("gaps: step", "repurchase_step", ["1 → 2", "5 → 6+", "All"]),
    ("view: mix", "repurchase_view", ["New and old"]),
    ("mix: measure", "repurchase_mix", ["Revenue", "Buyers"]),
    ("view: people", "repurchase_view", ["People to write to"]),
    ("people: list", "repurchase_list", ["Near a second purchase", "Two purchases or more", "Reminder due within 30 days"]),
    ("to the curve", "repurchase_view", ["Second purchase", "Where they stop"]),
]  # fmt: skip


def streamlit_run(script: Path) -> tuple[str, ...]:
    """`streamlit run` of a script with the dashboard's own configuration."""
    options = ["--server.headless=true", "--server.address=127.0.0.1", "--server.port={port}"]
    return sys.executable, "-m", "streamlit", "run", str(script), *options


def measured(reader: Reader, server: int, key: str, values: list, changes: int) -> tuple[float, float]:
    """So many changes of one control: p50 of the milliseconds, and the server's CPU milliseconds per change."""
    times, before = [], cpu(server)
    for turn in range(changes):
        reader.set(key, values[turn % len(values)])
        times.append(reader.run())
    return statistics.median(times), (cpu(server) - before) / changes


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lines", type=Path)
    parser.add_argument("--shop", default="tea")
    parser.add_argument("--changes", type=int, default=30)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        empty = Path(folder) / "empty.py"
        empty.write_text(EMPTY, encoding="utf-8")
        export = shopify_export(given.lines, Path(folder)) if given.lines else None
        with (
            served(*streamlit_run(empty)) as (nothing, floor),
            served(*streamlit_run(ROOT / "app.py")) as (address, server),
            reading(nothing) as quiet,
            reading(address) as reader,
        ):
            quiet.run()
            reader.query = f"lang=en&shop={given.shop}"
            for page, controls in (("cohorts", COHORTS), ("repurchase", REPURCHASE)):
                print(f"{page}: first run {reader.run(page):.0f} ms", flush=True)
                if export:
                    reader.upload(export)
                    print(f"{export.stat().st_size / 1e6:.0f} MB uploaded, read in {reader.run():.0f} ms", flush=True)
                    export = None
                for name, key, values in controls:
                    if len(values) == 1:
                        reader.set(key, values[0])
                        reader.run()
                        continue
                    base, _ = measured(quiet, floor, "x", ["a", "b"], given.changes)
                    took, busy = measured(reader, server, key, values, given.changes)
                    print(
                        f"{page:10} {name:24} {took:7.1f} ms ({busy:5.0f} CPU)   empty {base:5.1f} ms   {took / base:5.2f} ×",
                        flush=True,
                    )


def shopify_export(lines: Path, folder: Path) -> Path:
    """The real shop's lines as a Shopify export."""
    from benchmarks.uci_exports import read, write_shopify

    path = folder / "orders_export_1.csv"
    print(f"{write_shopify(read(lines), path):,} lines", flush=True)
    return path


if __name__ == "__main__":
    os.environ.pop("STREAMLIT_SERVER_PORT", None)
    main()
