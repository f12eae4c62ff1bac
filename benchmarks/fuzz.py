"""Give the reader files that are damaged at random, and look whether anything worse than a sentence came of it.

    python benchmarks/fuzz.py [--files 50] [--seed 0] [--keep FOLDER]      (1,000 files: --files 1000)

Each turn one export (CSV in several encodings, workbooks, encrypted ones, zips, reviews; made-up rows) is changed at random: bytes turned,
pieces cut out, doubled or put elsewhere, cells exchanged for what no cell should hold, parts of a workbook's XML changed inside its zip.
It is read as the server reads it, beside a sound export. Counted: readers that ended in an exception that is no sentence, sound exports that
were lost, shops that cannot be looked over, files that took longer than a minute, and readers that were ended for others' sake (allowed).
Target: 0 of the first four; the largest process below 1 GB. The same seed gives the same files.
"""

from __future__ import annotations

import argparse
import io
import logging
import random
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from analytics.errors import RegularsError  # noqa: E402
from analytics.health import health  # noqa: E402
from analytics.sources import Upload  # noqa: E402
from analytics.store import imports, kept  # noqa: E402
from tests.support.review_rows import review, reviews_csv  # noqa: E402
from tests.support.rows import order, shopify_csv  # noqa: E402
from tests.support.workbooks import encrypted, excelize_workbook, old_workbook, saved_workbook  # noqa: E402

SOUND = shopify_csv([order("ann", "2025-01-05", name="#s1"), order("bob", "2025-02-06", name="#s2")])
SECONDS = 60
HEADERS = [
    "訂單編號",
    "訂單狀態",
    "買家帳號",
    "訂單成立日期",
    "商品總價",
    "商品名稱",
    "商品活動價格",
    "數量",
    "退貨數量",
]
ODD = (
    "", "inf", "-inf", "nan", "1e308", "9" * 40, "-1", "100%", "９", "9999-12-31 10:00", "0000-00-00", "2025-02-30", "=1+1", '"', "'", "\n", ",",
    "\t", "\x00", "\ufeff", "\u202e", "<b>", "![x](http://x)", "a" * 70_000, "5.8E+17", "None", "true",
)  # fmt: skip


def exports() -> dict[str, bytes]:
    """Sound exports, by name."""
    shopify = shopify_csv(
        order(f"c{n % 9}", f"2025-{1 + n % 12:02}-{1 + n % 27:02}", 50 + n, products=("tea", ("pot, big", 2, 30)))
        for n in range(60)
    )
    rows = [
        [f"2501{n:010}", "已完成", f"a{n % 9}", f"2025-01-{1 + n % 28:02} 10:00", str(100 + n), "茶", "100", "1", "0"]
        for n in range(60)
    ]
    shopee = "\n".join(",".join(row) for row in [HEADERS, *rows]) + "\n"
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a/orders_export_1.csv", shopify)
        archive.writestr("b/說明.txt", "x")
    return {
        "orders_export_1.csv": shopify,
        "Order.all.csv": shopee.encode("utf-8-sig"),
        "Order.big5.csv": shopee.encode("cp950"),
        "Order.utf16.csv": shopee.encode("utf-16"),
        "Order.all.xlsx": excelize_workbook([HEADERS, *rows]),
        "Order.saved.xlsx": saved_workbook([HEADERS, *rows]),
        "Order.all.xls": old_workbook([HEADERS, *rows]),
        "Order.locked.xlsx": encrypted(saved_workbook([HEADERS, *rows[:9]]), "123456"),
        "exports.zip": zipped.getvalue(),
        "reviews.csv": reviews_csv([review(f"c{n}", f"2025-03-{1 + n:02}", 1 + n % 5, "很好") for n in range(20)]),
    }


def _turned(data: bytes, draw: random.Random) -> bytes:
    out = bytearray(data)
    for _ in range(draw.choice((1, 4, 40))):
        out[draw.randrange(len(out))] = draw.randrange(256)
    return bytes(out)


def _cut(data: bytes, draw: random.Random) -> bytes:
    return data[: draw.randrange(len(data))]


def _moved(data: bytes, draw: random.Random) -> bytes:
    """A piece left out, doubled or put elsewhere."""
    one, two = sorted(draw.sample(range(len(data) + 1), 2))
    at = draw.randrange(len(data) + 1)
    piece = data[one : min(two, one + 5_000)]
    return draw.choice((data[:one] + data[two:], data[:at] + piece + data[at:], data[:at] + piece * 20 + data[at:]))


def _cells(data: bytes, draw: random.Random) -> bytes:
    """Cells exchanged, where there are commas or numbers to tell them by."""
    mark = draw.choice((b",", b"<v>", b"<t>", b'r="', b"\n"))
    parts = data.split(mark)
    for _ in range(draw.choice((1, 3, 12))):
        at = draw.randrange(len(parts))
        odd = draw.choice(ODD).encode("utf-8", "replace")
        parts[at] = odd + (parts[at][parts[at].find(b"<") :] if b"<" in parts[at] else b"")
    return mark.join(parts)


def _inside(data: bytes, draw: random.Random) -> bytes:
    """One file of a zip changed, and the zip made anew, so that it is sound itself."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        names = archive.namelist()
        chosen = draw.choice([name for name in names if "sheet" in name or "Strings" in name or "csv" in name] or names)
        for name in names:
            part = archive.read(name)
            made.writestr(name, draw.choice(CHANGES)(part, draw) if name == chosen and part else part)
    return out.getvalue()


CHANGES: tuple[Callable[[bytes, random.Random], bytes], ...] = (_turned, _cut, _moved, _cells)


def damaged(draw: random.Random, sound: dict[str, bytes]) -> tuple[str, bytes]:
    """A name and what is left of that export."""
    name = draw.choice(sorted(sound))
    data = sound[name]
    if data.startswith(b"PK") and draw.random() < 0.75:
        return name, _inside(data, draw)
    for _ in range(draw.choice((1, 1, 3))):
        data = draw.choice(CHANGES)(data, draw) or b" "
    return name, data


class _Told(logging.Handler):
    """What the reader logs of an end that is no sentence."""

    def __init__(self) -> None:
        super().__init__()
        self.foreign: list[str] = []
        self.slowest = (0.0, "")

    def emit(self, record: logging.LogRecord) -> None:
        if "process ended itself" not in record.getMessage():
            self.foreign.append(record.getMessage())


def fuzz(files: int, seed: int, keep: Path | None = None) -> Counter[str]:
    """What came of so many files: a count for each kind of end. keep: a folder for those that went wrong."""
    sound, ends, told = exports(), Counter(), _Told()
    logging.getLogger("analytics.store.imports").addHandler(told)
    try:
        with tempfile.TemporaryDirectory() as folder:
            for number in range(files):
                name, data = damaged(random.Random(f"{seed}/{number}"), sound)
                found = _read(Path(folder), f"{number}_{name}", data, told)
                ends.update(found)
                if number % 50 == 49:
                    print(f"{number + 1} files: {dict(ends)}", flush=True)
                if keep and set(found) & set(WRONG):
                    keep.mkdir(parents=True, exist_ok=True)
                    (keep / f"{seed}_{number}_{name}").write_bytes(data)
    finally:
        logging.getLogger("analytics.store.imports").removeHandler(told)
    print(f"slowest: {told.slowest[0]:.1f} s, {told.slowest[1]}")
    return ends


WRONG = ("foreign exception", "sound export lost", "cannot be looked over", "over a minute", "no sentence")


def _read(folder: Path, name: str, data: bytes, told: _Told) -> list[str]:
    (folder / "sound.csv").write_bytes(SOUND)
    (folder / "odd").write_bytes(data)
    path, found, told.foreign[:] = folder / f"{name}.duckdb", [], []
    began = time.monotonic()
    uploads = [Upload(name, folder / "odd"), Upload("orders_sound.csv", folder / "sound.csv")]
    written = imports.write_shop(path, uploads, passwords={name: "123456"})
    took = time.monotonic() - began
    told.slowest = max(told.slowest, (took, name))
    if took > SECONDS:
        found.append("over a minute")
    if told.foreign:
        print(name, told.foreign, file=sys.stderr)
        found.append("foreign exception")
    if any(
        not isinstance(problem, RegularsError) or len(str(problem).splitlines()) != 1 for problem in written.problems
    ):
        print(name, [str(problem) for problem in written.problems], file=sys.stderr)
        found.append("no sentence")
    templates = {problem.template for problem in written.problems}
    found.append(
        "read" if not templates else "reader ended" if templates & {imports.ENDED, imports.TOO_MUCH} else "a sentence"
    )
    if "orders_sound.csv" not in written.read:
        print(name, [str(problem) for problem in written.problems], file=sys.stderr)
        return [*found, "sound export lost"]
    try:
        kept.sign(path, written, written.problems)
        store = kept.open_written(path).store
        assert health(store).adds_up
        store.close()
    except Exception as error:  # whatever it is, it is what is looked for
        print(name, repr(error), file=sys.stderr)
        found.append("cannot be looked over")
    path.unlink()
    return found


def peak() -> int:
    """Megabytes of the largest process so far: this one, or one that has read and ended (whose count begins with this one's)."""
    import resource  # of POSIX only

    return max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) >> 10


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--files", type=int, default=50)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--keep", type=Path, help="a folder for the files that went wrong")
    options = parser.parse_args()
    began = time.monotonic()
    ends = fuzz(options.files, options.seed, options.keep)
    print(f"{options.files} files, seed {options.seed}, {time.monotonic() - began:.0f} s")
    for end, count in sorted(ends.items()):
        print(f"{count:6} {end}")
    imports.of_server().close()
    print(f"largest process: at most {peak()} MB")
    return int(any(ends[wrong] for wrong in WRONG))


if __name__ == "__main__":
    sys.exit(main())
