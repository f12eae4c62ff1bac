"""`python -m analytics week`: the week as JSON, and its lists as files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from analytics.errors import TooLittleData
from analytics.export import csv_bytes
from analytics.reviews.opinions import Opinions, opinions, score_all
from analytics.store import Store
from analytics.week.tasks import TITLES, Task
from analytics.week.week import week
from analytics.workspace import Notebook, noted


def plan(store: Store, notebook: Notebook, out: Path | None = None) -> dict[str, Any]:
    """as_of; tasks, each with kind, title, people (customer keys), held_out (those that get no message), count (of chores), worth_low, worth_high (money; None: not to be
    said), until; more: kinds beyond seven; excluded (reason -> people). out: a folder for one CSV file per list, the customer keys alone.
    """
    beside = noted(store, notebook)
    try:
        found = week(beside, _opinions(store))
    finally:
        beside.close()
    if out:
        out.mkdir(parents=True, exist_ok=True)
        for task in found.tasks:
            if len(task.people):
                listed = task.people[["customer_id", "held_out"]]
                (out / f"{task.name(found.as_of).replace(' ', '-')}.csv").write_bytes(csv_bytes(listed))
    return {
        "as_of": str(found.as_of),
        "tasks": [_told(task) for task in found.tasks],
        "more": [task.kind for task in found.more],
        "excluded": found.excluded,
    }


def _told(task: Task) -> dict[str, Any]:
    low, high = (None if money != money else round(money, 2) for money in task.worth)
    held = task.people.held_out.astype(bool)
    return {
        "kind": task.kind,
        "title": TITLES[task.kind].format(n=task.n, about=task.about),
        "people": task.people.customer_id[~held].tolist(),
        "held_out": task.people.customer_id[held].tolist(),
        "count": task.n,
        "worth_low": low,
        "worth_high": high,
        "until": str(task.until),
    }


def _opinions(store: Store) -> Opinions | None:
    """The shop's reviews, by their words alone."""
    try:
        return opinions(store, score_all(store)) if store.shop.reviews else None
    except TooLittleData:
        return None
