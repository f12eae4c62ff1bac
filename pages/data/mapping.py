"""A file of unknown layout: its first rows, the guessed role of each column, and going on with what the owner chose."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analytics.errors import NotRecognised
from analytics.sources import guess, guess_reviews
from analytics.sources.platforms import OPINIONS
from pages.shared import session
from pages.shared.text import N_, _, literal, plain, plural

NONE = ""
ROLES = {
    "order_id": N_("Order number"),
    "ordered_at": N_("Order date"),
    "account": N_("Buyer"),
    "email": N_("Buyer's e-mail"),
    "phone": N_("Buyer's phone"),
    "product": N_("Product"),
    "quantity": N_("Quantity"),
    "price": N_("Price per unit"),
    "amount": N_("Amount"),
    "status": N_("Order status"),
    "currency": N_("Currency"),
}
REVIEW_ROLES = {
    "text": N_("What the buyer wrote"),
    "rating": N_("Stars (1 to 5)"),
    "score": N_("Score (0 to 10)"),
    "reviewed_at": N_("Day of the review"),
    "product": N_("Product"),
    "order_id": N_("Order number"),
    "account": N_("Buyer"),
    "email": N_("Buyer's e-mail"),
    "reply": N_("The shop's reply"),
}
FORMS = 3
"""Forms for unknown files on one page."""
KINDS = {"orders": N_("Orders"), "reviews": N_("Reviews")}
AMOUNTS = {"gross": N_("of the whole order"), "line_total": N_("of each line")}
CURRENCIES = ("TWD", "USD", "HKD", "JPY", "KRW", "MYR", "SGD", "THB", "VND", "IDR", "PHP", "BRL", "CNY", "EUR", "GBP")


def editors(problems: Sequence[NotRecognised]) -> None:
    """A form for each layout, the first FORMS of them: what is said of one file holds for all that have its columns."""
    layouts: dict[tuple[str, ...], list[NotRecognised]] = {}
    for problem in problems:
        layouts.setdefault(tuple(problem.preview.columns), []).append(problem)
    for alike in list(layouts.values())[:FORMS]:
        editor(alike[0], len(alike) - 1)
    left = len(layouts) - FORMS
    if left > 0:
        st.caption(
            plural("And {n} more layout, once these are read.", "And {n} more layouts, once these are read.", left)
        )


def editor(problem: NotRecognised, others: int) -> None:
    """The form for one file: every role is guessed, the owner corrects and goes on. Below it, a mapping saved before.

    others: how many more files have the same columns.
    """
    key = f"data_map_{problem.key}"
    with st.container(border=True):
        st.markdown(f"**:material/table_chart: {plain(literal(problem.file))}**")
        if others:
            st.caption(
                plural(
                    "{n} more file has these columns and is read the same way.",
                    "{n} more files have these columns and are read the same way.",
                    others,
                )
            )
        st.markdown(_("We do not know this layout. Say which column is which, and we go on. The first rows:"))
        st.dataframe(problem.preview.head(5), hide_index=True, alt=_("The first rows of the file"))
        of_reviews = _kind(problem, key) == "reviews"
        with st.form(key, border=False):
            _review_roles(problem, key) if of_reviews else _roles(problem, key)
            st.form_submit_button(
                _("Read it like this"),
                type="primary",
                icon=":material/arrow_forward:",
                on_click=_keep_reviews if of_reviews else _keep,
                args=(problem, key),
            )
        if of_reviews and st.session_state.get(f"{key}_silent"):
            st.markdown(
                f":red[:material/error: {_('What the buyer wrote, stars or a score: at least one is needed.')}]"
            )
        if not of_reviews and st.session_state.get(f"{key}_incomplete"):
            st.markdown(
                f":red[:material/error: {_('The order number, the order date and an amount (or a price) are needed.')}]"
            )
        with st.expander(_("I saved a mapping before"), icon=":material/upload:"):
            st.file_uploader(
                _("Mapping file (.toml)"),
                type="toml",
                key=f"{key}_saved",
                on_change=_load,
                args=(problem, f"{key}_saved"),
            )


def _kind(problem: NotRecognised, key: str) -> str:
    return st.segmented_control(
        _("The rows of this file are"),
        list(KINDS),
        default="reviews" if guess_reviews.looks_like_reviews(problem.preview) else "orders",
        required=True,
        format_func={name: _(words) for name, words in KINDS.items()}.get,
        key=f"{key}_kind",
    )


def _review_roles(problem: NotRecognised, key: str) -> None:
    headers = [NONE, *map(str, problem.preview.columns)]
    guessed, absent = guess_reviews.roles(problem.preview), _("(not there)")
    with st.grid(4, min_column_width=150):
        for role, words in REVIEW_ROLES.items():
            st.selectbox(
                _(words),
                headers,
                index=headers.index(guessed[role]) if role in guessed else 0,
                format_func=lambda header: header or absent,
                key=f"{key}_review_{role}",
            )


def _keep_reviews(problem: NotRecognised, key: str) -> None:
    """Make the mapping of a table of reviews, unless it says nothing about what buyers thought."""
    chosen = {role: st.session_state[f"{key}_review_{role}"] for role in REVIEW_ROLES}
    columns = {role: header for role, header in chosen.items() if header}
    spoken = bool(columns.keys() & set(OPINIONS))
    st.session_state[f"{key}_silent"] = not spoken
    if spoken:
        _tell(problem, guess_reviews.mapping_toml(problem.file.rsplit(".", 1)[0], columns))


def _roles(problem: NotRecognised, key: str) -> None:
    headers = [NONE, *map(str, problem.preview.columns)]
    guessed = dict(problem.guess)
    guessed["amount"] = guessed.get("line_total", guessed.get("gross", NONE))
    st.caption(_("The order number, the order date and an amount (or a price) are needed."))
    with st.grid(4, min_column_width=150):
        for role, words in ROLES.items():
            st.selectbox(
                _(words),
                headers,
                index=headers.index(guessed[role]) if guessed.get(role) in headers else 0,
                format_func=lambda header: header or _("(not there)"),
                key=f"{key}_{role}",
            )
        st.selectbox(
            _("The amount is"),
            list(AMOUNTS),
            index=int("line_total" in problem.guess),
            format_func=lambda name: _(AMOUNTS[name]),
            key=f"{key}_is",
        )
        st.selectbox(_("Currency, if no column says so"), CURRENCIES, key=f"{key}_money")


def _keep(problem: NotRecognised, key: str) -> None:
    """Make the mapping of what was chosen, unless what is needed is missing."""
    chosen = {role: st.session_state[f"{key}_{role}"] for role in ROLES}
    columns = {
        st.session_state[f"{key}_is"] if role == "amount" else role: header for role, header in chosen.items() if header
    }
    complete = {"order_id", "ordered_at"} <= columns.keys() and columns.keys() & {"gross", "line_total", "price"}
    st.session_state[f"{key}_incomplete"] = not complete
    if complete:
        layout = guess.layout(problem.preview, columns)
        name, money = problem.file.rsplit(".", 1)[0], st.session_state[f"{key}_money"]
        _tell(problem, guess.mapping_toml(name, columns, layout, currency=money))


def _load(problem: NotRecognised, key: str) -> None:
    saved = st.session_state[key]
    if saved is not None:
        _tell(problem, saved.getvalue().decode("utf-8", errors="replace"))


def _tell(problem: NotRecognised, toml: str) -> None:
    session.told("mappings")[problem.key] = toml
    session.told("names")[problem.key] = problem.file


def saved() -> None:
    """The mappings in use: to keep for the next time, or to start again."""
    for key, toml in session.told("mappings").items():
        file = session.told("names").get(key, key)
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.markdown(f":material/table_chart: {plain(literal(file))} · {_('read with your mapping')}")
            st.download_button(
                _("Save the mapping"),
                toml,
                f"{file.rsplit('.', 1)[0]}.toml",
                "application/toml",
                key=f"data_save_{key}",
                on_click="ignore",
                icon=":material/download:",
            )
            st.button(
                _("Start again"),
                key=f"data_again_{key}",
                on_click=session.told("mappings").pop,
                args=(key, None),
                icon=":material/restart_alt:",
            )
