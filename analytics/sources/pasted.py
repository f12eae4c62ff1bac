"""Reviews copied from a page and pasted as text, one after another: taken apart into rows, and written as a table that `read` knows.

Shopee Taiwan's Seller Centre has no export of reviews; what an owner can do is to mark the page of ratings and copy it. How that comes out
depends on browser and page, so nothing is read by its place alone: order numbers (or else times, blank lines) tell where a review begins,
and each line is told by what it looks like. The rows are shown before they are taken.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields

import pandas as pd

LONGEST = 500_000
"""Characters of a pasted text that are read."""
_ORDER = re.compile(r"(?<![0-9A-Z])[0-9]{6}[0-9A-Z]{8}(?![0-9A-Z])")
_TIME = re.compile(
    r"(?<![0-9])((?:19|20)[0-9]{2})\s*[-/.年]\s*([01]?[0-9])\s*[-/.月]\s*([0-3]?[0-9])日?"
    r"(?:\s*(上午|下午|AM|PM|am|pm)?\s*([0-2]?[0-9]):([0-5][0-9])(?::([0-5][0-9]))?\s*(AM|PM|am|pm)?)?(?![0-9])"
)
_STARS = re.compile(
    r"(?:[★⭐]\ufe0f?){1,5}[☆\s]*|([1-5])(?:[.]0)?(?:\s*(?:顆星|星|分|/\s*5(?:[.]0)?|stars?))?|([1-5])(?:[.]0)?\s*\(.*\)"
)
_ACCOUNT = re.compile(r"[A-Za-z0-9_.*]{3,30}")
_LABEL = re.compile(
    r"(?P<account>買家帳號|買家帳戶|買家|用戶名稱|使用者名稱|帳號|Buyer|Username)|(?P<order_id>訂單編號|訂單號碼|訂單|Order ID|Order)"
    r"|(?P<reviewed_at>評價時間|評價日期|日期|時間|Date)|(?P<product>商品名稱|商品資訊|商品|Product)"
    r"|(?P<variant>商品選項名稱|商品規格|規格|款式|Variation)|(?P<rating>星數|星等|評分|Rating)"
    r"|(?P<reply>賣家回覆|賣家的回覆|您的回覆|我的回覆|回覆內容|已回覆|回覆|Your response|Reply)|(?P<text>評價內容|買家評價|評價|評論|Review|Comment)"
)
_BUTTONS = frozenset(
    ["回覆", "檢舉", "編輯", "刪除", "取消", "查看", "查看更多", "展開", "收起", "更多", "操作", "有幫助", "檢視訂單", "聯絡買家", "Reply", "Report"]
)  # fmt: skip


@dataclass
class Review:
    """One review, every field a text; "" where it was not found. reviewed_at: `YYYY-MM-DD hh:mm:ss` or `YYYY-MM-DD`. rating: 1 to 5."""

    reviewed_at: str = ""
    account: str = ""
    order_id: str = ""
    rating: str = ""
    text: str = ""
    product: str = ""
    variant: str = ""
    reply: str = ""


HEADERS = ("日期", "買家帳號", "訂單編號", "星數", "評價內容", "商品名稱", "規格", "賣家回覆")
"""Of the table, in the order of Review's fields, as the platform file of Shopee's reviews names them."""


def rows(text: str) -> pd.DataFrame:
    """The reviews of a pasted text, one row each, columns as the fields of Review; no row where nothing looks like one."""
    lines = [line.strip(" \t\u3000\ufeff") for line in text[:LONGEST].replace("\t", "\n").splitlines()]
    found = [_review(block) for block in _blocks(lines)]
    kept = [review for review in found if review.text or review.rating]
    return pd.DataFrame(
        [astuple(review) for review in kept], columns=[field.name for field in fields(Review)], dtype=str
    )


def table(reviews: pd.DataFrame) -> str:
    """The rows as a CSV file with Shopee's headers. reviews: as of `rows`, maybe corrected; a row without words and stars is left out."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADERS)
    cells = reviews[[field.name for field in fields(Review)]].fillna("").astype(str)
    writer.writerows(row for row in cells.itertuples(index=False) if row.text.strip() or row.rating.strip())
    return out.getvalue()


def _blocks(lines: Sequence[str]) -> list[list[str]]:
    """The lines of each review."""
    orders = [place for place, line in enumerate(lines) if _ORDER.search(line)]
    if orders:
        return _cut(lines, [_head(lines, place, orders[0]) for place in orders])
    paragraphs = _paragraphs(lines)
    times = [place for place, line in enumerate(lines) if _is_time(line)]
    if len(paragraphs) > 1 and len(paragraphs) >= len(times):
        return paragraphs
    filled = [line for line in lines if line]
    times = [place for place, line in enumerate(filled) if _is_time(line)]
    if not times:
        return [[line] for line in filled]
    if _is_time(filled[-1]) and not _is_time(filled[0]):
        return _cut(filled, [0, *(place + 1 for place in times[:-1])])
    return _cut(filled, [_head(filled, place, times[0]) for place in times])


def _head(lines: Sequence[str], place: int, first: int) -> int:
    """Where the review of an anchor begins: as many lines before it as before the first one are of who, when and how many stars."""
    lead = 0
    while lead < first and _leads(lines[first - lead - 1]):
        lead += 1
    return max(0, place - lead)


def _leads(line: str) -> bool:
    return not line or bool(
        _is_time(line) or _STARS.fullmatch(line) or _ACCOUNT.fullmatch(line) or _labelled(line)[0] == "account"
    )


def _cut(lines: Sequence[str], starts: Sequence[int]) -> list[list[str]]:
    return [[line for line in lines[a:b] if line] for a, b in zip(starts, [*starts[1:], len(lines)], strict=True)]


def _paragraphs(lines: Sequence[str]) -> list[list[str]]:
    found: list[list[str]] = [[]]
    for line in lines:
        if line:
            found[-1].append(line)
        elif found[-1]:
            found.append([])
    return [paragraph for paragraph in found if paragraph]


def _review(lines: Sequence[str]) -> Review:
    """One review of its lines: what a label says, then what a line looks like; other words are the buyer's, after a reply the shop's."""
    review, words, waiting, answered = Review(), [], "", False
    for place, line in enumerate(lines):
        label, value = _labelled(line)
        if label and not value:
            answered, waiting = answered or (label == "reply" and place < len(lines) - 1), label
            continue
        if not label and line in _BUTTONS:
            continue
        field, value = (label, value) if label else _told(line, review, waiting)
        waiting = ""
        if field == "reply" or (answered and field == "text"):
            review.reply = f"{review.reply}\n{value}".strip()
            answered = True
        elif field == "text":
            words.append(value)
        elif not getattr(review, field):
            setattr(review, field, _written(field, value))
    if review.variant and not review.product and len(words) > 1:
        review.product = words.pop(0)
    review.text = "\n".join(words)
    return review


def _labelled(line: str) -> tuple[str, str]:
    """The field that a label at the line's start names, and what follows it; ("", line) without one."""
    match = _LABEL.match(line)
    if match and match.lastgroup:
        rest = line[match.end() :]
        if not rest.strip():
            return match.lastgroup, ""
        if rest.lstrip()[0] in "：:" or (match.lastgroup == "order_id" and _ORDER.search(rest)):
            return match.lastgroup, rest.lstrip().lstrip("：:").strip()
    return "", line


def _told(line: str, review: Review, waiting: str) -> tuple[str, str]:
    """The field of a line without a label. waiting: what a label on the line before names."""
    if waiting:
        return waiting, line
    if not review.order_id and _ORDER.search(line):
        return "order_id", line
    if _is_time(line):
        return "reviewed_at", line
    if not review.rating and _STARS.fullmatch(line):
        return "rating", line
    if not review.account and not review.text and _ACCOUNT.fullmatch(line):
        return "account", line
    return "text", line


def _is_time(line: str) -> bool:
    """Whether a line is a time and little else."""
    match = _TIME.search(line)
    return bool(match) and len(line) - len(match[0]) <= 4


def _written(field: str, value: str) -> str:
    """The value of a field as it is kept."""
    if field == "order_id":
        match = _ORDER.search(value)
        return match[0] if match else value
    if field == "rating":
        match = _STARS.fullmatch(value)
        return (match[1] or match[2] or str(len(re.findall("[★⭐]", value)))) if match else value
    if field == "reviewed_at" and (match := _TIME.search(value)):
        year, month, day, half, hour, minute, second, late = match.groups()
        written = f"{year}-{int(month):02}-{int(day):02}"
        if hour is None:
            return written
        half = (half or late or "").upper()
        hours = int(hour) % 12 + 12 * (half in ("下午", "PM")) if half else int(hour)
        return f"{written} {hours:02}:{minute}:{second or '00'}"
    return value
