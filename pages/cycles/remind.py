"""Whom to remind and on which day, as a list with messages and as a calendar; and whom to ask how it went."""

from __future__ import annotations

from datetime import UTC, datetime

import pandas as pd
import streamlit as st

from analytics.contacts import CONTACTED
from analytics.contacts import barred as barred_by_log
from analytics.contacts.customer import named
from analytics.cycles import (
    CARE,
    COMPLAINT,
    NEXT_WEEK,
    STATES,
    THIS_WEEK,
    Backtest,
    Cycles,
    Due,
    Plan,
    calendar,
    plain,
    plan,
    without,
)
from analytics.cycles import care as cared_for
from analytics.results import DAYS as LIST_RUNS
from analytics.reviews import triage
from analytics.reviews.opinions import BAD
from analytics.segments.rfm import Rfm, rfm
from analytics.store import Store
from pages.cycles import words
from pages.shared import menu, products, sent_lists, session, text, widgets
from pages.shared.links import choice, linked
from pages.shared.made import made
from pages.shared.people import contact_list
from pages.shared.reviews import loading
from pages.shared.session import result
from pages.shared.text import N_, _, number, percent, plural
from pages.shared.text import plain as as_text
from pages.shared.widgets import Column

WAITS = 90
"""Days for which a complaint without an answer keeps somebody off the list."""
RULES = {"list": N_("By what runs out"), "plain": N_("By the plain rule")}


def people(store: Store, known: Cycles, found: Due, proof: Backtest) -> None:
    """The list: by what runs out, or by a plain rule where that found more in the past."""
    if known.refills.empty:
        st.info(_("There is nothing to remind of by product. The shop's usual interval may still tell whom to write to."), icon=":material/hourglass_empty:")  # fmt: skip
        with st.container(horizontal=True):
            menu.link("repurchase", repurchase_view="people")
            menu.link("products", products_view="sheet")
        return
    st.markdown(as_text(words.verdict(proof)))
    names = {name: _(label) for name, label in RULES.items()}
    default = "plain" if proof.enough and not proof.better else "list"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        rule = linked(
            st.segmented_control, _("Make the list"), names, key="cycles_rule", default=default, required=True
        )
        channel = choice(_("Message for"), words.CHANNELS, "cycles_message")
    everybody = result(rfm, store)
    if rule == "plain":
        _plain(store, found, proof, everybody, channel)
    else:
        _by_product(store, found, everybody, channel)


def _by_product(store: Store, found: Due, everybody: Rfm, channel: str) -> None:
    """Those whose product runs out, with the day to write."""
    chosen = _choose(store, found)
    planned = made(plan, found, **chosen)
    st.markdown(
        as_text(
            text.sentences(
                plural("{n} person to write to.", "{n} people to write to.", len(planned.table)),
                words.left_out(planned.left_out),
                plural("{n} more would be due, and has bought again already.", "{n} more would be due, and have bought again already.", found.rebought) if found.rebought else "",
            )
        )
    )  # fmt: skip
    if planned.table.empty:
        st.caption(_("Nobody is in this list."))
    else:
        _calendar(planned)
        customers = made(_with_messages, store, planned, everybody, channel)
        contact_list.show(
            store,
            everybody,
            customers,
            name="cycles",
            first="send_on",
            extra={
                "send_on": Column(_("Write on"), "day"),
                "product": Column(_("Product")),
                "units": Column(_("Units"), "number"),
                "due_day": Column(_("Runs out"), "day"),
                "window_from": Column(_("Usual from"), "day", _("The middle half of those who come back come between these days.")),
                "window_until": Column(_("Usual until"), "day"),
                "times": Column(_("Times its days"), "decimal", _("Days since the purchase over the days it lasts: up to 1 on time, over 3 lost.")),
                "state": Column(_("State")),
            },
        )  # fmt: skip
    _stock(found)


def _with_messages(_store: Store, planned: Plan, everybody: Rfm, channel: str) -> pd.DataFrame:
    """Those to write to, with when and what."""
    told = planned.table.assign(message=[words.message(row, channel) for row in planned.table.itertuples()])
    told["state"] = told.state.map(text.words_of(words.STATES))
    return everybody.customers.merge(
        told[["customer_id", "product", "units", "due_day", "window_from", "window_until", "times", "send_on", "state", "message"]], on="customer_id"
    )  # fmt: skip


def _choose(store: Store, found: Due) -> dict:
    """States, products, days ahead, weekly limit, and who is not written to: by the contact log, by reviews, and by names put in here."""
    names = text.words_of(words.STATES)
    shown = {state: f"{names[state]} {number(words.people(found, state))}" for state in STATES}
    states = linked(
        st.pills, _("Who"), shown, key="cycles_states", default=[THIS_WEEK, NEXT_WEEK], selection_mode="multi"
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        goods = found.by_product
        picked = linked(
            st.multiselect, _("Products"), dict(zip(goods.product_id.head(products.MOST), goods["product"].head(products.MOST), strict=True)),
            key="cycles_products", default=[], placeholder=_("All"), width=420,
        )  # fmt: skip
        lead = st.number_input(
            _("Write so many days before"), 0, 30, 5, key="cycles_lead", bind="query-params", width=180
        )
        limit = st.number_input(
            _("Contacts a week, at most"), 0, 100_000, 0, 10, key="cycles_limit", bind="query-params", width=180,
            help=_("0: no limit. Who finds a week full is written to earlier where there is room, else left out and counted."),
        )  # fmt: skip
    limits, barred = sent_lists.limits(), _barred(store)
    with st.expander(_("Written to lately, or asked to be left alone"), icon=":material/do_not_disturb_on:"):
        st.caption(as_text(words.by_log(len(session.notebook().rows("contact_log")), limits)))
        menu.link("week", _("The limits"), week_view="limits")
        lines = st.text_area(
            _("Others who are not in the log: one account, e-mail or phone number per line"), key="cycles_contacted", height=90, persist_state="session", label_visibility="collapsed",
            placeholder=_("One account, e-mail or phone number per line"),
        )  # fmt: skip
        contacted = named(store, lines.splitlines()) if lines.strip() else []
        if lines.strip():
            st.caption(plural("{n} customer found", "{n} customers found", len(contacted)))
            barred = {**barred, CONTACTED: barred[CONTACTED] | frozenset(contacted)}
    return {
        "states": tuple(states),
        "products": tuple(picked),
        "lead": int(lead),
        "weekly_limit": int(limit),
        "barred": barred,
    }


def _barred(store: Store) -> dict[str, frozenset[str]]:
    """Who is written to on no list, by reason: by the contact log, and by reviews that wait for an answer."""
    barred = result(barred_by_log, session.noted_store(), sent_lists.limits(), LIST_RUNS)
    if not session.current().whole.shop.reviews:
        return barred
    return {**barred, COMPLAINT: made(_complaints, result(triage.cases, store, loading.current()[1]))}


def _complaints(cases: pd.DataFrame) -> frozenset[str]:
    """Customers with an unhappy review of the last WAITS days that nobody has answered."""
    waiting = triage.within(triage.queue(cases), WAITS).shown(states=(BAD,))
    return frozenset(waiting.customer_id.dropna())


def _calendar(planned: Plan) -> None:
    """The days to write, to be put into a calendar."""
    days = planned.by_day
    said = days.products.map(lambda goods: {products.called(name): n for name, n in goods.items()})
    st.download_button(
        _("Days as a calendar (.ics)"),
        lambda: calendar(
            days.assign(products=said),
            summary=_("Write to {customers} people"),
            description=_("{products}"),
            name=_("Reminders"),
            made=datetime.now(UTC),
        ),
        f"regulars-{session.current().shop}-reminders.ics",
        "text/calendar",
        key="cycles_ics",
        on_click="ignore",
        icon=":material/calendar_month:",
        help=_("One entry a day with how many people and which products; no names."),
    )
    first = days.iloc[0]
    st.caption(
        plural(
            "{n} day to write on, the first {day} with {people}.", "{n} days to write on, the first {day} with {people}.", len(days),
            day=text.day(first.send_on), people=plural("{n} person", "{n} people", int(first.customers)),
        )
    )  # fmt: skip


def _stock(found: Due) -> None:
    """Per product: who is where, and the units that run out in four weeks."""
    if found.by_product.empty:
        return
    st.markdown(f"**{_('By product, and what may be bought again in four weeks')}**")
    names = text.words_of(words.STATES)
    widgets.table(
        found.by_product,
        {
            "product": Column(_("Product")),
            "units_28": Column(_("Units due in four weeks"), "number", _("Units that people run out of in the next 28 days: up to so many may be bought again, rather fewer.")),
            **{state: Column(names[state], "number") for state in STATES},
        },
        name="cycles-stock",
        xlsx=True,
        height=360 if len(found.by_product) > 9 else "auto",
    )  # fmt: skip


def _plain(store: Store, found: Due, proof: Backtest, everybody: Rfm, channel: str) -> None:
    """As many people as the list would have, by the plain rule that found most."""
    size = words.people(found, THIS_WEEK, NEXT_WEEK)
    rows, left_out = made(without, result(plain, store, proof.best_plain, size), _barred(store))
    st.markdown(
        as_text(
            text.sentences(
                plural("{n} person by the rule “{rule}”.", "{n} people by the rule “{rule}”.", len(rows), rule=_(words.RULES[proof.best_plain])),
                words.left_out(left_out),
            )
        )
    )  # fmt: skip
    customers = made(_by_rule, everybody.customers, rows, channel)
    contact_list.show(store, everybody, customers, name="cycles-plain")


def _by_rule(customers: pd.DataFrame, rows: pd.DataFrame, channel: str) -> pd.DataFrame:
    listed = customers[customers.customer_id.isin(set(rows.customer_id))]
    return listed.assign(message=_(words.PLAIN[channel]))


def care(store: Store) -> None:
    """Those who got their parcel a week, two weeks or a month ago, for a question how it went."""
    since = linked(
        st.segmented_control,
        _("How long ago"),
        {str(day): _(words.DAYS[day]) for day in CARE},
        key="cycles_since",
        required=True,
    )
    rows, left_out = made(without, result(cared_for, store, int(since)), _barred(store))
    st.markdown(
        as_text(
            text.sentences(
                plural("{n} person got a parcel {days} to {until} days ago and has not bought again since.", "{n} people got a parcel {days} to {until} days ago and have not bought again since.", rows.customer_id.nunique(), days=since, until=int(since) + 6),
                words.left_out(left_out),
            )
        )
    )  # fmt: skip
    if rows.empty:
        return
    first = int((rows.nth == 1).sum())
    st.caption(_("{share} of them bought for the first time.", share=percent(first / len(rows), 0)))
    everybody = result(rfm, store)
    contact_list.show(
        store, everybody, made(_asked_how, store, everybody.customers, rows, int(since)), name="care",
        extra={"product": Column(_("Product")), "nth": Column(_("Purchase no."), "number")},
    )  # fmt: skip


def _asked_how(_store: Store, customers: pd.DataFrame, rows: pd.DataFrame, since: int) -> pd.DataFrame:
    told = rows.assign(message=[_(words.CARE[since], product=products.called(name)) for name in rows["product"]])
    return customers.merge(told[["customer_id", "product", "nth", "message"]], on="customer_id")
