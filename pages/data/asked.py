"""What the import & health page asks of the owner: whether day or month comes first, and which shop each file is of."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.sources import platform_files
from pages.shared import session, text
from pages.shared.text import _, literal, plain, plural


def first_of_two(doubts: pd.DataFrame) -> None:
    """One question per layout whose dates could begin with the day as well as with the month, with a button for each."""
    for doubt in doubts.itertuples():
        keys, names = list(doubt.keys), list(doubt.names)
        with st.container(border=True):
            shown = text.listed([*names[:3], *(["…"] if len(names) > 3 else [])])
            st.markdown(
                f":orange[:material/event:] **{plain(_('Does {date} begin with the day or with the month?', date=doubt.example))}**"
            )
            st.markdown(
                plain(_("In {files} no date tells, so the month is taken to come first for now.", files=literal(shown)))
            )
            with st.container(horizontal=True):
                for answer, words in (("day", _("The day comes first")), ("month", _("The month comes first"))):
                    st.button(
                        words,
                        key=f"data_{answer}_first_{doubt.platform}_{doubt.region}",
                        on_click=_answer,
                        args=(keys, names, answer),
                    )


def _answer(keys: list[str], names: list[str], answer: str) -> None:
    session.told("dates").update(dict.fromkeys(keys, answer))
    session.told("names").update(zip(keys, names, strict=True))


def answered() -> None:
    """The answers given on days and months, each to be asked again."""
    told = session.told("dates")
    for answer, words in (("day", _("The day comes first")), ("month", _("The month comes first"))):
        keys = [key for key, given in told.items() if given == answer]
        if not keys:
            continue
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            files = plural("{n} file", "{n} files", len(keys))
            st.markdown(f":material/event: {plain(words)} · {files}")
            st.button(
                _("Ask again"),
                key=f"data_again_{answer}",
                on_click=_forget,
                args=(keys,),
                icon=":material/restart_alt:",
            )


def _forget(keys: list[str]) -> None:
    for key in keys:
        session.told("dates").pop(key, None)


def stores(found: pd.DataFrame, files: pd.DataFrame) -> None:
    """Which files were taken for which shop, and the names that the owner may change. Sheets of one workbook are one file."""
    labels = {platform.name: platform.label for platform in platform_files.load()}
    taken = [
        plural("{shop} ({platform}): {n} file", "{shop} ({platform}): {n} files", store.files, shop=literal(store.shop), platform=labels.get(store.platform, store.platform))
        for store in found.itertuples()
    ]  # fmt: skip
    with st.expander(_("Which files are of which store"), icon=":material/storefront:"):
        st.markdown("\n".join(f"- {plain(sentence)}" for sentence in taken))
        st.caption(
            _(
                "Files of one platform that share order numbers are taken for one store. Write another name to keep a file apart, or the same name to put files together."
            )
        )
        each = files.drop_duplicates("key")
        st.session_state["data_files"] = each["key"].tolist()
        st.data_editor(
            each[["name", "shop"]],
            column_config={
                "name": st.column_config.TextColumn(_("File"), disabled=True),
                "shop": st.column_config.TextColumn(_("Store"), required=True),
            },
            hide_index=True,
            key="data_shops",
            on_change=_name_stores,
            alt=_("Which files are of which store"),
        )
        if session.told("shops"):
            st.button(
                _("Undo all names"), key="data_shops_undo", on_click=session.told("shops").clear, icon=":material/undo:"
            )


def _name_stores() -> None:
    keys = st.session_state["data_files"]
    for position, edited in st.session_state["data_shops"]["edited_rows"].items():
        if edited.get("shop"):
            session.told("shops")[keys[int(position)]] = edited["shop"].strip()
