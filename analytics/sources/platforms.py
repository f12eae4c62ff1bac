"""What is known of each platform's exports, of orders and of reviews: one TOML file each, loaded here, and headers recognised by them.

A TOML file says how a layout is recognised, which header is which canonical column, and what its statuses mean. The same schema
holds a mapping that an owner made by hand and saved.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from analytics.errors import N_, InputError
from analytics.sources.headers import normalise

ORDER_COLUMNS = (
    "order_id", "platform_order_id", "cancelled_at", "account", "email", "phone", "phone_2", "phone_3", "ordered_at", "subtotal", "gross",
    "seller_discount", "seller_discount_2", "seller_discount_3", "platform_discount", "platform_discount_2", "platform_discount_3",
    "refunded", "shipping", "buyer_paid", "coupon", "items",
)  # fmt: skip
CONTEXT_COLUMNS = ("status", "cancel_reason", "currency", "payment", "city", "channel", "marketing", "shop")
PRODUCT_COLUMNS = ("product_id", "product", "variant", "sku", "category")
LINE_COLUMNS = (
    "price", "quantity", "returned", "line_total", "line_seller_discount", "line_platform_discount", "line_refunded",
)  # fmt: skip
REPEATING = frozenset([*PRODUCT_COLUMNS, *CONTEXT_COLUMNS, "price", "quantity", "returned"])
"""Columns of orders in which few texts stand again and again."""
CANONICAL = frozenset(ORDER_COLUMNS + CONTEXT_COLUMNS + PRODUCT_COLUMNS + LINE_COLUMNS)
REVIEW_COLUMNS = [
    "review_id", "order_id", "account", "email", "phone", "name", "product_id", "handle", "product", "variant", "sku", "rating",
    "score", "title", "text", "reviewed_at", "reply", "replied_at", "pictures", "state",
]  # fmt: skip
OPINIONS = ("text", "rating", "score")
"""What makes a table one of reviews: at least one of these."""
KINDS = {"orders": CANONICAL, "reviews": frozenset(REVIEW_COLUMNS)}
"""What a layout's rows are -> the columns it may have."""
LAYOUTS = ("repeated", "first", "order", "unit")
IDENTITIES = ("account", "email", "phone")
ITEM_GROUPS = ("product", "product_id", "variant", "sku", "price", "quantity", "returned")


@dataclass(frozen=True)
class Statuses:
    """What the texts of the status column mean. Exact texts, except in the two `…contain…` fields, which hold parts of a text.

    counts_containing is looked at first; counts_when_reason_contains rescues a cancelled order by its cancel reason. A text in none
    of them is unlisted: it counts, and is shown.
    """

    cancelled: tuple[str, ...] = ()
    refunded: tuple[str, ...] = ()
    unpaid: tuple[str, ...] = ()
    counts: tuple[str, ...] = ()
    counts_containing: tuple[str, ...] = ()
    counts_when_reason_contains: tuple[str, ...] = ()


@dataclass(frozen=True)
class Region:
    """One layout of a platform's export: a country's, or a period's.

    kind: what its rows are, one of KINDS. cells: for files without a header row, one pattern per cell of their rows; their headers are
    then `#1`, `#2`, … key: its name in the TOML file. layout: one of LAYOUTS. columns: canonical name -> headers over the years, the first present
    wins. currency: ISO 4217, used when the file has no currency column. anchor: for layout "first", the canonical column filled
    only on an order's first line. dates: strptime patterns tried in order, empty for ISO. skip_rows: data rows to skip below the
    header. item_pattern: for layout "order", one match per line of the order inside `items`.
    """

    key: str
    currency: str
    layout: str
    needs: tuple[str, ...]
    columns: Mapping[str, tuple[str, ...]]
    lacks: tuple[str, ...] = ()
    customer: tuple[str, ...] = ("account",)
    account_prefix: str = ""
    anchor: str = ""
    dates: tuple[str, ...] = ()
    skip_rows: int = 0
    item_pattern: str = ""
    statuses: Statuses = field(default_factory=Statuses)
    kind: str = "orders"
    cells: tuple[str, ...] = ()

    @property
    def times(self) -> tuple[str, ...]:
        """The columns that hold times whose patterns are told from the file; the first is that of the row itself."""
        return ("ordered_at",) if self.kind == "orders" else ("reviewed_at", "replied_at")

    def complete(self, columns: Iterable[str]) -> bool:
        """Whether these canonical columns are enough to read rows of this kind."""
        found = set(columns)
        return found.issuperset(("order_id", "ordered_at")) if self.kind == "orders" else not found.isdisjoint(OPINIONS)

    def fits(self, headers: Iterable[str]) -> bool:
        """Whether all of `needs` and none of `lacks` are among these normalised headers."""
        return _fits(self.needs, self.lacks, headers)

    def positions(self, headers: Sequence[str]) -> dict[str, int]:
        """Canonical name -> position of its header, for the columns that these normalised headers have."""
        at = {header: position for position, header in reversed(list(enumerate(headers)))}
        found = {
            name: next((at[header] for header in names if header in at), None) for name, names in self.columns.items()
        }
        return {name: position for name, position in found.items() if position is not None}


@dataclass(frozen=True)
class NotOrders:
    """A file of this platform that holds no orders: what it is, and where to click for the right one (both English msgids)."""

    key: str
    needs: tuple[str, ...]
    name: str
    instead: str
    lacks: tuple[str, ...] = ()

    def fits(self, headers: Iterable[str]) -> bool:
        """Whether all of `needs` and none of `lacks` are among these normalised headers."""
        return _fits(self.needs, self.lacks, headers)


@dataclass(frozen=True)
class Platform:
    """One platform: its short name, the label people read, its layouts and its look-alikes, in the order of the file."""

    name: str
    label: str
    regions: tuple[Region, ...]
    not_orders: tuple[NotOrders, ...] = ()


@dataclass(frozen=True)
class Match:
    """Headers recognised. columns: canonical name -> position of the header, from 0."""

    platform: Platform
    region: Region
    columns: Mapping[str, int]


def recognise(headers: Sequence[str], platforms: Sequence[Platform] | None = None) -> Match | None:
    """The layout that these normalised headers are, or None.

    Of several that fit, the one that maps the most headers; of equals, the one that stands first. A file known not to hold orders
    (see not_orders) is never recognised.
    """
    known = load() if platforms is None else platforms
    if not_orders(headers, known):
        return None
    fitting = [(platform, region) for platform in known for region in platform.regions if region.fits(headers)]
    if not fitting:
        return None
    platform, region = max(fitting, key=lambda pair: len(set(pair[1].positions(headers).values())))
    return Match(platform, region, region.positions(headers))


def recognise_cells(rows: Sequence[Sequence[str]]) -> Match | None:
    """The layout without a header row that most of these rows have the shape of, or None."""
    for platform in load():
        for region in platform.regions:
            shaped = [row for row in rows if _shaped(row, region.cells)] if region.cells else []
            if shaped and 2 * len(shaped) > len(rows):
                return Match(
                    platform, region, region.positions([f"#{place}" for place in range(1, len(region.cells) + 1)])
                )
    return None


def _shaped(row: Sequence[str], cells: Sequence[str]) -> bool:
    return len(row) == len(cells) and all(
        re.fullmatch(pattern, cell.strip()) for cell, pattern in zip(row, cells, strict=True)
    )


def not_orders(headers: Sequence[str], platforms: Sequence[Platform] | None = None) -> NotOrders | None:
    """The known file without orders that these normalised headers are, or None."""
    known = load() if platforms is None else platforms
    return next((other for platform in known for other in platform.not_orders if other.fits(headers)), None)


@cache
def load() -> tuple[Platform, ...]:
    """The platforms of the folder `platforms`, in the order of their file names."""
    folder = Path(__file__).with_name("platforms")
    return tuple(from_toml(path.read_text("utf-8"), file=path.name) for path in sorted(folder.glob("*.toml")))


def from_toml(text: str, *, file: str = "mapping.toml") -> Platform:
    """One platform from the text of its TOML file. `file` names it in an InputError, which says what is wrong with the text."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(
            N_("“{file}” is not a TOML file: {why}. Load a mapping that was saved here."), file=file, why=str(error)
        ) from error
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


def _fits(needs: Sequence[str], lacks: Sequence[str], headers: Iterable[str]) -> bool:
    present = set(headers)
    return present.issuperset(needs) and present.isdisjoint(lacks)


def _region(key: str, table: Mapping, file: str) -> Region:
    where = f"regions.{key}"
    _known_keys(table, set(Region.__dataclass_fields__) - {"key"}, file, where)
    kind = _text(table, "kind", file, where, default="orders")
    _one_of(kind, tuple(KINDS), "kind", file, where)
    columns = _columns(table, file, where, KINDS[kind])
    statuses = _tables(table, "statuses", file, flat=True)
    _known_keys(statuses, set(Statuses.__dataclass_fields__), file, f"{where}.statuses")
    region = Region(
        key=key,
        currency=_text(table, "currency", file, where, default=""),
        layout=_text(table, "layout", file, where, default=None if kind == "orders" else "repeated"),
        needs=_headers(table, "needs", file, where),
        columns=columns,
        lacks=_headers(table, "lacks", file, where),
        customer=_texts(table, "customer", file, where) or ("account",),
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
    )
    _one_of(region.layout, LAYOUTS, "layout", file, where)
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
    _known_keys(table, {"needs", "lacks", "name", "instead"}, file, where)
    return NotOrders(
        key=key,
        needs=_headers(table, "needs", file, where),
        name=_text(table, "name", file, where),
        instead=_text(table, "instead", file, where),
        lacks=_headers(table, "lacks", file, where),
    )


def _columns(table: Mapping, file: str, where: str, known: Iterable[str]) -> dict[str, tuple[str, ...]]:
    columns = _tables(table, "columns", file, flat=True)
    for name in columns:
        _one_of(name, sorted(known), "column", file, where)
    return {name: _headers(columns, name, file, f"{where}.columns") for name in columns}


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


def _both_forms(texts: Sequence[str]) -> tuple[str, ...]:
    """Each text composed (NFC) and decomposed (NFD): values of Vietnamese files come in either form."""
    return tuple(dict.fromkeys(unicodedata.normalize(form, text) for text in texts for form in ("NFC", "NFD")))


def _headers(table: Mapping, name: str, file: str, where: str) -> tuple[str, ...]:
    return tuple(normalise([header])[0] for header in _texts(table, name, file, where))


def _count(table: Mapping, name: str, file: str, where: str) -> int:
    value = table.get(name, 0)
    if type(value) is not int or value < 0:
        raise InputError(
            N_("“{file}”, [{where}]: “{name}” has to be a whole number."), file=file, where=where, name=name
        )
    return value
