"""What customers wrote, out of a chat that was exported or pasted."""

from __future__ import annotations

import re

import pandas as pd

from analytics.errors import N_, InputError
from analytics.sources import Upload, read_whole

_FIELDS = re.compile(r"^(?:[上下]午)?\s*\d{1,2}:\d{2}(?::\d{2})?(?:\s*[AaPp][Mm])?\t([^\t]*)\t(.*)$")
"""A line of LINE's own export: time, who, what."""
_WITH = re.compile(r"^\[LINE\]\s*(?:與(.+?)的聊天(?:記錄)?|Chat history (?:with|in) (.+?))\s*$")
_DATE = re.compile(r"^\d{4}[./-]\d{1,2}[./-]\d{1,2}(?:\s*[（(].*[）)])?$")
_STAMP = re.compile(r"^(?:\d{4}[./-]\d{1,2}[./-]\d{1,2}\s+)?\d{1,2}:\d{2}(?::\d{2})?\s+")
_WORDS = {"內容", "訊息", "訊息內容", "聊天內容", "問題", "message", "content", "text", "question", "messages"}
_SENDER = {"傳送者類型", "sender type", "sender", "寄件者", "發送者", "傳送者", "role"}
_CUSTOMER = {"user", "customer", "buyer", "用戶", "使用者", "買家", "顧客", "會員"}


def texts_of_file(upload: Upload) -> list[str]:
    """The messages of a file: a text (`texts_in`), or a table as CSV or workbook. Raises InputError where it holds neither."""
    if upload.name.casefold().endswith(".txt"):
        data = bytes(upload.data)
        for codec in ("utf-8-sig", "utf-16", "cp950"):
            try:
                return texts_in(data.decode(codec))
            except UnicodeError:
                continue
        raise InputError(N_("{file} is no text that can be read: save it as UTF-8."), file=upload.name)
    return texts_of(read_whole(upload, lambda head: any(_WORDS & {cell.strip().casefold() for cell in row} for row in head[:3])))  # fmt: skip


def texts_in(written: str) -> list[str]:
    """One text per message, in their order. written: LINE's export of one chat (only what the customer said, where its first line names them), or one
    message a line; dates, times, stickers and pictures are left out.
    """
    lines = [line.strip() for line in written.lstrip("\ufeff").splitlines() if line.strip()]
    named = next((found for line in lines[:3] if (found := _WITH.match(line))), None)
    customer = next((name for name in named.groups() if name), "").strip() if named else ""
    texts = []
    for line in lines:
        fields = _FIELDS.match(line)
        if fields:
            if not customer or fields[1].strip() == customer:
                texts.append(fields[2])
        elif not (customer or _DATE.match(line) or _WITH.match(line)):
            texts.append(_STAMP.sub("", line))
    return [text.strip() for text in texts if text.strip() and not re.fullmatch(r"\[[^\]]{1,12}\]", text.strip())]


def texts_of(read: pd.DataFrame) -> list[str]:
    """The same out of a table: the column of messages (the longest texts, where none is called so), of customers alone where a column says who wrote."""
    names = {str(name).strip().casefold(): name for name in read.columns}
    said = next((names[name] for name in names if name in _WORDS), None)
    if said is None and len(read.columns):
        said = max(read.columns, key=lambda name: read[name].astype("string").str.len().fillna(0).mean())
    if said is None:
        return []
    sender = next((names[name] for name in names if name in _SENDER), None)
    if sender is not None and sender != said:
        of_customers = read[sender].astype("string").str.strip().str.casefold().isin(_CUSTOMER)
        read = read[of_customers] if of_customers.any() else read
    return [text.strip() for text in read[said].dropna().astype(str) if text.strip()]
