"""What a product is called in a sentence or beside a bar: the owner's short name, else what is left of a title that was written to be found."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import lru_cache

from analytics.contacts import short_name
from analytics.store import Store

_BRACKETS = re.compile(r"[【】\[\]［］〔〕《》〈〉<>＜＞()（）「」『』|｜,，;；!！~～、]")
_DIGIT = re.compile(r"[0-9０-９一二兩三四五六七八九十]+(?:入|罐|包|盒|瓶|組|件|支|片|條|雙|顆|錠)|[0-9０-９]")
_PACK = re.compile(
    r"[0-9０-９.]+ ?(?:包|入|粒|錠|顆|片|枚|條|支|膠囊|盒|瓶|坪|吋|公克|毫升|k?g\b|m?l\b|cm\b|oz\b|ct\b|pcs\b|caps?\b|bags?\b|tablets?\b)",
    re.IGNORECASE,
)
_LONGEST = 20
"""Characters of one word that is added to a name."""


def spoken_names(store: Store) -> dict[str, str]:
    """Name of each product (as tables have it) -> what it is called in sentences: never two products of a shop alike, and a pack size never lost."""
    table = store.table("products")
    given = table.short_name.notna()
    own = dict.fromkeys(table["product"][given])
    rest = table[~given]
    found = apart(zip(rest["product"], rest.title, rest.product_id, strict=True), taken=own)
    return {name: name for name in own} | found


def apart(products: Iterable[tuple[str, str, str]], taken: Iterable[str] = ()) -> dict[str, str]:
    """Products (name, title, id) -> what each is called, none alike and none as one of `taken`.

    The short form of the title with its first amount (益生菌 45包/盒); where two are alike so, with all amounts; then with the words that tell them apart; else with the id.
    """
    said: dict[str, str] = {}
    ways: tuple[Callable[[tuple[str, str, str], set[str]], str], ...] = (
        lambda product, _shared: spoken(product[1]),
        lambda product, _shared: _with(product[1], _amounts(product[1])),
        lambda product, shared: _with(product[1], _telling(product[1], shared)),
        lambda product, _shared: f"{spoken(product[1])} ({product[2]})",
    )
    used, left = set(taken), [list(products)]
    for way in ways:
        alike = defaultdict(list)
        for group in left:
            shared = set.intersection(*(set(_words(title)) for _, title, _ in group)) if way is ways[2] else set()
            for product in group:
                alike[way(product, shared)].append(product)
        last = way is ways[-1]
        left = [group for name, group in alike.items() if (len(group) > 1 or name in used) and not last]
        said |= {group[0][0]: name for name, group in alike.items() if last or (len(group) == 1 and name not in used)}
        used |= set(said.values())
    return said


def spoken(title: str) -> str:
    """A title alone as it is called: its short form and its pack size, else its first amount."""
    amounts = _amounts(title)
    return _with(title, [word for word in amounts if _PACK.search(word)][:1] or amounts[:1])


@lru_cache(2**16)
def _words(title: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_BRACKETS.sub(" ", title).split()))


def _amounts(title: str) -> list[str]:
    return [word for word in _words(title) if _DIGIT.search(word)]


def _telling(title: str, shared: set[str]) -> list[str]:
    """The amounts of a title, and the first words that others like it do not have."""
    amounts = _amounts(title)
    others = [word for word in _words(title) if word not in shared and word not in amounts][:2]
    return [word for word in _words(title) if word in amounts[:3] or word in others]


def _with(title: str, words: Iterable[str]) -> str:
    """The short form of a title, with those of the words that it lacks."""
    short = _short(title)
    there = short.lower()
    return " ".join([short, *(_cut(word) for word in words if word.lower() not in there)])


def _cut(word: str) -> str:
    """A word at most _LONGEST long; of a longer one its pack size, where it holds one."""
    pack = _PACK.search(word) if len(word) > _LONGEST else None
    return pack.group() if pack else word[:_LONGEST]


@lru_cache(2**16)
def _short(title: str) -> str:
    return short_name(title)
