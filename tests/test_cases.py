"""Small files that were once read wrongly, kept beside the repository where they exist: the command line gives what is right of each."""

from __future__ import annotations

import json
import re
import shutil
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from analytics.__main__ import main

FOLDER = Path(__file__).parents[2] / "shared" / "cases" / "reading"
CASES = json.loads((FOLDER / "cases.json").read_text("utf-8")) if FOLDER.is_dir() else []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_what_is_right_of_a_file(case: dict, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    expect = dict(case["expect"])
    files = [FOLDER / name for name in case["files"]]
    if case["kind"] == "same file names":
        files = [_called_alike(path, tmp_path / str(number)) for number, path in enumerate(files)]
    options = [str(FOLDER / option) if option.endswith(".toml") else option for option in case["options"]]
    code = main(["summary", *map(str, files), *options])
    told = capsys.readouterr()
    assert code == (2 if expect.pop("refused", False) else 0), told.err
    for words in expect.pop("says", []):
        assert re.search(words, told.err, re.IGNORECASE)
    if code:
        return
    found = json.loads(told.out)
    found["lifetime"] = found["repurchase"]["lifetime"]
    if expect.pop("as_of_not_after_today", False):
        assert found["as_of"] <= date.today().isoformat()
    if "by_file" in expect:
        assert [file["orders"] for file in found["files"]] == expect.pop("by_file")
    if "known_as" in expect:
        assert found["platform"] == expect.pop("known_as").lower()
    if "products" in expect:
        assert main(["tables", *map(str, files), *options, "--out", str(tmp_path)]) == 0
        assert sorted(pd.read_csv(tmp_path / "order_lines.csv")["product"]) == sorted(expect.pop("products"))
    assert {name: found[name] for name in expect} == expect


def _called_alike(path: Path, folder: Path) -> Path:
    folder.mkdir()
    return Path(shutil.copy(path, folder / "orders_export_1.csv"))
