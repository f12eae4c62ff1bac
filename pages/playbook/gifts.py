"""The ledger of gifts: so many a month, who could get one, who got one, and who came back."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from analytics.playbook import WHYS, Gifts, candidates, ledger
from analytics.reviews.opinions import Opinions
from analytics.reviews.triage import SOLVED
from analytics.segments.rfm import Rfm, rfm
from analytics.store import Store
from analytics.workspace import Notebook
from pages.playbook import words
from pages.shared import session, text, widgets
from pages.shared.made import made
from pages.shared.people import names
from pages.shared.remembered import said
from pages.shared.session import result
from pages.shared.text import _, missing, money, number, percent, plain, plural
from pages.shared.widgets import Column

QUOTA = 10
"""Gifts a month, unless the owner chooses another number."""
SHOWN = 30
WAYS = ("account", "email", "phone")
DAYS = 60


def show(store: Store, opinions: Opinions | None) -> None:
    """Quota, candidates, what was given, and what came of it."""
    if not store.shop.orders:
        st.info(_("Gifts go to customers, and these files name none: add the shop’s orders."), icon=":material/redeem:")
        return
    quota = session.notebook().setting("gift_quota", QUOTA)
    st.session_state.setdefault(_key(), int(quota))
    st.number_input(_("Gifts a month, at most"), 0, 1000, key=_key(), width=240, on_change=_quota)
    today = date.today()
    given = result(ledger, session.noted_store(), today, DAYS)
    left = max(0, st.session_state[_key()] - given.this_month)
    st.markdown(plain(_("{given} of {quota} gifts of this month are given; {left} are left.", given=number(given.this_month), quota=number(st.session_state[_key()]), left=number(left))))  # fmt: skip
    _candidates(store, opinions, given, left)
    _given(store, given)


def _candidates(store: Store, opinions: Opinions | None, given: Gifts, left: int) -> None:
    rows = made(_chosen, result(rfm, store), given, opinions, session.notebook())
    st.markdown(f"**{_('Who could get one')}**")
    if rows.empty:
        st.caption(_("Nobody stands out yet: no complaint was put right, nobody wrote twice, and nobody is loyal by their purchases."))  # fmt: skip
        return
    counts = rows.why.value_counts()
    st.caption(plain(text.listed([f"{_(words.WHYS[why])} {number(counts.get(why, 0))}" for why in WHYS])))
    shown = made(_listed, store, rows, names.shown())
    columns = {
        "who": Column(_("Customer")), "reason": Column(_("Why")), "said": Column(_("Reviews in a year"), "number"), "days": Column(_("Times"), "number"),
        "revenue": Column(_("Revenue"), "money"), "recency": Column(_("Days since"), "number"),
    }  # fmt: skip
    at = widgets.table(shown, columns, name="playbook-candidates", key="playbook_candidate", select=True, download=False, height=320 if len(shown) > 8 else "auto")  # fmt: skip
    with st.form("playbook_gift", border=True, clear_on_submit=True), st.grid(3, min_column_width=180):
        st.text_input(_("Gift"), key="gift_name", max_chars=80)
        st.date_input(_("Day"), value=date.today(), key="gift_day")
        st.number_input(_("Cost"), 0.0, value=None, step=10.0, format="%.0f", key="gift_cost")
        person = shown.iloc[at[0]].to_dict() if at else None
        st.form_submit_button(
            _("Give it to {who}", who=text.bare(shown.who.iloc[at[0]])) if at else _("Choose a customer above"),
            type="primary", icon=":material/redeem:", disabled=person is None or not left, on_click=_give, args=(person,),
        )  # fmt: skip
    if not left:
        st.caption(_("This month’s gifts are all given. Raise the number above, or wait for the next month."))


def _chosen(found: Rfm, given: Gifts, opinions: Opinions | None, notebook: Notebook) -> pd.DataFrame:
    solved = notebook.rows("triage")
    return candidates(found, given, opinions, tuple(sorted(solved.review_id[solved.status == SOLVED])))


def _listed(store: Store, rows: pd.DataFrame, _named: bool) -> pd.DataFrame:
    known = store.table("customers")[["customer_id", "label", *WAYS]]
    rows = rows.head(SHOWN).merge(known, on="customer_id", how="left")
    return rows.assign(who=names.who(rows), reason=[_(words.WHYS[why]) for why in rows.why])


def _given(store: Store, given: Gifts) -> None:
    if given.table.empty:
        st.caption(_("No gift is in the ledger yet."))
        return
    currency = session.current().currency
    st.markdown(f"**{_('Did those who got one come back?')}**")
    for row in given.whys.itertuples():
        if missing(row.rate):
            sentence = _("{why}: {gifts}; none of them {days} days ago yet.", why=_(words.WHYS.get(row.why, row.why)), gifts=plural("{n} gift", "{n} gifts", int(row.gifts)), days=number(given.days))  # fmt: skip
        else:
            sentence = _(
                "{why}: {back} of {people} bought within {days} days ({rate}; with so few it may be {low} to {high}), for {revenue}.",
                why=_(words.WHYS.get(row.why, row.why)), back=number(row.came_back), people=number(row.people), days=number(given.days), rate=percent(row.rate),
                low=percent(row.low, 0), high=percent(row.high, 0), revenue=money(row.revenue, currency),
            )  # fmt: skip
        st.markdown(f"- {plain(sentence)}")
    st.caption(_("Nobody is held out of a gift, so nobody can say how many would have come back anyway: loyal customers mostly do."))  # fmt: skip
    rows = given.table.merge(store.table("customers")[["customer_id", "label"]], on="customer_id", how="left")
    shown = rows.assign(who=names.who(rows), reason=[_(words.WHYS.get(why, why)) for why in rows.why])
    columns = {
        "day": Column(_("Day"), "day"), "who": Column(_("Customer")), "gift": Column(_("Gift")), "cost": Column(_("Cost"), "money"), "reason": Column(_("Why")),
        "came_on": Column(_("Came back on"), "day"), "revenue": Column(_("Revenue after"), "money"),
    }  # fmt: skip
    widgets.table(shown, columns, name="gifts", xlsx=True)


def _key() -> str:
    return f"playbook_quota_{session.current().shop}"


def _quota() -> None:
    said.write(lambda notebook: notebook.keep(gift_quota=int(st.session_state[_key()])))


def _give(person: dict | None) -> None:
    gift = (st.session_state["gift_name"] or "").strip()
    if not gift or person is None:
        said.say(said.here(), _("A gift needs a name, and somebody who gets it."), problem=True)
        return
    row = {"customer": person["customer_id"], **{way: person[way] for way in WAYS}, "day": st.session_state["gift_day"], "gift": gift, "cost": st.session_state["gift_cost"], "why": person["why"]}  # fmt: skip
    said.write(lambda notebook: notebook.put("gifts", [row]))
