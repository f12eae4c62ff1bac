"""The amounts of raw tables as numbers, before any query asks for them: cast once, the plain ones by Arrow, the rest by the macro `amount`.

Planning that macro takes longer than a small file takes to read, so it stands in one query and not once for every column in every query.
"""

from __future__ import annotations

from collections.abc import Mapping

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analytics.sources.numbers import AMOUNTS, COMMA, POINT
from analytics.store.statements import statement

AMOUNT = pa.decimal128(18, 4)
UNREAD = "_unread"
"""Ends the name of a column that holds what stands in the cells of an amount which are no amount."""


def with_amounts(con: duckdb.DuckDBPyConnection, table: pa.Table, styles: Mapping[str, str]) -> pa.Table:
    """The table with numbers in its columns of amounts: DECIMAL(18, 4), null where the cell is blank or cannot be read.

    Where any cell of a column holds something that is no amount, `<column>_unread` has its text, null elsewhere. styles: the columns'
    decimal signs, "." where none is given.
    """
    columns = {name: _told_once(table[name]) for name in AMOUNTS if name in table.column_names}
    texts = {name: _texts(column) for name, column in columns.items()}
    signs = {name: styles.get(name, POINT) for name in columns}
    numbers = {name: _plain(texts[name], signs[name]) for name in columns}
    unread: dict[str, pa.ChunkedArray] = {}
    odd = [name for name, found in numbers.items() if found is None]
    read, start = _read(con, [(texts[name], signs[name]) for name in odd]) if odd else None, 0
    for name in odd:
        part = read.slice(start, len(texts[name]))
        numbers[name], unread[name] = part["amount"], part["unread"]
        start += len(texts[name])
    for name, column in columns.items():
        table = table.set_column(table.column_names.index(name), name, _in_place(column, numbers[name]))
        if name in unread and unread[name].null_count < len(unread[name]):
            table = table.append_column(name + UNREAD, _in_place(column, unread[name]))
    return table


def _told_once(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """The column as a dictionary, the same one in all its parts: an amount that stands on many rows is cast once."""
    return column.unify_dictionaries() if pa.types.is_dictionary(column.type) else column.dictionary_encode()


def _texts(column: pa.ChunkedArray) -> pa.Array:
    """What there is to cast."""
    return column.chunk(0).dictionary if column.num_chunks else pa.array([], pa.string())


def _in_place(column: pa.ChunkedArray, values: pa.ChunkedArray | pa.Array) -> pa.ChunkedArray:
    """What was made of the texts of a column, in the places where these stand."""
    values = values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
    parts = [pa.DictionaryArray.from_arrays(chunk.indices, values) for chunk in column.chunks]
    return pa.chunked_array(parts, pa.dictionary(column.type.index_type, values.type))


def _plain(texts: pa.Array, sign: str) -> pa.Array | None:
    """The texts as numbers where all of them are plain ones (12, 12.50, -3); None where one is not, or where a point may mark thousands."""
    if sign == COMMA and pc.any(pc.match_substring(texts, POINT)).as_py():
        return None
    try:
        return texts.cast(AMOUNT)
    except pa.ArrowInvalid:
        return None


def _read(con: duckdb.DuckDBPyConnection, columns: list[tuple[pa.Array, str]]) -> pa.Table:
    """The texts of all these columns, one column after the other, as the macro reads them."""
    signs = [pa.repeat(pa.scalar(sign), len(texts)) for texts, sign in columns]
    texts = pa.chunked_array([texts for texts, _ in columns], pa.string())
    con.register(
        "raw_amounts", pa.table({"place": np.arange(len(texts)), "text": texts, "style": pa.chunked_array(signs)})
    )
    try:
        return con.sql(statement("store/stg_amounts")).to_arrow_table()
    finally:
        con.unregister("raw_amounts")
