"""One process that reads files for `imports`, and the watch over it: its time, its memory, and whether anybody still waits."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from contextlib import suppress
from math import isnan
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from analytics.store import machine

if TYPE_CHECKING:
    from analytics.store.imports import Import

ROOT = Path(__file__).parents[2]
SECONDS, SECONDS_PER_MEGABYTE = 45, 3
"""How long a single file may take on a computer that is not busy otherwise."""
BUSY = 4
"""How many times as long it may take on a computer that is, where the process's own time can be told: so much it may work, this long it may take."""
WATCHED = 0.2
"""Seconds between looks at a process at work."""
ALONE = {
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "2",
}
"""So that a process counts the memory that it uses, and not what its libraries put by."""


class Cancelled(Exception):
    """Nobody waits for this import any more."""


class Hand:
    """One process that reads, begun again whenever it has ended."""

    def __init__(self) -> None:
        self.process = self._started()

    def ready(self) -> None:
        """Begin the next process where this one has ended."""
        if self.process.poll() is not None:
            self.end()
            self.process = self._started()

    def _started(self) -> subprocess.Popen[str]:
        hidden = {"creationflags": subprocess.CREATE_NO_WINDOW} if os.name == "nt" else {}
        return subprocess.Popen(
            [sys.executable, "-m", "analytics.store.worker"],
            cwd=ROOT, env=os.environ | ALONE | {"PYTHONIOENCODING": "utf-8"}, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, text=True, encoding="utf-8", **hidden,
        )  # fmt: skip

    def do(self, one: Import, memory: int) -> dict:
        """The process's last word on a job, or why it was ended: memory, time, cancelled, or "itself".

        One that ends before it has begun the job was ended by no file (it may have had enough after the job before), so another one is asked.
        """
        return self._answer(one, memory) or self._answer(one, memory) or {"ended": "itself"}

    def _answer(self, one: Import, memory: int) -> dict:
        """As `do`; empty: the process ended before it had begun."""
        self.ready()
        one.reading = None
        process, watch = self.process, Watch(self.process, one, memory)
        try:
            process.stdin.write(json.dumps(one.job | {"memory": memory}) + "\n")
            process.stdin.flush()
            for line in process.stdout:
                answer = json.loads(line)
                if "reading" not in answer:
                    if answer.get("ended"):
                        self.end()
                    return answer
                one.reading = answer["reading"]
                watch.next_file()
        except (OSError, ValueError):
            pass
        finally:
            watch.over()
        self.end()
        if one.cancelled:
            raise Cancelled
        return watch.why or ({} if one.reading is None else {"ended": "itself"})

    def end(self) -> None:
        """End the process, whatever it is at."""
        with suppress(OSError):
            self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            with suppress(OSError):
                pipe.close()


class Watch:
    """Ends a process that takes too long, or too much memory where the system does not see to that, or that nobody waits for."""

    def __init__(self, process: subprocess.Popen[str], one: Import, memory: int) -> None:
        self.process, self.one, self.memory, self.why = process, one, memory, None
        self.most = machine.resident(process.pid) + memory
        self.next_file()
        self._over = threading.Event()
        threading.Thread(target=self._look, name="watch", daemon=True).start()

    def next_file(self) -> None:
        """The time of another file begins."""
        at, sizes = self.one.reading, self.one.sizes
        size = sizes[at] if at is not None and at < len(sizes) else sum(sizes)
        self.seconds = SECONDS + SECONDS_PER_MEGABYTE * size / (1 << 20)
        worked = machine.cpu(self.process.pid)
        self.worked = worked + self.seconds
        self.until = monotonic() + self.seconds * (1 if isnan(worked) else BUSY)

    def over(self) -> None:
        self._over.set()

    def _look(self) -> None:
        while not self._over.wait(WATCHED):
            if monotonic() > self.until or machine.cpu(self.process.pid) > self.worked:
                self.why = {"ended": "time", "seconds": self.seconds}
            elif machine.resident(self.process.pid) > self.most:
                self.why = {"ended": "memory"}
            if self.why or self.one.cancelled:
                with suppress(OSError):
                    self.process.kill()
                return
