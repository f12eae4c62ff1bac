"""Shops to test on that nobody made up for a test: real orders where they exist beside the repository, and the demo shops. Opened once."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import duckdb
import pytest

from analytics.sources import Upload
from analytics.store import Store, open_shop

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "data"
SAMPLES = ROOT / "sample_data"
FILES = {path.name: path for path in sorted(SHARED.glob("uci_online_retail_*"))}
"""Name -> path of the real files; empty where the folder does not exist."""
EXPECTED: dict[str, dict] = json.loads((SHARED / "expected.json").read_text("utf-8")) if FILES else {}
"""Name -> the right answers, computed by others."""


@cache
def real(name: str) -> Store:
    """A real file as a store: its lines written as a Shopify export and opened through the real door."""
    reader = "read_parquet" if name.endswith("parquet") else "read_csv"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "orders_export_1.csv"
        duckdb.execute(AS_SHOPIFY.replace("LINES", f"{reader}('{FILES[name]}')").replace("OUT", str(path)))
        return _opened([path])


AS_SHOPIFY = r"""
copy (
    with lines as (
        select *, regexp_full_match(cast(InvoiceNo as varchar), '\d+') and Quantity > 0 and UnitPrice > 0 as valid from LINES
    ),
    placed as (
        select
            *,
            row_number() over (partition by InvoiceNo order by valid desc) as place,
            sum(case when valid then Quantity * cast(UnitPrice as decimal(18, 4)) else 0 end) over (partition by InvoiceNo) as total
        from lines
    )
    select
        InvoiceNo as "Name",
        case when CustomerID is not null then cast(cast(CustomerID as bigint) as varchar) || '@example.com' end as "Email",
        case when place = 1 then 'paid' end as "Financial Status",
        case when place = 1 then total end as "Subtotal",
        case when place = 1 then total end as "Total",
        case when place = 1 then 'GBP' end as "Currency",
        strftime(InvoiceDate, '%Y-%m-%d %H:%M:%S +0000') as "Created at",
        case when not regexp_full_match(cast(InvoiceNo as varchar), '\d+') then strftime(InvoiceDate, '%Y-%m-%d %H:%M:%S +0000') end as "Cancelled at",
        Quantity as "Lineitem quantity",
        Description as "Lineitem name",
        UnitPrice as "Lineitem price",
        StockCode as "Lineitem sku"
    from placed
    order by InvoiceDate, InvoiceNo, place
) to 'OUT' (header, delimiter ',')
"""


@cache
def demo(name: str) -> Store:
    """A demo shop as a store."""
    folder = SAMPLES / name
    return _opened(path for path in sorted(folder.iterdir()) if "review" not in path.name and path.suffix != ".md")


def truths(name: str) -> dict:
    """What is true of a demo shop, counted from its simulation."""
    return json.loads((SAMPLES / "truths.json").read_text("utf-8"))[name]


def _opened(paths: Iterable[Path]) -> Store:
    found = open_shop([Upload(path.name, path) for path in paths])
    assert found.store is not None, found.problems
    assert not found.problems
    return found.store


def assert_expected(found: dict, expected: dict) -> None:
    """Totals to the cent and the customer, rates to the last digit that floats keep."""
    assert found["orders"] - found["guest_orders"] == expected["orders"]
    assert found["guest_orders"] == expected["guest_orders"]
    assert found["customers"] == expected["customers"]
    assert found["revenue"] == expected["revenue_with_guests"]
    assert str(found["as_of"]) == expected["as_of"]
    if "repurchase" not in expected:
        return
    got, wanted = found["repurchase"], expected["repurchase"]
    for name in ("lifetime", "order_share", "revenue_share", "average_repurchases", "aov_first", "aov_repeat"):
        assert got[name] == pytest.approx(wanted[name], rel=1e-12), name
    for days, window in wanted["within_days"].items():
        assert {key: got["within_days"][days][key] for key in window} == pytest.approx(window, rel=1e-12)
    assert got["kaplan_meier"] == pytest.approx(wanted["kaplan_meier"], rel=1e-12)
