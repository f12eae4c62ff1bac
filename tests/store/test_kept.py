"""A shop's database as a file: the same answers as from memory, read-only, by several at a time, and found out when it is damaged."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from analytics import report
from analytics.errors import PasswordNeeded
from analytics.sources import Upload
from analytics.store import Filters, Store, kept, open_shop
from tests.support.rows import order, shopify_csv

ROWS = [order("ann", "2025-01-05", 100), order("ann", "2025-03-05", 200), order("bob", "2025-01-06", 50)]
ORDERS = Upload("orders.csv", shopify_csv(ROWS))
LOCKED = Path(__file__).parents[1] / "exports" / "shopee_TW_2026_encrypted.Order.all.20260301_20260331.xlsx"


def written(folder: Path, *uploads: Upload) -> Path:
    path = folder / "it's a shop.duckdb"
    given = uploads or (ORDERS,)
    made = kept.write_shop(path, given)
    assert made.used == {"orders.csv"} or uploads
    kept.sign(path, made, made.problems)
    return path


def tables(store: Store) -> dict[str, pd.DataFrame]:
    return {
        name: store.table(name)
        for name in ("orders", "excluded_orders", "order_lines", "customers", "reviews", "files")
    }


@pytest.mark.parametrize(
    "filters", [Filters(), Filters(end=date(2025, 1, 31)), Filters(leave_out=("bob@example.com",))]
)
def test_a_file_answers_as_memory_does(tmp_path: Path, filters: Filters) -> None:
    memory = open_shop([ORDERS]).store.filtered(filters)
    file = kept.open_written(written(tmp_path)).store.filtered(filters)
    assert (file.key, file.shop) == (memory.key, memory.shop)
    of_memory = tables(memory)
    for name, table in tables(file).items():
        pd.testing.assert_frame_equal(table, of_memory[name])
    assert report.to_json(report.summary(file)) == report.to_json(report.summary(memory))


def test_it_is_never_changed_and_two_programs_may_read_it(tmp_path: Path) -> None:
    path = written(tmp_path)
    before = path.read_bytes()
    store = kept.open_written(path).store
    view = store.filtered(Filters(end=date(2025, 1, 31)))
    again = kept.open_written(path).store
    asked = (
        "import sys; from pathlib import Path; from analytics.store import kept; "
        "print(kept.open_written(Path(sys.argv[1])).store.shop.orders)"
    )
    done = subprocess.run([sys.executable, "-c", asked, str(path)], capture_output=True, text=True, check=True)
    assert [done.stdout.strip(), str(again.shop.orders), str(view.shop.orders)] == ["3", "3", "2"]
    for one in (view, store, again):
        one.close()
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_the_view_on_it_reads_no_other_file(tmp_path: Path) -> None:
    store = kept.open_written(written(tmp_path)).store
    with pytest.raises(duckdb.PermissionException):
        store._cursor().execute(f"attach '{tmp_path / 'other.duckdb'}'")


@pytest.mark.parametrize("damage", ["cut short", "something else", "empty", "another database", "not signed"])
def test_what_is_damaged_is_found_out(tmp_path: Path, damage: str) -> None:
    path = written(tmp_path)
    whole = path.read_bytes()
    if damage in ("another database", "not signed"):
        path.unlink()
        duckdb.connect(str(path)).close() if damage == "another database" else kept.write_shop(path, [ORDERS])
    else:
        path.write_bytes(
            {"cut short": whole[: len(whole) // 3], "something else": b"no database", "empty": b""}[damage]
        )
    with pytest.raises(kept.Damaged):
        kept.open_written(path)


def test_the_problems_of_the_files_come_back(tmp_path: Path) -> None:
    path = written(tmp_path, ORDERS, Upload("locked.xlsx", LOCKED.read_bytes()))
    [problem] = kept.open_written(path).problems
    assert isinstance(problem, PasswordNeeded)
    assert problem.file == "locked.xlsx"
    assert "locked.xlsx" in str(problem)


def test_a_window_that_ends_after_today_grows_with_the_days(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Later(date):
        @classmethod
        def today(cls) -> date:
            return date(2100, 1, 1)

    path = written(tmp_path, Upload("Order.all.20250101_20990131.csv", shopify_csv(ROWS)))
    assert kept.open_written(path).store.shop.as_of == date.today()
    monkeypatch.setattr("analytics.store.database.date", Later)
    assert kept.open_written(path).store.shop.as_of == date(2099, 1, 31)
