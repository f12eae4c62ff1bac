"""A workspace as an older program left it opens in today's: `version_1.zip` is kept as it was written and never made anew.

It holds a shop of two exports (three orders), tables that another program made of them, and a notebook with one tag, note, campaign and
setting. A change of format adds `version_2.zip` beside it.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from analytics.workspace import Workspace, manifest

KEPT = [Path(__file__).with_name(f"version_{version}.zip") for version in range(1, manifest.FORMAT + 1)]


@pytest.fixture(params=KEPT, ids=lambda path: path.stem)
def workspace(request: pytest.FixtureRequest, tmp_path: Path) -> Workspace:
    with zipfile.ZipFile(request.param) as archive:
        archive.extractall(tmp_path)
    return Workspace(tmp_path)


def test_its_shop_opens_with_its_files_and_what_was_written(workspace: Workspace) -> None:
    workspace.tidy()
    [shop] = workspace.shops()
    assert (shop.name, [file.name for file in shop.files]) == ("茶舖", ["orders_1.csv", "orders_2.csv"])
    opened = shop.open()
    assert opened.problems == []
    assert opened.store.table("orders").set_index("order_id")["revenue"].to_dict() == {"#1": 100, "#2": 100, "#3": 200}
    assert shop.notebook.rows("tags")[["email", "tag"]].values.tolist() == [["ann@example.com", "VIP"]]
    assert shop.notebook.rows("notes")["note"].tolist() == ["愛喝烏龍"]
    assert shop.notebook.rows("campaigns")["name"].tolist() == ["雙十一"]
    assert shop.notebook.setting("targets") == 20
    opened.store.close()


def test_it_can_be_written_on_and_stays_readable(workspace: Workspace) -> None:
    [shop] = workspace.shops()
    shop.notebook.put("tags", [{"email": "bob@example.com", "tag": "回頭客"}])
    shop.rename("茶舖二店")
    [again] = Workspace(workspace.folder).shops()
    assert again.name == "茶舖二店"
    assert sorted(again.notebook.rows("tags")["tag"]) == ["VIP", "回頭客"]
