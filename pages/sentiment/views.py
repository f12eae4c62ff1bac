"""The sentiment page over time and by what reviews are about: texts and stars, marks, aspects, products, stars against words."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.reviews import charts, trends
from analytics.reviews.opinions import Opinions
from pages.sentiment import words
from pages.shared import drawing, text, widgets
from pages.shared.links import clicked, linked, points
from pages.shared.made import made
from pages.shared.reviews import review_list
from pages.shared.reviews.labels import ASPECTS
from pages.shared.text import _, month, number, percent, plain, words_of
from pages.shared.widgets import Column


def over_time(found: Opinions, grain: str) -> None:
    """Texts and stars side by side: two measures of the same reviews."""
    table = made(trends.by_period, found, grain)
    if table.empty:
        st.caption(_("None of these reviews has a day, so nothing can be drawn over time."))
        return
    table = table.assign(stars_1_2=table.stars_1 + table.stars_2)
    unfinished = _("This time is not over")
    pair = {
        "with_text": (words.LABELS, _("By text"), "texts-over-time", _("Stacked bars: the share of good, neutral, mixed and bad texts over time.")),
        "with_stars": (words.STARS, _("By stars"), "stars-over-time", _("Stacked bars: the share of each number of stars over time.")),
    }  # fmt: skip
    with st.grid(2, min_column_width=330):
        for of, (names, title, name, alt) in pair.items():
            with st.container():
                if table[of].sum():
                    widgets.chart(
                        drawing.drawn(charts.shares, table, of, words_of(names), unfinished),
                        name=name,
                        unit=_("Height of a bar: share of the reviews of that time."),
                        n=text.plural("{n} review", "{n} reviews", int(table[of].sum())),
                        title=f"{title} · {text.plural('{n} review', '{n} reviews', int(table[of].sum()))}",
                        alt=alt,
                    )
                else:
                    st.markdown(f"**{title}**")
                    st.caption(_("No words that can be read.") if of == "with_text" else _("No stars in these files."))
    if any(table[of].between(1, charts.SMALL - 1).any() for of in pair):
        st.caption(_("Pale: fewer than {n} reviews.", n=charts.SMALL))


def marks(found: Opinions, grain: str) -> None:
    """Marks like those a platform asks for one by one."""
    table = made(trends.marks, found, grain)
    if table.empty or not len(found.with_text):
        return
    hover = [
        f"{words_of(words.DIMENSIONS)[row.dimension]} · {row.period:%Y-%m}<br>{number(row.mark, 2)} · {text.plural('{n} review', '{n} reviews', row.reviews)}<br>"
        + _("complained of by {n}", n=number(row.complained))
        for row in table.itertuples()
    ]
    widgets.chart(
        drawing.drawn(
            charts.marks,
            table.assign(hover=hover),
            words_of(words.DIMENSIONS),
            good=trends.GOOD_MARK,
            good_name=_("Asked of good shops: 4.9"),
        ),
        name="marks",
        unit=_("Upwards: marks from 1 to 5."),
        title=_("Marks as platforms give them, worked out from stars and words"),
        alt=_("Three lines over time: marks for goods as described, for service and for delivery, against 4.9."),
    )
    st.caption(
        _(
            "A review counts 5 where it does not complain of the point, else its own stars, but at most 4. Platforms do not export their own marks."
        )
    )


def about(found: Opinions, now: Opinions, table: pd.DataFrame, span: int, grain: str) -> None:
    """Aspects praised and complained of, their change, and complaints by month; a click shows the reviews."""
    if table.empty:
        st.caption(_("No aspect is spoken of in {n} reviews or more of these days.", n=trends.MENTIONS))
    else:
        names = {"praised": _("Praised"), "complained": _("Complained of")}
        rows = table.assign(label=[_(ASPECTS[name]) for name in table.aspect])
        for side, name in names.items():
            rows[f"hover_{side}"] = [
                f"{row.label} · {name}<br>{getattr(row, side):,} / {row.texts:,}" for row in rows.itertuples()
            ]
        event = widgets.chart(
            drawing.drawn(charts.aspects, rows, names),
            name="aspects",
            unit=_("Length of a bar: reviews."),
            n=text.plural("{n} review", "{n} reviews", len(now.reviews)),
            title=_("Reviews of the last {span} that praise or complain", span=text.days(span)),
            hint=_("Click a bar to read them"),
            alt=_("Bars: for each aspect, how many reviews praise it and how many complain of it."),
            key="sentiment_aspects",
            select=True,
        )
        aspect, _dot, polarity = clicked("sentiment_aspect", _first(event)).partition(".")
        if aspect in ASPECTS and polarity in ("positive", "negative"):
            side = names["praised" if polarity == "positive" else "complained"]
            title = _("{aspect}, {side}", aspect=_(ASPECTS[aspect]), side=side)
            _read(now, aspect, polarity, title, key="sentiment_aspect")
        widgets.table(
            rows,
            {
                "label": Column(_("Aspect")),
                "reviews": Column(_("Reviews"), "number"),
                "praised": Column(_("Praised"), "number"),
                "complained": Column(_("Complained of"), "number"),
                "share": Column(_("Share"), "percent", help=_("Texts that complain of it, of all texts.")),
                "before": Column(_("Before"), "percent", help=_("The same share in the time before.")),
                "change": Column(_("Change"), "percent"),
                "low": Column(_("from"), "percent", help=_("95 % range of the change.")),
                "high": Column(_("to"), "percent"),
            },
            name="aspects",
        )
    _by_period(found, grain)


def _by_period(found: Opinions, grain: str) -> None:
    cells = made(trends.complaints_by_period, found, grain)
    if cells.empty or not cells.complained.any():
        return
    complained = set(cells.aspect[cells.complained > 0])
    order = [aspect for aspect in ASPECTS if aspect in complained]
    shown = cells[cells.aspect.isin(order)].assign(faded=cells.texts < charts.SMALL)
    shown["label"] = [_(ASPECTS[aspect]) for aspect in shown.aspect]
    shown["text"] = [
        f"{number(row.complained)}{'▲' if row.unusual else ''}" if row.complained else "" for row in shown.itertuples()
    ]
    shown["hover"] = [
        f"{row.label} · {row.period:%Y-%m}<br>{percent(row.share)}（{number(row.complained)} / {number(row.texts)}）<br>"
        + _("usually {share}", share=percent(row.usual))
        + (f"<br>▲ {_('unusually many')}" if row.unusual else "")
        for row in shown.itertuples()
    ]
    event = widgets.chart(
        drawing.drawn(charts.complaints, shown, [_(ASPECTS[aspect]) for aspect in order], top=float(shown.share.max())),
        name="complaints-by-month",
        unit=_("Number in a cell: reviews that complain."),
        title=_("Complaints by time: how many, the stronger the colour the larger their share; ▲ unusually many"),
        hint=_("Click a cell to read them"),
        alt=_("A map of aspects by time: how many reviews complain of each; unusual ones are marked."),
        key="sentiment_complaints",
        select=True,
    )
    aspect, _dot, first = clicked("sentiment_month", _first(event)).partition(".")
    if aspect in order and first in {f"{day:%Y-%m-%d}" for day in cells.period}:
        period = pd.Timestamp(first).to_period(trends.GRAINS[grain])
        inside = found.reviews[found.reviews.reviewed_at.dt.to_period(trends.GRAINS[grain]) == period]
        title = f"{_(ASPECTS[aspect])} · {month(period.start_time)}"
        _read(found, aspect, "negative", title, inside, key="sentiment_month")


def _first(event: dict | None) -> str:
    """What is clicked, as an address holds it."""
    chosen = points(event)
    return ".".join(map(str, chosen[0])) if chosen else ""


def _read(
    found: Opinions, aspect: str, polarity: str, title: str, among: pd.DataFrame | None = None, *, key: str
) -> None:
    """The reviews that say so, the latest first, with the clause marked."""
    said = found.mentions[(found.mentions.aspect == aspect) & (found.mentions.polarity == polarity)]
    clauses: dict[int, list[str]] = {}
    for row in said.itertuples():
        clauses.setdefault(row.review_key, []).append(row.clause)
    rows = found.reviews if among is None else among
    rows = rows[rows.review_key.isin(clauses)].sort_values("reviewed_at", ascending=False)
    widgets.opened_below(key, text.plural("{n} review, below", "{n} reviews, below", len(rows)))
    with st.container(border=True):
        st.markdown(plain(f"**{title}** · {text.plural('{n} review', '{n} reviews', len(rows))}"))
        review_list.show(
            rows,
            clauses,
            key=f"sentiment_read_{aspect}_{polarity}",
            colour="red" if polarity == "negative" else "green",
        )


def products(goods: pd.DataFrame, days: int) -> None:
    """Products ranked by complaints per 100 orders, with returns and repurchase beside."""
    if goods.empty:
        st.caption(_("None of these reviews names a product."))
        return
    rows = goods.assign(main=[_(ASPECTS[name]) if name in ASPECTS else "" for name in goods.main_aspect])
    widgets.table(
        rows,
        {
            "product": Column(_("Product")),
            "per_100": Column(_("Per 100 orders"), "decimal", help=_("Complaints per 100 orders")),
            "complaints": Column(_("Complaints"), "number"),
            "reviews": Column(_("Reviews"), "number"),
            "main": Column(_("Most about")),
            "mean_stars": Column(_("Stars"), "decimal"),
            "orders": Column(_("Orders"), "number"),
            "returned_share": Column(_("Returned"), "percent", help=_("Returned or refunded")),
            "rate": Column(_("Back"), "percent", help=_("First buyers back within {days}", days=text.days(days))),
            "eligible": Column(_("First buyers"), "number", help=_("First buyers counted")),
        },
        name="product-complaints",
        xlsx=True,
    )
    st.caption(
        _(
            "Of all reviews and orders in the period. Ranked with small numbers pulled towards the shop's mean; Shopify's variants of a product are counted together."
        )
    )


def apart(found: Opinions) -> None:
    """Reviews whose stars and words say different things."""
    table = made(trends.disagreements, found)
    kinds = {"good_stars": _("Good stars, a complaint in the words"), "bad_stars": _("Bad stars, happy words")}
    if table.empty:
        st.caption(_("Stars and words agree in all reviews of these days."))
        return
    kind = linked(
        st.segmented_control,
        _("Show"),
        {name: f"{label} {number((table.kind == name).sum())}" for name, label in kinds.items()},
        key="sentiment_apart",
        required=True,
    )
    rows = table[table.kind == kind]
    worst = found.complained.set_index("review_key").clause if kind == "good_stars" else pd.Series(dtype="str")
    clauses = {key: list(worst.loc[[key]]) for key in rows.review_key if key in worst.index}
    review_list.show(rows, clauses, key=f"sentiment_apart_{kind}", colour="red")
    st.caption(_("The model can be wrong: sarcasm, “no big problem”, and two opinions inside one clause."))


def languages(found: Opinions) -> None:
    """How many texts are not read."""
    others = int((found.reviews.language == "other").sum())
    if others:
        st.caption(
            text.plural(
                "{n} review is in a language that the model was not measured on; its stars are used.",
                "{n} reviews are in languages that the model was not measured on; their stars are used.",
                others,
            )
        )
