"""Who a person is: the names that the notebook knows them by, and the customer of a shop that these mean today.

A customer's key may change: an order without an e-mail made them known by phone, and a later export tells the e-mail. So the notebook
keeps every name it has learned of a person, and finds them again by the key, then the e-mail, the account, the phone.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import duckdb
import pandas as pd

from analytics.store import Store
from analytics.store.statements import statement
from analytics.workspace.tables import NAMES, TABLES

if TYPE_CHECKING:
    from analytics.workspace.notebook import Notebook

STRENGTH = ("customer", "email", "account", "phone")
"""By which name a person is looked for first."""


class Known:
    """The people of a notebook, while rows come in: finds each by their names, or adds them."""

    def __init__(self, con: sqlite3.Connection, rows: Iterable[Mapping[str, Any]]) -> None:
        """rows: those to come."""
        self.con, self.digits = con, digits(row.get("phone") for row in rows)

    def person(self, row: Mapping[str, Any]) -> int:
        """The number of the person whom a row names. Raises ValueError where it names nobody."""
        names = {name: _clean(name, row.get(name), self.digits) for name in NAMES}
        if not any(names.values()):
            raise ValueError("a row that names nobody")
        for name in STRENGTH:
            if names[name] and (found := self._found(name, names)):
                self._learn(found, names)
                return found
        columns = ", ".join(NAMES)
        return self.con.execute(
            f"insert into people ({columns}) values (?, ?, ?, ?)", [names[name] for name in NAMES]  # noqa: S608
        ).lastrowid  # fmt: skip

    def _found(self, name: str, names: Mapping[str, str | None]) -> int | None:
        """The person of that name, unless a stronger name says that it is somebody else."""
        stronger = STRENGTH[: STRENGTH.index(name)]
        query = f"select person, {', '.join(STRENGTH)} from people where {name} = ? order by person"  # noqa: S608
        for person, *told in self.con.execute(query, [names[name]]):
            known = dict(zip(STRENGTH, told, strict=True))
            if all(not known[one] or not names[one] or known[one] == names[one] for one in stronger[1:]):
                return person
        return None

    def _learn(self, person: int, names: Mapping[str, str | None]) -> None:
        """What was not known of the person before; the key is the shop's latest."""
        told = {name: value for name, value in names.items() if value}
        changes = ", ".join(f"{name} = ?" if name == "customer" else f"{name} = coalesce({name}, ?)" for name in told)
        self.con.execute(f"update people set {changes} where person = ?", [*told.values(), person])  # noqa: S608


def forget_unnamed(con: sqlite3.Connection) -> None:
    """Drop people about whom nothing is written any more."""
    written = " union ".join(f"select person from {name}" for name, table in TABLES.items() if table.of_people)  # noqa: S608
    con.execute(f"delete from people where person not in ({written})")  # noqa: S608


def customers(store: Store, notebook: Notebook) -> pd.DataFrame:
    """Whom the people of the notebook are in this shop: person, customer_id; those who are none of its customers are left out."""
    with notebook._reading() as con:
        rows = con.execute(f"select person, {', '.join(NAMES)} from people order by person").fetchall() if con else []  # noqa: S608
    columns = list(zip(*rows, strict=True)) if rows else [()] * (1 + len(NAMES))
    told = dict(zip(("person", *NAMES), map(list, columns), strict=True))
    return store.query("workspace/people", **told).astype({"person": "int64"})


def tagged(store: Store, notebook: Notebook) -> pd.DataFrame:
    """Who has which tag: the columns of `customer_facts`, and tag; one row per customer of this view and tag, most revenue first."""
    tags = (
        notebook.rows("tags").merge(customers(store, notebook), on="person")[["customer_id", "tag"]].drop_duplicates()
    )
    facts = store.query("workspace/facts", customers=tags.customer_id.tolist())
    found = facts.merge(tags, on="customer_id")
    return found.sort_values(["revenue", "customer_id", "tag"], ascending=[False, True, True], ignore_index=True)


def learn(store: Store, notebook: Notebook) -> None:
    """Write down the names that the shop's latest files tell of people in the notebook, so that each is found by any of them later."""
    found = customers(store, notebook)
    if found.empty:
        return
    told = store.query("workspace/names", customers=found.customer_id.tolist()).set_index("customer_id")
    as_digits = digits(told.phone)
    with notebook._reading() as con:
        known = {row[0]: row[1:] for row in con.execute(f"select person, {', '.join(NAMES)} from people")}  # noqa: S608
    changes = []
    for person, customer in zip(found.person, found.customer_id, strict=True):
        names = told.loc[customer] if customer in told.index else {}
        new = {"customer": customer} | {name: _clean(name, names.get(name), as_digits) for name in NAMES[1:]}
        old = dict(zip(NAMES, known[person], strict=True))
        learned = {name: new[name] for name in NAMES if new[name] and (name == "customer" or not old[name])}
        if {**old, **learned} != old:
            changes.append((person, learned))
    if changes:
        with notebook.changing() as con:
            for person, learned in changes:
                sets = ", ".join(f"{name} = ?" for name in learned)
                con.execute(f"update people set {sets} where person = ?", [*learned.values(), person])  # noqa: S608


def _clean(name: str, value: Any, as_digits: Mapping[str, str | None]) -> str | None:
    """A name as it is compared: e-mails in small letters, phones as digits; None where it names nobody."""
    text = "" if value is None or value != value else str(value).strip()
    if not text or "**" in text:
        return None
    if name == "email":
        return text.casefold()
    return as_digits[text] if name == "phone" else text


def digits(phones: Iterable[Any]) -> dict[str, str | None]:
    """Phones as the store's rules write them."""
    written = sorted({str(phone).strip() for phone in phones if phone is not None and phone == phone})
    if not written:
        return {}
    con = duckdb.connect(":memory:")
    try:
        con.execute(statement("store/phone_digits"))
        query = "select phone, phone_digits(phone) from (select unnest($phones::varchar[]) as phone)"
        return dict(con.execute(query, {"phones": written}).fetchall())
    finally:
        con.close()
