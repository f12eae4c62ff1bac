"""The one contact list of all pages: masked on screen, full in its files, with a holdout to measure by and a message to begin with.

Any rows with a customer_id will do: `show(store, found, rows, name="reminders")`. What they lack (segment, last day, usual product …) is
looked up: for the rows on the screen while the page is drawn, for all of them when a file is asked for. One customer may stand in several
rows. A column `message` is taken as it is; without one the message is the one for the customer's segment.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
import streamlit as st

from analytics.contacts import (
    contact_list,
    detectable,
    held_out_rows,
    in_order,
    reachable,
    reached,
    short_name,
    with_measures,
)
from analytics.export import csv_bytes, xlsx_bytes
from analytics.segments.rfm import Rfm
from analytics.store import Store
from pages.shared import holdout, session, text, widgets
from pages.shared.links import linked
from pages.shared.made import made
from pages.shared.people import customer_card, customer_notes, list_file, names
from pages.shared.segments import PACE_NAMES
from pages.shared.session import result
from pages.shared.text import _, number, plain, plural, points
from pages.shared.widgets import Column

SHOWN = 200
"""Rows of a list looked up and shown on the page; the files hold them all."""
_EXPECTED = 0.20  # share that would buy anyway, for what a holdout can show


def show(
    store: Store,
    found: Rfm,
    customers: pd.DataFrame,
    *,
    name: str,
    extra: dict[str, Column] | None = None,
    first: str | None = None,
    file: str = "",
) -> pd.DataFrame:
    """The list of these customers: options, what it amounts to, files, table. extra: further columns of `customers`, shown second.

    Gives the rows of the list as it was chosen, with held_out; none where nobody is left.

    name: the beginning of the widgets' keys, and of the files unless they have a name of their own (file). first: a column to sort by
    before revenue.
    """
    customers = made(in_order, made(with_measures, found, customers), first)
    if customers.empty:
        st.caption(_("Nobody is in this list."))
        return customers.assign(held_out=False)
    ways, declined = made(_ways, result(reachable, store), customers)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        channel = linked(
            st.selectbox, _("File made for"), {one: _(words) for one, words in list_file.CHANNEL_NAMES.items()},
            key=f"{name}_channel", width=230, help=_(list_file.WHY_CHANNELS),
        )  # fmt: skip
        consenting = declined.any() and st.toggle(
            _("Leave out those who declined marketing"), value=True, key=f"{name}_consent", bind="query-params"
        )
        if consenting:
            customers, ways = made(_without_declined, customers, ways, declined)
        share = holdout.choose(made(_people, customers), key=f"{name}_holdout")
    if customers.empty:
        st.caption(_("All {n} of them declined marketing, so nobody is left to write to.", n=number(len(declined))))
        return customers.assign(held_out=False)
    customers = made(_split, customers, share)
    for said in made(_sum_up, customers, ways, int(declined.sum()) if consenting else 0):
        st.markdown(said)
    lists = _Lists(store, found, customers, name, file or name, extra or {}, first)
    _files(lists, ways, channel)
    _table(lists)
    return customers


@dataclass(frozen=True)
class _Lists:
    """What a file and the table are made of. customers: in order, with held_out."""

    store: Store
    found: Rfm
    customers: pd.DataFrame
    name: str
    file: str
    extra: dict[str, Column]
    first: str | None

    def looked_up(self, rows: pd.DataFrame) -> pd.DataFrame:
        """These rows of `customers` with what a contact list knows of them."""
        return self._held_out(contact_list(self.store, self.found, rows, first=self.first, held_out=0), rows)

    def on_page(self) -> pd.DataFrame:
        """The first of them as the table shows them, with customer_id."""
        return made(_on_page, self.store, self.found, self.customers, self.first, names.shown())

    def _held_out(self, known: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
        return known.assign(held_out=known.customer_id.isin(set(rows.customer_id[rows.held_out])))


def _ways(reach: pd.DataFrame, customers: pd.DataFrame) -> tuple[pd.DataFrame, np.ndarray]:
    """How each row's customer is reached, and whether they declined marketing."""
    ways = reach.reindex(customers.customer_id)
    return ways, ways.marketing.eq(False).fillna(False).to_numpy(dtype=bool)


def _without_declined(
    customers: pd.DataFrame, ways: pd.DataFrame, declined: np.ndarray
) -> tuple[pd.DataFrame, pd.DataFrame]:
    return customers[~declined].reset_index(drop=True), ways[~declined]


def _people(customers: pd.DataFrame) -> int:
    return customers.customer_id.nunique()


def _split(customers: pd.DataFrame, share: float) -> pd.DataFrame:
    return customers.assign(held_out=held_out_rows(customers.customer_id, share=share))


def _on_page(store: Store, found: Rfm, customers: pd.DataFrame, first: str | None, _named: bool) -> pd.DataFrame:
    rows = customers.head(SHOWN)
    known = contact_list(store, found, rows, first=first, held_out=0)
    return known.assign(
        held_out=known.customer_id.isin(set(rows.customer_id[rows.held_out])),
        who=names.who(known),
        segment=known.segment.map(_),
        pace=[_(PACE_NAMES[pace]) if isinstance(pace, str) else "" for pace in known.pace],
        usual_product=[short_name(title) if isinstance(title, str) else None for title in known.usual_product],
    )


def _sum_up(listed: pd.DataFrame, ways: pd.DataFrame, declined: int) -> list[str]:
    """How many are written to and held out, what that can show, and what is known of their consent."""
    people = listed.drop_duplicates("customer_id")
    held = int(people.held_out.sum())
    said = [
        plural("{n} customer", "{n} customers", len(people))
        + _(": {written} to write to, {held} held out.", written=number(len(people) - held), held=number(held))
    ]
    smallest = detectable(len(people) - held, held, _EXPECTED)
    if smallest == smallest:
        said.append(
            _(
                "If {share} would buy anyway, this split shows a difference of {points} or more; a smaller one is too small to tell.",
                share=text.percent(_EXPECTED, 0),
                points=points(smallest).lstrip("+"),
            )
        )
    if declined:
        said.append(plural("{n} more declined marketing.", "{n} more declined marketing.", declined))
    lines = [plain(text.sentences(*said))]
    unknown = ways.marketing.isna()
    if unknown.all():
        lines.append(
            f":orange[:material/warning:] "
            f"{_('The export does not say who accepts marketing: write only to those who agreed, or through the platform’s own chat.')}"
        )
    elif unknown.any():
        lines.append(
            f":orange[:material/warning:] "
            f"{plural('For {n} customer it is not known whether they accept marketing.', 'For {n} customers it is not known whether they accept marketing.', int(unknown.sum()))}"
        )
    return lines


def _files(lists: _Lists, ways: pd.DataFrame, channel: str) -> None:
    """The buttons that save the list. The whole list is looked up only when one is pressed."""
    listed, name = lists.customers, lists.name
    lang, currency, title = text.language(), lists.store.shop.currency, _("Contact list")
    theirs = channel in list_file.THEIRS
    there = len(listed)
    if channel != list_file.ALL:
        there = made(_reached, listed, ways, channel, currency)
        st.caption(plain(list_file.said_of(channel, there, len(listed), int(listed.held_out.sum()))))

    def table() -> pd.DataFrame:
        with text.speaking(lang):
            return list_file.table(list_file.with_messages(lists.looked_up(listed)), channel, lists.extra, currency)

    makes: dict[str, Callable[[], bytes]] = {
        "xlsx": lambda: xlsx_bytes({title: table()}),
        "csv": lambda: csv_bytes(table(), telephones=list_file.TELEPHONES if theirs else ()),
    }
    with st.container(horizontal=True, vertical_alignment="center"):
        for kind, label, mime in (("xlsx", "Excel", widgets.XLSX), ("csv", "CSV", "text/csv")):
            if kind == "xlsx" and theirs:
                continue
            st.download_button(
                _("List as {kind}", kind=label),
                makes[kind],
                f"regulars-{session.current().shop}-{lists.file}{'' if channel == list_file.ALL else '-' + channel}-{lists.found.as_of:%Y-%m-%d}.{kind}",
                mime,
                key=f"{name}_{kind}",
                on_click="ignore",
                type="primary" if kind == "xlsx" or theirs else "secondary",
                disabled=not there,
                icon=":material/download:",
            )
        customer_notes.of_list(lambda: lists.looked_up(listed), made(_people, listed), name)
    st.caption(
        _("The file holds contact details as your export has them: keep it safe, and delete it when you are done.")
    )


def _reached(listed: pd.DataFrame, ways: pd.DataFrame, channel: str, currency: str) -> int:
    """How many rows the file made for a channel holds."""
    return int((reached(ways, channel, currency).to_numpy() & ~listed.held_out.to_numpy()).sum())


def _table(lists: _Lists) -> None:
    """The first rows, masked unless the reader asked for names; a row that is chosen opens that customer's card."""
    store, found, listed, name = lists.store, lists.found, lists.customers, lists.name
    shown = lists.on_page()
    columns = {
        "who": Column(_("Customer"), width="large" if names.shown() else None),
        "segment": Column(_("Segment")),
        **lists.extra,
        "last_day": Column(_("Last bought"), "day"),
        "recency": Column(_("Days since"), "number"),
        "days": Column(_("Times"), "number", _("Days on which they bought; several orders of one day count once.")),
        "revenue": Column(_("Revenue"), "money"),
        "usual_product": Column(_("Usual product")),
        "pace": Column(_("Pace"), "text", _("Days since the last purchase, against the usual cycle of their product.")),
        "high_value": Column(_("High value"), "yes"),
        "held_out": Column(_("Held out"), "yes"),
    }
    rows = widgets.table(
        shown,
        columns,
        name=name,
        key=f"{name}_row",
        select=True,
        height=360 if len(shown) > 9 else "auto",
        download=False,
    )
    if len(listed) > SHOWN:
        st.caption(_("The first {n}; the file has all {total}.", n=number(SHOWN), total=number(len(listed))))
    if rows:
        with st.container(border=True):
            customer_card.show(store, found, shown.customer_id.iloc[rows[0]], name=name)
    else:
        st.caption(_("Choose a row to see that customer."))
