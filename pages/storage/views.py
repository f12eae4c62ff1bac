"""The parts of the page on where data is kept."""

from __future__ import annotations

from datetime import datetime

import pandas as pd
import streamlit as st

from analytics.errors import NotKept
from analytics.workspace import Shop, Workspace, packed, size
from pages.shared import place, text, widgets
from pages.shared.remembered import arriving, said, shops
from pages.shared.session import KEPT
from pages.shared.text import N_, _, literal, number, plain, plural
from pages.shared.widgets import Card, Column
from pages.storage import words

KINDS = {
    "export": N_("Export"), "database": N_("Tables made of the exports"), "notebook": N_("What you wrote"),
    "opinions": N_("What was read out of the reviews"),
}  # fmt: skip
ZIP = "application/zip"


def cards(shop: Shop) -> None:
    """How many files, what they take, how much was written, and when the last came."""
    files = shop.files
    last = max((file.added_at for file in files), default=None)
    widgets.cards(
        [
            Card(_("Files"), number(len(files))),
            Card(_("On the disk"), size(shop.bytes()), note=_("with the tables")),
            Card(_("Entries in the notebook"), number(shop.notebook.count())),
            Card(_("Last added"), text.day(last), note=text.days(words.age(last)) if last else ""),
        ]
    )


def folder(shop: Shop) -> None:
    """Where it is, to be copied."""
    if not place.sign_in_offered():
        st.caption(_("The folder, for your own look at it and for your own backups:"))
        st.code(str(shop.folder), language=None, wrap_lines=True)


def kept(shop: Shop) -> None:
    """Every file that is kept, and taking exports out."""
    rows = [
        {"name": file.name, "kind": _(KINDS["export"]), "bytes": file.size, "age": words.age(file.added_at), "added": file.added_at,
         "decrypted": file.decrypted}
        for file in shop.files
    ]  # fmt: skip
    for path in sorted(shop.folder.iterdir()):
        kind = {".duckdb": "database", ".sqlite": "notebook", ".npz": "opinions"}.get(path.suffix)
        if kind:
            stat = path.stat()
            written = datetime.fromtimestamp(stat.st_mtime)
            rows.append(
                {"name": path.name, "kind": _(KINDS[kind]), "bytes": stat.st_size, "age": words.age(written), "added": written,
                 "decrypted": False}
            )  # fmt: skip
    table = pd.DataFrame(rows, columns=["name", "kind", "bytes", "age", "added", "decrypted"])
    widgets.table(
        table.assign(size=[size(one) for one in table.bytes]),
        {
            "name": Column(_("File")),
            "kind": Column(_("What it is")),
            "size": Column(_("File size")),
            "added": Column(_("Added"), "day"),
            "age": Column(_("Age"), "days"),
            "decrypted": Column(_("Kept without its password"), "yes"),
        },
        name="kept-files",
        height=320 if len(table) > 8 else "auto",
    )
    if not shop.files:
        return
    with st.popover(_("Take files out"), icon=":material/delete:"):
        st.multiselect(
            _("Files to take out and delete"), [file.name for file in shop.files], key="storage_out", placeholder=_("Choose files")
        )  # fmt: skip
        st.caption(_("The orders that only they hold go with them; older pictures of an order count again."))
        st.button(_("Take them out"), key="storage_take_out", type="primary", on_click=_take_out, args=(shop,))


def by_hand(shop: Shop) -> None:
    """Files that somebody put into the folder, or took from it."""
    try:
        looked = shop.look()
    except NotKept as error:
        st.markdown(f":red[:material/error: {plain(text.say(error))}]")
        return
    if looked.new:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            names = text.listed([literal(name) for name in looked.new[:5]]) + ("…" if len(looked.new) > 5 else "")
            said = plural(
                "{n} file lies in the folder and is not in the shop yet: {files}",
                "{n} files lie in the folder and are not in the shop yet: {files}",
                len(looked.new),
                files=names,
            )
            st.markdown(f":material/note_add: {plain(said)}", width="stretch")
            st.button(_("Add them"), key="storage_by_hand", type="primary", on_click=_take_in, args=(shop,))
    if looked.missing:
        said = plural(
            "{n} file is gone from the folder: {files}. Its orders stay until the tables have to be made again; put it back, or take it out.",
            "{n} files are gone from the folder: {files}. Their orders stay until the tables have to be made again; put them back, or take them out.",
            len(looked.missing),
            files=text.listed([literal(name) for name in looked.missing[:5]]),
        )
        st.markdown(f":orange[:material/warning: {plain(said)}]")


def actions(shop: Shop) -> None:
    """Back up, rename, forget."""
    name = shop.name
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.download_button(
            _("Back up to one zip"), lambda: packed(shop), f"regulars-{name}-{datetime.now():%Y-%m-%d}.zip", ZIP, key="storage_backup",
            on_click="ignore", icon=":material/archive:", type="primary",
        )  # fmt: skip
        with st.popover(_("Rename"), icon=":material/edit:"):
            st.text_input(_("Name of the shop"), value=name, key="storage_name", max_chars=60)
            st.button(_("Rename"), key="storage_rename", on_click=_rename, args=(shop,))
        with st.popover(_("Forget this shop"), icon=":material/delete_forever:"):
            st.markdown(
                plain(
                    _(
                        "Deletes {files} files ({size}), their tables and {notes} entries of the notebook of “{name}” for good. Only a backup can bring them back.",
                        files=number(len(shop.files)), size=size(shop.bytes()), notes=number(shop.notebook.count()), name=literal(name),
                    )
                )
            )  # fmt: skip
            sure = st.checkbox(_("Yes, delete all of it"), key="storage_sure")
            st.button(
                _("Delete for good"),
                key="storage_forget",
                type="primary",
                disabled=not sure,
                on_click=_forget,
                args=(shop,),
            )
    st.caption(_("The zip holds the exports, without passwords, and your notes: keep it as safe as the shop itself."))


def all_shops(workspace: Workspace, here: Shop | None) -> None:
    """All that are remembered, and opening another."""
    found = []
    for shop in workspace.shops():
        try:
            last = max((file.added_at for file in shop.files), default=None)
            found.append(
                {
                    "id": shop.id,
                    "name": shop.name,
                    "files": len(shop.files),
                    "size": size(shop.bytes()),
                    "added": last,
                }
            )
        except NotKept as error:
            st.markdown(f":red[:material/error: {plain(text.say(error))}]")
    if not found:
        st.caption(_("None yet: drop a shop's exports into the box at the side, and say that it is to be remembered."))
        return
    widgets.table(
        pd.DataFrame(found),
        {
            "name": Column(_("Shop")),
            "files": Column(_("Files"), "number"),
            "size": Column(_("File size")),
            "added": Column(_("Last added"), "day"),
        },
        name="remembered-shops",
    )
    others = {one["id"]: one["name"] for one in found if not here or one["id"] != here.id}
    if others:
        with st.container(horizontal=True):
            for number_, (id_, name) in enumerate(others.items()):
                st.button(
                    _("Open {shop}", shop=literal(name)), key=f"storage_open_{number_}", on_click=shops.go_to, args=(KEPT + id_,)
                )  # fmt: skip


def bring_back() -> None:
    """A backup, from here or from another computer."""
    st.file_uploader(
        _("Bring a shop back from a backup (zip)"), type="zip", key="storage_restore", on_change=_bring_back,
        help=_("The zip that “Back up” made, here or on another computer."),
    )  # fmt: skip


def _take_out(shop: Shop) -> None:
    names = st.session_state["storage_out"]
    if not names:
        return
    try:
        came = shop.take_out(names)
    except NotKept as error:
        said.say(shop.id, text.say(error), problem=True)
    else:
        st.session_state["storage_out"] = []
        said.say(shop.id, said.taken_out(len(names), came))


def _take_in(shop: Shop) -> None:
    arriving.take_in_by_hand(shop)


def _rename(shop: Shop) -> None:
    try:
        place.workspace().rename(shop, st.session_state["storage_name"])
    except NotKept as error:
        said.say(shop.id, text.say(error), problem=True)


def _forget(shop: Shop) -> None:
    shops.release(shop)
    try:
        what = place.workspace().forget(shop)
    except NotKept as error:
        said.say(shop.id, text.say(error), problem=True)
        return
    said.say("", words.forgotten(what))


def _bring_back() -> None:
    file = st.session_state["storage_restore"]
    if file is None:
        return
    try:
        shop = place.workspace().restore(file, file.name)
    except NotKept as error:
        said.say("", text.say(error), problem=True)
    else:
        shops.go_to(KEPT + shop.id)
        said.say(shop.id, _("“{name}” is back, with its files and notes.", name=literal(shop.name)))
