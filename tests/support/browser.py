"""The dashboard in a real Chromium: fixtures for a server of its own and pages on it.

`server` (one per test session) is the address of the dashboard, as `run.py` starts it, on a free loopback port. `open_page` gives a fresh browser
context each time it is called, as another reader would have: `page = open_page("cohorts?lang=en", width=390)`.
Without a browser these tests fail; they are never skipped.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

ROOT = Path(__file__).parents[2]
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
PATIENCE = 30_000
"""Milliseconds to wait for a page: a machine that runs tests in parallel is slow."""


PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)
"""Where a Chromium is on macOS and Windows, when it is not on the PATH."""


def chromium() -> str:
    """Where Chromium is: $CHROMIUM, else on the PATH, else where installers put it."""
    on_path = (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome", "chrome"))
    installed = (place for place in PLACES if Path(place).exists())
    found = os.environ.get("CHROMIUM") or next(filter(None, [*on_path, *installed]), None)
    if not found:
        pytest.fail("No Chromium found: install it (Debian: apt-get install chromium) or set CHROMIUM to its path.")
    return found


def free_port() -> int:
    """A loopback port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def serving(*command: str, home: Path | None = None, port: int | None = None, **environment: str) -> Iterator[str]:
    """A server of its own for the time of the block; gives its address. command: {port} stands for the port.

    home: where it remembers shops; None: in a folder of its own, never in this account's.
    """
    port = port or free_port()
    address = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as nowhere:
        process = subprocess.Popen(
            [part.format(port=port) for part in command],
            cwd=ROOT,
            env={**os.environ, "REGULARS_HOME": str(home or nowhere), "REGULARS_COLD": "1", **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        try:
            _wait(address, process)
            yield address
        finally:
            process.terminate()
            process.communicate(timeout=20)


def _wait(address: str, process: subprocess.Popen[str]) -> None:
    for _ in range(900):
        if process.poll() is not None:
            raise RuntimeError(f"The server ended: {process.communicate()[0]}")
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise RuntimeError("The server did not answer within 90 seconds.")


DASHBOARD = (sys.executable, "server.py", "--port", "{port}", "--no-browser")
"""The dashboard as `run.py` starts it, on loopback only."""


@contextmanager
def chromium_running() -> Iterator[Browser]:
    """A headless Chromium for the time of the block."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


def settled(page: Page) -> None:
    """Wait until the app has run to its end and its charts are drawn, those out of sight too."""
    page.wait_for_selector("[data-testid='stApp'][data-test-script-state='notRunning']", timeout=PATIENCE)
    page.wait_for_function(
        "() => !document.querySelector(\"[data-testid='stSkeleton'], [data-testid='stSpinner']\")", timeout=PATIENCE
    )
    page.wait_for_function(
        "() => document.querySelectorAll(\"[data-testid='stPlotlyChart']\").length === document.querySelectorAll('.js-plotly-plot').length",
        timeout=PATIENCE,
    )
    page.wait_for_load_state("networkidle", timeout=PATIENCE)


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a server that this test session started."""
    with serving(*DASHBOARD) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the test session; each reader gets a context of its own."""
    with chromium_running() as running:
        yield running


@pytest.fixture
def open_page(server: str, browser: Browser) -> Iterator[Callable[..., Page]]:
    """`open_page(path="", width=1440, height=900, locale="zh-TW", dark=False)`: a new reader's page, settled."""
    with ExitStack() as stack:

        def open_(
            path: str = "", *, width: int = 1440, height: int = 900, locale: str = "zh-TW", dark: bool = False
        ) -> Page:
            context = browser.new_context(
                viewport={"width": width, "height": height},
                locale=locale,
                color_scheme="dark" if dark else "light",
                accept_downloads=True,
            )
            stack.callback(context.close)
            page = context.new_page()
            page.set_default_timeout(PATIENCE)
            page.goto(f"{server}/{path}")
            settled(page)
            return page

        yield open_


def choose(page: Page, name: str) -> None:
    """Click one of several things side by side, and wait for the page that follows."""
    option = page.get_by_test_id("stButtonGroup").get_by_role("radio", name=name, exact=True)
    option.click()
    expect(option).to_be_checked()
    page.wait_for_timeout(400)
    settled(page)
