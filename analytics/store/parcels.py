"""What files say of parcels: kept as it is written while they are read, and cast when it is first asked for.

Reading pays for the copy of a few short texts alone. `make` casts them for one view of the shop, once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from analytics.sources.platforms import PARCEL_COLUMNS
from analytics.store.statements import fill, make

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb

    from analytics.sources import Source

TRAVEL = 2
"""Days from shipment to delivery where only the shipment is known, and from order to delivery where nothing is."""
SETTLED = 21
"""Days after which an order is taken for delivered where its file has no column that would say so."""
ENOUGH = 30
"""Completed orders that tell how long a platform's orders usually take."""

COLUMNS = (
    "order_key integer, fulfilment varchar, shipped_at timestamp, completed_at timestamp, ship_by timestamp, delivery varchar, note varchar, "
    "unread varchar"
)


def keep(con: duckdb.DuckDBPyConnection, files: Sequence[tuple[int, Source]], told: pa.Table) -> None:
    """Copy what files that are read in the same way tell of parcels. told: one row per run of lines; files: with their numbers."""
    first = files[0][1]
    says = "fulfilment" not in first.region.columns or "fulfilment" in told.column_names
    con.execute(
        "insert into staged.parcel_ways select unnest($files::integer[]), $formats::varchar[], $ordering, $completes, $to_ship::varchar[], $unclaimed::varchar[]",
        {
            "files": [number for number, _ in files], "formats": list(first.dates), "ordering": first.ordering,
            "completes": "completed_at" in told.column_names, "to_ship": [text.lower() for text in first.region.to_ship] if says else [],
            "unclaimed": [text.lower() for text in first.region.unclaimed],
        },
    )  # fmt: skip
    if told.num_rows:
        missing = [f"cast(null as varchar) as {name}" for name in PARCEL_COLUMNS if name not in told.column_names]
        con.register("raw_parcels", con.from_arrow(told).project(", ".join(["*", *missing])))
        fill(con, "staged.parcel_texts", "store/stg_parcels")
        con.unregister("raw_parcels")


def make_parcels(con: duckdb.DuckDBPyConnection, table: str, name: str) -> None:
    """Make the table of parcels of a view by the query `name`, and beside it the `parcel_times` that it stands on."""
    times = f"{table.rpartition('.')[0]}.parcel_times"
    con.execute(f"create or replace table {times} ({COLUMNS})")
    ways = con.execute(
        "select formats, ordering, list(file_number order by file_number) from staged.parcel_ways group by formats, ordering order by formats, ordering"
    ).fetchall()
    for formats, ordering, files in ways:
        how = {"formats": formats, "ordering": ordering, "files": files}
        fill(con, times, "store/parcel_times", **how)
    make(con, table, name, travel=TRAVEL, settled=SETTLED, enough=ENOUGH)
