"""The product sheet in a shop's notebook: written, read again by another program, and changed row by row."""

from __future__ import annotations

from pathlib import Path

import pytest

from analytics.store import Sheet, SheetRow
from analytics.workspace import Notebook
from pages.shared import product_sheet, session


def test_the_notebook_keeps_the_sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "notebook.sqlite"
    monkeypatch.setattr(session, "notebook", lambda: Notebook(path))
    assert product_sheet.current() == Sheet()
    told = [
        SheetRow("1", short_name="茶", days_per_pack=30),
        SheetRow("2", part="紅"),
        SheetRow("3", cost=0.0, merge_into="1"),
    ]
    product_sheet.keep(Sheet.of(told))
    assert product_sheet.current() == Sheet.of(told)
    product_sheet.keep(Sheet.of(told).changed(SheetRow("1", family="飲品"), SheetRow("3")))
    assert product_sheet.current() == Sheet.of([SheetRow("1", family="飲品"), SheetRow("2", part="紅")])
    product_sheet.keep(Sheet())
    assert product_sheet.current() == Sheet()
