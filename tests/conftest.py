"""Fixtures that any test may ask for; a test that asks for a browser is marked so: `-m "not browser"` runs the others."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.support.browser import PATIENCE, browser, open_page, server

__all__ = ["browser", "open_page", "server"]


expect.set_options(timeout=PATIENCE)


@pytest.fixture(autouse=True)
def _nothing_in_the_account(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test remembers a shop in the folder of whoever runs it."""
    monkeypatch.setenv("REGULARS_HOME", str(tmp_path / "regulars-home"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if {"browser", "open_page"} & set(getattr(item, "fixturenames", ())):
            item.add_marker("browser")
