"""The table: filled in here or in a file, kept in the notebook, the most asked first; beside it what is asked and not in it yet."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from analytics.playbook import COLUMNS, Heard, broken, changes, suggested, table
from analytics.store import Store
from analytics.workspace import Notebook
from pages.playbook import words
from pages.shared import menu, session, text
from pages.shared.made import made
from pages.shared.products import MOST
from pages.shared.remembered import said
from pages.shared.text import _, literal, number, plain, plural

SHORT, LONG = 80, 400
"""Signs of a question, and of what is answered."""


def current() -> pd.DataFrame:
    """The owner's table, as `analytics.playbook` takes it."""
    return made(_table, session.notebook())


def _table(notebook: Notebook) -> pd.DataFrame:
    return table(notebook.rows("playbook"))


def products() -> dict[str, str]:
    """product_id -> name, of the first MOST of the shop's products, no two alike; "" is any."""
    return made(_named, session.current().whole)


def _named(store: Store) -> dict[str, str]:
    rows = store.table("products") if store.shop.orders else pd.DataFrame({"product_id": [], "product": []})
    named = {"": _("Any product")}
    for product_id, name in zip(rows.product_id.head(MOST), rows["product"], strict=False):
        named[product_id] = f"{name} ({product_id})" if name in named.values() else name
    return named


def show(found: Heard, rows: pd.DataFrame) -> None:
    """Suggestions, the table to fill in, and what it should not say."""
    above = st.container()
    edited = _editor(rows)
    with above:
        _suggestions(found, rows, edited)
    for row in made(broken, edited).itertuples():
        st.warning(
            plain(_("The answer to “{question}” holds what you never promise: {words}.", question=literal(row.question), words=literal(text.listed(row.words)))),
            icon=":material/warning:",
        )  # fmt: skip
    st.caption(_("One row per question or symptom. Several words that mean the same are divided by “、”: each is counted. What never to promise likewise."))  # fmt: skip
    menu.link("notebook", _("The table as a file, out and in"), notebook_section="tables")


def _suggestions(found: Heard, rows: pd.DataFrame, edited: pd.DataFrame) -> None:
    fresh = made(suggested, found, rows)
    if fresh.empty:
        return
    with st.expander(plural("{n} suggestion: asked, and not in the table", "{n} suggestions: asked, and not in the table", len(fresh)), icon=":material/lightbulb:", expanded=rows.empty):  # fmt: skip
        for row in fresh.itertuples():
            with st.container(horizontal=True, vertical_alignment="center"):
                product = f" · {literal(row.product)}" if isinstance(row.product, str) else ""
                st.markdown(
                    plain(f"**{literal(row.question)}** :gray[{_(words.KINDS[row.kind])} · {number(row.asked)}{product}]"), width="stretch"
                )  # fmt: skip
                st.button(
                    _("Take it in"), key=f"playbook_take_{row.group}", type="tertiary", icon=":material/add:", on_click=_take, args=([row._asdict()], rows, edited)
                )  # fmt: skip
        st.button(
            _("Take them all in"), key="playbook_take_all", type="primary", icon=":material/playlist_add:", on_click=_take, args=(fresh.to_dict("records"), rows, edited)
        )  # fmt: skip


def _take(taken: list[dict], shown: pd.DataFrame, now: pd.DataFrame) -> None:
    """Take suggestions in, beside what was written into the table and not kept yet; a row that is there keeps its answer."""
    there = set(zip(now.question, now.product_id, strict=True)) | {(row.question, row.product_id) for row in current().itertuples()}  # fmt: skip
    fresh = [{name: row[name] for name in ("question", "product_id", "answer")} for row in taken if (row["question"], row["product_id"]) not in there]  # fmt: skip
    _keep(shown, now, fresh)


def _editor(rows: pd.DataFrame) -> pd.DataFrame:
    """The table as it stands on the page; what is changed is kept by a button."""
    named = products()
    names = [*dict.fromkeys([*named.values(), *(rows.product_id[~rows.product_id.isin(named)])])]
    view = made(_view, rows, named)
    column = st.column_config
    edited = st.data_editor(
        view,
        key=f"playbook_editor_{session.current().shop}_{session.notebook().revision}",
        hide_index=True,
        num_rows="dynamic",
        placeholder="",
        disabled=["asked"],
        height=420 if len(view) > 10 else "auto",
        column_config={
            "question": column.TextColumn(_("Question or symptom"), width="medium", max_chars=SHORT, required=True),
            "product_id": column.SelectboxColumn(_("Product"), options=names, default=named[""], width="small"),
            "answer": column.TextColumn(_("Answer"), width="large", max_chars=LONG),
            "recommend": column.TextColumn(_("What to recommend"), width="medium", max_chars=LONG),
            "tone": column.TextColumn(_("Tone"), width="small", max_chars=SHORT),
            "never": column.TextColumn(_("Never promise"), width="small", max_chars=LONG),
            "asked": column.NumberColumn(_("Asked"), width="small", help=_("Texts that ask it, or hold one of its words; for a row of one product, of that product alone.")),
        },
    )  # fmt: skip
    now = made(_edited, edited, named)
    if not now.equals(made(table, rows)):
        st.button(_("Keep the table"), key="playbook_keep", type="primary", icon=":material/check:", on_click=_keep, args=(rows, now))  # fmt: skip
    return now


def _view(rows: pd.DataFrame, named: dict[str, str]) -> pd.DataFrame:
    """The table as it is shown: products by their names."""
    return rows.assign(product_id=[named.get(product, product) for product in rows.product_id])[[*COLUMNS, "asked"]]


def _edited(edited: pd.DataFrame, named: dict[str, str]) -> pd.DataFrame:
    ids = {name: product for product, name in reversed(named.items())}
    return table(edited.assign(product_id=[ids.get(name, name or "") for name in edited.product_id.fillna("")]))


def _keep(shown: pd.DataFrame, now: pd.DataFrame, more: Sequence[dict] = ()) -> None:
    """Write what was changed in the table as it was shown, and more rows."""
    put, gone = changes(shown, now)

    def change(notebook: Notebook) -> None:
        notebook.put("playbook", [*put, *more])
        notebook.drop("playbook", gone)

    said.write(change)
