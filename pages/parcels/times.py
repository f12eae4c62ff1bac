"""How long parcels take, and beside it stars and repurchase."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from analytics.parcels import BACK, UNHAPPY, WITHIN, Days, charts
from pages.parcels import words
from pages.shared import drawing, menu, text, widgets
from pages.shared.links import linked
from pages.shared.made import made
from pages.shared.text import _, number, percent, plain
from pages.shared.widgets import Card, Column, about

OUT_OF = {UNHAPPY: "reviewed", BACK: "first_buyers"}


def cards(took: Days, as_of: date) -> None:
    """Days to shipment and completion, and how many left late; those that are known."""
    times, found = took.times, []
    for of, label, n in (
        ("ship_days", _("Days to ship"), times.shipped),
        ("complete_days", _("Days to complete"), times.completed),
    ):
        if n:
            days = times[of]
            note = _("Half of them take at most so long; four in five at most {days}.", days=text.days(days[2]))
            found.append(
                Card(label, text.days(days[1]), note=f"n={number(n)}", about=about(note, numerator=text.days(days[1]), denominator=int(n), as_of=as_of))
            )  # fmt: skip
    if times.dated:
        rule = _("Left later than the last day for shipment that the platform gives.")
        found.append(
            Card(_("Left late"), percent(times.late / times.dated), note=f"n={number(times.dated)}", about=about(rule, numerator=int(times.late), denominator=int(times.dated), as_of=as_of))
        )  # fmt: skip
    if found:
        widgets.cards(found)


def show(took: Days) -> None:
    """Groups by days, and the two differences."""
    measures = {name: _(label) for name, label in words.MEASURES.items() if len(made(_labelled, took, name))}
    if not measures:
        st.info(
            _("Shopee's export tells when a parcel left (實際出貨時間) and when the order was completed (訂單完成時間), Shopify's when it left (Fulfilled at). These files have neither."),
            icon=":material/schedule:",
        )  # fmt: skip
        menu.link("data", _("How to export orders"))
        return
    if not took.times.completed:
        st.caption(_("These exports tell when a parcel left, not when it arrived."))
    for row in took.differences.itertuples():
        st.markdown(plain(f"- {words.difference(row)}"))
    if len(took.differences):
        st.caption(
            _(
                "Slow parcels differ in more than their days: region, season, product. These figures say what goes together, not what brings it about."
            )
        )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        measure = linked(st.segmented_control, _("Days from"), measures, key="parcels_measure", required=True)
        rows = made(_labelled, took, measure)
        reviewed = rows.reviewed.sum() > 0
        against = {name: _(label) for name, label in words.AGAINST.items() if name != UNHAPPY or reviewed}
        outcome = linked(st.segmented_control, _("Beside it"), against, key="parcels_against", required=True)
    out_of = OUT_OF[outcome]
    if rows[out_of].sum() == 0:
        st.caption(_("No first purchase is {days} days old yet, so nobody can say who bought again.", days=WITHIN))
    else:
        _chart(rows, outcome, out_of, measure)
    if not reviewed:
        st.caption(_("No review is joined to these orders, so stars cannot be set beside the days."))
    columns = {
        "label": Column(_(words.MEASURES[measure])), "orders": Column(_("Orders"), "number"), "reviewed": Column(_("With stars"), "number"),
        "stars": Column(_("Mean stars"), "decimal"), "unhappy_rate": Column(_("Three stars or fewer"), "percent"),
        "unhappy_low": Column(_("Few stars, from"), "percent"), "unhappy_high": Column(_("Few stars, to"), "percent"),
        "first_buyers": Column(_("First purchases, old enough"), "number"), "back_rate": Column(_("Bought again within {days} days", days=WITHIN), "percent"),
        "back_low": Column(_("Bought again, from"), "percent"), "back_high": Column(_("Bought again, to"), "percent"),
    }  # fmt: skip
    widgets.table(rows, columns, name=f"parcels-{measure}-days", xlsx=True)


def _labelled(took: Days, measure: str) -> pd.DataFrame:
    """The groups of a measure, each with its days in words."""
    rows = took.of(measure)
    return rows.assign(label=[_(words.GROUPS[measure][place]) for place in rows.place])


def _bars(rows: pd.DataFrame, outcome: str, out_of: str) -> pd.DataFrame:
    drawn = pd.DataFrame(
        {
            "label": rows.label, "n": rows[out_of], "rate": rows[f"{outcome}_rate"], "low": rows[f"{outcome}_low"], "high": rows[f"{outcome}_high"],
            "text": [
                _("{share} ({x}/{n})", share=percent(share), x=number(x), n=number(n)) if n else _("nobody yet")
                for share, x, n in zip(rows[f"{outcome}_rate"], rows[outcome], rows[out_of], strict=True)
            ],
        }
    )  # fmt: skip
    return drawn.assign(hover=[f"{label}<br>{said}" for label, said in zip(drawn.label, drawn.text, strict=True)])


def _chart(rows: pd.DataFrame, outcome: str, out_of: str, measure: str) -> None:
    whole = float(rows[outcome].sum() / rows[out_of].sum())
    titles = {
        UNHAPPY: _("Three stars or fewer, by days"),
        BACK: _("Bought again within {days} days, by days of the first parcel", days=WITHIN),
    }
    unit = {
        UNHAPPY: _("Share of parcels with stars; thin lines: 95 % range; dashed: all together."),
        BACK: _("Share of first purchases that are old enough; thin lines: 95 % range; dashed: all together."),
    }
    widgets.chart(
        drawing.drawn(charts.shares, made(_bars, rows, outcome, out_of), shop=whole, bad=outcome == UNHAPPY), name=f"parcels-{measure}-{outcome}", title=titles[outcome], unit=unit[outcome],
        alt=_("Bars: the share in each group of days, with its range, beside all together."),
    )  # fmt: skip
