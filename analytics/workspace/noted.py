"""A shop with what its owner wrote beside it, for SQL: each table of the notebook, with `customer_id` in place of a person's names."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa

from analytics.store import Store
from analytics.workspace import people
from analytics.workspace.notebook import Notebook
from analytics.workspace.tables import TABLES, Table

TYPES = {
    "text": pa.string(), "day": pa.date32(), "moment": pa.timestamp("s"), "number": pa.float64(), "whole": pa.int64(), "yes": pa.bool_(),
}  # fmt: skip
LEFT_OUT = ("files_told", "settings")
"""Tables that no query needs."""


def noted(store: Store, notebook: Notebook) -> Store:
    """The shop with the tables of the notebook beside its own: `tags`, `members`, `contact_log` … (TABLES says which columns each has).

    Rows about people have customer_id, as in `customers`; those about nobody who ever bought here are left out. To be closed like a view.
    """
    key, who = notebook.key, people.customers(store, notebook)
    tables = {}
    for name, of in TABLES.items():
        if name not in LEFT_OUT:
            rows = notebook.rows(name)
            tables[name] = _typed(of, rows.merge(who, on="person") if of.of_people else rows)
    return store.beside(key, tables)


def _typed(of: Table, rows: pd.DataFrame) -> pa.Table:
    columns = {"customer_id": rows["customer_id"]} if of.of_people else {}
    columns |= {column.name: rows[column.name] for column in of.columns}
    kinds = {"customer_id": "text"} | {column.name: column.kind for column in of.columns}
    return pa.table({name: _array(values, kinds[name]) for name, values in columns.items()})


def _array(values: pd.Series, kind: str) -> pa.Array:
    cells = [None if value is None or value != value else value for value in values]
    if kind in ("day", "moment"):
        moments = pd.to_datetime(pd.Series(cells, dtype="object"), errors="coerce", format="ISO8601")
        return pa.Array.from_pandas(moments.dt.date if kind == "day" else moments, type=TYPES[kind])
    if kind == "yes":
        return pa.array([None if cell is None else bool(cell) for cell in cells], TYPES[kind])
    return pa.array(cells, TYPES[kind])
