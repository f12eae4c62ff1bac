"""Open a remembered shop, against reading its files: time until the overview has its figures, and the memory it takes.

    python benchmarks/remembered.py FILE… [--runs 3]

Each in a process of its own, in turn; medians. FILE: exports, such as `uci_exports.py` or `opening.py` make them.
Goal: a shop of a million lines shows its overview within two seconds of being opened.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from analytics.overview import overview  # noqa: E402
from analytics.sources import Upload  # noqa: E402
from analytics.store import open_shop  # noqa: E402
from analytics.workspace import Workspace  # noqa: E402


def once(way: str, places: list[Path]) -> None:
    """One opening in this process; prints seconds and megabytes as JSON."""
    start = time.perf_counter()
    if way == "remembered":
        [shop] = Workspace(places[0]).shops()
        store = shop.open().store
    else:
        store = open_shop([Upload(path.name, path) for path in places]).store
    opened = time.perf_counter()
    overview(store)
    done = time.perf_counter()
    peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    told = {"open": opened - start, "overview": done - start, "peak": int(peak.split()[1]) / 1024}
    print(json.dumps(told | {"orders": store.shop.orders}))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--once", choices=["remembered", "files"], help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.once:
        once(given.once, given.files)
        return
    with tempfile.TemporaryDirectory() as home:
        start = time.perf_counter()
        Workspace(Path(home)).keep("benchmark", [Upload(path.name, path) for path in given.files])
        print(f"kept once in {time.perf_counter() - start:.1f} s")
        ways = {"remembered": [home], "files": list(map(str, given.files))}
        found: dict[str, list[dict]] = {way: [] for way in ways}
        for _ in range(given.runs):
            for way, places in ways.items():
                told = subprocess.run(
                    [sys.executable, __file__, "--once", way, *places], capture_output=True, text=True, check=True
                )
                found[way].append(json.loads(told.stdout.splitlines()[-1]))
    for way, runs in found.items():
        middle = {name: statistics.median(run[name] for run in runs) for name in ("open", "overview", "peak")}
        print(
            f"{way}: open {middle['open']:.2f} s, overview after {middle['overview']:.2f} s, peak {middle['peak']:.0f} MB, {runs[0]['orders']:,} orders"
        )


if __name__ == "__main__":
    main()
