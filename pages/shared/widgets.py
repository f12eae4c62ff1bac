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
    widgets.chart(drawn(charts.curve, result, labels={…}), name="repurchase-curve", alt=_("…"))
    widgets.table(result.table, {"month": Column(_("Month"), "month"), "rate": Column(_("Rate"), "percent")}, name="repurchase")
    widgets.findings([_("…")])
    widgets.guide("repurchase")                          # pages/repurchase/guide.<lang>.md, folded away

Texts given to these functions may hold money (`NT$1,234`): `$` is escaped here. Names out of the data go through `text.literal()`.
A page's widget keys start with the page's name, because the URL is shared by all pages. Colours: never in pages.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from zlib import crc32

import plotly.graph_objects as go
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.shared import browser, drawing, filters, glossary, menu, present, session, text
from pages.shared.drawing import Finished
from pages.shared.tables import XLSX as XLSX
from pages.shared.tables import Column as Column
from pages.shared.tables import file_name
from pages.shared.tables import table as table
from pages.shared.text import _, plain

_ANSWER = "answer"
"""Session state: what the open page answers, the title of its charts' pictures."""


class Header:
    """The top of a page: its name as the menu has it, the question, then the answer once it is known."""

    def __init__(self, title: str, scope: str | None) -> None:
        st.session_state[_ANSWER] = title
        with st.container(gap=None):
            if page := session.current().page:
                st.caption(f"{menu.PAGES[page][1]} {menu.title(page)}")
            st.title(plain(title), anchor=False)
            self._answer = st.empty()
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.caption(plain(scope or session.current().sentence), width="content")
                if scope is None and filters.any_set():
                    st.button(
                        _("Clear the filters"),
                        key="filters_clear",
                        type="tertiary",
                        icon=":material/close:",
                        on_click=filters.clear,
                    )

    def answer(self, sentence: str) -> None:
        """The answer in one sentence, with n and the span."""
        st.session_state[_ANSWER] = sentence
        self._answer.subheader(plain(sentence), anchor=False)


def header(title: str, answer: str = "", *, scope: str | None = None) -> Header:
    """The page's question as its title, the answer (now, or later by `.answer()`), and what the filter lets through.

    scope: said in the filter's place by a page that does not follow the filter.
    """
    top = Header(title, scope)
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
    against: str = ""
    """Below it, in Markdown: how it stands against earlier times; made by `standing.stood()`."""


def cards(row: Sequence[Card], *, later: int = 0) -> list[DeltaGenerator]:
    """At most four cards side by side, two by two on a phone. later: places for cards that take longer; each is filled by `card`."""
    stand = any(card.against for card in row)
    with st.grid(len(row) + later, min_column_width=140):
        for one in row:
            card(one, stand=stand)
        return [st.container(height="stretch") for _place in range(later)]


def card(card: Card, *, stand: bool) -> None:
    """One card. stand: it, or one beside it, says how it stands."""
    with st.container(border=True, height="stretch") if stand else nullcontext():
        st.metric(
            plain(card.label),
            plain(card.value),
            plain(card.change or card.note) or None,
            delta_color={True: "green", False: "red", None: "gray" if card.spark is None else "orange"}[card.good],
            delta_arrow="off" if card.good is None else "down" if card.change.startswith(("-", "−")) else "up",
            delta_description=plain(card.note) if card.change and card.note else None,
            help=card.about or None,
            chart_data=None if card.spark is None else list(card.spark),
            chart_type="line",
            border=not stand,
            height="content" if stand else "stretch",
        )
        if card.against:
            st.caption(plain(card.against))


def about(formula: str, *, numerator: float | str, denominator: float | str, as_of: date, notes: str = "") -> str:
    """The ⓘ of a number: how it is worked out, from what, until when."""
    amounts = [part if isinstance(part, str) else text.number(part) for part in (numerator, denominator)]
    lines = [formula, _("{numerator} out of {denominator}", numerator=amounts[0], denominator=amounts[1])]
    lines += [_("As of {day}", day=text.day(as_of)), notes]
    return "\n\n".join(plain(line) for line in lines if line)


def chart(
    figure: Finished | go.Figure,
    *,
    name: str,
    alt: str,
    unit: str,
    title: str = "",
    hint: str = "",
    key: str | None = None,
    select: bool = False,
    finding: str = "",
    n: str = "",
) -> dict | None:
    """A figure (best one of `drawing.drawn`, which is drawn once), with the buttons that save it as a picture for a slide. alt: what the chart shows, for those who cannot see it.
    hint: beside the title, what a click does.

    name: of the picture's file. The picture says what is found (finding; by default the page's answer), below it the chart's title, the
    shop with its filter and n (how many the chart stands on; by default the orders, or reviews, of the period), at its foot the unit (what
    a bar, dot or cell measures) and the source.
    select: True returns the clicked points for `links.points`, for which `key` is needed.
    """
    with st.container(key=f"chart_{key or name}", gap="xsmall"):
        if title or hint:
            st.markdown(
                " ".join(
                    [f"**{plain(title)}**" * bool(title), f":gray[:material/touch_app: {plain(hint)}]" * bool(hint)]
                )
            )
        if not isinstance(figure, Finished):
            figure = drawing.finished(figure, presented=present.on(), diary=drawing.campaigns())
        event = drawing.show(figure, alt=alt, key=key, select=select)
        now = session.current()
        facts = now.store.shop if now.store else None
        if facts and not n:
            n = (
                text.plural("{n} order", "{n} orders", facts.orders)
                if facts.orders
                else text.plural("{n} review", "{n} reviews", facts.reviews)
            )
        source = _("Source: the shop's own files up to {day} · Regulars", day=text.day(facts.as_of)) if facts else ""
        browser.picture(
            title=text.bare(finding or st.session_state.get(_ANSWER, title)),
            subtitle=text.bare(" · ".join(part for part in (title, now.sentence, n) if part)),
            unit=text.bare(unit),
            source=source,
            file=file_name(name),
            key=key or name,
        )
    return event


def opened_below(key: str, said: str) -> None:
    """What a click on a chart opened below it, in a line; the page scrolls to it. key: of `links.clicked`. said: 47 customers, below."""
    browser.into_view(key, st.session_state.get(f"{key}_clicked", ""))
    st.markdown(f":material/arrow_downward: **{plain(said)}**")


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
    first = found[0] if isinstance(found[0], str) else found[0].sentence
    with st.container(border=True, key=f"not_presented_{crc32(first.encode())}"):
        st.markdown(f"**:material/lightbulb: {_('Worth a look')}**")
        for one in found:
            said = Said(one) if isinstance(one, str) else one
            with st.container(gap=None):
                st.markdown(f"- {plain(said.sentence)}")
                if said.page:
                    menu.link(said.page, **said.choices)


def guide(page: str) -> None:
    """How to read the page, folded away: the text of pages/<page>/guide.<language>.md."""
    with st.expander(_("How to read this page"), icon=":material/menu_book:"):
        st.markdown(_guide(page, text.language()))
    if page != "glossary":
        glossary.words_of(page)


@cache
def _guide(page: str, language: str) -> str:
    return (text.ROOT / "pages" / page / f"guide.{language}.md").read_text(encoding="utf-8")
