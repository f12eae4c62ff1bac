"""A shop is remembered in a browser, and open again at once when the dashboard is started anew."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from analytics.workspace import Workspace
from tests.support import sign_in
from tests.support.browser import DASHBOARD, PATIENCE, free_port, serving, settled
from tests.support.rows import order, shopify_csv
from tests.support.workbooks import encrypted

TEA = Path(__file__).parents[2] / "sample_data" / "tea"

JANUARY = [order("ann", "2025-01-05", 100, name="#1"), order("bob", "2025-01-06", 50, name="#2")]
FEBRUARY = [
    order("bob", "2025-01-06", 50, name="#2", cancelled="2025-01-09 10:00:00 +0800"),
    order("cat", "2025-02-06", 70, name="#3"),
]


def written(home: Path) -> dict[str, set[str]]:
    """What stands in the notebook of the one shop that is remembered."""
    [shop] = Workspace(home).shops()
    columns = {"campaigns": "name", "tags": "tag", "notes": "note"}
    return {table: set(shop.notebook.rows(table)[column]) for table, column in columns.items()}


def drop(page: Page, name: str, rows: list[dict]) -> None:
    """Put an export into the box at the side."""
    # without the platform's own ids, an order is known by its number
    lines = [
        line.rsplit(b",", 1)[0] + b"," if number else line for number, line in enumerate(shopify_csv(rows).splitlines())
    ]
    box = page.locator("input[type=file]").first
    box.set_input_files({"name": name, "mimeType": "text/csv", "buffer": b"\r\n".join(lines) + b"\r\n"})


def test_a_shop_outlives_the_server(browser: Browser, tmp_path: Path) -> None:
    page = browser.new_page(locale="en-GB")
    try:
        with serving(*DASHBOARD, home=tmp_path) as address:
            page.goto(f"{address}/data?lang=en&shop=mine")
            settled(page)
            drop(page, "january.csv", JANUARY)
            page.get_by_role("textbox", name="Name of the shop").fill("Tea house")
            page.get_by_role("button", name="Remember this shop").click()
            expect(page.get_by_text("is remembered and opens at once")).to_be_visible()
        with serving(*DASHBOARD, home=tmp_path) as address:
            page.goto(f"{address}/data?lang=en")
            expect(page.get_by_text("Remembered on this computer.")).to_be_visible()
            expect(page.get_by_text("january.csv").first).to_be_attached()
            drop(page, "february.csv", FEBRUARY)
            expect(page.get_by_text("1 new order, 1 order updated (1 of them cancelled now).")).to_be_visible()
            page.reload()
            expect(page.get_by_text("february.csv").first).to_be_attached()
        with serving(*DASHBOARD, "--share", home=tmp_path) as address:
            page.goto(f"{address}/data?lang=en")
            settled(page)
            expect(page.get_by_text("Remembered on this computer.")).to_have_count(0)
    finally:
        page.close()


def test_a_year_of_workbooks_notes_and_a_backup_outlive_the_server(browser: Browser, tmp_path: Path) -> None:
    months = sorted(TEA.glob("Order.all.*.xlsx"))
    locked = tmp_path / months[-1].name
    locked.write_bytes(encrypted(months[-1].read_bytes(), "123456"))
    page = browser.new_page(locale="en-GB", accept_downloads=True)
    page.set_default_timeout(PATIENCE)
    home = tmp_path / "home"
    try:
        with serving(*DASHBOARD, home=home) as address:
            page.goto(f"{address}/data?lang=en&shop=mine")
            settled(page)
            page.locator("input[type=file]").first.set_input_files([*months[:-1], locked])
            page.locator("input[type=password]").fill("123456")
            page.get_by_role("button", name="Open", exact=True).last.click()
            expect(page.locator("input[type=password]")).to_have_count(0)
            page.get_by_role("textbox", name="Name of the shop").fill("Tea house")
            page.get_by_role("button", name="Remember this shop").click()
            expect(page.get_by_text("is remembered and opens at once")).to_be_visible()
            page.goto(f"{address}/notebook?lang=en&notebook_section=campaigns")
            page.get_by_role("textbox", name="Campaign").fill("Double Eleven 2026")
            page.get_by_role("button", name="Write it down").click()
            expect(page.get_by_text("is in the diary")).to_be_visible()
            page.goto(f"{address}/segments?lang=en&segments_section=list")
            page.get_by_role("button", name="Tag these customers").click()
            page.get_by_role("textbox", name="Tag", exact=True).fill("call first")
            page.get_by_role("textbox", name="Note", exact=True).fill("likes green tea")
            page.get_by_role("button", name=re.compile("^Write it on")).click()
            expect(page.get_by_text(re.compile("Written on"))).to_be_visible()
        wrote = written(home)
        assert wrote["campaigns"] == {"Double Eleven 2026"}
        assert (wrote["tags"], wrote["notes"]) == ({"call first"}, {"likes green tea"})
        with serving(*DASHBOARD, home=home) as address:
            page.goto(f"{address}/?lang=en")
            expect(page.locator("h1")).to_contain_text("?")
            expect(page.get_by_text("Remembered on this computer.")).to_be_visible()
            page.goto(f"{address}/storage?lang=en")
            with page.expect_download() as waiting:
                page.get_by_role("button", name="Back up to one zip").click()
            backup = tmp_path / "backup.zip"
            waiting.value.save_as(backup)
            page.get_by_role("button", name="Forget this shop").click()
            page.get_by_text("Yes, delete all of it").click()
            page.get_by_role("button", name="Delete for good").click()
            expect(page.get_by_role("button", name="Back up to one zip")).to_have_count(0)
            assert not list(home.rglob("*.xlsx"))
            page.locator(
                "[class*='st-key-storage_restore'] input[type=file], [class*='st-key-storage_zip'] input[type=file]"
            ).first.set_input_files(backup)
            expect(page.get_by_role("button", name="Back up to one zip")).to_be_visible()
            assert written(home) == wrote
        assert len(list(home.rglob("*.xlsx"))) == len(months)
    finally:
        page.close()


def test_each_person_who_signs_in_has_shops_of_their_own(browser: Browser, tmp_path: Path) -> None:
    port, secrets = free_port(), tmp_path / ".streamlit" / "secrets.toml"
    secrets.parent.mkdir()
    app = f"http://127.0.0.1:{port}"
    with sign_in.provider() as provider:
        secrets.write_text(sign_in.secrets_toml(provider, app), encoding="utf-8")
        with serving(*DASHBOARD, "--share", home=tmp_path, port=port, HOME=str(tmp_path), USERPROFILE=str(tmp_path)):
            for person, others in (("ann", 0), ("bob", 0), ("ann", 1)):
                provider.next_person = person
                page = browser.new_page(locale="en-GB")
                try:
                    page.goto(f"{app}/data?lang=en&shop=mine")
                    page.get_by_role("button", name="Sign in to have your shop remembered").click()
                    expect(page.get_by_text(f"Signed in as {person}")).to_be_visible()
                    expect(page.get_by_text("Remembered for you on the computer")).to_have_count(others)
                    if not others:
                        page.goto(f"{app}/data?lang=en&shop=mine")
                        settled(page)
                        drop(page, "january.csv", JANUARY)
                        page.get_by_role("textbox", name="Name of the shop").fill("Tea house")
                        page.get_by_role("button", name="Remember this shop").click()
                        expect(page.get_by_text("is remembered and opens at once")).to_be_visible()
                finally:
                    page.close()
    assert len(list((tmp_path / "people").iterdir())) == 2
    assert not (tmp_path / "shops").exists()
