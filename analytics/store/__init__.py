"""One shop's data in one DuckDB database: its tables, their queries, and the views that filters make."""

from analytics.store.sheet import KINDS, Sheet, SheetRow
from analytics.store.store import REASONS, Filters, Opened, ShopFacts, Store, open_shop

__all__ = ["Filters", "KINDS", "Opened", "REASONS", "Sheet", "SheetRow", "ShopFacts", "Store", "open_shop"]
