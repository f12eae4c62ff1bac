"""The owner's product sheet: what belongs together, what it is called, what kind of good it is, how long a pack of it lasts.

A sheet holds only what the owner says; what the exports say, and what can be guessed from titles, stands in the tables `products` and
`goods` of every view. Like the filters it makes another view of the shop: the same sheet, the same tables.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass
from functools import cached_property

import duckdb

from analytics.store.staging import make, statement

KINDS = ("refill", "one_off", "durable", "bundle", "gift", "none")
"""What a product is: used up and bought again; bought once; lasts for years; several goods in one; given away; no product (postage)."""
SETTINGS = ("short_name", "family", "kind", "pack_size", "days_per_pack", "cost")


@dataclass(frozen=True)
class SheetRow:
    """What the owner says of one product.

    product_id: any id or stock number of it, or the id that it has without either. part: one of its variants, ids or titles, when the row
    is about this part alone, as a product of its own. merge_into: the product_id (or product_id/part) of which it is a part in truth.
    kind: of KINDS. pack_size: portions in a pack. days_per_pack: how long one unit of it lasts. cost: of one unit, in the shop's currency.
    Blank and None: the owner says nothing.
    """

    product_id: str
    part: str = ""
    merge_into: str = ""
    short_name: str = ""
    family: str = ""
    kind: str = ""
    pack_size: float | None = None
    days_per_pack: float | None = None
    cost: float | None = None

    @property
    def name(self) -> str:
        """How other rows name it."""
        return f"{self.product_id}/{self.part}" if self.part else self.product_id

    @property
    def says_something(self) -> bool:
        """Whether it changes anything."""
        return bool(self.part) or any(getattr(self, name) not in ("", None) for name in ("merge_into", *SETTINGS))


@dataclass(frozen=True)
class Sheet:
    """The rows of a product sheet, one per product or part, in a fixed order; the default says nothing."""

    rows: tuple[SheetRow, ...] = ()

    @classmethod
    def of(cls, rows: Iterable[SheetRow]) -> Sheet:
        """A sheet of these rows; of two about the same product the later one counts, and one that says nothing is left out."""
        told = {(row.product_id, row.part): row for row in rows}
        return cls(tuple(told[key] for key in sorted(told) if told[key].says_something))

    @cached_property
    def key(self) -> str:
        """Names what the sheet says: the same rows, the same key."""
        return hashlib.sha256(repr([astuple(row) for row in self.rows]).encode()).hexdigest()[:16] if self.rows else ""

    def __repr__(self) -> str:
        return f"Sheet({self.key})"

    def row(self, product_id: str, part: str = "") -> SheetRow:
        """What it says of a product, or of a part of one."""
        return self._by_key.get((product_id, part)) or SheetRow(product_id, part)

    @cached_property
    def _by_key(self) -> dict[tuple[str, str], SheetRow]:
        return {(row.product_id, row.part): row for row in self.rows}

    def changed(self, *rows: SheetRow) -> Sheet:
        """The sheet with these rows in the place of those about the same products."""
        return Sheet.of([*self.rows, *rows])


def applied(con: duckdb.DuckDBPyConnection, sheet: Sheet) -> None:
    """Make the tables `products` and `goods` of the schema in use."""
    resolved = _Resolved(con, sheet)
    make(con, "assigned", "store/assigned", **resolved.assigned)
    make(con, "products", "store/products", **resolved.products)
    make(con, "goods", "store/goods")
    con.execute("drop table assigned")


class _Resolved:
    """The rows of a sheet with the numbers of the products that they name, as parameters of the queries.

    Rows about products that are not among these exports say nothing here. A merge that would close a circle is left aside.
    """

    def __init__(self, con: duckdb.DuckDBPyConnection, sheet: Sheet) -> None:
        goods, wholes = {}, {}
        last = 0
        if sheet.rows:
            names = [name for row in sheet.rows for name in (row.product_id, row.merge_into) if name]
            for name, good, product_id, title in con.execute(
                statement("store/sheet_goods"), {"names": names}
            ).fetchall():
                goods[name], wholes[good] = good, (product_id, title)
            [(last,)] = con.execute("select coalesce(max(good), 0) from staged.goods_found").fetchall()
        known = [row for row in sheet.rows if row.product_id in goods]
        parts = sorted({(goods[row.product_id], row.part) for row in known if row.part})
        part_goods = {part: last + place for place, part in enumerate(parts, start=1)}
        named = {row.name: part_goods[goods[row.product_id], row.part] for row in known if row.part}
        named = {**goods, **named}
        moves: dict[int, int] = {}
        for row in known:
            here = part_goods[goods[row.product_id], row.part] if row.part else goods[row.product_id]
            there = _end(moves, named.get(row.merge_into, here))
            if here not in moves and there != here:
                moves[here] = there
        told: dict[int, dict[str, object]] = {}
        for row in known:
            here = part_goods[goods[row.product_id], row.part] if row.part else goods[row.product_id]
            if here not in moves:
                said = told.setdefault(here, dict.fromkeys(SETTINGS))
                for setting in SETTINGS:
                    if said[setting] is None:
                        said[setting] = getattr(row, setting) or None if setting != "cost" else row.cost
        of_parts = {
            "part_of": [good for good, _ in parts],
            "parts": [part for _, part in parts],
            "part_goods": list(part_goods.values()),
        }
        self.assigned = {**of_parts, "moved": list(moves), "moved_to": [_end(moves, good) for good in moves]}
        self.products = {
            **of_parts,
            "part_ids": [f"{wholes[good][0]}/{part}" for good, part in parts],
            "part_titles": [f"{wholes[good][1]} {part}" for good, part in parts],
            "part_sizes": _pack_sizes(con, of_parts["parts"]) if parts else [],
            "told": list(told),
            **{setting: [said[setting] for said in told.values()] for setting in SETTINGS},
        }


def _pack_sizes(con: duckdb.DuckDBPyConnection, titles: list[str]) -> list[float | None]:
    """The portions that each title names; None where it names none."""
    query = "select list_transform($titles::varchar[], lambda title: pack_size_in(title))"
    return con.execute(query, {"titles": titles}).fetchall()[0][0]


def _end(moves: Mapping[int, int], good: int) -> int:
    """Where a product ends up when all merges are followed."""
    while good in moves:
        good = moves[good]
    return good
