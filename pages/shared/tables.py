"""Tables on a page, with their downloads: how columns are shown, and how their values are written into a file."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler
from streamlit.proto.Dataframe_pb2 import Dataframe

from analytics.export import SHARE, csv_bytes, written, xlsx_bytes
from pages.shared import links, listing, session, text
from pages.shared.made import made
from pages.shared.text import _

MOST_ROWS = 2_000
"""Rows that a table on a page has; a file has all of them. Fifty thousand would be megabytes for the browser at every change."""

Kind = Literal["text", "number", "decimal", "money", "percent", "share", "days", "day", "month", "yes"]


@dataclass(frozen=True)
class Column:
    """How one column is shown. kind: what its values are; `share` is a percentage with a bar, `yes` a tick."""

    label: str
    kind: Kind = "text"
    help: str = ""
    width: Literal["small", "medium", "large"] | None = None


def table(
    rows: pd.DataFrame,
    columns: dict[str, Column],
    *,
    name: str,
    key: str | None = None,
    select: bool = False,
    xlsx: bool = False,
    height: int | Literal["auto"] = "auto",
    download: bool = True,
) -> list[int]:
    """A table with its download as CSV (and Excel). columns: which of `rows`' columns, in order, and how; the others stay out.

    download: False where the page offers a fuller file of its own.
    Returns the selected rows' positions: none unless select is True, for which `key` is needed. The position is in the address, and so in a
    link to the page; what the row holds is not. Of more than MOST_ROWS rows the first ones are shown, and that is said.
    """
    listed = rows[list(columns)]
    shown = listed.head(MOST_ROWS)
    if shown.empty:
        st.caption(_("Nothing to list here."))
        return []
    make = made if shown.size <= listing.MOST else _at_once
    written = make(_written, shown, columns, name, session.current().currency)
    begin = _begin(key, len(shown)) if select else None
    chosen = listing.show(written, len(shown), height=height, key=key, select=select, begin=begin)
    if select:
        links.keep(key, str(chosen[0]) if chosen else "")
    if len(listed) > len(shown):
        st.caption(
            _(
                "The first {n} of {all} rows; the file has them all.",
                n=text.number(len(shown)),
                all=text.number(len(listed)),
            )
        )
    if download:
        with st.container(horizontal=True):
            for kind in ("csv", "xlsx") if xlsx else ("csv",):
                table_download(listed, columns, kind, name)
    return chosen


def _at_once(make: Callable[..., Dataframe], *given: object) -> Dataframe:
    return make(*given)


def _written(shown: pd.DataFrame, columns: dict[str, Column], name: str, currency: str) -> Dataframe:
    shares = [column for column, how in columns.items() if how.kind in ("percent", "share")]
    drawn = shown.assign(**{column: 100 * shown[column].astype(float) for column in shares})
    losses = [column for column, how in columns.items() if how.kind == "money" and (shown[column] < 0).any()]
    config = {column: _config(how, currency, written=column in losses) for column, how in columns.items()}
    return listing.written(_with_losses(drawn, losses, currency) if losses else drawn, config, name)


def _begin(key: str, rows: int) -> dict[str, object] | None:
    """The row that the address names is chosen to begin with."""
    asked = st.query_params.get(key, "")
    return {"selection": {"rows": [int(asked)]}} if asked.isdecimal() and int(asked) < rows else None


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def table_download(rows: pd.DataFrame, columns: dict[str, Column], kind: Literal["csv", "xlsx"], name: str) -> None:
    """The button that saves these columns of rows as a file, values as people write them."""
    saved_as, words = f"{file_name(name)}.{kind}", {"yes": _("yes"), "no": _("no")}
    shares = [how.label for how in columns.values() if how.kind in ("percent", "share")]

    def file() -> bytes:
        parts = [written(rows[one], how.kind, **words, percents=kind == "csv") for one, how in columns.items()]
        table = pd.concat(parts, axis=1).set_axis([how.label for how in columns.values()], axis=1)
        return csv_bytes(table) if kind == "csv" else xlsx_bytes({name: table}, formats=dict.fromkeys(shares, SHARE))

    st.download_button(
        {"csv": "CSV", "xlsx": "Excel"}[kind],
        file,
        saved_as,
        {"csv": "text/csv", "xlsx": XLSX}[kind],
        key=f"download_{saved_as}",
        on_click="ignore",
        type="tertiary",
        icon=":material/download:",
        help=_("Download {file}", file=saved_as),
    )


def _with_losses(drawn: pd.DataFrame, columns: list[str], currency: str) -> Styler:
    """The table with these amounts written as everywhere else: NT$−3,980 (a number format puts a hyphen there)."""
    return drawn.style.format(
        {column: lambda value: text.money(round(value), currency, exact=True) for column in columns}, na_rep="–"
    )


def _config(how: Column, currency: str, *, written: bool = False) -> object:
    """written: the values come as texts of their own."""
    kinds, label, help_text = st.column_config, how.label, how.help or None
    match how.kind:
        case "money" if written:
            return kinds.NumberColumn(label, help=help_text)
        case "money":
            return kinds.NumberColumn(label, help=help_text, format=text.symbol(currency) + "%,.0f")
        case "percent":
            return kinds.NumberColumn(label, help=help_text, format="%.1f %%")
        case "share":
            return kinds.ProgressColumn(label, help=help_text, format="%.1f %%", min_value=0, max_value=100)
        case "number":
            return kinds.NumberColumn(label, help=help_text, format="%,.0f")
        case "decimal":
            return kinds.NumberColumn(label, help=help_text, format="%,.2f")
        case "days":
            return kinds.NumberColumn(label, help=help_text, format="%,.0f " + _("days"))
        case "day":
            return kinds.DateColumn(label, help=help_text, format="YYYY-MM-DD")
        case "month":
            return kinds.DateColumn(label, help=help_text, format="YYYY-MM")
        case "yes":
            return kinds.CheckboxColumn(label, help=help_text)
        case _:
            return kinds.TextColumn(label, help=help_text, width=how.width)


def file_name(name: str) -> str:
    """`regulars-tea-cohorts-2026-10-31`: what, of which shop, until when."""
    now = session.current()
    until = f"-{now.store.shop.as_of:%Y-%m-%d}" if now.store else ""
    return re.sub(r"[^\w.-]+", "-", f"regulars-{now.shop}-{name}{until}")
