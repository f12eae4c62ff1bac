"""Make every demo shop's files and truths.json:  python sample_data/make.py [--out FOLDER] [--uci uci_online_retail_sample.csv.gz]"""

from __future__ import annotations

import argparse
import csv
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

if not __package__:
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from sample_data import shopify, uci
from sample_data.dice import Dice
from sample_data.durable import PRODUCTS as DURABLE_PRODUCTS
from sample_data.durable import DurableShop
from sample_data.excelize import write_zip
from sample_data.fashion import PLANTED as FASHION
from sample_data.fashion import PRODUCTS as FASHION_PRODUCTS
from sample_data.fashion import FashionShop
from sample_data.reviews import Review, Writer, answer
from sample_data.shopify_files import write_judge_me, write_loox, write_orders
from sample_data.tea import TeaShop
from sample_data.tea_files import settle, windows, write_reviews, write_workbooks
from sample_data.truths_shopify import durable_truths, fashion_truths
from sample_data.truths_tea import tea_truths

HERE = Path(__file__).parent
Made = tuple[dict[str, object], list[Review]]


def make_tea(folder: Path) -> Made:
    """The tea shop's workbooks and reviews.tsv; its truths and reviews."""
    shop, writer = TeaShop(), Writer("tea", Dice(11))
    superseded = settle(shop)
    for review in shop.reviews:
        writer.write(review)
    writer.offer_cashback(shop.reviews, 3)
    rows = write_workbooks(shop, folder)
    write_reviews(shop.reviews, folder / "reviews.tsv")
    files = {
        "order_files": len(windows()),
        "rows": rows,
        "order_snapshots": len(shop.orders) + superseded,
        "superseded": superseded,
    }
    return {"platform": "Shopee Taiwan", "currency": "TWD", **files, **tea_truths(shop)}, shop.reviews


def make_fashion(folder: Path) -> Made:
    """The clothes shop's three CSV files and Judge.me reviews; its truths and reviews."""
    shop, writer = FashionShop(), Writer("fashion", Dice(12))
    for review in shop.reviews:
        writer.write(review)
        answer(writer, review, FASHION["replies_copied"])
    writer.offer_cashback(shop.reviews, 2)
    rows = write_orders(shop.orders, folder, 3)
    write_judge_me(shop.reviews, writer, numbers(FASHION_PRODUCTS), folder / "reviews.csv")
    files = {"order_files": 3, "rows": rows, "order_snapshots": len(shop.orders), "superseded": 0}
    return {"platform": "Shopify", "currency": "TWD", **files, **fashion_truths(shop)}, shop.reviews


def make_durable(folder: Path) -> Made:
    """The air purifier shop's CSV file and Loox reviews; its truths and reviews."""
    shop, writer = DurableShop(), Writer("durable", Dice(13))
    for review in shop.reviews:
        writer.write(review)
    writer.offer_cashback(shop.reviews, 1)
    rows = write_orders(shop.orders, folder, 1)
    write_loox(shop.reviews, writer, numbers(DURABLE_PRODUCTS), folder / "reviews.csv")
    files = {"order_files": 1, "rows": rows, "order_snapshots": len(shop.orders), "superseded": 0}
    return {"platform": "Shopify", "currency": "TWD", **files, **durable_truths(shop)}, shop.reviews


def make_uci(folder: Path, source: Path) -> None:
    """The real shop as a Shopify export, zipped as large exports arrive."""
    text = io.StringIO(newline="")
    shopify.write(
        text, (row for invoice in reversed(uci.invoices(uci.read_csv(source))) for row in uci.shopify_rows(invoice))
    )
    write_zip(folder / "orders_export.zip", {"orders_export_1.csv": text.getvalue()})


def numbers(products: dict[str, object]) -> dict[str, str]:
    """A Shopify product number for each product."""
    return {key: str(8210000000000 + 32768 * i) for i, key in enumerate(products, 1)}


def write_labels(reviews: dict[str, list[Review]], target: Path) -> None:
    """What each review was made to say: shop, order, time, stars, kind, aspects praised and complained of, language."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(
        ["shop", "order_id", "reviewed_at", "rating", "kind", "praises", "complaints", "planted", "language"]
    )
    for shop, mine in reviews.items():
        for x in reversed(mine):
            aspects = ("|".join(x.praises), "|".join(x.complaints), "|".join(x.trouble))
            language = "" if not x.text else "en" if x.english else "zh"
            table.writerow([shop, x.order.order_id, f"{x.at:%Y-%m-%d %H:%M:%S}", x.rating, x.kind, *aspects, language])
    target.write_bytes(text.getvalue().encode("utf-8"))


SHOPS: dict[str, Callable[[Path], Made]] = {"tea": make_tea, "fashion": make_fashion, "durable": make_durable}


def make(out: Path, source: Path | None = None) -> None:
    """Write all demo shops below `out`; the real one only where its source file is given."""
    made = {}
    for name, shop in SHOPS.items():
        (out / name).mkdir(parents=True, exist_ok=True)
        made[name] = shop(out / name)
    truths = {name: truth for name, (truth, _) in made.items()}
    (out / "truths.json").write_bytes((json.dumps(truths, ensure_ascii=False, indent=1) + "\n").encode("utf-8"))
    write_labels({name: reviews for name, (_, reviews) in made.items()}, out / "review_labels.csv")
    if source:
        (out / "uci").mkdir(exist_ok=True)
        make_uci(out / "uci", source)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--out", type=Path, default=HERE, help="where the shops' folders go (default: beside this script)"
    )
    parser.add_argument("--uci", type=Path, help="the UCI Online Retail sample, to make the real shop too")
    chosen = parser.parse_args()
    make(chosen.out, chosen.uci)
    for path in sorted(x for x in chosen.out.rglob("*") if x.suffix in {".xlsx", ".csv", ".tsv", ".zip", ".json"}):
        print(f"{path.stat().st_size:>9,}  {path.relative_to(chosen.out)}")
