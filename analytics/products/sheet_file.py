"""The product sheet as a CSV file that opens in Excel, and back.

One row per product found, the most sold first, with what the owner said and, where the owner said nothing, what was guessed: such columns are
named in `guessed` and stay guesses until they are changed. Headers and kinds begin with a word that does not change (`kind 種類`), so a
file saved in one language is read in another. Rows about products of other files are kept.
"""

from __future__ import annotations

import csv
import io
import re

import pandas as pd

from analytics.errors import N_, InputError
from analytics.export import neutralised
from analytics.store import KINDS, Sheet, SheetRow, Store

COLUMNS = {
    "product_id": "商品編號", "part": "拆出的部分", "title": "商品名稱", "merge_into": "併入（填另一列的商品編號）", "short_name": "簡稱", "family": "家族",
    "kind": "種類", "pack_size": "一份幾入", "days_per_pack": "一份用幾天", "cost": "成本", "guessed": "系統猜的", "grouped": "合併了幾種寫法", "lines": "明細列數",
}  # fmt: skip
"""Column -> what stands beside its name in the file."""
KIND_NAMES = {
    "refill": "會用完", "one_off": "買一次", "durable": "耐用品", "bundle": "組合", "gift": "贈品", "none": "不是商品",
}  # fmt: skip
NUMBERS = ("pack_size", "days_per_pack", "cost")
LONGEST = 80
"""Characters of a short name or a family that are kept."""


def rows(store: Store, sheet: Sheet) -> pd.DataFrame:
    """The sheet as a table, one row per product found (merged ones too) and per part split off: COLUMNS, numbers as numbers, unknown NaN or "".

    The rows of the owner about products that are not in these files come last, without a title.
    """
    found = store.query("products/found")
    names = _names(store, sheet)
    own = {(names.get(row.product_id, row.product_id), row.part): row for row in sheet.rows}
    listed = found.to_dict("records")
    listed += [
        {"product_id": product_id, "part": part, "title": "", "lines": None, "grouped": None}
        for product_id, part in own
        if part or product_id not in set(found.product_id)
    ]
    table = []
    for row in listed:
        said = own.get((row["product_id"], row.get("part", "")))
        guessed = []
        line = {**dict.fromkeys(COLUMNS, ""), **row, "part": row.get("part", "")}
        for name in ("family", "kind", "pack_size"):
            guess = row.get(f"found_{name}")
            if guess and guess == guess:
                line[name] = guess
                guessed.append(name)
        if said:
            for name in ("merge_into", "short_name", "family", "kind", *NUMBERS):
                value = getattr(said, name)
                if value not in ("", None):
                    line[name] = names.get(value, value) if name == "merge_into" else value
                    if name in guessed:
                        guessed.remove(name)
        table.append({**line, "guessed": " ".join(guessed)})
    frame = pd.DataFrame(table, columns=list(COLUMNS))
    return frame.assign(
        **{name: pd.to_numeric(frame[name], errors="coerce") for name in (*NUMBERS, "grouped", "lines")}
    )


def _names(store: Store, sheet: Sheet) -> dict[str, str]:
    """Every name that the sheet uses for a product -> the product_id it is found under here."""
    asked = sorted({name for row in sheet.rows for name in (row.product_id, row.merge_into) if name})
    found = store.query("store/sheet_goods", names=asked)
    return dict(zip(found["name"], found.product_id, strict=True))


def strangers(store: Store, sheet: Sheet) -> int:
    """How many rows of the sheet are about products that are not among these exports."""
    names = _names(store, sheet)
    return sum(row.product_id not in names for row in sheet.rows)


def write(store: Store, sheet: Sheet) -> bytes:
    """The sheet as CSV in UTF-8 with a byte order mark, so that Excel shows Chinese."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(f"{name} {label}" for name, label in COLUMNS.items())
    for row in rows(store, sheet).to_dict("records"):
        kind = row["kind"]
        cells = {**row, "kind": f"{kind} {KIND_NAMES[kind]}" if kind in KIND_NAMES else ""}
        writer.writerow(neutralised(_written(cells[name])) for name in COLUMNS)
    return out.getvalue().encode("utf-8-sig")


def _written(value: object) -> str:
    if value is None or value != value:
        return ""
    return f"{value:g}" if isinstance(value, float) else str(value)


def read(data: bytes, file: str, store: Store) -> Sheet:
    """The sheet in a file that `write` made, also after Excel saved it in another encoding or with semicolons.

    A guess that still stands as it was written is none of the owner's words. A row whose id Excel has changed (2.1E+10, zeros lost) is known by its
    title. Raises InputError, naming line, column and text, for a kind or a number that cannot be read.
    """
    text = _decoded(data)
    first = text.splitlines()[0] if text.strip() else ""
    delimiter = max(",;\t", key=first.count)
    lines = list(csv.reader(io.StringIO(text), delimiter=delimiter))
    names = [re.split(r"[\s　]", cell.strip(), maxsplit=1)[0].lower() for cell in lines[0]] if lines else []
    if "product_id" not in names:
        raise InputError(
            N_("{file} holds no product sheet; load the file that this page saved (its first columns are {wanted})."),
            file=file,
            wanted=", ".join(list(COLUMNS)[:5]),
        )
    guesses = store.query("products/found").set_index("product_id")
    by_title = dict(zip(guesses.title, guesses.index, strict=True))
    found = []
    for number, cells in enumerate(lines[1:], start=2):
        row = dict(zip(names, (cell.strip().removeprefix("'") for cell in cells), strict=False))
        if row.get("product_id") not in guesses.index and row.get("title") in by_title:
            row["product_id"] = by_title[row["title"]]
        if row.get("product_id"):
            found.append(_row(row, guesses, file, number))
    return Sheet.of(found)


def _decoded(data: bytes) -> str:
    """The text: UTF-8, UTF-16 where its mark says so, else Big5, as Excel saves a CSV in Taiwan."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp950", errors="replace")


def _row(row: dict[str, str], guesses: pd.DataFrame, file: str, number: int) -> SheetRow:
    kind = _kind(row.get("kind", ""), file, number)
    numbers = {name: _number(row.get(name, ""), name, file, number) for name in NUMBERS}
    said: dict[str, object] = {
        "merge_into": row.get("merge_into", ""),
        "short_name": row.get("short_name", "")[:LONGEST],
        "family": row.get("family", "")[:LONGEST],
        "kind": kind,
        **numbers,
    }
    guess = guesses.loc[row["product_id"]] if row["product_id"] in guesses.index else None
    for name in row.get("guessed", "").split():
        if name in ("family", "kind", "pack_size") and guess is not None and said[name] == guess[f"found_{name}"]:
            said[name] = None if name == "pack_size" else ""
    return SheetRow(row["product_id"], row.get("part", ""), **said)


def _kind(text: str, file: str, number: int) -> str:
    word = text.split()[0].lower() if text.split() else ""
    by_name = {name: kind for kind, name in KIND_NAMES.items()}
    if not word or word in KINDS:
        return word
    if text.strip() in by_name or word in by_name:
        return by_name.get(text.strip()) or by_name[word]
    raise InputError(
        N_("{file}, line {line}: the kind is {got}; it can be {wanted}."),
        file=file,
        line=number,
        got=text[:40],
        wanted=", ".join(f"{kind} {name}" for kind, name in KIND_NAMES.items()),
    )


def _number(text: str, name: str, file: str, number: int) -> float | None:
    if not text:
        return None
    try:
        value = float(text.replace(",", ""))
    except ValueError:
        value = -1.0
    if not (0 < value < 1e9 or (name == "cost" and value == 0)):
        raise InputError(
            N_("{file}, line {line}: {column} is {got}; it has to be a number above 0, or blank."),
            file=file,
            line=number,
            column=COLUMNS[name],
            got=text[:40],
        )
    return value
