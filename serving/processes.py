"""Several processes of the dashboard on one computer, behind HAProxy: one Python process uses about one core.

`serve` starts them on loopback ports of their own with HAProxy in front, and starts anew whichever ends. A reader stays
with one process by a cookie (serving/haproxy.cfg); whoever's process has ended comes to another one, and the page says what is lost.
"""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from analytics.store import machine

ROOT = Path(__file__).resolve().parents[1]
WITHOUT = (
    "Several processes need HAProxy, which is not installed here: install it (Debian, Ubuntu: apt-get install haproxy; macOS: brew install "
    "haproxy), use `docker compose up` (see README.md), or leave out --processes."
)
LOOK = 0.3
"""Seconds between looks at the processes."""
START = 120
"""Seconds that a process may take to answer for the first time on a busy computer."""


def haproxy() -> str:
    """Where HAProxy is. Raises SystemExit where it is not, with a sentence on how to get it."""
    program = shutil.which("haproxy") or shutil.which("haproxy", path="/usr/sbin:/usr/local/sbin:/opt/homebrew/bin")
    if program is None:
        raise SystemExit(WITHOUT)
    return program


def serve(program: str, bind: str, processes: int) -> int:
    """Serve until interrupted; the exit code. program: HAProxy. bind: the address and port to listen on, as HAProxy writes them."""
    ports = _free_ports(processes)
    with tempfile.TemporaryDirectory(prefix="regulars-haproxy-") as folder, _Processes(ports, processes) as started:
        servers = Path(folder) / "servers.cfg"
        servers.write_text("backend processes\n" + "".join(map(_server, ports)), encoding="utf-8")
        started.ready()
        environment = os.environ | {"REGULARS_BIND": bind, "REGULARS_KEY": secrets.token_urlsafe(24)}
        command = [program, "-db", "-f", str(ROOT / "serving" / "haproxy.cfg"), "-f", str(servers)]
        front = subprocess.Popen(command, env=environment, preexec_fn=_with_us())
        try:
            while front.poll() is None:
                started.mend()
                time.sleep(LOOK)
            return front.returncode
        except KeyboardInterrupt:
            return 0
        finally:
            _end(front)


def _server(port: int) -> str:
    return f"    server process{port} 127.0.0.1:{port} cookie {port}\n"


class _Processes:
    """The processes at work, one for each port."""

    def __init__(self, ports: Sequence[int], processes: int) -> None:
        self.environment = os.environ | {machine.PROCESSES: str(processes)}
        self.by_port: dict[int, subprocess.Popen[bytes]] = {port: self._started(port) for port in ports}

    def __enter__(self) -> _Processes:
        signal.signal(signal.SIGTERM, lambda *_: _interrupted())
        return self

    def __exit__(self, *_: object) -> None:
        for process in self.by_port.values():
            process.terminate()
        for process in self.by_port.values():
            _end(process)

    def _started(self, port: int) -> subprocess.Popen[bytes]:
        command = [
            sys.executable,
            str(ROOT / "server.py"),
            "--share",
            "--address",
            "127.0.0.1",
            "--port",
            str(port),
            "--no-browser",
        ]
        return subprocess.Popen(
            command, cwd=ROOT, env=self.environment, stdout=subprocess.DEVNULL, preexec_fn=_with_us()
        )

    def ready(self) -> None:
        """Wait until all answer. Raises SystemExit where one ends before."""
        until = time.monotonic() + START
        for port, process in self.by_port.items():
            while not _answers(port):
                if process.poll() is not None or time.monotonic() > until:
                    raise SystemExit("A process of the dashboard did not start; `python run.py` alone says why.")
                time.sleep(LOOK)

    def mend(self) -> None:
        """Start anew what has ended."""
        for port, process in self.by_port.items():
            if process.poll() is not None:
                self.by_port[port] = self._started(port)


def _interrupted() -> None:
    raise KeyboardInterrupt


def _answers(port: int) -> bool:
    with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=5):
        return True
    return False


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _free_ports(number: int) -> list[int]:
    with_each = [socket.socket() for _ in range(number)]
    try:
        for probe in with_each:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in with_each]
    finally:
        for probe in with_each:
            probe.close()


def _with_us():
    """What a new process does first, so that it does not outlive this one (Linux)."""
    return machine.end_with_parent if sys.platform == "linux" else None
