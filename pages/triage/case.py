"""One review as a case: what was written and by whom, the owner's note on it, and the draft of a reply."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.reviews import replies, triage
from analytics.reviews.opinions import Opinions
from analytics.reviews.replies import PastReplies
from analytics.workspace import Notebook
from pages.shared import session, text
from pages.shared.made import made
from pages.shared.reviews import review_list
from pages.shared.reviews.labels import aspects_of
from pages.shared.text import _, days, literal, money, number, plain, words_of
from pages.triage import notes, words

BLOCK = 50
"""Drafts made together, so that no two neighbours are alike."""


def show(row: pd.Series, found: Opinions, draft: str) -> None:
    """The case of one row of the queue."""
    with st.container(border=True):
        left, right = st.columns([3, 2], gap="large")
        with left:
            _review(row, found)
            _reply(row, draft)
        with right:
            _customer(row)
            _note(row)


def _review(row: pd.Series, found: Opinions) -> None:
    mine = found.complained[found.complained.review_key == row.review_key]
    facts = [
        review_list.stars(row.rating),
        text.day(row.reviewed_at),
        days(row.age) if row.age >= 1 else "",
        _name(row["product"]),
    ]
    st.caption(plain(" · ".join(fact for fact in facts if fact and fact != "–")))
    st.markdown(plain(review_list.marked(row.text, list(mine.clause), "red")))
    if isinstance(row.text, str) and len(row.text) > review_list.CUT:
        with st.expander(_("The whole text")):
            st.text(row.text)
    if row.against:
        st.caption(_("Complains of: {aspects}", aspects=aspects_of(row.against)))


def _reply(row: pd.Series, draft: str) -> None:
    if isinstance(row.reply, str):
        st.caption(_("Answered on {day}:", day=text.day(row.replied_at)))
        st.markdown(plain(f"> {_line(row.reply)}"))
        _paid(row.reply)
    st.markdown(f"**{_('Draft of a reply')}**")
    st.code(draft, language=None, wrap_lines=True)
    st.caption(
        _("A start, not an answer: name what went wrong in your own words. The button at its corner copies it.")
        if row.state != "unsure"
        else _(
            "A soft contact: people who give three stars often mean well, or misunderstood something. Ask before you explain."
        )
    )
    if row.call_first:
        icon, said = (
            ("call", _("You could call first: this is a customer worth keeping, and the order names a phone number."))
            if isinstance(row.phone, str)
            else (
                "chat",
                _("Write by chat first: this is a customer worth keeping, and the order names no phone number."),
            )
        )
        st.markdown(f":material/{icon}: {said}")


def _paid(reply: str) -> None:
    if replies.offers_reward(reply):
        st.markdown(
            f":red[:material/gavel: {_('This reply offers something for a good review, which the platforms forbid. Rather write:')}]"
        )
        st.code(replies.neutral_invitation(text.language()), language=None, wrap_lines=True)


def _customer(row: pd.Series) -> None:
    currency, shown = session.current().currency, bool(st.session_state.get("names"))
    who = next((one for one in (row.account, row["name"]) if shown and isinstance(one, str)), row.who)
    lines = {_("Customer"): _name(who)}
    if isinstance(row.segment, str):
        lines[_("Segment")] = _(row.segment)
    if not text.missing(row.days):
        bought = text.plural("{n} buying day", "{n} buying days", int(row.days))
        lines[_("Bought so far")] = f"{money(row.revenue, currency)} · {bought}"
    if isinstance(row.order_id, str):
        worth = "" if text.missing(row.order_revenue) else f" · {money(row.order_revenue, currency)}"
        lines[_("This order")] = f"{_name(row.order_id)}{worth}"
    if shown:
        lines |= {_("Phone"): _name(row.phone), _("E-mail"): _name(row.email)}
    if isinstance(row.left_out, str):
        lines[_("The order")] = _(row.left_out)
    st.markdown("\n".join(f"- **{label}** {plain(value)}" for label, value in lines.items()))


def _note(row: pd.Series) -> None:
    chosen = {
        "status": (_("Status"), words.STATUSES, st.segmented_control),
        "fault": (_("Whose fault"), words.FAULTS, st.segmented_control),
        "tag": (_("What is behind it"), words.TAGS, st.segmented_control),
    }
    for name, (label, names, widget) in chosen.items():
        key = f"triage_{name}_{row.review_id}"
        if key not in st.session_state:
            st.session_state[key] = row[name]
        widget(
            label, list(names), format_func=words_of(names).get, key=key, required=True,
            on_change=notes.change, args=(row.review_id, name, key),
        )  # fmt: skip
    for name, label, box in (("owner", _("Who sees to it"), st.text_input), ("note", _("Note"), st.text_area)):
        key = f"triage_{name}_{row.review_id}"
        if key not in st.session_state:
            st.session_state[key] = row[name]
        box(label, key=key, on_change=notes.change, args=(row.review_id, name, key))


def _line(words: str) -> str:
    return literal(" ".join(words.split()))


def _name(value: object) -> str:
    return literal(value) if isinstance(value, str) and value else "–"


def draft(rows: pd.DataFrame, at: int) -> str:
    """The draft for one row, in the language of its review, made with those of the rows before it, so that no two neighbours are alike."""
    return made(_draft, rows, at, session.notebook())


def _draft(rows: pd.DataFrame, at: int, _notebook: Notebook) -> str:
    language = _language(rows.iloc[at])
    near = rows.iloc[at - at % BLOCK : at + 1]
    near = near[[_language(row) == language for _place, row in near.iterrows()]]
    told = pd.DataFrame(
        {
            "label": near.label.where(near.state != "unsure", "neutral"),
            "aspects": near.aspects,
            "segment": near.segment.map(triage.TONES),
            "product": near["product"],
        }
    )
    return replies.drafts(told, language=language, table=notes.templates())[-1]


def _language(row: pd.Series) -> str:
    """What to answer in: the language that the review is written in, Chinese or (for all others) English; without words the page's."""
    return {"zh": "zh_TW", "en": "en", "other": "en"}.get(row.language, text.language())


def copied(past: PastReplies) -> None:
    """How many of the past replies are copies, which ones, and those that offer something for a good review."""
    _told(past)
    if not past.copied.replies:
        st.caption(_("These files hold no replies, so it cannot be said how many were copied."))
        return
    if not past.copied.enough:
        st.caption(
            text.plural(
                "{n} reply is too few to say how many are copied.",
                "{n} replies are too few to say how many are copied.",
                past.copied.replies,
            )
        )
    elif not past.copied.share:
        st.markdown(_("None of the {n} replies is word for word like another one.", n=number(past.copied.replies)))
    else:
        st.markdown(
            plain(
                _(
                    "**{share}** of {n} replies are word for word like another one. Buyers who read on see it: vary the first line at least.",
                    share=text.percent(past.copied.share, 0),
                    n=number(past.copied.replies),
                )
            )
        )
    rows = past.copied.repeated.head(5)
    if len(rows):
        st.markdown(plain("\n".join(f"- {number(row.times)} × {_line(row.reply)}" for row in rows.itertuples())))
    if past.paid:
        said = text.plural(
            "{n} reply offers something for a good review, which the platforms forbid.",
            "{n} replies offer something for a good review, which the platforms forbid.",
            past.paid,
        )
        st.markdown(f":red[:material/gavel: {said}]")
        st.markdown(plain("\n".join(f"- {_line(reply)}" for reply in past.offers[:3])))
        st.caption(plain(_("Rather write: {words}", words=replies.neutral_invitation(text.language()))))


def _told(past: PastReplies) -> None:
    if past.told:
        said = text.plural(
            "{n} review speaks of something given for good stars. If the shop offers that, stop: platforms forbid it.",
            "{n} reviews speak of something given for good stars. If the shop offers that, stop: platforms forbid it.",
            len(past.told),
        )
        st.markdown(f":red[:material/gavel: {said}]")
        st.markdown(plain("\n".join(f"- {_line(words)}" for words in past.told[:3])))
