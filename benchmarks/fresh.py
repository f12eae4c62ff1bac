"""Runs of a script in processes of their own, so that neither time nor memory of one is in the figures of the next."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path


def run(script: str, *words: object) -> list[float]:
    """The figures that a fresh process prints as JSON in its last line; empty where it ended badly, as for want of memory."""
    done = subprocess.run([sys.executable, script, *map(str, words)], capture_output=True, text=True, check=False)
    return json.loads(done.stdout.splitlines()[-1]) if done.returncode == 0 else []


def peak() -> float:
    """Megabytes that this process had at most. `ru_maxrss` would begin with what the process that began it had (Linux)."""
    try:
        told = Path("/proc/self/status").read_text()
    except OSError:
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return int(told.split("VmHWM:")[1].split()[0]) / 1024
