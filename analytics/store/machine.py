"""How much memory this computer has for us, and what the memory of a process is."""

from __future__ import annotations

import ctypes
import math
import os
import signal
import subprocess
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path

PROCESSES = "REGULARS_PROCESSES"
"""Environment variable: how many of these servers share the computer; 1 where it is not set."""
SHOPS, IMPORTS = 0.4, 0.4
"""Shares of the computer's memory: what the databases of all open shops may take, and what all imports at work may."""
PR_SET_PDEATHSIG = 1
CGROUPS = (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"))


@cache
def memory() -> int:
    """Bytes of memory of this computer, or of the container that it runs in; 4 GB where the system does not tell."""
    found = _physical() or 4 << 30
    for path in CGROUPS:
        with suppress(OSError, ValueError):
            found = min(found, int(path.read_text()))
    return found


def share(part: float) -> int:
    """Bytes that this process may take of a share of the computer's memory."""
    return int(memory() * part / processes())


def processes() -> int:
    """How many of these servers share the computer."""
    told = os.environ.get(PROCESSES, "")
    return max(1, int(told)) if told.isdigit() else 1


def cores() -> int:
    """Cores that this process may use, at least 1."""
    able = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, able // processes())


def end_with_parent() -> None:
    """Let the system end this process when the one that began it is (Linux), even where a library holds on to the interpreter."""
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def resident(process: int) -> int:
    """Bytes of memory that another process of ours has; 0 where it cannot be told, or it has ended."""
    with suppress(OSError, ValueError, IndexError, subprocess.SubprocessError):
        if sys.platform == "linux":
            return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
        if os.name == "nt":
            return _resident_on_windows(process)
        told = subprocess.run(["ps", "-o", "rss=", "-p", str(process)], capture_output=True, text=True, timeout=5)
        return int(told.stdout) * 1024
    return 0


def cpu(process: int) -> float:
    """Seconds of CPU that another process of ours has taken; NaN where it cannot be told (beyond Linux), or it has ended."""
    with suppress(OSError, ValueError, IndexError):
        fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return math.nan


def _physical() -> int:
    with suppress(OSError, ValueError, AttributeError):
        if os.name == "nt":
            status = _MemoryStatus(length=ctypes.sizeof(_MemoryStatus))
            return status.total if ctypes.windll.kernel32.GlobalMemoryStatusEx(ctypes.byref(status)) else 0
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return 0


class _MemoryStatus(ctypes.Structure):
    """MEMORYSTATUSEX of Windows."""

    _fields_ = [
        ("length", ctypes.c_ulong),
        ("load", ctypes.c_ulong),
        ("total", ctypes.c_ulonglong),
        ("rest", ctypes.c_ulonglong * 6),
    ]


class _Counters(ctypes.Structure):
    """PROCESS_MEMORY_COUNTERS of Windows."""

    _fields_ = [("size", ctypes.c_ulong), ("faults", ctypes.c_ulong), ("peak", ctypes.c_size_t), ("now", ctypes.c_size_t),
                ("rest", ctypes.c_size_t * 6)]  # fmt: skip


def _resident_on_windows(process: int) -> int:
    kernel = ctypes.windll.kernel32
    kernel.OpenProcess.restype = ctypes.c_void_p
    handle = kernel.OpenProcess(0x0400 | 0x0010, False, process)
    if not handle:
        return 0
    try:
        counters = _Counters(size=ctypes.sizeof(_Counters))
        asked = ctypes.windll.psapi.GetProcessMemoryInfo(ctypes.c_void_p(handle), ctypes.byref(counters), counters.size)
        return counters.now if asked else 0
    finally:
        kernel.CloseHandle(ctypes.c_void_p(handle))
