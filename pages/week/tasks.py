"""The tasks, one after the other: what and why, its list, and what becomes of it."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.contacts import contact_list as listed
from analytics.contacts import short_name
from analytics.segments.rfm import Rfm, rfm
from analytics.store import Store
from analytics.week import (
    ANSWER,
    CAMPAIGN,
    CARE_7,
    CARE_14,
    CARE_30,
    READ_OUT,
    STOCK,
    WORSE,
    WORSE_PRODUCT,
    Task,
    Week,
    monday_after,
)
from pages.shared import care_words, menu, not_customers, sent_lists, session, text
from pages.shared.made import made
from pages.shared.people import contact_list
from pages.shared.remembered import said
from pages.shared.session import result
from pages.shared.text import N_, _, literal, number, plain
from pages.shared.widgets import Column
from pages.week import log, words

CARE_DAYS = {CARE_7: 7, CARE_14: 14, CARE_30: 30}
CHOICES = {"done": N_("Done"), "later": N_("Not this week"), "never": N_("Never")}
ICONS = {"done": ":material/check:", "later": ":material/snooze:", "never": ":material/block:"}


def show(noted: Store, week: Week) -> None:
    """Every task in a box of its own."""
    if not week.tasks:
        _quiet(week)
    for at, task in enumerate(week.tasks, 1):
        _box(noted, week, task, at)
    if week.more:
        st.caption(
            plain(
                _(
                    "Seven are enough for a week. Beyond them: {tasks}.",
                    tasks=text.listed([words.title(task) for task in week.more]),
                )
            )
        )
    _put_away(noted, week)


def _quiet(week: Week) -> None:
    """Nothing to do: what the time is good for, and what the files would have to say for there to be more."""
    if sum(week.excluded.values()):
        return
    if week.known:
        st.success(_("A quiet week. Use it: look at which first products bring people back."), icon=":material/spa:")
        menu.link("gateway")
    elif session.current().store.shop.orders:
        st.info(_("The orders name no customer who can be told from another, so there is nobody to write to. An export with accounts, e-mails or phone numbers changes that."), icon=":material/person_off:")  # fmt: skip
        menu.link("data", _("How to export orders"))
    else:
        st.success(_("No unhappy review waits for an answer. With the shop’s orders beside them, this page says whom to write to as well."), icon=":material/spa:")  # fmt: skip
        menu.link("sentiment")


def _box(noted: Store, week: Week, task: Task, at: int) -> None:
    with st.container(border=True, key=f"week_task_{task.kind}_{at}"):
        st.markdown(f"**{at}. {words.title(task)}**")
        st.markdown(
            plain(text.sentences(_(words.WHY[task.kind]), words.counted(task), words.worth(task), words.held(task)))
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(_("Until {day}", day=text.day(task.until)))
            for choice, label in CHOICES.items():
                st.button(
                    _(label), key=f"week_{choice}_{task.kind}_{at}", icon=ICONS[choice], type="tertiary", on_click=_choose, args=(task, week, choice)
                )  # fmt: skip
        _way_on(noted, task)


def _way_on(noted: Store, task: Task) -> None:
    """The list of a task, or the page that shows it."""
    match task.kind:
        case kind if kind == ANSWER:
            menu.link("triage")
        case kind if kind in (WORSE, WORSE_PRODUCT):
            menu.link("sentiment")
        case kind if kind == CAMPAIGN:
            menu.link("results", results_view="campaigns")
        case kind if kind == STOCK:
            menu.link("products")
        case kind if kind == READ_OUT:
            menu.link("results")
        case _:
            if st.toggle(
                _("Show the list ({n})", n=number(len(task.people))), key=f"week_open_{task.kind}", bind="query-params"
            ):
                people(noted, task)


def people(noted: Store, task: Task) -> None:
    """The list of one task, and the way to write into the log that it was sent."""
    store = session.current_store()
    rows = with_messages(store, task)
    if among := not_customers.among(set(rows.customer_id)):
        st.caption(plain(among))
    extra = {"product": Column(_("Product"))} if "product" in task.people else {}
    listed_now = contact_list.show(store, result(rfm, store), rows, name=f"week_{task.kind}", extra=extra)
    log.all_sent(
        task, rows.merge(listed_now[["customer_id", "held_out"]].drop_duplicates("customer_id"), on="customer_id")
    )


def with_messages(store: Store, task: Task) -> pd.DataFrame:
    """The people of a task with the message for each, by the product that it is about, or the one they usually buy."""
    return made(
        _with_messages, store, result(rfm, store), task, care_words.current() if task.kind in CARE_DAYS else None
    )


def _with_messages(store: Store, found: Rfm, task: Task, kept: dict | None) -> pd.DataFrame:
    bare = task.people.drop(columns=["low", "high", "each", "held_out"], errors="ignore")
    rows = listed(store, found, bare, held_out=0).drop(columns="held_out")
    named = rows.get("product", rows.usual_product)
    rows["message"] = [words.message(task, short_name(name) if isinstance(name, str) else None) for name in named]
    if kept is not None:
        own = [care_words.message(kept, product, CARE_DAYS[task.kind]) for product in rows.get("product_id", named)]
        rows["message"] = [mine or usual for mine, usual in zip(own, rows.message, strict=True)]
    return rows


def _choose(task: Task, week: Week, choice: str) -> None:
    row = {"task": task.mark, "week": monday_after(week.as_of), "choice": choice}
    said.write(lambda notebook: notebook.put("task_choices", [row]))


def _put_away(noted: Store, week: Week) -> None:
    """What was put away, and the way back."""
    rows = session.notebook().rows("task_choices")
    monday = str(monday_after(week.as_of))
    away = rows[(rows.choice == "never") | (rows.week == monday)]
    if away.empty:
        return
    with st.expander(_("Put away ({n})", n=number(len(away))), icon=":material/inventory_2:"):
        for row in away.itertuples():
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(
                    plain(f"{literal(sent_lists.task(row.task))} · {_(CHOICES.get(row.choice, row.choice))}"),
                    width="stretch",
                )
                st.button(
                    _("Bring it back"),
                    key=f"week_back_{row.task}_{row.week}",
                    type="tertiary",
                    on_click=_back,
                    args=({"task": row.task, "week": row.week},),
                )


def _back(key: dict[str, str]) -> None:
    said.write(lambda notebook: notebook.drop("task_choices", [key]))
