"""What each page's first analyses cost, beside the same questions asked in pandas as a notebook would ask them.

    python benchmarks/analyses.py [--lines 100000] [--runs 3] [--pages cohorts segments]

The shop is made up (benchmarks/products.py: two lines an order, five orders a customer). Each page runs in a process of its own, here and
in pandas, in turn; reading the file is not counted, and a small shop was asked before, so that no import is. pandas answers less: no unfinished periods, no intervals, no tests, no tables for
files. Printed: medians of CPU seconds of all threads, peak memory of the process (the data in it), and the ratio of times.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import pandas as pd

from benchmarks import fresh

DAYS = 90


def ours(page: str, path: Path) -> Callable[[], object]:
    """The page's first analyses on the opened shop."""
    from analytics import baskets, clusters, cohorts, cycles, gateway, overview, products, repurchase
    from analytics.segments.rfm import rfm
    from analytics.sources import Upload
    from analytics.store import open_shop

    store = open_shop([Upload(path.name, path)]).store
    pages: dict[str, Callable[[], object]] = {
        "overview": lambda: (overview.overview(store), overview.headline(store, DAYS)),
        "cohorts": lambda: cohorts.cohorts(store, "month"),
        "repurchase": lambda: (repurchase.survival(store), repurchase.gaps(store), repurchase.due(store)),
        "segments": lambda: rfm(store),
        "clusters": lambda: clusters.grouped(rfm(store), 4),
        "products": lambda: products.products(store, DAYS),
        "gateway": lambda: gateway.gateway(store, DAYS),
        "cycles": lambda: cycles.cycles(store),
        "baskets": lambda: baskets.pairs(store),
    }
    return pages[page]


def notebook(page: str, path: Path) -> Callable[[], object]:
    """The same in pandas, from the lines of the export."""
    lines = pd.read_csv(path, dtype={"Email": str})
    lines["day"] = pd.to_datetime(lines["Created at"].str[:19]).dt.normalize()
    return lambda: PAGES[page](lines)


def _orders(lines: pd.DataFrame) -> pd.DataFrame:
    orders = lines.groupby("Name").agg(who=("Email", "first"), day=("day", "first"), revenue=("Subtotal", "first"))
    orders = orders.reset_index()
    orders["first"] = orders.groupby("who")["day"].transform("min")
    return orders


def _overview(lines: pd.DataFrame) -> object:
    orders = _orders(lines)
    orders["new"] = orders["day"] == orders["first"]
    months = orders.groupby([orders["day"].dt.to_period("M"), "new"]).agg(
        revenue=("revenue", "sum"), buyers=("who", "nunique")
    )
    return months, _came_back(orders).mean()


def _came_back(orders: pd.DataFrame) -> pd.Series:
    """For each customer whose window is over, whether they bought again within DAYS."""
    later = orders[orders["day"] > orders["first"]]
    again = later.groupby("who")["day"].min()
    first = orders.groupby("who")["day"].min()
    old_enough = first[first <= orders["day"].max() - pd.Timedelta(days=DAYS)]
    return (again.reindex(old_enough.index) - old_enough).dt.days <= DAYS


def _cohorts(lines: pd.DataFrame) -> object:
    orders = _orders(lines).dropna(subset="who")
    cohort, month = orders["first"].dt.to_period("M"), orders["day"].dt.to_period("M")
    age = (month.dt.year - cohort.dt.year) * 12 + month.dt.month - cohort.dt.month
    table = orders.assign(cohort=cohort, age=age).pivot_table(
        index="cohort", columns="age", values="who", aggfunc="nunique"
    )
    return table.div(table[0], axis=0)


def _repurchase(lines: pd.DataFrame) -> object:
    days = _orders(lines)[["who", "day"]].dropna().drop_duplicates().sort_values(["who", "day"])
    gaps = days.groupby("who")["day"].diff().dt.days
    last = days.groupby("who")["day"].max()
    silent = (days["day"].max() - last).dt.days
    return gaps.describe(percentiles=[0.25, 0.5, 0.8]), silent.value_counts().sort_index().cumsum()


def _customers(lines: pd.DataFrame) -> pd.DataFrame:
    orders = _orders(lines).dropna(subset="who")
    people = orders.groupby("who").agg(last=("day", "max"), times=("day", "nunique"), money=("revenue", "sum"))
    people["recency"] = (orders["day"].max() - people["last"]).dt.days
    return people


def _segments(lines: pd.DataFrame) -> object:
    people = _customers(lines)
    scores = {
        name: pd.qcut(people[name].rank(method="first"), 5, labels=False) for name in ("recency", "times", "money")
    }
    return people.assign(**scores).groupby(["recency", "times"]).size()


def _clusters(lines: pd.DataFrame) -> object:
    from sklearn.cluster import KMeans
    from sklearn.preprocessing import StandardScaler

    people = _customers(lines)[["recency", "times", "money"]]
    return KMeans(4, n_init=10, random_state=0).fit(StandardScaler().fit_transform(people)).labels_


def _products(lines: pd.DataFrame) -> object:
    return (
        lines.assign(revenue=lines["Lineitem price"] * lines["Lineitem quantity"])
        .groupby("Lineitem name")
        .agg(
            orders=("Name", "nunique"),
            buyers=("Email", "nunique"),
            units=("Lineitem quantity", "sum"),
            revenue=("revenue", "sum"),
        )
    )


def _gateway(lines: pd.DataFrame) -> object:
    orders = _orders(lines)
    back = _came_back(orders)
    firsts = lines.merge(orders[orders["day"] == orders["first"]][["Name", "who"]], on="Name")
    return firsts.assign(back=firsts["who"].map(back)).groupby("Lineitem name")["back"].agg(["size", "mean"])


def _cycles(lines: pd.DataFrame) -> object:
    bought = lines.dropna(subset="Email")[["Email", "Lineitem name", "day"]].drop_duplicates().sort_values("day")
    bought["gap"] = bought.groupby(["Email", "Lineitem name"])["day"].diff().dt.days
    return bought.groupby("Lineitem name")["gap"].quantile([0.5, 0.8])


def _baskets(lines: pd.DataFrame) -> object:
    goods = lines[["Name", "Lineitem name"]].drop_duplicates()
    both = goods.merge(goods, on="Name")
    return (
        both[both["Lineitem name_x"] < both["Lineitem name_y"]].groupby(["Lineitem name_x", "Lineitem name_y"]).size()
    )


PAGES: dict[str, Callable[[pd.DataFrame], object]] = {
    "overview": _overview, "cohorts": _cohorts, "repurchase": _repurchase, "segments": _segments, "clusters": _clusters,
    "products": _products, "gateway": _gateway, "cycles": _cycles, "baskets": _baskets,
}  # fmt: skip


def measure(variant: str, page: str, path: Path) -> None:
    """Ask once in this process; print seconds and peak megabytes as JSON."""
    made = {"ours": ours, "pandas": notebook}[variant]
    with tempfile.TemporaryDirectory() as folder, path.open("rb") as whole:
        small = Path(folder) / "orders_export.csv"
        small.write_bytes(b"".join(islice(whole, 4_001)))
        made(page, small)()
    ask = made(page, path)
    start = time.process_time()
    ask()
    print(json.dumps([time.process_time() - start, fresh.peak()]))


def main() -> None:
    """Make the export where it is not there yet, then ask each page's questions in turn."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lines", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--pages", nargs="*", default=list(PAGES), choices=list(PAGES))
    parser.add_argument("--measure", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        variant, page, path = options.measure
        measure(variant, page, Path(path))
        return
    from benchmarks.products import export

    folder = Path(tempfile.gettempdir()) / "regulars-benchmarks"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"made_up_{options.lines}.csv"
    if not path.exists():
        export(path, options.lines, 500)
    print(f"{options.lines:,} lines             ours                pandas         pandas / ours")
    for page in options.pages:
        found: dict[str, list[list[float]]] = {"ours": [], "pandas": []}
        for _ in range(options.runs):
            for variant, runs in found.items():
                runs.append(fresh.run(__file__, "--measure", variant, page, path))
        shown = {name: _median(runs) for name, runs in found.items()}
        cells = [
            f"{seconds:7.2f} s {peak:6.0f} MB" if peak else "      ended badly" for seconds, peak in shown.values()
        ]
        ratio = shown["pandas"][0] / shown["ours"][0] if all(peak for _, peak in shown.values()) else float("nan")
        print(f"  {page:12} {cells[0]}  {cells[1]}   {ratio:6.1f}", flush=True)


def _median(runs: list[list[float]]) -> tuple[float, float]:
    """The medians of seconds and megabytes; zeros where one of the runs ended badly."""
    if not all(runs):
        return 0.0, 0.0
    return statistics.median(run[0] for run in runs), statistics.median(run[1] for run in runs)


if __name__ == "__main__":
    main()
