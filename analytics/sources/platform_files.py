"""The TOML files of the platforms, and the mappings an owner made by hand and saved in the same form: read and checked."""

from __future__ import annotations

import re
import re._parser as _parser
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

from analytics.errors import N_, InputError
from analytics.sources.headers import is_a_name, normalise
from analytics.sources.platforms import (
    IDENTITIES,
    ITEM_GROUPS,
    KINDS,
    LAYOUTS,
    STATUS_OF,
    NotOrders,
    Platform,
    Region,
    Statuses,
)  # fmt: skip

DATE_SIGNS = "aAbBdfHIjmMpSyYzZ"
"""What may follow a % in a pattern of dates."""
_REPEATS = (_parser.MAX_REPEAT, _parser.MIN_REPEAT)


@cache
def load() -> tuple[Platform, ...]:
    """The platforms of the folder `platforms`, in the order of their file names."""
    folder = Path(__file__).with_name("platforms")
    return tuple(
        from_toml(path.read_text("utf-8"), file=path.name, ours=True) for path in sorted(folder.glob("*.toml"))
    )


def from_toml(text: str, *, file: str = "mapping.toml", ours: bool = False) -> Platform:
    """One platform from the text of its TOML file. `file` names it in an InputError, which says what is wrong with the text.

    ours: it came with this program, so that its patterns are known to end.
    """
    try:
        data = tomllib.loads(text)
    except RecursionError as error:
        raise InputError(
            N_(
                "“{file}” is not a TOML file: too many brackets stand inside each other. Load a mapping that was saved here."
            ),
            file=file,
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise InputError(
            N_("“{file}” is not a TOML file: {why}. Load a mapping that was saved here."), file=file, why=str(error)
        ) from error
    if not ours:
        _check_ends(data, file)
    _known_keys(data, {"platform", "label", "regions", "not_orders"}, file, "")
    name = _text(data, "platform", file, "")
    regions = _tables(data, "regions", file)
    if not regions:
        raise InputError(N_("“{file}” describes no layout: it needs at least one table [regions.…]."), file=file)
    return Platform(
        name=name,
        label=_text(data, "label", file, "", default=name),
        regions=tuple(_region(key, table, file) for key, table in regions.items()),
        not_orders=tuple(_not_orders(key, table, file) for key, table in _tables(data, "not_orders", file).items()),
    )


def _region(key: str, table: Mapping, file: str) -> Region:
    where = f"regions.{key}"
    _known_keys(table, set(Region.__dataclass_fields__) - {"key"}, file, where)
    kind = _text(table, "kind", file, where, default="orders")
    _one_of(kind, tuple(KINDS), "kind", file, where)
    columns = _columns(table, file, where, KINDS[kind])
    statuses = _tables(table, "statuses", file, flat=True)
    _known_keys(statuses, set(Statuses.__dataclass_fields__), file, f"{where}.statuses")
    names = _flag(table, "names", file, where) or any(map(is_a_name, columns.get("account", ())))
    region = Region(
        key=key,
        currency=_text(table, "currency", file, where, default=""),
        layout=_text(table, "layout", file, where, default=None if kind == "orders" else "repeated"),
        needs=_headers(table, "needs", file, where),
        columns=columns,
        lacks=_headers(table, "lacks", file, where),
        customer=_by_trust(_texts(table, "customer", file, where) or ("account",), names),
        account_prefix=_text(table, "account_prefix", file, where, default=""),
        anchor=_text(table, "anchor", file, where, default=""),
        dates=_texts(table, "dates", file, where),
        skip_rows=_count(table, "skip_rows", file, where),
        item_pattern=_text(table, "item_pattern", file, where, default=""),
        statuses=Statuses(
            **{name: _both_forms(_texts(statuses, name, file, f"{where}.statuses")) for name in statuses}
        ),
        kind=kind,
        cells=_texts(table, "cells", file, where),
        status_of=_text(table, "status_of", file, where, default="order"),
        must=_headers(table, "must", file, where),
        refund_rows=_flag(table, "refund_rows", file, where),
        day_first=_flag(table, "day_first", file, where),
        names=names,
        caution=_text(table, "caution", file, where, default=""),
        to_ship=_both_forms(_texts(table, "to_ship", file, where)),
        unclaimed=_both_forms(_texts(table, "unclaimed", file, where)),
    )
    _check_dates(region.dates, file, where)
    _one_of(region.layout, LAYOUTS, "layout", file, where)
    _one_of(region.status_of, STATUS_OF, "status_of", file, where)
    for identity in region.customer:
        _one_of(identity, IDENTITIES, "customer", file, where)
    if kind == "reviews" and not region.complete(columns):
        raise InputError(
            N_("“{file}”, [{where}.columns]: a layout of reviews needs at least one of text, rating and score."),
            file=file, where=where,
        )  # fmt: skip
    for missing in (name for name in ("order_id", "ordered_at") if kind == "orders" and name not in columns):
        raise InputError(
            N_("“{file}”, [{where}.columns]: “{name}” is missing; every layout needs order_id and ordered_at."),
            file=file, where=where, name=missing,
        )  # fmt: skip
    if not region.needs:
        raise InputError(
            N_("“{file}”, [{where}]: “needs” is missing: the headers to recognise it by."), file=file, where=where
        )
    if region.layout == "first":
        _one_of(region.anchor, tuple(columns), "anchor", file, where)
    if region.item_pattern:
        _check_pattern(region.item_pattern, "item_pattern", file, where)
    for pattern in region.cells:
        _check_pattern(pattern, "cells", file, where)
    return region


def _not_orders(key: str, table: Mapping, file: str) -> NotOrders:
    where = f"not_orders.{key}"
    _known_keys(table, {"needs", "lacks", "name", "instead", "blank"}, file, where)
    return NotOrders(
        key=key,
        needs=_headers(table, "needs", file, where),
        name=_text(table, "name", file, where),
        instead=_text(table, "instead", file, where),
        lacks=_headers(table, "lacks", file, where),
        blank=_headers(table, "blank", file, where),
    )


def _columns(table: Mapping, file: str, where: str, known: Iterable[str]) -> dict[str, tuple[str, ...]]:
    columns = _tables(table, "columns", file, flat=True)
    for name in columns:
        _one_of(name, sorted(known), "column", file, where)
    return {name: _headers(columns, name, file, f"{where}.columns") for name in columns}


def _check_dates(dates: Iterable[str], file: str, where: str) -> None:
    for pattern in dates:
        for sign in re.findall("%(.?)", pattern.replace("%%", "")):
            _one_of(f"%{sign}", [f"%{known}" for known in DATE_SIGNS], "dates", file, where)


def _check_ends(part: object, file: str) -> None:
    """Look at every text under `item_pattern` and `cells`: a repeat around a repeat or a choice may take longer than anybody waits."""
    regions = part.get("regions") if isinstance(part, Mapping) else None
    for key, table in regions.items() if isinstance(regions, Mapping) else ():
        for name in ("item_pattern", "cells"):
            given = table.get(name, "") if isinstance(table, Mapping) else ""
            for pattern in given if isinstance(given, list) else [given]:
                if isinstance(pattern, str) and _may_not_end(pattern):
                    raise InputError(
                        N_("“{file}”, [{where}]: “{key}” repeats a part that repeats or chooses itself, so reading might never end; write it simpler."),
                        file=file, where=f"regions.{key}", key=name,
                    )  # fmt: skip


def _may_not_end(pattern: str) -> bool:
    try:
        return _repeats_unsurely(_parser.parse(pattern), inside=False)
    except (re.error, RecursionError, OverflowError):
        return False


def _repeats_unsurely(part: object, *, inside: bool) -> bool:
    """Whether in this part of a parsed pattern something of several ways is repeated without end. inside: within such a repeat."""
    if isinstance(part, _parser.SubPattern):
        return any(_repeats_unsurely(one, inside=inside) for one in part.data)
    if not isinstance(part, tuple | list):
        return False
    if part and any(part[0] is kind for kind in _REPEATS):
        low, high, repeated = part[1]
        unsure = low != high
        return inside and unsure or _repeats_unsurely(repeated, inside=inside or (unsure and high == _parser.MAXREPEAT))
    if part and part[0] is _parser.BRANCH and inside:
        return True
    return any(_repeats_unsurely(one, inside=inside) for one in part)


def _check_pattern(pattern: str, key: str, file: str, where: str) -> None:
    try:
        groups = re.compile(pattern).groupindex
    except re.error as error:
        raise InputError(
            N_("“{file}”, [{where}]: “{key}” is not a regular expression: {why}."),
            file=file,
            where=where,
            key=key,
            why=str(error),
        ) from error
    for group in groups:
        _one_of(group, ITEM_GROUPS, "item_pattern", file, where)


def _known_keys(table: Mapping, known: set[str], file: str, where: str) -> None:
    for name in table:
        _one_of(name, sorted(known), "key", file, where)


def _one_of(got: str, known: Sequence[str], what: str, file: str, where: str) -> None:
    if got not in known:
        raise InputError(
            N_("“{file}”, [{where}]: “{got}” is not a known {what}. Known: {known}."),
            file=file, where=where, got=got, what=what, known=", ".join(known),
        )  # fmt: skip


def _tables(data: Mapping, name: str, file: str, *, flat: bool = False) -> Mapping:
    value = data.get(name, {})
    if not isinstance(value, dict) or not (flat or all(isinstance(inner, dict) for inner in value.values())):
        raise InputError(N_("“{file}”: “{name}” has to be a table, as in [{name}.…]."), file=file, name=name)
    return value


def _text(table: Mapping, name: str, file: str, where: str, *, default: str | None = None) -> str:
    value = table.get(name, default)
    if not isinstance(value, str):
        raise InputError(N_("“{file}”, [{where}]: “{name}” has to be a text."), file=file, where=where, name=name)
    return value


def _texts(table: Mapping, name: str, file: str, where: str) -> tuple[str, ...]:
    value = table.get(name, [])
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list) or not all(isinstance(item, str) for item in values):
        raise InputError(
            N_("“{file}”, [{where}]: “{name}” has to be a list of texts."), file=file, where=where, name=name
        )
    return tuple(values)


def _by_trust(customer: tuple[str, ...], names: bool) -> tuple[str, ...]:
    """What tells buyers apart, a name last: two people may have one."""
    return tuple(sorted(customer, key=lambda identity: names and identity == "account"))


def _both_forms(texts: Sequence[str]) -> tuple[str, ...]:
    """Each text composed (NFC) and decomposed (NFD): values of Vietnamese files come in either form."""
    return tuple(dict.fromkeys(unicodedata.normalize(form, text) for text in texts for form in ("NFC", "NFD")))


def _headers(table: Mapping, name: str, file: str, where: str) -> tuple[str, ...]:
    return tuple(normalise([header])[0] for header in _texts(table, name, file, where))


def _flag(table: Mapping, name: str, file: str, where: str) -> bool:
    value = table.get(name, False)
    if type(value) is not bool:
        raise InputError(
            N_("“{file}”, [{where}]: “{name}” has to be true or false."), file=file, where=where, name=name
        )
    return value


def _count(table: Mapping, name: str, file: str, where: str) -> int:
    value = table.get(name, 0)
    if type(value) is not int or value < 0:
        raise InputError(
            N_("“{file}”, [{where}]: “{name}” has to be a whole number."), file=file, where=where, name=name
        )
    return value
