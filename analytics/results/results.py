"""Did it work: each list that was sent, read back from the orders that followed, against those held out.

Read `sent_lists` with a `Store` that has the notebook beside it (`analytics.workspace.noted`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from analytics.results.effect import Difference, difference, people_needed, pooled
from analytics.store import Store

DAYS = 30
"""Days after a message in which a purchase counts, unless the owner chooses others."""
WAITING, ALONE, MORE, FEWER, NOT_SHOWN = "waiting", "alone", "more", "fewer", "not_shown"
VERDICTS = (WAITING, ALONE, MORE, FEWER, NOT_SHOWN)
"""The days of the last ones written to are not over; nobody was held out; more of those written to bought; fewer did; no difference is shown."""
_DATED = re.compile(r"\s*\d{4}-\d{2}-\d{2}$")


@dataclass(frozen=True)
class Results:
    """Every list of the contact log, read back.

    table: one row per list, the latest first: list, kind (its name without the day), first_day, last_day, over_on (when the days of
    the last message end), channel, people, people_held (on the list), sent, held (of these the ones whose days are over), bought,
    held_bought, rate, held_rate (0 to 1; NaN: nobody), difference, low, high (of shares, −1 to 1; NaN: a group is empty), orders (of those
    written to), per_buyer (money, of both groups; NaN: nobody bought), extra_low, extra_high (buyers more than without a message,
    among those written to; NaN with the difference), money_low, money_high (these times per_buyer), verdict (of VERDICTS), needed (people in each
    group for the difference seen to be shown; missing: none can). days: in which a purchase counts.
    """

    table: pd.DataFrame
    days: int

    @cached_property
    def kinds(self) -> pd.DataFrame:
        """Rounds of one kind taken together: kind, rounds, sent, bought, held, held_bought, difference, low, high, verdict; most rounds first.

        Only rounds whose days are over and that held somebody out.
        """
        rows = []
        for kind, part in self.table[self.table.verdict.isin([MORE, FEWER, NOT_SHOWN])].groupby("kind", sort=True):
            counts = part[["bought", "sent", "held_bought", "held"]]
            found = pooled(counts.itertuples(index=False, name=None))
            rows.append(
                {"kind": kind, "rounds": len(part), **counts.sum().to_dict()}
                | {"difference": found.difference, "low": found.low, "high": found.high, "verdict": _verdict(found)}
            )
        columns = ["kind", "rounds", "bought", "sent", "held_bought", "held", "difference", "low", "high", "verdict"]
        return pd.DataFrame(rows, columns=columns).sort_values(
            ["rounds", "kind"], ascending=[False, True], ignore_index=True
        )


def kind_of(name: str) -> str:
    """The name of a list without the day at its end: `refill 2026-11-23` and `refill 2026-11-30` are two rounds of `refill`."""
    return _DATED.sub("", name) or name


def results(store: Store, days: int = DAYS) -> Results:
    """Read back every list of the contact log. store: with the notebook beside it. days: after the message, its own day included."""
    table = store.query("results/sent_lists", days=int(days), as_of=store.shop.as_of)
    for name in ("first_day", "last_day", "over_on"):
        table[name] = pd.to_datetime(table[name])
    table.insert(1, "kind", [kind_of(name) for name in table.list])
    with np.errstate(divide="ignore", invalid="ignore"):
        table["rate"] = (table.bought / table.sent.replace(0, np.nan)).astype(float)
        table["held_rate"] = (table.held_bought / table.held.replace(0, np.nan)).astype(float)
    rounds = table[["bought", "sent", "held_bought", "held"]].itertuples(index=False, name=None)
    found = [difference(*counts) for counts in rounds]
    for name in ("difference", "low", "high"):
        table[name] = [getattr(one, name) for one in found]
    buyers = (table.bought + table.held_bought).replace(0, np.nan)
    table["per_buyer"] = (table.revenue / buyers).astype(float)
    for side in ("low", "high"):
        table[f"extra_{side}"] = table[side] * table.sent
        table[f"money_{side}"] = table[f"extra_{side}"] * table.per_buyer
    over = table.over_on <= pd.Timestamp(store.shop.as_of)
    alone = table.people_held == 0
    table["verdict"] = [
        WAITING if not done else ALONE if single else _verdict(one)
        for done, single, one in zip(over, alone, found, strict=True)
    ]
    table["needed"] = pd.array(
        [people_needed(*pair) if pair[0] == pair[0] else None for pair in zip(table.held_rate, table.difference, strict=True)],
        dtype="Int64",
    )  # fmt: skip
    return Results(table, int(days))


def _verdict(found: Difference) -> str:
    return {1: MORE, -1: FEWER, 0: NOT_SHOWN}[found.shown]


def already_buyers(store: Store, days: int = 30) -> pd.DataFrame:
    """Of each list's people, how many had bought in the `days` days before the message: list, people, bought_before."""
    return store.query("results/bought_before", days=int(days))
