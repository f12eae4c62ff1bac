"""What a request may ask for, and what every answer carries: one middleware around all of Streamlit's routes.

Hosts: only names that this server is reached by, so that no other site's name can be made to lead here. Downloads: only by the browser
whose session made them, and only while that lasts. Figures about the server: to nobody. Addresses of several parts: Streamlit's page would
look for its files beside them and find none, so they lead to the address of their first part.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from base64 import b64encode
from collections.abc import Iterable
from functools import cache
from http.cookies import CookieError, SimpleCookie
from pathlib import Path
from urllib.parse import quote

import streamlit
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.runtime import Runtime

READER = "regulars_reader"
"""The cookie that tells browsers apart; it says nothing else and is gone with the browser."""
CLOSED = (
    "/_stcore/metrics",
    "/_stcore/agent/",
    "/_stcore/script-health-check",
    "/_stcore/bidi-components/",
    "/component/",
)
"""Parts of Streamlit that nothing here uses."""
SERVED = ("/_stcore/", "/static/", "/media/", "/component/", "/auth/", "/oauth2callback")
"""Addresses of several parts that there are."""
POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' {scripts} 'wasm-unsafe-eval' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' {socket} data: blob:",
        "worker-src 'self' blob:",
        "frame-src 'none'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}


class Guards:
    """The middleware. hosts: names and addresses that this server may be asked by; empty: any."""

    def __init__(self, app: ASGIApp, hosts: Iterable[str] = ()) -> None:
        self.app, self.hosts = app, frozenset(host.lower() for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if self.hosts and _host(headers.get("host", "")) not in self.hosts:
            await _refused(scope, receive, send, 421, "This server is not known by that name.")
            return
        if scope["type"] == "websocket":
            await self.app(scope, receive, send)
            return
        path, reader = scope["path"], _reader(headers.get("cookie", ""))
        send = _guarded(send, headers, new="" if reader else secrets.token_urlsafe(24))
        if path.startswith(CLOSED) or path.startswith("/media/") and not _own(path, reader):
            await PlainTextResponse("Not found", 404)(scope, receive, send)
        elif path.count("/") > 1 and not path.startswith(SERVED) and SERVED[0] not in path:
            await RedirectResponse(_first_part(path, scope["query_string"]), 307)(scope, receive, send)
        else:
            await self.app(scope, receive, send)


def _host(header: str) -> str:
    """The name in a Host header, without the port."""
    return (header[1:].partition("]")[0] if header.startswith("[") else header.rsplit(":", 1)[0]).lower().rstrip(".")


async def _refused(scope: Scope, receive: Receive, send: Send, status: int, why: str) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008})
    else:
        await PlainTextResponse(why, status)(scope, receive, send)


def _reader(cookies: str) -> str:
    try:
        found = SimpleCookie(cookies).get(READER)
    except CookieError:
        return ""
    return found.value if found else ""


def _own(address: str, reader: str) -> bool:
    """Whether a session of this browser, which is still there, made this file."""
    if not reader or not Runtime.exists():
        return False
    runtime = Runtime.instance()
    makers = runtime.media_file_mgr.sessions_of(address)
    return any(
        one.session.id in makers and one.client.client_context.cookies.get(READER) == reader
        for one in runtime._session_mgr.list_active_sessions()
    )


def _first_part(path: str, query: bytes) -> str:
    first = next(filter(None, path.split("/")), "")
    return "/" + quote(first) + ("?" + query.decode("latin-1") if query else "")


@cache
def _inline_scripts() -> str:
    """The scripts that stand in Streamlit's page itself, by their hashes: no other one may stand there."""
    page = (Path(streamlit.__file__).parent / "static" / "index.html").read_bytes()
    found = re.findall(rb"<script>(.*?)</script>", page, re.DOTALL)
    return " ".join(f"'sha256-{b64encode(hashlib.sha256(script).digest()).decode()}'" for script in found)


def _guarded(send: Send, headers: Headers, new: str) -> Send:
    """`send`, which puts the headers on, and a name for a browser that has none."""
    host = headers.get("host", "")
    policy = POLICY.format(scripts=_inline_scripts(), socket=f"ws://{host} wss://{host}" if host else "")

    async def guarded(message: Message) -> None:
        if message["type"] == "http.response.start":
            answer = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                answer[name] = value
            if answer.get("content-type", "").startswith("text/html"):
                answer["Content-Security-Policy"] = policy
                if new:
                    answer.append("Set-Cookie", f"{READER}={new}; Path=/; HttpOnly; SameSite=Strict")
            if "server" in answer:
                del answer["server"]
        await send(message)

    return guarded
