"""What the queries of the four product pages cost, in seconds of CPU beyond a bare count of the orders, on a made-up shop.

    python benchmarks/products.py [--lines 1000000] [--products 500] [--refills 0] [--runs 3] [--limit 2GB]

The shop is written as a Shopify export and opened as any other. For each page the analyses that it shows first are run on a new view of the shop:
`first` holds the tables that the first of the pages makes for all who need them (of baskets only `placed`), `page` what is the page's own. refills: so
many of the best-selling products are said to be used up, in sixty days. limit: of DuckDB's memory; what
does not fit goes to a temporary folder. Target at a million lines: `page` at most 0.6 s more than the count.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

sys.path.insert(0, str(Path(__file__).parents[1]))

from analytics import baskets, cycles, gateway, products
from analytics.sources import Upload
from analytics.store import Filters, Sheet, SheetRow, Store, open_shop

EXPORT = """
copy (
    select
        '#' || (100000 + number) as "Name",
        case when number % 12 = 0 then '' else 'c' || buyer || '@example.com' end as "Email",
        'paid' as "Financial Status",
        'TWD' as "Currency",
        case when line = 0 then price * (1 + number % 3) end as "Subtotal",
        case when line = 0 then 0 end as "Shipping",
        case when line = 0 then price * (1 + number % 3) end as "Total",
        strftime(timestamp '2023-01-01' + to_minutes(cast(hash(number) % 1400000 as integer)), '%Y-%m-%d %H:%M:%S') || ' +0800' as "Created at",
        1 + hash(number, line) % 3 as "Lineitem quantity",
        'Product ' || good as "Lineitem name",
        price as "Lineitem price",
        'SKU-' || good as "Lineitem sku"
    from (
        select
            i // 2 as number,
            i % 2 as line,
            hash(i // 2, 7) % greatest($lines // 9, 1) as buyer,
            cast(floor($products * pow((hash(i, 3) % 100000) / 100000.0, 2)) as integer) as good,
            50 + 10 * (cast(floor($products * pow((hash(i, 3) % 100000) / 100000.0, 2)) as integer) % 97) as price
        from range($lines) as lines(i)
    )
    order by number, line
) to '{path}' (header, delimiter ',')
"""


def export(path: Path, lines: int, goods: int) -> None:
    """Write the export: two lines an order, five orders a customer, a twelfth of guests; some products sell far more than others."""
    duckdb.connect().execute(EXPORT.format(path=path), {"lines": lines, "products": goods})


def products_page(view: Store) -> None:
    products.products(view, 90)
    products.silences(view)


def gateway_page(view: Store) -> None:
    gateway.gateway(view, 90)


def cycles_page(view: Store) -> None:
    known = cycles.cycles(view)
    cycles.plan(cycles.due(view, known))
    cycles.backtest(view)


def baskets_page(view: Store) -> None:
    baskets.pairs(view)
    baskets.values(view)


PAGES = {"products": products_page, "gateway": gateway_page, "cycles": cycles_page, "baskets": baskets_page}


def cpu(run: Callable[[], object]) -> float:
    """Seconds of all threads."""
    before = time.process_time()
    run()
    return time.process_time() - before


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lines", type=int, default=1_000_000)
    parser.add_argument("--products", type=int, default=500)
    parser.add_argument("--refills", type=int, default=0)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--limit")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "orders_export_1.csv")
        export(path, chosen.lines, chosen.products)
        if chosen.limit:
            connect = duckdb.connect
            config = {"memory_limit": chosen.limit, "temp_directory": str(Path(folder, "spilled"))}
            duckdb.connect = lambda name: connect(name, config=config)
        start = time.perf_counter()
        opened = open_shop([Upload(path.name, path)])
        assert opened.store is not None, opened.problems
        store = opened.store
        print(f"{chosen.lines:,} lines, {store.shop.orders:,} orders, opened in {time.perf_counter() - start:.1f} s")
        refills = [SheetRow(f"SKU-{n}", kind="refill", days_per_pack=60) for n in range(chosen.refills)]
        figures: dict[str, list[tuple[float, float, float]]] = {name: [] for name in PAGES}
        for run in range(chosen.runs):
            for place, (name, page) in enumerate(PAGES.items()):
                view = store.filtered(Filters(leave_out_days=1_000_000 + 10 * run + place, sheet=Sheet.of(refills)))
                count = cpu(lambda view=view: view._cursor().execute("select count(*) from orders").fetchall())
                first = cpu(view.with_purchases if name != "baskets" else view.with_placed)
                figures[name].append((count, first, cpu(lambda view=view, page=page: page(view))))
                view.close()
        for name, rows in figures.items():
            count, first, own = (statistics.median(row[i] for row in rows) for i in range(3))
            print(f"  {name:10} count {count:6.3f}   first {first:6.2f}   page {own:6.2f} s of CPU")
        print(f"  peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
