"""Files are read in another process: what ends it, or takes too much, costs one sentence, and the rest of the shop stands."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from analytics.sources import Upload
from analytics.store import hand, imports, kept
from analytics.store.imports import Imports
from tests.support.rows import order, shopify_csv

GOOD = shopify_csv([order("ann", "2025-01-05", 100), order("bob", "2025-01-06", 50)])
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKED = "http://schemas.openxmlformats.org/package/2006/relationships"
FAR = (
    f'<worksheet xmlns="{SHEET}"><sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
    "<row r='1048576'><c r='XFD1048576'><v>1</v></c></row></sheetData></worksheet>"
)
"""A cell so far away that the reader, which makes room for all that lies between, ends its process."""


def workbook(sheet: str) -> bytes:
    """The least that is a workbook, with this sheet."""
    target = '<Relationships xmlns="{}"><Relationship Id="a" Type="{}/{}" Target="{}"/></Relationships>'
    parts = {
        "_rels/.rels": target.format(PACKED, RELATED, "officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": f'<workbook xmlns="{SHEET}" xmlns:r="{RELATED}"><sheets><sheet name="o" sheetId="1" r:id="a"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": target.format(PACKED, RELATED, "worksheet", "worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": sheet,
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def given(folder: Path, **files: bytes) -> list[Upload]:
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return [Upload(f"{name}.file", folder / name) for name in files]


def test_a_workbook_that_ends_its_reader_costs_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "shop.duckdb"
    written = imports.write_shop(path, given(tmp_path, far=workbook(FAR), good=GOOD))
    assert [problem.values["file"] for problem in written.problems] == ["far.file"]
    assert written.used == {"good.file"}
    kept.sign(path, written, written.problems)
    opened = kept.open_written(path)
    assert opened.store.shop.orders == 2
    assert [str(problem) for problem in opened.problems] == [str(problem) for problem in written.problems]


def test_a_file_that_ends_its_reader_after_all_are_read_is_found_and_the_rest_is_kept(tmp_path: Path) -> None:
    class OddEnds:
        def do(self, one: imports.Import, _memory: int) -> dict:
            names = [name for name, _ in one.job["uploads"]]
            one.reading = len(names)
            if "odd.csv" in names:
                return {"ended": "itself"}
            return {"written": {"key": "k", "read": names, "used": [], "problems": [], "facts": None}}

    names = ["a.csv", "odd.csv", "b.csv"]
    job = {
        "path": str(tmp_path / "shop.duckdb"),
        "uploads": [(name, name) for name in names],
        "told": {},
        "sign": False,
    }
    found = imports._without_culprits(imports.Import(job, [1, 1, 1], Imports(1)), OddEnds(), 1 << 30)
    assert found.read == {"a.csv", "b.csv"}
    assert [(problem.template, problem.values["file"]) for problem in found.problems] == [(imports.ENDED, "odd.csv")]


def test_a_process_that_had_enough_before_it_began_a_job_is_no_fault_of_its_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It ends by itself after a large job, and the next job may come to it while it does."""
    first, looked = hand.Hand(), []
    ready = first.ready
    monkeypatch.setattr(first, "ready", lambda: looked.append(1) or (ready() if len(looked) > 1 else None))
    first.process.kill()
    uploads = [("good.file", str(given(tmp_path, good=GOOD)[0].data))]
    job = {"path": str(tmp_path / "shop.duckdb"), "uploads": uploads, "told": {}, "sign": False}
    found = imports._without_culprits(imports.Import(job, [len(GOOD)], Imports(1)), first, 1 << 30)
    assert (found.used, found.problems, len(looked)) == ({"good.file"}, [], 2)
    first.end()


def test_what_takes_too_long_is_stopped_and_the_rest_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hand, "SECONDS", -1)
    written = imports.write_shop(tmp_path / "shop.duckdb", given(tmp_path, slow=GOOD))
    assert "was stopped" in str(written.problems[0])
    monkeypatch.undo()
    assert imports.write_shop(tmp_path / "shop.duckdb", given(tmp_path, again=GOOD)).used == {"again.file"}


def test_who_comes_when_the_line_is_full_is_told(tmp_path: Path) -> None:
    line = Imports(hands=1, line=0)
    with pytest.raises(imports.Full, match="nothing of yours was lost"):
        line.begin(tmp_path / "shop.duckdb", [])


def test_a_full_disk_is_no_fault_of_a_file(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="space"):
        imports._problem({"ended": "disk"}, imports.Import({"path": "x", "uploads": []}, [], Imports(hands=1)), 1)


def test_an_import_that_nobody_waits_for_is_called_off(tmp_path: Path) -> None:
    line = Imports(hands=1)
    [upload] = given(tmp_path, good=GOOD)
    first = line.begin(tmp_path / "a.duckdb", [(upload.name, upload.data)])
    second = line.begin(tmp_path / "b.duckdb", [(upload.name, upload.data)])
    second.cancel()
    assert first.result().used == {"good.file"}
    with pytest.raises(imports.Cancelled):
        second.result()
    line.close()
    assert not (tmp_path / "b.duckdb").exists()
