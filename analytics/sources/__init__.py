"""From uploaded files to their text: `read` opens, recognises and loads each file, and says what it could not use, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import pandas as pd

from analytics.errors import InputError, RegularsError
from analytics.sources.containers import Upload, members
from analytics.sources.opening import opened
from analytics.sources.reading import Reading, Source, mapped
from analytics.sources.tables import whole

__all__ = ["Source", "Upload", "read", "read_whole"]


def read(
    uploads: Iterable[Upload],
    *,
    passwords: Mapping[str, str],
    mappings: Mapping[str, str],
    shops: Mapping[str, str],
    dates: Mapping[str, str] | None = None,
) -> tuple[list[Source], list[RegularsError]]:
    """The text of every file that can be used; one error for each that cannot.

    passwords, mappings (TOML of an owner's own layout), shops (names of shops) and dates ("day" or "month": which comes first in 03/04) are by
    the key of a file's content, by its name, for a file in a zip by `zip/file`, its own name or the zip's. A mapping also serves every other
    file that has its headers and that no platform knows.
    """
    platforms, refused = mapped(mappings)
    reading = Reading(shops, platforms, dates or {}, refused)
    for upload in uploads:
        reading.take(members(upload, passwords))
    return reading.finished(), reading.problems


def read_whole(upload: Upload, fits: Callable[[Sequence[Sequence[str]]], bool]) -> pd.DataFrame:
    """Every cell of a file's first table as text, whatever it holds; its first row names the columns. Raises InputError.

    fits: whether the first records, cut by one of the delimiters or standing in one of the sheets, look like the table that is wanted.
    """
    member = next(iter(members(upload, {})))
    if isinstance(member, InputError):
        raise member
    return whole(opened(member, fits)[0].table)
