"""The cycles page's views: how long everything lasts, one product, and whether the list would have worked."""

from __future__ import annotations

import streamlit as st

from analytics import repurchase
from analytics.cohorts import charts as cohort_charts
from analytics.cycles import LEAST, Backtest, Cycles, bought_again, by_units, charts
from analytics.repurchase import charts as repurchase_charts
from analytics.statistics import SMALL
from analytics.store import Store
from pages.cycles import words
from pages.shared import drawing, products, text, widgets
from pages.shared.made import made
from pages.shared.session import result
from pages.shared.text import _, number, percent, plain
from pages.shared.widgets import Column

DRAWN = 20
SAID = 5


def cycles(known: Cycles) -> None:
    """Days per unit of every product, as boxes and as a table."""
    told = known.table[(known.table.n >= LEAST)].head(DRAWN)
    if told.empty:
        st.info(
            _("No product has {n} gaps between two purchases yet: too thin to draw.", n=number(LEAST)),
            icon=":material/hourglass_empty:",
        )
    else:
        said = _("{product}: {days} days (middle half {low} to {high}), {n} gaps")
        widgets.chart(
            drawing.drawn(charts.boxes,
                told.assign(
                    label=[f"{name} · {number(n)}" for name, n in zip(products.labels(told["product"].tolist()), told.n, strict=True)],
                    hover=[
                        said.format(product=products.full(row.product), days=number(row.median), low=number(row.p25), high=number(row.p75), n=number(row.n))
                        for row in told.itertuples()
                    ],
                ),
                {"measured": _("Those who bought it again"), "owner": _("You say")},
                axis=_("Days to the next purchase of the same product, per unit bought"),
            ),
            name="cycles",
            unit=_("Box: the middle half of the days to the next purchase, per unit."),
            title=_("How long one unit lasts; beside each name the number of gaps"),
            alt=_("Boxes: the middle half of the days between two purchases of each product, with the median."),
        )  # fmt: skip
        st.caption(_("Only those who came back can be measured, so true times are rather longer; see one product for those still awaited. Bulk buyers shorten them: leave them out at the side."))  # fmt: skip
    widgets.findings([words.cycle(row) for _place, row in known.refills.head(SAID).iterrows()])
    thin = known.table[(known.table.n < LEAST) & (known.table.n > 0)]
    if len(thin):
        st.caption(text.plural("{n} product has fewer than ten gaps: its own figure is too thin, so the family's or the shop's goes in.", "{n} products have fewer than ten gaps: their own figures are too thin, so the family's or the shop's go in.", len(thin)))  # fmt: skip
    widgets.table(
        known.table.assign(
            cycle_from=[_(words.FROM[source]) for source in known.table.cycle_from],
            kind=[products.kind_name(row.kind, row.kind_guessed) for row in known.table.itertuples()],
        ),
        {
            "product": Column(_("Product")),
            "n": Column(_("Gaps"), "number", _("How many such intervals there are.")),
            "median": Column(_("Median"), "decimal", _("Days per unit bought.")),
            "p25": Column(_("A quarter by"), "decimal"),
            "p75": Column(_("Three quarters by"), "decimal"),
            "p80": Column(_("Four in five by"), "decimal", _("After so many days four in five of those who come back have come: that is late, never the day to write.")),
            "days_per_pack": Column(_("You say"), "decimal", _("Days per pack, from your product sheet.")),
            "cycle": Column(_("Reckoned with"), "decimal", _("What due dates go by: your word, else the median, steadied by family and shop.")),
            "cycle_from": Column(_("Taken from")),
            "refill_rate": Column(_("Bought again"), "percent", _("Of purchases watched for twice the usual time, those followed by another of the same product in it.")),
            "old": Column(_("n"), "number", _("Purchases watched for that long.")),
            "kind": Column(_("Kind")),
            "refill": Column(_("Reminded of"), "yes"),
        },
        name="cycles",
        xlsx=True,
        height=420 if len(known.table) > 11 else "auto",
    )  # fmt: skip


def one(store: Store, known: Cycles) -> None:
    """One product: by how many units were bought, and those still awaited."""
    rows = known.table
    chosen = products.choose(rows, "cycles_product")
    row = rows.set_index("product_id").loc[chosen]
    st.markdown(f"**{plain(words.cycle(row))}**")
    if row.n < SMALL and row.n:
        st.caption(_("Fewer than 30 gaps: read it with care."))
    units = result(by_units, store, chosen)
    if len(units):
        widgets.table(
            units.assign(units=[_("5 or more") if n == 5 else number(n) for n in units.units]),
            {
                "units": Column(_("Units bought at once")),
                "n": Column(_("Gaps"), "number"),
                "median": Column(_("Days until the next purchase (median)"), "decimal"),
                "p25": Column(_("A quarter by"), "decimal"),
                "p75": Column(_("Three quarters by"), "decimal"),
            },
            name="cycle-units",
        )
        st.caption(
            _(
                "Where two units last about twice as long as one, reckoning per unit is right; where they do not, people stock up or share."
            )
        )
    curve = result(bought_again, store, chosen)
    if curve.table.events.sum():
        widgets.chart(
            drawing.drawn(
                repurchase_charts.second_purchase,
                {products.label(row["product"]): made(repurchase.bought_again, curve)},
                hover=_("{name}, day {day}: {share} have bought it again"),
                until=made(repurchase.worth_drawing, curve),
                axis=_("Days since the purchase, per unit bought"),
                marks={} if text.missing(row["median"]) else {round(row["median"]): _("half of those who came back")},
            ),
            name="cycle-curve",
            unit=_("Upwards: share of purchases followed by another of the same product; band: 95 % range."),
            title=_("Purchases followed by another of the same product, those still awaited included"),
            alt=_(
                "A rising line with its band: the share of purchases that were followed by another of the same product."
            ),
        )
        half = curve.median_days
        said = (
            _("Not yet half of all purchases of {product} have been followed by another.", product=products.named(row["product"]))
            if text.missing(half)
            else _("Half of all purchases of {product} are followed by another within {days} per unit, those still awaited included.", product=products.named(row["product"]), days=text.days(half))
        )  # fmt: skip
        st.markdown(plain(said))
    else:
        st.info(_("Nobody has bought it twice yet."), icon=":material/hourglass_empty:")


def proof(found: Backtest) -> None:
    """What the list and the plain rules would have found."""
    if not found.table.written.iloc[0]:
        return
    rows = found.table
    usual = rows.buyers.iloc[0] / max(rows.customers.iloc[0], 1)
    said = _("{rule}: {bought} of {written} bought ({share}, range {low} to {high})")
    widgets.chart(
        drawing.drawn(cohort_charts.groups,
            rows.assign(
                label=[_(words.RULES[rule]) for rule in rows.rule],
                rate=rows.precision,
                faded=rows.written < SMALL,
                hover=[
                    said.format(rule=_(words.RULES[row.rule]), bought=number(row.bought), written=number(row.written), share=percent(row.precision), low=percent(row.low), high=percent(row.high))
                    for row in rows.itertuples()
                ],
            ),
            shop=float(usual),
            shop_name=_("All customers"),
        ),
        name="cycles-proof",
        unit=_("Dot: share of the list that bought; line: 95 % range."),
        title=_("Of those named, how many bought within {days}", days=text.days(found.days)),
        alt=_("Dots with ranges: the share of people on each list who bought; all customers dashed."),
    )  # fmt: skip
    stood = text.listed([text.day(day) for day in found.stood])
    st.caption(
        _("As if one stood on {days}, with what was known then; each rule names as many people as the list. Orders cancelled later are known to be so already; all else is as it was.", days=stood)
    )  # fmt: skip
    columns = {
        "rule": Column(_("Rule")),
        "written": Column(_("Named"), "number"),
        "bought": Column(_("Bought"), "number"),
        "precision": Column(_("Of those named"), "percent", _("Precision: how many of those named bought.")),
        "low": Column(_("Range from"), "percent"),
        "high": Column(_("Range to"), "percent"),
        "recall": Column(_("Of all who bought"), "percent", _("Recall: how many of all who bought were named.")),
        "lift": Column(_("Times as often"), "decimal", _("Lift: against naming people at random.")),
        "lift_low": Column(_("Times from"), "decimal"),
        "lift_high": Column(_("Times to"), "decimal"),
    }
    widgets.table(rows.assign(rule=[_(words.RULES[rule]) for rule in rows.rule]), columns, name="cycles-proof")
    with st.expander(_("Each day by itself"), icon=":material/table:"):
        each = found.each
        widgets.table(
            each.assign(rule=[_(words.RULES[rule]) for rule in each.rule]),
            {"stood": Column(_("Stood on"), "day"), **columns},
            name="cycles-proof-each",
        )
