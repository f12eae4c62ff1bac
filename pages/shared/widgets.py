"""What pages are made of: header, cards, chart, table, findings, and the states in which there is nothing to show.

How to write a page (20 to 80 lines, top to bottom: choose, compute, numbers, chart, table, guide):

    import streamlit as st
    from analytics import repurchase
    from analytics.repurchase import charts
    from pages.shared import session, text, widgets
    from pages.shared.text import _, plain
    from pages.shared.widgets import Card, Column, about

    store = session.current_store()                      # as filtered; ends the page with a next step when nothing was read
    top = widgets.header(_("How soon do customers buy again?"))
    days = st.segmented_control(_("Within"), [30, 60, 90, 180, 365], default=90, key="repurchase_days", bind="query-params")
    result = repurchase.within(store, days)              # raises TooLittleData: app.py shows it with a next step
    top.answer(_("{share} of first-time buyers came back within {days}.", share=text.share(result.rate, result.n), days=text.days(days)))
    widgets.cards([Card(_("Repurchase rate"), text.percent(result.rate), about=about(_("…"), of=…, as_of=store.shop.as_of), …)])
    widgets.chart(charts.curve(result, labels={…}), name="repurchase-curve", alt=_("…"))
    widgets.table(result.table, {"month": Column(_("Month"), "month"), "rate": Column(_("Rate"), "percent")}, name="repurchase")
    widgets.findings([_("…")])
    widgets.guide("repurchase")                          # pages/repurchase/guide.<lang>.md, folded away

Texts given to these functions may hold money (`NT$1,234`): `$` is escaped here. Names out of the data go through `text.literal()`.
A page's widget keys start with the page's name, because the URL is shared by all pages. Colours: never in pages.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from analytics.charts.names import harmless
from analytics.export import csv_bytes, xlsx_bytes
from pages.shared import menu, session, text
from pages.shared.text import _, plain

Kind = Literal["text", "number", "decimal", "money", "percent", "share", "days", "day", "month", "yes"]


class Header:
    """The top of a page: its name as the menu has it, the question, then the answer once it is known."""

    def __init__(self, title: str, scope: str) -> None:
        with st.container(gap=None):
            if page := session.current().page:
                st.caption(f"{menu.PAGES[page][1]} {menu.title(page)}")
            st.title(plain(title), anchor=False)
            self._answer = st.empty()
            st.caption(plain(scope))

    def answer(self, sentence: str) -> None:
        """The answer in one sentence, with n and the span."""
        self._answer.subheader(plain(sentence), anchor=False)


def header(title: str, answer: str = "", *, scope: str | None = None) -> Header:
    """The page's question as its title, the answer (now, or later by `.answer()`), and what the filter lets through.

    scope: said in the filter's place by a page that does not follow the filter.
    """
    top = Header(title, session.current().sentence if scope is None else scope)
    if answer:
        top.answer(answer)
    return top


@dataclass(frozen=True)
class Card:
    """One headline number."""

    label: str
    value: str
    about: str = ""
    """Behind the ⓘ: made by `about()`."""
    change: str = ""
    """Under the value: how far from the target, or from the time before."""
    note: str = ""
    """Beside the change, or in its place: "目標 20 %", "n=412". Half a phone shows some eight characters of the two."""
    good: bool | None = None
    """True and False colour the change, and its sign sets an arrow up or down; None: no arrow."""
    spark: Sequence[float] | None = None
    """Recent values, oldest first, evenly spaced."""


def cards(row: Sequence[Card]) -> None:
    """At most four cards side by side, two by two on a phone."""
    with st.grid(len(row), min_column_width=140):
        for card in row:
            st.metric(
                plain(card.label),
                plain(card.value),
                plain(card.change or card.note) or None,
                delta_color={True: "green", False: "red", None: "gray" if card.spark is None else "orange"}[card.good],
                delta_arrow="off" if card.good is None else "down" if card.change.startswith(("-", "−")) else "up",
                delta_description=plain(card.note) if card.change and card.note else None,
                help=card.about or None,
                chart_data=None if card.spark is None else list(card.spark),
                chart_type="area",
                border=True,
                height="stretch",
            )


def about(formula: str, *, numerator: float | str, denominator: float | str, as_of: date, notes: str = "") -> str:
    """The ⓘ of a number: how it is worked out, from what, until when."""
    amounts = [part if isinstance(part, str) else text.number(part) for part in (numerator, denominator)]
    lines = [formula, _("{numerator} out of {denominator}", numerator=amounts[0], denominator=amounts[1])]
    lines += [_("As of {day}", day=text.day(as_of)), notes]
    return "\n\n".join(plain(line) for line in lines if line)


def chart(
    figure: go.Figure, *, name: str, alt: str, title: str = "", key: str | None = None, select: bool = False
) -> dict | None:
    """A Plotly figure. name: of the PNG file its toolbar saves. alt: what the chart shows, for those who cannot see it.

    select: True returns the clicked points (`event["selection"]["points"]`), for which `key` is needed.
    """
    if title:
        st.markdown(f"**{plain(title)}**")
    config = {
        "displaylogo": False,
        "modeBarButtons": [["toImage"]],
        "toImageButtonOptions": {"format": "png", "filename": _file_name(name), "scale": 2},
    }
    harmless(figure)
    if select:
        return st.plotly_chart(figure, config=config, alt=alt, key=key, on_select="rerun", selection_mode="points")
    st.plotly_chart(figure, config=config, alt=alt, key=key)
    return None


@dataclass(frozen=True)
class Column:
    """How one column is shown. kind: what its values are; `share` is a percentage with a bar, `yes` a tick."""

    label: str
    kind: Kind = "text"
    help: str = ""


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
    Returns the selected rows' positions: none unless select is True, for which `key` is needed.
    """
    shown = rows[list(columns)]
    if shown.empty:
        st.caption(_("Nothing to list here."))
        return []
    shares = [column for column, how in columns.items() if how.kind in ("percent", "share")]
    event = st.dataframe(
        shown.assign(**{column: 100 * shown[column].astype(float) for column in shares}),
        column_config={column: _config(how) for column, how in columns.items()},
        hide_index=True,
        height=height,
        key=key,
        alt=name,
        placeholder="–",
        **({"on_select": "rerun", "selection_mode": "single-row"} if select else {}),
    )
    renamed = shown.rename(columns={column: how.label for column, how in columns.items()})
    if not download:
        return list(event["selection"]["rows"]) if select else []
    with st.container(horizontal=True):
        _download("CSV", lambda: csv_bytes(renamed), f"{_file_name(name)}.csv", "text/csv")
        if xlsx:
            _download("Excel", lambda: xlsx_bytes({name: renamed}), f"{_file_name(name)}.xlsx", _XLSX)
    return list(event["selection"]["rows"]) if select else []


_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _download(label: str, data: object, file_name: str, mime: str) -> None:
    st.download_button(
        label,
        data,
        file_name,
        mime,
        key=f"download_{file_name}",
        on_click="ignore",
        type="tertiary",
        icon=":material/download:",
        help=_("Download {file}", file=file_name),
    )


def _config(how: Column) -> object:
    kinds, label, help_text = st.column_config, how.label, how.help or None
    match how.kind:
        case "money":
            return kinds.NumberColumn(label, help=help_text, format=text.symbol(session.current().currency) + "%,.0f")
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
            return kinds.TextColumn(label, help=help_text)


def _file_name(name: str) -> str:
    """`regulars-tea-cohorts-2026-10-31`: what, of which shop, until when."""
    now = session.current()
    until = f"-{now.store.shop.as_of:%Y-%m-%d}" if now.store else ""
    return re.sub(r"[^\w.-]+", "-", f"regulars-{now.shop}-{name}{until}")


@dataclass(frozen=True)
class Said:
    """A finding, and the page that says more. choices: of that page, key and value as in its address."""

    sentence: str
    page: str = ""
    choices: dict[str, str] = field(default_factory=dict)


def findings(found: Sequence[str | Said]) -> None:
    """Three to five plain sentences: what, how much, since when, n, what one could do. Nothing when there are none."""
    if not found:
        return
    with st.container(border=True):
        st.markdown(f"**:material/lightbulb: {_('Worth a look')}**")
        for one in found:
            said = Said(one) if isinstance(one, str) else one
            with st.container(gap=None):
                st.markdown(f"- {plain(said.sentence)}")
                if said.page:
                    menu.link(said.page, **said.choices)


def guide(page: str) -> None:
    """How to read the page, folded away: the text of pages/<page>/guide.<language>.md."""
    path = text.ROOT / "pages" / page / f"guide.{text.language()}.md"
    with st.expander(_("How to read this page"), icon=":material/menu_book:"):
        st.markdown(path.read_text(encoding="utf-8"))
