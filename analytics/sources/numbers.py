"""Whether a column writes its decimals with a point or a comma, told from its values.

Only a value like `37.200` is in doubt: 37.2, or 37,200 with its thousands marked. `1,234.56`, `1.250.000` and `69,80` say by themselves
what they are, and the SQL macro `amount(text, style)` reads them rightly under either style.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

AMOUNTS = (
    "subtotal", "gross", "seller_discount", "seller_discount_2", "seller_discount_3", "platform_discount", "platform_discount_2",
    "platform_discount_3", "refunded", "shipping", "taxes", "buyer_paid", "price", "quantity", "returned", "line_total",
    "line_seller_discount", "line_seller_discount_2", "line_seller_discount_3", "line_platform_discount", "line_refunded",
)  # fmt: skip
MONEY = tuple(name for name in AMOUNTS if name not in ("quantity", "returned"))
POINT, COMMA = ".", ","

_CORE = re.compile(r"[0-9][0-9.,]*")
_IN_DOUBT = re.compile(r"[1-9][0-9]{0,2}([.,])[0-9]{3}")


def decimal_style(values: Iterable[str | None]) -> str:
    """The decimal sign of these texts, `.` or `,`; `.` where nothing tells."""
    certain, likely = _evidence(values)
    return certain or likely or POINT


def decimal_styles(columns: Mapping[str, Iterable[str | None]]) -> dict[str, str]:
    """The decimal sign of each column: by its own values, else by what the other columns are certain of, else by what they suggest."""
    evidence = {name: _evidence(values) for name, values in columns.items()}
    of_file = (
        _most(certain for certain, _ in evidence.values()) or _most(likely for _, likely in evidence.values()) or POINT
    )
    return {name: certain or likely or of_file for name, (certain, likely) in evidence.items()}


def _evidence(values: Iterable[str | None]) -> tuple[str | None, str | None]:
    """The decimal sign that most of the values in no doubt have, and the one that those in doubt suggest."""
    certain, likely = [], []
    for value in values:
        match = _CORE.search(unicodedata.normalize("NFKC", value or "").replace(" ", ""))
        core = match[0].rstrip(".,") if match else ""
        separators = [character for character in core if character in ".,"]
        if not separators:
            continue
        doubt = _IN_DOUBT.fullmatch(core)
        if doubt:
            likely.append(_other(doubt[1]))
        elif len(separators) == 1 or len(set(separators)) == 2:
            certain.append(separators[-1])
        else:
            certain.append(_other(separators[0]))
    return _most(certain), _most(likely)


def _other(sign: str) -> str:
    return COMMA if sign == POINT else POINT


def _most(signs: Iterable[str | None]) -> str | None:
    given = [sign for sign in signs if sign]
    return max(sorted(set(given), reverse=True), key=given.count) if given else None
