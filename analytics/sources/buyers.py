"""Whether a column of buyers names anybody: a word that stands on every second order is no customer."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from analytics.errors import N_, Note, note
from analytics.sources.platforms import Match
from analytics.sources.tables import Loaded

FEW, MANY = 3, 20
"""In a table that no platform wrote, so few different buyers of so many orders or more are kinds of buyers, not people."""
KINDS = frozenset(
    (
        "new", "returning", "existing", "repeat", "first-time", "first time", "guest", "guests", "registered", "customer", "customers", "member",
        "members", "non-member", "vip", "regular", "retail", "wholesale", "online", "walk-in", "yes", "no", "true", "false", "y", "n", "0", "1",
        "male", "female", "m", "f", "新客", "舊客", "老客", "新客戶", "舊客戶", "新顧客", "舊顧客", "新會員", "舊會員", "首購", "回購", "會員", "非會員",
        "一般會員", "一般", "一般客", "一般顧客", "訪客", "散客", "匿名", "現場", "現場客", "門市", "網路", "男", "女", "先生", "小姐", "是", "否", "新客户",
        "老客户", "新规", "新規", "リピーター", "ゲスト", "会員", "신규", "기존", "비회원", "회원", "khách mới", "khách cũ", "khách lẻ", "pelanggan baru",
        "pelanggan lama", "novo", "recorrente", "visitante", "ลูกค้าใหม่", "ลูกค้าเก่า",
    )
)  # fmt: skip
"""Kinds of buyers, by which no one is named."""
GUESTS = frozenset(
    ("guest", "guests", "anonymous", "walk-in", "訪客", "散客", "匿名", "非會員", "現場客", "路人", "ゲスト", "비회원", "khách lẻ", "visitante")
)  # fmt: skip
"""What stands in a column of names where the buyer is not known."""
NOBODY = N_("The column “{column}” holds only {words}: it names nobody, so the buyers of these orders are not known.")
ONLY_NAMES = Note(N_("Only a name tells buyers apart here: two people of one name count as one customer."))


def forget_nobody(loaded: Loaded, match: Match, headers: Sequence[str], *, of_owner: bool) -> list[Note]:
    """Take the account away from orders that it does not tell apart. Returns what to say of it. of_owner: the layout is the owner's own."""
    runs = loaded.raw.runs
    if "account" not in match.columns or runs is None:
        return []
    notes = [ONLY_NAMES] if match.region.names and not ({"email", "phone"} & match.columns.keys()) else []
    loose = match.region.names or of_owner
    at = runs.column_names.index("account")
    if len(loaded.seen.sample.get("account", [])) <= 2 * FEW:
        words = sorted(word for word in pc.unique(runs["account"]).to_pylist() if word and word.strip())
        plain = {word.strip().lower() for word in words}
        if plain and len(plain) <= FEW and (plain <= KINDS or (loose and runs.num_rows >= MANY)):
            loaded.raw.runs = runs.set_column(at, "account", pa.nulls(runs.num_rows, pa.string()))
            return [note(NOBODY, column=headers[match.columns["account"]], words=", ".join(words))]
    if loose:
        lower = pc.utf8_lower(pc.utf8_trim_whitespace(runs["account"]))
        known = pc.if_else(pc.is_in(lower, pa.array(sorted(GUESTS))), None, runs["account"])
        loaded.raw.runs = runs.set_column(at, "account", known)
    return notes
