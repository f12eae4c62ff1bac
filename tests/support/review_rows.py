"""Shops with reviews made of rows a reader can check by hand, opened through the real door: a Shopify export and a table of reviews."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date

from analytics.reviews.opinions import Opinions, opinions, score_all
from analytics.sources import Upload
from analytics.store import Opened, Store, open_shop
from tests.support.rows import order, shopify_csv

HEADERS = (
    "Review ID", "Order", "Product ID", "Product Name", "Rating", "Title", "Body", "Reviewer Name", "Reviewer Email", "Date Created",
    "Status", "Reply", "Reply Date", "Image URLs",
)  # fmt: skip


def review(
    who: str,
    when: str,
    rating: int | str = 5,
    text: str = "",
    *,
    product: str = "",
    title: str = "",
    reply: str = "",
    replied: str = "",
    pictures: str = "",
    name: str = "",
    state: str = "",
    number: str = "",
) -> dict[str, str]:
    """One review. who: the customer ("" for nobody known); when: a day or a time; number: the platform's own id."""
    return {
        "Review ID": number, "Product Name": product, "Rating": str(rating), "Title": title, "Body": text, "Reviewer Name": name or who,
        "Reviewer Email": f"{who}@example.com" if who else "", "Date Created": when, "Status": state, "Reply": reply, "Reply Date": replied,
        "Image URLs": pictures,
    }  # fmt: skip


def reviews_csv(rows: Iterable[dict[str, str]]) -> bytes:
    """An export as Okendo writes it."""
    out = io.StringIO()
    writer = csv.DictWriter(out, HEADERS, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def opened(orders: Iterable[dict | tuple], *files: Iterable[dict[str, str]], as_of: str | None = None) -> Opened:
    """What opening these orders (none: no order file) and files of reviews gives."""
    orders = list(orders)
    uploads = [Upload("orders_export_1.csv", shopify_csv(orders))] if orders else []
    uploads += [Upload(f"reviews_{number}.csv", reviews_csv(rows)) for number, rows in enumerate(files)]
    return open_shop(uploads, as_of=date.fromisoformat(as_of) if as_of else None)


def reviewed(orders: Iterable[dict | tuple], *files: Iterable[dict[str, str]], as_of: str | None = None) -> Store:
    """The store of them."""
    found = opened(orders, *files, as_of=as_of)
    assert not found.problems, found.problems
    return found.store


def read(store: Store) -> Opinions:
    """Its reviews, scored."""
    return opinions(store, score_all(store))


def survey_csv(rows: Iterable[tuple[str, str, int]]) -> bytes:
    """Answers from 0 to 10: (who, day, score)."""
    lines = [f"{who}@example.com,{score},{day},thanks" for who, day, score in rows]
    return "\n".join(["email,score,date,comment", *lines]).encode()


ORDERS = shopify_csv([order(f"u{n}", f"2025-01-{1 + n:02}", 100 * n + 100, products=["tea"]) for n in range(20)])
WORDS = [
    review(
        f"u{n}",
        f"2025-02-{1 + n:02}",
        1 if n % 4 == 0 else 5,
        "出貨很慢，等超久" if n % 4 == 0 else "品質很好，會回購",
        product="tea",
    )
    for n in range(20)
]
STARS = [row | {"Body": ""} for row in WORDS]
NO_STARS = [row | {"Rating": ""} for row in WORDS]
