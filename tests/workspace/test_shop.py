"""A remembered shop: what is kept of its files, what is said to have come, and that nothing is lost."""

from __future__ import annotations

import json
import os
import re
import resource
import stat
import subprocess
import sys
import threading
import zipfile
from pathlib import Path

import pytest

from analytics import report
from analytics.errors import NotKept, NotRecognised, PasswordNeeded
from analytics.sources import Upload, guess
from analytics.store import Store, open_shop
from analytics.workspace import Notebook, Shop, Workspace, backup, disk, home, manifest
from analytics.workspace.shop import Came
from tests.support.rows import order, shopify_csv
from tests.support.workbooks import decrypted

EXPORTS = Path(__file__).parents[1] / "exports"
LOCKED = EXPORTS / "shopee_TW_2026_encrypted.Order.all.20260301_20260331.xlsx"
JANUARY = [order("ann", "2025-01-05", 100, name="#1"), order("bob", "2025-01-06", 50, name="#2")]
FEBRUARY = [
    order("bob", "2025-01-06", 50, name="#2", cancelled="2025-01-09 10:00:00 +0800"),
    order("cat", "2025-02-06", 70, name="#3"),
]
MINE = "單號,下單日,客人,總金額\nA1,2025/01/03,小明,100\n".encode()


def csv(rows: list[dict]) -> bytes:
    """An export without the platform's own ids: an order is known by its number."""
    return re.sub(rb",\d{13}\r\n", b",\r\n", shopify_csv(rows))


def upload(name: str, rows: list[dict]) -> Upload:
    return Upload(name, csv(rows))


def summary(store: Store) -> str:
    return report.to_json(report.summary(store))


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "home")


@pytest.fixture
def shop(workspace: Workspace) -> Shop:
    kept, _added = workspace.keep("茶舖", [upload("january.csv", JANUARY)])
    return kept


def inside(folder: Path) -> set[str]:
    """Everything in a folder, the key in a database's name left out."""
    names = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    return {f"{name.split('.')[0]}.duckdb" if name.endswith(".duckdb") else name for name in names}


def test_a_shop_is_kept_and_opens_as_its_files_do(workspace: Workspace, shop: Shop) -> None:
    assert inside(shop.folder) == {"shop.json", "shop.duckdb", "files/january.csv"}
    assert (shop.folder / "files" / "january.csv").read_bytes() == csv(JANUARY)
    fresh = open_shop([upload("january.csv", JANUARY)]).store
    again = workspace.shop("茶舖").open().store
    assert again.key == fresh.key
    assert summary(again) == summary(fresh)


def test_next_weeks_export_goes_on_top_and_says_what_came(shop: Shop) -> None:
    added = shop.add([upload("february.csv", FEBRUARY), upload("again.csv", JANUARY)])
    assert (added.files, added.there, added.problems) == (("february.csv",), ("again.csv",), ())
    assert added.came == Came(added=1, changed=1, cancelled=1, same=1)
    both = open_shop([upload("january.csv", JANUARY), upload("february.csv", FEBRUARY)]).store
    assert summary(shop.open().store) == summary(both)


def test_taking_a_file_out_is_as_if_it_had_never_come(shop: Shop) -> None:
    before, key = summary(shop.open().store), shop.key
    shop.add([upload("february.csv", FEBRUARY)])
    assert shop.take_out(["february.csv"]) == Came(changed=1, gone=1, same=1)
    assert (summary(shop.open().store), shop.key) == (before, key)
    assert inside(shop.folder) >= {"files/january.csv"}
    assert not (shop.folder / "files" / "february.csv").exists()
    shop.take_out(["january.csv"])
    assert shop.open().store is None
    shop.add([upload("january.csv", JANUARY)])
    assert summary(shop.open().store) == before


def test_what_cannot_be_read_is_not_kept_and_the_rest_is(shop: Shop) -> None:
    added = shop.add([Upload("empty.csv", b""), Upload("mine.csv", MINE), upload("february.csv", FEBRUARY)])
    assert added.files == ("february.csv",)
    assert {problem.file for problem in added.problems} == {"empty.csv", "mine.csv"}
    assert isinstance(next(p for p in added.problems if p.file == "mine.csv"), NotRecognised)
    assert shop.open().problems == []
    assert {file.name for file in shop.files} == {"january.csv", "february.csv"}


def test_another_currency_is_left_out_and_not_kept(shop: Shop) -> None:
    pounds = shopify_csv([order("dan", "2025-03-01", name="#9")]).replace(b"TWD", b"GBP")
    added = shop.add([Upload("pounds.csv", pounds)])
    assert (added.files, [problem.file for problem in added.problems]) == ((), ["pounds.csv"])
    assert shop.open().store.table("files").name.tolist() == ["january.csv"]


def test_two_files_of_one_name_are_both_kept(shop: Shop) -> None:
    shop.add([upload("january.csv", FEBRUARY)])
    assert [file.name for file in shop.files] == ["january.csv", "january (2).csv"]
    assert shop.open().store.shop.orders == 2


def test_a_password_is_taken_off_and_not_kept(shop: Shop) -> None:
    waiting = shop.add([Upload(LOCKED.name, LOCKED)])
    assert [type(problem) for problem in waiting.problems] == [PasswordNeeded]
    added = shop.add([Upload(LOCKED.name, LOCKED)], passwords={LOCKED.name: "123456"})
    assert (added.files, added.decrypted) == ((LOCKED.name,), 1)
    assert (shop.folder / "files" / LOCKED.name).read_bytes() == decrypted(LOCKED.read_bytes(), "123456")
    assert b'"123456"' not in (shop.folder / "shop.json").read_bytes()
    assert not shop.notebook.count()
    assert Shop(shop.folder).open().problems == []


def test_a_zip_with_something_locked_in_it_is_kept_open(shop: Shop, tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(LOCKED, "march/locked.xlsx")
        archive.writestr("february.csv", csv(FEBRUARY))
    added = shop.add([Upload("all.zip", path)], passwords={"all.zip": "123456"})
    assert (added.files, added.decrypted) == (("all.zip",), 1)
    assert set(shop.open().store.table("files").name) == {
        "january.csv", "all.zip/march/locked.xlsx", "all.zip/february.csv",
    }  # fmt: skip


def test_a_file_put_into_the_folder_by_hand_is_noticed(shop: Shop) -> None:
    folder = shop.folder / "files"
    (folder / "february.csv").write_bytes(csv(FEBRUARY))
    (folder / "copy.csv").write_bytes(csv(JANUARY))
    (folder / LOCKED.name).write_bytes(LOCKED.read_bytes())
    for litter in (".DS_Store", "desktop.ini", "~$february.csv"):
        (folder / litter).write_bytes(b"x")
    assert shop.look().new == ("copy.csv", "february.csv", LOCKED.name)
    added = shop.take_in_by_hand(passwords={LOCKED.name: "123456"})
    assert (set(added.files), added.there) == ({"february.csv", added.files[-1]}, ("copy.csv",))
    assert shop.look().new == ()
    assert shop.open().store.shop.orders == 2 + 7


def test_a_file_changed_or_removed_by_hand_is_noticed(shop: Shop) -> None:
    path = shop.folder / "files" / "january.csv"
    path.write_bytes(csv([*JANUARY, order("eve", "2025-01-09", name="#5")]))
    assert shop.look().missing == ()
    assert shop.open().store.shop.orders == 3
    path.unlink()
    assert shop.look().missing == ("january.csv",)
    assert shop.open().store.shop.orders == 3, "the tables still hold it"


@pytest.mark.parametrize("damage", ["missing", "cut short", "of another program"])
def test_the_database_is_made_again_from_the_files(shop: Shop, damage: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = summary(shop.open().store)
    [path] = shop.folder.glob("*.duckdb")
    if damage == "missing":
        path.unlink()
    elif damage == "cut short":
        path.write_bytes(path.read_bytes()[:5000])
    else:
        monkeypatch.setattr("analytics.store.kept.program", lambda: "another")
    told = []
    assert summary(shop.open(lambda *step: told.append(step)).store) == before
    assert told == [(0, 1, "january.csv"), (1, 1, "")]
    assert len(list(shop.folder.glob("*.duckdb"))) == 1


def test_what_was_said_of_a_file_changes_how_it_is_read(shop: Shop) -> None:
    shop.notebook.tell("store", "january.csv", "二店")
    assert shop.open().store.table("orders").shop.unique().tolist() == ["二店"]
    shop.notebook.tell("store", "other.csv", "三店")
    assert shop.made, "what is said of files that are not here changes nothing"


def test_what_was_answered_on_days_and_months_is_said_by_the_files_content(shop: Shop) -> None:
    key = shop.files[0].digest
    shop.notebook.tell("date", key, "day")
    shop.notebook.tell("date", "other", "month")
    assert shop.notebook.told("date") == {key: "day", "other": "month"}
    shop.notebook.tell("date", key, None)
    shop.notebook.tell("date", "other", None)
    assert (shop.notebook.told("date"), shop.notebook.settings()) == ({}, {})


def test_names_are_free_of_what_no_system_takes() -> None:
    named = manifest.file_name
    assert named("a/b\\Order: 1?.xlsx") == "Order_ 1_.xlsx"
    assert named("CON.csv") == "_CON.csv"
    assert named("../../etc/passwd") == "passwd"
    assert named("") == named("...") == "file"
    assert named("A.csv", ["a.csv"]) == "A (2).csv"
    assert len(named("長" * 500 + ".csv")) <= 125
    assert named("x" * 300 + ".csv").endswith(".csv")


def test_names_of_shops(workspace: Workspace, shop: Shop) -> None:
    for name in ("茶舖", " 茶舖 ", ""):
        with pytest.raises(NotKept):
            workspace.keep(name, [upload("x.csv", JANUARY)])
    other, _ = workspace.keep("A/B: *店*", [upload("x.csv", JANUARY)])
    assert (other.name, other.id) == ("A/B: *店*", "B_ _店_")
    with pytest.raises(NotKept):
        workspace.rename(other, "茶舖")
    workspace.rename(other, "二店")
    assert [(one.name, one.id) for one in workspace.shops()] == [("二店", "B_ _店_"), ("茶舖", "茶舖")]
    with pytest.raises(NotKept):
        workspace.shop("../茶舖")
    nothing, added = workspace.keep("空", [Upload("empty.csv", b"")])
    assert nothing is None
    assert len(added.problems) == 1
    assert len(workspace.shops()) == 2


def test_forgetting_deletes_everything_and_says_what(workspace: Workspace, shop: Shop) -> None:
    shop.notebook.keep(targets=20)
    what = workspace.forget(shop)
    assert (what.name, what.files, what.notes) == ("茶舖", 1, 1)
    assert inside(workspace.folder) <= {"last-opened"}
    with pytest.raises(NotKept):
        shop.add([upload("x.csv", JANUARY)])
    with pytest.raises(NotKept):
        workspace.forget(shop)
    assert not shop.folder.exists()


def test_a_backup_brings_all_of_it_back_on_another_computer(workspace: Workspace, shop: Shop, tmp_path: Path) -> None:
    shop.add([upload("february.csv", FEBRUARY)])
    shop.notebook.put("tags", [{"email": "ann@example.com", "tag": "VIP"}])
    path = backup.pack(shop, tmp_path / "backup.zip")
    with zipfile.ZipFile(path) as archive:
        assert set(archive.namelist()) == {"shop.json", "notebook.sqlite", "files/january.csv", "files/february.csv"}
    other = Workspace(tmp_path / "other")
    back = other.restore(path)
    assert (back.name, back.files) == (shop.name, shop.files)
    assert back.look() == shop.look()
    assert back.notebook.rows("tags").tag.tolist() == ["VIP"]
    assert summary(back.open().store) == summary(shop.open().store)
    assert other.restore(path).name == "茶舖 (2)"


@pytest.mark.parametrize(
    "damage", ["cut short", "no zip", "a file changed", "a way out", "no notebook", "other manifest"]
)
def test_what_is_no_whole_backup_is_refused(workspace: Workspace, shop: Shop, tmp_path: Path, damage: str) -> None:
    good = backup.pack(shop, tmp_path / "good.zip")
    bad = tmp_path / "bad.zip"
    with zipfile.ZipFile(good) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    if damage == "a file changed":
        parts["files/january.csv"] += b"x"
    elif damage == "no notebook":
        parts["notebook.sqlite"] = b"no database"
    elif damage == "other manifest":
        parts["shop.json"] = b"[]"
    elif damage == "a way out":
        told = json.loads(parts["shop.json"])
        told["files"][0]["name"] = "../../out.csv"
        parts["shop.json"] = json.dumps(told).encode()
        parts["files/../../out.csv"] = parts["files/january.csv"]
    with zipfile.ZipFile(bad, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    if damage in ("cut short", "no zip"):
        bad.write_bytes({"cut short": good.read_bytes()[:-200], "no zip": b"PK\x03\x04 nothing"}[damage])
    with pytest.raises(NotKept):
        workspace.restore(bad)
    assert [one.name for one in workspace.shops()] == ["茶舖"]
    assert inside(workspace.folder) == {f"shops/茶舖/{name}" for name in inside(shop.folder)}
    assert not (tmp_path / "out.csv").exists()


def test_the_folder_is_this_accounts_alone(workspace: Workspace, shop: Shop) -> None:
    if os.name == "posix":
        for folder in (workspace.folder, shop.folder.parent, shop.folder, shop.folder / "files"):
            assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_the_place_is_this_accounts_or_what_regulars_home_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("REGULARS_HOME", str(tmp_path / "x"))
    assert home() == tmp_path / "x"
    monkeypatch.setenv("REGULARS_HOME", "")
    assert home().name == "Regulars"


def test_people_who_sign_in_have_folders_of_their_own() -> None:
    people = [("https://a", "1"), ("https://a", "2"), ("https://b", "1"), ("https://a1", ""), ("https://", "a1")]
    folders = {Workspace.of_person(*person).folder for person in people}
    assert len(folders) == len(people)
    assert all(folder.parent == home() / "people" for folder in folders)


def test_a_newer_programs_shop_is_not_touched(workspace: Workspace, shop: Shop) -> None:
    path = shop.folder / "shop.json"
    told = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({**told, "format": manifest.FORMAT + 1}), encoding="utf-8")
    before = path.read_bytes()
    for use in (shop.open, lambda: shop.add([upload("x.csv", FEBRUARY)]), lambda: workspace.rename(shop, "x")):
        with pytest.raises(NotKept, match="newer version"):
            use()
    workspace.tidy()
    assert path.read_bytes() == before
    assert (shop.folder / "files" / "january.csv").exists()


def test_a_damaged_manifest_is_said_and_its_files_stay(workspace: Workspace, shop: Shop) -> None:
    (shop.folder / "shop.json").write_bytes(b"{")
    workspace.tidy()
    with pytest.raises(NotKept, match="files"):
        shop.open()
    assert (shop.folder / "files" / "january.csv").exists()
    assert [one.id for one in workspace.shops()] == ["茶舖"]


def test_only_one_changes_a_shop_at_a_time(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    with shop.changing():
        with pytest.raises(NotKept, match="Another window or program"), Shop(shop.folder).changing(wait=0.1):
            pytest.fail("two at a time")
        assert Shop(shop.folder).open().store.shop.orders == 2, "reading goes on meanwhile"
    months = [upload(f"{month}.csv", [order("ann", f"2025-{month:02}-01", name=f"#{month}")]) for month in range(3, 7)]
    threads = [threading.Thread(target=Shop(shop.folder).add, args=([month],)) for month in months]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert shop.open().store.shop.orders == 2 + len(months)
    assert len(shop.files) == 1 + len(months)


READ_ONLY = OSError(30, "Read-only file system")
FULL = OSError(28, "No space left on device")


@pytest.mark.parametrize(("fault", "said"), [(READ_ONLY, "cannot be written to"), (FULL, "The disk is full")])
@pytest.mark.parametrize("at", ["write_through", "replace", "private_folder"])
def test_a_disk_that_does_not_take_it_changes_nothing(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, fault: OSError, said: str, at: str
) -> None:
    before, state = summary(shop.open().store), shop.manifest

    def refuse(*_: object) -> None:
        raise fault

    with monkeypatch.context() as broken:
        broken.setattr(disk, at, refuse)
        with pytest.raises(NotKept, match=said):
            shop.add([upload("february.csv", FEBRUARY)])
    shop.tidy()
    assert (shop.manifest, summary(shop.open().store)) == (state, before)
    assert inside(shop.folder) == {"shop.json", "shop.duckdb", "files/january.csv"}
    assert shop.add([upload("february.csv", FEBRUARY)]).files == ("february.csv",)


def test_a_shop_opens_in_memory_where_nothing_can_be_written(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    before = summary(shop.open().store)
    for path in shop.folder.glob("*.duckdb"):
        path.unlink()

    def refuse(*_: object, **__: object) -> None:
        raise READ_ONLY

    monkeypatch.setattr(disk, "locked", refuse)
    assert summary(shop.open().store) == before
    assert not list(shop.folder.glob("*.duckdb"))


def test_a_file_open_in_excel_is_said(tmp_path: Path) -> None:
    in_use = PermissionError(13, "in use", str(tmp_path / "Order.all.xlsx"))
    in_use.winerror = 32
    with pytest.raises(NotKept, match=r"Order\.all\.xlsx is open in another program"), disk.explained(tmp_path):
        raise in_use


def test_a_full_disk_in_truth(shop: Shop) -> None:
    """Files of this process may not grow beyond 64 KB: the database does not fit."""
    program = (
        "import resource, signal, sys; from pathlib import Path; from analytics.workspace import Shop; from analytics.sources import Upload\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (65536, 65536))\n"
        "Shop(Path(sys.argv[1])).add([Upload('february.csv', Path(sys.argv[2]))])"
    )
    if os.name != "posix":
        return
    assert resource.RLIMIT_FSIZE
    month = shop.folder.parent / "february.csv"
    month.write_bytes(csv(FEBRUARY))
    state = shop.manifest
    done = subprocess.run(
        [sys.executable, "-c", program, str(shop.folder), str(month)], capture_output=True, text=True, check=False
    )
    assert "NotKept" in done.stderr.splitlines()[-1]
    shop.tidy()
    assert shop.manifest == state
    assert shop.open().store.shop.orders == 2


def test_what_was_written_in_the_session_moves_in(workspace: Workspace) -> None:
    session = Notebook()
    session.put("triage", [{"review_id": "r1", "status": "solved"}])
    columns = {"order_id": "單號", "ordered_at": "下單日", "account": "客人", "gross": "總金額"}
    session.tell("mapping", "mine.csv", guess.mapping_toml("mine", columns))
    shop, added = workspace.keep("我的", [Upload("mine.csv", MINE)], notebook=session)
    assert added.files == ("mine.csv",)
    assert shop.notebook.rows("triage").status.tolist() == ["solved"]
    assert shop.open().store.shop.orders == 1
