"""Workbooks the way Shopee's exporter writes them: sheet `orders` in sheet2.xml, dimension A1, every cell a shared string."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import BinaryIO
from xml.sax.saxutils import escape

EPOCH = (2006, 9, 16, 0, 0, 0)
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
PRESERVE = ' xml:space="preserve"'
CONTENT_TYPES = (
    f'{DECLARATION}<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet2.xml" ContentType="{TYPE}.worksheet+xml"/>'
    f'<Override PartName="/xl/sharedStrings.xml" ContentType="{TYPE}.sharedStrings+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{TYPE}.styles+xml"/>'
    '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
    "</Types>"
)
ROOT_RELATIONS = (
    f'{DECLARATION}<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    f'<Relationship Id="rId2" Type="{PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
    "</Relationships>"
)
WORKBOOK = (
    f'{DECLARATION}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
    '<sheet name="orders" sheetId="2" r:id="rId4"/></sheets></workbook>'
)
WORKBOOK_RELATIONS = (
    f'{DECLARATION}<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId2" Type="{OFFICE}/styles" Target="styles.xml"/>'
    f'<Relationship Id="rId3" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
    f'<Relationship Id="rId4" Type="{OFFICE}/worksheet" Target="worksheets/sheet2.xml"/>'
    "</Relationships>"
)
CORE = (
    f'{DECLARATION}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:creator>xuri</dc:creator>'
    '<dcterms:created xsi:type="dcterms:W3CDTF">2006-09-16T00:00:00Z</dcterms:created></cp:coreProperties>'
)
STYLES = (
    f'{DECLARATION}<styleSheet xmlns="{MAIN}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def letters(column: int) -> str:
    """The letters of a column counted from 0: A, B … Z, AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def write_workbook(
    target: Path | BinaryIO, header: Sequence[str], rows: Iterable[Sequence[str]], level: int = 9
) -> int:
    """Write header and rows of text, a shared string per cell (blanks too); the number of rows written."""
    strings: dict[str, int] = {}
    starts = [f'<c r="{letters(i)}' for i in range(len(header))]
    sheet = [f'{DECLARATION}<worksheet xmlns="{MAIN}"><dimension ref="A1"/><sheetData>']
    for n, row in enumerate(chain([header], rows), 1):
        end = f'{n}" t="s"><v>'
        cells = [
            f"{start}{end}{strings.setdefault(text, len(strings))}" for start, text in zip(starts, row, strict=True)
        ]
        sheet.append(f'<row r="{n}">{"</v></c>".join(cells)}</v></c></row>')
    sheet.append("</sheetData></worksheet>")
    parts = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": ROOT_RELATIONS,
        "docProps/core.xml": CORE,
        "xl/_rels/workbook.xml.rels": WORKBOOK_RELATIONS,
        "xl/styles.xml": STYLES,
        "xl/workbook.xml": WORKBOOK,
        "xl/worksheets/sheet2.xml": "".join(sheet),
        "xl/sharedStrings.xml": shared_strings(strings, n * len(header)),
    }
    write_zip(target, parts, level)
    return n - 1


def shared_strings(strings: Iterable[str], cells: int) -> str:
    """The part that holds each different text once."""
    items = [
        f"<si><t{PRESERVE if text != text.strip() or chr(10) in text else ''}>{escape(text)}</t></si>"
        for text in strings
    ]
    return f'{DECLARATION}<sst xmlns="{MAIN}" count="{cells}" uniqueCount="{len(items)}">{"".join(items)}</sst>'


def write_zip(target: Path | BinaryIO, parts: Mapping[str, str], level: int = 9) -> None:
    """A zip without a trace of when or where it was written, so that the same parts give the same bytes."""
    with zipfile.ZipFile(target, "w") as archive:
        for name, text in parts.items():
            info = zipfile.ZipInfo(name, EPOCH)
            info.create_system, info.external_attr = 0, 0
            archive.writestr(info, text.encode(), zipfile.ZIP_DEFLATED, level)
