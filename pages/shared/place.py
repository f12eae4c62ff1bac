"""Where the dashboard runs, and with it where a reader's shop can be kept.

alone       on the reader's own computer, served to nobody else: shops are remembered in a folder of this account
signed in   on a server where people sign in: each person's shops are remembered for that person
shared      on a server without: nothing is remembered, an upload is its session's and goes with it
"""

from __future__ import annotations

import os
import socket
from contextlib import suppress
from urllib.parse import urlsplit

import streamlit as st
from streamlit.auth_util import get_secrets_auth_section

from analytics.workspace import Workspace

SHARED = "REGULARS_SHARED"
"""Environment variable: not empty where others are served. `run.py --share` and `server:app` set it."""
ALONE = "REGULARS_ALONE"
"""Environment variable: not empty where this computer alone is served. `run.py` sets it; without either nothing is remembered."""


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


def for_others(url: str) -> str:
    """The address under which others on the network open the page that this reader has open at `url`, without its choices."""
    here = urlsplit(url)
    host = here.hostname or ""
    if host in ("localhost", "::1") or host.startswith("127."):
        host = addresses()[0]
    shown = f"[{host}]" if ":" in host else host
    return f"{here.scheme or 'http'}://{shown}{f':{here.port}' if here.port else ''}/"


def sign_in_offered() -> bool:
    """Whether the server has a sign-in: an [auth] section in its secrets."""
    return bool(get_secrets_auth_section())


def signed_in() -> bool:
    """Whether this reader has signed in."""
    return sign_in_offered() and bool(st.user.is_logged_in) and all(_person())


def person_name() -> str:
    """What the signed-in reader is called on the page; "" where nobody is."""
    told = st.user.to_dict() if signed_in() else {}
    return str(told.get("email") or told.get("name") or told.get("sub") or "")


def workspace() -> Workspace | None:
    """The shops remembered for this reader; None where nothing is remembered."""
    if sign_in_offered():
        return Workspace.of_person(*_person()) if signed_in() else None
    return Workspace() if os.environ.get(ALONE) and not shared() else None


def _person() -> tuple[str, str]:
    """Who vouches for the reader, and whom for: together they name one person for good; an e-mail may change its owner."""
    told = st.user.to_dict()
    return str(told.get("iss") or ""), str(told.get("sub") or "")
