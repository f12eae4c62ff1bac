"""What the tables of a notebook hold, for going out as a file and coming back: columns, what they are called, and what they take.

`notebook_*.sql` makes the tables. A table of people has, in place of `person`, the names that they go by: NAMES.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from analytics.errors import N_

Kind = Literal["text", "day", "moment", "number", "whole", "yes"]
NAMES = ("customer", "account", "email", "phone")
"""The names a person goes by: the shop's own key, the account at a marketplace, e-mail, phone."""


@dataclass(frozen=True)
class Column:
    """One column. label: its header, a msgid. needed: a row without it is no row. default: what a row has that says nothing; None: nothing."""

    name: str
    kind: Kind
    label: str
    needed: bool = False
    default: str | None = None


@dataclass(frozen=True)
class Table:
    """One table. key: the columns that tell rows apart; a row that comes in takes the place of one with the same. of_people: it has NAMES."""

    name: str
    label: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    of_people: bool = False

    @property
    def all_columns(self) -> tuple[Column, ...]:
        """With the names of people in front."""
        return (*PEOPLE, *self.columns) if self.of_people else self.columns


PEOPLE = (
    Column("customer", "text", N_("Customer key")),
    Column("account", "text", N_("Account")),
    Column("email", "text", N_("E-mail")),
    Column("phone", "text", N_("Phone")),
)
NOTE = Column("note", "text", N_("Note"))
TABLES = {
    table.name: table
    for table in (
        Table(
            "tags", N_("Tags on customers"), (Column("tag", "text", N_("Tag"), needed=True),),
            key=("person", "tag"), of_people=True,
        ),
        Table(
            "notes", N_("Notes on customers"),
            (Column("note", "text", N_("Note"), needed=True), Column("written_at", "moment", N_("Written at"))),
            key=("person", "note", "written_at"), of_people=True,
        ),
        Table(
            "known_customers", N_("Known old customers"), (Column("since", "day", N_("Customer since")),),
            key=("person",), of_people=True,
        ),
        Table(
            "members", N_("Members"),
            (
                Column("consent", "yes", N_("Accepts marketing")), Column("tags", "text", N_("Tags")),
                Column("tier", "text", N_("Tier")), Column("points", "number", N_("Points")),
                Column("points_expire", "day", N_("Points expire on")), Column("birthday", "day", N_("Birthday")),
                Column("orders", "whole", N_("Orders in total")), NOTE,
            ),
            key=("person",), of_people=True,
        ),
        Table(
            "left_out", N_("Left out of every count"), (Column("why", "text", N_("Why")),),
            key=("person",), of_people=True,
        ),
        Table(
            "contact_log", N_("Contact log"),
            (
                Column("day", "day", N_("Day"), needed=True), Column("channel", "text", N_("Channel")),
                Column("list", "text", N_("List")), Column("message", "text", N_("Message")),
                Column("held_out", "yes", N_("Held out")),
            ),
            key=("person", "day", "channel", "list"), of_people=True,
        ),
        Table(
            "campaigns", N_("Campaign diary"),
            (
                Column("name", "text", N_("Campaign"), needed=True), Column("first_day", "day", N_("First day"), needed=True),
                Column("last_day", "day", N_("Last day")), Column("audience", "text", N_("For whom")),
                Column("offer", "text", N_("Offer")), Column("cost", "number", N_("Cost")), NOTE,
            ),
            key=("name", "first_day"),
        ),
        Table(
            "gifts", N_("Gift ledger"),
            (
                Column("day", "day", N_("Day"), needed=True), Column("gift", "text", N_("Gift"), needed=True),
                Column("cost", "number", N_("Cost")), Column("why", "text", N_("Why")),
            ),
            key=("person", "day", "gift"), of_people=True,
        ),
        Table(
            "triage", N_("Notes on reviews"),
            tuple(
                Column(name, "text", label, needed=name == "review_id")
                for name, label in (
                    ("review_id", N_("Review number")), ("status", N_("Status")), ("owner", N_("Who sees to it")),
                    ("fault", N_("Whose fault")), ("tag", N_("What is behind it")), ("note", N_("Note")),
                )
            ),
            key=("review_id",),
        ),
        Table(
            "views", N_("Saved views"),
            (Column("name", "text", N_("Name"), needed=True), Column("link", "text", N_("Link"), needed=True)),
            key=("name",),
        ),
        Table(
            "products", N_("Product sheet"),
            (
                Column("product_id", "text", N_("Product number"), needed=True), Column("part", "text", N_("Part"), default=""),
                Column("merge_into", "text", N_("Belongs to")), Column("short_name", "text", N_("Short name")),
                Column("family", "text", N_("Family")), Column("kind", "text", N_("Kind")),
                Column("pack_size", "number", N_("Pack size")), Column("days_per_pack", "number", N_("Days per pack")),
                Column("cost", "number", N_("Cost")),
            ),
            key=("product_id", "part"),
        ),
        Table(
            "task_choices", N_("Tasks put away"),
            (
                Column("task", "text", N_("Task"), needed=True), Column("week", "day", N_("Week"), needed=True),
                Column("choice", "text", N_("What was chosen"), needed=True),
            ),
            key=("task", "week"),
        ),
        Table(
            "cards", N_("Cards for parcels"),
            (Column("card", "text", N_("Card"), needed=True), Column("words", "text", N_("Words")), Column("code", "text", N_("Code"))),
            key=("card",),
        ),
        Table(
            "care_words", N_("Words of care"),
            (
                Column("product_id", "text", N_("Product number"), default=""), Column("day", "whole", N_("Days after delivery"), needed=True),
                Column("slot", "text", N_("What it is"), default="question"), Column("words", "text", N_("Words"), needed=True),
            ),
            key=("product_id", "day", "slot"),
        ),
        Table(
            "playbook", N_("Service playbook"),
            (
                Column("question", "text", N_("Question or symptom"), needed=True), Column("product_id", "text", N_("Product number"), default=""),
                Column("answer", "text", N_("Answer")), Column("recommend", "text", N_("What to recommend")), Column("tone", "text", N_("Tone")),
                Column("never", "text", N_("Never promise")),
            ),
            key=("question", "product_id"),
        ),
        Table(
            "broadcasts", N_("Results of mailings"),
            (
                Column("list", "text", N_("List"), needed=True), Column("day", "day", N_("Day")),
                *(
                    Column(name, "whole", label)
                    for name, label in (
                        ("sent", N_("Sent")), ("opened", N_("Opened")), ("clicked", N_("Clicked")), ("blocked", N_("Blocked")),
                    )
                ),
            ),
            key=("list",),
        ),
        Table(
            "files_told", N_("Stores and mappings of files"),
            (
                Column("file", "text", N_("File"), needed=True), Column("store", "text", N_("Store")),
                Column("mapping", "text", N_("Mapping")), Column("date", "text", N_("Day or month first")),
            ),
            key=("file",),
        ),
        Table(
            "settings", N_("Settings of the shop"),
            (Column("name", "text", N_("Setting"), needed=True), Column("value", "text", N_("Value"), needed=True)),
            key=("name",),
        ),
    )
}  # fmt: skip
"""Name -> table, in the order in which they are listed."""


@cache
def headers() -> dict[str, frozenset[str]]:
    """Column -> the headers, in small letters, that files are known to give it: the platforms' own and those of our files in both languages."""
    listed = tomllib.loads(Path(__file__).with_name("headers.toml").read_text("utf-8"))
    return {name: frozenset({name, *(header.casefold() for header in known)}) for name, known in listed.items()}
