"""匯入與體檢 Import & health: what was read of the files, what counts and what does not, and what makes a number doubtful."""

import streamlit as st

from analytics import health as analysis
from analytics.errors import NotRecognised
from analytics.health import charts
from analytics.store import Filters
from pages.data import asked, checks, health, mapping, pasted
from pages.shared import drawing, not_customers, session, states, text, widgets
from pages.shared.reviews import read_files
from pages.shared.session import result
from pages.shared.text import _, plural
from pages.shared.widgets import Card

now = session.current()
mapping.editors([problem for problem in now.problems if isinstance(problem, NotRecognised)])
if now.whole is None:
    mapping.saved()
    states.nothing_read(at_data=True)
    pasted.box()
    health.how_to_export(expanded=True)
    st.stop()

if now.whole.shop.orders == 0:
    read_files.only_reviews(now.whole)
    asked.first_of_two(result(analysis.doubts, now.whole))
    asked.answered()
    mapping.saved()
    pasted.box()
    health.how_to_export(expanded=True)
    st.stop()

chosen = ("include", "leave_out_statuses", "same_day", "known", "sheet")
store = session.view(now.whole, Filters(**{name: getattr(now.filters, name) for name in chosen}))
found = result(analysis.health, store)
top = widgets.header(
    _("Can these data be trusted?"),
    scope=_("All files, whatever the filter at the side; amounts in {currency}.", currency=store.shop.currency),
)
all_orders = int(found.outcomes["orders"].sum())
top.answer(
    text.sentences(
        plural(
            "{n} file holds {rows} rows and {orders} orders.",
            "{n} files hold {rows} rows and {orders} orders.",
            found.files["key"].nunique(),
            rows=text.number(found.rows),
            orders=text.number(all_orders),
        ),
        _(
            "{kept} orders count, {left} do not, and each of those has its reason below.",
            kept=text.number(found.kept),
            left=text.number(all_orders - found.kept),
        ),
    )
)
known = found.people["known"] / max(1, found.people["orders"])
widgets.cards(
    [
        Card(_("Orders that count"), text.number(found.kept), note=_("of {n} read", n=text.number(all_orders))),
        Card(
            _("Revenue of these orders"),
            text.money(found.money["revenue"], store.shop.currency),
            note=_("before shipping"),
        ),
        Card(
            _("Orders with a known buyer"),
            text.percent(known),
            note=plural("{n} customer", "{n} customers", int(found.people["customers"])),
        ),
        Card(_("Data up to"), text.day(store.shop.as_of), note=_("from {day}", day=text.day(store.shop.first_ordered))),
    ]
)
asked.first_of_two(result(analysis.doubts, now.whole))
st.subheader(_("Check-up"), anchor=False)
checks.checks(found)
not_customers.line(now.store, page="data")
st.subheader(_("Which orders count?"), anchor=False)
health.reconciliation(found, store)
health.reasons(found, store, now.filters.include)
health.unread(found, store)
health.statuses(found, now.filters.leave_out_statuses)
silent = found.silent_months
widgets.chart(
    drawing.drawn(
        charts.months,
        found.months,
        labels={"orders": _("Count"), "left_out": _("Do not count"), "silent": _("No orders")},
        silent=silent,
    ),
    name="orders-by-month",
    unit=_("Height of a bar: orders of the month."),
    title=_("Orders by month"),
    alt=_("Bars: orders of each month that count and that do not; months without any are marked."),
)
st.subheader(_("Files"), anchor=False)
health.files(found)
if now.own:
    asked.stores(analysis.stores(now.whole), found.files)
    asked.answered()
if now.whole.shop.reviews:
    st.markdown(f"**{_('Files of reviews')}**")
    read_files.show(now.whole)
mapping.saved()
pasted.box()
health.how_to_export(expanded=False)
widgets.guide("data")
