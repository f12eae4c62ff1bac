"""The customers behind a cell of the triangle."""

from __future__ import annotations

from datetime import date

import streamlit as st

from analytics import cohorts as analysis
from analytics.cohorts import Cohorts
from analytics.store import Store
from pages.cohorts import words
from pages.shared import text, widgets
from pages.shared.links import clicked
from pages.shared.people import contact_list as contact_lists
from pages.shared.segments import scored
from pages.shared.session import result
from pages.shared.text import _, number, plain
from pages.shared.widgets import Column


def _named(found: Cohorts, name: str) -> tuple[date, int] | None:
    """The cell that an address or a click names as 2025-03-01.4; None where there is no such cell."""
    day, _dot, age = name.partition(".")
    known = {f"{cohort:%Y-%m-%d}": cohort.date() for cohort in found.sizes.cohort}
    return (known[day], int(age)) if day in known and age.isdecimal() else None


def customers(store: Store, found: Cohorts, chosen: list[list], measure: str) -> bool:
    """Who is behind the cell clicked, or named by the address: those counted, or those of the same cohort who are not. False: no cell is.

    chosen: what is clicked on the triangle: cohort and age.
    """
    now = [f"{cohort}.{age}" for cohort, age in chosen if cohort]
    cell = _named(found, clicked("cohorts_cell", now[0] if now else ""))
    if cell is None:
        return False
    cohort, age = cell
    people = result(analysis.members, store, cohort, age, measure, grain=found.grain, step=found.step)
    name = words.cohort_name(cohort, found.grain)
    widgets.opened_below("cohorts_cell", text.plural("{n} customer, below", "{n} customers, below", len(people.came)))
    st.subheader(plain(_("{cohort}, {age}", cohort=name, age=words.age_name(found, age))), anchor=False)
    sides = {
        "came": _("Counted ({n})", n=number(len(people.came))),
        "missing": _("Not counted ({n})", n=number(len(people.missing))),
    }
    side = st.segmented_control(
        _("Customers"),
        list(sides),
        default="came",
        required=True,
        format_func=sides.get,
        key="cohorts_side",
        label_visibility="collapsed",
    )
    rows = people.missing if side == "missing" else people.came
    extra = {
        "first_ordered_at": Column(_("First order"), "day"),
        "revenue_by_then": Column(_("Revenue by then"), "money"),
    }
    contact_lists.show(
        store, scored(store), rows, name=f"cohort-{side}", file=f"cohort-{name}-{age}-{side}", extra=extra
    )
    return True
