"""The command line: `python -m analytics summary FILE…`, `tables FILE… --out DIR`, `week FILE…`, `sentiment FILE --text COLUMN`, `shop …`.

`--shop NAME` in place of files takes a remembered shop.

Exit code 2 and one sentence on standard error when the input cannot be used.
"""

from __future__ import annotations

import argparse
import io
import json
import logging
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path

from analytics import report
from analytics.errors import N_, InputError, RegularsError, told_once
from analytics.health import remarks
from analytics.segments.cuts import PERCENTILES, Cuts
from analytics.segments.rfm import usual_cuts
from analytics.sources import Upload
from analytics.sources.containers import OLE2
from analytics.store import Opened, Store, imports, open_shop
from analytics.workspace import Notebook
from analytics.workspace import cli as shops


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    logging.getLogger("analytics").addHandler(logging.NullHandler())  # what is said here is said in sentences
    options = _parser().parse_args(arguments)
    try:
        return options.run(options)
    except (RegularsError, OSError) as error:
        print(error, file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m analytics", description="Who comes back to a shop, when, and why.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    summary = commands.add_parser("summary", help="the shop's totals and repurchase figures, as JSON")
    summary.set_defaults(run=_summary)
    tables = commands.add_parser("tables", help="each analysis as a CSV file")
    tables.add_argument("--out", type=Path, required=True, help="folder to write to; made if it does not exist")
    tables.add_argument(
        "--grain", choices=["week", "month", "quarter"], default="month", help="period of cohorts and trends"
    )
    tables.add_argument(
        "--cuts", choices=["percentile", "cycle"], default="percentile",
        help="where segments cut recency: at the shop's percentiles, or at 0.5, 1, 2 and 3 of its own cycles as the pages do",
    )  # fmt: skip
    tables.add_argument(
        "--names", action="store_true", help="customers by account, e-mail or phone; by default their names are masked"
    )
    tables.set_defaults(run=_tables)
    week = commands.add_parser("week", help="what to do this week and for whom, as JSON")
    week.add_argument("--out", type=Path, help="folder for the lists, one CSV file each; made if it does not exist")
    week.set_defaults(run=_week)
    sentiment = commands.add_parser("sentiment", help="a table of reviews with language, p_positive, label and aspects")
    sentiment.add_argument("file", type=Path, metavar="FILE", help="reviews: csv, tsv or xlsx")
    sentiment.add_argument("--fast", action="store_true", help="by n-grams alone, without the sentence encoder")
    sentiment.add_argument(
        "--text", metavar="COLUMN", help="header of the texts; by default the one that is known to mean so"
    )
    sentiment.add_argument("--out", type=Path, metavar="CSV", help="where to write; by default standard output")
    sentiment.set_defaults(run=_sentiment)
    shops.add_commands(commands)
    for command in (summary, tables, week):
        command.add_argument("files", nargs="*", type=Path, metavar="FILE", help="order exports: xlsx, xls, csv or zip")
        command.add_argument("--shop", metavar="NAME", help="a remembered shop, in place of files")
        command.add_argument(
            "--password", help="of encrypted workbooks (Shopee Taiwan: the last six digits of the shop's phone)"
        )
        command.add_argument(
            "--as-of", type=date.fromisoformat, metavar="YYYY-MM-DD", help="the last day that the files cover"
        )
        command.add_argument(
            "--mapping", type=Path, help="a mapping saved on the data page, for files no platform recognises"
        )
        command.add_argument(
            "--first", choices=["day", "month"], help="which comes first in 03/04/2025, where the files do not tell"
        )
    return parser


def _open(options: argparse.Namespace) -> Store:
    """The shop in the files. What could not be read, or was odd, is said on standard error; with none left, the first problem is raised."""
    if bool(options.files) == bool(options.shop):
        raise InputError(N_("Give files, or a remembered shop by --shop NAME, and not both."))
    if options.shop:
        opened = shops.opened(options.shop, options.as_of)
    else:
        names = [_spelled(path) for path in options.files]
        opened = _reader(options.files)(
            [Upload(name, path) for name, path in zip(names, options.files, strict=True)],
            passwords=dict.fromkeys(names, options.password) if options.password else {},
            mappings=dict.fromkeys(names, options.mapping.read_text("utf-8", errors="replace"))
            if options.mapping
            else {},
            dates=dict.fromkeys(names, options.first) if options.first else {},
            as_of=options.as_of,
        )
    if opened.store is None:
        raise opened.problems[0] if opened.problems else InputError(N_("This shop has no files yet; add some first."))
    for problem in told_once(opened.problems):
        print(problem, file=sys.stderr)
    for name, note in remarks(opened.store):
        print(f"{name}: {note}", file=sys.stderr)
    return opened.store


def _reader(paths: list[Path]) -> Callable[..., Opened]:
    """What reads these files: in a process of its own where there is a workbook or an archive, as a damaged one can end its reader."""
    for path in paths:
        with suppress(OSError), path.open("rb") as file:
            if file.read(4).startswith((b"PK", OLE2[:4])):
                return imports.open_apart
    return open_shop


def _spelled(path: Path) -> str:
    """A path in letters: under LC_ALL=C Python gives those beyond ASCII as half characters, which nothing can write."""
    return os.fsencode(path).decode("utf-8", "replace")


def _summary(options: argparse.Namespace) -> int:
    told = report.to_json(report.summary(_open(options)))
    try:
        told.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        told = json.dumps(json.loads(told), indent=2)
    print(told)
    return 0


def _tables(options: argparse.Namespace) -> int:
    store, cuts = _open(options), Cuts()
    if options.cuts == "cycle":
        cuts = usual_cuts(store)
        if cuts.recency.by == PERCENTILES:
            print(
                "Too few customers came back to tell the shop's cycle: segments are cut by percentiles.",
                file=sys.stderr,
            )
    for path in report.write_tables(store, options.out, options.grain, cuts, names=options.names):
        print(path)
    return 0


def _week(options: argparse.Namespace) -> int:
    from analytics.week import cli

    store = _open(options)
    notebook = shops.notebook(options.shop) if options.shop else Notebook()
    print(report.to_json(cli.plan(store, notebook, options.out)))
    return 0


def _sentiment(options: argparse.Namespace) -> int:
    from analytics.reviews import cli

    cli.run(options.file, options.text, options.out or sys.stdout, fast=options.fast)
    return 0


if __name__ == "__main__":
    sys.exit(main())
