"""Lists with a purpose of their own: who hears of a festival first, who would subscribe, and whom to ask."""

from __future__ import annotations

from datetime import timedelta

import pandas as pd
import streamlit as st

from analytics.contacts import bought_around, first_to_know, short_name, subscription_candidates, survey_sample
from analytics.segments.advice import QUESTIONS
from analytics.segments.rfm import Rfm
from analytics.store import Store
from pages.shared import not_customers, text
from pages.shared.links import linked
from pages.shared.made import made
from pages.shared.people import contact_list as contact_lists
from pages.shared.text import N_, _, number, plain, plural
from pages.shared.widgets import Column

LISTS = {
    "festival": N_("First to know of a festival"),
    "subscription": N_("Would take a subscription"),
    "survey": N_("Loyal customers to ask"),
}


def show(store: Store, found: Rfm) -> None:
    """Lists with a purpose of their own."""
    kind = linked(
        st.segmented_control,
        _("List"),
        {name: _(word) for name, word in LISTS.items()},
        key="segments_more",
        required=True,
    )
    {"festival": _festival, "subscription": _subscription, "survey": _survey}[kind](store, found)


def _festival(store: Store, found: Rfm) -> None:
    """Loyal customers first, in waves; with a mark for those who bought at the same time a year ago."""
    day = st.date_input(
        _("Festival"), value=found.as_of + timedelta(days=30), key="segments_festival", bind="query-params", width=200
    )
    told = made(first_to_know, found)
    then = made(bought_around, store, day)
    told = told.assign(then=told.customer_id.isin(then))
    waves = told.wave.value_counts()
    st.markdown(
        _(
            "Wave 1, five days before: {first} champions and loyal customers. Wave 2, three days before: {second}. Wave 3, the day before: {third}. Everybody else learns it with the public.",
            first=number(waves.get(1, 0)),
            second=number(waves.get(2, 0)),
            third=number(waves.get(3, 0)),
        )
    )
    _warned(told.customer_id)
    extra = {"wave": Column(_("Wave"), "number"), "then": Column(_("Bought then last year"), "yes")}
    contact_lists.show(store, found, told, name="festival", extra=extra, first="wave")


def _subscription(store: Store, found: Rfm) -> None:
    """Customers who buy one product at steady gaps."""
    saving = st.number_input(
        _("A subscriber would save, %"), 0, 50, 5, key="segments_saving", bind="query-params", width=220
    )
    rows = made(subscription_candidates, store, saving=saving / 100)
    st.markdown(
        plain(
            plural(
                "{n} time somebody buys one product three times or more, at steady gaps, and is not long overdue.",
                "{n} times somebody buys one product three times or more, at steady gaps, and is not long overdue.",
                len(rows),
            )
        )
    )
    _warned(rows.customer_id)
    extra = {
        "product": Column(_("Product")),
        "times": Column(_("Times bought"), "number"),
        "gap_days": Column(_("Every"), "days"),
        "variation": Column(
            _("Spread"),
            "percent",
            _("How much the gaps differ from one another, against the usual gap: the lower, the steadier."),
        ),
        "quantity": Column(_("Units a time"), "decimal"),
        "due_day": Column(_("Next due"), "day"),
        "spend_a_year": Column(_("Spends a year"), "money"),
        "saving_a_year": Column(_("Would save a year"), "money"),
    }
    messages = [
        _(
            "Hello! You take {product} about every {gap}. Would you like us to put it aside each time? You would save {saving} a year.",
            product=short_name(row.product), gap=text.days(row.gap_days), saving=text.money(row.saving_a_year, store.shop.currency),
        )
        for row in rows.itertuples()
    ]  # fmt: skip
    rows = rows.assign(message=messages, most=-rows.spend_a_year)
    contact_lists.show(store, found, rows, name="subscription", extra=extra, first="most")


def _warned(customer_ids: pd.Series) -> None:
    """Say how many of a list look like wholesale or staff."""
    if said := not_customers.among(set(customer_ids)):
        st.caption(f":material/warehouse: {said}")


def _survey(store: Store, found: Rfm) -> None:
    """Loyal customers drawn at random but always the same ones, and what to ask them."""
    size = st.number_input(
        _("How many to ask"), 10, 500, 100, 10, key="segments_survey", bind="query-params", width=200
    )
    asked = made(survey_sample, found, size)
    st.markdown("\n".join(f"{place}. {_(question)}" for place, question in enumerate(QUESTIONS, start=1)))
    st.caption(
        _("Eight questions, five minutes. Promise no reward: thank them afterwards, and tell them what you changed.")
    )
    contact_lists.show(store, found, asked, name="survey")
