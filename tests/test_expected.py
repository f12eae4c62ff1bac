"""The real shop, turned into exports and opened through the real door, gives the independently computed answers to the cent.

The sample comes from the demo shop and is written here as monthly Shopee workbooks too. The whole two years are opened where the file
exists; as Shopee workbooks they take minutes, so that run is in benchmarks/expected.py.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from analytics.__main__ import main
from analytics.report import summary
from analytics.sources import Upload
from analytics.store import open_shop
from benchmarks import uci_exports
from sample_data import uci
from tests.support.real import EXPECTED, FILES, assert_expected, real

SAMPLE = Path(uci.__file__).parent / "uci" / "orders_export.zip"
PUBLISHED = {
    "orders": 2167,
    "guest_orders": 59,
    "customers": 366,
    "revenue_known_customers": 1_027_145.87,
    "revenue_with_guests": 1_082_823.86,
    "as_of": "2011-12-08",
}


def test_the_sample_as_a_shopify_export():
    store = open_shop([Upload(SAMPLE.name, SAMPLE)]).store
    assert_expected(summary(store), EXPECTED.get("uci_online_retail_sample.csv.gz", PUBLISHED))


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith("csv.gz")])
def test_the_sample_as_shopee_workbooks(name, tmp_path):
    books = uci_exports.write_shopee(uci_exports.read(FILES[name]), tmp_path)
    opened = open_shop([Upload(path.name, path) for path in books])
    assert opened.problems == []
    assert len(books) == 25
    assert_expected(summary(opened.store), EXPECTED[name])


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith("parquet")])
def test_the_whole_two_years(name):
    assert_expected(summary(real(name)), EXPECTED[name])


def test_the_command_line_prints_the_same(capsys):
    assert main(["summary", str(SAMPLE)]) == 0
    assert_expected(json.loads(capsys.readouterr().out), PUBLISHED)


def test_the_command_line_can_end_earlier(capsys):
    assert main(["summary", str(SAMPLE), "--as-of", "2010-12-31"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["as_of"] == "2010-12-31"
    assert found["orders"] < 2226


def test_the_command_line_writes_tables(tmp_path, capsys):
    assert main(["tables", str(SAMPLE), "--out", str(tmp_path)]) == 0
    written = {path.name: path for path in tmp_path.iterdir()}
    assert {"orders.csv", "excluded_orders.csv", "order_lines.csv", "customers.csv", "months.csv"} <= written.keys()
    assert written["orders.csv"].read_bytes().startswith(b"\xef\xbb\xbforder_key,platform,shop,order_id,customer_id")
    assert len(written["orders.csv"].read_text("utf-8-sig").splitlines()) == 2226 + 1


def test_bad_input_is_one_sentence_and_code_two(tmp_path, capsys):
    (tmp_path / "empty.csv").write_bytes(b"")
    assert main(["summary", str(tmp_path / "empty.csv")]) == 2
    said = capsys.readouterr().err
    assert len(said.splitlines()) == 1
    assert "empty" in said


def test_a_missing_file_is_one_sentence_and_code_two(tmp_path, capsys):
    assert main(["summary", str(tmp_path / "nothing.csv")]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
