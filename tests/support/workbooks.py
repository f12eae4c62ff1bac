"""The containers that exports come in: workbooks, text files, zips, each made so that the same rows give the same bytes."""

from __future__ import annotations

import csv
import io
import unicodedata
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

import msoffcrypto
import xlsxwriter
import xlwt
from msoffcrypto.format.ooxml import OOXMLFile

from sample_data.excelize import write_workbook

Rows = Sequence[Sequence[str | int | float]]
"""A header row and the rows below it."""


def header_rows() -> dict[str, list[str]]:
    """Layout -> the header row of its real export, as in `header_rows.csv`."""
    with Path(__file__).with_name("header_rows.csv").open(encoding="utf-8", newline="") as file:
        return {name: headers for name, *headers in csv.reader(file)}


def excelize_workbook(rows: Rows) -> bytes:
    """An untouched Shopee workbook: sheet `orders` in sheet2.xml, dimension A1, every cell a shared string."""
    buffer = io.BytesIO()
    write_workbook(buffer, rows[0], rows[1:])
    return buffer.getvalue()


def saved_workbook(rows: Rows, sheet: str = "orders") -> bytes:
    """The same rows saved again by a spreadsheet program; numbers stay numbers."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_numbers": False}) as book:
        book.set_properties({"created": datetime(2026, 1, 1)})
        page = book.add_worksheet(sheet)
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    return buffer.getvalue()


def old_workbook(rows: Rows, sheet: str = "orders") -> bytes:
    """A true .xls (BIFF8)."""
    book = xlwt.Workbook(encoding="utf-8")
    page = book.add_sheet(sheet)
    for y, row in enumerate(rows):
        for x, value in enumerate(row):
            page.write(y, x, value)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def encrypted(workbook: bytes, password: str) -> bytes:
    """The workbook behind a password. Never the same bytes twice: salts are random."""
    buffer = io.BytesIO()
    OOXMLFile(io.BytesIO(workbook)).encrypt(password, buffer)
    return buffer.getvalue()


def decrypted(workbook: bytes, password: str) -> bytes:
    """What is behind the password."""
    buffer = io.BytesIO()
    book = msoffcrypto.OfficeFile(io.BytesIO(workbook))
    book.load_key(password)
    book.decrypt(buffer)
    return buffer.getvalue()


def csv_file(rows: Rows, encoding: str = "utf-8", newline: str = "\n", delimiter: str = ",") -> bytes:
    """A text file; `newline` ends its rows, line feeds inside quoted cells stay."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator=newline, delimiter=delimiter).writerows(rows)
    return buffer.getvalue().encode(encoding)


def zip_file(members: Mapping[str, bytes]) -> bytes:
    """A zip of the members, all dated 2026-01-01."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def table(headers: Sequence[str], rows: Sequence[Mapping[str, str | int | float]]) -> list[list[str | int | float]]:
    """Header row and rows of cells from rows of {header: value}; the second of two equal headers is called `header (2)`."""
    seen: dict[str, int] = {}
    names = []
    for header in headers:
        seen[header] = seen.get(header, 0) + 1
        names.append(unicodedata.normalize("NFC", header if seen[header] == 1 else f"{header} ({seen[header]})"))
    unknown = {name for row in rows for name in row} - set(names)
    if unknown:
        raise KeyError(f"not in this layout: {sorted(unknown)}")
    return [list(headers), *([row.get(name, "") for name in names] for row in rows)]
