"""The command line's files and words: no cell runs as a formula, no buyer is named unless asked, and any terminal can show them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from analytics.__main__ import main
from tests.store.test_reading_apart import FAR, workbook
from tests.support.rows import order, shopify_csv

ROOT = Path(__file__).parents[1]
FORMULAS = ("=1+1", "+1+1", "-1+x", "@sum(a)", "＝2+2", "＋1", "－x", "＠a")


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """Forty orders of eight buyers, two of whom look the same when masked, with products that are formulas."""
    people = ["john", "jack", "王小明", "cat", "dan", "eve", "fay", "gus"]
    rows = [
        order(
            people[n % 8], f"2025-{1 + n // 8:02d}-{1 + n % 28:02d}", 100 + n, products=(FORMULAS[n % 8],), city="臺北"
        )
        for n in range(40)
    ]
    path = tmp_path / "訂單_export.csv"
    path.write_bytes(shopify_csv(rows))
    return path


def written(export: Path, *options: str) -> dict[str, pd.DataFrame]:
    out = export.parent / ("named" if options else "masked")
    assert main(["tables", str(export), "--out", str(out), *options]) == 0
    return {path.stem: pd.read_csv(path, dtype=str, keep_default_na=False) for path in out.glob("*.csv")}


def test_no_cell_of_a_table_starts_a_formula(export: Path) -> None:
    tables = written(export)
    assert set(tables["order_lines"]["product"]) == {f"'{formula}" for formula in FORMULAS}
    for name, table in tables.items():
        cells = pd.Series(table.to_numpy().ravel())
        odd = cells[cells.str.match(r"[=+@＝＋－＠\t\r]|-(?!\d[\d.,e-]*$)")]
        assert odd.empty, (name, odd.tolist())


def test_buyers_are_masked_unless_asked_for_and_stay_apart(export: Path) -> None:
    masked, named = written(export), written(export, "--names")
    for name, table in masked.items():
        assert "john@" not in table.to_string(), name
        assert "王小明" not in table.to_string(), name
    assert set(named["customers"]["customer_id"]) >= {"john@example.com", "王小明@example.com"}
    assert masked["orders"].groupby("customer_id").size().tolist() == [5] * 8
    assert set(masked["customers"]["customer_id"]) == set(masked["orders"]["customer_id"])
    assert "j***@example.com #7" in set(masked["customers"]["customer_id"])


@pytest.mark.parametrize(
    "how", [{"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, {"PYTHONIOENCODING": "cp1252"}]
)
def test_the_summary_is_shown_by_any_terminal(export: Path, how: dict[str, str]) -> None:
    environment = {name: value for name, value in os.environ.items() if name not in ("LC_ALL", "LANG", "PYTHONUTF8")}
    (export.parent / "空.csv").write_bytes(b"")
    done = subprocess.run(
        [sys.executable, "-m", "analytics", "summary", export.name, "空.csv"],
        cwd=export.parent, env=environment | {"PYTHONPATH": str(ROOT)} | how, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.decode("cp1252"))["orders"] == 40
    assert b"Traceback" not in done.stderr
    assert b"is empty" in done.stderr


def test_a_workbook_that_ends_its_reader_costs_one_sentence(
    export: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    far = tmp_path / "far.xlsx"
    far.write_bytes(workbook(FAR))
    assert main(["summary", str(far), str(export)]) == 0
    told = capsys.readouterr()
    assert json.loads(told.out)["orders"] == 40
    assert [line for line in told.err.splitlines() if "far.xlsx" in line] == told.err.splitlines()[:1]
