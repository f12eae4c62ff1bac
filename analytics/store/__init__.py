"""One shop's data in one DuckDB database: its tables, their queries, and the views that filters make."""

from analytics.store.database import Damaged
from analytics.store.store import REASONS, Filters, Opened, ShopFacts, Store, open_shop

__all__ = ["Damaged", "Filters", "Opened", "REASONS", "ShopFacts", "Store", "open_shop"]
