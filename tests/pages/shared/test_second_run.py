"""A click that asks for no new count runs no query, draws no figure, and leaves the frame alone."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from analytics.store import Store
from pages.shared import drawing, made, menu, part, session
from pages.shared.latest import Latest
from tests.support.app import at_page, figures, rerun


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is asked of shops and drawn from now on."""
    found: list[str] = []

    def told(of: Callable, name: Callable[..., str]) -> Callable:
        def wrapped(*given: object, **named: object) -> object:
            found.append(name(*given))
            return of(*given, **named)

        return wrapped

    monkeypatch.setattr(Store, "query", told(Store.query, lambda _store, query: query))
    monkeypatch.setattr(Store, "table", told(Store.table, lambda _store, table: table))
    monkeypatch.setattr(drawing, "finished", told(drawing.finished, lambda _figure: "a figure"))
    return found


@pytest.mark.parametrize("page", menu.PAGES)
def test_the_second_run_of_a_page_asks_and_draws_nothing(page: str, asked: list[str]) -> None:
    at = at_page(menu.file(page), shop="durable")
    before = figures(at)
    rerun(at)
    asked.clear()
    rerun(at)
    assert asked == []
    assert figures(at) == before


VIEWS = {
    "segments": {"segments_section": "list"},
    "cycles": {"cycles_view": "people"},
    "week": {"week_view": "one"},
    "products": {"products_view": "sheet"},
}


@pytest.mark.parametrize("page", VIEWS)
def test_nor_does_that_of_a_view_with_a_list(page: str, asked: list[str]) -> None:
    at = rerun(at_page(menu.file(page), shop="durable", **VIEWS[page]))
    asked.clear()
    rerun(at)
    assert asked == []


def test_a_control_of_the_page_asks_only_for_its_own_count(asked: list[str]) -> None:
    at = rerun(at_page(menu.file("overview"), shop="durable"))
    asked.clear()
    at.session_state["overview_versus"] = "month"
    rerun(at)
    assert set(asked) <= {"overview/buyer_groups", "a figure"}


def test_things_are_told_apart_by_what_they_hold() -> None:
    rows = pd.DataFrame({"n": [1, 2]})
    assert made._mark(rows) == made._mark(rows.copy())
    assert made._mark(rows) != made._mark(rows.assign(n=[1, 3]))
    assert made._mark([1, "a"]) != made._mark((1, "a"))
    assert made._mark({"a": {1.5}}) == made._mark({"a": {1.5}})
    assert made._mark(True) != made._mark(1)
    large = pd.DataFrame({"n": range(made._LARGE + 1)})
    assert made._mark(large) == made._mark(large)
    assert made._mark(large) != made._mark(large.copy())


def test_only_the_latest_things_are_kept() -> None:
    kept, counted = Latest(2), iter(range(9))
    assert [kept.get(key, lambda: next(counted)) for key in "abacab"] == [0, 1, 0, 2, 0, 3]


def test_the_frame_tells_plain_values_from_others() -> None:
    assert part._mark({"a": [1, None]}) == part._mark({"a": (1, None)})
    assert part._mark(session.Current("tea")) == part._mark(session.Current("tea"))
    assert part._mark(object()) != part._mark(object())
