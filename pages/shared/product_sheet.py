"""Where the owner's product sheet is kept: in the notebook of the shop, which a remembered shop keeps and any other for this session; as a CSV file besides."""

from __future__ import annotations

from dataclasses import asdict, fields

from analytics.store import Sheet, SheetRow
from pages.shared import session

TABLE = "products"
"""The notebook's table."""


def current() -> Sheet:
    """The sheet of the shop of this run; one that says nothing where there is none."""
    rows = session.notebook().rows(TABLE)
    if rows.empty:
        return Sheet()
    names = [field.name for field in fields(SheetRow)]
    said = rows[names].to_dict("records")
    return Sheet.of(SheetRow(**{name: value for name, value in row.items() if value == value and value is not None}) for row in said)  # fmt: skip


def keep(sheet: Sheet) -> None:
    """From the next run on, this is the sheet of the shop of this run. Raises NotKept where it cannot be written."""
    notebook, here = session.notebook(), {(row.product_id, row.part) for row in sheet.rows}
    notebook.put(
        TABLE,
        [
            {name: None if value == "" and name != "part" else value for name, value in asdict(row).items()}
            for row in sheet.rows
        ],
    )
    gone = [row for row in current().rows if (row.product_id, row.part) not in here]
    notebook.drop(TABLE, [{"product_id": row.product_id, "part": row.part} for row in gone])
