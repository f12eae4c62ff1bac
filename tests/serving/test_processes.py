"""Two processes behind HAProxy: a reader stays with one, and a process that is killed takes only its own readers' files, who are told."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from google.protobuf.message import Message
from playwright.sync_api import Browser, expect
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.exceptions import ConnectionClosed

import server
from benchmarks.reader import Reader, children, reading, served
from serving import lighter, processes
from tests.support.browser import PATIENCE, settled
from tests.support.rows import order, shopify_csv

BEHIND = (sys.executable, "server.py", "--processes", "2", "--port", "{port}", "--no-browser")


@pytest.fixture(scope="module")
def front() -> Iterator[tuple[str, int]]:
    """The address of HAProxy, and the process that began it and the two behind it."""
    with served(*BEHIND) as found:
        yield found


def export(orders: int) -> tuple[str, bytes]:
    return "orders_export.csv", shopify_csv([order(f"c{n}", f"2025-01-{n + 1:02}") for n in range(orders)])


def newcomer(address: str) -> str:
    """The cookies of a browser that opens the page."""
    found: dict[str, str] = {}
    for path in ("/", "/_stcore/health"):
        known = "; ".join(f"{name}={value}" for name, value in found.items())
        request = urllib.request.Request(f"http://{address}{path}", headers={"Cookie": known})
        with urllib.request.urlopen(request, timeout=30) as answer:
            set_now = [value.partition(";")[0] for name, value in answer.getheaders() if name.lower() == "set-cookie"]
        found |= dict(cookie.split("=", 1) for cookie in set_now)
    return "; ".join(f"{name}={value}" for name, value in found.items())


def of_process(cookies: str) -> str:
    return dict(cookie.split("=", 1) for cookie in cookies.split("; "))["regulars_process"]


def processes_by_name(parent: int) -> dict[str, int]:
    """What the cookie calls a process -> its number."""
    lines = {child: Path(f"/proc/{child}/cmdline").read_bytes().decode().split("\0") for child in children(parent)}
    return {line[line.index("--port") + 1]: child for child, line in lines.items() if "--port" in line}


def looked(reader: Reader) -> str:
    """What the data page says of the reader's files."""
    reader.run("data")
    return reader.said


def downloaded(reader: Reader) -> bytes:
    """What the first button for a download on the page gives."""
    button = next(
        shown for shown in reader.shown if isinstance(shown, Message) and shown.DESCRIPTOR.name == "DownloadButton"
    )
    address = button.url
    if button.deferred_file_id:
        message = BackMsg()
        message.backend_operation_request.request_id = "1"
        message.backend_operation_request.session_id = reader.session
        message.backend_operation_request.deferred_file.file_id = button.deferred_file_id
        reader.socket.send(message.SerializeToString())
        while (answer := reader._next()).WhichOneof("type") != "backend_operation_response":
            pass
        address = answer.backend_operation_response.deferred_file.url
    request = urllib.request.Request(f"{reader.http}{address}", headers={"Cookie": reader.cookies})
    with urllib.request.urlopen(request, timeout=30) as answer:
        assert "regulars_process" not in str(answer.headers), "the download came from another process"
        return answer.read()


def test_readers_stay_with_their_process_and_one_that_is_killed_takes_only_its_own(
    front: tuple[str, int], browser: Browser
) -> None:
    address, parent = front
    context = browser.new_context(locale="zh-TW")
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(f"http://{address}/data?shop=mine")
    settled(page)
    name, content = export(4)
    box = page.get_by_test_id("stFileUploader").first.locator("input[type=file]")
    box.set_input_files([{"name": name, "mimeType": "text/csv", "buffer": content}])
    expect(page.get_by_test_id("stSidebar").get_by_text(name)).to_be_visible()
    expect(page.get_by_text("1 個檔案共 4 列")).to_be_visible(timeout=3 * PATIENCE)
    its = next(cookie["value"] for cookie in context.cookies() if cookie["name"] == "regulars_process")
    with ExitStack() as stack:
        readers: dict[str, Reader] = {}
        while len(readers) < 2:
            cookies = newcomer(address)
            if of_process(cookies) not in readers:
                readers[of_process(cookies)] = stack.enter_context(reading(address, cookies))
        for orders, reader in enumerate(readers.values(), start=5):
            reader.query = "lang=en&shop=mine"
            reader.run("data")
            reader.upload(export(orders))
            assert f"{orders} rows and {orders} orders" in looked(reader)
            assert f"Count,{orders},{orders},".encode() in downloaded(reader)
        before = processes_by_name(parent)
        os.kill(before[its], signal.SIGKILL)
        with pytest.raises(ConnectionClosed):
            readers[its].run()
        [other] = set(readers) - {its}
        assert f"{list(readers).index(other) + 5} rows and" in looked(readers[other])
        expect(page.get_by_role("alert").filter(has_text="先前放進來的檔案已經不在了")).to_be_visible(
            timeout=3 * PATIENCE
        )
        expect(page.get_by_test_id("stFileChip")).to_have_count(0)
        box.set_input_files([{"name": name, "mimeType": "text/csv", "buffer": content}])
        expect(page.get_by_text("1 個檔案共 4 列")).to_be_visible(timeout=3 * PATIENCE)
        for _ in range(100):
            if (now := processes_by_name(parent)).get(its, before[its]) != before[its]:
                break
            time.sleep(0.1)
        assert now[its] != before[its], "it is started anew"
        assert now[other] == before[other]
    context.close()


def test_files_of_the_page_come_compressed_and_are_kept_in_front(front: tuple[str, int]) -> None:
    address = f"http://{front[0]}/static/js/{next(lighter.FILES.glob('protobuf.*.js')).name}"
    asked = urllib.request.Request(address, headers={"Accept-Encoding": "gzip", "Cookie": newcomer(front[0])})
    for _ in range(2):
        with urllib.request.urlopen(asked, timeout=30) as answer:
            assert answer.read()[:2] == b"\x1f\x8b"
            assert (answer.status, answer.url, answer.headers["Content-Encoding"]) == (200, address, "gzip")
    assert answer.headers["Age"] is not None


def test_what_containers_are_served_with_is_valid() -> None:
    files = [
        word for name in ("haproxy.cfg", "containers.cfg") for word in ("-f", str(processes.ROOT / "serving" / name))
    ]
    environment = {"REGULARS_BIND": ":8501", "REGULARS_KEY": "x"}
    checked = subprocess.run(
        [processes.haproxy(), "-c", *files], env=environment, capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stderr


def test_without_haproxy_one_sentence_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes.shutil, "which", lambda *_, **__: None)
    with pytest.raises(SystemExit, match="apt-get install haproxy"):
        server.main(["--share", "--processes", "2"])
