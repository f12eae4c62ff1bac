"""The Shopify demo shops' files: orders newest first, split as large exports are, and reviews as their apps export them."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path

from sample_data import shopify
from sample_data.orders import Order, columns
from sample_data.reviews import Review, Writer

JUDGE_ME = columns(
    "title,body,rating,review_date,source,curated,reviewer_name,reviewer_email,product_id,product_handle,reply,reply_date,"
    "picture_urls,ip_address,location"
)
LOOX = columns("id,status,rating,email,nickname,full_name,review,date,productId,handle,img,variant,verified_purchase")


def write_orders(orders: list[Order], folder: Path, parts: int) -> int:
    """Write orders_export_1.csv … (or orders_export.csv when parts is 1); the number of rows in all of them."""
    newest, size, count = orders[::-1], -(-len(orders) // parts), 0
    for part in range(parts):
        name = f"orders_export_{part + 1}.csv" if parts > 1 else "orders_export.csv"
        rows = [row for order in newest[part * size : (part + 1) * size] for row in shopify.order_rows(order)]
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            shopify.write(file, rows)
        count += len(rows)
    return count


def write_judge_me(reviews: list[Review], writer: Writer, ids: Mapping[str, str], target: Path) -> None:
    """Judge.me's export, newest first; its times are UTC."""
    rows = []
    for review in reversed(reviews):
        order, key = review.order, review.order.lines[0].product.key
        mood = {"praise": "good", "mixed": "ok", "neutral": "ok", "complaint": "bad"}.get(review.kind)
        rows.append(
            {
                "title": writer.dice.pick(writer.shop["titles"][mood]) if mood and writer.dice.chance(0.3) else "",
                "body": review.text,
                "rating": review.rating,
                "review_date": utc(review.at),
                "source": "email" if order.traits["email"] else "web",
                "curated": "ok" if review.rating > 1 or writer.dice.chance(0.8) else "not-yet",
                "reviewer_name": order.customer.name,
                "reviewer_email": order.customer.email if order.traits["email"] else "",
                "product_id": ids[key],
                "product_handle": key,
                "reply": review.reply,
                "reply_date": utc(review.replied_at) if review.reply else "",
                "ip_address": f"203.0.113.{writer.dice.whole(1, 254)}",
            }
        )
    write_table(JUDGE_ME, rows, target)


def write_loox(reviews: list[Review], writer: Writer, ids: Mapping[str, str], target: Path) -> None:
    """Loox's export, newest first, in the shop's own time."""
    rows = []
    for number, review in enumerate(reversed(reviews)):
        order, line = review.order, review.order.lines[0]
        picture = writer.dice.chance(0.15)
        rows.append(
            {
                "id": f"{writer.dice.text('0123456789abcdef', 12)}{number:04x}",
                "status": "published",
                "rating": review.rating,
                "email": order.traits["email"],
                "nickname": f"{order.customer.name[0]}{'*' * (len(order.customer.name) - 1)}",
                "full_name": order.customer.name,
                "review": review.text,
                "date": f"{review.at:%Y-%m-%d %H:%M:%S}",
                "productId": ids[line.product.key],
                "handle": line.product.key,
                "img": f"https://images.example.com/{number}.jpg" if picture else "",
                "variant": line.variant,
                "verified_purchase": "true",
            }
        )
    write_table(LOOX, rows, target)


def write_table(header: Sequence[str], rows: list[dict[str, object]], target: Path) -> None:
    text = io.StringIO()
    table = csv.DictWriter(text, header, restval="", lineterminator="\n")
    table.writeheader()
    table.writerows(rows)
    target.write_bytes(text.getvalue().encode("utf-8"))


def utc(at) -> str:
    return f"{at - timedelta(hours=8):%Y-%m-%d %H:%M:%S} UTC"
