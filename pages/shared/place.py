"""Where the dashboard runs: on the reader's own computer, or on one that serves others over the network."""

from __future__ import annotations

import os
import socket

SHARED = "REGULARS_SHARED"
"""Environment variable: not empty where others are served. `run.py --share` and `server:app` set it."""


def shared() -> bool:
    """Whether others are served, so that a reader's files leave their own computer."""
    return bool(os.environ.get(SHARED))


def computer() -> str:
    """The name of the computer that the files go to."""
    return socket.gethostname()
