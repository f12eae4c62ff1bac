"""What was read and whether it can be trusted: rows in = rows kept + rows left out, and everything that makes a number doubtful."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import pandas as pd

from analytics.errors import Note
from analytics.store import Store


@dataclass(frozen=True)
class Health:
    """A shop's data, looked over.

    files: one row per file, as the table `files`.
    outcomes: one row per outcome ('counts' first, then each reason): orders, rows, revenue in the shop's currency, NaN of other currencies.
    months: one row per calendar month from first to last: orders, left_out; a silent month is an explicit 0.
    statuses: one row per status that no platform file lists: platform, status, orders, revenue.
    returns: the same for return statuses; their orders count too.
    unreadable: one row per thing that is missing ('number', 'day', 'amount', 'refund'): orders, rows.
    unread: one row per kind of number that stands there and cannot be read ('quantity', 'returned', 'refunded'): what, cells, orders, example.
    An unread quantity is unknown, its order counts; of an order with an unread refund the revenue is unknown, so it is left out.
    currencies: one row per other currency than the shop's: currency, orders, revenue (in that currency).
    overlaps: one row per two files of one shop whose days overlap: file, other, first, last.
    people: orders, known, masked, guests, customers, with_email, with_phone.
    money: orders, revenue, buyer_paid, gross, seller_discount, platform_discount, refunded, partly_refunded, currency.
    burn_in: days, until (the day from which a new customer is believed to be new), too_short (the data ends before that day),
    customers, doubtful (first seen before that day).
    """

    files: pd.DataFrame
    outcomes: pd.DataFrame
    months: pd.DataFrame
    statuses: pd.DataFrame
    returns: pd.DataFrame
    unreadable: pd.DataFrame
    unread: pd.DataFrame
    currencies: pd.DataFrame
    overlaps: pd.DataFrame
    people: pd.Series
    money: pd.Series
    burn_in: pd.Series

    @cached_property
    def rows(self) -> int:
        """Rows in the files, counted when they were read."""
        return int(self.files["rows"].sum())

    @cached_property
    def adds_up(self) -> bool:
        """Whether the rows read are the rows kept and the rows left out, none missing and none twice."""
        return self.rows == int(self.outcomes["rows"].sum())

    @cached_property
    def kept(self) -> int:
        """Orders that count."""
        return int(self.outcomes.loc[self.outcomes["outcome"] == "counts", "orders"].sum())

    @cached_property
    def left_out(self) -> pd.DataFrame:
        """The outcomes but 'counts'."""
        return self.outcomes[self.outcomes["outcome"] != "counts"]

    @cached_property
    def silent_months(self) -> list[date]:
        """Months between the first and the last order in which no order was placed at all."""
        silent = self.months[(self.months["orders"] == 0) & (self.months["left_out"] == 0)]
        return [month.date() for month in silent["month"]]


def health(store: Store) -> Health:
    """Look a shop over. Made for a view without a period, so that its outcomes are those of whole files."""
    return Health(
        files=store.table("files"),
        outcomes=store.query("health/outcomes"),
        months=store.query("health/months"),
        statuses=store.query("health/statuses"),
        returns=store.query("health/returns"),
        unreadable=store.query("health/unreadable"),
        unread=store.query("health/unread_counts"),
        currencies=store.query("health/currencies"),
        overlaps=store.query("health/overlaps"),
        people=store.query("health/people").iloc[0],
        money=store.query("health/money").iloc[0],
        burn_in=store.query("health/burn_in").iloc[0],
    )


def remarks(store: Store) -> list[tuple[str, Note]]:
    """What was odd about the files, of orders first: the file's name, and what it was."""
    files = pd.concat([store.table("files")[["name", "notes"]], store.query("reviews/files")[["name", "notes"]]])
    return [(name, Note.from_json(note)) for name, notes in files.itertuples(index=False) for note in notes]


def examples(store: Store, reason: str, n: int = 50) -> pd.DataFrame:
    """Orders that do not count for this reason, the latest first, at most n: order_id, ordered_at, status, revenue, shop, file."""
    return store.query("health/examples", reason=reason, n=n)


def unread(store: Store, n: int = 200) -> pd.DataFrame:
    """The cells that should hold a quantity or a refund and hold something else, at most n: what, written, order_id, ordered_at, shop, file."""
    return store.query("health/unread", n=n)


def shops(store: Store) -> list[str]:
    """The names of the shops that the files are of."""
    return sorted(store.table("files")["shop"].dropna().unique())


def unlisted_statuses(store: Store) -> list[str]:
    """The statuses that no platform file lists, of orders and then of returns."""
    listed = pd.concat([store.query("health/statuses")["status"], store.query("health/returns")["status"]])
    return listed.unique().tolist()


def doubts(store: Store) -> pd.DataFrame:
    """One row per layout whose dates could begin with the day as well as with the month: platform, region, keys, names (of its files), example."""
    return store.query("health/doubts")


def stores(store: Store) -> pd.DataFrame:
    """One row per store: platform, shop, files (how many were taken for it)."""
    return store.query("health/stores")
