"""Customers in the notebook: members and old customers from files, those left out of every count, and the tags there are."""

from __future__ import annotations

import streamlit as st

from analytics.errors import RegularsError
from analytics.sources import Upload
from analytics.workspace import Notebook, customers, tagged, take_in
from pages.notebook import words
from pages.shared import session, text
from pages.shared.people import contact_list as contact_lists
from pages.shared.remembered import said
from pages.shared.segments import scored
from pages.shared.session import result
from pages.shared.text import _, number, plain, plural

LISTS = ("members", "known_customers", "left_out")


def show(notebook: Notebook) -> None:
    """The three lists of people with their files, and the tags."""
    store = session.current().store
    about = {
        "members": _(
            "Your list of members: consent, tags, tier, points, birthday. The exports of Shopify and SHOPLINE fit as they are."
        ),
        "known_customers": _("Who had bought before the files begin: they are new customers on no page."),
        "left_out": _("Staff, wholesale, test accounts: no count holds them, on any page."),
    }
    for name in LISTS:
        rows = notebook.rows(name)
        with st.container(border=True):
            st.markdown(f"**{words.label(name)}**")
            st.caption(about[name])
            if len(rows):
                st.markdown(plain(_counted(notebook, name, len(rows))))
            st.file_uploader(
                _("A file with an account, an e-mail or a phone number in each row"), type=["csv", "tsv", "txt", "xlsx", "xls"],
                key=f"notebook_file_{name}", on_change=_taken, args=(name,),
            )  # fmt: skip
            if name == "left_out":
                with st.container(horizontal=True, vertical_alignment="bottom"):
                    st.text_area(_("One account, e-mail or phone number per line"), key="notebook_left_out", height=90)
                    st.text_input(_("Why"), key="notebook_why", max_chars=80, width=200)
                    st.button(_("Leave them out"), key="notebook_leave_out", on_click=_leave_out)
            if len(rows):
                st.button(
                    _("Empty this list"), key=f"notebook_empty_{name}", type="tertiary", icon=":material/delete:",
                    on_click=said.write, args=(lambda notebook, name=name: notebook.empty(name),),
                )  # fmt: skip
    with st.container(border=True):
        st.markdown(f"**{words.label('tags')}**")
        tags = result(tagged, store, notebook) if store else None
        if tags is None or tags.empty:
            st.caption(
                _("No customer has a tag yet. Tags are given on a customer's card, or on a whole list, under Segments.")
            )
            return
        chosen = st.selectbox(_("Tag"), sorted(tags.tag.unique()), key="notebook_tag")
        contact_lists.show(store, scored(store), tags.loc[tags.tag == chosen, ["customer_id"]], name="tagged")


def _counted(notebook: Notebook, name: str, rows: int) -> str:
    store = session.current().whole
    if store is None:
        return plural("{n} person.", "{n} persons.", rows)
    here = result(customers, store, notebook)
    found = int(notebook.rows(name).person.isin(here.person).sum())
    return plural(
        "{n} person, of whom {found} are customers in these files.", "{n} persons, of whom {found} are customers in these files.", rows,
        found=number(found),
    )  # fmt: skip


def _taken(name: str) -> None:
    file = st.session_state[f"notebook_file_{name}"]
    if file is None:
        return
    here = said.here()
    try:
        taken = take_in(session.notebook(), name, Upload(file.name, file.getvalue()), words.called(name))
    except RegularsError as error:
        said.say(here, text.say(error), problem=True)
        return
    parts = [plural("{n} row taken.", "{n} rows taken.", taken.rows)]
    if taken.without_name:
        parts.append(
            plural(
                "{n} row names nobody and was left out.", "{n} rows name nobody and were left out.", taken.without_name
            )
        )
    if taken.unreadable:
        parts.append(plural("{n} row lacks what is needed.", "{n} rows lack what is needed.", taken.unreadable))
    said.say(here, text.sentences(*parts))


def _leave_out() -> None:
    listed = [line.strip() for line in st.session_state["notebook_left_out"].splitlines() if line.strip()]
    why = st.session_state["notebook_why"].strip() or None
    rows = [{_kind(one): one, "why": why} for one in listed]
    if rows and said.write(lambda notebook: notebook.put("left_out", rows)):
        st.session_state["notebook_left_out"] = ""


def _kind(name: str) -> str:
    """What a name is: an e-mail, a phone number, or an account."""
    if "@" in name:
        return "email"
    return "phone" if sum(letter.isdigit() for letter in name) >= 8 and not any(map(str.isalpha, name)) else "account"
