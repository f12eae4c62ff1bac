"""The cards: their words and codes, by the owner, and how many came back with each code."""

from __future__ import annotations

import streamlit as st

from analytics.parcels import CARDS, returned
from analytics.statistics import SMALL
from analytics.store import Store
from pages.shared import menu, session, text, widgets
from pages.shared.remembered import said
from pages.shared.session import result
from pages.shared.text import _, money, number, percent, plain, plural
from pages.shared.widgets import Column
from pages.shipping import words


def show(noted: Store) -> None:
    """What each card says, and what came of it."""
    texts = words.texts()
    with st.form("shipping_cards", border=False):
        with st.grid(2, min_column_width=300):
            for card in CARDS:
                with st.container(border=True):
                    st.markdown(f"**{_(words.CARDS[card])}**")
                    st.caption(_(words.RULES[card]))
                    st.text_area(
                        _("Words"), value=texts[card][0], key=f"shipping_words_{card}", max_chars=400, height=110
                    )
                    st.text_input(
                        _("Code"),
                        value=texts[card][1],
                        key=f"shipping_code_{card}",
                        max_chars=40,
                        placeholder=_("for example: HELLO2"),
                    )
        st.form_submit_button(_("Keep the cards"), type="primary", icon=":material/save:", on_click=_keep)
    kept = (
        _("They are kept in the notebook of this shop.")
        if session.current().remembered
        else _("They last for this session; on the notebook page they go out as a file and come in again.")
    )
    st.caption(
        text.sentences(
            kept,
            _(
                "Give every card a code of its own, and make the voucher of that code in your shop: only then can its return be counted."
            ),
        )
    )
    menu.link("notebook")
    st.subheader(_("Who came back with the code"), anchor=False)
    codes = {card: code for card, (_words, code) in texts.items()}
    found = result(returned, noted, codes)
    rows = found.table[(found.table.code != "") | (found.table.given > 0)]
    if rows.empty:
        st.caption(_("No card has a code yet, and none is written down as given."))
        return
    for row in rows.itertuples():
        st.markdown(plain(f"- {_sentence(row)}"))
    table = rows.assign(name=[_(words.CARDS[card]) for card in rows.card])
    columns = {
        "name": Column(_("Card")), "code": Column(_("Code")), "given": Column(_("Given to"), "number"), "back": Column(_("Came back with it"), "number"),
        "rate": Column(_("Share"), "percent"), "low": Column(_("Range from"), "percent"), "high": Column(_("Range to"), "percent"),
        "orders": Column(_("Orders with it"), "number"), "revenue": Column(_("Revenue"), "money"), "other_orders": Column(_("Orders with it by others"), "number"),
    }  # fmt: skip
    widgets.table(table, columns, name="shipping-cards", xlsx=True)
    st.caption(
        _(
            "Who came back with a code might have come anyway: to know, leave the card out of every other parcel and compare."
        )
    )


def _sentence(row: object) -> str:
    """How many came back with the code of one card."""
    name = _(words.CARDS[row.card])
    if not row.given:
        return plural(
            "{card}: the code was used in {n} order; how many cards went out is not written down.",
            "{card}: the code was used in {n} orders; how many cards went out is not written down.",
            int(row.other_orders), card=name,
        )  # fmt: skip
    if not row.code:
        return _("{card}: given to {n}; without a code its return cannot be counted.", card=name, n=number(row.given))
    found = _(
        "{card}: came back with the code: {back} of {n} given ({share}, between {low} and {high}), {revenue}.",
        card=name, back=number(row.back), n=number(row.given), share=percent(row.rate), low=percent(row.low), high=percent(row.high),
        revenue=money(row.revenue, session.current().currency),
    )  # fmt: skip
    others = (
        plural(
            "{n} order more used it: before the card, or by others.",
            "{n} orders more used it: before the card, or by others.",
            int(row.other_orders),
        )
        if row.other_orders
        else ""
    )
    return text.sentences(found, _("Too few to go by.") if row.given < SMALL else "", others)


def _keep() -> None:
    rows = [
        {"card": card, "words": st.session_state[f"shipping_words_{card}"].strip() or None, "code": st.session_state[f"shipping_code_{card}"].strip() or None}
        for card in CARDS
    ]  # fmt: skip
    if said.write(lambda notebook: notebook.put("cards", rows)):
        said.say(said.here(), _("The cards are kept."))
