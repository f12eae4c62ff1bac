"""Tables of the notebook as files, out and in again; and lists of members or of old customers as shops export them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb
import pandas as pd

from analytics.errors import N_, InputError
from analytics.export import as_it_was, csv_bytes, xlsx_bytes
from analytics.sources import Upload, read_whole
from analytics.store.statements import statement
from analytics.workspace.notebook import Notebook
from analytics.workspace.tables import NAMES, TABLES, Column, Table, headers

YES = frozenset(("yes", "y", "true", "t", "1", "1.0", "subscribed", "是", "有", "同意", "接受", "已訂閱", "v", "✓"))
NO = frozenset(
    ("no", "n", "false", "f", "0", "0.0", "unsubscribed", "否", "無", "不同意", "不接受", "未訂閱", "取消訂閱")
)
MOST = 500_000
"""Rows taken from one file."""


@dataclass(frozen=True)
class Taken:
    """What came of a file. rows: taken. without_name: rows that name no person. unreadable: rows that lack what is needed."""

    rows: int
    without_name: int
    unreadable: int


def table(notebook: Notebook, name: str) -> pd.DataFrame:
    """A table of the notebook as it goes into a file: the columns of TABLES, in order. Missing: an empty cell."""
    columns = [column.name for column in TABLES[name].all_columns]
    return notebook.rows(name)[columns]


def as_csv(notebook: Notebook, name: str, called: Mapping[str, str]) -> bytes:
    """A table as CSV. called: column -> header."""
    return csv_bytes(table(notebook, name).rename(columns=dict(called)))


def as_workbook(notebook: Notebook, names: Mapping[str, str], called: Mapping[str, Mapping[str, str]]) -> bytes:
    """Tables as one workbook. names: table -> sheet. called: table -> column -> header."""
    return xlsx_bytes(
        {sheet: table(notebook, name).rename(columns=dict(called[name])) for name, sheet in names.items()}
    )


def take_in(notebook: Notebook, name: str, upload: Upload, called: Mapping[str, str] | None = None) -> Taken:
    """Add a file's rows to a table: one that `as_csv` or `as_workbook` made, or for people a list with accounts, e-mails or phones.

    called: column -> header, besides those that are known. Raises InputError where the file has no column that the table needs.
    """
    of = TABLES[name]
    known = {
        column.name: headers().get(column.name, frozenset({column.name}))
        | ({called[column.name].casefold()} if called and column.name in called else set())
        for column in of.all_columns
    }
    read = read_whole(upload, lambda head: any(_fits(of, _places(of, known, row)) for row in head[:10]))
    read, places = _headed(of, known, read)
    if not _fits(of, places):
        raise _no_such_table(of, upload.name, read)
    texts = {column: read[read.columns[place]].map(_plain) for column, place in places.items()}
    rows = pd.DataFrame(texts).head(MOST)
    cast = _cast(rows, [column for column in of.all_columns if column.name in places])
    needed = [column.name for column in of.columns if column.needed]
    if name == "contact_log" and "held_out" in cast:
        cast["held_out"] = cast["held_out"].fillna(0)
    whole = cast[needed].notna().all(axis=1) if needed else pd.Series(True, index=cast.index)
    named = cast[[n for n in NAMES if n in cast]].notna().any(axis=1) if of.of_people else whole
    good = cast[whole & named].astype(object)
    good = good.where(good.notna(), None)
    taken = notebook.put(name, good.to_dict("records"))
    return Taken(taken, int((whole & ~named).sum()), int((~whole & cast.notna().any(axis=1)).sum()))


def _places(of: Table, known: Mapping[str, frozenset[str]], cells: Sequence[str]) -> dict[str, int]:
    """Column -> its place among these headers; the first header that it is known by, each place once."""
    found: dict[str, int] = {}
    for place, cell in enumerate(cells):
        header = str(cell or "").strip().strip("'").casefold()
        for column in of.all_columns:
            if column.name not in found and place not in found.values() and header in known[column.name]:
                found[column.name] = place
    return found


def _fits(of: Table, places: Mapping[str, int]) -> bool:
    needed = {column.name for column in of.columns if column.needed}
    return needed <= places.keys() and (not of.of_people or bool(places.keys() & set(NAMES)))


def _headed(of: Table, known: Mapping[str, frozenset[str]], read: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, int]]:
    """The table below its header, which may stand some rows down; a list without any header is one of people where each cell names one."""
    places = _places(of, known, list(read.columns))
    for row in range(min(10, len(read))):
        if _fits(of, places):
            break
        below = _places(of, known, list(read.iloc[row]))
        if _fits(of, below):
            return read.iloc[row + 1 :].reset_index(drop=True), below
    if not _fits(of, places) and of.of_people and len(read.columns) == 1 and not any(c.needed for c in of.columns):
        listed = pd.DataFrame({"who": [read.columns[0], *read.iloc[:, 0]]})
        kind = "email" if listed.who.str.contains("@").mean() > 0.5 else "account"
        if listed.who.str.fullmatch(r"[+\d][\d\s().-]{7,}").mean() > 0.5:
            kind = "phone"
        return listed, {kind: 0}
    return read, places


def _plain(cell: Any) -> str | None:
    """A cell as written: without the apostrophe that keeps a spreadsheet from running it."""
    text = "" if cell is None or cell != cell else str(cell).strip()
    return as_it_was(text) or None


def _cast(rows: pd.DataFrame, columns: list[Column]) -> pd.DataFrame:
    """The cells as what their columns take, by the store's own rules for days and amounts; what cannot be read is missing."""
    con = duckdb.connect(":memory:")
    try:
        con.execute(statement("store/macros"))
        con.register("texts", rows.astype("string"))
        how = {
            "day": "strftime(shop_clock({0}, []), '%Y-%m-%d')",
            "moment": "strftime(shop_clock({0}, []), '%Y-%m-%d %H:%M:%S')",
            "number": "cast(amount({0}, '.') as double)",
            "whole": "cast(amount({0}, '.') as bigint)",
        }
        shown = ", ".join(f'{how.get(column.kind, "{0}").format(column.name)} as "{column.name}"' for column in columns)
        cast = con.sql(f"select {shown} from texts").df()  # noqa: S608 - names out of TABLES
    finally:
        con.close()
    cast = cast.astype(object)
    for column in columns:
        if column.kind == "yes":
            word = rows[column.name].astype("string").str.casefold()
            cast[column.name] = word.map(lambda said: 1 if said in YES else 0 if said in NO else None, na_action=None)
        elif column.kind == "whole":
            cast[column.name] = cast[column.name].map(lambda n: None if n is None or n != n else int(n))
    return cast.where(cast.notna(), None)


def _no_such_table(of: Table, file: str, read: pd.DataFrame) -> InputError:
    wanted = [column.name for column in of.columns if column.needed] or list(NAMES)
    labels = {column.name: column.label for column in of.all_columns}
    return InputError(
        N_("{file} has the columns {got}, but {wanted} is needed here; name the column so in its first row."),
        file=file,
        got=", ".join(str(header) for header in list(read.columns)[:6]) or "–",
        wanted=" / ".join(labels[name] for name in wanted),
    )
