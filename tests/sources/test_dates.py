"""Times as exports write them: the patterns told from a column, and the shop's own clock that SQL reads."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.sources.dates import patterns
from analytics.store.statements import statement


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute(statement("store/macros"))
        yield connection


def clock(
    con: duckdb.DuckDBPyConnection, text: str | None, formats: tuple[str, ...] = (), ordering: str = ""
) -> datetime | None:
    query = "select shop_clock($text::varchar, $formats, $ordering)"
    return con.execute(query, {"text": text, "formats": list(formats), "ordering": ordering}).fetchall()[0][0]


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("2025-01-02 03:04", "2025-01-02 03:04"),
        ("2025-01-02 23:04:05 +0800", "2025-01-02 23:04:05"),
        ("2025-01-02 23:04 -0700", "2025-01-02 23:04"),
        ("2025-1-2 3:04+08:00", "2025-01-02 03:04"),
        ("2025-01-02T23:04:05Z", "2025-01-02 23:04:05"),
        ("2026/1/24 下午1:05:00", "2026-01-24 13:05"),
        ("2026/1/24 上午12:05:00", "2026-01-24 00:05"),
        ("2026/1/24 下午12:05", "2026-01-24 12:05"),
        ("2025-01-02 3:04:05 PM", "2025-01-02 15:04:05"),
        ("2026/1/24", "2026-01-24 00:00"),
        ("2025年1月2日 13:05", "2025-01-02 13:05"),
        ("民國115年1月2日", "2026-01-02 00:00"),
        ("45292.5", "2024-01-01 12:00"),
        ("1999-12-31 23:59", "1999-12-31 23:59"),
    ],
)
def test_year_first_times_are_read_without_a_pattern(con, text, time):
    assert clock(con, text) == datetime.fromisoformat(time)


@pytest.mark.parametrize("text", [None, "", "-", "2026-02-30 10:00", "03/04/2025", "24/01/02", "hello 2"])
def test_what_is_no_time_or_could_be_two_is_null(con, text):
    assert clock(con, text) is None


@pytest.mark.parametrize(
    ("texts", "last"),
    [
        (["24/01/2025 03:04:05", "03/04/2025 03:04:05"], "2025-04-03 03:04:05"),
        (["01/24/2025 3:04:05 PM", "03/04/2025 3:04:05 PM"], "2025-03-04 15:04:05"),
        (["03/04/2025"], "2025-03-04 00:00"),
        (["03 Jun 2026 20:41"], "2026-06-03 20:41"),
        (["31.12.2025 20:41", "01.12.2025 20:41"], "2025-12-01 20:41"),
        (["20/01/2025", "20/01/2025 03:04"], "2025-01-20 03:04"),
    ],
)
def test_other_orders_need_patterns_that_the_column_tells(con, texts, last):
    assert clock(con, texts[-1], patterns(texts)) == datetime.fromisoformat(last)


def test_year_first_columns_need_no_pattern():
    assert patterns(["2025-01-02 03:04", "2025/1/2", "2026/1/24 下午1:05", "45292.5", "", None]) == ()


@settings(deadline=None)
@given(
    st.datetimes(datetime(2000, 1, 1), datetime(2079, 12, 31)),
    st.sampled_from(
        ["%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M", "%Y-%m-%d %H:%M:%S +0800", "%Y-%m-%dT%H:%M:%S-07:00"]
    ),
)
def test_the_clock_on_the_wall_is_kept(con, time, written):
    whole = time.replace(second=time.second if "%S" in written else 0, microsecond=0)
    assert clock(con, time.strftime(written)) == whole
