"""What is said of a platform's exports, of orders and of reviews: the canonical columns, and what each layout's TOML file may hold.

A TOML file says how a layout is recognised, which header is which canonical column, and what its statuses mean. The same schema
holds a mapping that an owner made by hand and saved.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field

ORDER_COLUMNS = (
    "order_id", "platform_order_id", "cancelled_at", "account", "email", "phone", "phone_2", "phone_3", "ordered_at", "subtotal", "gross",
    "seller_discount", "seller_discount_2", "seller_discount_3", "platform_discount", "platform_discount_2", "platform_discount_3",
    "refunded", "shipping", "taxes", "buyer_paid", "coupon", "items",
)  # fmt: skip
CONTEXT_COLUMNS = (
    "status",
    "cancel_reason",
    "return_status",
    "currency",
    "payment",
    "city",
    "channel",
    "marketing",
    "shop",
)
PARCEL_COLUMNS = ("fulfilment", "shipped_at", "completed_at", "ship_by", "delivery", "note")
"""Columns of orders that are kept as they are written until somebody asks for them (see analytics/store/parcels.py)."""
PARCEL_TIMES = ("shipped_at", "completed_at", "ship_by")
PRODUCT_COLUMNS = ("product_id", "product", "variant", "sku", "category")
LINE_COLUMNS = (
    "line_id", "price", "quantity", "returned", "line_total", "line_seller_discount", "line_seller_discount_2", "line_seller_discount_3",
    "line_platform_discount", "line_refunded",
)  # fmt: skip
REPEATING = frozenset([*PRODUCT_COLUMNS, *CONTEXT_COLUMNS, "price", "quantity", "returned", "fulfilment", "delivery"])
"""Columns of orders in which few texts stand again and again."""
CANONICAL = frozenset(ORDER_COLUMNS + CONTEXT_COLUMNS + PARCEL_COLUMNS + PRODUCT_COLUMNS + LINE_COLUMNS)
REVIEW_COLUMNS = [
    "review_id", "order_id", "account", "email", "phone", "name", "product_id", "handle", "product", "variant", "sku", "rating",
    "score", "title", "text", "reviewed_at", "reply", "replied_at", "pictures", "state",
]  # fmt: skip
OPINIONS = ("text", "rating", "score")
"""What makes a table one of reviews: at least one of these."""
KINDS = {"orders": CANONICAL, "reviews": frozenset(REVIEW_COLUMNS)}
"""What a layout's rows are -> the columns it may have."""
LAYOUTS = ("repeated", "first", "order", "unit")
STATUS_OF = ("order", "line")
IDENTITIES = ("account", "email", "phone")
REST = "…"
ITEM_GROUPS = ("product", "product_id", "variant", "sku", "price", "quantity", "returned")


@dataclass(frozen=True)
class Statuses:
    """What the texts of the status column mean. Whole texts, whatever their case, except in the fields below `counts`, which hold parts of a text.

    counts_containing is looked at first; counts_when_reason_contains rescues a cancelled order by its cancel reason. A text in none
    of them is unlisted: it counts, and is shown. returned, not_returned: parts of the texts of a column of its own, return_status: what was
    sent or paid back, and what was only asked for, withdrawn or refused; not_returned is looked at first.
    """

    cancelled: tuple[str, ...] = ()
    refunded: tuple[str, ...] = ()
    unpaid: tuple[str, ...] = ()
    counts: tuple[str, ...] = ()
    counts_containing: tuple[str, ...] = ()
    counts_when_reason_contains: tuple[str, ...] = ()
    returned: tuple[str, ...] = ()
    not_returned: tuple[str, ...] = ()


@dataclass(frozen=True)
class Region:
    """One layout of a platform's export: a country's, or a period's.

    kind: what its rows are, one of KINDS. cells: for files without a header row, one pattern per cell of their rows; their headers are
    then `#1`, `#2`, … key: its name in the TOML file. layout: one of LAYOUTS. columns: canonical name -> headers over the years, the first present
    wins. currency: ISO 4217, used when the file has no currency column. anchor: for layout "first", the canonical column filled
    only on an order's first line. dates: strptime patterns tried in order, empty to tell them from the file. skip_rows: data rows to skip
    below the header. item_pattern: for layout "order", one match per line of the order inside `items`. status_of: whether the status is the
    order's or each line's own. must: headers of which a row that is an order has one filled. refund_rows: a row with a negative amount is a
    refund of the order of its number. day_first: 03/04 is the third of April where no value tells. names: the account is a person's name,
    so other columns tell buyers apart better. to_ship: texts of the column fulfilment, or where there is none of the status, of an order that is
    still to be sent. unclaimed: parts of the cancel reason or the status of a parcel that nobody took.
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
    status_of: str = "order"
    must: tuple[str, ...] = ()
    refund_rows: bool = False
    day_first: bool = False
    names: bool = False
    caution: str = ""
    to_ship: tuple[str, ...] = ()
    unclaimed: tuple[str, ...] = ()

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
    """A file of this platform that holds no orders: what it is, and where to click for the right one (both English msgids).

    blank: headers of which a file of orders has one filled; where these are given, the headers alone do not tell.
    """

    key: str
    needs: tuple[str, ...]
    name: str
    instead: str
    lacks: tuple[str, ...] = ()
    blank: tuple[str, ...] = ()

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


def _fits(needs: Sequence[str], lacks: Sequence[str], headers: Iterable[str]) -> bool:
    """Whether all of `needs` and none of `lacks` are there; a text that ends in … stands for every header that begins so."""
    present = headers if isinstance(headers, frozenset | set) else frozenset(headers)
    return all(_there(text, present) for text in needs) and not any(_there(text, present) for text in lacks)


def _there(text: str, headers: Set[str]) -> bool:
    if text.endswith(REST):
        return any(header.startswith(text.removesuffix(REST)) for header in headers)
    return text in headers
