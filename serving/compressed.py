"""Answers made smaller on their way: the browser's own files, which never change, once for all readers; others as they come."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_FILES = "/static/"
_ASKED_OTHERWISE = ("range", "if-none-match", "if-modified-since")
"""Headers of a request for a part of a file, or for one that the browser has already."""


class Compressed:
    """gzip for whoever takes it. The charts' JavaScript is 1.5 MB as it is and 0.5 MB compressed."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = GZipMiddleware(app, minimum_size=1024, compresslevel=6)
        self._kept: dict[str, list[Message]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        headers = Headers(scope=scope) if scope["type"] == "http" else Headers()
        if (
            not path.startswith(_FILES)
            or scope.get("method") != "GET"
            or "gzip" not in headers.get("accept-encoding", "")
            or any(name in headers for name in _ASKED_OTHERWISE)
        ):
            await self._app(scope, receive, send)
            return
        if path not in self._kept:
            answer: list[Message] = []

            async def listen(message: Message) -> None:
                answer.append({**message, "headers": list(message["headers"])} if "headers" in message else message)
                await send(message)

            await self._app(scope, receive, listen)
            begun = answer[0] if answer else {}
            if begun.get("status") == 200 and Headers(raw=begun["headers"]).get("content-encoding") == "gzip":
                self._kept[path] = [begun, _in_one(answer[1:])]
            return
        begun, body = self._kept[path]
        await send({**begun, "headers": list(begun["headers"])})
        await send(body)


def _in_one(parts: list[Message]) -> Message:
    return {"type": "http.response.body", "body": b"".join(part.get("body", b"") for part in parts), "more_body": False}
