"""What was read of the files of reviews: rows kept and left out, and how the reviews were tied to orders."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analytics.store import Store


@dataclass(frozen=True)
class FilesRead:
    """table: one row per file: name, label (its source), rows, kept, duplicate, spam, unreadable (left out; they add up to rows), by_order,
    by_product, by_date (tied to an order, by what), by_customer (only the customer is known), not_joined, first, last (days).
    """

    table: pd.DataFrame

    def total(self, column: str) -> int:
        """The sum of a column over all files."""
        return int(self.table[column].sum())

    @property
    def tied(self) -> float:
        """Of the reviews kept, the share tied to an order, 0..1; NaN: none was kept."""
        kept = self.total("kept")
        return (
            sum(self.total(column) for column in ("by_order", "by_product", "by_date")) / kept if kept else float("nan")
        )


def files_read(store: Store) -> FilesRead:
    """The files of a shop's reviews, whatever the filter."""
    return FilesRead(store.query("reviews/files"))
