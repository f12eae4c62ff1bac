"""The real UCI shop as Shopify and Shopee exports, and large made-up exports to time reading with.

    python benchmarks/uci_exports.py LINES OUT          LINES: uci_online_retail_sample.csv.gz or …_two_years.parquet

Both layouts carry the totals of the data's expected.json to the cent: invoices whose number is not all digits (cancellations C…,
bad debt A…) go in as cancelled orders, lines at price 0 as they are, so that an invoice of such lines only is a free order.
Negative quantities occur at price 0 only and lose their sign. Prices keep up to four decimals.
"""

from __future__ import annotations

import argparse
import csv
import io
import sys
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from sample_data import shopee_tw, shopify, tea_files, uci
from sample_data.excelize import write_workbook
from sample_data.fashion import FashionShop
from sample_data.tea import TeaShop

Line = tuple[str, str, str, int, datetime, Decimal, str, str]


def read_parquet(path: Path) -> Iterator[Line]:
    """The lines of the two-year file; its prices are floats that print as they were written."""
    import pyarrow.parquet

    names = ["InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID", "Country"]
    for batch in pyarrow.parquet.ParquetFile(path).iter_batches(columns=names):
        for number, code, name, quantity, at, price, who, country in zip(
            *(batch[x].to_pylist() for x in names), strict=True
        ):
            customer = "" if who is None or who != who else str(int(who))
            yield number, code, name or "", quantity, at, Decimal(repr(price)), customer, country


def read(path: Path) -> list[uci.Invoice]:
    """The invoices of either file, oldest first."""
    return uci.invoices(read_parquet(path) if path.suffix == ".parquet" else uci.read_csv(path))


def write_shopify(orders: list[uci.Invoice], target: Path) -> int:
    """One orders export in the 79-column layout, newest order first; the number of rows."""
    count = 0

    def rows() -> Iterator[list[str]]:
        nonlocal count
        for invoice in reversed(orders):
            mine = uci.shopify_rows(invoice)
            count += len(mine)
            yield from mine

    with target.open("w", encoding="utf-8", newline="") as file:
        shopify.write(file, rows())
    return count


def write_shopee(orders: list[uci.Invoice], folder: Path, level: int = 1) -> list[Path]:
    """One workbook per month, `Order.all.YYYYMMDD_YYYYMMDD.xlsx`; their paths. level: of compression."""
    paths = []
    for name, mine in uci.months(orders):
        write_workbook(
            folder / name, shopee_tw.HEADER, (row for invoice in mine for row in uci.shopee_rows(invoice)), level
        )
        paths.append(folder / name)
    return paths


def write_big_shopify(target: Path, lines: int = 1_000_000, part: int = 0) -> int:
    """At least `lines` rows (about 415 bytes each; 1.8 per order): copies of the clothes shop that share no customer or order, nor do parts."""
    rows = [row for order in reversed(FashionShop().orders) for row in shopify.order_rows(order)]
    text = _csv_text(rows)
    copies = -(-lines // len(rows))
    with target.open("w", encoding="utf-8", newline="") as file:
        file.write(",".join(shopify.HEADER) + "\n")
        for copy in range(part * copies, (part + 1) * copies):
            mine = text.replace("\n#", f"\n#{copy}-").replace("@", f".{copy}@")
            file.write(
                mine.replace("+8869000", f"+886{copy:04d}")
                .replace("+886 900 0", f"+886 {copy:04d} ")
                .removeprefix("\n")
            )
    return copies * len(rows)


def write_big_shopee(target: Path, rows: int = 100_000, level: int = 6) -> int:
    """One workbook of exactly `rows` rows: copies of the tea shop that share no order, buyer or parcel."""
    shop = TeaShop()
    base = [row for order in shop.orders for row in tea_files.order_rows(shop, order, tea_files.FORGOTTEN)]
    number, buyer, parcel = (shopee_tw.HEADER.index(x) for x in ("訂單編號", "買家帳號", "包裹查詢號碼"))

    def copied() -> Iterator[list[str]]:
        for i in range(rows):
            copy, place = divmod(i, len(base))
            row = base[place].copy()
            row[number] = f"{row[number][:10]}{copy:02d}{row[number][12:]}" if copy else row[number]
            row[buyer], row[parcel] = f"{row[buyer]}{copy or ''}", f"{row[parcel]}{copy or ''}"
            yield row

    return write_workbook(target, shopee_tw.HEADER, copied(), level)


def _csv_text(rows: list[list[str]]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    return "\n" + text.getvalue()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("lines", type=Path)
    parser.add_argument("out", type=Path)
    chosen = parser.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    shop = read(chosen.lines)
    print(f"{write_shopify(shop, chosen.out / 'orders_export_1.csv'):,} Shopify rows")
    print(f"{len(write_shopee(shop, chosen.out)):,} Shopee workbooks")
