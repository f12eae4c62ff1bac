"""Same data, same bytes: the order of rows and the number of threads change nothing that is written."""

from __future__ import annotations

import csv
import io
import random
from pathlib import Path

import duckdb
import pytest

from analytics.__main__ import main
from analytics.store import staging

SHOPEE = ["訂單編號", "訂單狀態", "買家帳號", "訂單成立日期", "商品總價", "商品名稱", "商品ID", "商品活動價格", "數量"]
PRODUCTS = {"烏龍茶": 10.1, "蜂蜜": 20.2, "茶杯": 30.3, "茶壺": 0.7}


def rows() -> list[list[list[object]]]:
    """Orders of lines. Many ties: equal days, equal amounts by other sums, products bought as often as others."""
    chance = random.Random(7)
    found = []
    for number in range(240):
        buyer, day = f"buyer{number % 37}", 1 + number % 28
        chosen = chance.sample(sorted(PRODUCTS), chance.randint(1, 3))
        units = [chance.randint(1, 3) for _ in chosen]
        total = round(sum(PRODUCTS[name] * n for name, n in zip(chosen, units, strict=True)), 2)
        when = f"2025-{1 + number // 24:02}-{day:02} 10:00"
        found.append(
            [
                [f"25{number:04}AAAA{number:04}", "已完成", buyer, when, total, name, name, PRODUCTS[name], n]
                for name, n in zip(chosen, units, strict=True)
            ]
        )
    return found


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return tables(rows(), tmp_path_factory.mktemp("plain"), threads=1)


def tables(orders: list[list[list[object]]], folder: Path, *, threads: int) -> dict[str, bytes]:
    """Every table that the command line writes of these orders."""
    out = io.StringIO()
    csv.writer(out).writerows([SHOPEE, *(line for lines in orders for line in lines)])
    path = Path("Order.all.20250101_20251231.csv")
    connect = duckdb.connect
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        path.write_text(out.getvalue(), "utf-8")
        patch.setattr(duckdb, "connect", lambda name: connect(name, config={"threads": threads}))
        assert main(["tables", str(path), "--out", "out"]) == 0
    return {file.name: file.read_bytes() for file in sorted((folder / "out").iterdir())}


@pytest.mark.parametrize(("seed", "threads"), [(0, 2), (1, 1)])
def test_shuffled_rows_and_threads_change_no_byte(
    written: dict[str, bytes], seed: int, threads: int, tmp_path: Path
) -> None:
    orders, chance = rows(), random.Random(seed)
    if seed:
        chance.shuffle(orders)
        for lines in orders:
            chance.shuffle(lines)
    found = tables(orders, tmp_path, threads=threads)
    assert found.keys() == written.keys()
    assert [name for name in found if found[name] != written[name]] == []


def test_orders_of_one_run_each_are_read_as_grouped_ones_are(
    written: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []
    alone = staging._alone
    monkeypatch.setattr(staging, "_alone", lambda con: seen.append(alone(con)))
    assert tables(rows(), tmp_path, threads=1) == written
    assert seen == [True]
