"""The campaign diary read back, campaign by campaign, with what it cannot say."""

from __future__ import annotations

import streamlit as st

from analytics.results import AGAIN, AROUND
from analytics.results import campaigns as read_back
from analytics.statistics import SMALL
from analytics.store import Store
from pages.shared import menu, session, text, widgets
from pages.shared.session import result
from pages.shared.text import _, literal, missing, money, number, percent, plain, plural, points
from pages.shared.widgets import Column

SHOWN = 12
"""Campaigns told in sentences; the table holds all."""


def show(noted: Store) -> None:
    """What came of each campaign."""
    table = result(read_back, noted)
    if table.empty:
        st.info(_("No campaign is in the diary yet. Write down what you did and when: every chart over time marks it."), icon=":material/campaign:")  # fmt: skip
        menu.link("notebook", _("Write a campaign down"), notebook_section="campaigns")
        return
    for row in table.head(SHOWN).itertuples():
        with st.container(border=True):
            days = text.day(row.first_day) if row.length == 1 else text.span(row.first_day, row.last_day)
            st.markdown(f"**{plain(literal(row.name))}** :gray[{days}]")
            st.markdown(plain(text.sentences(_sold(row), _old(row), _won(row))))
    st.caption(_("Before and after are as many days as the campaign had. Season, pay days, festivals and other campaigns move them too, and nobody is held out of a campaign: this says what came, not what the campaign did."))  # fmt: skip
    columns = {
        "name": Column(_("Campaign")), "first_day": Column(_("First day"), "day"), "last_day": Column(_("Last day"), "day"), "orders_before": Column(_("Orders before"), "number"),
        "orders": Column(_("Orders"), "number"), "orders_after": Column(_("Orders after"), "number"), "revenue": Column(_("Revenue"), "money"), "cost": Column(_("Cost"), "money"),
        "buyers": Column(_("Buyers"), "number"), "old_share": Column(_("Had bought before"), "percent"), "won": Column(_("New customers"), "number"),
        "won_rate": Column(_("Came back in 90 days"), "percent"), "around_rate": Column(_("Those won around it"), "percent"),
    }  # fmt: skip
    widgets.table(table, columns, name="campaigns-read-back", xlsx=True)
    menu.link("notebook", _("The diary, to change or delete"), notebook_section="campaigns")


def answer(noted: Store) -> str:
    """The first line of this view: how many campaigns, and how many of their buyers had bought before."""
    table = result(read_back, noted)
    if table.empty:
        return _("No campaign is in the diary yet.")
    buyers = int(table.buyers.sum())
    said = plural("{n} campaign is in the diary.", "{n} campaigns are in the diary.", len(table))
    if not buyers:
        return said
    old = int(table.old_buyers.sum())
    return text.sentences(said, _("Of {buyers} who bought in one, {old} had bought before ({share}).", buyers=number(buyers), old=number(old), share=percent(old / buyers)))  # fmt: skip


def _sold(row: object) -> str:
    """Orders and revenue beside the days before and after."""
    if not row.over:
        return _("It still runs, or the data do not reach its end.")
    currency = session.current().currency
    said = _("{orders} for {revenue}", orders=plural("{n} order", "{n} orders", int(row.orders)), revenue=money(row.revenue, currency))  # fmt: skip
    spans = [
        when.format(orders=number(orders))
        for when, orders in ((_("{orders} in as many days before"), row.orders_before), (_("{orders} after"), row.orders_after))
        if not missing(orders)
    ]  # fmt: skip
    beside = _("{sold} ({beside}).", sold=said, beside=text.listed(spans)) if spans else _("{sold}.", sold=said)
    if missing(row.cost):
        return beside
    return text.sentences(beside, _("It cost {cost}.", cost=money(row.cost, currency)))


def _old(row: object) -> str:
    """Who of its buyers had bought already: a first-purchase offer is wasted on them."""
    if not row.buyers:
        return _("Nobody known bought in it.")
    said = {"old": number(row.old_buyers), "buyers": number(row.buyers), "share": percent(row.old_share)}
    return _("{old} of its {buyers} buyers had bought before ({share}): an offer for new customers is wasted on them.", **said) if row.old_buyers else _("None of its {buyers} buyers had bought before.", buyers=said["buyers"])  # fmt: skip


def _won(row: object) -> str:
    """The customers won in it, beside those won around it."""
    if not row.won:
        return _("It won no new customer.")
    won = plural("It won {n} new customer.", "It won {n} new customers.", int(row.won))
    if row.won_eligible < SMALL or row.around_eligible < SMALL:
        n = number(min(row.won_eligible, row.around_eligible))
        return text.sentences(won, _("Too few of them, or of those won around it, are {days} days old ({n}) to compare how many came back.", days=number(AGAIN), n=n))  # fmt: skip
    shown = (row.low > 0) - (row.high < 0)
    verdict = {
        1: _("more came back"), -1: _("fewer came back"), 0: _("no difference shown"),
    }[shown]  # fmt: skip
    return text.sentences(
        won,
        _(
            "{rate} of them came back within {days} days, {around} of those won in the {span} days on either side: {verdict} ({difference}; {low} to {high}).",
            rate=percent(row.won_rate), days=number(AGAIN), verdict=verdict, around=percent(row.around_rate), span=number(AROUND),
            difference=points(row.difference), low=points(row.low), high=points(row.high),
        ),
    )  # fmt: skip
