"""What is said of files that could be read, and of which nothing is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analytics.errors import N_, InputError

if TYPE_CHECKING:
    import duckdb

    from analytics.sources import Source


def nothing_counts(con: duckdb.DuckDBPyConnection, sources: list[Source]) -> InputError:
    """No order counts: say which reasons took them all."""
    reasons = con.execute(
        "select reason, count(*) from staged.checked where order_id is not null group by reason order by count(*) desc, reason"
    ).fetchall()
    return InputError(
        N_("{file} has no order that counts ({found}); export all orders of the period, completed ones included."),
        file=_names(sources),
        found=", ".join(f"{reason}: {count}" for reason, count in reasons) or "0",
    )


def no_review(con: duckdb.DuckDBPyConnection, sources: list[Source]) -> InputError:
    """No review is left: say of how many rows."""
    [(rows,)] = con.execute("select count(*) from staged.reviews").fetchall()
    return InputError(
        N_("None of the {n} rows of {file} is a review with stars or a text; export all reviews, with both."),
        file=_names(sources),
        n=rows,
    )


def _names(sources: list[Source]) -> str:
    return ", ".join(source.name for source in sources[:3]) + ("…" if len(sources) > 3 else "")
