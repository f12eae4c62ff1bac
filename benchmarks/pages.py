"""How long a click on the cohort and repurchase pages takes, beside an empty script served by the same `streamlit run`.

    python benchmarks/pages.py [--lines uci_online_retail_two_years.parquet] [--shop tea] [--changes 30]

A client speaks Streamlit's own protocol over its socket, as the browser does: it uploads the shop, opens the page, then changes one
control after the other, each change waiting for the end of the run before. Printed: p50 of the milliseconds from the change to the end
of the run per control, the server's CPU milliseconds per change, and the multiple of the empty script's time (target: at most 3).
Without --lines a demo shop is used.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Common_pb2 import UploadedFileInfo
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import ClientConnection, connect

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

EMPTY = "import streamlit as st\nst.segmented_control('x', ['a', 'b'], key='x')\n"

COHORTS = [
    ("days", "cohorts_days", ["30", "180"]),
    ("measure", "cohorts_measure", ["Bought in that period", "Revenue per customer", "Bought again by then"]),
    ("period", "cohorts_grain", ["Quarter", "Week", "Month"]),
    ("age", "cohorts_ages", ["30-day steps", "Calendar"]),
    ("share or count", "cohorts_unit", ["As a count", "%"]),
    ("ages shown", "cohorts_width", ["24", "12"]),
    ("mean", "cohorts_sure", [True, False]),
    ("cell click", "cohorts_triangle", [["2010-03-01", 3], ["2010-06-01", 2]]),
    ("no cell", "cohorts_triangle", [None]),
    ("to curves", "cohorts_view", ["Curves", "By cohort"]),
    ("view: curves", "cohorts_view", ["Curves"]),
    ("curves: measure", "cohorts_measure", ["Bought in that period", "Revenue per customer", "Bought again by then"]),
    ("view: groups", "cohorts_view", ["By group"]),
    ("groups: cut", "cohorts_cut", ["First order: discount or full price", "First product", "Segment today"]),
    ("groups: back to products", "cohorts_cut", ["First product"]),
    ("groups: least", "cohorts_least", [50.0, 40.0]),
    ("groups: days", "cohorts_days", ["30", "90"]),
    ("view: trend", "cohorts_view", ["Month by month"]),
    ("trend: days", "cohorts_days", ["30", "365", "90"]),
]
REPURCHASE = [
    ("days", "repurchase_days", ["30", "180"]),
    ("cut", "repurchase_cut", ["First order: discount or full price", "First product", "All together"]),
    ("view: ladder", "repurchase_view", ["Where they stop"]),
    ("ladder: days", "repurchase_days", ["30", "365", "90"]),
    ("view: gaps", "repurchase_view", ["Days between"]),
    ("gaps: step", "repurchase_step", ["1 → 2", "5 → 6+", "All"]),
    ("view: mix", "repurchase_view", ["New and old"]),
    ("mix: measure", "repurchase_mix", ["Revenue", "Buyers"]),
    ("view: people", "repurchase_view", ["People to write to"]),
    ("people: list", "repurchase_list", ["Near a second purchase", "Two purchases or more", "Reminder due within 30 days"]),
    ("to the curve", "repurchase_view", ["Second purchase", "Where they stop"]),
]  # fmt: skip


class Reader:
    """One reader's session: the socket, and what the browser would remember of the page."""

    def __init__(self, address: str, socket: ClientConnection) -> None:
        self.http, self.socket = f"http://{address}", socket
        self.page, self.query, self.session = "", "", ""
        self.states: dict[str, WidgetState] = {}
        self.ids: dict[str, tuple[str, str]] = {}
        self.cached: set[str] = set()

    def run(self, page_name: str = "") -> float:
        """One run of the script with the widgets as they stand; milliseconds until it ended."""
        message = BackMsg()
        rerun = message.rerun_script
        rerun.query_string, rerun.page_script_hash, rerun.page_name = (
            self.query,
            "" if page_name else self.page,
            page_name,
        )
        rerun.widget_states.widgets.extend(self.states.values())
        rerun.cached_message_hashes.extend(self.cached)
        rerun.context_info.locale = "en-GB"
        payload, start = message.SerializeToString(), time.perf_counter()
        self.socket.send(payload)
        while True:
            answer = self._next()
            if answer.WhichOneof("type") == "script_finished":
                return (time.perf_counter() - start) * 1000

    def _next(self) -> ForwardMsg:
        answer = ForwardMsg()
        answer.ParseFromString(self.socket.recv(timeout=120))
        kind = answer.WhichOneof("type")
        if answer.metadata.cacheable and answer.hash:
            self.cached.add(answer.hash)
        if kind == "new_session":
            self.page, self.session = answer.new_session.page_script_hash, answer.new_session.initialize.session_id
        elif kind == "navigation":
            self.page = answer.navigation.page_script_hash
        elif kind == "page_info_changed":
            self.query = answer.page_info_changed.query_string
        elif kind == "delta" and answer.delta.WhichOneof("type") == "new_element":
            element = answer.delta.new_element
            name = element.WhichOneof("type")
            if name == "exception":
                raise RuntimeError(element.exception.message)
            widget = getattr(getattr(element, name), "id", "") if name else ""
            if widget:
                self.ids[widget.split("-", 2)[-1]] = (widget, name)
        return answer

    def set(self, key: str, value: object) -> None:
        """What the browser remembers of a widget once it has this value; None: it was never touched."""
        widget, kind = self.ids[key]
        if value is None:
            self.states.pop(widget, None)
            return
        state = WidgetState(id=widget)
        if kind == "button_group":
            state.string_array_value.data.append(value)
        elif kind == "selectbox":
            state.string_value = value
        elif kind == "plotly_chart":
            points = [{"customdata": value}]
            state.string_value = json.dumps(
                {"selection": {"points": points, "point_indices": [0], "box": [], "lasso": []}}
            )
        elif isinstance(value, bool):
            state.bool_value = value
        else:
            state.double_value = value
        self.states[widget] = state

    def upload(self, path: Path) -> None:
        """Put a file into the box at the side."""
        message = BackMsg()
        message.file_urls_request.request_id = "1"
        message.file_urls_request.file_names.append(path.name)
        message.file_urls_request.session_id = self.session
        self.socket.send(message.SerializeToString())
        answer = self._next()
        while answer.WhichOneof("type") != "file_urls_response":
            answer = self._next()
        [urls] = answer.file_urls_response.file_urls
        boundary = "regulars"
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="{path.name}"; filename="{path.name}"\r\n'
        body = f"{head}Content-Type: text/csv\r\n\r\n".encode() + path.read_bytes() + f"\r\n--{boundary}--\r\n".encode()
        request = urllib.request.Request(
            self.http + urls.upload_url,
            data=body,
            method="PUT",
            headers={"Content-Type": f"multipart/form-data; boundary={boundary}"},
        )
        with urllib.request.urlopen(request, timeout=300):
            pass
        widget, _ = self.ids["files"]
        info = UploadedFileInfo(file_id=urls.file_id, name=path.name, size=path.stat().st_size, file_urls=urls)
        state = WidgetState(id=widget)
        state.file_uploader_state_value.uploaded_file_info.append(info)
        self.states[widget] = state


@contextmanager
def served(script: Path) -> Iterator[tuple[Reader, int]]:
    """`streamlit run` of a script with the dashboard's own configuration: a reader of it, and the server's process id."""
    from tests.support.browser import free_port

    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(script), f"--server.port={port}", "--server.headless=true"]
    options = ["--server.address=127.0.0.1", "--server.enableXsrfProtection=false", "--server.enableCORS=false"]
    process = subprocess.Popen([*command, *options], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(200):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=5).close()
                break
            except OSError:
                time.sleep(0.1)
        address = f"127.0.0.1:{port}"
        with connect(f"ws://{address}/_stcore/stream", subprotocols=["streamlit"], max_size=None) as socket:
            yield Reader(address, socket), process.pid
    finally:
        process.terminate()
        process.wait(20)


def measured(reader: Reader, server: int, key: str, values: list, changes: int) -> tuple[float, float]:
    """So many changes of one control: p50 of the milliseconds, and the server's CPU milliseconds per change."""
    times, before = [], cpu(server)
    for turn in range(changes):
        reader.set(key, values[turn % len(values)])
        times.append(reader.run())
    return statistics.median(times), (cpu(server) - before) / changes


def cpu(process: int) -> float:
    """The CPU time a process has taken so far, in milliseconds; 0 where /proc does not tell."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lines", type=Path)
    parser.add_argument("--shop", default="tea")
    parser.add_argument("--changes", type=int, default=30)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        empty = Path(folder) / "empty.py"
        empty.write_text(EMPTY, encoding="utf-8")
        export = shopify_export(given.lines, Path(folder)) if given.lines else None
        with served(empty) as (quiet, floor), served(ROOT / "app.py") as (reader, server):
            quiet.run()
            reader.query = f"lang=en&shop={given.shop}"
            for page, controls in (("cohorts", COHORTS), ("repurchase", REPURCHASE)):
                print(f"{page}: first run {reader.run(page):.0f} ms", flush=True)
                if export:
                    reader.upload(export)
                    print(f"{export.stat().st_size / 1e6:.0f} MB uploaded, read in {reader.run():.0f} ms", flush=True)
                    export = None
                for name, key, values in controls:
                    if len(values) == 1:
                        reader.set(key, values[0])
                        reader.run()
                        continue
                    base, _ = measured(quiet, floor, "x", ["a", "b"], given.changes)
                    took, busy = measured(reader, server, key, values, given.changes)
                    print(
                        f"{page:10} {name:24} {took:7.1f} ms ({busy:5.0f} CPU)   empty {base:5.1f} ms   {took / base:5.2f} ×",
                        flush=True,
                    )


def shopify_export(lines: Path, folder: Path) -> Path:
    """The real shop's lines as a Shopify export."""
    from benchmarks.uci_exports import read, write_shopify

    path = folder / "orders_export_1.csv"
    print(f"{write_shopify(read(lines), path):,} lines", flush=True)
    return path


if __name__ == "__main__":
    os.environ.pop("STREAMLIT_SERVER_PORT", None)
    main()
