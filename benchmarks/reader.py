"""A reader without a browser: speaks Streamlit's own protocol over its socket, as the page in a browser does."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path

from google.protobuf.message import Message
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Common_pb2 import UploadedFileInfo
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import ClientConnection, connect

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

PATIENCE = 300
"""Seconds to wait for the end of a run."""
MOST = 8
"""Entries of a list, which may be one of all customers, that are chosen."""


@dataclass
class Widget:
    """A control on the page. kind: its protobuf's name. options: what can be chosen, where it is a choice. part: the part of the page
    that alone runs again when it is changed (Streamlit's fragment); "": the whole."""

    id: str
    kind: str
    options: list[str] = field(default_factory=list)
    part: str = ""


class Failed(Exception):
    """The page showed an exception."""


class Reader:
    """One reader's session: the socket, and what the browser would remember of the page."""

    def __init__(self, address: str, socket: ClientConnection, cookies: str = "") -> None:
        self.http, self.socket, self.cookies = f"http://{address}", socket, cookies
        self.page, self.query, self.session = "", "", ""
        self.states: dict[str, WidgetState] = {}
        self.widgets: dict[str, Widget] = {}
        self.cached: set[str] = set()
        self.shown: list[Message] = []
        self.live: set[str] = set()
        self.running = ""
        self.inside: dict[str, str] = {}
        self.bytes = self.messages = 0

    def run(self, page_name: str = "") -> float:
        """One run of the script with the widgets as they stand; milliseconds until it ended."""
        start = time.perf_counter()
        self.begin(page_name)
        self.end()
        return (time.perf_counter() - start) * 1000

    def click(self, key: str, value: object) -> float:
        """Choose this value, as a browser does: only the part of the page that the widget is in runs again; milliseconds until it did."""
        start = time.perf_counter()
        self.set(key, value)
        self.begin(part=self.widgets[key].part)
        self.end()
        return (time.perf_counter() - start) * 1000

    def begin(self, page_name: str = "", *, part: str = "") -> None:
        """Ask for a run; part: of this part of the page alone."""
        message = BackMsg()
        rerun = message.rerun_script
        rerun.query_string, rerun.page_name = self.query, page_name
        rerun.page_script_hash = "" if page_name else self.page
        rerun.widget_states.widgets.extend(self.states.values())
        rerun.cached_message_hashes.extend(self.cached)
        rerun.context_info.locale = "en-GB"
        rerun.fragment_id = part
        self.shown, self.bytes, self.messages = [], 0, 0
        self.running = part
        gone = {part, *(inner for inner, outer in self.inside.items() if outer == part)}
        self.live = {key for key in self.live if self.widgets[key].part not in gone} if part else set()
        self.socket.send(message.SerializeToString())
        self.states = {one: state for one, state in self.states.items() if not state.trigger_value}

    def end(self) -> None:
        """Wait for the end of the run, and of the one that it goes over into, if it does. What was chosen on widgets that are gone is forgotten."""
        while True:
            answer = self._next()
            early = ForwardMsg.ScriptFinishedStatus.FINISHED_EARLY_FOR_RERUN
            if answer.WhichOneof("type") == "script_finished" and answer.script_finished != early:
                live = {self.widgets[key].id for key in self.live}
                self.states = {one: state for one, state in self.states.items() if one in live}
                return

    def _next(self) -> ForwardMsg:
        answer, received = ForwardMsg(), self.socket.recv(timeout=PATIENCE)
        answer.ParseFromString(received)
        self.bytes += len(received)
        self.messages += 1
        kind = answer.WhichOneof("type")
        if answer.metadata.cacheable and answer.hash:
            self.cached.add(answer.hash)
        if kind == "new_session":
            if not answer.metadata.run.fragment_ids:
                self.live = set()
            self.page, self.session = answer.new_session.page_script_hash, answer.new_session.initialize.session_id
        elif kind == "navigation":
            self.page = answer.navigation.page_script_hash
        elif kind == "page_info_changed":
            self.query = answer.page_info_changed.query_string
        elif kind == "delta" and answer.delta.WhichOneof("type") == "new_element":
            self._show(answer.delta.new_element, answer.delta.fragment_id)
        elif kind == "delta" and answer.delta.WhichOneof("type") == "add_block":
            self.shown.append(answer.delta.add_block)
        return answer

    @property
    def said(self) -> str:
        """The texts of the run, one per line."""
        texts = [getattr(shown, "body", "") for shown in self.shown]
        return "\n".join(text for text in texts if isinstance(text, str) and text)

    def _show(self, element: Element, part: str) -> None:
        name = element.WhichOneof("type")
        shown = getattr(element, name) if name else None
        if part != self.running and self.running:
            self.inside[part] = self.running
        if name == "exception":
            raise Failed(element.exception.message or element.exception.type)
        if shown is not None:
            self.shown.append(shown)
        if getattr(shown, "id", ""):
            key = shown.id.split("-", 2)[-1]
            self.live.add(key)
            options = [getattr(option, "content", option) for option in getattr(shown, "options", ())]
            self.widgets[key] = Widget(shown.id, name, [str(option) for option in options], part)

    def choices(self, page: str) -> list[tuple[str, list[str]]]:
        """The page's own choices (key, what can be chosen): all that a reader can click on side by side, or the first MOST in a list."""
        kinds = ("button_group", "selectbox")
        return [
            (key, widget.options[:MOST])
            for key, widget in self.widgets.items()
            if key in self.live and key.startswith(page) and widget.kind in kinds and len(widget.options) > 1
        ]

    def set(self, key: str, value: object) -> None:
        """What the browser remembers of a widget once it has this value; None: it was never touched."""
        widget = self.widgets[key]
        if value is None:
            self.states.pop(widget.id, None)
            return
        state = WidgetState(id=widget.id)
        if widget.kind == "button_group":
            state.string_array_value.data.append(value)
        elif widget.kind == "selectbox":
            state.string_value = value
        elif widget.kind == "button":
            state.trigger_value = value
        elif widget.kind == "plotly_chart":
            points = [{"customdata": value}]
            state.string_value = json.dumps(
                {"selection": {"points": points, "point_indices": [0], "box": [], "lasso": []}}
            )
        elif isinstance(value, bool):
            state.bool_value = value
        else:
            state.double_value = value
        self.states[widget.id] = state

    def upload(self, *files: Path | tuple[str, bytes]) -> None:
        """Put files (a path, or a name and a content) into the box at the side, in place of what is in it."""
        widget = self.widgets["files"]
        state = WidgetState(id=widget.id)
        for file in files:
            name, data = (file.name, file.read_bytes()) if isinstance(file, Path) else file
            state.file_uploader_state_value.uploaded_file_info.append(self._uploaded(name, data))
        self.states[widget.id] = state

    def _uploaded(self, name: str, data: bytes) -> UploadedFileInfo:
        message = BackMsg()
        message.file_urls_request.request_id = "1"
        message.file_urls_request.file_names.append(name)
        message.file_urls_request.session_id = self.session
        self.socket.send(message.SerializeToString())
        answer = self._next()
        while answer.WhichOneof("type") != "file_urls_response":
            answer = self._next()
        [urls] = answer.file_urls_response.file_urls
        boundary = "regulars"
        quoted = name.replace('"', "%22")
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="{quoted}"; filename="{quoted}"\r\n'
        body = f"{head}Content-Type: text/csv\r\n\r\n".encode() + data + f"\r\n--{boundary}--\r\n".encode()
        headers = {"Content-Type": f"multipart/form-data; boundary={boundary}", "Cookie": self.cookies}
        token = SimpleCookie(self.cookies).get("_streamlit_xsrf")
        if token:
            headers["X-Xsrftoken"] = token.value
        request = urllib.request.Request(self.http + urls.upload_url, data=body, method="PUT", headers=headers)
        with urllib.request.urlopen(request, timeout=PATIENCE):
            pass
        return UploadedFileInfo(file_id=urls.file_id, name=name, size=len(data), file_urls=urls)


@contextmanager
def reading(address: str, cookies: str = "", session: str = "") -> Iterator[Reader]:
    """A reader of the server at this address (host:port). session: of a reader that comes back."""
    if not cookies:
        with urllib.request.urlopen(f"http://{address}/_stcore/health", timeout=30) as answer:
            found = [value.partition(";")[0] for name, value in answer.getheaders() if name.lower() == "set-cookie"]
        cookies = "; ".join(found)
    spoken = ["streamlit", "x", session] if session else ["streamlit"]
    with connect(
        f"ws://{address}/_stcore/stream", subprotocols=spoken, additional_headers={"Cookie": cookies}, max_size=None,
        compression=None, open_timeout=60, ping_timeout=None,
    ) as socket:  # fmt: skip
        yield Reader(address, socket, cookies)


@contextmanager
def served(*command: str, environment: dict[str, str] | None = None, place: Path = ROOT) -> Iterator[tuple[str, int]]:
    """A server for the time of the block: its address (host:port) and process id. command: {port} stands for the port. place: where it runs."""
    from tests.support.browser import free_port

    port = free_port()
    process = subprocess.Popen(
        [part.format(port=port) for part in command], cwd=place, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env=os.environ | (environment or {}),
    )  # fmt: skip
    try:
        for _ in range(600):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=5).close()
                break
            except OSError:
                time.sleep(0.1)
        yield f"127.0.0.1:{port}", process.pid
    finally:
        process.terminate()
        process.wait(30)


def dashboard() -> tuple[str, ...]:
    """The command that serves the dashboard as `run.py` does."""
    return sys.executable, "server.py", "--port", "{port}", "--no-browser"


def cpu(process: int) -> float:
    """The CPU time a process has taken so far, in milliseconds; 0 where /proc does not tell."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def memory(process: int) -> tuple[float, float]:
    """Megabytes that a process has, and that the processes it began have; 0 where /proc does not tell."""
    return _resident(process), sum(_resident(child) for child in children(process))


def children(process: int) -> list[int]:
    """The processes that a process began."""
    try:
        found = Path(f"/proc/{process}/task").glob("*/children")
        return [int(child) for path in found for child in path.read_text().split()]
    except OSError:
        return []


def _resident(process: int) -> float:
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
    except (OSError, IndexError):
        return 0.0


def percentile(values: Sequence[float], share: float) -> float:
    """The value that this share of the values does not exceed; NaN of none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("nan")
