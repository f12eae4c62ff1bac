"""The one way to keep results: once per data and choices, errors too, and an upload's in its own session alone."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from streamlit.testing.v1.local_script_runner import LocalScriptRunner

from analytics.errors import N_, TooLittleData
from analytics.store import Store
from pages.shared import menu, session
from pages.shared.session import Current, result
from tests.support.app import at_page, upload
from tests.support.rows import shopify_csv


@dataclass(frozen=True)
class Shop:
    """What a result is of: its key, and an amount to tell shops apart by."""

    key: str
    amount: int = 1


RUNS: list[tuple] = []


def doubled(of: Shop, times: int = 2, *, plus: int = 0) -> int:
    RUNS.append((of.key, times, plus))
    return of.amount * times + plus


def refused(of: Shop) -> int:
    RUNS.append((of.key,))
    raise TooLittleData(N_("Only {n}."), n=of.amount)


@pytest.fixture(autouse=True)
def _anew(monkeypatch: pytest.MonkeyPatch) -> None:
    RUNS.clear()
    session._OF_DEMOS.clear()
    monkeypatch.setattr(session, "current", lambda: Current("tea"))


def test_an_analysis_runs_once_per_data_and_choices() -> None:
    assert [result(doubled, Shop("a", 3), 2, plus=1) for _ in range(3)] == [7] * 3
    assert result(doubled, Shop("a", 3), 2, plus=2) == 8
    assert result(doubled, Shop("b", 5), 2, plus=1) == 11
    assert RUNS == [("a", 2, 1), ("a", 2, 2), ("b", 2, 1)]


def test_what_has_a_key_is_a_choice_by_its_key() -> None:
    first, second = Shop("x"), Shop("x")
    assert result(lambda of, other: other, Shop("a"), first) is first
    assert session._named(first) == session._named(second) == "x"
    assert session._named("x") == "'x'", "a text is no key"


def test_an_error_is_kept_and_raised_again() -> None:
    for _ in range(3):
        with pytest.raises(TooLittleData, match=r"Only 1\."):
            result(refused, Shop("a"))
    assert RUNS == [("a",)]


def as_session(monkeypatch: pytest.MonkeyPatch, reader: str) -> None:
    """AppTest gives all its readers one session id, and with it one session's caches."""
    begin = LocalScriptRunner.__init__

    def begin_as(runner: LocalScriptRunner, *arguments: object, **named: object) -> None:
        begin(runner, *arguments, **named)
        runner._session_id = reader

    monkeypatch.setattr(LocalScriptRunner, "__init__", begin_as)


def test_two_sessions_never_share_an_uploads_result(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same file in two sessions has the same key, and yet each session asks its own database."""
    monkeypatch.undo()
    asked: list[tuple[int, str]] = []
    query = Store.query
    monkeypatch.setattr(
        Store, "query", lambda store, name, **params: asked.append((id(store), name)) or query(store, name, **params)
    )
    rows = shopify_csv([("ann", "2025-01-05"), ("ann", "2025-03-05"), ("bob", "2025-01-06")])
    sessions = []
    for reader in ("first", "second"):
        as_session(monkeypatch, reader)
        at = at_page(menu.file("overview"), shop="mine")
        asked.clear()
        upload(at, ("orders.csv", rows))
        sessions.append((at.session_state["current"].whole, list(asked)))
    (first, of_first), (second, of_second) = sessions
    assert first.key == second.key
    assert {store for store, _ in of_first} == {id(first)}
    assert {store for store, _ in of_second} == {id(second)}
    assert [name for _, name in of_first] == [name for _, name in of_second] != []


def test_a_demo_of_which_nothing_was_written_down_is_worked_out_once_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    session._noted_demo.clear()
    beside, made = Store.beside, []
    monkeypatch.setattr(Store, "beside", lambda store, key, tables: made.append(key) or beside(store, key, tables))
    for reader in ("first", "second"):
        as_session(monkeypatch, reader)
        at = at_page(menu.file("results"), shop="durable")
    assert made == ["unwritten"]
    at.session_state["notebook_durable"].keep(holdout=0.1)
    at.run()
    assert len(made) == 2, "what one reader writes is that reader's alone"
