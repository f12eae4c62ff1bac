"""Many readers with files of their own where strangers come in: nothing of them is remembered."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from benchmarks.reader import reading
from tests.support.browser import DASHBOARD, serving
from tests.support.rows import order, shopify_csv

SESSIONS, AT_ONCE = 8, 4


@pytest.mark.browser
def test_sessions_with_files_write_nothing_into_the_workspace(tmp_path: Path) -> None:
    with serving(*DASHBOARD, "--share", home=tmp_path) as address:

        def visit(number: int) -> str:
            with reading(address.removeprefix("http://")) as reader:
                reader.query = "lang=en&shop=mine"
                reader.run("glossary")
                rows = [order(f"reader{number}", "2025-01-05", 100 + number)]
                reader.upload((f"orders_{number}.csv", shopify_csv(rows)))
                reader.run("data")
                return reader.said

        with ThreadPoolExecutor(AT_ONCE) as pool:
            said = list(pool.map(visit, range(SESSIONS)))
    assert len(said) == SESSIONS
    assert all("1 file holds 1 row" in one for one in said)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
