"""Words of care: what the owner asks, advises and tells 7, 14 and 30 days after delivery, by product; and a diary of effects to print."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.cycles import CARE
from analytics.export import xlsx_bytes
from analytics.store import Store
from analytics.workspace import Notebook
from pages.playbook import book
from pages.shared import care_words, menu, session, text, widgets
from pages.shared.links import linked
from pages.shared.remembered import said
from pages.shared.text import _

LABELS = {"question": text.N_("A question"), "tip": text.N_("A tip"), "story": text.N_("A story")}
ROWS = (
    text.N_("How I feel (1 to 5)"), text.N_("What I notice"), text.N_("How often I used it"), text.N_("Photo taken, in the same light"), text.N_("A question for the shop"),
)  # fmt: skip

_SHOWN = "playbook_care_shown"
"""Session state: key of a slot -> what was kept for it when it was drawn last."""


def show(store: Store) -> None:
    """The slots of one product, and the diary."""
    st.markdown(_("What stands here goes into the messages of the lists “Care, day 7, 14 and 30” of the week. A slot without words for a product takes those for any product."))  # fmt: skip
    names = dict(list(book.products().items())[:200])
    product = linked(st.selectbox, _("Product"), names, key="playbook_care_product", width=420)
    kept = care_words.current()
    with st.form("playbook_care", border=True), st.grid(len(CARE), min_column_width=240):
        for day in CARE:
            with st.container():
                st.markdown(f"**{_('Day {n}', n=day)}**")
                for slot in care_words.SLOTS:
                    _as_kept(_key(product, day, slot), kept.get((product, day, slot), ""))
                    st.text_area(
                        _(LABELS[slot]), key=_key(product, day, slot), height=80, max_chars=300, placeholder=kept.get(("", day, slot), "") if product else "",
                    )  # fmt: skip
        st.form_submit_button(_("Keep these words"), type="primary", icon=":material/check:", on_click=_keep, args=(product,))  # fmt: skip
    st.caption(_("Care stops by itself: whoever waits for an answer to a complaint, or has ordered again, is on no list for the purchase before."))  # fmt: skip
    menu.link("week")
    _diary("" if not product else names[product])


def _key(product: str, day: int, slot: str) -> str:
    return f"playbook_care_{session.current().shop}_{product}_{day}_{slot}"


def _as_kept(key: str, words: str) -> None:
    """Let a slot hold what is kept, also where another window has changed it since."""
    if key not in st.session_state or st.session_state.get(_SHOWN, {}).get(key) != words:
        st.session_state[key] = words
    st.session_state.setdefault(_SHOWN, {})[key] = words


def _keep(product: str) -> None:
    """Write the slots that differ from what was shown, and no others: another window may have filled those."""
    changed = []
    for day in CARE:
        for slot in care_words.SLOTS:
            key = _key(product, day, slot)
            words = (st.session_state[key] or "").strip()
            if words != st.session_state[_SHOWN][key]:
                changed.append({"product_id": product, "day": day, "slot": slot, "words": words})

    def change(notebook: Notebook) -> None:
        notebook.put("care_words", [row for row in changed if row["words"]])
        notebook.drop("care_words", [{name: row[name] for name in ("product_id", "day", "slot")} for row in changed if not row["words"]])  # fmt: skip

    said.write(change)


def _diary(product: str) -> None:
    """For goods whose effect one waits for: what to write down before, and on the days of care."""
    with st.container(border=True):
        st.markdown(f"**{_('Diary of effects, to print and put into the parcel')}**")
        times = [_("Before"), *(_("Day {n}", n=day) for day in CARE)]
        diary = [{_("Date"): _(row), **dict.fromkeys(times, "")} for row in ROWS]
        frame = pd.DataFrame(diary)
        st.table(frame.set_index(_("Date")))
        title = f"{product} · {_('My diary')}" if product else _("My diary")
        st.download_button(_("Diary as Excel"), lambda: xlsx_bytes({title[:31]: frame}), f"regulars-{session.current().shop}-diary.xlsx", widgets.XLSX, key="playbook_diary", on_click="ignore", icon=":material/download:")  # fmt: skip
        st.caption(_("It says what the buyer saw, not that the product did it: promise no effect by it."))
