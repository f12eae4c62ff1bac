"""The other side of `imports`: a process that reads files into databases, one job after the other, and may be ended at any time.

    python -m analytics.store.worker

Each line of its standard input is a job, each line of its standard output says how far it is; both are JSON. It runs with less priority
than the server, and with as much memory as the job allows. Where it ends by itself in the middle, a reader of workbooks did that.
"""

from __future__ import annotations

import errno
import gc
import json
import os
import sys
import threading
import traceback
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from queue import SimpleQueue
from typing import TextIO

import duckdb

from analytics.sources import Upload
from analytics.store import kept, machine

ENOUGH = 450 << 20
"""Bytes of memory of its own from which on a worker ends after its job, so that another one begins anew."""
FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
LESS_IMPORTANT = 10
"""How much nicer than the server it is (POSIX)."""


def main() -> None:
    """Serve jobs until the input ends."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints is no answer
    if hasattr(os, "nice"):
        os.nice(LESS_IMPORTANT)
    machine.end_with_parent()
    for line in _jobs():
        _say(answers, **_done(json.loads(line), answers))
        gc.collect()
        if machine.resident(os.getpid()) > ENOUGH:
            break


def _jobs() -> Iterator[str]:
    """The lines of the standard input. Where that ends nobody waits any more: the process ends at once, in the middle of a job too."""
    lines: SimpleQueue[str] = SimpleQueue()

    def listen() -> None:
        for line in sys.stdin:
            lines.put(line)
        os._exit(0)

    threading.Thread(target=listen, name="listen", daemon=True).start()
    while True:
        yield lines.get()


def _done(job: dict, answers: TextIO) -> dict:
    """What came of a job."""
    path = Path(job["path"])
    limit_memory(job["memory"])
    try:
        written = kept.write_shop(path, _reported(job["uploads"], answers), **job["told"])
        if written.key and job["sign"]:
            kept.sign(path, written, written.problems)
    except (MemoryError, duckdb.OutOfMemoryException):
        return {"ended": "memory"}
    except (OSError, duckdb.Error) as error:
        return {"ended": "disk"} if _full(error) else {"ended": "itself", "where": _where(error)}
    except Exception as error:
        return {"ended": "itself", "where": _where(error)}
    return {
        "written": {
            "key": written.key,
            "read": sorted(written.read),
            "used": sorted(written.used),
            "problems": [problem.as_json() for problem in written.problems],
            "facts": asdict(written.facts) if written.facts else None,
        }
    }


def _full(error: Exception) -> bool:
    said = str(error).lower()
    return getattr(error, "errno", None) in FULL or any(os.strerror(number).lower() in said for number in FULL)


def _where(error: Exception) -> str:
    """What was raised and where; nothing that could stand in a file."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {Path(place.filename).name}:{place.lineno}"


def _reported(uploads: list[list[str]], answers: TextIO) -> Iterator[Upload]:
    """The uploads, each said when its turn comes; at the end that all of them have been read."""
    for number, (name, path) in enumerate(uploads):
        _say(answers, reading=number)
        yield Upload(name, Path(path))
    _say(answers, reading=len(uploads))


def _say(answers: TextIO, **what: object) -> None:
    answers.write(json.dumps(what, default=str) + "\n")
    answers.flush()


def limit_memory(more: int) -> None:
    """Let this process take so many bytes beyond what it has, where the system can hold it to that (Linux); elsewhere the server watches."""
    if sys.platform != "linux":
        return
    import resource

    with suppress(OSError, ValueError):
        pages = int(Path("/proc/self/statm").read_text().split()[5])
        hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
        resource.setrlimit(resource.RLIMIT_DATA, (pages * resource.getpagesize() + more, hard))


if __name__ == "__main__":
    main()
