"""Files of the browser are compressed once, and are the same whoever asks first."""

from __future__ import annotations

import asyncio
import gzip
from concurrent.futures import ThreadPoolExecutor

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Message

from serving.compressed import Compressed


def asked(app: Compressed, path: str, **headers: str) -> tuple[dict[str, str], bytes]:
    """The headers and the body of an answer."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": raw, "root_path": ""}
    with ThreadPoolExecutor(1) as thread:  # a browser's loop may run in this one
        thread.submit(asyncio.run, app(scope, receive, send)).result()
    found = {name.decode().lower(): value.decode() for name, value in sent[0]["headers"]}
    return found, b"".join(part.get("body", b"") for part in sent[1:])


def test_a_file_is_read_and_compressed_once() -> None:
    times = iter(range(9))

    async def answer(_request: Request) -> Response:
        return Response(b"x" * 5000 + str(next(times)).encode())

    app = Compressed(Starlette(routes=[Route("/static/a.js", answer), Route("/other", answer)]))
    first = asked(app, "/static/a.js", accept_encoding="gzip")
    assert asked(app, "/static/a.js", accept_encoding="gzip") == first
    assert first[0]["content-encoding"] == "gzip"
    assert gzip.decompress(first[1]) == b"x" * 5000 + b"0"
    assert asked(app, "/static/a.js")[1] == b"x" * 5000 + b"1"
    assert gzip.decompress(asked(app, "/static/a.js", accept_encoding="gzip", range="bytes=0-1")[1])[-1:] == b"2"
    assert gzip.decompress(asked(app, "/other", accept_encoding="gzip")[1])[-1:] == b"3"
    assert gzip.decompress(asked(app, "/other", accept_encoding="gzip")[1])[-1:] == b"4"
