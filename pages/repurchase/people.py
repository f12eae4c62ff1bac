"""The repurchase page's people: new against old buyers by month, and the lists of whom to write to."""

from __future__ import annotations

import streamlit as st

from analytics.overview import charts, monthly
from analytics.repurchase import LEAST, Gaps, waiting
from analytics.store import Store
from pages.repurchase import words
from pages.shared import drawing, text, widgets
from pages.shared.links import choice
from pages.shared.people import contact_list as contact_lists
from pages.shared.segments import of_all_history, scored
from pages.shared.session import result
from pages.shared.text import _, plain
from pages.shared.widgets import Column

KINDS = ("new", "existing", "reactivated", "guest")


def mix(store: Store) -> str:
    """Buyers, or their money, of each month by what the shop knew of them; gives the view's answer."""
    measure = choice(_("Show"), words.MIX, "repurchase_mix")
    months = result(monthly, store)
    answer = words.of_mix(months, measure, store.shop.currency)
    labels = {kind: _(kind) for kind in KINDS} | {"unfinished": _("This month is not over")}
    widgets.chart(
        drawing.drawn(
            charts.by_month,
            months,
            labels,
            measure=measure,
            prefix=text.symbol(store.shop.currency) if measure == "revenue" else "",
        ),
        name=f"buyer-mix-{measure}",
        unit=_("Height of a bar: buyers of the month.")
        if measure == "buyers"
        else _(
            "Height of a bar: revenue of the month in {currency}, before shipping and tax.",
            currency=store.shop.currency,
        ),
        finding=answer,
        title=_("Each month, by kind of buyer"),
        alt=_("Stacked bars: each month's revenue or buyers, split into new, existing, reactivated and guests."),
    )
    kinds = KINDS[:3] if measure == "buyers" else KINDS
    kind = "number" if measure == "buyers" else "money"
    widgets.table(
        months,
        {
            "period": Column(_("Month"), "month"),
            "finished": Column(_("Finished"), "yes"),
            **{f"{name}_{measure}": Column(labels[name], kind) for name in kinds},
        },
        name=f"buyer-mix-{measure}",
    )
    return answer


def people(store: Store, gaps: Gaps) -> str:
    """Lists to write to: who turns late soon, who is near a second purchase, who could be made a regular; gives the view's answer."""
    if gaps.table.empty:
        st.info(
            _("Nobody has bought a second time yet, so there is no usual interval."), icon=":material/hourglass_empty:"
        )
        return ""
    found = result(waiting, store)
    which = choice(_("Which list"), words.PEOPLE, "repurchase_list")
    rows = {"late": found.turning_late(), "second": found.near_second, "loyal": found.to_be_made_loyal}[which]
    if which != "loyal" and gaps.late(1) is None:
        st.info(
            _("Fewer than {n} repeat purchases: too few to say who is late.", n=LEAST),
            icon=":material/hourglass_empty:",
        )
        return ""
    usual = gaps.of(1)
    about = {
        "late": _("Silent customers who turn late in the next 30 days: 80 % of the purchases of their step came by then. It is the day from which they are late; write to them before it. The days stand under “Days between”."),
        "second": _("One purchase so far, {low} to {high} ago: the middle half of the second purchases came in this time.", low=text.days(usual.p25), high=text.days(usual.p75)),
        "loyal": _("Two purchases or more: worth a loyalty plan of their own. Sort by last order or by revenue."),
    }[which]  # fmt: skip
    st.caption(plain(text.sentences(about, of_all_history(store))))
    extra, first = {"first_ordered_at": Column(_("First order"), "day")}, None
    if which == "late":
        extra, first = {"late_on": Column(_("Late from"), "day"), **extra}, "late_on"
    if which == "second":
        extra, first = {"expected_until": Column(_("Usual time ends"), "day"), **extra}, "expected_until"
    contact_lists.show(store, scored(store), rows, name=f"people-{which}", extra=extra, first=first)
    return words.of_people(which, len(rows))
