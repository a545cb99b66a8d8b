"""Guard: what every request passes: limits to its body, headers that keep browsers from what the page never does."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Collection, MutableMapping
from typing import Any

from ..domain.table import as_dict
from ..errors import Problem

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

MOST_BYTES = 1_000_000
"""Of a body; a text of the longest that is placed has fewer."""
_SECONDS = 20

HEADERS = {
    "Cache-Control": "no-cache",  # Which is to ask whether it has changed.
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_RAW = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]


class Guard:
    """An ASGI application behind which another stands, all of whose answers to GET have one entity tag."""

    def __init__(self, app: App, tag: str) -> None:
        self._app, self._tag = app, tag.encode()

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                tagged = [(b"etag", self._tag)] if gets and message["status"] in (200, 304) else []
                message = {**message, "headers": [*message["headers"], *_RAW, *tagged]}
            await send(message)

        gets = scope["method"] in ("GET", "HEAD")
        if gets and any(name == b"if-none-match" and self._tag in value for name, value in scope["headers"]):
            await sent({"type": "http.response.start", "status": 304, "headers": []})
            return await send({"type": "http.response.body"})
        if gets:  # What GET answers; the server leaves the body out of that to HEAD.
            return await self._app({**scope, "method": "GET"}, receive, sent)
        try:
            async with asyncio.timeout(_SECONDS):
                body = await _body(scope, receive)
        except TimeoutError:
            return await refuse(sent, 408, f"the body did not come within {_SECONDS} seconds")
        if body is None:
            return await refuse(sent, 413, f"the body has more than {MOST_BYTES:,} bytes")
        given = [{"type": "http.request", "body": body, "more_body": False}]

        async def received() -> Message:
            return given.pop() if given else await receive()

        return await self._app(scope, received, sent)


class OnlyHosts:
    """Lets in who asks for one of some hosts: so no other site can pass its name off as that of this machine."""

    def __init__(self, app: App, hosts: Collection[str]) -> None:
        self._app, self._hosts = app, hosts

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            host = dict(scope["headers"]).get(b"host", b"").decode("latin-1").lower()
            name = host if host.endswith("]") else host.rpartition(":")[0] or host
            if name not in self._hosts:
                return await refuse(send, 421, "this server answers to the machine on which it runs alone")
        return await self._app(scope, receive, send)


async def _body(scope: Message, receive: Receive) -> bytes | None:
    """The whole body; None if it is too long, of which no more is read than shows that."""
    stated = dict(scope["headers"]).get(b"content-length", b"0")
    if stated.isdigit() and int(stated[:20]) > MOST_BYTES:
        return None
    body = bytearray()
    while True:
        message = await receive()
        body += message.get("body", b"")
        if len(body) > MOST_BYTES:
            return None
        if not message.get("more_body"):
            return bytes(body)


async def refuse(send: Send, status: int, detail: str) -> None:
    """Answer with an error, without asking the application."""
    problem = Problem("request", "", detail)
    body = json.dumps({"detail": detail, "problems": [as_dict(problem)]}).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
