"""A contact list on the page and as a file: masked on screen, with a holdout to measure by, and a message to begin with."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.contacts import contact_list, detectable, held_out_of
from analytics.export import csv_bytes, xlsx_bytes
from analytics.segments.rfm import Rfm
from analytics.store import Store
from pages.shared import session, text, widgets
from pages.shared.people import customer_card, customer_notes
from pages.shared.segments import PACE_NAMES, message
from pages.shared.text import _, number, plain, plural, points
from pages.shared.widgets import Column

SHOWN = 500
"""Rows of a list shown on the page; the file has them all."""
_EXPECTED = 0.20  # share that would buy anyway, for what a holdout can show
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show(
    store: Store,
    found: Rfm,
    customers: pd.DataFrame,
    *,
    name: str,
    extra: dict[str, Column] | None = None,
    first: str | None = None,
) -> None:
    """The list of these customers (rows of `found.customers`): options, what it amounts to, table, files. extra: their further columns.

    A column `message` goes into the file in the place of the segment's message.

    name: of the files, and the beginning of the widgets' keys. first: a column to sort by before revenue.
    """
    if customers.empty:
        st.caption(_("Nobody is in this list."))
        return
    listed = contact_list(store, found, customers, first=first)
    declined = listed.marketing.eq(False).fillna(False).astype(bool)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        share = st.number_input(
            _("Held out, %"), 0, 50, 10, 5, key=f"{name}_holdout", bind="query-params", width=160,
            help=_("These customers get no message. Later, compare how many of them bought with how many of the others did."),
        )  # fmt: skip
        consenting = declined.any() and st.toggle(
            _("Leave out those who declined marketing"), value=True, key=f"{name}_consent", bind="query-params"
        )
    if consenting:
        listed = listed[~declined].reset_index(drop=True)
        if listed.empty:
            st.caption(_("All {n} of them declined marketing, so nobody is left to write to.", n=number(len(declined))))
            return
    listed = listed.assign(held_out=held_out_of(listed.customer_id, share=share / 100))
    _sum_up(listed, int(declined.sum()) if consenting else 0)
    file = _file(listed, extra or {})
    with st.container(horizontal=True, vertical_alignment="center"):
        for label, mime, ending in (("Excel", _XLSX, "xlsx"), ("CSV", "text/csv", "csv")):
            st.download_button(
                _("List as {kind}", kind=label),
                (lambda: xlsx_bytes({_("Contact list"): file})) if ending == "xlsx" else (lambda: csv_bytes(file)),
                f"regulars-{session.current().shop}-{name}-{found.as_of:%Y-%m-%d}.{ending}",
                mime,
                key=f"{name}_{ending}",
                on_click="ignore",
                type="primary" if ending == "xlsx" else "secondary",
                icon=":material/download:",
            )
        customer_notes.of_list(listed, name)
    st.caption(
        _("The file holds contact details as your export has them: keep it safe, and delete it when you are done.")
    )
    _table(store, found, listed, name, extra or {})


def _sum_up(listed: pd.DataFrame, declined: int) -> None:
    """How many are written to and held out, what that can show, and what is known of their consent."""
    held = int(listed.held_out.sum())
    said = [
        plural("{n} customer", "{n} customers", len(listed))
        + _(": {written} to write to, {held} held out.", written=number(len(listed) - held), held=number(held))
    ]
    smallest = detectable(len(listed) - held, held, _EXPECTED)
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
    st.markdown(plain(text.sentences(*said)))
    if listed.marketing.isna().all():
        st.markdown(
            f":orange[:material/warning:] "
            f"{_('The export does not say who accepts marketing: write only to those who agreed, or through the platform’s own chat.')}"
        )
    elif listed.marketing.isna().any():
        st.markdown(
            f":orange[:material/warning:] "
            f"{plural('For {n} customer it is not known whether they accept marketing.', 'For {n} customers it is not known whether they accept marketing.', int(listed.marketing.isna().sum()))}"
        )


def _table(store: Store, found: Rfm, listed: pd.DataFrame, name: str, extra: dict[str, Column]) -> None:
    """The first rows, masked unless the reader asked for names; a row that is chosen opens that customer's card."""
    shown = listed.head(SHOWN)
    who = shown.account.fillna(shown.email).fillna(shown.phone).fillna(shown.customer_id)
    shown = shown.assign(
        who=who if st.session_state.get("names") else shown.label,
        segment=shown.segment.map(_),
        pace=[_(PACE_NAMES[pace]) if isinstance(pace, str) else "" for pace in shown.pace],
    )
    columns = {
        "who": Column(_("Customer")),
        "segment": Column(_("Segment")),
        **extra,
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
        key=f"{name}_rows",
        select=True,
        height=360 if len(shown) > 9 else "auto",
        download=False,
    )
    if len(listed) > SHOWN:
        st.caption(_("The first {n}; the file has all {total}.", n=number(SHOWN), total=number(len(listed))))
    if rows:
        with st.container(border=True):
            customer_card.show(store, found, shown.customer_id.iloc[rows[0]])
    else:
        st.caption(_("Choose a row to see that customer."))


def _file(listed: pd.DataFrame, extra: dict[str, Column]) -> pd.DataFrame:
    """The list as it goes into a file: contacts the export has, consent, what they buy, and the message (none for those held out)."""
    yes, no, unknown = _("yes"), _("no"), _("unknown")
    contacts = {"account": _("Account"), "email": _("E-mail"), "phone": _("Phone")}
    file = pd.DataFrame({label: listed[column] for column, label in contacts.items() if listed[column].notna().any()})
    if file.empty or not len(file.columns):
        file[_("Customer")] = listed.customer_id
    file[_("Accepts marketing")] = [
        unknown if accepts is pd.NA or accepts is None or accepts != accepts else yes if accepts else no
        for accepts in listed.marketing
    ]
    file[_("Segment")] = listed.segment.map(_)
    for column, how in extra.items():
        file[how.label] = listed[column]
    file[_("Last bought")] = listed.last_day.dt.date
    file[_("Days since")] = listed.recency
    file[_("Buying days")] = listed.days
    file[_("Revenue")] = listed.revenue.round(2)
    file[_("Usual product")] = listed.usual_product
    file[_("Against the usual cycle")] = [_(PACE_NAMES[pace]) if isinstance(pace, str) else "" for pace in listed.pace]
    file[_("High value")] = [yes if high else no for high in listed.high_value]
    file[_("Held out")] = [yes if held else no for held in listed.held_out]
    file[_("Suggested message")] = [
        _("(held out: do not write)")
        if row.held_out
        else getattr(row, "message", None) or message(row.segment, row.usual_product)
        for row in listed.itertuples()
    ]
    return file
