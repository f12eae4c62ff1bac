"""Where the dashboard runs: on the reader's own computer, or on one that serves others over the network."""

from __future__ import annotations

import os
import socket
from contextlib import suppress
from urllib.parse import urlsplit

SHARED = "REGULARS_SHARED"
"""Environment variable: not empty where others are served. `run.py --share` and `server:app` set it."""


def shared() -> bool:
    """Whether others are served, so that a reader's files leave their own computer."""
    return bool(os.environ.get(SHARED))


def computer() -> str:
    """The name of the computer that the files go to."""
    return socket.gethostname()


def addresses() -> list[str]:
    """This computer's addresses on its networks, the one that others reach it by first. Nothing is sent to find out."""
    found = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, suppress(OSError):
        probe.connect(("10.255.255.255", 1))
        found.append(probe.getsockname()[0])
    with suppress(OSError):
        found += socket.gethostbyname_ex(socket.gethostname())[2]
    return [address for address in dict.fromkeys(found) if not address.startswith("127.")] or [socket.gethostname()]


def for_others(url: str) -> str:
    """The address under which others on the network open the page that this reader has open at `url`, without its choices."""
    here = urlsplit(url)
    host = here.hostname or ""
    if host in ("localhost", "::1") or host.startswith("127."):
        host = addresses()[0]
    shown = f"[{host}]" if ":" in host else host
    return f"{here.scheme or 'http'}://{shown}{f':{here.port}' if here.port else ''}/"
