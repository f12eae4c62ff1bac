"""Old customers whom the owner names: they bought before the files begin, so they are new on no page."""

from __future__ import annotations

import streamlit as st

from analytics.contacts.customer import named
from analytics.store import Store
from pages.shared import kept
from pages.shared.session import result
from pages.shared.text import _, plural

_BOX = "known_customers"


def chosen(whole: Store) -> tuple[str, ...]:
    """Their customer_ids in this shop."""
    lines = kept.text(kept.KNOWN).splitlines()
    return tuple(sorted(result(named, whole, lines))) if lines else ()


def popover(known: tuple[str, ...]) -> None:
    """The box that names them, folded away. known: those of this run."""
    with st.popover(_("Old customers"), icon=":material/history:"):
        box(known)


def box(known: tuple[str, ...]) -> None:
    """Where they are named. Kept in the session, because the URL must not name people."""
    st.caption(
        _(
            "The files begin in the middle of the shop's life. Paste the accounts, e-mails or phone numbers of those who bought before, one a line: they are counted as new on no page."
        )
    )
    st.session_state[_BOX] = kept.text(kept.KNOWN)
    st.text_area(_("Bought before the files begin"), key=_BOX, height=140, on_change=_changed)
    if kept.text(kept.KNOWN).strip():
        st.caption(plural("{n} customer found", "{n} customers found", len(known)))


def forget() -> None:
    """Another shop has other customers."""
    kept.keep(kept.KNOWN, "")


def _changed() -> None:
    kept.keep(kept.KNOWN, st.session_state[_BOX])
