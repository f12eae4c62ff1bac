"""One shop's data in one DuckDB database: its tables, their queries, and the views that filters make."""

from analytics.store.database import Damaged
from analytics.store.facts import ShopFacts
from analytics.store.filters import REASONS, Filters
from analytics.store.sheet import KINDS, Sheet, SheetRow
from analytics.store.store import Opened, Store, open_shop

__all__ = ["Damaged", "Filters", "KINDS", "Opened", "REASONS", "Sheet", "SheetRow", "ShopFacts", "Store", "open_shop"]
