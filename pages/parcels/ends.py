"""Unclaimed, cancelled and returned: by reason, payment, delivery, product and month, and what unclaimed parcels cost."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from analytics.contacts import short_name
from analytics.parcels import PARTS, RATES, Outcomes, charts, unreadable
from analytics.statistics import SMALL
from analytics.store import Store
from pages.parcels import words
from pages.shared import drawing, menu, text, widgets
from pages.shared.links import linked
from pages.shared.made import made
from pages.shared.session import result
from pages.shared.text import N_, _, literal, missing, money, number, percent, plain, plural
from pages.shared.widgets import Card, Column, about

SHOWN = 12
"""Bars of a chart; the table holds all."""
LABEL = 22
"""Characters of a name beside its bar."""
COST = "parcels_cost"
MORE = N_("{name}: {what} more often than elsewhere, {rate} ({x} of {n}) against {others}; more than chance explains.")
LESS = N_("{name}: {what} less often than elsewhere, {rate} ({x} of {n}) against {others}; more than chance explains.")


def cards(found: Outcomes, as_of: date) -> None:
    """The rates that the files tell, each with what it is out of."""
    whole = found.whole
    row = [
        Card(
            _(words.RATES[rate]),
            percent(whole[f"{rate}_rate"]),
            note=f"n={number(whole[out_of])}",
            about=about(_(words.OUT_OF[rate]), numerator=int(whole[rate]), denominator=int(whole[out_of]), as_of=as_of),
        )
        for rate, out_of in RATES.items()
        if whole[out_of] and whole.open < whole.orders
    ]
    if row:
        widgets.cards(row)


def show(found: Outcomes, currency: str) -> None:
    """Cost, reasons, and one way to cut the shop."""
    whole = found.whole
    if whole.open:
        st.caption(
            plural(
                "{n} order is left out of what is unclaimed or returned: its file does not say yet what became of it.",
                "{n} orders are left out of what is unclaimed or returned: their files do not say yet what became of them.",
                int(whole.open),
            )
        )
    if whole.sent:
        _cost(found, currency)
    st.subheader(_("What the files give as the reason"), anchor=False)
    _reasons(found, currency)
    st.subheader(_("Where it happens more"), anchor=False)
    _cut(found)


def _cost(found: Outcomes, currency: str) -> None:
    whole, lost = found.whole, found.reasons[found.reasons.outcome == "unclaimed"].worth.sum()
    with st.container(border=True):
        cost = st.number_input(
            _("What an unclaimed parcel costs you (postage there and back, packing)"), 0.0, 100_000.0, None, 5.0, format="%.0f", key=COST,
            placeholder=_("for example: 80"), width=420,
        )  # fmt: skip
        said = plural("{n} parcel came back unclaimed, with goods of {worth}.", "{n} parcels came back unclaimed, with goods of {worth}.", int(whole.unclaimed), worth=money(lost, currency))  # fmt: skip
        if missing(cost):
            st.markdown(plain(said))
            return
        each = cost * whole.unclaimed / whole.taken if whole.taken else None
        spent = _(
            "At {cost} each they cost {sum}, or {each} on every parcel that somebody took.",
            cost=money(cost, currency), sum=money(cost * whole.unclaimed, currency), each=money(each, currency, exact=True),
        )  # fmt: skip
        st.markdown(plain(text.sentences(said, spent)))


def _reasons(found: Outcomes, currency: str) -> None:
    rows = found.reasons
    if rows.empty:
        st.caption(_("Nothing was cancelled, left unclaimed or given back in this period."))
        return
    if not found.told.reasons and (rows.outcome == "cancelled").any():
        st.caption(_("These exports give no reason for cancelled orders."))
    table = made(_with_shares, rows, int(found.whole.orders))
    columns = {
        "what": Column(_("What became of it")), "reason": Column(_("Reason in the file"), width="large"), "orders": Column(_("Orders"), "number"),
        "share": Column(_("Share of all orders"), "percent"), "worth": Column(_("Goods ({currency})", currency=currency), "money"),
    }  # fmt: skip
    widgets.table(table, columns, name="parcels-reasons", xlsx=True)
    st.caption(_("Of what came back, files tell how the request stands, not why it was made; the reviews may."))


def _with_shares(rows: pd.DataFrame, orders: int) -> pd.DataFrame:
    return rows.assign(
        what=[_(words.OUTCOMES[outcome]) for outcome in rows.outcome],
        reason=rows.reason.where(rows.reason != "", _(words.NOT_TOLD)),
        share=rows.orders / orders,
    )


def _cut(found: Outcomes) -> None:
    known = found.whole.open < found.whole.orders
    told = {name: _(label) for name, label in words.RATES.items() if known and found.whole[RATES[name]]}
    if not told:
        st.caption(_("There is nothing to compare yet."))
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        rate = linked(st.segmented_control, _("What"), told, key="parcels_rate", required=True)
        part = linked(
            st.segmented_control, _("By"), {name: _(words.PARTS[name]) for name in PARTS}, key="parcels_part", required=True
        )  # fmt: skip
    rows = made(_named, found, part)
    if len(rows) < 2:
        st.caption(_("These exports tell only one of these, so there is nothing to compare."))
        return
    for row in made(Outcomes.unlike, found, part, rate).head(3).itertuples():
        sentence = MORE if row.more else LESS
        st.markdown(
            plain(
                f"- {_(sentence, name=literal(_name(part, row.name)), what=_(words.RATES[rate]), rate=percent(row.rate), x=number(row.x), n=number(row.n), others=percent(row.others))}"
            )
        )
    bars = made(_bars, rows, part, rate)
    widgets.chart(
        drawing.drawn(charts.shares, bars, shop=float(found.whole[f"{rate}_rate"]), bad=True),
        name=f"parcels-{rate}-{part}", title=_("{what}, by {part}", what=_(words.RATES[rate]), part=_(words.PARTS[part])),
        unit=_("Share of {of}; thin lines: 95 % range; dashed: the whole shop.", of=_(words.OUT_OF[rate])),
        alt=_("Bars: the share of parcels in each group, with its range, beside the whole shop's."),
    )  # fmt: skip
    few = int((bars.n < SMALL).sum())
    if few:
        st.caption(
            plural(
                "{n} of them stands on fewer than 30 and is drawn pale: read its range, not its share.",
                "{n} of them stand on fewer than 30 and are drawn pale: read their ranges, not their shares.",
                few,
            )
        )
    columns = {"shown": Column(_(words.PARTS[part])), "orders": Column(_("Orders"), "number")}
    for name, of in RATES.items():
        if found.whole[of]:
            columns |= {
                name: Column(_(words.RATES[name]), "number"),
                f"{name}_rate": Column(_("{what}, share", what=_(words.RATES[name])), "percent"),
            }
            if of != "orders":
                columns[of] = Column(_("Out of") if of == "sent" else _("Taken"), "number")
    columns |= {f"{rate}_low": Column(_("Range from"), "percent"), f"{rate}_high": Column(_("Range to"), "percent")}
    widgets.table(rows, columns, name=f"parcels-by-{part}", xlsx=True)


def _bars(rows: pd.DataFrame, part: str, rate: str) -> pd.DataFrame:
    """The groups as they are drawn: the largest, or the latest months."""
    out_of = RATES[rate]
    shown = (
        rows.sort_values([out_of, "name"], ascending=[False, True]).head(SHOWN) if part != "month" else rows.tail(24)
    )
    drawn = pd.DataFrame(
        {
            "label": _labels(shown.shown.map(short_name) if part == "product" else shown.shown),
            "n": shown[out_of].to_numpy(), "rate": shown[f"{rate}_rate"].to_numpy(), "low": shown[f"{rate}_low"].to_numpy(), "high": shown[f"{rate}_high"].to_numpy(),
            "text": [
                _("{share} ({x}/{n})", share=percent(share), x=number(x), n=number(n))
                for share, x, n in zip(shown[f"{rate}_rate"], shown[rate], shown[out_of], strict=True)
            ],
        }
    )  # fmt: skip
    drawn["hover"] = [f"{name}<br>{words_}" for name, words_ in zip(shown.shown, drawn.text, strict=True)]
    return drawn


def _named(found: Outcomes, part: str) -> pd.DataFrame:
    rows = found.of(part)
    return rows.assign(shown=[_name(part, name) for name in rows["name"]])


def _name(part: str, name: str) -> str:
    if not name:
        return _(words.NOT_TOLD)
    return text.month(date.fromisoformat(name)) if part == "month" else name


def _labels(named: pd.Series) -> list[str]:
    """Names cut to what fits beside a bar, each one its own."""
    found: list[str] = []
    for name in named:
        label = name if len(name) <= LABEL else f"{name[: LABEL - 1]}…"
        found.append(label if label not in found else f"{label} ({len(found) + 1})")
    return found


def unread(store: Store, found: Outcomes) -> None:
    """Times of parcels that cannot be read, or lie before the order: listed, never guessed."""
    told = found.told
    n = int(told.unread + told.before_order)
    if not n:
        return
    with st.expander(
        plural("{n} order has a time that cannot be used", "{n} orders have a time that cannot be used", n),
        icon=":material/rule:",
    ):
        rows = result(unreadable, store)
        st.caption(_("Either it cannot be read, or it lies before the order. It is left unknown."))
        widgets.table(
            rows,
            {"shop": Column(_("Store")), "order_id": Column(_("Order")), "written": Column(_("What stands there")), "before_order": Column(_("Before the order"), "yes")},
            name="parcels-unread",
        )  # fmt: skip
        menu.link("data")
