"""Where the dashboard runs: on the reader's own computer, or on one that serves others over the network."""

from __future__ import annotations

import os
import socket
from contextlib import suppress

SHARED = "REGULARS_SHARED"
"""Environment variable: not empty where others are served. `run.py --share` and `server:app` set it."""


HOSTS = "REGULARS_HOSTS"
"""Environment variable: names that a shared server is reached by, with spaces or commas between them; `*`: any."""


def shared() -> bool:
    """Whether others are served, so that a reader's files leave their own computer."""
    return bool(os.environ.get(SHARED))


def computer() -> str:
    """The name of the computer that the files go to."""
    return socket.gethostname()


def hosts() -> list[str]:
    """The names and addresses that the server may be asked by; empty: any.

    Alone: this computer. Where others are served: the names given, else this computer's own.
    """
    alone = ["127.0.0.1", "localhost", "::1"]
    if not shared():
        return alone
    given = os.environ.get(HOSTS, "")
    if given.strip() == "*":
        return []
    return [*alone, *(given.replace(",", " ").split() or [*addresses(), computer(), f"{computer()}.local"])]


def addresses() -> list[str]:
    """This computer's addresses on its networks, the one that others reach it by first. Nothing is sent to find out."""
    found = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, suppress(OSError):
        probe.connect(("10.255.255.255", 1))
        found.append(probe.getsockname()[0])
    with suppress(OSError):
        found += socket.gethostbyname_ex(socket.gethostname())[2]
    return [address for address in dict.fromkeys(found) if not address.startswith("127.")] or [socket.gethostname()]
