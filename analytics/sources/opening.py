"""From a file to its tables, and from a table to what it is: one of the layouts known, a look-alike, or a table to be explained by its owner."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from analytics.errors import N_, InputError, NotRecognised
from analytics.sources import guess
from analytics.sources.containers import Member
from analytics.sources.csvtext import TextTable, open_text
from analytics.sources.platforms import OPINIONS, Match, NotOrders, Region
from analytics.sources.recognition import nearest
from analytics.sources.tables import COLUMNS, Header, Loaded, filled, preview
from analytics.sources.unusable import damaged, empty, no_table
from analytics.sources.workbooks import SheetTable, Unopenable, open_workbook

NAME = 40
"""Characters of a column's name that a sentence shows."""
LOOK_ALIKE = N_("{file} is not an order export but this: {what}; get the orders here: {instead}.")


@dataclass(frozen=True)
class Sheet:
    """One table of a file. name: of the sheet, "" where the file is read as one table. left_aside: sheets beside it of no known layout."""

    name: str
    table: TextTable | SheetTable
    left_aside: tuple[str, ...] = ()


def opened(member: Member, known: Callable[[Sequence[Sequence[str]]], bool]) -> list[Sheet]:
    """The tables in a file that are known, or else its first one; an InputError where there is none."""
    try:
        if member.kind == "text":
            table = open_text(member.data, known)
            found = [Sheet("", table)] if table else []
        else:
            book = open_workbook(member.data, member.kind, known)
            unsplit = _unsplit(book.sheets, known)
            if unsplit:
                return [Sheet("", unsplit)]
            several = len(book.sheets) > 1
            found = [Sheet(table.name if several else "", table, book.left_aside) for table in book.sheets]
    except Unopenable as error:
        raise damaged(member.name) from error
    if not found:
        raise no_table(member.name) if member.kind == "text" else empty(member.name)
    for sheet in found:
        if not sheet.table.head:
            raise empty(member.name)
        widest = max(len(row) for row in sheet.table.head)
        if widest > COLUMNS:
            raise InputError(
                N_("{file} has {columns} columns, but an order export has at most {limit}; give it as it was downloaded."),
                file=member.name, columns=widest, limit=COLUMNS,
            )  # fmt: skip
    return found


def _unsplit(sheets: Sequence[SheetTable], known: Callable[[Sequence[Sequence[str]]], bool]) -> TextTable | None:
    """The table in a workbook whose only sheet holds whole records of a CSV file in its first cells; None where it does not."""
    if len(sheets) != 1 or any(cell.strip() for row in sheets[0].head for cell in row[1:]):
        return None
    lines = sheets[0].cells.column(0).to_pylist()
    table = open_text(memoryview("\n".join(line or "" for line in lines).encode()), known)
    return table if table and known(table.head) else None


def recognised(name: str, table: TextTable | SheetTable, header: Header | None) -> Match:
    """The layout of a table whose header was found; an error that tells what it is instead, or what is missing. name: of the file."""
    if header is None:
        raise InputError(
            N_("{file} is no table: none of its first rows has two cells. Give the export as it was downloaded."),
            file=name,
        )
    if header.other:
        raise look_alike(name, header.other)
    match = header.match
    if match and match.region.complete(match.columns):
        return match
    rows = preview(table, header)
    near = (match, _missing(match.region, match.columns)) if match else nearest(header.names)
    if near is None:
        raise NotRecognised(
            N_("{file} is a table of unknown layout with {columns} columns ({first} …); say which column is which, or give a platform's order export."),
            file=name, preview=rows, guess=guess.roles(rows), columns=len(header.names), first=", ".join(shown[:NAME] for shown in header.names[:3]),
        )  # fmt: skip
    found, missing = near
    raise NotRecognised(
        N_("{file} looks like an export from {platform} but has no column {missing}; export it with all columns, or say which column is which."),
        file=name, preview=rows, guess=_roles(guess.roles(rows), header, found), platform=found.platform.label, missing=missing,
    )  # fmt: skip


def _roles(guessed: dict[str, str], header: Header, near: Match) -> dict[str, str]:
    """The roles guessed, put right by a layout that is near; where a price is known, no total that the layout knows to be more than the goods."""
    named = {role: header.names[place] for role, place in near.columns.items()}
    known = {role: text for role, text in named.items() if role in guess.ROLES}
    roles = {role: text for role, text in guessed.items() if text not in known.values()} | known
    if "price" in roles and roles.get("gross") == named.get("buyer_paid"):
        roles.pop("gross", None)
    return roles


def _missing(region: Region, columns: object) -> str:
    needed = ("order_id", "ordered_at") if region.kind == "orders" else OPINIONS
    missing = next(role for role in needed if role in region.columns and role not in columns)
    return " / ".join(region.columns[missing])


def look_alike(name: str, other: NotOrders) -> InputError:
    """The error for a file that holds no orders, though it looks as if it did."""
    return InputError(LOOK_ALIKE, file=name, what=other.name, instead=other.instead)


def refuse_look_alike(name: str, table: TextTable | SheetTable, header: Header, match: Match, loaded: Loaded) -> None:
    """Raise the error where the headers are those of orders, but no row has what every order has."""
    for other in match.platform.not_orders:
        if not other.blank or not other.fits(header.names):
            continue
        statuses = {header.names[at] for role, at in match.columns.items() if role == "status"}
        if statuses & set(other.blank) and loaded.has_status:
            continue
        if not filled(table, header, match, [text for text in other.blank if text not in statuses]):
            raise look_alike(name, other)
