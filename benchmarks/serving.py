"""How the server holds up under many readers: clicks, uploads, memory. Readers speak Streamlit's protocol over their sockets.

    python benchmarks/serving.py pages   [--pages cohorts products] [--shop tea]              one reader: what a click on each page costs
    python benchmarks/serving.py first   [--lines 1000000]                                    one upload: each page's first answer
    python benchmarks/serving.py clicks  [--sessions 30] [--every 5] [--seconds 60] [--own]   clicks of all, closed loop without --every
    python benchmarks/serving.py turns   [--sessions 60] [--lines 100000]                     uploads one after the other, each leaves
    python benchmarks/serving.py stay    [--sessions 20] [--lines 100000]                     uploads that stay open
    python benchmarks/serving.py imports [--sessions 12] [--lines 100000]                     uploads at once, while another reader clicks

`pages` clicks through every choice of a page once, so that all of it was counted once, and then --clicks times more: the server's CPU per
click, the time until the run ended, messages and bytes, page by page, and the same as a multiple of an empty script's CPU.
`clicks` opens the pages in turn, one per session, and changes their own controls; with --every seconds each click has its moment, and
its time counts from then, whether or not the one before was answered (open loop). --own: each session looks at a file that it uploaded.
--empty: an empty script served the same way in place of the dashboard; --stock: a small page of four numbers, a chart and a table, as one
writes it first, under `streamlit run` as it comes. --processes N: behind HAProxy, as `run.py --processes N`.
Memory is that of the server process; that of the processes that read files stands beside it.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.reader import ROOT, Reader, cpu, dashboard, memory, percentile, reading, served

EMPTY = """
import gc
import streamlit as st
if __name__ == "__main__":
    st.segmented_control("x", ["a", "b"], key="empty_x")
else:
    app = st.App(__file__)
    gc.collect()
    gc.freeze()
"""
STOCK = """
import numpy as np
import pandas as pd
import plotly.express as px
import streamlit as st

@st.cache_data
def orders():
    chance = np.random.default_rng(0)
    days = pd.Timestamp("2025-01-01") + pd.to_timedelta(chance.integers(0, 365, 5_000), unit="D")
    return pd.DataFrame({"day": days, "customer": chance.integers(0, 900, 5_000), "revenue": chance.gamma(2, 300, 5_000).round()})

grain = st.segmented_control("By", ["Month", "Week", "Day"], default="Month", key="empty_x")
table = orders().groupby(pd.Grouper(key="day", freq={"Week": "W", "Day": "D"}.get(grain, "MS"))).agg(
    orders=("revenue", "size"), customers=("customer", "nunique"), revenue=("revenue", "sum")).reset_index()
for column, name in zip(st.columns(4), ["orders", "customers", "revenue", "orders"]):
    column.metric(name, f"{table[name].sum():,.0f}")
st.plotly_chart(px.bar(table, x="day", y="revenue"))
st.dataframe(table)
"""
SEEN = ("", "cohorts", "segments", "repurchase")
"""The pages that a reader of an own shop looks at; "": the one that is open."""
LEFT = 60
"""Seconds after which what a reader had is to be free."""


def main() -> None:
    """Run one of the measurements."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["pages", "first", "clicks", "turns", "stay", "imports"])
    parser.add_argument("--sessions", type=int)
    parser.add_argument("--every", type=float, default=0, help="seconds between the clicks of one session")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--pages", nargs="*", help="by default all pages of the menu")
    parser.add_argument("--shop", default="tea")
    parser.add_argument("--clicks", type=int, default=30, help="that are measured on each page")
    parser.add_argument("--own", action="store_true")
    parser.add_argument("--lines", type=int, default=100_000)
    parser.add_argument("--empty", action="store_true")
    parser.add_argument("--stock", action="store_true")
    parser.add_argument("--processes", type=int, default=1)
    options = parser.parse_args()
    options.empty |= options.stock
    options.sessions = (
        options.sessions or {"pages": 1, "first": 1, "clicks": 30, "turns": 60, "stay": 20, "imports": 12}[options.what]
    )
    with tempfile.TemporaryDirectory() as folder, server(options, Path(folder)) as (address, process):
        {"pages": by_page, "first": first, "clicks": clicks, "turns": turns, "stay": stay, "imports": imports}[
            options.what
        ](options, address, process, Path(folder))


@contextmanager
def server(options: argparse.Namespace, folder: Path) -> Iterator[tuple[str, int]]:
    """The server that is measured: its address and process."""
    command, place = dashboard(), ROOT
    if options.stock:
        (folder / "stock.py").write_text(STOCK, encoding="utf-8")
        command, place = (sys.executable, "-m", "streamlit", "run", "stock.py", "--server.port", "{port}", "--server.headless", "true"), folder  # fmt: skip
    elif options.empty:
        (folder / "empty.py").write_text(EMPTY, encoding="utf-8")
        command = _empty(folder)
    elif options.processes > 1:
        command = (*command, "--processes", str(options.processes))
    with served(*command, place=place) as found:
        yield found


def _empty(folder: Path) -> tuple[str, ...]:
    return (
        sys.executable,
        "-m",
        "uvicorn",
        "--app-dir",
        str(folder),
        "--port",
        "{port}",
        "--log-level",
        "error",
        "empty:app",
    )


def by_page(options: argparse.Namespace, address: str, process: int, folder: Path) -> None:
    """What a click on each page costs, once everything on it was counted."""
    from pages.shared.menu import PAGES

    floor = 0.0
    if not options.empty:
        (folder / "empty.py").write_text(EMPTY, encoding="utf-8")
        with served(*_empty(folder)) as (bare, bare_process), reading(bare) as reader:
            floor = _page(reader, bare_process, "", "empty", options.clicks * 5)
    export = shopify(folder, options.lines) if options.own else None
    for page in [""] if options.empty else options.pages or PAGES:
        with reading(address) as reader:
            reader.query = "" if options.empty else f"lang=en&shop={options.shop}"
            reader.run(page)
            if export:
                reader.upload(export)
                reader.run()
            _page(reader, process, page, page or "empty", options.clicks, floor)


def _page(reader: Reader, process: int, page: str, name: str, clicks: int, floor: float = 0.0) -> float:
    """One line of the table; the CPU of a click in milliseconds."""
    if not page:
        reader.run()
    chance = random.Random(page)
    for _round in range(2):
        for key, choices in reader.choices(page):
            for choice in choices:
                if key in reader.live:
                    reader.click(key, choice)
    times, messages, size, before = [], [], [], cpu(process)
    for _number in range(clicks):
        key, choices = chance.choice(reader.choices(page) or [("", [])])
        times.append(reader.click(key, chance.choice(choices)) if key else reader.run())
        messages.append(reader.messages)
        size.append(reader.bytes)
    busy = (cpu(process) - before) / clicks
    times_floor = f"{busy / floor:5.1f} x empty" if floor else ""
    print(
        f"{name:12} {busy:6.1f} ms CPU {times_floor:13} p50 {percentile(times, 0.5):6.1f} ms  p95 {percentile(times, 0.95):6.1f} ms  "
        f"{sum(messages) / clicks:5.0f} messages {sum(size) / clicks / 1000:6.0f} kB  {len(reader.choices(page))} choices",
        flush=True,
    )
    return busy


def first(options: argparse.Namespace, address: str, process: int, folder: Path) -> None:
    """How long each page takes to answer for the first time, and the second, after one upload."""
    from pages.shared.menu import PAGES

    each = min(options.lines, 1_000_000)  # a file of more would be larger than one may be
    exports = [shopify(folder, each, part) for part in range(-(-options.lines // each))]
    with reading(address) as reader:
        reader.query = "lang=en&shop=mine"
        reader.run("storage")
        print(f"{options.lines:,} lines, read after {_opened(reader, *exports) / 1000:.1f} s", flush=True)
        for page in options.pages or PAGES:
            before = cpu(process)
            took, again = reader.run(page), reader.run(page)
            busy = (cpu(process) - before) / 1000
            print(
                f"{page:12} {took / 1000:6.2f} s, then {again:4.0f} ms; {busy:6.2f} s CPU; {memory(process)[0]:5.0f} MB",
                flush=True,
            )


def clicks(options: argparse.Namespace, address: str, process: int, folder: Path) -> None:
    """Clicks of all sessions for a while."""
    from pages.shared.menu import PAGES

    pages = [""] if options.empty else options.pages or list(PAGES)
    export = shopify(folder, options.lines) if options.own else None
    with ExitStack() as stack:
        readers = []
        for number in range(options.sessions):
            reader = stack.enter_context(reading(address))
            page = pages[number % len(pages)]
            reader.query = "" if options.empty else f"lang=en&shop={options.shop}"
            reader.run(page)
            if export:
                reader.upload(export)
                reader.run()
            readers.append((reader, "empty" if options.empty else page))
        before, began = cpu(process), time.perf_counter()
        seats = [_Seat(reader, page, number, options) for number, (reader, page) in enumerate(readers)]
        for seat in seats:
            seat.start()
        for seat in seats:
            seat.join()
        took, busy = time.perf_counter() - began, cpu(process) - before
        times = [each for seat in seats for each in seat.times]
        errors = [error for seat in seats for error in seat.errors]
        how = f"a click every {options.every:g} s" if options.every else "closed loop"
        print(f"{options.sessions} sessions, {how}, {took:.0f} s{', own uploads' if options.own else ''}")
        print(
            f"  p50 {percentile(times, 0.5):7.0f} ms   p95 {percentile(times, 0.95):7.0f} ms   most {max(times):7.0f} ms   "
            f"{len(times) / took:5.1f} clicks/s   {busy / len(times):5.0f} ms CPU each   {len(errors)} errors"
        )
        own, others = memory(process)
        print(f"  {own:.0f} MB, readers of files {others:.0f} MB")
        for error in errors[:5]:
            print("  ", error)
        for page in pages if len(pages) > 1 else ():
            of_page = [each for seat in seats if seat.page == page for each in seat.times]
            print(f"  {page:12} p50 {percentile(of_page, 0.5):7.0f} ms   p95 {percentile(of_page, 0.95):7.0f} ms")


class _Seat(threading.Thread):
    """One reader who clicks."""

    def __init__(self, reader: Reader, page: str, number: int, options: argparse.Namespace) -> None:
        super().__init__(daemon=True)
        self.reader, self.page, self.options = reader, page, options
        self.chance = random.Random(number)
        self.times: list[float] = []
        self.errors: list[str] = []

    def run(self) -> None:
        begin = time.perf_counter()
        due = begin + (self.chance.random() * self.options.every if self.options.every else 0)
        while due - begin < self.options.seconds:
            time.sleep(max(0.0, due - time.perf_counter()))
            start = due if self.options.every else time.perf_counter()
            try:
                key, choices = self.chance.choice(self.reader.choices(self.page) or [("", [])])
                if key:
                    self.reader.click(key, self.chance.choice(choices))
                else:
                    self.reader.run()
                self.times.append((time.perf_counter() - start) * 1000)
            except Exception as error:
                self.errors.append(f"{self.page}: {type(error).__name__} {error}")
                if not isinstance(error, RuntimeError):
                    return
            due = due + self.options.every if self.options.every else time.perf_counter()


def turns(options: argparse.Namespace, address: str, process: int, folder: Path) -> None:
    """One session after the other uploads, looks at pages, and leaves."""
    export = shopify(folder, options.lines)
    _looked(address, export)
    time.sleep(LEFT)
    start = sum(memory(process))
    _told("at the start, one reader has come and gone", process)
    for number in range(options.sessions):
        _looked(address, export)
        if (number + 1) % 10 == 0:
            _told(f"{number + 1} have come and gone", process)
    time.sleep(LEFT)
    _told(f"{LEFT} s later", process)
    print(f"  {sum(memory(process)) - start:+.0f} MB against the start")


def _looked(address: str, export: Path) -> None:
    with reading(address) as reader:
        reader.query = "lang=en&shop=mine"
        reader.run("overview")
        reader.upload(export)
        for page in SEEN:
            reader.run(page)


def stay(options: argparse.Namespace, address: str, process: int, folder: Path) -> None:
    """Sessions that upload, look at the same pages, and stay; then all leave."""
    export = shopify(folder, options.lines)
    _looked(address, export)
    time.sleep(LEFT)
    start = memory(process)[0]
    _told("at the start, one reader has come and gone", process)
    with ExitStack() as stack:
        for number in range(options.sessions):
            reader = stack.enter_context(reading(address))
            reader.query = "lang=en&shop=mine"
            reader.run("overview")
            reader.upload(export)
            for page in SEEN:
                reader.run(page)
            if (number + 1) % 5 == 0:
                _told(f"{number + 1} sessions are open", process)
        print(f"  {(memory(process)[0] - start) / options.sessions:.1f} MB a session")
    time.sleep(LEFT)
    _told(f"{LEFT} s after all have left", process)


def imports(options: argparse.Namespace, address: str, process: int, folder: Path) -> None:
    """Uploads of all sessions at once, while another reader clicks on."""
    export = shopify(folder, options.lines)
    with ExitStack() as stack:
        other = stack.enter_context(reading(address))
        other.query = f"lang=en&shop={options.shop}"
        other.run("repurchase")
        quiet = [_click(other) for _ in range(20)]
        readers = [stack.enter_context(reading(address)) for _ in range(options.sessions)]
        for reader in readers:
            reader.query = "lang=en&shop=mine"
            reader.run("overview")
        took: list[float] = []
        busy: list[float] = []
        threads = [threading.Thread(target=lambda r=reader: took.append(_opened(r, export))) for reader in readers]
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads):
            busy.append(_click(other))
        print(f"{options.sessions} imports of {options.lines:,} lines at once")
        print(f"  read after {min(took) / 1000:.1f} to {max(took) / 1000:.1f} s")
        for name, times in (("before", quiet), ("meanwhile", busy)):
            print(
                f"  another reader's clicks {name}: p50 {percentile(times, 0.5):.0f} ms, p95 {percentile(times, 0.95):.0f} ms, most {max(times):.0f} ms"
            )
        _told("at the end", process)


def _click(reader: Reader) -> float:
    key, choices = reader.choices("repurchase")[0]
    return reader.click(key, random.choice(choices))


def _opened(reader: Reader, *exports: Path) -> float:
    start = time.perf_counter()
    reader.upload(*exports)
    reader.run()
    return (time.perf_counter() - start) * 1000


def _told(when: str, process: int) -> None:
    own, others = memory(process)
    print(f"  {when:48} {own:6.0f} MB, readers of files {others:6.0f} MB", flush=True)


def shopify(folder: Path, lines: int, part: int = 0) -> Path:
    """A Shopify export of so many lines; parts have no order or customer in common."""
    from benchmarks.uci_exports import write_big_shopify

    kept = Path(tempfile.gettempdir()) / "regulars-benchmarks" / f"shopify_{lines}{f'_{part}' if part else ''}.csv"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        whole = folder / "whole.csv"
        write_big_shopify(whole, lines, part)
        with whole.open("rb") as source, kept.open("wb") as target:
            target.writelines(islice(source, lines + 1))
    return kept


if __name__ == "__main__":
    main()
