"""Header texts made comparable: the same header is the same text, whatever file, year or tool wrote it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

LONGEST = 1_000
"""Characters of a header; what follows is cut off."""
_ADVICE = re.compile(r"\s*[(（](?:若您|請複製).*", re.DOTALL)
_INVISIBLE = str.maketrans("", "", "\ufeff\u200b\u200c\u200d\u2060")


def normalise(headers: Iterable[str]) -> list[str]:
    """Headers in NFC, white space and line feeds folded to one space, `*` marks and Shopee's advice to sellers cut off, case kept.

    Of equal headers the second becomes `Cidade (2)`, the third `Cidade (3)`; a blank header is named by its place, `#4`.
    """
    seen: dict[str, int] = {}
    result = []
    for place, header in enumerate(headers, start=1):
        text = unicodedata.normalize("NFC", header).translate(_INVISIBLE)
        text = " ".join(_ADVICE.sub("", text).split()).strip("* ")[:LONGEST] or f"#{place}"
        seen[text] = seen.get(text, 0) + 1
        result.append(text if seen[text] == 1 else f"{text} ({seen[text]})")
    return result


_NAME = re.compile(
    r"姓名|名字|氏名|이름|구매자명|\bname\b|\btên\b|\bnama\b|\bnome\b|ชื่อ|收件人|收貨人|訂購人", re.IGNORECASE
)
_ACCOUNT = re.compile(
    r"帳號|帐号|帳户|account|user|login|\bid\b|ผู้ใช้|pengguna|usuário|người dùng|代號|編號", re.IGNORECASE
)


def is_a_name(header: str) -> bool:
    """Whether a column's header says that people's names stand in it, not accounts."""
    return bool(_NAME.search(header)) and not _ACCOUNT.search(header)
