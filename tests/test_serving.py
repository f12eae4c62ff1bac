"""How the dashboard is started and served: on this computer alone, or for a class; by command or by double click."""

from __future__ import annotations

import os
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

import server
from pages.shared import place
from tests.support.browser import DASHBOARD, PATIENCE, free_port, serving, settled

ROOT = Path(__file__).parents[1]


def test_a_class_is_told_where_its_files_go(browser: Browser) -> None:
    with serving(*DASHBOARD, "--share") as address:
        context = browser.new_context(locale="zh-TW")
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(f"{address}/?shop=mine")
        settled(page)
        sentence = page.get_by_test_id("stSidebar").get_by_text(f"「{socket.gethostname()}」")
        expect(sentence).to_be_visible()
        expect(page.get_by_text("檔案只留在這台電腦")).to_have_count(0)
        context.close()


def test_alone_it_listens_on_this_computer_only_and_asks_nobody_outside(browser: Browser) -> None:
    with serving(*DASHBOARD) as address:
        port = int(address.rsplit(":", 1)[1])
        for other in place.addresses():
            with socket.socket() as probe:
                probe.settimeout(2)
                assert probe.connect_ex((other, port)) != 0, f"it answers on {other}"
        context = browser.new_context(locale="zh-TW")
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{address}/?shop=mine")
        settled(page)
        assert [url for url in asked if not url.startswith((address, "data:", "blob:", "ws://127.0.0.1"))] == []
        expect(page.get_by_text("檔案只留在這台電腦")).to_be_visible()
        context.close()


def test_sharing_prints_the_address_for_the_class() -> None:
    port = free_port()
    command = [part.format(port=port) for part in (*DASHBOARD, "--share")]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    lines = [process.stdout.readline() for _ in range(4)]
    process.terminate()
    process.communicate(timeout=20)
    assert any(f"http://{place.addresses()[0]}:{port}" in line and "For the class" in line for line in lines)
    assert "come to this computer" in lines[-1]


def test_the_next_free_port_is_taken() -> None:
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        first = server.free_port("127.0.0.1")
        taken.bind(("127.0.0.1", first))
        taken.listen()
        assert server.free_port("127.0.0.1") > first


def fake_python(folder: Path, name: str, *, fits: bool) -> None:
    """A python that is new enough, or not, and says how it was called."""
    path = folder / name
    path.write_text(f'#!/bin/sh\n[ "$1" = -c ] && exit {0 if fits else 1}\necho "{name} ran: $*"\n', encoding="utf-8")
    path.chmod(0o755)


@pytest.mark.skipif(os.name == "nt", reason="a shell script")
@pytest.mark.parametrize(
    ("pythons", "said"),
    [
        ({"python3": True}, "python3 ran: run.py"),
        ({"python3": False, "python3.12": True}, "python3.12 ran: run.py"),
        ({"python3": False}, "Python 3.11 or newer is needed"),
    ],
    ids=["the usual one", "a newer one beside it", "none"],
)
def test_a_double_click_on_a_mac_finds_a_python_or_says_what_to_install(
    tmp_path: Path, pythons: dict[str, bool], said: str
) -> None:
    for name, fits in pythons.items():
        fake_python(tmp_path, name, fits=fits)
    for tool in ("sh", "dirname"):
        (tmp_path / tool).symlink_to(Path("/bin") / tool if (Path("/bin") / tool).exists() else Path("/usr/bin") / tool)
    script = (ROOT / "start.command").read_text("utf-8")
    for installed in ("/opt/homebrew/bin/python3", "/usr/local/bin/python3"):
        script = script.replace(installed, "")
    copy = tmp_path / "start.command"
    copy.write_text(script, encoding="utf-8")
    done = subprocess.run(
        ["/bin/sh", str(copy)],
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    assert said in done.stdout, done.stderr


def test_the_double_click_files_are_as_each_system_wants_them() -> None:
    assert (ROOT / "start.command").stat().st_mode & stat.S_IXUSR
    windows = (ROOT / "start.bat").read_bytes()
    assert windows.count(b"\n") == windows.count(b"\r\n")
    text = windows.decode("utf-8")
    for part in (
        "py -3",
        "python3",
        "run.py %*",
        "https://www.python.org/downloads/",
        "還沒有 Python 3.11",
        "is needed",
    ):
        assert part in text


def test_words_after_run_reach_the_server() -> None:
    options = server._parser().parse_args(["--server.port", "8600", "--server.headless", "true"])
    assert (options.port, options.headless, options.share, options.address) == (8600, True, False, None)
    assert sys.executable == DASHBOARD[0]
