"""What an upload really is, by content: workbooks, zips, encryption, damage, bombs."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import openpyxl
import pytest

from analytics.errors import InputError, PasswordNeeded, WrongPassword
from analytics.sources import containers, inflation
from analytics.sources.containers import Member, Upload, members
from tests.support.workbooks import csv_file, encrypted, excelize_workbook, old_workbook, saved_workbook, zip_file

ROWS = [["order", "buyer"], *([f"A{n}", f"buyer {n * 7919}"] for n in range(400))]
CSV, XLSX, XLS = csv_file(ROWS), excelize_workbook(ROWS), old_workbook(ROWS)


def found(name: str, data: bytes | memoryview | Path, **passwords: str) -> list[tuple[str, str] | str]:
    """(name, kind) of each member, and the sentence of each error."""
    given = {key.replace("_", "."): value for key, value in passwords.items()}
    return [(m.name, m.kind) if isinstance(m, Member) else str(m) for m in members(Upload(name, data), given)]


def problem(name: str, data: bytes, **passwords: str) -> InputError:
    given = {key.replace("_", "."): value for key, value in passwords.items()}
    [error] = members(Upload(name, data), given)
    assert isinstance(error, InputError)
    return error


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [("a.csv", CSV, "text"), ("a.xlsx", XLSX, "xlsx"), ("a.xls", XLSX, "xlsx"), ("a.xlsm", XLSX, "xlsx"), ("a.csv", XLS, "xls"),
     ("a.xlsx", CSV, "text")],
)  # fmt: skip
def test_the_content_tells_the_kind_not_the_name(name, data, kind):
    assert found(name, data) == [(name, kind)]


def test_text_is_not_copied():
    data = memoryview(CSV)
    [member] = members(Upload("a.csv", data), {})
    assert member.data.obj is data.obj


def test_a_path_is_read_where_it_lies(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(CSV)
    [member] = members(Upload("a.csv", path), {})
    assert member.data == CSV
    assert "cannot be opened" in found("b.csv", tmp_path / "b.csv")[0]


def test_an_encrypted_workbook_asks_for_its_password_and_says_when_it_is_wrong():
    data = encrypted(XLSX, "123456")
    assert isinstance(problem("a.xlsx", data), PasswordNeeded)
    assert isinstance(problem("a.xlsx", data, a_xlsx="000000"), WrongPassword)
    assert found("a.xlsx", data, a_xlsx="123456") == [("a.xlsx", "xlsx")]


def test_a_password_given_once_opens_the_other_files_too():
    data = encrypted(XLSX, "123456")
    assert found("b.xlsx", data, a_xlsx="123456") == [("b.xlsx", "xlsx")]
    assert isinstance(problem("b.xlsx", data, a_xlsx="000000"), PasswordNeeded)
    assert found("all.zip", zip_file({"b.xlsx": data}), all_zip="123456") == [("all.zip/b.xlsx", "xlsx")]


def test_a_zip_gives_its_tables_and_passes_over_the_rest():
    data = zip_file(
        {"2025/a.csv": CSV, "b.xlsx": XLSX, "__MACOSX/._a.csv": b"x", ".DS_Store": b"x", "guide.pdf": b"%PDF-1.7", "in.zip": zip_file({"c.csv": CSV})}
    )  # fmt: skip
    assert found("all.zip", data) == [
        ("all.zip/2025/a.csv", "text"),
        ("all.zip/b.xlsx", "xlsx"),
        ("all.zip/in.zip/c.csv", "text"),
    ]


def test_one_damaged_file_in_a_zip_leaves_the_others():
    wrong, right = found("all.zip", zip_file({"a.xlsx": XLSX[:-200], "b.csv": CSV}))
    assert "all.zip/a.xlsx is damaged" in wrong
    assert right == ("all.zip/b.csv", "text")


def test_an_old_workbook_that_begins_with_another_record_is_damaged():
    begin = XLS.index(b"\x09\x08\x10\x00")  # BOF
    assert "damaged" in str(problem("a.xls", XLS[:begin] + b"\xff" + XLS[begin + 1 :]))


def test_names_that_windows_wrote_in_big5_are_read():
    name = "訂單.csv".encode("cp950").decode("cp437")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        info = zipfile.ZipInfo("0" * len(name.encode("cp437")))
        archive.writestr(info, CSV)
    data = buffer.getvalue().replace(b"0" * len(name), "訂單.csv".encode("cp950"))
    assert found("a.zip", data) == [("a.zip/訂單.csv", "text")]


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.csv", b"", "is empty"),
        ("a.csv", b" \r\n\t\n", "is empty"),
        ("a.xlsx", XLSX[: len(XLSX) // 2], "cut short"),
        ("a.zip", zip_file({"a.csv": CSV})[:-30], "cut short"),
        ("a.zip", zip_file({}), "holds no CSV"),
        ("a.zip", zip_file({"a.pdf": b"%PDF-1.7", "b.png": b"\x89PNG"}), "holds no CSV"),
        (
            "a.zip",
            zip_file({"b.zip": zip_file({"c.zip": zip_file({"a.csv": CSV})})}),
            "a zip inside a zip inside a zip",
        ),
        ("a.zip", zip_file({f"{n}.csv": CSV for n in range(1_001)}), "holds 1001 files"),
        ("a.rar", b"Rar!\x1a\x07\x01\x00", "other than .zip"),
        ("a.pdf", b"%PDF-1.7", "neither a CSV"),
        ("a.docx", zip_file({"[Content_Types].xml": b"", "word/document.xml": b""}), "neither a CSV"),
        ("a.xlsb", zip_file({"[Content_Types].xml": b"", "xl/workbook.bin": b""}), "save it as .xlsx"),
        ("a.xls", b"<html><table><tr><td>1</td></tr></table>", "save it as .xlsx"),
    ],
)
def test_what_cannot_be_used_says_what_it_is_and_what_to_do(name, data, says):
    assert says in str(problem(name, data))


def test_a_file_over_the_limit_is_refused(monkeypatch):
    monkeypatch.setattr(containers, "LIMIT", 1_000)
    assert "at most 1 GB" in str(problem("a.csv", CSV))


def test_a_zip_bomb_is_refused_by_what_it_declares(monkeypatch):
    monkeypatch.setattr(containers, "LIMIT", 20_000_000)
    bomb = zip_file({"a.csv": bytes(30_000_000)})
    assert len(bomb) < 100_000
    assert "more than 1 GB" in str(problem("a.zip", bomb))


def test_a_nest_of_zips_is_counted_together(monkeypatch):
    monkeypatch.setattr(containers, "LIMIT", 30_000)
    inner = zip_file({"a.csv": bytes(20_000)})
    assert "more than 1 GB" in str(found("a.zip", zip_file({"1.zip": inner, "2.zip": inner}))[-1])


def test_a_small_file_that_unpacks_to_very_much_is_refused(monkeypatch):
    monkeypatch.setattr(inflation, "LARGE", 1_000_000)
    assert found("a.zip", zip_file({"a.csv": bytes(900_000)})) == [("a.zip/a.csv", "text")]
    assert "packed as no table is (a.csv)" in str(problem("a.zip", zip_file({"a.csv": bytes(3_000_000)})))


def test_files_of_a_zip_that_lie_over_each_other_are_refused():
    data = bytearray(zip_file({"a.csv": CSV, "b.csv": CSV}))
    offset = data.rindex(b"PK\x01\x02") + 42
    data[offset : offset + 4] = bytes(4)
    assert "packed as no table is" in str(problem("a.zip", bytes(data)))


def test_a_zip_that_lies_about_its_size_is_damaged():
    data = bytearray(zip_file({"a.csv": bytes(3_000_000)}))
    at = data.rindex(b"PK\x01\x02") + 24
    data[at : at + 4] = (100).to_bytes(4, "little")
    assert "damaged" in str(problem("a.zip", bytes(data)))


def test_a_workbook_that_lies_about_its_size_is_refused(monkeypatch):
    monkeypatch.setattr(containers, "LIMIT", 100_000)
    data = bytearray(saved_workbook([["x" * 30_000 + str(n)] for n in range(20)]))
    at = data.rindex(b"PK\x01\x02", 0, data.rindex(b"xl/sharedStrings.xml")) + 24
    data[at : at + 4] = (100).to_bytes(4, "little")
    assert "more than 1 GB" in str(problem("a.xlsx", bytes(data)))


@pytest.mark.parametrize(("cell", "refused"), [("C200000", False), ("XFD100", False), ("XFD1048576", True)])
def test_one_stray_cell_far_away_does_not_end_the_process(cell, refused):
    book = openpyxl.Workbook()
    book.active["A1"], book.active[cell] = "order", "x"
    buffer = io.BytesIO()
    book.save(buffer)
    [got] = found("a.xlsx", buffer.getvalue())
    assert (f"reaches to cell {cell}" in got) == refused


@pytest.mark.parametrize(
    "whole",
    [XLSX, XLS, encrypted(XLSX, "1"), zip_file({"a.csv": CSV, "b.xlsx": XLSX})],
    ids=["xlsx", "xls", "encrypted", "zip"],
)
def test_damage_is_an_error_never_a_crash(whole):
    chance = random.Random(7)
    for turn in range(30):
        data = bytearray(whole[: chance.randrange(len(whole))] if turn % 3 == 0 else whole)
        for _ in range(chance.choice([1, 3, 20]) if data else 0):
            data[chance.randrange(len(data))] = chance.randrange(256)
        for member in members(Upload("a", bytes(data)), {"a": "1"}):
            assert isinstance(member, Member | InputError)
