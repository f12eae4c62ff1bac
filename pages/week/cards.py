"""Last week against the week before and the same one a year ago: four figures of the orders at once, unhappy reviews as soon as they are read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analytics.reviews.opinions import Opinions
from analytics.week import LastWeek, unhappy_reviews
from pages.shared import session, text, widgets
from pages.shared.session import result
from pages.shared.standing import stood
from pages.shared.text import _, missing, money, number, plain
from pages.shared.widgets import Card
from pages.week import words


def show(before: LastWeek) -> DeltaGenerator | None:
    """The four cards, which week they are of, and the place for the fifth; None: the shop has no reviews."""
    said = _("Last week: {span}.", span=text.span(before.first, before.last))
    begun = before.last + timedelta(days=1)
    as_of = session.current().store.shop.as_of
    if as_of >= begun:
        said = text.sentences(
            said, _("The week since {day} is not over and is not in these figures.", day=text.day(begun))
        )
    st.caption(plain(said))
    places = widgets.cards(figures(before), later=bool(session.current().whole.shop.reviews))
    return places[0] if places else None


def figures(before: LastWeek) -> list[Card]:
    """Of orders: how many, who came back, revenue, who is new."""
    currency = session.current().currency
    writes: dict[str, Callable[[float], str]] = dict.fromkeys(words.FIGURES, number)
    writes["revenue"] = lambda value: money(value, currency)
    return [
        stood(Card(_(words.FIGURES[name]), writes[name](standing.now)), standing, writes[name], better=True)
        for name, standing in before.figures.items()
    ]  # fmt: skip


def unhappy(place: DeltaGenerator, before: LastWeek, opinions: Opinions) -> None:
    """The fifth card: reviews of last week with one or two stars, or words that complain."""
    standing = result(unhappy_reviews, opinions, before.weeks.week.iloc[0].date(), before.first)
    unknown = missing(standing.now)
    card = Card(_("Unhappy reviews"), number(standing.now), note=_("no file holds that week’s") if unknown else "")
    with place:
        widgets.card(
            stood(card, standing, number, better=False, differ=lambda change: f"{change:+.0f}".replace("-", "−")),
            stand=True,
        )
