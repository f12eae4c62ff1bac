"""A product's name as one would say it in a message, out of a title that was written to be found."""

from __future__ import annotations

import re

_BRACKETED = re.compile(r"[【\[［〔《〈<＜(（「『][^】\]］〕》〉>＞)）」』]*[】\]］〕》〉>＞)）」』]")
_ENDS_HERE = re.compile(r"\s[-–—/／|｜]\s|[|｜,，;；!！~～、]")
_AMOUNT = re.compile(
    r"[x×*＊][\d０-９]+|[\d０-９][\d０-９.,]*[^\d０-９\s.,][^\s]*|[一二兩三四五六七八九十]{1,2}(?:入|罐|包|盒|瓶|組|件|支|片|條|雙|顆|錠)(?:裝|組)?",
    re.IGNORECASE,
)
"""A word of its own that says how much: 45包/盒, 150g, 兩罐裝, x2."""
_NOISE = re.compile(
    r"^(?:現貨|熱銷|熱賣|人氣|免運費?|新品|新款|特價|限時|限量|預購|團購|買[一二]送[一二]|超值|台灣出貨|快速出貨|當天出貨|必備|推薦|官方|正品)+$"
)
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_LONGEST = 40


def short_name(title: str) -> str:
    """日日順暢益生菌 out of 【山嵐】日日順暢益生菌 45包/盒 調整體質 順暢代謝.

    What stands in brackets, after a dash or a slash, and from the first amount on is left out; of the rest, the words up to the first
    Chinese one of three signs or more. A title in capitals alone is written small. Never longer than the title; the title itself where
    nothing would be left.
    """
    bare = " ".join(_BRACKETED.sub(" ", title).split())
    words: list[str] = []
    for word in _ENDS_HERE.split(f"{bare} ")[0].split():
        word = word.strip("★☆✨♥❤🔥◆●▲※#'\"“”·.:：_-–—")
        if words and _AMOUNT.fullmatch(word):
            break
        if not word or _NOISE.fullmatch(word):
            continue
        words.append(word)
        if len(_CHINESE.findall(word)) >= 3:
            break
    name = " ".join(words)
    if not _CHINESE.search(name):
        name = name.capitalize() if name.isupper() and " " in name else name
        name = name if len(name) <= _LONGEST else name[: _LONGEST + 1].rsplit(" ", 1)[0]
    return name[:_LONGEST] or title.strip()
