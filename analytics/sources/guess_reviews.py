"""Which column is which in a table of reviews that no platform describes: guessed from header words and cells, kept as TOML."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

import pandas as pd

from analytics.sources import dates
from analytics.sources.platforms import OPINIONS

ROLES = ("text", "rating", "score", "reviewed_at", "product", "order_id", "account", "email", "reply")
"""What is guessed, and asked of the owner."""

_WORDS = {
    "text": r"評(價|論|語)(內容)?|心得|意見|留言|內容|感想|回饋|想說|建議|原因|review|comment|feedback|body|content|text|message|opinion|レビュー|コメント|리뷰|후기|nhận xét|đánh giá|ulasan|avaliação|รีวิว",
    "rating": r"星|評分|評等|滿意度|rating|stars?$|rate$|score|星級|評価|별점|평점|điểm|nilai|nota|คะแนน",
    "score": r"推薦(分數|意願|程度)|nps|recommend|likel|0\s*[-~–到]\s*10",
    "reviewed_at": r"日期|時間|date|time|created|submitted|posted|日時|日付|날짜|ngày|tanggal|waktu|data|วันที่",
    "product": r"商品|產品|品名|product|item|produk|produto|商品名|상품|sản phẩm|สินค้า",
    "order_id": r"訂單|单号|order|pesanan|pedido|注文|주문|đơn",
    "account": r"買家|帳號|會員|顧客|客戶|使用者|用戶|buyer|user|account|customer|reviewer|author|name|nama pengguna|cliente|ユーザー|구매자|người",
    "email": r"e-?mail|電子郵件|信箱|電郵",
    "reply": r"回覆|回復|reply|response|answer|返信",
}  # fmt: skip
_NOT = {
    "text": r"回覆|reply|response|日期|時間|date|id$|標題|title|網址|url|分數|推薦|recommend",
    "rating": r"推薦|nps|recommend|日期|date",
    "reviewed_at": r"回覆|reply|訂單|order|出貨|付款",
    "product": r"評|id$|編號|網址|url|image|handle|review|價|price",
    "order_id": r"日期|date|狀態|status|金額|amount|時間",
    "account": r"e-?mail|電郵|信箱|id$|product|item|商品",
    "reply": r"日期|時間|date|_at$",
}
_ORDERS = r"金額|總價|單價|數量|小計|運費|amount|price|quantity|total|subtotal|shipping|qty"


def roles(preview: pd.DataFrame) -> dict[str, str]:
    """Canonical column -> header for the roles that could be guessed; each header at most once."""
    scores = [
        (_score(role, str(header), preview[header]), -place, role, str(header))
        for role in ROLES
        for place, header in enumerate(preview.columns)
    ]
    found: dict[str, str] = {}
    for score, _, role, header in sorted(scores, key=lambda entry: entry[:2], reverse=True):
        if score >= 2 and role not in found and header not in found.values():
            found[role] = header
    return {role: found[role] for role in ROLES if role in found}


def looks_like_reviews(preview: pd.DataFrame) -> bool:
    """Whether a table is rather one of reviews than one of orders: it has words or stars, and no amounts."""
    amounts = sum(bool(re.search(_ORDERS, str(header), re.IGNORECASE)) for header in preview.columns)
    return not amounts and bool(roles(preview).keys() & set(OPINIONS))


def mapping_toml(name: str, columns: Mapping[str, str]) -> str:
    """The mapping as the text of a platform file: canonical column -> header, recognised by just these headers."""
    lines = [
        f"platform = {_toml(name)}",
        f"label = {_toml(name)}",
        "",
        "[regions.all]",
        'kind = "reviews"',
        f"needs = {_toml(list(dict.fromkeys(columns.values())))}",
        "",
        "[regions.all.columns]",
        *(f"{role} = {_toml(header)}" for role, header in columns.items()),
    ]
    return "\n".join(lines) + "\n"


def _toml(value: str | list[str]) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _score(role: str, header: str, cells: pd.Series) -> float:
    """From below 2, not this, to 5, header and cells both look like it."""
    match = re.search(_WORDS[role], header, re.IGNORECASE)
    if not match or (role in _NOT and re.search(_NOT[role], header, re.IGNORECASE)):
        return 0.0
    texts = [str(cell).strip() for cell in cells if str(cell).strip()]
    share = sum(_looks_like(role, text) for text in texts) / len(texts) if texts else 1.0
    return 2 + len(match[0]) / max(len(header), 1) + (1.0 if share > 0.9 else 0.0) if share >= 0.5 else 0.0


def _looks_like(role: str, text: str) -> bool:
    if role == "rating":
        return re.fullmatch(r"[1-5](?:[.,][0-9]+)?(?:\s*[/／]\s*5)?\s*(?:星|分|stars?)?|[★☆⭐]+", text) is not None
    if role == "score":
        return re.fullmatch(r"(?:[0-9]|10)(?:\.0+)?", text) is not None
    if role == "email":
        return re.fullmatch(r"[^@\s]+@[^@\s]+", text) is not None
    if role == "reviewed_at":
        return dates.looks_like_one(text)
    if role == "order_id":
        return any(character.isdigit() for character in text) and " " not in text
    if role == "text":
        return re.fullmatch(r"[-0-9.,:/ ]+", text) is None
    return True
