"""The owner's product sheet on the page: names, families, kinds, days and costs to fill in; products to merge and to split; the file."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.errors import RegularsError
from analytics.products import made_of, sheet_file
from analytics.store import Sheet, SheetRow, Store
from pages.shared import product_sheet, products, session, text
from pages.shared.made import made
from pages.shared.products import KINDS
from pages.shared.session import result
from pages.shared.text import _, number, plain

SHOWN = 200
"""Rows to fill in on the page; the file has them all."""
EDITED = ("short_name", "family", "kind", "pack_size", "days_per_pack", "cost")


def edit(store: Store) -> None:
    """The sheet, the tools to merge and split, and the file."""
    whole = session.current().whole
    sheet = product_sheet.current()
    st.markdown(
        _(
            "What you say here goes before what was guessed, on every page, in messages and in files. Guesses are marked in the last column."
        )
    )
    _fill_in(whole, sheet)
    left, right = st.columns(2)
    with left:
        _merge(store, sheet)
    with right:
        _split(store, sheet)
    _file(whole, sheet)
    _said(sheet)


def _fill_in(whole: Store, sheet: Sheet) -> None:
    """The table to fill in: the products with the most lines, or those that a search finds."""
    table = result(sheet_file.rows, whole, sheet)
    sought = st.text_input(_("Find a product"), key="products_find", placeholder=_("Part of a title"), width=320)
    if sought.strip():
        table = table[table.title.str.contains(sought.strip(), case=False, regex=False)]
    shown = table.head(SHOWN).reset_index(drop=True)
    if shown.empty:
        st.caption(_("No product has that in its title."))
        return
    kinds = {"": "", **{kind: _(name) for kind, name in KINDS.items()}}
    view = made(_view, shown, kinds)
    column, amount = st.column_config, {"min_value": 0.0}
    edited = st.data_editor(
        view,
        key=f"products_editor_{sheet.key}_{sought.strip()}",
        hide_index=True,
        placeholder="",
        height=420 if len(view) > 10 else "auto",
        disabled=["title", "guessed", "merge_into"],
        column_config={
            "title": column.TextColumn(_("Product"), width="large"),
            "short_name": column.TextColumn(_("Short name"), help=_("What messages, charts and tables call it."), max_chars=sheet_file.LONGEST),
            "family": column.TextColumn(_("Family"), help=_("Products that stand in for one another: who bought another of the family is not reminded."), max_chars=sheet_file.LONGEST),
            "kind": column.SelectboxColumn(_("Kind"), options=list(kinds.values()), help=_("Only what is used up is reminded of; gifts and lines that are no product are left out everywhere.")),
            "days_per_pack": column.NumberColumn(_("Days per pack"), help=_("How long one unit lasts. It goes before what customers do; both are shown."), **amount),
            "pack_size": column.NumberColumn(_("Portions in a pack"), **amount),
            "cost": column.NumberColumn(_("Cost"), help=_("Of one unit, in the shop's currency."), **amount),
            "merge_into": column.TextColumn(_("Merged into")),
            "guessed": column.TextColumn(_("Guessed")),
        },
    )  # fmt: skip
    if len(table) > SHOWN:
        st.caption(_("The first {n} of {total}; search for others, or use the file.", n=number(SHOWN), total=number(len(table))))  # fmt: skip
    changed = _changed(shown, view, edited, {name: kind for kind, name in kinds.items()}, sheet)
    if changed:
        st.button(
            text.plural("Use {n} change", "Use {n} changes", len(changed)),
            key="products_use", type="primary", icon=":material/check:", on_click=_keep, args=(sheet.changed(*changed),),
        )  # fmt: skip


def _view(shown: pd.DataFrame, kinds: dict[str, str]) -> pd.DataFrame:
    """The products as they are filled in."""
    names = {column: _(name) for column, name in _COLUMNS.items()}
    return pd.DataFrame(
        {
            "title": [f"{row.title} / {row.part}" if row.part else row.title or row.product_id for row in shown.itertuples()],
            "short_name": shown.short_name, "family": shown.family, "kind": shown.kind.map(kinds),
            "days_per_pack": shown.days_per_pack, "pack_size": shown.pack_size, "cost": shown.cost, "merge_into": shown.merge_into,
            "guessed": [text.listed([names[name] for name in row.guessed.split()]) for row in shown.itertuples()],
        }
    )  # fmt: skip


_COLUMNS = {"family": text.N_("Family"), "kind": text.N_("Kind"), "pack_size": text.N_("Portions in a pack")}


def _changed(shown: pd.DataFrame, view: pd.DataFrame, edited: pd.DataFrame, kinds: dict[str, str], sheet: Sheet) -> list[SheetRow]:  # fmt: skip
    """The rows of the sheet that the editor changes."""
    rows = []
    if edited.equals(view):
        return rows
    for place in range(len(view)):
        before, after = view.iloc[place], edited.iloc[place]
        now = {name: after[name] for name in EDITED if not _same(before[name], after[name])}
        if now:
            old = sheet.row(shown.product_id[place], shown.part[place])
            values = {name: getattr(old, name) for name in ("merge_into", *EDITED)}
            for name, value in now.items():
                if name == "kind":
                    values[name] = kinds.get(value, "")
                elif name in sheet_file.NUMBERS:
                    values[name] = None if text.missing(value) or (value == 0 and name != "cost") else float(value)
                else:
                    values[name] = "" if value is None else str(value).strip()
            rows.append(SheetRow(shown.product_id[place], shown.part[place], **values))
    return rows


def _same(one: object, other: object) -> bool:
    return one == other or (text.missing(one) and text.missing(other)) or {one, other} <= {None, ""}


def _merge(store: Store, sheet: Sheet) -> None:
    """Two products that are one."""
    with st.container(border=True):
        st.markdown(f"**{_('Two products are one')}**")
        rows = result(Store.table, store, "products")[["product_id", "product"]]
        one = products.choose(rows, "products_merge", _("This one"))
        other = (
            products.choose(rows[rows.product_id != one], "products_into", _("belongs to")) if len(rows) > 1 else None
        )
        product_id, _slash, part = one.partition("/")
        st.button(
            _("Merge"), key="products_merge_now", icon=":material/merge:", disabled=other is None, on_click=_keep,
            args=(sheet.changed(_with(sheet.row(product_id, part), merge_into=other or "")),),
        )  # fmt: skip


def _split(store: Store, sheet: Sheet) -> None:
    """A variant, an id or a title that is a product of its own."""
    with st.container(border=True):
        st.markdown(f"**{_('One product is two')}**")
        whole = products.choose(
            result(Store.table, store, "products")[["product_id", "product"]], "products_split", _("Of this one")
        )
        parts = result(made_of, store, whole)
        names = [*parts.variant.dropna().unique(), *parts.title.unique(), *parts.source_product_id.dropna().unique()]
        names = list(dict.fromkeys(names)) if len(parts) > 1 and "/" not in whole else []
        part = st.selectbox(_("make this part a product of its own"), names, key="products_part")
        st.button(
            _("Split"), key="products_split_now", icon=":material/call_split:", disabled=part is None, on_click=_keep,
            args=(sheet.changed(SheetRow(whole, part or "")),),
        )  # fmt: skip


def _with(row: SheetRow, **changed: str) -> SheetRow:
    values = {name: getattr(row, name) for name in ("product_id", "part", "merge_into", *EDITED)}
    return SheetRow(**{**values, **changed})


def _keep(sheet: Sheet) -> None:
    product_sheet.keep(sheet)
    st.session_state["products_problem"] = None


def _file(whole: Store, sheet: Sheet) -> None:
    """Save the sheet, edit it in Excel, drop it in again."""
    st.markdown(f"**{_('As a file')}**")
    if session.current().remembered:
        st.caption(_("The sheet is kept with the shop. As a file it can be edited in Excel and dropped in again."))
    else:
        st.caption(
            _(
                "Save the sheet, edit it in Excel if you like, and drop it in again the next time: it lives in this session only."
            )
        )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            _("Save my product sheet"), lambda: sheet_file.write(whole, sheet), f"product-sheet-{session.current().shop}.csv", "text/csv",
            key="products_save", on_click="ignore", icon=":material/download:",
        )  # fmt: skip
        if sheet.rows:
            st.button(
                _("Start again"),
                key="products_reset",
                icon=":material/restart_alt:",
                on_click=_keep,
                args=(Sheet(),),
            )
    st.file_uploader(
        _("Load a product sheet"), type="csv", key="products_file", on_change=_load, args=(whole,), width=420
    )
    problem = st.session_state.get("products_problem")
    if problem:
        st.markdown(f":red[:material/error: {plain(text.say(problem))}]")


def _load(whole: Store) -> None:
    file = st.session_state["products_file"]
    if file is None:
        return
    try:
        _keep(sheet_file.read(file.getvalue(), file.name, whole))
    except RegularsError as error:
        st.session_state["products_problem"] = error


def _said(sheet: Sheet) -> None:
    """How much the sheet says, and what of it is about products of other files."""
    if not sheet.rows:
        return
    lost = result(sheet_file.strangers, session.current().whole, sheet)
    st.caption(
        text.plural(
            "Your sheet says something of {n} product.", "Your sheet says something of {n} products.", len(sheet.rows)
        )
    )
    if lost:
        st.caption(
            text.plural(
                "{n} of them is not among these files; it is kept for the next time.",
                "{n} of them are not among these files; they are kept for the next time.",
                lost,
            )
        )
