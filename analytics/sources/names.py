"""What the name of an export says: the days it covers, the export that a part belongs to, the shop."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime

_WINDOW = re.compile(r"(?<![0-9])((?:19|20)[0-9]{6})[_\-~]((?:19|20)[0-9]{6})(?![0-9])")
_PART = re.compile(r"_part_([0-9]+)_of_[0-9]+", re.IGNORECASE)
_COPY = re.compile(r"\s*[(（][0-9]+[)）]$")
_SHOP = re.compile(
    r"^(.+?)[_\-. ]*Order\.(?:all|completed|toship|shipping|cancelled|unpaid|toreceive|return)", re.IGNORECASE
)


def window(name: str) -> tuple[date, date] | None:
    """First and last day in a name such as `Order.all.20250101_20250131.xlsx`; None where there are none."""
    match = _WINDOW.search(_base(name))
    if not match:
        return None
    try:
        first, last = (datetime.strptime(day, "%Y%m%d").date() for day in match.groups())
    except ValueError:
        return None
    return (first, last) if first <= last else None


def shop(name: str) -> str | None:
    """What stands before `Order.all` in a name that people gave a Shopee export: the shop; None where nothing does."""
    match = _SHOP.match(_base(name))
    return match[1] if match else None


@dataclass
class Snapshots:
    """Names the exports: the parts of one export share a name; a second file of the same name is another export."""

    _taken: set[tuple[str, str, int]] = field(default_factory=set)

    def name(self, file: str, shop: str) -> str:
        """The export that `file` of `shop` is, or is a part of."""
        stem = re.sub(r"\.[A-Za-z]{2,4}$", "", _base(file))
        part = _PART.search(stem)
        whole = _COPY.sub("", _PART.sub("", stem)) if part else stem
        generation = 1
        while (key := (f"{shop}/{whole}", part[1] if part else "", generation)) in self._taken:
            generation += 1
        self._taken.add(key)
        return key[0] if generation == 1 else f"{key[0]} #{generation}"


def _base(name: str) -> str:
    return name.replace("\\", "/").rsplit("/", 1)[-1]
